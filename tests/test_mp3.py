"""The MP3 of an episode: exact to the PCM frame, whole, and read alike by other people's programs."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from nashra.audio import mp3, tags
from nashra.errors import AudioError
from nashra.model import RATE, Mark

JPEG = b"\xff\xd8\xff\xe0" + bytes(600)
QUIET = 8_000


def need(program: str) -> str:
    return shutil.which(program) or pytest.skip(f"{program} is not installed")


def voice(frames: int, seed: int = 0) -> bytes:
    """A modulated buzz with noise on it, silent at both ends."""
    at = np.arange(frames) / RATE
    tones = sum(np.sin(2 * np.pi * (130 + 9 * seed) * n * at) / n for n in range(1, 20))
    noise = np.random.default_rng(seed).normal(size=frames) / 5
    sound = 4000 * (tones + noise) * (1.1 + np.sin(2 * np.pi * 3 * at))
    sound[:QUIET] = sound[frames - min(frames, QUIET) :] = 0
    return sound.astype(np.int16).tobytes()


def pcm(mp3_bytes: bytes) -> np.ndarray:
    return np.frombuffer(mp3.decode(mp3_bytes), np.int16)


def heard_by(program: str, path) -> np.ndarray:
    command = {
        "ffmpeg": [
            "-v",
            "warning",
            "-xerror",
            "-err_detect",
            "explode",
            "-f",
            "mp3",
            "-i",
            path,
            "-f",
            "s16le",
            "-",
        ],
        "mpg123": ["-q", "-s", path],
    }[program]
    done = subprocess.run([need(program), *command], capture_output=True, check=True)
    assert not done.stderr.strip(), done.stderr.decode()
    return np.frombuffer(done.stdout, np.int16)


SOUNDS = [voice(frames, seed) for seed, frames in enumerate((30_000, 44_100, 60_001, 25_344))]
PARTS = [mp3.encode(sound) for sound in SOUNDS]


def frames_of(parts):
    """Return the PCM frames of the track that is joined of parts: 1152 to each MPEG frame."""
    return 1152 * sum(map(mp3.frame_count, parts))


FRAMES = frames_of(PARTS)
CHAPTERS = [
    Mark(title, frames_of(PARTS[:k]), frames_of(PARTS[: k + 1]))
    for k, title in enumerate(("مقدمة طويلة جدا لهذا الخبر", "أ", "زيارة\nإسبانيا", "خاتمة الخبر"))
]
TITLES = ["مقدمة طويلة جدا لهذا الخبر", "أ", "زيارة إسبانيا", "خاتمة الخبر"]


def tagged() -> bytes:
    return tags.tag(
        title="عنوان\r\nالخبر\x00",
        show="نشرة",
        author="هيئة التحرير",
        year=2026,
        comment="وصف",
        cover=JPEG,
        chapters=CHAPTERS,
    )


EPISODE = tagged() + mp3.join(PARTS)


def test_the_same_sound_gives_the_same_bytes():
    assert mp3.encode(SOUNDS[0]) == PARTS[0]
    assert tagged() + mp3.join(PARTS) == EPISODE


@pytest.mark.parametrize("program", ["ffmpeg", "mpg123", "miniaudio"])
def test_every_part_begins_on_its_own_pcm_frame(program, tmp_path):
    """Part k's first sample is the track's 1152 * (MPEG frames before), in every decoder."""
    path = tmp_path / "track.mp3"
    path.write_bytes(mp3.join(PARTS))
    track = pcm(path.read_bytes()) if program == "miniaudio" else heard_by(program, path)
    assert len(track) == FRAMES == 1152 * sum(map(mp3.frame_count, PARTS))
    for sound, mark in zip(SOUNDS, CHAPTERS, strict=True):
        said = np.frombuffer(sound, np.int16)[QUIET:][:8_000].astype(float)
        start = mark.start + QUIET
        match = [track[start + lag :][:8_000].astype(float) @ said for lag in range(-150, 151)]
        assert np.argmax(match) == 150


def test_a_click_comes_out_on_the_frame_it_went_in():
    clicks = []
    for place in (9_000, 12_345):
        sound = np.zeros(30_000, np.int16)
        sound[place] = 30_000
        clicks.append(sound.tobytes())
    parts = [mp3.encode(sound) for sound in clicks]
    track = np.abs(pcm(mp3.join(parts)).astype(int))
    second = frames_of(parts[:1])
    assert (np.argmax(track[:second]), np.argmax(track[second:])) == (9_000, 12_345)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(17_000, 40_000), st.integers(0, 50)), min_size=1, max_size=4))
def test_a_part_sounds_in_a_track_as_it_does_alone(lengths):
    """Sample for sample, but for the silent seam: the 1105 frames a decoder looks ahead."""
    parts = [mp3.encode(voice(*length)) for length in lengths]
    track = pcm(mp3.join(parts))
    assert len(track) == frames_of(parts) == sum(frames_of([part]) for part in parts)
    start = 0
    for part, (frames, _) in zip(parts, lengths, strict=True):
        alone = pcm(mp3.join([part]))
        assert frames + 1105 <= len(alone)
        here = track[start : start + len(alone)]
        assert np.array_equal(here[:-1105], alone[:-1105])
        assert np.abs(here[-1105:].astype(int)).max() < 50
        start += len(alone)


def test_encoding_is_softer_by_the_loss_that_is_written_down():
    sound = np.frombuffer(SOUNDS[2], np.int16)[QUIET:-QUIET].astype(float)
    out = pcm(mp3.join([PARTS[2]]))[QUIET : QUIET + len(sound)].astype(float)
    change = 20 * np.log10(np.std(out) / np.std(sound))
    assert change == pytest.approx(-mp3.LOSS_DB, abs=0.1)


@pytest.mark.parametrize("bad", [b"", b"x", b"abc"])
def test_half_a_sample_or_none_is_not_encoded(bad):
    with pytest.raises(AudioError, match="no 16-bit sound"):
        mp3.encode(bad)


@pytest.mark.parametrize(
    "bad", [b"#EXTM3U\n/etc/passwd\n", PARTS[0][:-1], PARTS[0] + b"\xff", b"\0" + PARTS[0]]
)
def test_bytes_that_are_not_whole_frames_are_not_counted(bad):
    with pytest.raises(AudioError):
        mp3.frame_count(bad)


def test_a_part_that_leans_on_another_or_none_at_all_is_not_joined():
    middle = PARTS[0][sum(mp3.frame_sizes(PARTS[0])[:9]) :]
    with pytest.raises(AudioError, match="a part does not begin"):
        mp3.join([PARTS[1], middle])
    with pytest.raises(AudioError, match="without a part"):
        mp3.join([])


def test_the_info_frame_is_the_one_lame_writes(tmp_path):
    """LAME's own file, read by our tables: its counts and both checksums."""
    (tmp_path / "a.raw").write_bytes(SOUNDS[1])
    command = ["--quiet", "-r", "-s", "44.1", "-m", "m", "-b", "96", "-q", "3", "a.raw", "a.mp3"]
    subprocess.run([need("lame"), *command], cwd=tmp_path, check=True, capture_output=True)
    lame = (tmp_path / "a.mp3").read_bytes()
    sizes = mp3.frame_sizes(lame)
    ours = tags.info_frame([tags.stretch(lame[sizes[0] :], len(sizes) - 1)])
    assert ours[:37] == lame[:37]  # header, Info, what is there, frames, bytes
    hundredths = zip(ours[37:137], lame[37:137], strict=True)
    assert all(abs(here - there) <= 256 / len(sizes) + 1 for here, there in hundredths)  # LAME rounds up
    assert ours[169:175] == lame[169:175]  # music length, checksum of the sound
    assert tags._crc16(lame[:175]).to_bytes(2, "big") == lame[175:177]


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=6))
def test_the_checksum_of_stretches_is_that_of_their_bytes(pieces):
    """Without their bytes: an edit of an hour reads one part."""
    told = tags.info_frame([tags.stretch(piece, 1) for piece in pieces])
    whole = tags.info_frame([tags.stretch(b"".join(pieces), len(pieces))])
    assert told[169:175] == whole[169:175]


