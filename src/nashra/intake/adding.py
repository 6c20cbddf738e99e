"""Articles into a station: written once, brought up to date later, and what was corrected by hand is kept."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra import pictures
from nashra.articles import decoding, front_matter, slug, writing
from nashra.errors import ArticleError
from nashra.store import read as read_file
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.articles.reading import Reading
    from nashra.station import Station

OURS, THEIRS = "ours", "theirs"
_LINKS = re.compile(r"(?m)^(?:url|canonical): (?:\"(?P<quoted>[^\"\n]+)\"|(?P<plain>\S+))$")
_FRONT = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_KINDS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}


class Merge(NamedTuple):
    """A text that has what changed on both sides, and in how many places they disagreed."""

    text: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article: its file in `articles/`; `state` is new, updated, unchanged or kept.

    `conflicts` counts the places where a correction made here stood against a change made there.
    """

    file: str
    state: str
    conflicts: int = 0
    notes: tuple[str, ...] = ()


def update(current: str, base: str | None, theirs: str, prefer: str = OURS) -> Merge:
    r"""Return the current text with what changed from `base` to `theirs`; disagreements go to `prefer`.

    Without a base nobody can tell who changed what: then every difference is a disagreement.

    >>> update("أ\nب!\nج", "أ\nب\nج", "أ\nب\nج\nد")
    Merge(text='أ\nب!\nج\nد', conflicts=0)
    >>> update("أ\nب!", "أ\nب", "أ\nب؟"), update("أ", None, "أ"), update("أ", None, "ب", THEIRS)
    (Merge(text='أ\nب!', conflicts=1), Merge(text='أ', conflicts=0), Merge(text='ب', conflicts=1))
    """
    if current == theirs:
        return Merge(current, 0)
    if base is None:
        return Merge(theirs if prefer == THEIRS else current, 1)
    from merge3 import Merge3  # noqa: PLC0415 only an article that is there already needs it

    sides = {"base": base.split("\n"), "a": current.split("\n"), "b": theirs.split("\n")}
    # A region is unchanged, the same on both sides, changed on one (a is ours, b theirs), or a conflict.
    side_of = {"unchanged": "base", "same": "a", "a": "a", "b": "b"}
    merged: list[str] = []
    conflicts = 0
    for kind, *span in Merge3(sides["base"], sides["a"], sides["b"]).merge_regions():
        if kind == "conflict":
            conflicts += 1
            side, where = ("b", span[4:6]) if prefer == THEIRS else ("a", span[2:4])
        else:
            side, where = side_of[kind], span[:2]
        merged += sides[side][where[0] : where[1]]
    return Merge("\n".join(merged), conflicts)


def add(
    station: Station,
    read: Reading,
    now: datetime,
    mark: Callable[[str], str],
    decide: Callable[[str, str], str],
    picture: Callable[[str], bytes] | None = None,
) -> Added:
    """Write an article into `articles/`, or bring the one that came from the same link up to date.

    `mark` puts vowel marks on the title, for a name that readers recognize. `decide` is asked, with the
    file and a diff, only where a correction made here stands against a change made there: `ours` or
    `theirs`. `picture` gets the image's bytes from its address. Raises ArticleError when the folder
    cannot be written.
    """
    notes = read.notes
    file = known(station, read)
    fresh = file is None
    if file is None:
        file = new_file(station, read.article.title, read.article.date or now, mark)
    image, why = cover(station, file, read.article.image, picture)
    notes = (*notes, why) if why else notes
    with storing(ArticleError, f"articles/{file}"):
        raw = read_file(station.articles / file)
        own = {"image": image, **_from_a_pull(raw or b"", file)}
        theirs = writing.markdown(replace(read, article=replace(read.article, **own)))
        base = read_file(station.cache / "added" / file)
        current = raw.decode("utf-8", "replace").replace("\r\n", "\n") if raw is not None else theirs
        merge = update(current, base.decode() if base else None, theirs)
        if merge.conflicts:
            chosen = decide(file, difference(current, theirs, file))
            merge = update(current, base.decode() if base else None, theirs, chosen)
        changed = (
            write(station.articles / file, merge.text.encode())
            if merge.text != current or raw is None
            else False
        )
        write(station.cache / "added" / file, theirs.encode(), durable=False)
    state = "new" if fresh else "updated" if changed else "kept" if merge.conflicts else "unchanged"
    return Added(file, state, merge.conflicts, notes)


def difference(current: str, theirs: str, file: str) -> str:
    """Return what differs, as a unified diff from the text here to the text there."""
    lines = difflib.unified_diff(
        current.splitlines(), theirs.splitlines(), f"articles/{file}", "as it is there now", lineterm="", n=1
    )
    return "\n".join(lines)


def known(station: Station, read: Reading) -> str | None:
    """Return the article that came from the same link, None when there is none."""
    wanted = {link for link in (read.article.url, read.article.canonical) if link}
    if not wanted:
        return None
    for path in sorted(station.articles.glob("*.md")):
        front = _FRONT.match((read_file(path) or b"").decode("utf-8", "replace"))
        if front and wanted & {found["quoted"] or found["plain"] for found in _LINKS.finditer(front[0])}:
            return path.name
    return None


def _from_a_pull(raw: bytes, file: str) -> dict[str, Any]:
    """Return what a pull wrote into an article's front matter: an update from its page must not undo it."""
    fields = front_matter.split(decoding.decode(raw, file).text, file)[0] if raw else {}
    return {name: fields[name] for name in ("source", "source_id", "voice", "draft") if name in fields}


def new_file(station: Station, title: str, day: datetime, mark: Callable[[str], str]) -> str:
    """Return a name for a new article's file that no other has; without its suffix it is the slug."""
    name = slug.words(mark(title), slug.LONGEST - len("2025-01-30--99")) or slug.slug(title)
    return _free_name(station, f"{day:%Y-%m-%d}-{name}")


def _free_name(station: Station, stem: str) -> str:
    """Return a file name that no article has, whatever its suffix: `-2` and so on behind the second."""
    taken = {PurePath(path.name).stem for path in station.articles.glob("*")}
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(f"{name}.md" for name in names if name not in taken)


def cover(
    station: Station, file: str, address: str, picture: Callable[[str], bytes] | None
) -> tuple[str, str]:
    """Return the name of the article's picture in `articles/`, empty with the reason where there is none."""
    if not address or picture is None:
        return "", ""
    try:
        data = picture(address)
        suffix = next((kind for sign, kind in _KINDS.items() if data.startswith(sign)), "")
        if not suffix or not pictures.large_enough(data):
            return "", "its picture is too small for a cover, or no JPEG or PNG"
        name = f"{PurePath(file).stem}{suffix}"
        write(station.articles / name, data)
    except ArticleError as failed:
        return "", f"its picture could not be had: {failed}"
    return name, ""
