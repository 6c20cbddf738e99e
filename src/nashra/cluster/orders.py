"""What a machine of a cluster is asked: plain JSON, named by the hash of everything that shapes the sound.

A desk is a station without its articles: settings, templates, words and files, the same for a whole build. It
is left in the store once, and orders name it. An order is one article in one voice.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra.audio.voices import ENGINES
from nashra.configuration import FILE, settings
from nashra.errors import AudioError
from nashra.kept import Shelves
from nashra.model import Voice
from nashra.settings import SOUND_FILES
from nashra.station import Station, role_voices
from nashra.store import read, sha256, storing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nashra.kept import Behind

DESKS = ("desks", "desk")
FILES = ("files", "bin")
"""The shelves on which desks and their files are left for the machines of a cluster: folder and suffix."""


@dataclass(frozen=True, slots=True)
class Order:
    """One article to be spoken and encoded in one voice; `desk` is the key of the station's desk.

    `tokens` are the online voices that speak at the same time in the whole cluster: each keeps its share of
    the pace. `title` is the one that the episode is to have, and `corrected` whether it says that it is a
    correction: only who has the records knows.
    """

    file: str
    article: bytes
    voice: Voice
    desk: str
    tokens: int = 0
    title: str = ""
    corrected: bool = False

    @property
    def key(self) -> str:
        """A hash of all that shapes the sound besides versions, which the handshake compares."""
        said = (self.voice, self.title, self.corrected)
        return sha256("order", self.desk, self.file, self.article, repr(said))


class Piece(NamedTuple):
    """A finished part in the store: its key, SHA-256, bytes, and MPEG frames."""

    key: str
    sha256: str
    bytes: int
    frames: int


class Answer(NamedTuple):
    """What became of an order: its pieces, or why there are none.

    `failed` is an error of Nashra's that another try here may cure or explain; `deadly` says that the order
    ended its process, or did not end: nobody should try it again in the same build.
    """

    pieces: tuple[Piece, ...] = ()
    clips: int = 0
    chapters: int = 0
    failed: str = ""
    deadly: bool = False


def written(order: Order) -> str:
    """Return an order as JSON."""
    article = base64.b64encode(order.article).decode()
    return json.dumps({**asdict(order), "article": article, "key": order.key})


def understood(text: str) -> Order:
    """Return the order that JSON says.

    >>> order = Order("a.txt", b"x", Voice("tone", "ar"), "desk")
    >>> understood(written(order)) == order
    True
    """
    said = json.loads(text)
    said |= {"article": base64.b64decode(said["article"]), "voice": Voice(**said["voice"])}
    return Order(**{field.name: said[field.name] for field in fields(Order)})


def answer_of(said: dict[str, Any]) -> Answer:
    """Return the answer that JSON says.

    >>> answer_of(json.loads(json.dumps(Answer((Piece("k", "s", 1, 2),), 3, 4)._asdict()))).pieces[0].bytes
    1
    """
    return Answer(**{**said, "pieces": tuple(Piece(*piece) for piece in said.get("pieces", ()))})


def leave_desk(station: Station, voices: Sequence[Voice]) -> str:
    """Leave a station's desk in the store and return its key; raises AudioError."""
    shelves = station.shelves
    files = {}
    for name in _files(station, voices):
        with storing(AudioError, name):
            data = read(station.root / name)
        if data is not None:  # whoever needs it says that it is not there
            files[name] = sha256(data)
            shelves.kept(*FILES).put(files[name], {}, data)
    desk = {
        "settings": base64.b64encode(read(station.root / FILE) or b"").decode(),
        "templates": station.templates,
        "words": station.words,
        "guid": station.frozen_guid,
        "sounds": station.sounds,
        "files": files,
    }
    data = json.dumps(desk, sort_keys=True).encode()
    key = sha256("desk", data)
    shelves.kept(*DESKS).put(key, {}, data)
    return key


def station_at(desk: str, root: Path, behind: Behind | None, *, own: bool) -> Station:
    """Return the station of a desk in a folder, with the files that it names.

    In a station's `own` folder they lie already. Raises AudioError when the store has no such desk.
    """
    shelves = Shelves(root / ".nashra", behind)
    found = shelves.kept(*DESKS).get(desk)
    if found is None or sha256("desk", found[1]) != desk:
        raise AudioError("does not see the shared store of this build", then="mount or name the same store")
    said = json.loads(found[1])
    if not own:
        for name, digest in said["files"].items():
            _bring(shelves, root, name, digest)
    return Station(
        root,
        settings(base64.b64decode(said["settings"])),
        said["templates"],
        said["words"],
        said["guid"],
        sounds=said["sounds"],
        behind=behind,
    )


def paced(station: Station, tokens: int) -> Station:
    """Return the station with its share of an online voice's pace, when so many speak at once."""
    said = station.settings.voice
    if tokens < 2:
        return station
    said = replace(said, requests=max(1, said.requests // tokens), pace_ms=said.pace_ms * tokens)
    return replace(station, settings=replace(station.settings, voice=said))


def is_online(station: Station, voice: Voice) -> bool:
    """Tell whether an article in that voice needs an online engine for anything."""
    return any(ENGINES[each.engine].online for each in (voice, *role_voices(station).values()))


def _files(station: Station, voices: Sequence[Voice]) -> list[str]:
    """Return the files of a station, by relative name, that shape the sound: music, models of voices."""
    said = station.settings.sound
    named = {getattr(said, key) for key in SOUND_FILES} - {""}
    for voice in (*voices, *role_voices(station).values()):
        if voice.engine == "piper" and voice.name.endswith(".onnx"):
            named |= {voice.name, f"{voice.name}.json"}
    return sorted(filter(_is_inside, named))


def _is_inside(name: str) -> bool:
    """Tell whether a file's name stays in its station's folder.

    >>> [_is_inside(name) for name in ("sounds/a.wav", "/etc/x", "a/../../x", "..")]
    [True, False, False, False]
    """
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _bring(shelves: Shelves, root: Path, name: str, digest: str) -> None:
    from nashra.store import write  # noqa: PLC0415 only where no station lies

    found = shelves.kept(*FILES).get(digest)
    # Whoever may write into the store must not write elsewhere on its machines.
    if found is not None and sha256(found[1]) == digest and _is_inside(name):
        with storing(AudioError, name):
            write(root / name, found[1], durable=False)
