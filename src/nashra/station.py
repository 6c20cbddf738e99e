"""A station as found on disk: its folder, its settings, its templates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from nashra import __version__
from nashra.audio.voices import AUTO, ENGINES
from nashra.configuration import FILE, settings
from nashra.errors import ConfigurationError
from nashra.feed.guid import is_guid, podcast_guid
from nashra.kept import Behind, Shelves
from nashra.model import Voice
from nashra.setting_rules import chain
from nashra.settings import SOUND_FILES, Settings, Show, Strand
from nashra.store import read, sha256, storing

GUID = "podcast.guid"
"""The podcast's guid, written once: listeners' apps know the show by it, whatever its address becomes."""

STRAND_GUID = "podcast-{name}.guid"
"""The same of a `[[feed]]`, by its name."""

LEXICON = "lexicon.toml"
"""The station's own words, and how they are said."""

OUTPUTS = ("audio", "feed", ".nashra")
"""The folders that are written: none may be a link, or what is written would lie outside of the station."""


@dataclass(frozen=True, slots=True)
class Station:
    """A station as found on disk: its folder, settings, templates, and how its lexicon says words.

    `sounds` has the SHA-256 of the files under `[sound]` by their dotted key, empty for one that is not
    there: who needs its sound complains.
    """

    root: Path
    settings: Settings
    templates: dict[str, str]
    words: dict[str, str]
    frozen_guid: str = ""

    @property
    def podcast_guid(self) -> str:
        """The podcast's guid: the owner's, else the one that was frozen, else that of its address."""
        said = self.settings
        return said.podcast.guid or self.frozen_guid or podcast_guid(said.show.feed_url)

    sounds: dict[str, str] = field(default_factory=dict)
    strand_guids: dict[str, str] = field(default_factory=dict)
    """Those that were frozen, by the name of the `[[feed]]`."""

    def strand_guid(self, strand: Strand) -> str:
        """Return the guid of a `[[feed]]`: the owner's, else the frozen one, else that of its address."""
        address = f"{self.settings.show.base_url}feed/{strand.name}.xml"
        return strand.guid or self.strand_guids.get(strand.name) or podcast_guid(address)

    behind: Behind | None = None

    @property
    def articles(self) -> Path:
        """The folder of articles."""
        return self.root / "articles"

    @property
    def audio(self) -> Path:
        """The folder of MP3s and episode records."""
        return self.root / "audio"

    @property
    def feed(self) -> Path:
        """The folder of the feed and its pages."""
        return self.root / "feed"

    @property
    def cache(self) -> Path:
        """The hidden folder that may be deleted and costs only time."""
        return self.root / ".nashra"

    @property
    def shelves(self) -> Shelves:
        """That folder, and the store behind it, if there is one that others share."""
        return Shelves(self.cache, self.behind)

    def reading(self, *, endings: str) -> Station:
        """Return the same station, but for the endings that it says."""
        said = replace(self.settings.reading, endings=endings)
        return replace(self, settings=replace(self.settings, reading=said))

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices of articles that name no other: the first that can be had reads."""
        said = self.settings.voice
        found = []
        for each in chain(said.engine):
            engine, _, name = each.partition(":")
            found.append(Voice(engine, name or said.name or ENGINES[engine].name, said.speed, said.pitch))
        return tuple(found)

    @property
    def voice(self) -> Voice:
        """The first choice among the station's voices."""
        return self.voices[0]


def find(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that has a `nashra.toml`."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise ConfigurationError(
        f"no {FILE} here or in a folder above",
        where=str(start),
        then="make a station with `nashra init DIR`, or name one with --station DIR",
    )


def load(root: Path) -> Station:
    """Return the station in a folder; raises ConfigurationError, with the line where there is one."""
    for name in OUTPUTS:
        if (root / name).is_symlink():
            raise ConfigurationError(
                "is a link to elsewhere", where=name, then="put the folder itself there, or move the station"
            )
    with storing(ConfigurationError, str(root)):
        raw = read(root / FILE)
        if raw is None:
            raise ConfigurationError(
                f"has no {FILE}", where=str(root), then="make a station with `nashra init DIR`"
            )
        said = settings(raw)
        guids = {each.name: _frozen_guid(root, STRAND_GUID.format(name=each.name)) for each in said.feed}
        return Station(
            root, said, _templates(root), _words(root), _frozen_guid(root, GUID), _sounds(root, said), guids
        )


