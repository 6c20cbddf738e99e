"""Rules of the pages: whatever they link to is there, and they ask nobody else for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from nashra.checking.built import Found
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built

_CLOCK = "t="
"""Begins a fragment that is a moment of the sound, not a place of the page."""


def readable(built: Built) -> Iterator[Found]:
    """Find pages, and files that programs read, that cannot be read."""
    for page in built.pages:
        if page.fault:
            yield Found(page.name, page.fault)


def links(built: Built) -> Iterator[Found]:
    """Find links, relative or under the station's address, behind which no file lies."""
    for page in built.pages:
        gone: dict[str, int] = {}
        for each in page.references:
            path = built.path_of(each.address, page.name)
            if path is not None and path not in built.files:
                gone.setdefault(path, each.line)
        for path, line in gone.items():
            yield Found(f"{page.name}:{line}", f"leads to {shown(path, 120)}, which is not there")


def places(built: Built) -> Iterator[Found]:
    """Find links to a place of a page that has no such place."""
    ids = {page.name: page.ids for page in built.pages if page.is_html and not page.fault}
    for page in built.pages:
        if not page.is_html:
            continue
        for each in page.references:
            if each.address.startswith(built.base_url):
                continue  # names of things in linked data have a fragment, and are no links
            fragment = unquote(_parts(each.address).fragment)
            path = built.path_of(each.address, page.name)
            if fragment and not fragment.startswith(_CLOCK) and path in ids and fragment not in ids[path]:
                yield Found(f"{page.name}:{each.line}", f"leads to #{shown(fragment)}, a place that is not")


def alone(built: Built) -> Iterator[Found]:
    """Find what a browser would fetch from another's machine."""
    for page in built.pages:
        for each in page.references:
            elsewhere = _parts(each.address).netloc and built.path_of(each.address, page.name) is None
            if each.loaded and elsewhere:
                yield Found(f"{page.name}:{each.line}", f"loads {shown(each.address, 100)} from elsewhere")


def named(built: Built) -> Iterator[Found]:
    """Find pages that do not say their language, their direction or their title."""
    for page in built.pages:
        if page.is_html and not page.fault:
            for what, said in (("lang", page.language), ("dir", page.direction), ("title", page.title)):
                if not said:
                    yield Found(page.name, f"does not say its {what}")


def _parts(address: str) -> SplitResult:
    """Return the parts of an address, of none where it has no form: browsers leave it alone too."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
