"""Rules of the MP3s: each is measured, and compared with what the feed says of it."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from nashra.checking.built import Found
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built, Sound, Tag

TOLERANCE_MS = 1000
"""How far `itunes:duration` may be from what was counted: it is said in whole seconds."""

LEAST_BYTES = 16_000
"""AntennaPod takes no smaller length at its word."""

_RATES = (44_100, 48_000)
_LEAST_BIT_RATE = {1: 32_000, 2: 64_000}
_ADVISED_BIT_RATE = {1: (95_000, 129_000), 2: (127_000, 257_000)}
"""Mean bit/s of mono and stereo: 96 to 128 and 128 to 256 kbit/s, and what the padding of frames takes."""


def _sounds(built: Built) -> Iterator[tuple[str, Tag, Tag, str, Sound]]:
    """Give every enclosure that was measured: where, its item, itself, its file, what was measured."""
    for where, item in built.listed():
        for tag in item.all("enclosure"):
            path = built.path_of(tag.attributes.get("url", ""))
            if path in built.sounds and path:
                yield where, item, tag, path, built.sounds[path]


def _measured(built: Built) -> Iterator[tuple[str, Tag, str, Sound]]:
    """Give every alternate of an item that was measured: where, itself, its file, what was measured."""
    for where, item in built.listed():
        for tag in item.all("podcast:alternateEnclosure"):
            for source in tag.all("podcast:source"):
                path = built.path_of(source.attributes.get("uri", "")) or ""
                sound = built.sounds.get(path) or built.alternates.get(path)
                if sound:
                    yield where, tag, path, sound


def decodes(built: Built) -> Iterator[Found]:
    """Find MP3s that are not whole frames from end to end, or whose tags cannot be read."""
    for path, sound in built.sounds.items():
        if sound.fault:
            yield Found(path, sound.fault)


def lengths(built: Built) -> Iterator[Found]:
    """Find enclosures whose length is not the file's."""
    enclosures = ((where, tag, path, sound) for where, _item, tag, path, sound in _sounds(built))
    for where, tag, path, sound in (*enclosures, *_measured(built)):
        length = tag.attributes.get("length", "")
        if length != str(sound.bytes):
            yield Found(where, f"says that {path} has {shown(length)} bytes, and it has {sound.bytes}")


def durations(built: Built) -> Iterator[Found]:
    """Find durations that are more than a second from what the frames add up to."""
    for where, item, _tag, path, sound in _sounds(built):
        for tag in item.all("itunes:duration"):
            if not re.fullmatch(r"[0-9]{1,9}", tag.text):
                yield Found(where, f"<itunes:duration> is «{shown(tag.text)}», not whole seconds")
            elif abs(int(tag.text) * 1000 - sound.length_ms) > TOLERANCE_MS:
                counted = f"{sound.length_ms / 1000:.1f} s"
                yield Found(where, f"says that {path} lasts {tag.text} s, and it lasts {counted}")


def names(built: Built) -> Iterator[Found]:
    """Find MP3s whose name does not tell their bytes: a file that changes under its name breaks downloads."""
    for path, sound in built.sounds.items():
        said = re.search(r"-([0-9a-f]{12,64})\.mp3$", path)
        if not said:
            yield Found(path, "has no hash of its bytes in its name")
        elif not sound.sha256.startswith(said[1]):
            yield Found(path, f"is not the file of its name: its SHA-256 begins with {sound.sha256[:12]}")


def hashes(built: Built) -> Iterator[Found]:
    """Find hashes in the feed that are not those of the bytes."""
    for where, alternate, path, sound in _measured(built):
        right = f"sha256-{base64.b64encode(bytes.fromhex(sound.sha256)).decode()}"
        for tag in alternate.all("podcast:integrity"):
            said = tag.attributes.get("value", "")
            if said.startswith("sha256-") and said != right:
                yield Found(where, f"<podcast:integrity> of {path} is not the hash of its bytes")


def rates(built: Built) -> Iterator[Found]:
    """Find MP3s of a sampling rate or a bit rate that Apple refuses."""
    for path, sound in built.sounds.items():
        if not sound.rate:
            continue
        if sound.rate not in _RATES:
            yield Found(path, f"has {sound.rate} Hz, not 44100 or 48000")
        least = _LEAST_BIT_RATE[sound.channels]
        if sound.bit_rate < least * 0.98:  # frames are padded to whole bytes
            yield Found(path, f"has {sound.bit_rate // 1000} kbit/s, less than {least // 1000}")


def bit_rates(built: Built) -> Iterator[Found]:
    """Find MP3s outside the bit rates that Apple recommends for speech."""
    for path, sound in built.sounds.items():
        if sound.rate:
            least, most = _ADVISED_BIT_RATE[sound.channels]
            if not least <= sound.bit_rate <= most:
                yield Found(path, f"has {sound.bit_rate // 1000} kbit/s")


def tags(built: Built) -> Iterator[Found]:
    """Find ID3 text in Latin-1, which has no Arabic."""
    for path, sound in built.sounds.items():
        if sound.latin:
            yield Found(path, f"has Latin-1 in its ID3 tags {', '.join(sound.latin)}")


def covers(built: Built) -> Iterator[Found]:
    """Find MP3s without a picture: players of files have no other."""
    for path, sound in built.sounds.items():
        if not sound.has_picture:
            yield Found(path, "has no picture in its tags")


def tiny(built: Built) -> Iterator[Found]:
    """Find MP3s so small that AntennaPod does not take the feed's word for their length."""
    for path, sound in built.sounds.items():
        if sound.bytes < LEAST_BYTES:
            yield Found(path, f"has {sound.bytes:,} bytes, less than {LEAST_BYTES:,}")
