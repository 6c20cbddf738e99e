"""What the owner decides: `nashra.toml` as values; docs/configuration.md says the same in words."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Show:
    """The podcast as its listeners know it."""

    title: str
    author: str = ""
    description: str = ""
    language: str = "ar"
    category: str = "News"
    subcategory: str = "Daily News"
    explicit: bool = False
    base_url: str = "http://localhost:8000/"
    cover: str = ""
    copyright: str = ""

    @property
    def stem(self) -> str:
        """What its documents in `feed/` begin with."""
        return "feed"

    @property
    def feed_file(self) -> str:
        """The document in `feed/` that listeners subscribe to."""
        return f"{self.stem}.xml"

    @property
    def json_file(self) -> str:
        """The same as a JSON Feed."""
        return f"{self.stem}.json"

    @property
    def page_file(self) -> str:
        """The show's page in `feed/`."""
        return "index.html"

    @property
    def archive(self) -> str:
        """What the names of the pages behind the show's begin with."""
        return "archive"

    @property
    def feed_url(self) -> str:
        """The address that listeners subscribe to."""
        return f"{self.base_url}feed/{self.feed_file}"

    @property
    def page_url(self) -> str:
        """The address of the show's page."""
        return f"{self.base_url}feed/{self.page_file}"


@dataclass(frozen=True, slots=True)
class Strand:
    """A feed of some of the station's episodes, chosen by what they are filed under: a `[[feed]]`.

    An episode belongs to it if it has one of the `categories`, one of the `tags` and one of the `authors`;
    a choice that is empty asks for nothing. `name` is that of its files in `feed/`; what else is empty is
    the show's, but for the cover: then one is made. `itunes_category` is Apple's.
    """

    name: str
    title: str
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    description: str = ""
    cover: str = ""
    guid: str = ""
    itunes_category: str = ""
    itunes_subcategory: str = ""
    apple: str = ""
    spotify: str = ""


@dataclass(frozen=True, slots=True)
class StrandShow(Show):
    """A strand as its listeners know it: the station's show with another face, under another name."""

    name: str = ""

    @property
    def stem(self) -> str:
        """What its documents in `feed/` begin with."""
        return self.name

    @property
    def page_file(self) -> str:
        """Its page in `feed/`."""
        return f"{self.name}.html"

    @property
    def archive(self) -> str:
        """What the names of the pages behind its own begin with."""
        return f"{self.name}-archive"


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Where the show is listed: its number at Apple Podcasts, its name at Spotify; the apps on its page."""

    apple: str = ""
    spotify: str = ""
    apps: str = "apple, spotify, pocketcasts, antennapod, overcast, castbox, gpodder"


@dataclass(frozen=True, slots=True)
class PodcastSettings:
    """What the feeds tell besides: the podcast name space's tags that only the owner knows."""

    guid: str = ""
    locked: bool = True
    owner: str = ""
    license: str = ""
    license_url: str = ""
    funding: str = ""
    funding_url: str = ""
    frequency: str = ""
    rrule: str = ""
    complete: bool = False
    narrator: str = ""
    season: int = 0
    season_name: str = ""
    numbered: bool = False
    moved_from: str = ""
    opus_kbps: int = 0


@dataclass(frozen=True, slots=True)
class Pauses:
    """The silence after each role, and at both ends of a chapter, in ms."""

    title_ms: int = 900
    heading_ms: int = 800
    sentence_ms: int = 350
    clause_ms: int = 250
    comma_ms: int = 150
    paragraph_ms: int = 600
    section_ms: int = 1000
    start_ms: int = 250


@dataclass(frozen=True, slots=True)
class Corrections:
    """How listeners hear of a correction: `spoken` puts a sentence into the opening of the episode."""

    spoken: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """How figures and word endings are read; `spoken` has the tables that these words choose from."""

    months: str = "maghreb"
    endings: str = "pause"


