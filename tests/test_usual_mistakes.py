"""The mistakes that everybody makes once: each is one line that says what, where and what next."""

import socket
import sys

import pytest

from conftest import SETTINGS


def one_line(ran, code: int) -> str:
    """Return the complaint of a command that failed as it should; of progress on stderr there is none."""
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    (line,) = [line for line in ran.err.splitlines() if line.startswith("nashra: ")]
    assert ";" in line, "it does not say what next"
    return line


NOWHERE = (
    "build", "check", "verify", "prune", "serve", "watch", "publish www", "script x", "restore", "pull",
    "add x.txt", "approve x", "withdraw x", "redirects", "inspect x", "move https://a.example/", "cache show",
    "lexicon missing x", "lexicon add x y",
)  # fmt: skip


@pytest.mark.parametrize("line", NOWHERE)
def test_a_command_outside_of_every_station_says_how_to_make_one(run, tmp_path, line):
    """The first thing that goes wrong is a terminal in another folder."""
    assert "`nashra init DIR`" in one_line(run(tmp_path, *line.split()), 2)
    assert list(tmp_path.iterdir()) == []


NEW = {
    "check": (6, "`nashra build` first"),
    "inspect welcome": (5, "run `nashra build`"),
    "publish": (7, "`show.base_url`"),
    "publish www": (7, "`show.base_url`"),
    "build nothing": (3, "articles/nothing: there is no such article"),
    "approve nothing": (3, "articles/nothing: there is no such article"),
    "script nothing": (3, "articles/nothing: there is no such article"),
    "withdraw nothing": (3, "nothing: there is no episode of it"),
    "read nothing.txt": (3, "nothing.txt: is no file"),
    "say مرحبا --voice nobody": (2, "unknown voice `nobody`"),
    "say مرحبا --voice piper": (2, "name an .onnx file"),
    "say مرحبا --voice piper:no.onnx": (2, "there is no such voice"),
    "say مرحبا -o a.ogg": (2, "neither .mp3 nor .wav"),
    "move http://radio.example.org/": (2, "is not https"),
    "move https://radio.example.org/": (2, "never public"),
    "move --undo": (2, "has not moved"),
    "pull": (2, "[[source]]"),
    "build --cluster many": (2, "`many` is no cluster"),
    "build --store nowhere://x": (2, "`store.url`"),
    "build --station nowhere": (2, "has no nashra.toml"),
    "lexicon add كلمة word": (2, "neither Arabic letters nor IPA"),
    "init .": (2, "is a station already"),
    "restore": (2, "`show.base_url`"),
}


@pytest.mark.parametrize("line", NEW)
def test_a_mistake_in_a_new_station_is_one_line(run, station, line):
    """Nothing was built yet, nothing is published, and what is named is not there."""
    code, says = NEW[line]
    assert says in one_line(run(station({"a.txt": "خبر قصير من المدينة اليوم.\n"}), *line.split()), code)


WRONG = {
    "titel": ('[show]\ntitel = "x"\n', "unknown key `show.titel`; did you mean `show.title`?"),
    "a text for a number": (SETTINGS.replace("2.0", '"fast"'), "must be a number, and is a text"),
    "no quotes": ("[show]\ntitle = نشرة\n", "nashra.toml:2: is not TOML: Invalid value"),
    "an engine that is none": (SETTINGS.replace('"tone"', '"espek"'), "must be one of espeak, gtts"),
    "a text for a list": (SETTINGS + '[fetch]\nallow = "x"\n', "must be a list in brackets"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_in_the_settings_is_one_line(run, station, mistake):
    """It names the line of nashra.toml, and says in plain words what may stand there."""
    text, says = WRONG[mistake]
    assert says in one_line(run(station({"a.txt": "خبر.\n"}, text), "build"), 2)


EXTRAS = {
    "boto3": ("publish s3://bucket/", 7, 'pip install "nashra[s3]"'),
    "paramiko": ("publish sftp://host/www", 7, 'pip install "nashra[sftp]"'),
    "distributed": ("build --cluster local:1", 2, 'pip install "nashra[cluster]"'),
    "fsspec": ("build --store s3://bucket", 2, 'pip install "nashra[cluster]"'),
    "av": ("build", 2, 'pip install "nashra[opus]"'),
}


@pytest.mark.parametrize("library", EXTRAS)
def test_what_an_extra_brings_is_asked_for_by_name(run, station, monkeypatch, library):
    """Who did not install an extra is told the command that does."""
    line, code, says = EXTRAS[library]
    monkeypatch.setitem(sys.modules, library, None)  # as if it were not installed
    settings = SETTINGS.replace("[voice]", 'base_url = "https://radio.example.org/"\n\n[voice]')
    if library == "av":
        settings += "\n[podcast]\nopus_kbps = 24\n"
    root = station({"a.txt": "خبر قصير من المدينة اليوم.\n"}, settings)
    if line.startswith("publish"):
        assert run(root, "build").code == 0
    assert says in one_line(run(root, *line.split()), code)


def test_a_port_that_is_taken_is_one_line(run, station):
    """Another server runs already, most often our own."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run(station({"a.txt": "خبر.\n"}), "serve", "--port", str(port))
    assert f"port {port} is in use" in one_line(ran, 2)
