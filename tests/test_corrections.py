"""An edit, a serious error, a withdrawal: what listeners hear, what readers see, what addresses answer."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from lxml import etree

from nashra import redirects
from nashra.feed import corrections, paging
from nashra.records import load

DAY = 86_400
SAID = corrections.spoken("ar")
WRONG, RIGHT, OTHER = "وكان البحر هادئا", "وكان البحر هائجا", "وكان البحر عاليا"
NAMES = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture
def told(built):
    """Return a built station that tells of corrections, as is usual: to switch it makes nothing again."""
    edit(built, "spoken = false", "spoken = true", "nashra.toml")
    return built


def record(folder, slug: str = "harbour") -> dict:
    return json.loads((folder / "audio" / f"{slug}.json").read_bytes())


def edit(folder, old: str, new: str, file: str = "articles/harbour.txt") -> None:
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), "utf-8")


def opening(folder, slug: str = "harbour") -> list[str]:
    return [cue["text"] for cue in record(folder, slug)["cues"] if cue["role"] in {"opening", "title"}]


def items(folder) -> list:
    return etree.parse(folder / "feed" / "feed.xml").findall("channel/item")


def page(folder, slug: str = "harbour") -> str:
    return (folder / "feed" / "episodes" / f"{slug}.html").read_text("utf-8")


def outputs(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if name.startswith(("audio/", "feed/"))}


def table(folder) -> list[dict]:
    return json.loads((folder / "feed" / "redirects.json").read_bytes())


# A correction is told


def test_a_first_episode_tells_of_no_correction(told):
    """Nothing in its record, its opening, its notes, its page; and no table of addresses that moved."""
    assert record(told)["revisions"] == []
    assert record(told)["original"] == ""
    assert SAID not in opening(told)
    assert "صُحّح" not in page(told)
    assert "صُحّح" not in (told / "feed" / "feed.xml").read_text("utf-8")
    assert not (told / "feed" / "redirects.json").exists()


def test_a_corrected_sentence_is_told_in_the_opening_the_notes_the_page_and_the_record(told, run, epoch):
    """With the day of the correction, written as the pages write days; the guid and the date stay."""
    before = record(told)
    edit(told, WRONG, RIGHT)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    after = record(told)
    assert (after["guid"], after["published"]) == (before["guid"], before["published"])
    assert opening(told)[-1] == SAID
    assert after["revisions"] == [
        {
            "when": "2026-01-02T00:00:00Z",
            "file": after["media"]["file"],
            "reason": "text changed",
            "changed": 1,
            "correction": True,
        }
    ]
    note = "صُحّح هذا الخبر في 2 يناير 2026."
    (item,) = items(told)
    assert note in item.findtext("description").split("\n\n")
    assert item.findtext(CONTENT).startswith(f"<p><strong>{note}</strong></p>")
    assert note in json.loads((told / "feed" / "feed.json").read_bytes())["items"][0]["content_text"]
    assert f'<time datetime="2026-01-02T00:00:00+00:00">{note}</time>' in page(told)
    linked = json.loads(re.search(r"ld\+json\">(.+?)</script>", page(told))[1])["@graph"][1]
    assert linked["correction"] == [
        {"@type": "CorrectionComment", "dateCreated": "2026-01-02T00:00:00+00:00", "text": note}
    ]


def test_the_note_of_a_correction_stays_whole_in_a_description_of_4000_bytes(told, run, epoch):
    """The summary is cut for it, at a word."""
    edit(told, "ميناء المدينة يستقبل", f"---\nsummary: {'خبر طويل ' * 600}\n---\nميناء المدينة يستقبل")
    edit(told, WRONG, RIGHT)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    said = items(told)[0].findtext("description")
    assert 3900 < len(said.encode()) <= 4000
    assert "\n\nصُحّح هذا الخبر في 2 يناير 2026.\n\n" in said


@pytest.mark.parametrize(
    ("language", "sentence", "note"),
    [
        ("fr", "Voici une version corrigée de cet article.", "Article corrigé le 2 janvier 2026."),
        (
            "en",
            "This is a corrected version of this article.",
            "This article was corrected on 2 January 2026.",
        ),
    ],
)
def test_a_correction_is_told_in_the_language_of_the_show(
    station, run, news, settings, epoch, language, sentence, note
):
    """Spoken and written."""
    said = settings.replace("spoken = false", "").replace("[show]", f'[show]\nlanguage = "{language}"')
    folder = station({"harbour.txt": news}, said)
    assert run(folder, "build").code == 0
    edit(folder, WRONG, RIGHT)
    assert run(folder, "build", epoch=epoch + DAY).code == 0
    assert opening(folder)[-1] == sentence
    assert note in page(folder)


def test_building_a_corrected_episode_again_changes_nothing(told, run, files, epoch):
    """Neither plainly nor forced, twice, days later: the sentence in the opening does not feed itself."""
    edit(told, WRONG, RIGHT)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    before = outputs(files(told))
    assert "up to date" in run(told, "build", "--why", epoch=epoch + 2 * DAY).out
    for days in (3, 4):
        assert run(told, "build", "--force", epoch=epoch + days * DAY).code == 0
        assert outputs(files(told)) == before


def test_a_correction_taken_back_is_the_first_file_again_and_leaves_its_dated_note(told, run, files, epoch):
    """Its words are those that were aired first, so nothing is said; that they changed twice is on record."""
    first = record(told)["media"]
    edit(told, WRONG, RIGHT)
    run(told, "build", epoch=epoch + DAY)
    second = record(told)["media"]
    edit(told, RIGHT, WRONG)
    assert run(told, "build", epoch=epoch + 2 * DAY).code == 0
    assert record(told)["media"] == first
    assert record(told)["original"] == ""
    assert SAID not in opening(told)
    assert [each["file"] for each in record(told)["revisions"]] == [second["file"], first["file"]]
    assert "صُحّح هذا الخبر في 3 يناير 2026." in items(told)[0].findtext("description")
    assert redirects.moved(load(told / "audio")) == {f"audio/{second['file']}": f"audio/{first['file']}"}
    before = outputs(files(told))
    assert run(told, "build", "--force", epoch=epoch + 3 * DAY).code == 0
    assert outputs(files(told)) == before


def test_a_second_correction_has_its_own_day_and_the_page_lists_both(told, run, epoch):
    """The notes have the newest; the sentence in the opening is the clip that was spoken before."""
    edit(told, WRONG, RIGHT)
    run(told, "build", epoch=epoch + DAY)
    edit(told, RIGHT, OTHER)
    ran = run(told, "build", "--why", epoch=epoch + 2 * DAY)
    assert "text changed (1 of 12 clips to speak)" in ran.out
    assert "2 يناير 2026" in page(told)
    assert "3 يناير 2026" in page(told)
    assert "2 يناير 2026" not in items(told)[0].findtext("description")
    assert opening(told).count(SAID) == 1


def test_the_script_says_what_the_next_episode_will_say(told, run, epoch):
    """`nashra script` knows of the correction before it is built, and after; and of a reissue's title."""
    assert SAID not in run(told, "script", "harbour").out
    edit(told, WRONG, RIGHT)
    assert SAID in run(told, "script", "harbour").out
    assert run(told, "build", "--reissue", "harbour", epoch=epoch + DAY).code == 0
    said = run(told, "script", "harbour").out
    assert SAID in said
    assert record(told)["title"] in said