@dataclass(frozen=True, slots=True)
class Titles:
    """The chapter titles of what is not under a heading of the article."""

    opening: str = "تقديم النشرة"
    lead: str = "موجز الخبر"
    closing: str = "ختام النشرة"


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a finished episode is: integrated, and the most its true peak may reach."""

    target_lufs: float = -16.0
    peak_dbtp: float = -1.0


@dataclass(frozen=True, slots=True)
class Source:
    """A site's feed that articles are pulled from, and which of them: a `[[source]]`.

    `kind` is feed or wordpress (asked through its REST interface), empty: whatever is at `url`.
    `categories` and `authors` are all there are when empty; 0 days are any age; at most `limit` new
    articles come in one run. `approve` is by hand or auto.
    """

    url: str
    kind: str = ""
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    max_age_days: int = 0
    limit: int = 10
    approve: str = "by hand"
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long files stay that no episode needs any more: days (or "for ever"), and feeds without them."""

    days: int | str = 14
    generations: int = 3


SOUND_FILES = ("opening", "closing", "separator", "bed")
"""The keys of `Sound` that name a file."""


@dataclass(frozen=True, slots=True)
class Sound:
    """The station's own sound: files named from its folder (empty: none), how loud, and how it fades.

    `gain_db` is the bed's, against a jingle's loudness; under speech it is `duck_db` softer. The fades
    are the bed's.
    """

    opening: str = ""
    closing: str = ""
    separator: str = ""
    bed: str = ""
    jingle_lufs: float = -18.0
    gain_db: float = -3.0
    duck_db: float = 15.0
    fade_in_ms: int = 1200
    fade_out_ms: int = 1800


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Who reads: an engine, one of its voices (empty: its usual one), factors of speed and pitch.

    Several engines are a chain: where one fails, the next speaks the whole `episode`, or the single
    `clip` (`fallback`). `foreign` is the engine's voice for words in Latin letters; empty: they are said
    in Arabic letters. `title`, `heading` and `quotes` have the voice of the text if empty. `requests` and
    `pace_ms` hold an online engine back: how many at once, and the ms between the starts of two.
    """

    engine: str | tuple[str, ...] = "espeak"
    name: str = ""
    speed: float = 1.0
    pitch: float = 1.0
    foreign: str = ""
    title: str = ""
    heading: str = ""
    quotes: str = ""
    fallback: str = "episode"
    requests: int = 2
    pace_ms: int = 1000


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How addresses are read: hosts (`host` or `host:port`) that may be inside this network; robots.txt."""

    allow: tuple[str, ...] = ()
    robots: bool = True


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """Where `nashra publish` brings the station; never a secret: those come from the environment.

    `endpoint` and `region` are of an S3 host that is not Amazon's, a `website` is a
    bucket whose host serves it as one. `hub` is a WebSub hub. What nothing
    lists any more stays at the target for `keep_days`.
    """

    target: str = ""
    endpoint: str = ""
    region: str = ""
    website: bool = False
    hub: str = ""
    keep_days: int = 14


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where finished work is shared: an address that fsspec knows or a folder; empty: nowhere.

    `local_mb` bounds what the station's own `.nashra` keeps after a build, in MB (10^6 bytes); 0: no bound.
    """

    url: str = ""
    local_mb: int = 0


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The cluster that speaks, `local:N` or a scheduler's `tls://host:port`; empty: this process alone.

    `ca`, `cert` and `key` are PEM files. `plain` allows `tcp://` beyond loopback. A cluster that does nothing
    for `patience_s` seconds is given up, an article that takes longer than `deadline_s` has failed.
    """

    address: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""
    plain: bool = False
    patience_s: int = 60
    deadline_s: int = 900


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `nashra.toml` says, section by section."""

    show: Show
    subscribe: Subscribe = field(default_factory=Subscribe)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    reading: Reading = field(default_factory=Reading)
    pauses: Pauses = field(default_factory=Pauses)
    titles: Titles = field(default_factory=Titles)
    loudness: Loudness = field(default_factory=Loudness)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    source: tuple[Source, ...] = ()
    podcast: PodcastSettings = field(default_factory=PodcastSettings)
    sound: Sound = field(default_factory=Sound)
    retention: Retention = field(default_factory=Retention)
    corrections: Corrections = field(default_factory=Corrections)
    feed: tuple[Strand, ...] = ()
    publish: PublishSettings = field(default_factory=PublishSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    cluster: ClusterSettings = field(default_factory=ClusterSettings)
