"""What the text of a target means; a password in it is refused, for many read configuration and logs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from nashra.errors import ConfigurationError
from nashra.setting_rules import has_secret

BRANCH = "gh-pages"
"""The branch of a `git:` target that names none: what static pages hosts look for."""

ADVICE = "give it by the environment, a keyring, an SSH key or a credential helper (docs/publish.md)"

_SCP = re.compile(r"(?:(?P<user>[^@/:\s]+)@)?(?P<host>[^@/:\s]{2,}):(?P<path>[^:].*)")
_FORMS = "a folder, s3://BUCKET/PREFIX, rsync://HOST/PATH, HOST:PATH, sftp://HOST/PATH or git:REMOTE#BRANCH"


@dataclass(frozen=True, slots=True)
class Address:
    """A target, taken apart: `host` is the bucket of S3 and the remote of git; port 0 is the usual one."""

    scheme: str
    host: str = ""
    path: str = ""
    user: str = ""
    port: int = 0
    branch: str = ""

    @property
    def where(self) -> str:
        """How it is named to people; no secret can be in it."""
        if self.scheme == "folder":
            return self.path
        if self.scheme == "git":
            return f"git:{self.host}#{self.branch}"
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}/{self.path.lstrip('/')}"


def parse(said: str) -> Address:
    """Return what a target means; raises ConfigurationError, which never repeats what may be a secret.

    >>> parse("s3://bucket/some/where/").path, parse("me@host:www"), parse("/srv/www").scheme
    ('some/where', Address(scheme='rsync', host='host', path='www', user='me', port=0, branch=''), 'folder')
    >>> parse("git:origin").where, parse("sftp://me@[::1]:2222/srv/www").where
    ('git:origin#gh-pages', 'sftp://me@::1:2222/srv/www')
    """
    said = said.strip()
    if has_secret(said):
        raise ConfigurationError("has a secret in it", where="the target", then=ADVICE)
    if not said or said.startswith("-"):
        raise ConfigurationError(
            "no target is named", then=f"name one: `nashra publish TARGET`, or `publish.target`: {_FORMS}"
        )
    if said.startswith("git:"):
        remote, _, branch = said[4:].partition("#")
        if not remote or remote.startswith("-") or branch.startswith("-"):
            raise ConfigurationError("names no remote", where=said, then="write git:REMOTE#BRANCH")
        return Address("git", remote, branch=branch or BRANCH)
    scp = _SCP.fullmatch(said)
    if "://" not in said:
        if scp:
            return Address("rsync", scp["host"], scp["path"], scp["user"] or "")
        return Address("folder", path=said)
    return _of_url(said)


def _of_url(said: str) -> Address:
    try:
        parts = urlsplit(said)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError as wrong:
        raise ConfigurationError("is no address", where="the target", then=_FORMS) from wrong
    path = unquote(parts.path)
    if parts.scheme == "folder":
        return Address("folder", path=path)
    if parts.scheme not in {"s3", "rsync", "sftp"} or not host or host.startswith("-") or parts.query:
        raise ConfigurationError("is no target that is known", where=said.partition("?")[0], then=_FORMS)
    if parts.scheme == "s3":
        return Address("s3", host, path.strip("/"))
    return Address(parts.scheme, host, path or ".", parts.username or "", port)