CHANGES_WITHOUT_WORDS = {
    "another pause": ("heading_ms = 150", "heading_ms = 900", "nashra.toml"),
    "another voice": ('engine = "tone"', 'engine = "tone"\nname = "deep"', "nashra.toml"),
    "a vowel mark": (WRONG, "وكانَ البحر هادئا", "articles/harbour.txt"),
    "a comma": (WRONG, "وكان البحر، هادئا", "articles/harbour.txt"),
    "a summary": (
        "ميناء المدينة يستقبل",
        "---\nsummary: خبر\n---\nميناء المدينة يستقبل",
        "articles/harbour.txt",
    ),
}


@pytest.mark.parametrize("change", CHANGES_WITHOUT_WORDS)
def test_what_changes_no_word_is_no_correction(told, run, epoch, change):
    """It may be another file, and the record says why; nobody is told that the news was wrong."""
    old, new, file = CHANGES_WITHOUT_WORDS[change]
    before = record(told)
    edit(told, old, new, file)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    after = record(told)
    assert after != before
    assert [each["correction"] for each in after["revisions"]] == [False] * (after["revision"] - 1)
    assert SAID not in opening(told)
    assert "صُحّح" not in page(told)
    assert after["words"] == before["words"]


def test_the_sentence_can_be_switched_off_and_the_note_stays(told, run, epoch):
    """And a switch alone makes no episode again."""
    edit(told, "spoken = true", "spoken = false", "nashra.toml")
    assert "up to date" in run(told, "build", "--why").out
    edit(told, WRONG, RIGHT)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    assert SAID not in opening(told)
    assert "صُحّح هذا الخبر في 2 يناير 2026." in page(told)


