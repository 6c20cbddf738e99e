"""When a build follows an edit, as a table of looks; and what of a station is looked at."""

import asyncio
import os

import pytest

from nashra import edits


class EndedError(Exception):
    """No more looks."""


def builds(looks: str) -> str:
    """Return the states that were built of those that were seen, a letter each, `-` for a pause."""
    left, done = list(looks), []

    def look():
        if not left:
            raise EndedError
        return {left.pop(0): (0, 0)}

    async def build():
        done.append(next(iter(seen[-1])))

    async def pause():
        done.append("-")

    seen = []

    def noted():
        seen.append(look())
        return seen[-1]

    with pytest.raises(EndedError):
        asyncio.run(edits.follow(noted, build, pause))
    return "".join(done)


@pytest.mark.parametrize(
    ("looks", "built"),
    [
        ("aa", "a"),  # at once in the beginning
        ("aaaaa", "a---"),  # nothing changed
        ("aaabb", "a--b"),  # an edit, when it has come to rest
        ("aaabcdd", "a----d"),  # a burst is one build
        ("aabaa", "a---"),  # changed and changed back
        ("abb", "-b"),  # edited while the first look was taken
        ("aabbcc", "a-b-c"),  # edited while a build ran
        ("aaxyxyxx", "a-----x"),  # half-saved again and again
    ],
)
def test_a_burst_of_edits_is_one_build_when_it_has_come_to_rest(looks, built):
    """Two looks in a row have to see the same, and it has to be another state than the one that was built."""
    assert builds(looks) == built


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        *(("articles/new.txt", True), ("articles/harbour.txt", True), ("templates/index.html.j2", True)),
        *(("sounds/a.wav", True), ("nashra.toml", True), ("lexicon.toml", True), ("art/cover.png", True)),
        *(("articles/.harbour.txt.swp", False), ("articles/harbour.txt~", False), ("articles/4913", False)),
        *(("articles/#harbour.txt#", False), ("articles/.#harbour.txt", False), ("feed/feed.xml", False)),
        *(("audio/x.mp3", False), (".nashra/x", False), ("notes.txt", False), ("articles/a.txt.part", False)),
    ],
)
def test_what_a_build_reads_is_looked_at_and_what_editors_leave_beside_it_is_not(
    station, settings, name, seen
):
    """Swap files, backups and probes of editors, and what a build writes, start no build."""
    folder = station(
        {"harbour.txt": "خبر\nهذا خبر."}, settings.replace("[voice]", 'cover = "art/cover.png"\n\n[voice]')
    )
    looked = edits.Edits(folder)
    before = looked.state()
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"something else")
    os.utime(path, (1, 1))
    assert (looked.state() != before) == seen


def test_deletion_and_renaming_are_edits(station):
    """A name that is gone, and one that is new."""
    folder = station({"a.txt": "خبر\nهذا خبر.", "b.txt": "خبر\nهذا خبر."})
    looked = edits.Edits(folder)
    states = [looked.state()]
    (folder / "articles" / "a.txt").rename(folder / "articles" / "c.txt")
    states.append(looked.state())
    (folder / "articles" / "b.txt").unlink()
    states.append(looked.state())
    (folder / "articles" / "c.txt").rename(folder / "articles.txt")
    (folder / "articles").rmdir()
    states.append(looked.state())
    assert len({tuple(sorted(each.items())) for each in states}) == 4


def test_settings_that_are_broken_for_a_moment_lose_no_file(station, settings):
    """The cover is looked at on, while nashra.toml is half-saved."""
    folder = station({}, settings.replace("[voice]", 'cover = "cover.png"\n\n[voice]'))
    looked = edits.Edits(folder)
    looked.state()
    (folder / "nashra.toml").write_text("[show", "utf-8")
    assert "cover.png" in looked.state()
