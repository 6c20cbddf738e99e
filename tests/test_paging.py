"""A long catalogue in documents by month: none lost, none too long, and an edit touches few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from nashra.feed.paging import ARCHIVE, FIRST, LIMIT, ROOMS, Document, documents, fitted

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


class Dated(NamedTuple):
    """All that paging looks at in an episode."""

    guid: str
    published: datetime


def catalogue(count: int, hours: int = 24) -> list[Dated]:
    """Return so many episodes, so many hours apart, newest first."""
    return [Dated(f"g{number}", BEGIN + timedelta(hours=hours * number)) for number in range(count)][::-1]


def weighing(weight: int):
    return lambda _episode: weight


def test_a_catalogue_that_has_room_is_one_document_without_links():
    """As nearly every station has."""
    episodes = catalogue(50)
    assert documents(episodes, weighing(10_000)) == (Document(FIRST, tuple(episodes)),)


def test_behind_a_full_document_stand_archives_by_month():
    """The newest months first, older ones each in a document with its name."""
    made = documents(catalogue(150), weighing(10_000))
    assert [each.file for each in made] == ["feed-2024-01.xml", "feed-2024-02.xml", "feed-2024-03.xml", FIRST]
    assert len(made[-1].episodes) == 59  # April and May


def test_links_lead_from_the_first_document_to_the_last_and_back():
    """`next` to older ones, as gPodder follows it; `prev-archive` for readers of RFC 5005."""
    made = documents(catalogue(150), weighing(10_000))
    links = {each.file: dict(each.links) for each in made}
    assert links[FIRST] == {
        "first": FIRST,
        "last": "feed-2024-01.xml",
        "next": "feed-2024-03.xml",
        "prev-archive": "feed-2024-03.xml",
    }
    for older, newer in pairwise(made):
        assert links[newer.file]["next"] == older.file
        assert links[older.file]["previous"] == newer.file
        assert links[older.file]["current"] == FIRST
    assert "next" not in links["feed-2024-01.xml"]


def test_a_new_episode_touches_no_archive():
    """Until the newest month has no room any more."""
    before, after = (documents(catalogue(count), weighing(10_000)) for count in (150, 151))
    assert before[:-1] == after[:-1]


def test_an_episode_more_in_an_old_month_moves_only_that_month():
    """Found late, dated early."""
    episodes = catalogue(300, hours=6)
    late = Dated("late", BEGIN + timedelta(hours=1))
    one, other = (
        {each.file: each for each in documents(listed, weighing(20_000))}
        for listed in (episodes, sorted([*episodes, late], key=lambda each: each.published, reverse=True))
    )
    changed = {file for file in one if one[file] != other[file]}
    assert len(one) > 5
    assert all(file.startswith("feed-2024-01") for file in changed)


@given(st.integers(1, 400), st.integers(1, 200), st.integers(100, 120_000))
def test_every_episode_stands_in_one_document_newest_first(count, hours, weight):
    """Whatever their number, distance and size; no archive has more than its bytes unless one episode has."""
    episodes = catalogue(count, hours)
    made = documents(episodes, weighing(weight))
    assert [each for document in reversed(made) for each in document.episodes] == episodes
    assert len({document.file for document in made}) == len(made)
    assert all(len(each.episodes) * weight <= ARCHIVE or len(each.episodes) == 1 for each in made[:-1])


def test_the_first_document_is_cut_until_it_fits():
    """What was weighed too lightly is put into archives; only one heavy episode alone stays too long."""
    episodes = catalogue(100)

    def render(document: Document) -> bytes:
        return b"x" * 50_000 * len(document.episodes)

    archives, first = fitted(episodes, weighing(8_000), render)
    assert len(first) <= LIMIT
    assert sum(len(each.episodes) for each in archives) + len(first) // 50_000 == 100
    assert ROOMS[-1] == 0
    _archives, first = fitted(catalogue(1), weighing(8_000), lambda _: b"x" * (LIMIT + 1))
    assert len(first) == LIMIT + 1
