"""From a live feed back to records: what is known is taken, what is not is made anew or said.

Known exactly: guid, date, revision's MP3 and its hash, chapters and sentences to the millisecond, season
and number. Known from the article, if it is here and says what the transcript says: title, byline, summary,
roles and paragraphs; then the next build remakes nothing. Not known: what an article was before it changed,
and levels and versions, which are measured and taken as they are now.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from nashra import __version__, records
from nashra.articles import reading
from nashra.audio import level, mp3
from nashra.building import making, speech
from nashra.building.planning import article_files, digest
from nashra.errors import ArticleError, PublishingError
from nashra.feed.guid import is_guid
from nashra.model import SCHEMA, Episode, Media
from nashra.publishing.refusing import feed_of
from nashra.restoring import timed
from nashra.restoring.told import Told, earlier, further, told
from nashra.station import GUID, recipe, voices_of
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.checking.built import Document
    from nashra.model import Article, Cue, Mark, Voice
    from nashra.station import Station

    Get = Callable[[str, Literal["feed", "json", "page", "sound", "image"]], bytes | None]
    """What reads an address, None where there is nothing (404, 410); raises FetchError."""

FEED = "feed/feed.xml"
_AGAIN = "look at that file there; publish it anew if it is broken"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: new records, MP3s, and by article or slug what is not as it was."""

    records: int = 0
    media: int = 0
    notes: tuple[str, ...] = ()


def restore(station: Station, feed_url: str, get: Get) -> Restored:
    """Write what is missing of a station's records, sound and podcast.guid; what is here is left alone.

    Raises PublishingError where the feed cannot be understood or is another show's, FetchError where
    something cannot be read. The caller holds the station's lock.
    """
    base = feed_url.removesuffix(FEED)
    if base == feed_url:
        then = f"give the address that ends in {FEED}"
        raise PublishingError("is no feed that Nashra published", where=feed_url, then=then)
    documents = _documents(feed_url, base, get)
    _take_guid(station, documents[0], feed_url)
    here = {episode.slug: episode for episode in records.load(station.audio, cues=False)}
    names = _published(base, get)
    articles = _articles(station)
    found = Restored()
    for item in (each for one in documents for each in told(one, base)):
        known = here.get(item.slug)
        if known is not None and known.guid != item.guid:
            raise PublishingError(
                f"has the guid {known.guid} here and {item.guid} there",
                where=f"audio/{item.slug}.json",
                then="move that record away, and restore again",
            )
        if known is None or known.media.file == item.media.file:  # else it was made anew here
            found = replace(found, media=found.media + _fetched(station, base, item.media, get))
        if item.image and read(station.audio / item.image) is None:
            picture = get(f"{base}audio/{item.image}", "image")
            if picture:
                _write(station, item.image, picture)
        if known is None:
            old = tuple(_earlier(station, base, name, get) for name in earlier(names, item.slug, item.media))
            episode, note = _record(station, base, item, articles.get(item.slug), get)
            kept = tuple(each for each in old if each)
            records.save(station.audio, replace(episode, replaced=kept, revision=1 + len(kept)))
            notes = (*found.notes, *([note] if note else []))
            found = replace(found, records=found.records + 1, notes=notes)
    return found


def _documents(feed_url: str, base: str, get: Get) -> tuple[Document, ...]:
    """Return the documents of a feed, the first first; each is read once."""
    waiting, seen, found = [FEED], {FEED}, []
    while waiting:
        path = waiting.pop(0)
        raw = get(base + path, "feed")
        one = feed_of(path, raw) if raw else None
        if one is None or one.channel is None:
            raise PublishingError("is no feed that can be read", where=base + path, then="check the address")
        found.append(one)
        waiting += [each for each in further(one, base) if each not in seen]
        seen |= set(waiting)
    if not any(told(one, base) for one in found):
        raise PublishingError("lists nothing that Nashra published", where=feed_url, then="check the address")
    return tuple(found)


def _take_guid(station: Station, first: Document, feed_url: str) -> None:
    """Keep the podcast's guid in podcast.guid; raises PublishingError if the station has another."""
    there = first.channel.text_of("podcast:guid").strip() if first.channel else ""
    ours = station.settings.podcast.guid or station.frozen_guid
    if not is_guid(there):
        return
    if ours and ours != there:
        raise PublishingError(
            f"is of the podcast {there}, and this station is {ours}", where=feed_url, then="check the address"
        )
    if not ours:
        with storing(PublishingError, GUID):
            write(station.root / GUID, f"{there}\n".encode())


def _published(base: str, get: Get) -> list[str]:
    """Return every name that publishing ever put there and still knows."""
    raw = get(f"{base}feed/published.json", "json")
    try:
        files = json.loads(raw or b"{}").get("files", {})
    except (ValueError, AttributeError):
        return []
    return sorted(files) if isinstance(files, dict) else []


def _articles(station: Station) -> dict[str, tuple[Article, str]]:
    """Return the articles that are here, by slug, with the SHA-256 of their files."""
    found = {}
    try:
        files = article_files(station)
    except ArticleError:
        return {}
    for file in files:
        raw = read(station.articles / file) or b""
        try:
            article = reading.article(raw, file)
        except ArticleError:
            continue  # the next build says what is wrong with it
        found[article.slug] = (article, digest(raw))
    return found


