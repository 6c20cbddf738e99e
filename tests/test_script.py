"""What will be said: seen, explained and corrected before anybody hears it."""

import io
import json
import sys

import pytest

from nashra import script as scripts
from nashra.arabic import foreign, sentences
from nashra.arabic.letters import order_marks
from nashra.arabic.lexicon import Lexicon
from nashra.arabic.rewriting import as_written
from nashra.model import Article, Section, Voice
from nashra.settings import Pauses, Titles

VOICE = Voice("tone", "ar")
ODD = "بلغ عدد الحاضرين في الحفل 20 شخصا 𐤀𐤁 حسب الوكالة."


def made(*paragraphs, pauses=None, parts=()):
    """The script of an article of these paragraphs, whose words are said as they are written."""
    article = Article("a.txt", "a", "عنوان", False, Section("", paragraphs), parts)
    return scripts.script(
        article,
        opening=(),
        closing=(),
        titles=Titles(),
        pauses=pauses or Pauses(),
        say=lambda text, *_: [(as_written(text), VOICE)],
    )


def lines_of(script):
    return [line for chapter in script.chapters for line in chapter.utterances]


def test_a_pause_is_as_long_as_its_punctuation_asks():
    """A sentence, a clause and a paragraph end with silences of their own."""
    pauses = Pauses(sentence_ms=300, clause_ms=200, comma_ms=100, paragraph_ms=600, section_ms=1000)
    script = made("ذهب الوزير اليوم؛ ثم عاد. ونام.", "وقال في كلمته: هذا قرار.", "انتهى.", pauses=pauses)
    assert [line.pause_ms for line in lines_of(script)] == [200, 300, 600, 200, 600, 1000]


def test_a_heading_above_a_heading_is_said_with_it():
    """No chapter is only its title: both are spoken, under both names."""
    parts = (Section("القطار", ()), Section("يصل إلى الجبل", ("فقرة.",)), Section("خاتمة", ()))
    chapters = made("أول.", parts=parts).chapters
    assert [chapter.title for chapter in chapters] == ["موجز الخبر", "القطار – يصل إلى الجبل", "خاتمة"]
    assert [line.text for line in chapters[1].utterances] == ["القطار", "يصل إلى الجبل", "فقرة."]


def test_a_long_sentence_is_cut_where_a_reader_breathes():
    """At a comma if there is one, else before a conjunction; a comma's pause follows."""
    words = "كلمة " * 60
    comma, conjunction = sentences.split(f"{words}، {words}.")[0], sentences.split(f"{words}وهذا {words}.")[0]
    assert comma.endswith("، ")
    assert conjunction == words
    assert sentences.ending(conjunction) == "comma"


def test_the_same_sentence_twice_has_its_own_pauses():
    """Only the last sentence of a paragraph is followed by the paragraph's silence."""
    assert [line.pause_ms for line in lines_of(made("نعم. نعم.", "لا."))] == [350, 600, 1000]


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("زار مقر «Daily Mail» في لندن", ["«Daily Mail» "]),
        ("شركة OCP وموقع www.ocp.ma و#Rabat و@nashra", []),
        ("Le Monde", ["Le Monde"]),
        ("لا شيء", []),
        ("كتاب « Le Monde » هنا", ["Le Monde » "]),
        ("(François Hollande)، رئيس", ["(François Hollande)، "]),
    ],
)
def test_where_another_language_begins(text, latin):
    """Names and words go to the other voice; acronyms, addresses and tags have rules of their own."""
    pieces = foreign.pieces(text, lambda _text: ())
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_foreign in pieces if is_foreign] == latin


def test_what_the_lexicon_knows_is_not_foreign():
    """A phrase with an Arabic form is left to the Arabic voice."""
    known = Lexicon.of({"Le Monde": "لُومُونْد"}).signs
    pieces = foreign.pieces("صحيفة Le Monde و Renault", known)
    assert pieces == (("صحيفة Le Monde و ", False), ("Renault", True))


@pytest.fixture
def odd(station):
    """A station with a number whose case no word decides, and letters that no rule knows."""
    return station({"odd.txt": f"{ODD}\n"})


def test_script_explains_each_change(odd, run):
    """Rule, before and after stand below the line that they belong to."""
    plain, explained = run(odd, "script", "odd"), run(odd, "script", "odd", "--explain")
    assert plain.code == explained.code == 0
    assert "counted noun: «20 شخصا» → «" in explained.out
    assert "→" not in plain.out
    assert [line for line in explained.out.splitlines() if "→" not in line] == plain.out.splitlines()


