"""The gates of what is finished: MP3s and feeds are read back from the disk before they take their names."""

from __future__ import annotations

import errno
import os
import struct
from pathlib import Path

import pytest

from nashra import publication, store
from nashra.audio import clips, level, parts, read_back
from nashra.errors import AudioError, FeedError, SpeechError
from nashra.feed import read_back as feed_back
from nashra.model import Clip, Voice

VOICE = Voice("tone", "ar")


@pytest.fixture
def mp3(built):
    """Return the bytes of a finished MP3 and its PCM frames."""
    from nashra import records  # noqa: PLC0415 after the fixture

    (episode,) = records.load(built / "audio", cues=False)
    return (built / "audio" / episode.media.file).read_bytes(), episode.frames


def blocks(data: bytes, size: int):
    for at in range(0, len(data), size):
        yield data[at : at + size]


def tag_end(data: bytes) -> int:
    return 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])


def without_a_frame(data: bytes) -> bytes:
    start = tag_end(data)
    return data[: start + 313 * 2] + data[start + 313 * 2 + 313 :]


def saying(data: bytes, frames: int, size: int) -> bytes:
    """Return the MP3 with another Info frame."""
    at = data.index(b"Info", tag_end(data)) + 8
    return data[:at] + struct.pack(">2I", frames, size) + data[at + 8 :]


@pytest.mark.parametrize("size", [1, 7, 313, 5000, 1 << 20])
def test_a_whole_mp3_passes_in_pieces_of_any_size(mp3, size):
    """Where the disk's blocks end tells nothing of the frames."""
    data, frames = mp3
    read_back.check(blocks(data, size), frames)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:0], "ends before its sound begins"),
        (lambda data: data[:8], "ends before its sound begins"),
        (lambda data: data[: tag_end(data) - 1], "ends before its sound begins"),
        (lambda data: data[: tag_end(data)], "no Info frame"),
        (lambda data: data[tag_end(data) :], "no ID3 tag"),
        (lambda data: data[: tag_end(data)] + data[tag_end(data) + 313 :], "no Info frame"),
        (lambda data: data[: len(data) * 6 // 10], "behind its last whole MPEG frame|where its header says"),
        (lambda data: data[:-313], "where its header says"),
        (lambda data: data[:-1], "behind its last whole MPEG frame"),
        (lambda data: data + b"more", "no MPEG frame"),
        (lambda data: data[: len(data) // 2] + bytes(700) + data[len(data) // 2 + 700 :], "no MPEG frame"),
        (lambda data: saying(data, 5, 5), "where its header says 5 of 5"),
    ],
)
def test_an_mp3_that_is_not_whole_is_refused(mp3, damage, said):
    """Length, frames and headers must agree, to the byte."""
    data, frames = mp3
    with pytest.raises(AudioError, match=said):
        read_back.check(blocks(damage(data), 4096), frames)


def test_an_mp3_of_another_length_than_its_track_is_refused(mp3):
    """Its own header agrees with it; what it was to be does not."""
    data, frames = mp3
    with pytest.raises(AudioError, match="MPEG frames for"):
        read_back.check(blocks(data, 4096), frames + 1152)


def test_a_file_that_is_cut_on_the_disk_takes_no_name(tmp_path, monkeypatch):
    """What was written and what lies there are two things: the second is what counts."""
    wanted = b"x" * 100_000
    tell = Path.open

    def opened(path, mode="r", *rest, **named):
        if mode == "rb" and path.name.endswith(".tmp"):
            os.truncate(path, 60_000)
        return tell(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(OSError, match="other bytes came back") as refused:
        store.write_named(tmp_path, iter((wanted,)), len(wanted), lambda digest: digest)
    assert refused.value.errno == errno.EIO
    assert list(tmp_path.iterdir()) == []


def test_a_build_whose_mp3_is_damaged_on_its_way_keeps_yesterdays_episode(built, run, files, monkeypatch):
    """The gate names the article; record, feed and every other file are as they were."""
    before = {name: data for name, data in files(built).items() if not name.startswith("articles/")}
    article = built / "articles" / "harbour.txt"
    article.write_text(article.read_text("utf-8").replace("كل أسبوع", "كل شهر"), "utf-8")
    check = read_back.check
    monkeypatch.setattr(
        read_back, "check", lambda blocks, frames: check((part[:-1] for part in blocks), frames)
    )
    ran = run(built, "build")
    assert ran.code == AudioError.exit_code
    assert "came out broken" in ran.complaints[0]
    assert {name: data for name, data in files(built).items() if not name.startswith("articles/")} == before


# The feed


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: text[:500], "other bytes came back"),
        (lambda text: text.replace(b"</rss>", b""), "no XML"),
        (lambda text: text[:0] + b"<html/>", "no feed"),
        (lambda text: text.replace(b'length="', b'length="None" was="', 1), "the length of .* is «None»"),
        (lambda text: text.replace(b'length="', b'length="-', 1), "the length of .* is «-"),
        (lambda text: text.replace(b"<guid", b"<gone", 1).replace(b"</guid", b"</gone", 1), "no guid"),
    ],
)
def test_a_feed_that_does_not_read_is_refused(built, damage, said):
    """Checked on the file that lies beside the old feed, before it takes its place."""
    data = (built / "feed" / "feed.xml").read_bytes()
    feed_back.check("feed.xml", data)(data)
    damaged = damage(data)
    written = data if said == "other bytes came back" else damaged
    with pytest.raises(FeedError, match=said):
        feed_back.check("feed.xml", written)(damaged)


