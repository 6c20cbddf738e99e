"""What sentences were read as, kept: worked out once, and again when anything that shaped it changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import nashra
from nashra import station as stations
from nashra.building import readings, speech

TEXTS = (
    "زار الوفد الرباط يوم 28 يناير.",
    "وقعت شركة Maroc Telecom اتفاقا بقيمة 20 مليون درهم.",
    "☎",
    "فوز 3-1",
)


@pytest.fixture
def counted(monkeypatch):
    """Return the sentences that the rules were asked about."""
    asked = []
    real = speech.reader

    def reader(*arguments):
        say = real(*arguments)
        return lambda text, *how: (asked.append(text), say(text, *how))[1]

    monkeypatch.setattr(speech, "reader", reader)
    return asked


def read(folder: Path, texts=TEXTS, words=()):
    found = stations.load(folder)
    say = readings.reader(found, found.voice, speech.marker(found), words)
    return [[(form.written, form.text, form.changes, who) for form, who in say(text)] for text in texts]


@pytest.mark.parametrize("foreign", ["", "en"])
def test_a_sentence_is_read_the_same_the_second_time_and_the_rules_are_not_asked(station, counted, foreign):
    folder = station({}, f'[show]\ntitle = "م"\n[voice]\nengine = "espeak"\nforeign = "{foreign}"\n')
    first = read(folder)
    assert counted == list(TEXTS)
    assert read(folder) == first
    assert counted == list(TEXTS)
    found = stations.load(folder)
    plain = speech.reader(found, found.voice, speech.marker(found))
    assert first == [
        [(form.written, form.text, form.changes, who) for form, who in plain(text)] for text in TEXTS
    ]


@pytest.mark.parametrize("change", ["settings", "station's lexicon", "article's lexicon", "the rules"])
def test_what_shapes_a_reading_makes_it_new(station, counted, monkeypatch, tmp_path, change):
    folder = station({}, '[show]\ntitle = "م"\n')
    read(folder)
    words = ()
    if change == "settings":
        (folder / "nashra.toml").write_text('[show]\ntitle = "م"\n[reading]\nmonths = "levant"\n', "utf-8")
    elif change == "station's lexicon":
        (folder / "lexicon.toml").write_text('[words]\n"الوفد" = "الْوَفْد"\n', "utf-8")
    elif change == "article's lexicon":
        words = (("الوفد", "الْوَفْد"),)
    else:
        package = tmp_path / "nashra"
        shutil.copytree(Path(nashra.__file__).parent / "arabic", package / "arabic")
        os.utime(package / "arabic" / "spoken.py", (1, 1))
        monkeypatch.setattr(readings, "__file__", str(package / "readings.py"))
    counted.clear()
    read(folder, TEXTS[:1], words)
    assert counted == [TEXTS[0]]


def test_a_script_of_kept_readings_explains_itself_as_before(built, run):
    first = run(built, "script", "harbour.txt", "--explain")
    shutil.rmtree(built / ".nashra" / "readings")
    assert run(built, "script", "harbour.txt", "--explain") == first
    assert run(built, "script", "harbour.txt", "--explain") == first


def test_whose_voice_a_kept_part_has_follows_the_settings(station, counted):
    """A quotation's own voice: kept as its role, so another voice for it is found without the rules."""
    text = "قال الوزير «إن الموسم الجديد واعد جدا» أمس."
    start, end = text.index("«"), text.index("»") + 1
    folder = station({}, "")

    def voices(quotes: str) -> list[str]:
        said = f'[show]\ntitle = "م"\n[voice]\nengine = "tone"\nquotes = "{quotes}"\n'
        (folder / "nashra.toml").write_text(said, "utf-8")
        found = stations.load(folder)
        say = readings.reader(found, found.voice, speech.marker(found), ())
        return [f"{who.engine}:{who.name}" for _form, who in say(text, "sentence", ((start, end),))]

    assert voices("espeak:ar") == ["tone:ar", "espeak:ar", "tone:ar"]
    assert voices("tone:b") == ["tone:ar", "tone:b", "tone:ar"]
    assert counted == [text]
    assert voices("") == ["tone:ar"]
    assert voices("tone:ar") == ["tone:ar"] * 3
    assert counted == [text] * 3