def test_script_names_what_to_look_at_on_stderr(odd, run):
    """What no rule understood is told with its sentence, and leaves stdout to the script."""
    told = run(odd, "script", "odd")
    assert "to look at:" in told.err
    assert "not understood" in told.err
    assert "𐤀" in told.err
    assert "look at" not in told.out


def test_script_as_json_has_the_changes_by_name(odd, run):
    """The form that docs/script.md describes."""
    told = json.loads(run(odd, "script", "odd", "--json").out)
    assert set(told) == {"title", "chapters"}
    line = next(line for chapter in told["chapters"] for line in chapter["utterances"] if line["text"] == ODD)
    keys = {"role", "text", "spoken", "voice", "pause_ms", "new_paragraph", "changes", "places"}
    assert set(line) == keys
    assert len(line["places"]) == len(ODD.split())
    change = next(change for change in line["changes"] if change["before"] == "20 شخصا")
    assert set(change) == {"rule", "before", "after", "start", "note"}
    assert ODD[change["start"] :].startswith("20 شخصا")


def test_colours_are_for_terminals_only(odd, run, monkeypatch):
    """In a terminal, what is said otherwise than written is coloured on both sides; in a pipe nothing is."""
    assert "\x1b[" not in run(odd, "script", "odd").out
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    monkeypatch.setattr("nashra.commands.reporting.is_terminal", lambda: True)
    coloured = run(odd, "script", "odd").out
    assert "\x1b[33m20" in coloured
    assert "\x1b[32m" in coloured


def test_build_names_what_it_could_not_read(odd, run):
    """The episode is made, and the place is told with what to do."""
    told = run(odd, "build")
    assert told.code == 0
    assert "not understood: «" in told.out
    assert "nashra script odd.txt --explain" in told.out


def test_spoken_gives_a_line_for_each_line(station, run, tmp_path, monkeypatch):
    """Numbers in words, marks on or off, empty lines kept, a byline left out and named."""
    lines = "منذ 20 سنة\n\nهومبريس – ع ورديني\nكأس العالم 2030\n"
    file = tmp_path / "lines.txt"
    file.write_text(lines, "utf-8")
    here = station({})
    told = run(here, "spoken", str(file), "--no-marks")
    assert told.out == "منذ عشرين سنة\n\n\nكأس العالم ألفين وثلاثين\n"
    assert "ورديني" in told.err
    marked = run(here, "spoken", str(file)).out.splitlines()
    assert len(marked) == 4
    assert marked[0].startswith("مُنْذُ")
    assert run(here, "spoken", str(file), "--endings", "all").out.splitlines()[0].endswith("سَنَةً")
    assert marked[0].endswith("سَنَة")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert run(here, "spoken", "-", "--no-marks").out == told.out


def test_spoken_needs_no_station(tmp_path, run):
    """Whoever wants to try it has no folder yet."""
    file = tmp_path / "line.txt"
    file.write_text("5 سنوات", "utf-8")
    assert run(tmp_path, "spoken", str(file), "--no-marks").out == "خمس سنوات\n"


@pytest.fixture
def names(station):
    """A station whose article has a name that no lexicon has, with a prefix."""
    return station({"names.txt": "التقى الوفد ببوزلماط في الرباط.\n"})


def test_a_word_is_added_heard_and_used(names, run):
    """It stands in lexicon.toml, is spoken into a file, and the script says it so with its prefix."""
    told = run(names, "lexicon", "add", "بوزلماط", "بُوزَلْمَاطْ", "-o", "heard.wav")
    assert told.code == 0
    assert "بُوزَلْمَاطْ" in told.out
    assert "names.txt" in told.out
    assert (names / "heard.wav").read_bytes()[:4] == b"RIFF"
    assert '"بوزلماط" = "بُوزَلْمَاطْ"' in (names / "lexicon.toml").read_text("utf-8")
    assert "بِبُوزَلْمَاطْ" in run(names, "script", "names").out


def test_a_word_that_no_voice_can_say_changes_nothing(names, run):
    """The error names the word, and the lexicon stays as it was."""
    (names / "lexicon.toml").write_text('# ours\n"كلمة" = "كَلِمَة"\n', "utf-8")
    told = run(names, "lexicon", "add", "بوزلماط", "Bouzelmat 3")
    assert told.code == 2
    assert len(told.complaints) == 1
    assert (names / "lexicon.toml").read_text("utf-8") == '# ours\n"كلمة" = "كَلِمَة"\n'


