"""Several shows below one folder, built by one command."""

import pytest

from nashra import stations
from nashra.errors import ConfigurationError


@pytest.fixture
def agency(tmp_path, station, brief):
    """Return a folder of three shows at different depths; `north/sport` has a broken nashra.toml."""
    folder = tmp_path / "agency"
    for name in ("south", "north/news", "north/sport"):
        station({"rain.txt": brief}, name=f"agency/{name}")
    (folder / "north" / "sport" / "nashra.toml").write_text("[show]\ntitel = 1\n", "utf-8")
    return folder


def test_every_station_below_a_folder_is_built_in_order_though_one_is_broken(agency, run):
    """A line each in order of name, the broken one's complaint with its place, and its exit code."""
    ran = run(agency.parent, "build", "--all", "agency")
    assert ran.out.splitlines() == [
        "north/news: 1 made of 1 article",
        "north/sport: failed",
        "south: 1 made of 1 article",
    ]
    assert len(ran.complaints) == 1
    assert ran.complaints[0].startswith("nashra: north/sport/nashra.toml:2: unknown key")
    assert ran.code == 2
    for name in ("south", "north/news"):
        assert (agency / name / "feed" / "feed.xml").is_file()


def test_an_article_that_fails_is_named_with_its_station_and_its_code_is_the_command_s(agency, run):
    """One failure in all: its own exit code; two: 1."""
    (agency / "north" / "sport" / "nashra.toml").write_text('[show]\ntitle = "رياضة"\n[voice]\nengine="tone"')
    for name in ("south", "north/news"):
        (agency / name / "articles" / "empty.txt").write_bytes(b"")
    ran = run(agency.parent, "build", "--all", "agency")
    assert ran.code == 1
    assert [line.split(":")[1] for line in ran.complaints] == [
        " north/news/articles/empty.txt",
        " south/articles/empty.txt",
    ]
    assert "south: 1 made of 2 articles, 1 failed" in ran.out
    (agency / "south" / "articles" / "empty.txt").unlink()
    assert run(agency.parent, "build", "--all", "agency").code == 3


def test_what_lies_in_a_station_s_own_or_a_hidden_folder_is_no_show(agency):
    """An article's folder, an archive under a dot, a link upwards: none is looked into."""
    for inside in ("south/articles/x", ".archive/y", "south/.nashra/z"):
        (agency / inside).mkdir(parents=True, exist_ok=True)
        (agency / inside / "nashra.toml").write_text("", "utf-8")
    (agency / "loop").symlink_to(agency)
    found = [root.relative_to(agency).as_posix() for root in stations.below(agency)]
    assert found == ["north/news", "north/sport", "south"]


def test_a_folder_without_a_station_is_an_error(tmp_path):
    """Nothing below, or no such folder: what, where, what next."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ConfigurationError, match=str(folder)):
            stations.below(folder)


def test_all_takes_neither_articles_nor_a_station(agency, run):
    """Two ways to say what is built exclude one another."""
    assert run(agency.parent, "build", "--all", "agency", "rain.txt").code == 2
    assert run(agency.parent, "build", "--all", "agency", "--station", "agency/south").code == 2
