"""The error tree: one root, one exit code per branch of the line."""

from __future__ import annotations

from typing import Self

_SPACE = 0x20
_COMMANDS = frozenset(map(chr, (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)))
"""Characters that command a terminal or turn the direction of what follows, besides those below a space."""


class NashraError(Exception):
    """Something a person can act on, said in one line: where, what, what next.

    `what` says what is wrong, `where` names the file (with `:line` where there is one) or the
    setting, `then` says what to do about it.

    >>> str(NashraError("no sentence in it", where="articles/a.txt", then="write some text"))
    'articles/a.txt: no sentence in it; write some text'
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", then: str = "") -> None:
        self.what, self.where, self.then = what, where, then
        line = f"{where}: {what}" if where else what
        line = f"{line}; {then}" if then else line
        super().__init__(_in_one_line(line))

    def within(self, where: str) -> Self:
        """Return the same error, said to be `where`, unless it says that already.

        >>> str(SpeechError("no sound").within("articles/a.txt"))
        'articles/a.txt: no sound'
        """
        if self.where:
            return self
        placed = type(self)(self.what, where=where, then=self.then)
        placed.__cause__ = self
        return placed


def _in_one_line(text: str) -> str:
    r"""Return a text that commands no terminal: what it quotes may be a stranger's.

    >>> _in_one_line("a\x1b[2J\nb\u202e \u200c.")
    'a[2J b \u200c.'
    """
    shown = (char for char in " ".join(text.split()) if char not in _COMMANDS and ord(char) >= _SPACE)
    return "".join(shown)


class ConfigurationError(NashraError):
    """`nashra.toml`, or what was typed on the command line, cannot be used."""

    exit_code = 2


class ArticleError(NashraError):
    """An article cannot be read or understood."""

    exit_code = 3


class FetchError(ArticleError):
    """An address of the web was not read; `status` is what its server answered last, 0 if nothing."""

    def __init__(self, what: str, *, where: str = "", then: str = "", status: int = 0) -> None:
        super().__init__(what, where=where, then=then)
        self.status = status


class SpeechError(NashraError):
    """An engine gave no speech, or speech that cannot be right."""

    exit_code = 4


class AudioError(NashraError):
    """An episode's sound cannot be made or kept."""

    exit_code = 5


class FeedError(NashraError):
    """The feed or its pages cannot be made or kept."""

    exit_code = 6


class PublishingError(NashraError):
    """The station cannot be brought to its public address."""

    exit_code = 7


class LockedError(NashraError):
    """Somebody else works on the station, and nobody wanted to wait."""

    exit_code = 8


class VerificationError(NashraError):
    """The built station breaks a promise of docs/reliability.md."""

    exit_code = 9