def test_a_broken_feed_never_takes_the_old_ones_place(built, run, monkeypatch):
    """The old feed stays byte for byte, nothing temporary is left, and the next build writes the new one."""
    old = (built / "feed" / "feed.xml").read_bytes()
    article = built / "articles" / "harbour.txt"
    article.write_text(article.read_text("utf-8").replace("كل أسبوع", "كل شهر"), "utf-8")
    with monkeypatch.context() as patch:
        check = feed_back.check
        patch.setattr(publication.read_back, "check", lambda file, data: check(file, data + b" "))
        ran = run(built, "build")
    assert ran.code == FeedError.exit_code
    assert "feed/feed.xml: came out broken" in ran.complaints[0]
    assert (built / "feed" / "feed.xml").read_bytes() == old
    assert not list(built.rglob(".*.tmp"))
    assert run(built, "build").code == 0
    assert (built / "feed" / "feed.xml").read_bytes() != old


# Clips and parts


def sound(samples: int, peak: int = 8000) -> bytes:
    return struct.pack(f"<{samples}h", *((peak if n % 50 < 25 else -peak) for n in range(samples)))


@pytest.mark.parametrize(
    ("clip", "said"),
    [
        (Clip(b"", 22_050), "no sound"),
        (Clip(sound(500), 22_050), "no sound"),
        (Clip(sound(30_000, peak=103), 22_050), "no sound"),
        (Clip(bytes(60_000), 22_050), "no sound"),
        (Clip(sound(30_000) + b"x", 22_050), "half a sample"),
        (Clip(sound(30_000), 0), "sound of 0 Hz"),
        (Clip(sound(30_000), 1_000_000), "sound of 1000000 Hz"),
        (Clip(sound(2_000), 22_050), "0.1 s of sound for 13 letters"),
        (Clip(sound(400_000), 22_050), "18.1 s of sound for 13 letters"),
    ],
)
def test_a_clip_that_cannot_be_its_sentence_is_refused(clip, said):
    """Size, samples, rate, silence, and a length that its letters can take."""
    with pytest.raises(SpeechError, match=said):
        clips.check("أمطار خفيفة غدا", VOICE, clip)


def test_a_plausible_clip_passes():
    clips.check("أمطار خفيفة غدا", VOICE, Clip(sound(30_000, peak=104), 22_050))


def test_a_passage_that_comes_out_silent_is_refused(built, run, monkeypatch):
    """An encoder's silence has the right length and the right frames."""
    (built / "articles" / "rain.txt").write_text("خبر جديد\nهذه جملة جديدة تماما، لم تقرأ من قبل.\n", "utf-8")
    monkeypatch.setattr(parts.level, "loudness_of", lambda pcm: level.silence(len(pcm) // 2))
    ran = run(built, "build")
    assert ran.code == AudioError.exit_code
    assert "came out of the encoder silent" in ran.complaints[0]
