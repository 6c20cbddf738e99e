"""A desk that goes on while a build runs: nothing of what it does is forgotten."""

from __future__ import annotations

import time

import pytest

from nashra import publication


@pytest.mark.parametrize("does", ["edits", "deletes", "adds"])
def test_what_a_desk_does_while_a_build_runs_is_for_the_next_build(built, run, brief, monkeypatch, does):
    """It was lost: the state noted as built was the one at the end, and the next had nothing to do."""
    rain = built / "articles" / "rain.txt"
    rain.write_text(brief, "utf-8")
    if does == "adds":
        (built / "articles" / "rain.txt").rename(built / "rain.txt")
        article = built / "articles" / "harbour.txt"
        article.write_text(article.read_text("utf-8").replace("أول", "ثاني"), "utf-8")
    update = publication.update

    def meanwhile(*arguments):
        match does:
            case "edits":
                rain.write_text(brief.replace("خفيفة", "غزيرة"), "utf-8")
            case "deletes":
                rain.unlink()
            case "adds":
                (built / "rain.txt").rename(rain)
        time.sleep(0.2)  # longer than a file system takes for one time
        return update(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(publication, "update", meanwhile)
        assert run(built, "build").code == 0
    time.sleep(0.2)
    assert run(built, "build").code == 0
    said = {"edits": "أمطار غزيرة", "adds": "أمطار خفيفة"}.get(does)
    feed = (built / "feed" / "feed.xml").read_text("utf-8")
    assert said in feed if said else "أمطار" not in feed
