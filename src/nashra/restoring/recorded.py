"""Records as publishing put them beside the sound; what in one is not as Nashra writes it is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nashra import records
from nashra.errors import AudioError, PublishingError
from nashra.feed.guid import is_guid
from nashra.model import Cue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nashra.model import Article, Episode

_AGAIN = "look at that file there; publish it anew if it is broken"

# Names come from the network and become names on this disk: nothing but these letters passes.
_RECORD = re.compile(r"audio/(?P<slug>[A-Za-z0-9][\w.-]*)\.json", re.ASCII)
_FILE = re.compile(r"[A-Za-z0-9][\w.-]*-[0-9a-f]{12}\.(mp3|jpg|png|opus)", re.ASCII)


def paths(names: Iterable[str]) -> dict[str, str]:
    """Return the paths of the records among what was published, by slug.

    >>> paths(["audio/rain.json", "audio/../x.json", "feed/rain.json"])
    {'rain': 'audio/rain.json'}
    """
    found = (_RECORD.fullmatch(name) for name in names)
    return {match["slug"]: match[0] for match in found if match}


def record(raw: bytes, slug: str, where: str) -> Episode:
    """Return the record of an episode; raises PublishingError for one that is none, or another's."""
    try:
        found = records.decode(raw, where)
    except AudioError as broken:
        raise PublishingError(broken.what, where=where, then=_AGAIN) from broken
    media = (found.media, *found.replaced, *((found.opus.media,) if found.opus else ()))
    names = [each.file for each in media] + ([found.image] if found.image else [])
    article = "/" in found.article or "\\" in found.article or found.article.startswith(".")
    if found.slug != slug or article or not is_guid(found.guid) or not all(map(_FILE.fullmatch, names)):
        raise PublishingError("is no record that Nashra published", where=where, then=_AGAIN)
    return found


def withdrawn(found: Episode, articles: Mapping[str, tuple[Article, str]]) -> Episode:
    """Return the record of a withdrawn episode, of which no word is published, as one that can be kept.

    Its article, if it is here, counts as changed: brought back, the episode is made anew, under its guid.
    """
    article, _digest = articles.get(found.slug, (None, ""))
    file = article.file if article else f"{found.slug}.txt"
    title = article.title if article else found.slug
    cues = (Cue(0, max(found.frames, 1), "sentence", title),)
    return replace(found, article=file, sources={file: ""}, title=title, cues=cues)