@given(st.binary(max_size=3_000))
def test_the_quick_checksum_is_the_plain_one(sound):
    crc = 0
    for byte in sound:
        crc = int(tags._CRC16[(crc ^ byte) & 255]) ^ crc >> 8
    assert tags._crc16(sound) == crc


def test_mutagen_and_ffprobe_read_the_length(tmp_path):
    assert MP3(BytesIO(EPISODE)).info.length == pytest.approx(FRAMES / RATE, abs=0.001)
    path = tmp_path / "episode.mp3"
    path.write_bytes(EPISODE)
    command = [
        "-v",
        "error",
        "-count_packets",
        "-show_entries",
        "stream=codec_type,nb_read_packets",
        "-of",
        "json",
    ]
    told = subprocess.run([need("ffprobe"), *command, path], capture_output=True, check=True)
    audio = [s for s in json.loads(told.stdout)["streams"] if s["codec_type"] == "audio"]
    assert int(audio[0]["nb_read_packets"]) == FRAMES // 1152 + 1


# Tags


def test_the_tag_says_what_was_given_in_one_line():
    read = ID3(BytesIO(EPISODE), v2_version=3)
    assert read.version == (2, 3, 0)
    told = {name: str(read[name]) for name in ("TIT2", "TALB", "TPE1", "TYER", "TLAN", "TCON")}
    wanted = ("عنوان الخبر", "نشرة", "هيئة التحرير", "2026", "ara", "Podcast")
    assert tuple(told.values()) == wanted
    assert str(read["COMM::ara"]) == "وصف"
    assert read["APIC:"].data == JPEG
    assert all(frame.encoding == 1 for frame in read.values() if hasattr(frame, "encoding"))


