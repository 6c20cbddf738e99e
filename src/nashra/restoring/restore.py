"""From a live feed back to records: what is known is taken, what is not is made anew or said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra import records
from nashra.articles import reading
from nashra.building.planning import article_files, digest
from nashra.errors import ArticleError, PublishingError
from nashra.restoring import by_feed, by_record, carrying, recorded, shows
from nashra.restoring.carrying import Live
from nashra.restoring.told import told
from nashra.store import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nashra.model import Article, Episode
    from nashra.restoring.by_record import Back
    from nashra.restoring.carrying import Get
    from nashra.restoring.told import Told
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: new records, MP3s, and by article or slug what is not as it was."""

    records: int = 0
    media: int = 0
    notes: tuple[str, ...] = ()


def restore(station: Station, feed_url: str, get: Get) -> Restored:
    """Write what is missing of a station's records, sound and guids; what is here is left alone.

    Raises PublishingError where the feed cannot be understood or is another show's, FetchError where
    something cannot be read. The caller holds the station's lock.
    """
    live = Live(station, feed_url.removesuffix(shows.FEED), get)
    if live.base == feed_url:
        then = f"give the address that ends in {shows.FEED}"
        raise PublishingError("is no feed that Nashra published", where=feed_url, then=then)
    documents = shows.documents(live, feed_url)
    shows.take_guid(station, documents[0], feed_url)
    shows.take_strand_guids(live)
    here = {episode.slug: episode for episode in records.load(station.audio, cues=False)}
    names = _published(live)
    articles, paths = _articles(station), recorded.paths(names)
    items = {each.slug: each for one in documents for each in told(one, live.base)}
    found = Restored()
    for slug in dict.fromkeys((*items, *paths)):
        item, path = items.get(slug), paths.get(slug, "")
        if slug in here:
            media = _completed(live, here[slug], item) if item else 0
            found = Restored(found.records, found.media + media, found.notes)
            continue
        back = _new(live, slug, item, path, articles, names)
        if back:
            records.save(station.audio, back.record)
            notes = (*found.notes, *([back.note] if back.note else []))
            found = Restored(found.records + 1, found.media + back.media, notes)
    return found


def _new(
    live: Live,
    slug: str,
    item: Told | None,
    path: str,
    articles: Mapping[str, tuple[Article, str]],
    names: list[str],
) -> Back | None:
    """Return an episode of which nothing is here, by its record if it can be; None where it is gone."""
    if item is None:
        return by_record.unlisted(live, slug, path, articles)
    found = by_record.listed(live, item, path, articles) if path else None
    return found or by_feed.episode(live, item, articles.get(slug), names)


def _completed(live: Live, known: Episode, item: Told) -> int:
    """Bring the files that a record here lacks; return how many MP3s came. Raises PublishingError."""
    if item.guid not in {known.guid, *(issue.guid for issue in known.issues)}:
        raise PublishingError(
            f"has the guid {known.guid} here and {item.guid} there",
            where=f"audio/{known.slug}.json",
            then="move that record away, and restore again",
        )
    if known.media.file != item.media.file or known.withdrawn:
        return 0  # it was made anew here, or taken back
    if known.opus:
        carrying.earlier(live, known.opus.media.file)
    carrying.picture(live, item.image)
    return int(carrying.sound(live, item.media))


def _published(live: Live) -> list[str]:
    """Return every name that publishing ever put there and still knows."""
    raw = live.read("feed/published.json", "json")
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
