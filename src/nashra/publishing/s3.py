"""A bucket of any host that speaks S3, through boto3 (the extra `s3`)."""

from __future__ import annotations

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any

from nashra.errors import PublishingError
from nashra.publishing.items import rule_of
from nashra.publishing.target import Found, RemoteChangedError, arrived_otherwise, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nashra.publishing.address import Address
    from nashra.publishing.items import Item
    from nashra.publishing.target import Told

_AGAIN = "run the same command again: it sends only what is missing"
_KEYS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile of the AWS tools"

# What a host answers, and what to do about it. A code that is not here is said as it came.
ADVICE = {
    "RequestTimeTooSkewed": "set this machine's clock right",
    "NoSuchBucket": "make the bucket first, or correct `publish.target`",
    "AccessDenied": "let this key list, read, write and delete in the bucket",
    "403": "let this key list, read, write and delete in the bucket",
    "InvalidAccessKeyId": _KEYS,
    "SignatureDoesNotMatch": _KEYS,
    "SlowDown": f"the host is busy; {_AGAIN}",
    "QuotaExceeded": "make room at the host",
    "NotImplemented": "the host does not know this request; ask it for S3 compatibility",
}
_CHANGED = {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}
_UNCONDITIONAL = {"NotImplemented", "501"}
"""Answers of hosts that know no conditional writes: then what is there is read again just before."""
_ABSENT = {"404", "NoSuchKey", "NotFound"}


AT_ONCE = 8
"""Objects that are on their way at the same time: most of a small file's time is waiting for the host."""

_MAY_MOVE = "public, max-age=300"
"""Of what redirects: its episode may be edited again."""


class Bucket:
    """A bucket as a target; a tag is an ETag.

    Keys come from boto3's own chain: environment, profile, the machine's role. A `website` is a bucket that
    its host serves as one, redirects included.
    """

    def __init__(self, address: Address, endpoint: str, region: str, *, website: bool = False) -> None:
        self._website = website
        self._bucket, self._prefix = address.host, f"{address.path}/" if address.path else ""
        self.where = address.where
        self._client = _client(endpoint, region, self.where)

    def files(self) -> dict[str, Found]:
        """Return what is there."""
        found: dict[str, Found] = {}
        more: dict[str, Any] = {}
        while True:
            page = self._ask("list_objects_v2", "", Prefix=self._prefix, **more)
            for each in page.get("Contents", ()):
                found[each["Key"][len(self._prefix) :]] = Found(each["Size"], each.get("ETag", ""))
            if not page.get("IsTruncated"):
                return found
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def alike(self, item: Item, found: Found) -> bool:
        """Tell it by size and ETag, which is the MD5 of what came in one piece, else by what we wrote beside.

        A host that encrypts with keys of its own gives another ETag.
        """
        if found.size != item.size:
            return False
        data = item.content()
        if found.tag.strip('"') == _md5(data).hex():
            return True
        head = self._head(item.name)
        return head is not None and head.get("Metadata", {}).get("sha256") == _sha256(data)

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return an object and its ETag."""
        got = self._ask("get_object", name, absent=True, Key=self._prefix + name)
        if got is None:
            return None
        with _converting(self.where, name):
            return got["Body"].read(), got["ETag"]

    def warnings(self, _items: Sequence[Item]) -> tuple[str, ...]:
        """Return nothing: it takes files of any size."""
        return ()

    def send(self, items: Sequence[Item], told: Told) -> None:
        """Put each in one piece with its MD5, and ask for its head; several at once, in no order.

        What has begun when one fails is waited for: nothing arrives after the error was told.
        """
        with ThreadPoolExecutor(AT_ONCE) as hands:
            waiting = {hands.submit(self._put, item): item for item in items}
            try:
                for done in as_completed(waiting):
                    told(waiting[done], done.result())
            except BaseException:
                hands.shutdown(wait=True, cancel_futures=True)
                raise

    def replace(self, item: Item, tag: str | None) -> str:
        """Put it on condition of the ETag (If-Match, or If-None-Match for the first)."""
        condition: dict[str, Any] = {"IfNoneMatch": "*"} if tag is None else {"IfMatch": tag}
        try:
            return self._put(item, condition)
        except PublishingError as refused:
            code = _code(refused.__cause__)
            if code in _CHANGED:
                raise RemoteChangedError(f"{self.where}/{item.name}") from refused
            if code not in _UNCONDITIONAL:
                raise
            found = self.read(item.name)
            if (found[1] if found else None) != tag:
                raise RemoteChangedError(f"{self.where}/{item.name}") from refused
            return self._put(item)

    def redirect(self, moved: Mapping[str, str]) -> None:
        """Mark what a website is to redirect; the bytes stay, for whoever asks the bucket itself."""
        for name, newest in moved.items() if self._website else ():
            head, place = self._head(name), f"/{self._prefix}{newest}"
            if head is not None and head.get("WebsiteRedirectLocation") != place:
                key = self._prefix + name
                self._ask(
                    "copy_object",
                    name,
                    Key=key,
                    CopySource={"Bucket": self._bucket, "Key": key},
                    MetadataDirective="REPLACE",
                    WebsiteRedirectLocation=place,
                    ContentType=rule_of(name).media_type,
                    CacheControl=_MAY_MOVE,
                    Metadata=head.get("Metadata", {}),
                )

    def remove(self, names: Sequence[str]) -> None:
        """Delete objects, one by one: not every host has the request for many."""
        for name in names:
            self._ask("delete_object", name, Key=self._prefix + name)

    def finish(self) -> None:
        """Do nothing: every object counted when it was put."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _put(self, item: Item, condition: dict[str, Any] | None = None) -> str:
        data = item.content()
        digest = _md5(data)
        put = self._ask(
            "put_object",
            item.name,
            Key=self._prefix + item.name,
            Body=data,
            ContentMD5=base64.b64encode(digest).decode(),
            ContentType=item.rule.media_type,
            CacheControl=item.rule.cache,
            Metadata={"sha256": _sha256(data)},
            **(condition or {}),
        )
        head = self._head(item.name)
        if head is None or head["ContentLength"] != item.size:
            raise arrived_otherwise(item.name, self.where)
        own_keys = "kms" in str(put.get("ServerSideEncryption", "")) or "SSECustomerAlgorithm" in put
        same = head["ETag"] == put["ETag"] and (own_keys or head["ETag"].strip('"') == digest.hex())
        if not same:
            raise arrived_otherwise(item.name, self.where)
        return str(head["ETag"])

    def _head(self, name: str) -> Any:  # noqa: ANN401 boto3's answers are dictionaries
        return self._ask("head_object", name, absent=True, Key=self._prefix + name)

    def _ask(self, request: str, name: str, *, absent: bool = False, **said: Any) -> Any:  # noqa: ANN401 as above
        from botocore.exceptions import ClientError  # noqa: PLC0415 the extra, loaded when it is used

        with _converting(self.where, name):
            try:
                return getattr(self._client, request)(Bucket=self._bucket, **said)
            except ClientError as refused:
                if absent and _code(refused) in _ABSENT:
                    return None
                raise