def test_chapters_stand_in_time_order_in_the_bytes():
    read = ID3(BytesIO(EPISODE), v2_version=3)
    toc = read["CTOC:toc"]
    assert int(toc.flags) == 3
    chapters = [read[f"CHAP:{name}"] for name in toc.child_element_ids]
    assert [str(chapter.sub_frames["TIT2"]) for chapter in chapters] == TITLES
    assert [chapter.start_time for chapter in chapters] == [m.start * 1000 // RATE for m in CHAPTERS]
    assert chapters[-1].end_time <= FRAMES * 1000 / RATE
    assert {c.start_offset for c in chapters} == {0xFFFFFFFF}
    places = [EPISODE.index(f"chp{k}\0".encode(), EPISODE.index(b"CHAP")) for k in range(4)]
    assert places == sorted(places)


def test_ffprobe_lists_the_chapters_in_time_order(tmp_path):
    path = tmp_path / "episode.mp3"
    path.write_bytes(tags.tag(title="أ", show="ب", chapters=CHAPTERS[::-1]) + mp3.join(PARTS))
    command = ["-v", "error", "-show_chapters", "-of", "json", path]
    told = subprocess.run([need("ffprobe"), *command], capture_output=True, check=True)
    listed = json.loads(told.stdout)["chapters"]
    assert [chapter["tags"]["title"] for chapter in listed] == TITLES
    assert [chapter["start"] for chapter in listed] == [m.start * 1000 // RATE for m in CHAPTERS]


def test_what_is_not_given_is_not_in_the_tag():
    read = ID3(BytesIO(tags.tag(title="أ", show="ب", language="")), v2_version=3)
    assert set(read) == {"TIT2", "TALB", "TCON"}


@given(st.text(max_size=40))
def test_no_title_breaks_the_tag(title):
    read = ID3(BytesIO(tags.tag(title="أ" + title, show="ب", chapters=[Mark(title, 0, RATE)])), v2_version=3)
    assert str(read["TIT2"]) == tags.clean("أ" + title)
    assert "".join(map(str, read["CHAP:chp0"].sub_frames.getall("TIT2"))) == tags.clean(title)


def test_a_picture_of_another_kind_and_too_many_chapters_are_refused():
    with pytest.raises(AudioError, match="not a JPEG"):
        tags.tag(title="أ", show="ب", cover=b"\x89PNG")
    with pytest.raises(AudioError, match="256 chapters"):
        tags.tag(title="أ", show="ب", chapters=[Mark("ج", k, k + 1) for k in range(256)])


# The gate


def test_a_whole_part_passes_and_is_given_back_as_it_sounds():
    """What is measured is what a player decodes."""
    for part in PARTS:
        told, heard = mp3.checked(part, mp3.frame_count(part))
        assert (told.frames, told.size) == (mp3.frame_count(part), len(part))
        assert heard == mp3.decode(mp3.join([part]))


def test_a_track_is_clean_to_other_decoders_behind_its_tag(tmp_path):
    path = tmp_path / "episode.mp3"
    path.write_bytes(tags.tag(title="أ", show="ب", chapters=CHAPTERS) + mp3.join(PARTS))
    assert len(heard_by("ffmpeg", path)) == FRAMES


def flipped(at: int) -> bytes:
    return PARTS[2][:at] + bytes([PARTS[2][at] ^ 0x10]) + PARTS[2][at + 1 :]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (PARTS[2][: len(PARTS[2]) * 6 // 10], "cut"),
        (PARTS[2][:-313], "PCM frames instead of"),
        (b"", "does not begin"),
        (PARTS[2][313:], "no MPEG frame|does not begin"),
        (flipped(1), "no MPEG frame"),
        (flipped(313 + 1), "no MPEG frame"),
        (PARTS[2] + b"TAG" + bytes(125), "no MPEG frame"),
        (PARTS[2] + mp3.SILENT, "PCM frames instead of"),
    ],
)
def test_a_broken_part_is_refused_by_name(broken, says):
    with pytest.raises(AudioError, match=says):
        mp3.checked(broken, mp3.frame_count(PARTS[2]))


@pytest.mark.parametrize("frames", [3, 4, 40, 41])
def test_the_length_for_so_many_frames_comes_out_as_so_many(frames):
    assert mp3.frame_count(mp3.encode(bytes(2 * mp3.length_for(frames)))) == frames
    assert mp3.frame_count(mp3.encode(voice(mp3.length_for(frames)))) == frames


def test_silent_frames_between_parts_are_digital_silence_and_move_no_sample(tmp_path):
    """In ffmpeg and mpg123 too, and without a warning; the parts sound as they do without it."""
    path = tmp_path / "track.mp3"
    told = [mp3.part(PARTS[0]), mp3.silence(30), mp3.part(PARTS[1])]
    path.write_bytes(mp3.head(told) + PARTS[0] + mp3.SILENT * 30 + PARTS[1] + mp3.SILENT)
    first = frames_of(PARTS[:1])
    for heard in (heard_by("ffmpeg", path), heard_by("mpg123", path), pcm(path.read_bytes())):
        assert len(heard) == frames_of(PARTS[:2]) + 30 * 1152
        assert not heard[first + 1152 : first + 29 * 1152].any()
        joined = pcm(mp3.join(PARTS[:2]))
        assert np.abs(heard[first + 30 * 1152 :].astype(int) - joined[first:]).max() <= 1


@pytest.mark.parametrize("bad", [b"", b"#EXTM3U\n/etc/passwd\n", b"RIFF" + bytes(3_000)])
def test_what_is_no_mp3_is_not_decoded(bad):
    with pytest.raises(AudioError, match="not an MP3"):
        mp3.decode(bad, "a.mp3")