def _fetched(station: Station, base: str, media: Media, get: Get) -> bool:
    """Bring an MP3 here if it is not; say whether it came. Raises PublishingError for other bytes."""
    name = media.file
    with storing(PublishingError, f"audio/{name}"):
        if (read(station.audio / name) or b"") and (station.audio / name).stat().st_size == media.bytes:
            return False
    sound = get(f"{base}audio/{name}", "sound")
    if sound is None or len(sound) != media.bytes or (media.sha256 and digest(sound) != media.sha256):
        raise PublishingError("is not what the feed says", where=f"{base}audio/{name}", then=_AGAIN)
    _write(station, name, sound)
    return True


def _earlier(station: Station, base: str, name: str, get: Get) -> Media | None:
    """Return an earlier MP3, brought here; None where it is gone or is not what its name says."""
    sound = read(station.audio / name) or get(f"{base}audio/{name}", "sound")
    if sound is None or hashlib.sha256(sound).hexdigest()[:12] not in name:
        return None
    _write(station, name, sound)
    return Media(name, len(sound), digest(sound))


def _write(station: Station, name: str, data: bytes) -> None:
    with storing(PublishingError, f"audio/{name}"):
        write(station.audio / name, data)


def _record(
    station: Station, base: str, item: Told, found: tuple[Article, str] | None, get: Get
) -> tuple[Episode, str]:
    """Return the record of an episode, and what of it is not as it was (or empty)."""
    marks, cues = _beside(base, item, get)
    where = f"audio/{item.media.file}"
    sound = read(station.audio / item.media.file) or b""
    pcm = mp3.decode(sound, where)
    voice = next((each for each in station.voices if each.engine == item.engine), station.voice)
    article, sha = found or (None, "")
    same = article and _same(station, article, voice, cues)
    file = article.file if article else f"{item.slug}.txt"
    note = (
        ""
        if same
        else (
            f"articles/{file}: "
            + (
                "says something else now: it will be spoken anew, its guid and date stay"
                if article
                else "is not here: its episode leaves the feed with the next build"
            )
        )
    )
    image = (
        {article.image: digest(read(station.articles / article.image) or b"")}
        if article and article.image
        else {}
    )
    record = Episode(
        schema=SCHEMA,
        guid=item.guid,
        slug=item.slug,
        article=file,
        sources={file: sha, **image} if same else {file: ""},
        recipe=recipe(station) if same else "",
        made_with={"nashra": __version__, "engine": voice.engine, **station.sounds},
        title=article.title if article and same else item.title,
        title_derived=bool(article and same and article.title_derived),
        outlet=article.outlet if article else "",
        author=article.author if article else item.author,
        summary=article.summary if article else "",
        url=article.url if article else "",
        image=item.image,
        draft=False,
        voice=_voice(station, article, voice),
        published=item.published,
        updated=_updated(base, item, get),
        revision=1,
        media=Media(item.media.file, len(sound), digest(sound)),
        replaced=(),
        frames=len(pcm) // 2,
        level=level.measure(pcm),
        chapters=marks,
        cues=same or cues,
        season=item.season,
        number=item.number,
    )
    return record, note


def _voice(station: Station, article: Article | None, voice: Voice) -> Voice:
    if not article or not article.voice:
        return voice
    wanted = voices_of(station, article.voice, f"articles/{article.file}")
    return next((each for each in wanted if each.engine == voice.engine), wanted[0])


def _same(station: Station, article: Article, voice: Voice, cues: tuple[Cue, ...]) -> tuple[Cue, ...] | None:
    """Return the sentences as the article writes them, if it still says what was said."""
    said = making.script_of(station, article, _voice(station, article, voice), speech.marker(station))
    return timed.as_written(cues, said)


def _beside(base: str, item: Told, get: Get) -> tuple[tuple[Mark, ...], tuple[Cue, ...]]:
    try:
        raw = {path: get(base + path, "json") if path else None for path in (item.chapters, item.transcript)}
        marks = timed.marks(raw[item.chapters] or b'{"chapters": []}')
        cues = timed.cues(raw[item.transcript] or b'{"segments": []}', marks)
    except ValueError as broken:
        raise PublishingError(str(broken), where=f"{base}{item.transcript}", then=_AGAIN) from broken
    if not cues:
        what = "has no transcript there, and a record without sentences is none"
        raise PublishingError(what, where=item.slug, then="put its record back from a copy")
    return marks, cues


def _updated(base: str, item: Told, get: Get) -> datetime:
    """Return when it changed last, as its page says; else when it was published."""
    page = (get(base + item.page, "page") or b"").decode("utf-8", "replace")
    found = re.search(r'"dateModified":\s*"([0-9T:+Z-]{10,40})"', page)
    try:
        told = datetime.fromisoformat(found[1]) if found else item.published
    except ValueError:
        return item.published
    return told.astimezone(UTC)