def test_a_template_of_the_station_may_say_it_elsewhere(told, run, epoch):
    """Where it stands there, it is not said again at the end."""
    (told / "templates").mkdir()
    own = "{{ show.title }}.\n{{ correction }}\n{{ article.title }}.\n"
    (told / "templates" / "opening.txt.j2").write_text(own, "utf-8")
    assert run(told, "build").code == 0
    assert SAID not in opening(told)
    edit(told, WRONG, RIGHT)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    assert opening(told)[1] == SAID
    assert opening(told).count(SAID) == 1


def test_what_was_corrected_while_it_was_a_draft_was_heard_by_nobody(station, run, news, settings, epoch):
    """It is aired as if nothing had been; what is corrected from then on is told."""
    folder = station({"harbour.txt": f"---\ndraft: true\n---\n{news}"}, settings.replace("= false", "= true"))
    assert run(folder, "build").code == 0
    edit(folder, WRONG, RIGHT)
    assert run(folder, "build", epoch=epoch + DAY).code == 0
    edit(folder, "draft: true", "draft: false")
    assert run(folder, "build", epoch=epoch + 2 * DAY).code == 0
    assert SAID not in opening(folder)
    assert "صُحّح" not in page(folder)
    edit(folder, RIGHT, OTHER)
    assert run(folder, "build", epoch=epoch + 3 * DAY).code == 0
    assert SAID in opening(folder)
    assert "صُحّح هذا الخبر في 4 يناير 2026." in page(folder)


def _older(folder) -> None:
    """Write the record as it was before there was a history."""
    path = folder / "audio" / "harbour.json"
    found = json.loads(path.read_bytes())
    for name in ("words", "original", "revisions", "mark", "issues", "withdrawn"):
        del found[name]
    path.write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def test_a_record_without_a_history_loads_and_is_no_correction_when_forced(told, run, files):
    """A station from before: left alone, and made again to the same bytes but for the record's own."""
    before = outputs(files(told))
    _older(told)
    assert "up to date" in run(told, "build", "--why").out
    assert run(told, "build", "--force").code == 0
    assert outputs(files(told)) == before


def test_a_record_without_a_history_has_one_from_its_next_correction_on(told, run, epoch):
    """What was aired is read from its sentences."""
    _older(told)
    edit(told, WRONG, RIGHT)
    assert run(told, "build", epoch=epoch + DAY).code == 0
    assert SAID in opening(told)
    assert [each["changed"] for each in record(told)["revisions"]] == [1]
    edit(told, RIGHT, WRONG)
    assert run(told, "build", epoch=epoch + 2 * DAY).code == 0
    assert SAID not in opening(told)


def test_sentences_that_were_changed_added_or_left_out_are_counted(told, run, epoch):
    """Here one is changed and one is added; the title, where it is the writer's own, is one of them."""
    edit(told, "لم تحرق في طريقها", "لم تستهلك في طريقها")
    edit(told, "كل أسبوع.", "كل أسبوع. وتبحر غدا.")
    assert run(told, "build", epoch=epoch + DAY).code == 0
    assert record(told)["revisions"][-1]["changed"] == 2


# A serious error


def test_a_reissued_episode_is_another_to_apps_and_its_old_address_leads_to_the_new_sound(told, run, epoch):
    """Another guid, title and date; the old item is gone, its address is not, and its page is the same."""
    before = record(told)
    edit(told, WRONG, RIGHT)
    ran = run(told, "build", "--reissue", "harbour", "--why", epoch=epoch + DAY)
    assert ran.code == 0
    assert "harbour.txt: reissued" in ran.out
    after = record(told)
    assert after["guid"] != before["guid"]
    assert after["title"] == f"تصحيح: {before['title']}"
    assert after["published"] == "2026-01-02T00:00:00Z"
    assert after["issues"] == [{name: before[name] for name in ("guid", "title", "published")}]
    (item,) = items(told)
    assert item.findtext("guid") == after["guid"]
    assert item.findtext("title") == after["title"]
    assert "Fri, 02 Jan 2026" in item.findtext("pubDate")
    assert table(told) == [
        {
            "from": f"/audio/{before['media']['file']}",
            "to": f"/audio/{after['media']['file']}",
            "status": 302,
        }
    ]
    assert (told / "audio" / before["media"]["file"]).exists()
    assert "صُحّح هذا الخبر ونُشر من جديد في 2 يناير 2026." in page(told)
    assert opening(told)[-1] == SAID


