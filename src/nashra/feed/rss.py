"""An RSS document: a show and episode records to the bytes of feed.xml or of an archive behind it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from nashra.errors import FeedError
from nashra.feed import corrections
from nashra.feed.labels import column
from nashra.feed.plain import cut, plain, short, untagged
from nashra.feed.podcasting import ChannelTags, ItemTags
from nashra.feed.timing import sections_of
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedgen.entry import FeedEntry

    from nashra.feed.listing import Channel, Item
    from nashra.model import Episode
    from nashra.settings import Show

DISCLOSURE = (
    "هذا الخبر مقروء بصوت اصطناعي.",
    "Cet article est lu par une voix de synthèse.",
    "This article is read by a synthetic voice.",
)
"""The sentence that Apple demands in the metadata of speech made by a machine."""

_PAGE = ("صفحة الحلقة", "Page de l’épisode", "The episode’s page")
# Both by language, in the order of `labels.LANGUAGES`.

LONGEST_DESCRIPTION = 4000
"""Bytes, not letters: 4000 are about 2000 letters of Arabic."""

LONGEST_VALUE = 255
"""Characters of a title, a name or a notice that Apple takes."""


def rss(channel: Channel, items: Sequence[Item], updated: datetime) -> bytes:
    """Return a document of the feed, its items in the order given: the same bytes for the same records.

    `updated` is when something in the whole catalogue changed last. The channel's cover ends in .jpg or
    feedgen would drop it without a word. Raises FeedError when there is no episode, for directories
    refuse an empty feed (but what was withdrawn must leave it), for a record whose length or date no reader
    would understand, and for a licence of one's own without an address.
    """
    _check(channel, items)
    show = channel.show
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("further", ChannelTags, ItemTags, atom=False)
    feed.title(short(show.title, LONGEST_VALUE))
    feed.description(cut(plain(show.description or show.title), LONGEST_DESCRIPTION))
    feed.language(show.language)
    # The site's link last: feedgen makes the last one the channel's <link>.
    feed.link(href=channel.address(channel.file), rel="self", type="application/rss+xml")
    feed.link(href=show.page_url, rel="alternate")
    feed.lastBuildDate(updated)
    feed.generator("Nashra")
    feed.docs("https://www.rssboard.org/rss-specification")
    if show.copyright:
        feed.copyright(short(show.copyright, LONGEST_VALUE))
    feed.podcast.itunes_author(short(show.author or show.title, LONGEST_VALUE))
    feed.podcast.itunes_category(
        {"cat": show.category, "sub": show.subcategory} if show.subcategory else {"cat": show.category}
    )
    feed.podcast.itunes_image(channel.address(channel.cover))
    feed.podcast.itunes_type("episodic")
    feed.further.said_of = channel
    for item in items:
        _add(feed.add_entry(order="append"), item)
    return bytes(feed.rss_str(pretty=True)) + b"\n"


def _check(channel: Channel, items: Sequence[Item]) -> None:
    if not items and not channel.emptied:
        raise FeedError(
            "there is no episode to list", where="feed/feed.xml", then="add an article that is no draft"
        )
    for item in items:
        episode = item.episode
        if episode.media.bytes <= 0 or episode.frames <= 0 or episode.published.tzinfo is None:
            raise FeedError(
                "its record has no length, or a date without a zone",
                where=f"audio/{episode.slug}.json",
                then="put its last good copy back, or move it away to publish its article anew",
            )
    said = channel.settings
    if said.license and not said.license_url and set(said.license) - _IDENTIFIER:
        raise FeedError(
            f"`podcast.license` «{said.license}» is a licence of your own",
            where="nashra.toml",
            then="give its address in `podcast.license_url`, or an identifier such as cc-by-4.0",
        )


_IDENTIFIER = set("abcdefghijklmnopqrstuvwxyz0123456789.-+")


def _add(entry: FeedEntry, item: Item) -> None:
    episode, show = item.episode, item.channel.show
    entry.title(item.title)
    entry.guid(episode.guid, permalink=False)
    entry.link(href=item.page)
    entry.published(episode.published)
    corrected = corrections.note(show, episode)
    entry.description(description(show, episode, corrected))
    entry.content(notes(show, episode, item.page, corrected), type="CDATA")
    entry.enclosure(item.sound, str(episode.media.bytes), "audio/mpeg")
    entry.podcast.itunes_duration(round(seconds(episode.frames)))
    author = episode.author or episode.outlet or show.author or show.title
    entry.podcast.itunes_author(short(author, LONGEST_VALUE))
    for name in dict.fromkeys((*episode.category, *episode.tags)):
        entry.category(term=short(plain(name), LONGEST_VALUE))
    if episode.image:
        entry.podcast.itunes_image(f"{show.base_url}audio/{episode.image}")
    entry.further.said_of = item


def description(show: Show, episode: Episode, corrected: str = "") -> str:
    """Return the plain description, at most 4000 bytes: the summary or the lead, then what must be said.

    That is that it was `corrected`, if so, and the disclosure: whatever is cut, these stay.
    """
    text = plain(episode.summary) or _first_paragraphs(episode) or plain(episode.title)
    disclosure = DISCLOSURE[column(show.language)]
    told = "".join(f"\n\n{line}" for line in (corrected, disclosure) if line)
    return f"{cut(untagged(text), LONGEST_DESCRIPTION - len(told.encode()))}{told}"


def notes(show: Show, episode: Episode, page: str, corrected: str = "") -> str:
    """Return the show notes as HTML of the few elements that every app takes: the whole article.

    That it was `corrected` stands first, where apps show it without a tap.
    """
    pieces = [f"<p><strong>{escape(corrected)}</strong></p>"] if corrected else []
    for title, _start, paragraphs in sections_of(episode):
        if title:
            pieces.append(f"<p><b>{escape(plain(title))}</b></p>")
        pieces += [f"<p>{escape(plain(' '.join(cue.text for cue in cues)))}</p>" for cues in paragraphs]
    said = column(show.language)
    pieces.append(f"<p><i>{escape(DISCLOSURE[said])}</i></p>")
    pieces.append(f'<p><a href="{escape(page)}">{escape(_PAGE[said])}</a></p>')
    return "\n".join(pieces)


def _first_paragraphs(episode: Episode) -> str:
    sections = sections_of(episode)
    paragraphs = sections[0][2] if sections else ()
    return "\n\n".join(plain(" ".join(cue.text for cue in cues)) for cues in paragraphs)