def none() -> Station:
    """Return a station of no folder with the usual settings, whose cache is the user's: to try a voice."""
    root = Path.home() / ".cache" / "nashra"
    return Station(root, Settings(Show("Nashra")), _templates(root), {})


def _templates(root: Path) -> dict[str, str]:
    """Return Nashra's templates, each overridden by the station's file of the same name."""
    found = {}
    for folder in (shipped_templates(), root / "templates"):
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.is_file() and not path.name.startswith("."):
                    try:
                        found[path.name] = path.read_text("utf-8")
                    except UnicodeDecodeError as broken:
                        raise ConfigurationError(
                            "is not UTF-8", where=f"templates/{path.name}", then="save it again as UTF-8"
                        ) from broken
    return found


def _frozen_guid(root: Path, file: str) -> str:
    raw = read(root / file)
    if raw is None:
        return ""
    found = raw.decode("ascii", "replace").strip()
    if not is_guid(found):
        what = f"has no guid in it but «{found[:40]}»"
        raise ConfigurationError(what, where=file, then="put its last good copy back")
    return found


def _words(root: Path) -> dict[str, str]:
    raw = read(root / LEXICON)
    if raw is None:
        return {}
    from nashra.arabic import lexicon_file  # noqa: PLC0415 most stations have none

    try:
        return lexicon_file.parse(raw)
    except ValueError as wrong:
        raise ConfigurationError(str(wrong), where=LEXICON, then="correct that line") from wrong


def _sounds(root: Path, said: Settings) -> dict[str, str]:
    found = {}
    for key in SOUND_FILES:
        name = getattr(said.sound, key)
        if name:
            try:
                data = read(root / name)
            except OSError:
                data = None
            found[f"sound.{key}"] = "" if data is None else hashlib.sha256(data).hexdigest()
    return found


def shipped_templates() -> Path:
    """Return the folder of Nashra's own templates: in the wheel, or in a checkout beside `src/`."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


def voices_of(station: Station, said: str, where: str) -> tuple[Voice, ...]:
    """Return the voices that `engine`, `engine:name` or `auto` means, the station's own for an empty text."""
    if not said:
        return station.voices
    if said == "auto":
        return tuple(voice for engine in AUTO for voice in voices_of(station, engine, where))
    engine, _, name = said.partition(":")
    if engine not in ENGINES:
        raise ConfigurationError(
            f"unknown voice `{said}`", where=where, then=f"engines: auto, {', '.join(ENGINES)}"
        )
    usual = {voice.engine: voice.name for voice in station.voices}.get(engine, ENGINES[engine].name)
    return (replace(station.voice, engine=engine, name=name or usual),)


def role_voices(station: Station) -> dict[str, Voice]:
    """Return the voices of title, heading and quotes, where the owner gave them their own."""
    said = station.settings.voice
    roles = {"title": said.title, "heading": said.heading, "quotes": said.quotes}
    return {role: voices_of(station, engine, FILE)[0] for role, engine in roles.items() if engine}


def recipe(station: Station) -> str:
    """Return a hash of what the owner decides that shapes every episode's MP3.

    The voice is recorded by itself, and so are the station's sounds. Versions are not in it, nor is the
    lexicon: an article that has not changed is never respoken because Nashra did, or because a name in
    it got another reading. Settings count where they are not the usual ones, so that a new one changes
    no station's episodes.
    """
    said = station.settings
    spoken = [station.templates.get(name, "") for name in ("opening.txt.j2", "closing.txt.j2")]
    show = (said.show.title, said.show.author, said.show.language, said.show.cover)
    sound = (said.pauses, said.titles, said.loudness, said.reading, said.sound)
    chosen = [
        f"{type(table).__name__}.{each.name}={getattr(table, each.name)!r}"
        for table in sound
        for each in fields(table)
        if getattr(table, each.name) != each.default
        and not (table is said.sound and each.name in SOUND_FILES)  # their bytes count, not their names
    ]
    roles = [f"{role}={voice!r}" for role, voice in role_voices(station).items()]
    return sha256(repr(show), *chosen, *roles, f"foreign={said.voice.foreign}", *spoken)


def feed_recipe(station: Station) -> str:
    """Return a hash of what shapes the feed and its pages besides the episodes."""
    return sha256(
        __version__,
        repr(station.settings.show),
        repr(station.settings.podcast),
        station.podcast_guid,
        repr(station.settings.subscribe),
        station.settings.publish.hub,
        *(f"{n}\0{t}" for n, t in station.templates.items()),
    )