def test_a_reissued_episode_is_stable_and_keeps_its_title_through_later_edits(told, run, files, epoch):
    """Builds, forced or not, change nothing; another reissue has yet another guid and title."""
    edit(told, WRONG, RIGHT)
    assert run(told, "build", "--reissue", "harbour", epoch=epoch + DAY).code == 0
    first, before = record(told), outputs(files(told))
    assert "up to date" in run(told, "build", "--why", epoch=epoch + 2 * DAY).out
    assert run(told, "build", "--force", epoch=epoch + 2 * DAY).code == 0
    assert outputs(files(told)) == before
    edit(told, RIGHT, OTHER)
    assert run(told, "build", epoch=epoch + 3 * DAY).code == 0
    assert {name: record(told)[name] for name in ("guid", "title", "published", "issues")} == {
        name: first[name] for name in ("guid", "title", "published", "issues")
    }
    assert run(told, "build", "--reissue", "harbour.txt", epoch=epoch + 4 * DAY).code == 0
    again = record(told)
    assert len({first["guid"], again["guid"], first["issues"][0]["guid"]}) == 3
    assert again["title"].startswith("تصحيح 2: ")
    assert len({each["to"] for each in table(told)}) == 1
    assert len(table(told)) == 3


def test_a_reissue_leaves_the_archive_of_its_month(station, run, news, brief, settings, epoch, monkeypatch):
    """The old item is in no document of the feed: an archive that has nothing left is gone."""
    monkeypatch.setattr(paging, "ROOMS", (0,))
    dated = {
        "harbour.txt": f"---\ndate: 2025-01-05\n---\n{news}",
        "rain.txt": f"---\ndate: 2025-02-05\n---\n{brief}",
    }
    folder = station(dated, settings)
    assert run(folder, "build").code == 0
    old = record(folder)["guid"]
    assert old in (folder / "feed" / "feed-2025-01.xml").read_text("utf-8")
    assert run(folder, "build", "--reissue", "harbour", epoch=epoch + DAY).code == 0
    feeds = {path.name: path.read_text("utf-8") for path in (folder / "feed").glob("feed*.xml")}
    assert set(feeds) == {"feed.xml", "feed-2025-02.xml"}
    assert not [name for name, text in feeds.items() if old in text]
    assert record(folder)["guid"] in feeds["feed.xml"]


def test_a_title_that_the_editor_changed_needs_no_mark_to_be_reissued(told, run, epoch):
    """Apps fold an episode into another of its title: this one has another."""
    edit(told, "ميناء المدينة يستقبل أول", "ميناء المدينة يستقبل ثاني")
    assert run(told, "build", "--reissue", "harbour", epoch=epoch + DAY).code == 0
    assert record(told)["mark"] == ""
    assert record(told)["title"].startswith("ميناء المدينة يستقبل ثاني")


def test_a_reissue_that_fails_or_is_only_asked_about_leaves_the_old_episode(told, run, files):
    """The record is written when the new sound is there, and not before."""
    before = outputs(files(told))
    assert "reissued" in run(told, "build", "--reissue", "--dry-run", "harbour").out
    assert outputs(files(told)) == before
    (told / "articles" / "harbour.txt").write_bytes(b"\xff\xfe broken")
    assert run(told, "build", "--reissue", "harbour").code == 3
    assert outputs(files(told)) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--reissue"], 2, "needs the articles"),
        (["--reissue", "--keep-audio", "harbour"], 2, "leave --reissue"),
        (["--reissue", "rain"], 3, "has no episode"),
    ],
)
def test_a_reissue_of_nothing_is_refused(told, run, brief, arguments, code, said):
    """An article must be named, and have been built."""
    (told / "articles" / "rain.txt").write_text(brief, "utf-8")
    ran = run(told, "build", *arguments)
    assert ran.code == code
    assert said in ran.err


# A withdrawal


