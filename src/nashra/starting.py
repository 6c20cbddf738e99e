"""What `nashra init` puts into a new station."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nashra.configuration import FILE
from nashra.errors import ConfigurationError
from nashra.station import shipped_templates
from nashra.store import storing, write

if TYPE_CHECKING:
    from pathlib import Path

WELCOME = "welcome.txt"

CONFIGURATION = """\
# The settings of this station. Only the title is needed. A line that begins with # shows what holds when
# nothing is said: take the # away and change the value. docs/configuration.md says more, in this order.

# The show

[show]
title = {title}
# author = ""              # who stands behind the show; the title when empty
# description = ""         # a few sentences for directories and apps
# language = "ar"          # or ar-ma, ar-eg ...
# category = "News"        # a category of Apple Podcasts, spelled exactly
# subcategory = "Daily News"
# explicit = false
# base_url = "http://localhost:8000/"  # where the station will be on the web, ending in /
# cover = ""               # a square JPEG or PNG of 1400 to 3000 pixels; empty: one is made
# copyright = ""

# How it sounds

[voice]
engine = "auto"            # gtts (Google's, online) when it answers, else espeak (embedded, offline);
                           # or espeak, gtts, piper, tone, or a list as ["piper:voices/my.onnx", "espeak"]
# name = ""                # a voice of the one engine; empty: its usual one
# speed = 1.0
# pitch = 1.0
# foreign = ""             # a language, as fr: its voice says words in Latin letters; empty: Arabic does
# title = ""               # another voice for the title, as espeak:ar or gtts; empty: the text's
# heading = ""             # the same for headings
# quotes = ""              # the same for quotations in guillemets, from four words on
# fallback = "episode"     # what the next engine of a list speaks when one fails: the episode, or the clip
# requests = 2             # at an online engine at once, 1 to 4
# pace_ms = 1000           # between the starts of two of them

[reading]
# months = "maghreb"       # names of months in dates of figures: maghreb, levant or gulf
# endings = "pause"        # short endings: pause drops them before a pause, none nearly all, all no one

[pauses]                   # milliseconds of silence
# title_ms = 900           # after the title
# heading_ms = 800         # after a heading
# sentence_ms = 350        # after a sentence
# clause_ms = 250          # after a colon or semicolon
# comma_ms = 150           # where a long sentence is cut
# paragraph_ms = 600       # after a paragraph
# section_ms = 1000        # after a section
# start_ms = 250           # before a section

[titles]                   # of the chapters that have no heading in the article
# opening = "تقديم النشرة"
# lead = "موجز الخبر"
# closing = "ختام النشرة"

[sound]                    # delete the # before a file to hear it; put your own in its place
# opening = "sounds/opening.wav"      # a jingle before everything: WAV, MP3, FLAC or Ogg Vorbis
# closing = "sounds/closing.wav"      # one behind everything
# separator = "sounds/separator.wav"  # between sections
# bed = "sounds/bed.mp3"              # music under the spoken opening and closing
# jingle_lufs = -18.0      # how loud all of them are
# gain_db = -3.0           # the bed, against that
# duck_db = 15.0           # how much softer the bed is under speech
# fade_in_ms = 1200        # of the bed
# fade_out_ms = 1800

[loudness]
# target_lufs = -16.0      # what podcast apps expect
# peak_dbtp = -1.0

[corrections]
# spoken = true            # say in the opening of an episode that its text was corrected

# How it reaches listeners

[podcast]                  # what only you know; docs/configuration.md
# guid = ""                # of a podcast that moves here; empty: made once
# locked = true            # no other host may import the show
# owner = ""               # an e-mail address that may unlock it; everybody can read it
# license = ""             # as cc-by-4.0, or a name of your own with license_url
# license_url = ""
# funding = ""             # what a button for support says, with funding_url
# funding_url = ""
# frequency = ""           # how often, in words; empty: what rrule says
# rrule = ""               # the same for programs: FREQ=DAILY
# complete = false         # nothing more will come
# narrator = ""            # who reads; empty: the voice's name
# season = 0               # of episodes made from now on
# season_name = ""
# numbered = false         # give new episodes numbers
# opus_kbps = 0            # a small copy for slow lines, as 24; needs nashra[opus]; 0: none
# moved_from = ""          # where the podcast was before; `nashra move` writes it

[subscribe]                # the buttons on the show's page
# apple = ""               # the show's number at Apple Podcasts, once it is listed there
# spotify = ""             # what stands behind open.spotify.com/show/ once it is listed there
# apps = "apple, spotify, pocketcasts, antennapod, overcast, castbox, gpodder"