def test_a_broken_lexicon_is_named_with_its_line(names, run):
    """As a broken nashra.toml is."""
    (names / "lexicon.toml").write_text('"كلمة" = "كَلِمَة"\n"x" = 3\n', "utf-8")
    told = run(names, "build")
    assert told.code == 2
    assert "lexicon.toml" in told.complaints[0]


def test_the_articles_own_words_win(names, run):
    """Front matter goes before the station, the station before the shipped table."""
    (names / "lexicon.toml").write_text('"بوزلماط" = "بُوزُلْمَاطْ"\n"الرباط" = "الرُّبَاطْ"\n', "utf-8")
    article = names / "articles" / "names.txt"
    article.write_text("---\nlexicon:\n  بوزلماط: بُوزِلْمَاطْ\n---\n" + article.read_text("utf-8"), "utf-8")
    said = run(names, "script", "names").out
    assert "بِبُوزِلْمَاطْ" in said
    assert order_marks("الرُّبَاطْ") in said


def test_front_matter_names_a_word_that_cannot_be_said(names, run):
    """The article fails with its place; nothing is made of it."""
    article = names / "articles" / "names.txt"
    article.write_text("---\nlexicon:\n  بوزلماط: '33'\n---\nنص قصير هنا.\n", "utf-8")
    told = run(names, "build")
    assert told.code == 3
    assert "articles/names.txt" in told.complaints[0]


def test_an_episode_keeps_its_sound_when_the_lexicon_changes(names, run, files):
    """Every remade file is a new download for somebody: it is remade when it is asked for."""
    run(names, "build")
    before = files(names)
    run(names, "lexicon", "add", "بوزلماط", "بُوزَلْمَاطْ")
    assert "nothing to do" in run(names, "build").out
    run(names, "build", "--force", "names")
    after = files(names)
    assert {name for name in before if name.endswith(".mp3")} != {
        name for name in after if name.endswith(".mp3")
    }


def test_missing_lists_the_words_to_check(station, run):
    """A name that nobody knows is among them, a common word is not."""
    here = station({"a.txt": "أعلن الوزير بوزلماط عن اتفاق مع شركة Skhirtel في الرباط.\n"})
    told = run(here, "lexicon", "missing", "a")
    assert told.code == 0
    assert "Skhirtel" in told.out
    assert "بوزلماط" in told.out
    assert "الرباط" not in told.out


def test_a_foreign_voice_says_latin_words(station, run, settings):
    """When the owner asks, a sentence goes over to another voice of the engine and back."""
    here = station(
        {"a.txt": "زار الوفد مقر Daily Mail في لندن اليوم.\n"},
        settings.replace('engine = "tone"', 'engine = "tone"\nforeign = "fr"'),
    )
    told = json.loads(run(here, "script", "a", "--json").out)
    lines = [line for chapter in told["chapters"] for line in chapter["utterances"]]
    place = next(n for n, line in enumerate(lines) if line["spoken"] == "Daily Mail")
    lines = lines[place - 1 : place + 2]
    assert [line["voice"]["name"] for line in lines] == ["ar", "fr", "ar"]
    assert lines[1]["spoken"] == "Daily Mail"
    assert lines[0]["pause_ms"] == lines[1]["pause_ms"] == scripts.JOINT_MS
    assert run(here, "build").code == 0


def test_endings_and_months_are_the_owners_choice(station, run, settings):
    """A final vowel before a pause is dropped, kept or dropped everywhere; figures get other month names."""
    said = {}
    for endings, months in (("pause", "maghreb"), ("all", "gulf"), ("none", "levant")):
        here = station(
            {"a.txt": "وقع الحادث يوم 12/08/2024 في المدينة.\n"},
            f'{settings}\n[reading]\nendings = "{endings}"\nmonths = "{months}"\n',
            name=endings,
        )
        said[endings] = run(here, "script", "a").out
    assert "الْمَدِينَةِ." in said["all"]
    assert "الْمَدِينَة." in said["pause"]
    assert "الْحَادِثُ" in said["pause"]
    assert "الْحَادِثْ" in said["none"] or "الْحَادِث " in said["none"]
    assert "غشت" in bare(said["pause"])
    assert "أغسطس" in bare(said["all"])
    assert "آب" in bare(said["none"])


def bare(text):
    return "".join(char for char in text if not "\u064b" <= char <= "\u0652")