@pytest.fixture
def two(told, run, brief):
    """Return a station with two episodes."""
    (told / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(told, "build").code == 0
    return told


def test_a_withdrawn_episode_leaves_everything_but_a_page_that_says_so(two, run, files, epoch):
    """Feed, lists, site map, transcripts: nothing of its text; its sound and record are kept on this disk."""
    rain = record(two, "rain")
    ran = run(two, "withdraw", "rain", epoch=epoch + DAY)
    assert ran.code == 0
    assert "rain: is withdrawn" in ran.out
    assert [item.findtext("guid") for item in items(two)] == [record(two)["guid"]]
    for name, data in files(two / "feed").items():
        if "rain" in name or b"rain" in data:
            assert name in {"episodes/rain.html", "embed/rain.html", "redirects.json"}
        assert "أمطار".encode() not in data
    said = page(two, "rain")
    assert "سُحبت هذه الحلقة في" in said
    assert '<time datetime="2026-01-02T00:00:00+00:00">2 يناير 2026</time>' in said
    assert record(two, "rain") == rain | {
        "withdrawn": "2026-01-02T00:00:00Z",
        "revisions": [
            {
                "when": "2026-01-02T00:00:00Z",
                "file": rain["media"]["file"],
                "reason": "withdrawn",
                "changed": 0,
                "correction": False,
            }
        ],
    }
    assert (two / "audio" / rain["media"]["file"]).exists()
    assert table(two) == [{"from": f"/audio/{rain['media']['file']}", "status": 410}]
    assert redirects.gone(load(two / "audio")) == {f"audio/{rain['media']['file']}"}


def test_no_build_brings_a_withdrawn_episode_back(two, run, files, epoch):
    """Named, forced, edited, renamed, or with its article deleted."""
    rain = two / "articles" / "rain.txt"
    assert run(two, "withdraw", "rain", epoch=epoch + DAY).code == 0
    before = outputs(files(two))
    before.pop("audio/rain.json")  # it follows the name and the text, for a later undoing
    ran = run(two, "build", "rain", "--why", "--force", epoch=epoch + 2 * DAY)
    assert "rain.txt: withdrawn on 2026-01-02" in ran.out
    edit(two, "خفيفة على", "غزيرة على", "articles/rain.txt")
    run(two, "build", epoch=epoch + 3 * DAY)
    edit(two, "غزيرة على", "خفيفة على", "articles/rain.txt")
    run(two, "build", epoch=epoch + 3 * DAY)
    rain.rename(rain.with_name("wet.txt"))
    run(two, "build", epoch=epoch + 4 * DAY)
    rain.with_name("wet.txt").unlink()
    assert run(two, "build", epoch=epoch + 5 * DAY).code == 0
    after = outputs(files(two))
    after.pop("audio/rain.json")
    assert after == before
    assert run(two, "build", "--reissue", "harbour", epoch=epoch + 6 * DAY).code == 0
    assert "سُحبت هذه الحلقة في" in page(two, "rain")


def test_a_withdrawn_article_that_is_edited_and_then_renamed_stays_withdrawn(two, run, epoch):
    """Its record follows the text and the name, though nothing is made: no new episode comes of it."""
    guid = record(two, "rain")["guid"]
    assert run(two, "withdraw", "rain", epoch=epoch + DAY).code == 0
    article = two / "articles" / "rain.txt"
    article.write_text(article.read_text("utf-8") + "\nوتصفو السماء مساء.\n", "utf-8")
    assert run(two, "build", epoch=epoch + 2 * DAY).code == 0
    article.rename(two / "articles" / "drizzle.txt")
    ran = run(two, "build", "--why", epoch=epoch + 3 * DAY)
    assert "drizzle.txt: withdrawn on 2026-01-02" in ran.out
    assert guid not in (two / "feed" / "feed.xml").read_text("utf-8")
    assert record(two, "rain")["article"] == "drizzle.txt"
    assert len(items(two)) == 1


def test_the_address_of_a_withdrawn_episode_is_given_to_no_other(two, run):
    """A new article of the same name is refused, and told what to do."""
    assert run(two, "withdraw", "rain").code == 0
    (two / "articles" / "rain.txt").unlink()
    (two / "articles" / "rain.md").write_text("# خبر آخر\n\nهذا خبر آخر تماما من المدينة.\n", "utf-8")
    ran = run(two, "build")
    assert ran.code == 3
    assert "was withdrawn; give it another `slug:`, or run `nashra withdraw --undo rain`" in ran.complaints[0]


def test_a_withdrawal_can_be_undone(two, run, files, epoch):
    """Everything is as it was but the record, which tells of it, and when the feed changed last."""
    before = outputs(files(two))
    assert run(two, "withdraw", "rain.txt", epoch=epoch + DAY).code == 0
    ran = run(two, "withdraw", "--undo", "rain.txt", epoch=epoch + 2 * DAY)
    assert (ran.code, ran.out) == (0, "rain: is back in the feed\n")
    after = outputs(files(two))
    assert set(after) == set(before)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        "audio/rain.json",
        *(f"feed/{name}" for name in ("feed.xml", "feed.json", "episodes/rain.html", "sitemap.xml")),
    }
    assert [each["reason"] for each in record(two, "rain")["revisions"]] == ["withdrawn", "brought back"]
    assert "rain.txt: up to date" in run(two, "build", "--why", epoch=epoch + 3 * DAY).out
    assert outputs(files(two)) == after


