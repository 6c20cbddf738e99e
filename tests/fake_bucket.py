"""An S3 host on loopback: moto's, behind a door that writes a log and lets chosen requests go wrong."""

from __future__ import annotations

import io
import socket
import threading
from typing import NamedTuple
from urllib.parse import unquote

from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

BUCKET = "radio"

REFUSALS = {
    "busy": ("503 Slow Down", "SlowDown"),
    "denied": ("403 Forbidden", "AccessDenied"),
    "skewed": ("403 Forbidden", "RequestTimeTooSkewed"),
    "conditionless": ("501 Not Implemented", "NotImplemented"),
}


class Asked(NamedTuple):
    """A request: its method, and the name of the object in the bucket."""

    method: str
    name: str


class Door:
    """What stands before moto; `faults` has, by the request's number (from 1), how it goes wrong.

    `looking` is called after every request, with the objects that are there.
    """

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self.log: list[Asked] = []
        self._one_by_one = threading.Lock()
        self.faults: dict[int, str] = {}
        self.conditional = True
        self.headers: set[str] = set()
        self.looking = lambda _objects: None

    def __call__(self, environ, answer):
        with self._one_by_one:  # the N-th request is one, however many are sent at once
            return self._served(environ, answer)

    def _served(self, environ, answer):
        path = unquote(environ["PATH_INFO"]).lstrip("/")
        asked = Asked(environ["REQUEST_METHOD"], path.partition("/")[2])
        self.log.append(asked)
        self.headers |= {f"{name}={value}" for name, value in environ.items() if name.startswith("HTTP_")}
        fault = self.faults.get(len(self.log), "")
        has_condition = {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"} & environ.keys()
        if asked.method == "PUT" and has_condition and not self.conditional:
            fault = "conditionless"
        if fault in {"missing", "short", "other etag"} and asked.method != "PUT":
            fault = "busy"
        try:
            return self._answered(fault, environ, answer)
        finally:
            self.looking(objects())

    def _answered(self, fault, environ, answer):
        if fault == "cut":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return [b""]
        if fault in REFUSALS:
            status, code = REFUSALS[fault]
            answer(status, [("Content-Type", "application/xml")])
            return [f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()]
        if fault == "missing":
            answer("200 OK", [("ETag", '"00000000000000000000000000000000"')])
            return [b""]
        if fault == "short":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))[:-1]
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
            environ.pop("HTTP_CONTENT_MD5", None)

        def changed(status, headers, *rest):
            kept = [(name, value) for name, value in headers if name.lower() != "etag"]
            return answer(status, [*kept, ("ETag", '"11111111111111111111111111111111"')], *rest)

        return self._moto(environ, changed if fault == "other etag" else answer)


def objects() -> dict[str, bytes]:
    """Return what is in the bucket, past the door."""
    bucket = get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"].buckets.get(BUCKET)
    return {name: key.value for name, key in bucket.keys.items()} if bucket else {}


class Host:
    """The host, running in a thread until it is stopped."""

    def __init__(self) -> None:
        self.door = Door()
        self._server = make_server(
            "127.0.0.1", 0, self.door, threaded=True, request_handler=MotoRequestHandler
        )
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop it, and wait for its thread."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