# [[feed]]                 # a feed of some of the episodes; one such table for each, docs/feed.md
# name = ""                # its address is feed/<name>.xml; as sport
# title = ""
# categories = []          # episodes of one of these
# tags = []                # and with one of these, where something is said
# authors = []             # and by one of these
# description = ""         # empty: the title
# cover = ""               # empty: one is made
# guid = ""                # empty: made once
# itunes_category = ""     # of Apple Podcasts; empty: the show's
# itunes_subcategory = ""
# apple = ""               # its number at Apple Podcasts
# spotify = ""             # what stands behind open.spotify.com/show/

[publish]                  # where `nashra publish` brings the station; no passwords here: docs/publish.md
# target = ""              # a folder, s3://BUCKET/PREFIX, rsync://, sftp:// or git:REMOTE#BRANCH
# endpoint = ""            # the address of an S3 host that is not Amazon's
# region = ""              # of the bucket, where its host wants to know
# website = false          # the bucket is served as a website: earlier addresses then redirect
# hub = ""                 # a WebSub hub that is told of every change
# keep_days = 14           # for how long what nothing lists any more stays there

[retention]                # of files that were replaced, or whose article is gone
# days = 14                # or "for ever"
# generations = 3          # and so many feeds without them

# Where articles come from

# [[source]]               # a site whose articles `nashra pull` brings in; one such table for each
# url = ""                 # the address of its feed, or of a WordPress site
# kind = ""                # feed or wordpress; empty: whatever is there
# categories = []          # only these; empty: all
# authors = []             # only theirs; empty: all
# max_age_days = 0         # nothing older; 0: any age
# limit = 10               # the most new articles a run
# approve = "by hand"      # auto: aired without anybody having heard it
# voice = ""               # an engine, or engine:name; empty: the station's

[fetch]
# allow = []               # hosts inside your own network that may be asked, as "intranet.example:8080"
# robots = true            # heed what sites ask of programs in their robots.txt

# Many stations, many machines

[store]                    # docs/cluster.md
# url = ""                 # finished work shared with other machines, as s3://bucket/store or a folder
# local_mb = 0             # the most that .nashra keeps after a build; 0: all of it

[cluster]                  # docs/cluster.md
# address = ""             # local:4, or tls://host:8786 of a Dask scheduler; empty: this machine, one process
# ca = ""                  # for tls://: PEM files, from the station's folder
# cert = ""
# key = ""
# plain = false            # allow tcp:// beyond this machine: only on a network that is yours alone
# patience_s = 60          # seconds without any progress, after which the rest is made here
# deadline_s = 900         # seconds that one article may take
"""

SOUNDS = {"opening": "opening.wav", "closing": "closing.wav", "separator": "separator.wav", "bed": "bed.mp3"}
"""The files in `sounds/` that a new station is given, by the key that plays them; none is played yet."""

_GITIGNORE = """\
# Made anew by `nashra build`. The records audio/*.json and podcast*.guid belong under version control:
# they hold the guids and dates by which listeners' apps know your show and its episodes.
/audio/*.mp3
/audio/*.jpg
/feed/
/.nashra/
"""


def start(folder: Path, title: str) -> None:
    """Make a station in a folder, ready to build; what is there already is left alone.

    Raises ConfigurationError when the folder is a station, or cannot be written.
    """
    with storing(ConfigurationError, str(folder)):
        if (folder / FILE).exists():
            raise ConfigurationError(
                "is a station already", where=str(folder), then="build it with `nashra build`"
            )
        for name in ("articles", "audio", "feed", "templates"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        # A JSON string is a TOML string too.
        configuration = CONFIGURATION.format(title=json.dumps(title, ensure_ascii=False))
        for key, name in SOUNDS.items():
            if not (folder / "sounds" / name).exists():
                write(folder / "sounds" / name, _sound(key, name))
        if not any((folder / "articles").iterdir()):
            write(folder / "articles" / WELCOME, (shipped_templates() / WELCOME).read_bytes())
        if not (folder / ".gitignore").exists():
            write(folder / ".gitignore", _GITIGNORE.encode())
        write(folder / FILE, configuration.encode())


def _sound(key: str, name: str) -> bytes:
    from nashra.audio import jingle, mp3, wav  # noqa: PLC0415 numpy and the encoder: not for other commands

    pcm = jingle.SOUNDS[key]()
    return wav.encode(pcm) if name.endswith(".wav") else mp3.join([mp3.encode(pcm)])
