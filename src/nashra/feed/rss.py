"""The RSS feed: a show and its episode records to the bytes of feed.xml."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedgen.feed import FeedGenerator

from nashra.errors import FeedError
from nashra.feed.guid import podcast_guid
from nashra.feed.podcasting import ChannelTags, ItemTags, Tag
from nashra.feed.timing import sections_of
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedgen.entry import FeedEntry

    from nashra.model import Episode, Show

DISCLOSURE = "هذا الخبر مقروء بصوت اصطناعي."
"""The sentence that Apple demands in the metadata of speech made by a machine."""

LONGEST_DESCRIPTION = 4000
"""Bytes, not letters: 4000 are about 2000 letters of Arabic."""

LONGEST_TITLE = 255


def rss(show: Show, episodes: Sequence[Episode], cover: str) -> bytes:
    """Return the feed of a show: newest episode first, the same bytes for the same records.

    `cover` is the cover's file name in `feed/`; it ends in .jpg or feedgen would drop it without a
    word. Raises FeedError when there is no episode, for directories refuse an empty feed.
    """
    if not episodes:
        raise FeedError(
            "there is no episode to list", where="feed/feed.xml", then="add an article that is no draft"
        )
    newest_first = sorted(episodes, key=lambda episode: (episode.published, episode.guid), reverse=True)
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("further", ChannelTags, ItemTags, atom=False)
    feed.title(show.title)
    feed.description(cut(show.description or show.title, LONGEST_DESCRIPTION))
    feed.language(show.language)
    # The site's link last: feedgen makes the last one the channel's <link>.
    feed.link(href=show.feed_url, rel="self", type="application/rss+xml")
    feed.link(href=show.page_url, rel="alternate")
    feed.lastBuildDate(max(episode.updated for episode in episodes))
    feed.generator("Nashra")
    feed.docs("https://www.rssboard.org/rss-specification")
    if show.copyright:
        feed.copyright(show.copyright)
    feed.podcast.itunes_author(show.author or show.title)
    feed.podcast.itunes_category(
        {"cat": show.category, "sub": show.subcategory} if show.subcategory else {"cat": show.category}
    )
    feed.podcast.itunes_image(f"{show.base_url}feed/{cover}")
    feed.podcast.itunes_type("episodic")
    feed.further.tags = (
        Tag("itunes:explicit", _switch(show.explicit)),
        Tag("podcast:guid", podcast_guid(show.feed_url)),
        Tag("podcast:medium", "podcast"),
        Tag("podcast:txt", "true", (("purpose", "ai-content"),)),
    )
    for episode, title in zip(newest_first, titles(newest_first), strict=True):
        _add(feed.add_entry(order="append"), show, episode, title)
    return bytes(feed.rss_str(pretty=True)) + b"\n"


def _add(item: FeedEntry, show: Show, episode: Episode, title: str) -> None:
    page = f"{show.base_url}feed/episodes/{quote(episode.slug)}.html"
    summary = description(episode)
    item.title(title)
    item.guid(episode.guid, permalink=False)
    item.link(href=page)
    item.published(episode.published)
    item.description(summary)
    item.content(notes(episode, page), type="CDATA")
    item.enclosure(f"{show.base_url}audio/{episode.media.file}", str(episode.media.bytes), "audio/mpeg")
    item.podcast.itunes_duration(round(seconds(episode.frames)))
    item.podcast.itunes_author(episode.author or episode.outlet or show.author or show.title)
    if episode.image:
        item.podcast.itunes_image(f"{show.base_url}audio/{episode.image}")
    item.further.tags = (
        Tag("itunes:title", title),
        Tag("itunes:episodeType", "full"),
        Tag("itunes:explicit", _switch(show.explicit)),
        Tag("podcast:txt", "true", (("purpose", "ai-content"),)),
    )


def titles(episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Return the items' titles: of two with one title on one day AntennaPod drops one, so number them."""
    seen: dict[tuple[str, str], int] = {}
    numbered = []
    for episode in reversed(episodes):
        day = (episode.title, episode.published.date().isoformat())
        seen[day] = seen.get(day, 0) + 1
        title = episode.title if seen[day] == 1 else f"{episode.title} ({seen[day]})"
        numbered.append(title[:LONGEST_TITLE])
    return tuple(reversed(numbered))


def description(episode: Episode) -> str:
    """Return the plain description: the summary or the lead, then the disclosure, at most 4000 bytes."""
    text = episode.summary or _first_paragraphs(episode) or episode.title
    room = LONGEST_DESCRIPTION - len(f"\n\n{DISCLOSURE}".encode())
    return f"{cut(text, room)}\n\n{DISCLOSURE}"


def notes(episode: Episode, page: str) -> str:
    """Return the show notes as HTML of the few elements that every app takes: the whole article."""
    pieces = []
    for title, _start, paragraphs in sections_of(episode):
        if title:
            pieces.append(f"<p><b>{escape(title)}</b></p>")
        pieces += [f"<p>{escape(' '.join(cue.text for cue in cues))}</p>" for cues in paragraphs]
    pieces.append(f"<p><i>{escape(DISCLOSURE)}</i></p>")
    pieces.append(f'<p><a href="{escape(page)}">صفحة الحلقة</a></p>')
    return "\n".join(pieces)


def cut(text: str, room: int) -> str:
    """Return the text cut at a word so that it and an ellipsis fit into `room` bytes of UTF-8.

    >>> cut("خبر عاجل اليوم", 12), cut("خبر", 6)
    ('خبر…', 'خبر')
    """
    if len(text.encode()) <= room:
        return text
    start = text.encode()[: room - len("…".encode())].decode(errors="ignore")
    return f"{start.rpartition(' ')[0].rstrip(' ،,') or start}…"


def _first_paragraphs(episode: Episode) -> str:
    sections = sections_of(episode)
    paragraphs = sections[0][2] if sections else ()
    return "\n\n".join(" ".join(cue.text for cue in cues) for cues in paragraphs)


def _switch(value: bool) -> str:
    return "true" if value else "false"
