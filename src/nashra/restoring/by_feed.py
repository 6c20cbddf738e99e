"""Episodes from the feed and what stands beside them, where no record of theirs was published.

Known exactly: guid, date, revision's MP3 and its hash, chapters and sentences to the millisecond, season
and number. Known from the article, if it is here and says what the transcript says: title, byline, summary,
roles and paragraphs; then the next build remakes nothing. Not known: what an article was before it changed,
its corrections, and levels and versions, which are measured and taken as they are now.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nashra import __version__
from nashra.audio import level, mp3
from nashra.building import making, speech
from nashra.building.planning import digest
from nashra.errors import PublishingError
from nashra.model import SCHEMA, Episode, Media
from nashra.restoring import carrying, timed
from nashra.restoring.by_record import ABSENT, CHANGED, Back
from nashra.restoring.told import earlier
from nashra.station import recipe, voices_of
from nashra.store import read

if TYPE_CHECKING:
    from nashra.model import Article, Cue, Mark, Voice
    from nashra.restoring.carrying import Live
    from nashra.restoring.told import Told
    from nashra.station import Station


def episode(live: Live, item: Told, found: tuple[Article, str] | None, names: list[str]) -> Back:
    """Return an episode that the feed lists, with its sound; `names` are all that was ever published."""
    station = live.station
    came = carrying.sound(live, item.media)
    carrying.picture(live, item.image)
    marks, cues = _beside(live, item)
    old = [carrying.earlier(live, name) for name in earlier(names, item.slug, item.media)]
    kept = tuple(each for each in old if each)
    where = f"audio/{item.media.file}"
    sound = read(station.audio / item.media.file) or b""
    pcm = mp3.decode(sound, where)
    voice = next((each for each in station.voices if each.engine == item.engine), station.voice)
    article, sha = found or (None, "")
    same = article and _same(station, article, voice, cues)
    file = article.file if article else f"{item.slug}.txt"
    note = "" if same else f"articles/{file}: {CHANGED if article else ABSENT}"
    image = (
        {article.image: digest(read(station.articles / article.image) or b"")}
        if article and article.image
        else {}
    )
    record = Episode(
        schema=SCHEMA,
        guid=item.guid,
        slug=item.slug,
        article=file,
        sources={file: sha, **image} if same else {file: ""},
        recipe=recipe(station) if same else "",
        made_with={"nashra": __version__, "engine": voice.engine, **station.sounds},
        title=article.title if article and same else item.title,
        title_derived=bool(article and same and article.title_derived),
        outlet=article.outlet if article else "",
        author=article.author if article else item.author,
        summary=article.summary if article else "",
        url=article.url if article else "",
        image=item.image,
        draft=False,
        voice=_voice(station, article, voice),
        published=item.published,
        updated=_updated(live, item),
        revision=1 + len(kept),
        media=Media(item.media.file, len(sound), digest(sound)),
        replaced=kept,
        frames=len(pcm) // 2,
        level=level.measure(pcm),
        chapters=marks,
        cues=same or cues,
        season=item.season,
        number=item.number,
    )
    return Back(record, int(came), note)


def _voice(station: Station, article: Article | None, voice: Voice) -> Voice:
    if not article or not article.voice:
        return voice
    wanted = voices_of(station, article.voice, f"articles/{article.file}")
    return next((each for each in wanted if each.engine == voice.engine), wanted[0])


def _same(station: Station, article: Article, voice: Voice, cues: tuple[Cue, ...]) -> tuple[Cue, ...] | None:
    """Return the sentences as the article writes them, if it still says what was said."""
    said = making.script_of(station, article, _voice(station, article, voice), speech.marker(station))
    return timed.as_written(cues, said)


def _beside(live: Live, item: Told) -> tuple[tuple[Mark, ...], tuple[Cue, ...]]:
    try:
        raw = {path: live.read(path, "json") if path else None for path in (item.chapters, item.transcript)}
        marks = timed.marks(raw[item.chapters] or b'{"chapters": []}')
        cues = timed.cues(raw[item.transcript] or b'{"segments": []}', marks)
    except ValueError as broken:
        raise PublishingError(
            str(broken), where=f"{live.base}{item.transcript}", then=carrying.AGAIN
        ) from broken
    if not cues:
        what = "has no transcript there, and a record without sentences is none"
        raise PublishingError(what, where=item.slug, then="put its record back from a copy")
    return marks, cues


def _updated(live: Live, item: Told) -> datetime:
    """Return when it changed last, as its page says; else when it was published."""
    page = (live.read(item.page, "page") or b"").decode("utf-8", "replace")
    found = re.search(r'"dateModified":\s*"([0-9T:+Z-]{10,40})"', page)
    try:
        told = datetime.fromisoformat(found[1]) if found else item.published
    except ValueError:
        return item.published
    return told.astimezone(UTC)