def test_withdrawing_twice_says_so_and_changes_nothing(two, run, files, epoch):
    """The first date counts; and so for bringing back what was not taken."""
    assert "was not withdrawn" in run(two, "withdraw", "--undo", "rain").out
    run(two, "withdraw", "rain", epoch=epoch + DAY)
    before = outputs(files(two))
    ran = run(two, "withdraw", "rain", epoch=epoch + 2 * DAY)
    assert (ran.code, outputs(files(two))) == (0, before)
    assert "was withdrawn already" in ran.out
    assert run(two, "withdraw", "snow").code == 3


def test_the_only_episode_can_be_withdrawn_too(told, run, epoch):
    """What must not be heard leaves the feed, though directories refuse an empty one."""
    assert run(told, "withdraw", "harbour", epoch=epoch + DAY).code == 0
    assert items(told) == []
    assert "لا توجد حلقات بعد." in (told / "feed" / "index.html").read_text("utf-8")
    assert (
        etree.parse(told / "feed" / "feed.xml")
        .findtext("channel/lastBuildDate")
        .startswith("Fri, 02 Jan 2026")
    )
    findings = json.loads(run(told, "check", "--json", epoch=epoch + DAY).out)
    assert findings["must"] == 0, findings
    assert run(told, "build", epoch=epoch + 2 * DAY).code == 0
    assert items(told) == []
    assert run(told, "withdraw", "--undo", "harbour", epoch=epoch + 3 * DAY).code == 0
    assert len(items(told)) == 1


def test_all_earlier_sounds_of_a_withdrawn_episode_are_gone(two, run, epoch):
    """Also those that led on to the newest."""
    first = record(two, "rain")["media"]["file"]
    edit(two, "خفيفة على", "غزيرة على", "articles/rain.txt")
    assert run(two, "build", epoch=epoch + DAY).code == 0
    second = record(two, "rain")["media"]["file"]
    assert redirects.moved(load(two / "audio")) == {f"audio/{first}": f"audio/{second}"}
    assert run(two, "withdraw", "rain", epoch=epoch + 2 * DAY).code == 0
    assert redirects.moved(load(two / "audio")) == {}
    assert redirects.gone(load(two / "audio")) == {f"audio/{first}", f"audio/{second}"}
    assert {each["status"] for each in table(two)} == {410}


def test_the_picture_of_a_withdrawn_episode_is_gone_too(two):
    """Its sounds and its picture; of the others nothing."""
    harbour, rain = load(two / "audio")
    taken = replace(rain, image="rain-0123456789ab.jpg", withdrawn=rain.updated)
    assert redirects.gone((harbour, taken)) == {f"audio/{rain.media.file}", "audio/rain-0123456789ab.jpg"}


def test_what_must_go_goes_even_when_its_article_was_deleted_first(told, run):
    """And it was the only one: the folder of articles is empty, for which a build stops."""
    (told / "articles" / "harbour.txt").unlink()
    assert run(told, "withdraw", "harbour").code == 0
    assert items(told) == []
    ran = run(told, "withdraw", "--undo", "harbour")
    assert ran.code == 0
    assert len(items(told)) == 1


