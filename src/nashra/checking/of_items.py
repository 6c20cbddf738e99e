"""Rules of the items: what apps and directories ask of every episode."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nashra.checking.built import Found
from nashra.checking.of_dates import dated
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nashra.checking.built import Built, Tag

_REQUIRED = ("title", "enclosure", "guid", "pubDate", "description")
_ADVISED = (
    "link",
    "itunes:duration",
    "itunes:explicit",
    "itunes:episodeType",
    "itunes:title",
    "content:encoded",
)
_ELEMENTS = {"p", "br", "a", "ul", "ol", "li", "b", "strong", "i", "em"}
_ELEMENT = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")


def required(built: Built) -> Iterator[Found]:
    """Find what an item must have, once, and has not."""
    for where, item in built.listed():
        for name in _REQUIRED:
            said = item.all(name)
            if not said or not (name == "enclosure" or said[0].text.strip()):
                yield Found(where, f"the item has no <{name}>")
            elif len(said) > 1:
                yield Found(where, f"the item has {len(said)} <{name}>")


def advised(built: Built) -> Iterator[Found]:
    """Find what an item should have and has not."""
    for where, item in built.listed():
        for name in _ADVISED:
            if not item.text_of(name).strip():
                yield Found(where, f"the item has no <{name}>")


def guids(built: Built) -> Iterator[Found]:
    """Find guids that two items have, or that are taken for links."""
    yield from _twice(built, lambda item: item.text_of("guid"), "guid")
    for where, item in built.listed():
        for tag in item.all("guid"):
            if tag.attributes.get("isPermaLink") != "false":
                yield Found(where, "its <guid> is taken for a link: isPermaLink is not false")


def sounds_once(built: Built) -> Iterator[Found]:
    """Find sounds that two items have: Apple ignores the second."""
    yield from _twice(built, lambda item: _enclosure(item).get("url", ""), "enclosure")


def titles_of_a_day(built: Built) -> Iterator[Found]:
    """Find two items of one title on one day: AntennaPod drops one of them."""

    def day(item: Tag) -> str:
        date = dated(item.text_of("pubDate"))
        return f"{item.text_of('title')} ({date:%Y-%m-%d})" if date else ""

    yield from _twice(built, day, "title and day")


def _twice(built: Built, key: Callable[[Tag], str], what: str) -> Iterator[Found]:
    """Find what two items of one feed have; other feeds have the same episodes."""
    for feed in built.feeds():
        yield from _twice_in(feed, key, what)


def _twice_in(built: Built, key: Callable[[Tag], str], what: str) -> Iterator[Found]:
    items = list(built.listed())
    counted = Counter(key(item) for _where, item in items)
    for where, item in items:
        if key(item) and counted[key(item)] > 1:
            yield Found(where, f"{counted[key(item)]} items have the {what} «{shown(key(item), 100)}»")


def enclosures(built: Built) -> Iterator[Found]:
    """Find enclosures that are not of the type audio/mpeg with a name in .mp3."""
    for where, item in built.listed():
        for tag in item.all("enclosure"):
            url = tag.attributes.get("url", "").partition("?")[0]
            if tag.attributes.get("type") != "audio/mpeg":
                yield Found(where, f"its enclosure has the type «{shown(tag.attributes.get('type', ''))}»")
            if not url.endswith(".mp3"):
                yield Found(where, f"its enclosure {shown(url, 100)} does not end in .mp3")
            if not re.fullmatch(r"[1-9][0-9]*", tag.attributes.get("length", "")):
                yield Found(
                    where, f"its enclosure has the length «{shown(tag.attributes.get('length', ''))}»"
                )


def markup(built: Built) -> Iterator[Found]:
    """Find notes with HTML that apps drop or show as text."""
    for where, item in built.listed():
        for name in ("description", "content:encoded"):
            others = {each.lower() for each in _ELEMENT.findall(item.text_of(name))} - _ELEMENTS
            if others:
                yield Found(where, f"its <{name}> has the elements {', '.join(sorted(others))}")


def plain_titles(built: Built) -> Iterator[Found]:
    """Find titles that have HTML in them, which apps show as it stands."""
    for document, channel in built.channels():
        for tag in channel.walk():
            found = _ELEMENT.search(tag.text) if tag.name in {"title", "itunes:title"} else None
            if found:
                yield Found(f"{document.name}:{tag.line}", f"<{tag.name}> has the element {found[1]}")


def titles_of_their_own(built: Built) -> Iterator[Found]:
    """Find titles that say the show's name or the episode's number again."""
    for document, channel in built.channels():
        show = re.escape(channel.text_of("title").strip())
        again = re.compile(rf"{show}\s*[-–—|:].+|.+[-–—|:]\s*{show}|(?:#|الحلقة\s+)[0-9٠-٩]+.*")
        for item in channel.all("item"):
            if show and again.fullmatch(item.text_of("title").strip()):
                yield Found(
                    f"{document.name}:{item.line}",
                    f"its title «{shown(item.text_of('title'))}» says the show's name or a number",
                )


def _enclosure(item: Tag) -> dict[str, str]:
    return dict(next((each.attributes for each in item.all("enclosure")), {}))