class _converting:  # noqa: N801 reads as a verb: with _converting(…)
    """Turn what boto3 raises inside the block into PublishingError."""

    def __init__(self, where: str, name: str) -> None:
        self._where = f"{where}/{name}" if name else where

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, failure: BaseException | None, _trace: object) -> None:
        from botocore.exceptions import (  # noqa: PLC0415 the extra
            BotoCoreError,
            ClientError,
            HTTPClientError,
            NoCredentialsError,
        )

        if isinstance(failure, ClientError):
            code = _code(failure)
            what = f"the host answers {code}: {shown(failure.response['Error'].get('Message', ''))}"
            raise PublishingError(what, where=self._where, then=ADVICE.get(code, _AGAIN)) from failure
        if isinstance(failure, NoCredentialsError):
            raise PublishingError("no key for it is known", where=self._where, then=_KEYS) from failure
        if isinstance(failure, HTTPClientError):
            raise PublishingError(
                f"the host does not answer: {shown(str(failure))}", where=self._where, then=_AGAIN
            ) from failure
        if isinstance(failure, BotoCoreError | OSError):
            raise PublishingError(shown(str(failure)), where=self._where, then=_AGAIN) from failure


def _client(endpoint: str, region: str, where: str) -> Any:  # noqa: ANN401 boto3 makes its classes as it runs
    try:
        import boto3  # noqa: PLC0415 the extra
        from botocore.config import Config  # noqa: PLC0415 the same
    except ImportError as missing:
        then = 'install it: pip install "nashra[s3]"'
        raise PublishingError("needs boto3, which is not here", where=where, then=then) from missing
    with _converting(where, ""):
        return boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            config=Config(
                # Since boto3 1.36 each request carries a checksum that many hosts refuse (boto/boto3#4398).
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                # Few hosts but Amazon have a name for every bucket.
                s3={"addressing_style": "path" if endpoint else "auto"},
                connect_timeout=20,
                read_timeout=60,
            ),
        )


def _code(failure: BaseException | None) -> str:
    response = getattr(failure, "response", None)
    return str(response["Error"].get("Code", "")) if response else ""


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()  # what S3 itself compares with


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
