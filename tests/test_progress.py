"""How far a long build is, told to a terminal, to programs, to Prometheus."""

import json
import re

import pytest

from nashra.build import Outcome
from nashra.cluster.orders import Answer, Order
from nashra.cluster.standing import Standing, as_json, as_line, as_metrics
from nashra.commands.cluster import Monitor
from nashra.errors import ArticleError
from nashra.model import Voice

SAMPLE = re.compile(r'(nashra_build_\w+)\{station="((?:[^"\\]|\\.)*)",phase="(\w+)"\} ([0-9.]+)')
"""A line of Prometheus's text format, as its documentation has it."""


def samples(text):
    """Return the values by name, having looked whether each has its HELP and TYPE before it."""
    found, announced = {}, set()
    for line in text.splitlines():
        if line.startswith("#"):
            announced.add(tuple(line.split()[1:3]))
        else:
            name, *_labels, value = SAMPLE.fullmatch(line).groups()
            assert {("HELP", name), ("TYPE", name)} <= announced
            found[name.removeprefix("nashra_build_")] = float(value)
    return found


def test_json_and_metrics_of_a_build_tell_what_was_made(station, run, news, brief):
    """Lines of JSON only on stdout, the last one the result; the file agrees with it."""
    folder = station({"harbour.txt": news, "rain.txt": brief, "empty.txt": b""}, name="newsroom")
    ran = run(folder, "build", "--json", "--metrics", "build.prom")
    assert ran.code == 3
    *progress, end = map(json.loads, ran.out.splitlines())
    assert end["event"] == "finished"
    assert (end["station"], len(end["made"]), end["articles"], end["failed"]) == ("newsroom", 2, 3, 1)
    assert progress[0]["articles"] == 3
    assert progress[-1]["failures"] == [{"article": "articles/empty.txt:1", "why": "is empty"}]
    assert (progress[-1]["clips"], progress[-1]["done"]) == (16, 3)
    found = samples((folder / "build.prom").read_text("utf-8"))
    assert (found["articles"], found["articles_done"], found["articles_failed"]) == (3, 3, 1)
    assert (found["clips_done"], found["chapters_done"]) == (16, 6)
    assert found["sound_seconds"] == progress[-1]["sound_s"] > 20


def test_a_station_s_name_breaks_no_line_of_the_metrics():
    """Quotes, backslashes and line ends in a folder's name are escaped."""
    assert len(samples(as_metrics(Standing("build", 3), 'a"b\\c\nd'))) == 8


def test_time_left_follows_from_the_rate():
    """A quarter done in a minute: three more; nothing done: nobody knows."""
    now = Standing("cluster", 120, 30, workers=4, since_s=60.0)
    assert as_json(now)["left_s"] == 180.0
    assert "3 min left" in as_line(now)
    assert as_json(Standing("cluster", 120))["left_s"] is None
    assert "left" not in as_line(Standing("cluster", 120))


def test_what_failed_on_the_cluster_is_in_its_progress_with_the_reason(tmp_path):
    """Every answer counts as done; failed ones are named."""

    class Nobody:
        def __getattr__(self, _name):
            return lambda *_said: None

    file = tmp_path / "m.prom"
    monitor = Monitor(Nobody(), "news", as_lines=False, metrics=file)
    monitor.begin("cluster", 2)
    order = Order("a.txt", b"", Voice("tone", "ar"), "desk")
    monitor.answered(order, Answer(failed="ended its process 3 times", deadly=True))
    monitor.answered(order, Answer(chapters=4))
    monitor.begin("build", 2)
    monitor.over()
    monitor.end(Outcome((), 0, 2, (ArticleError("died", where="a.txt"),), (), {}, {}, ()))
    assert samples(file.read_text("utf-8"))["articles_failed"] == 1


@pytest.mark.parametrize("path", ["nowhere/build.prom"])
def test_a_metrics_file_gets_its_folder(station, run, brief, path):
    """The collector's folder may not be there yet."""
    folder = station({"rain.txt": brief})
    assert run(folder, "build", "--metrics", path).code == 0
    assert samples((folder / path).read_text("utf-8"))["articles_done"] == 1