def test_an_episode_whose_sound_was_deleted_comes_back_with_the_next_build(two, run, files):
    """Until then the feed does not list what nobody could hear."""
    sound = record(two, "rain")["media"]["file"]
    whole = (two / "audio" / sound).read_bytes()
    run(two, "withdraw", "rain")
    (two / "audio" / sound).unlink()
    assert "its MP3 is gone: run `nashra build`" in run(two, "withdraw", "--undo", "rain").out
    assert len(items(two)) == 1
    assert "rain.txt: missing mp3" in run(two, "build", "--why").out
    assert len(items(two)) == 2
    assert files(two)[f"audio/{sound}"] == whole


# What else looks at a station agrees


def test_check_and_inspect_find_nothing_new_after_all_of_it(two, run, epoch):
    """A correction, a reissue and a withdrawal break no rule that held before, and records tell the sound."""

    def broken() -> set[str]:
        found = json.loads(run(two, "check", "--json", epoch=epoch + 9 * DAY).out)["findings"]
        return {each["rule"] for each in found}

    before = broken()
    edit(two, WRONG, RIGHT)
    assert run(two, "build", epoch=epoch + DAY).code == 0
    assert broken() <= before
    assert run(two, "build", "--reissue", "harbour", epoch=epoch + 2 * DAY).code == 0
    assert broken() <= before
    assert run(two, "withdraw", "rain", epoch=epoch + 3 * DAY).code == 0
    assert broken() <= before
    told = json.loads(run(two, "inspect", "harbour", "--json").out)
    assert told["mismatches"] == []
    assert told["title"].startswith("تصحيح: ")


# A typo


def test_a_typo_is_corrected_everywhere_but_in_the_sound(told, run, files, epoch):
    """Record, notes, page, transcripts have the new text; the MP3, its name and its times stay."""
    before, sounds = record(told), {name: data for name, data in files(told).items() if name.endswith(".mp3")}
    edit(told, "لترا من الوقود", "لترا من الوقوذ")
    ran = run(told, "build", "--keep-audio", "harbour", "--why", epoch=epoch + DAY)
    assert ran.code == 0
    assert "harbour.txt: text changed (its sound is kept)" in ran.out
    after = record(told)
    assert {name for name in after if after[name] != before[name]} == {
        *("sources", "updated", "cues", "words", "revisions")
    }
    assert after["revisions"][0] | {"when": "", "file": ""} == {
        "when": "",
        "file": "",
        "reason": "sound kept",
        "changed": 1,
        "correction": False,
    }
    times = [[(cue["start"], cue["end"], cue["words"]) for cue in each["cues"]] for each in (before, after)]
    assert times[0] == times[1]
    assert sounds == {name: data for name, data in files(told).items() if name.endswith(".mp3")}
    (item,) = items(told)
    assert "الوقوذ" in item.findtext(CONTENT)
    assert "الوقوذ" in page(told)
    named = re.findall(r"transcripts/harbour-\w+\.vtt", (told / "feed" / "feed.xml").read_text("utf-8"))
    assert "الوقوذ" in (told / "feed" / named[0]).read_text("utf-8")
    assert "صُحّح" not in page(told)
    assert json.loads(run(told, "inspect", "harbour", "--json").out)["mismatches"] == []
    assert "up to date" in run(told, "build", "--why", epoch=epoch + 2 * DAY).out
    assert run(told, "build", "--force", epoch=epoch + 2 * DAY).code == 0
    assert SAID not in opening(told)  # a typo is no correction when its sound is made after all, either


SAYS_SOMETHING_ELSE = {
    "a sentence more": ("كل أسبوع.", "كل أسبوع. وتبحر غدا.", "do not match"),
    "a sentence less": (" وكان البحر هادئا.", "", "do not match"),
    "another word": ("أربعون", "خمسون", "its sound says"),
    "a word more": ("لم تحرق", "لم تكن تحرق", "its sound says"),
    "another title": ("يستقبل أول", "يستقبل اول", "its title changed"),
    "another heading": ("رحلة بلا دخان", "رحلة بلا دخّان", "its chapters' titles changed"),
}


@pytest.mark.parametrize("change", SAYS_SOMETHING_ELSE)
def test_what_the_sound_does_not_say_cannot_keep_it(told, run, files, change):
    """The error says what, and what next; nothing is changed."""
    old, new, said = SAYS_SOMETHING_ELSE[change]
    before = outputs(files(told))
    edit(told, old, new)
    ran = run(told, "build", "--keep-audio", "harbour")
    assert ran.code == 3
    assert said in ran.complaints[0]
    assert "build it without --keep-audio" in ran.complaints[0]
    assert outputs(files(told)) == before


