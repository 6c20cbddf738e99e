"""A fake Google: CONNECT, TLS, one scripted reply a request, all on loopback. The real one is never asked."""

from __future__ import annotations

import base64
import json
import math
import socket
import ssl
import struct
import threading
from array import array
from contextlib import suppress
from time import sleep
from urllib.parse import unquote

import lameenc

HTML = b"<html><body>Before you continue to Google</body></html>"
BOUND_S = 5  # nothing on loopback needs as long; a broken test ends here


def mp3(rate=24_000, seconds=0.4, peak=8000):
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    sound = array("h", (round(peak * math.sin(at / 9)) for at in range(round(rate * seconds))))
    return bytes(encoder.encode(sound.tobytes()) + encoder.flush())


def line(audio):
    """Return Google's answer: a guard, then rows of JSON that hold JSON."""
    row = ["wrb.fr", "jQ1olc", None if audio is None else json.dumps([audio]), None, None, None, "generic"]
    return b")]}'\n\n" + json.dumps([row], separators=(",", ":")).encode()


def answer(body, status="200 OK", *headers, length=None):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


SPEECH = line(base64.b64encode(mp3()).decode())
DATES = ("Date: Mon, 05 Jan 2026 10:00:00 GMT", "Retry-After: Mon, 05 Jan 2026 10:00:07 GMT")
REPLIES = {
    "ok": answer(SPEECH),
    "silence": answer(line(base64.b64encode(mp3(seconds=3, peak=0)).decode())),
    "a moment": answer(line(base64.b64encode(mp3(seconds=0.1)).decode())),
    "three seconds": answer(line(base64.b64encode(mp3(seconds=3)).decode())),
    "padded": answer(SPEECH.replace(b"=", rb"\\u003d")),
    "other rate": answer(line(base64.b64encode(mp3(16_000)).decode())),
    "429": answer(HTML, "429 Too Many Requests", "Retry-After: 2"),
    "429 until": answer(HTML, "429 Too Many Requests", *DATES),
    "429 long": answer(HTML, "429 Too Many Requests", "Retry-After: 7200"),
    "429 absurd": answer(HTML, "429 Too Many Requests", "Retry-After: 1000000000"),
    "429 negative": answer(HTML, "429 Too Many Requests", "Retry-After: -7"),
    "429 past": answer(HTML, "429 Too Many Requests", DATES[0], DATES[1].replace("10:00:07", "09:59:00")),
    "503 later": answer(HTML, "503 Service Unavailable", "Retry-After: 7"),
    "403": answer(HTML, "403 Forbidden"),
    "302": answer(HTML, "302 Found", "Location: https://translate.google.com/sorry"),
    "400": answer(HTML, "400 Bad Request"),
    "404": answer(HTML, "404 Not Found"),
    "408": answer(b"", "408 Request Timeout"),
    "500": answer(HTML, "500 Internal Server Error"),
    "empty": answer(b""),
    "html": answer(HTML),
    "null": answer(line(None)),
    "empty audio": answer(line("")),
    "bad base64": answer(line("!" * 99)),
    "html as base64": answer(line(base64.b64encode(HTML).decode())),
    "frame of nothing": answer(line(base64.b64encode(b"\xff\xf3" + b"?" * 400).decode())),
    "bad gzip": answer(SPEECH, "200 OK", "Content-Encoding: gzip"),
    "cut": answer(SPEECH[:-400], length=len(SPEECH)),
    "huge": answer(b"x" * 3_000_000),
}
ENDINGS = {"cut", "huge"}  # the fake closes the connection after them


class Fake:
    """A proxy that leads to itself: it replies by `script`, whose last entry is repeated.

    "spoken" is sound as long as the text would take; a text that has `mute` in it gets a page instead.
    """

    def __init__(self, identity):
        self.script = ["ok"]
        self.mute = ""
        self.bodies = []
        self.heads = []
        self.connects = []
        self.slow_s = 0.0
        self.most_at_once = self._now_at_once = 0
        self._counting = threading.Lock()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        identity.configure_cert(self._context)
        self._over = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def texts(self):
        return [self.asked(body)[0] for body in self.bodies]

    @staticmethod
    def asked(body):
        """Return what a request asks for: text, language, whether slow."""
        rpc = json.loads(unquote(body.decode().removeprefix("f.req=").removesuffix("&")))
        return json.loads(rpc[0][0][1])[:3]

    def stop(self):
        self._over.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._door.close()
        for thread in self._threads:
            thread.join(BOUND_S)
            assert not thread.is_alive()

    def _listen(self):
        while not self._over.is_set():
            try:
                plain, _ = self._door.accept()
            except OSError:
                return
            plain.settimeout(BOUND_S)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else 40 ms a reply
            self._threads.append(threading.Thread(target=self._serve, args=(plain,)))
            self._threads[-1].start()

    def _serve(self, plain):
        with plain, suppress(OSError):
            self.connects.append(self._head(plain).split()[1])
            plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self._context.wrap_socket(plain, server_side=True) as tls:
                while self._reply(tls):
                    pass

    @staticmethod
    def _head(sock):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = sock.recv(1)
            if not byte:
                raise ConnectionAbortedError
            head += byte
        return head.decode()

    def _reply(self, tls):
        """Read one request and reply to it; say whether the connection goes on."""
        head = self._head(tls)
        length = int(head.lower().split("content-length:")[1].split()[0])
        body = b""
        while len(body) < length:
            body += tls.recv(length - len(body))
        with self._counting:
            self._now_at_once += 1
            self.most_at_once = max(self.most_at_once, self._now_at_once)
        sleep(self.slow_s)
        with self._counting:
            self._now_at_once -= 1
            self.heads.append(head)
            self.bodies.append(body)
        name = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if name == "spoken":
            text = self.asked(body)[0]
            if self.mute and self.mute in text:
                name = "html"
            else:
                audio = mp3(seconds=0.3 + 0.08 * len(text))
                tls.sendall(answer(line(base64.b64encode(audio).decode())))
                return True
        if name in REPLIES:
            tls.sendall(REPLIES[name])
            return name not in ENDINGS
        if name == "reset":
            tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif name == "hang":
            self._over.wait(BOUND_S)
        else:  # a drip, of a head or of a body
            tls.sendall(b"HTTP/1.1 200 OK\r\n" if name == "drip of head" else answer(b"", length=9_999))
            while not self._over.wait(0.02):
                tls.sendall(b"x")  # until the other side has gone
        return False
