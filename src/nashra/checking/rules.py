"""The rules that a built station is held against: one table, and the loop that reads it.

*must*: a directory, a validator or an app rejects or mangles the feed that breaks it. *should*: a
specification recommends it, or an app behaves worse. docs/check.md says them in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nashra.checking import (
    of_addresses,
    of_beside,
    of_channel,
    of_dates,
    of_documents,
    of_items,
    of_pages,
    of_pictures,
    of_sounds,
    of_texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nashra.checking.built import Built, Found

MUST = "must"
SHOULD = "should"

_BUILD = "run `nashra build`"
_AGAIN = "delete that file and run `nashra build`"
_AUDIO = "put its good copy back, or run `nashra build --force` with the article's name"
_TEMPLATES = "correct the file in the station's templates/, and run `nashra build`"
_ARTICLE = "correct the article, and run `nashra build`"


class Rule(NamedTuple):
    """A rule: its name, how much it weighs, what finds where it is broken, what to do about that."""

    name: str
    level: str
    find: Callable[[Built], Iterator[Found]]
    then: str


RULES = (
    Rule("feed-readable", MUST, of_documents.well_formed, _AGAIN),
    Rule("feed-name-spaces", MUST, of_documents.name_spaces, _AGAIN),
    Rule("feed-understood", MUST, of_documents.understood, _AGAIN),
    Rule("feed-size", MUST, of_documents.bytes_refused, "shorten the longest articles of that month"),
    Rule("feed-light", SHOULD, of_documents.bytes_heavy, "shorten the longest articles of that month"),
    Rule("feed-episodes", MUST, of_documents.has_episodes, "add an article that is no draft, and build"),
    Rule(
        "feed-there",
        SHOULD,
        of_documents.there,
        "give an article what its [[feed]] asks for, or correct that, and build",
    ),
    Rule("feed-pages", MUST, of_documents.linked, _AGAIN),
    Rule("text-trimmed", MUST, of_texts.trimmed, _AGAIN),
    Rule("text-printable", MUST, of_texts.printable, _AGAIN),
    Rule("text-escaped-once", MUST, of_texts.escaped_once, _ARTICLE),
    Rule("channel-required", MUST, of_channel.required, "set it under [show] in nashra.toml, and build"),
    Rule("channel-self", MUST, of_channel.self_link, "build again after a change of `show.base_url`"),
    Rule("channel-site", MUST, of_channel.site_link, _AGAIN),
    Rule("channel-language", MUST, of_channel.language, "set `show.language` to a code such as ar or ar-eg"),
    Rule("channel-category", MUST, of_channel.category, "set `show.category` and `show.subcategory`"),
    Rule("channel-advised", SHOULD, of_channel.advised, "set it under [show] or [podcast], and build"),
    Rule("channel-guid", SHOULD, of_channel.podcast_guid, "put the last good `podcast.guid` back, and build"),
    Rule("words-known", MUST, of_texts.words, _AGAIN),
    Rule("text-lengths", MUST, of_texts.lengths, "shorten it in the article or in nashra.toml, and build"),
    Rule("tags-dropped", SHOULD, of_channel.dropped, _AGAIN),
    Rule("voice-disclosed", SHOULD, of_channel.disclosed, _AGAIN),
    Rule("item-required", MUST, of_items.required, _AGAIN),
    Rule("item-advised", SHOULD, of_items.advised, _AGAIN),
    Rule("item-guid", MUST, of_items.guids, "put the last good records back into audio/, and build"),
    Rule("item-enclosure", MUST, of_items.enclosures, _AGAIN),
    Rule("item-sound-once", MUST, of_items.sounds_once, "delete the article that is there twice, and build"),
    Rule("item-title-of-day", MUST, of_items.titles_of_a_day, "give one of them another title, and build"),
    Rule("item-date", MUST, of_dates.dates, _AGAIN),
    Rule("item-not-yet", MUST, of_dates.not_yet, "wait for that time, or set this machine's clock right"),
    Rule("item-markup", MUST, of_items.markup, _ARTICLE),
    Rule("title-plain", MUST, of_items.plain_titles, _ARTICLE),
    Rule("title-own", SHOULD, of_items.titles_of_their_own, "take it out of the article's title, and build"),
    Rule("item-order", SHOULD, of_dates.newest_first, _AGAIN),
    Rule("address-whole", MUST, of_addresses.whole, "correct the address in nashra.toml or the article"),
    Rule("address-there", MUST, of_addresses.there, _BUILD),
    Rule("address-own", MUST, of_addresses.own, "build again after a change of `show.base_url`"),
    Rule("address-safe", MUST, of_addresses.safe, "set `show.base_url` to an https address, and build"),
    Rule("address-public", SHOULD, of_addresses.public, "set `show.base_url` to where the station will be"),
    Rule("sound-decodes", MUST, of_sounds.decodes, _AUDIO),
    Rule("sound-length", MUST, of_sounds.lengths, _AUDIO),
    Rule("sound-duration", MUST, of_sounds.durations, _AUDIO),
    Rule("sound-name", MUST, of_sounds.names, _AUDIO),
    Rule("sound-hash", MUST, of_sounds.hashes, _AUDIO),
    Rule("sound-rate", MUST, of_sounds.rates, _AUDIO),
    Rule("sound-tags", MUST, of_sounds.tags, _AUDIO),
    Rule("sound-bit-rate", SHOULD, of_sounds.bit_rates, _AUDIO),
    Rule("sound-picture", SHOULD, of_sounds.covers, _AUDIO),
    Rule("sound-tiny", SHOULD, of_sounds.tiny, "write more: an episode of a second is none"),
    Rule("picture-readable", MUST, of_pictures.readable, _AGAIN),
    Rule("picture-cover", MUST, of_pictures.covers, "give a picture that fits in `show.cover`, and build"),
    Rule("picture-light", SHOULD, of_pictures.weights, "give a lighter picture in `show.cover`, and build"),
    Rule("beside-readable", MUST, of_beside.readable, _AGAIN),
    Rule("beside-in-time", MUST, of_beside.in_time, _AGAIN),
    Rule("beside-inline", MUST, of_beside.inline_readable, _AGAIN),
    Rule("beside-agrees", SHOULD, of_beside.agree, _AGAIN),
    Rule("transcript-there", SHOULD, of_beside.has_transcript, _AGAIN),
    Rule("chapters-there", SHOULD, of_beside.has_chapters, _AUDIO),
    Rule("page-readable", MUST, of_pages.readable, _TEMPLATES),
    Rule("page-links", MUST, of_pages.links, _BUILD),
    Rule("page-places", SHOULD, of_pages.places, _TEMPLATES),
    Rule("page-alone", SHOULD, of_pages.alone, _TEMPLATES),
    Rule("page-named", SHOULD, of_pages.named, _TEMPLATES),
)
"""The rules, in the order in which their findings are told."""


class Finding(NamedTuple):
    """A place where a rule is broken, and what to do about it."""

    rule: str
    level: str
    where: str
    what: str
    then: str


def check(built: Built) -> tuple[Finding, ...]:
    """Return every place where a rule is broken, in the order of the rules; those of a *must* first."""
    found = [Finding(rule.name, rule.level, *each, rule.then) for rule in RULES for each in rule.find(built)]
    return tuple(sorted(found, key=lambda finding: finding.level != MUST))


def broken(findings: Sequence[Finding], level: str) -> int:
    """Return how many findings are of a level."""
    return sum(finding.level == level for finding in findings)


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the findings as they are told to programs (docs/check.md)."""
    return {
        "rules": len(RULES),
        "must": broken(findings, MUST),
        "should": broken(findings, SHOULD),
        "findings": [finding._asdict() for finding in findings],
    }