def test_keeping_the_sound_of_all_makes_new_articles_as_ever(told, run, brief, epoch):
    """And a dry run changes nothing."""
    edit(told, "لترا من الوقود", "لترا من الوقوذ")
    (told / "articles" / "rain.txt").write_text(brief, "utf-8")
    sound = record(told)["media"]
    ran = run(told, "build", "--keep-audio", "--dry-run")
    assert "harbour.txt: text changed (its sound is kept)" in ran.out
    assert "الوقوذ" not in page(told)
    assert run(told, "build", "--keep-audio", epoch=epoch + DAY).code == 0
    assert record(told)["media"] == sound
    assert (told / "audio" / record(told, "rain")["media"]["file"]).exists()


# For hosts that redirect

FORMS = {
    "nginx": [
        "location = /radio/audio/{first} { return 302 /radio/audio/{second}; }",
        "location = /radio/audio/{rain} { return 410; }",
    ],
    "apache": [
        "Redirect 302 /radio/audio/{first} /radio/audio/{second}",
        "Redirect gone /radio/audio/{rain}",
    ],
    "netlify": [
        "/radio/audio/{first} /radio/audio/{second} 302!",
        "/radio/audio/{rain} /radio/feed/index.html 404!",
    ],
    "cloudflare": [
        "/radio/audio/{first} /radio/audio/{second} 302",
        "# delete /radio/audio/{rain}",
    ],
}


@pytest.fixture
def moved(two, run, epoch):
    """Return a station below a folder of its host, one episode corrected, one withdrawn, and their files."""
    edit(two, "[show]", '[show]\nbase_url = "https://news.example.org/radio/"', "nashra.toml")
    files = {"first": record(two)["media"]["file"], "rain": record(two, "rain")["media"]["file"]}
    edit(two, WRONG, RIGHT)
    assert run(two, "build", epoch=epoch + DAY).code == 0
    assert run(two, "withdraw", "rain", epoch=epoch + DAY).code == 0
    return two, files | {"second": record(two)["media"]["file"]}


def test_the_table_comes_in_the_form_of_every_host(moved, run):
    """With the path below which the station lies there; as JSON for all others."""
    folder, files = moved
    assert set(FORMS) == set(redirects.HOSTS)
    for host, form in FORMS.items():
        expected = form
        for name, file in files.items():
            expected = [line.replace(f"{{{name}}}", file) for line in expected]
        assert run(folder, "redirects", "--for", host).out.splitlines() == expected
    assert json.loads(run(folder, "redirects").out) == table(folder)


NGINX = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;
events {{}}
http {{
  access_log off;
  server {{
    listen 127.0.0.1:{port};
    include {folder}/rules.conf;
    location /radio/ {{ alias {station}/; }}
  }}
}}
"""


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not there: apt-get install nginx")
def test_nginx_leads_an_old_address_to_the_new_sound_and_says_what_is_gone(moved, run, tmp_path):
    """In one step to the bytes of the newest; 410 for the withdrawn one, whose file is still there."""
    folder, files = moved
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "rules.conf").write_text(run(folder, "redirects", "--for", "nginx").out, "utf-8")
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, port=port, station=folder), "utf-8")
    with subprocess.Popen(["nginx", "-c", str(tmp_path / "nginx.conf")], stderr=subprocess.PIPE) as server:
        try:
            _wait_for(port, server)
            address = f"http://127.0.0.1:{port}/radio/audio/"
            with urlopen(address + files["first"]) as answer:  # noqa: S310 on loopback
                assert answer.url == address + files["second"]
                assert answer.read() == (folder / "audio" / files["second"]).read_bytes()
            with pytest.raises(HTTPError) as gone:
                urlopen(address + files["rain"])  # noqa: S310 on loopback
            assert gone.value.code == 410
            gone.value.close()
            assert (folder / "audio" / files["rain"]).exists()
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    """Return once the port answers; a server that ended instead says why."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert server.poll() is None, server.stderr.read()
            time.sleep(0.02)
        else:
            return


def test_a_station_where_nothing_moved_has_no_redirects(told, run):
    """Not even an empty table."""
    assert run(told, "redirects").out == "[]\n"
    assert run(told, "redirects", "--for", "nginx").out == ""
