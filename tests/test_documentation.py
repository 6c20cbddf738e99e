"""The documentation says what the program does."""

import dataclasses
import re
import tomllib
from pathlib import Path

import click
import pytest

from nashra import cli, configuration, errors, starting
from nashra.articles.front_matter import FIELDS
from nashra.checking.rules import RULES
from nashra.commands.grouping import GROUPS
from nashra.feed import podcasting
from nashra.settings import Settings, Show, Source, Strand
from nashra.verifying.violation import NEXT

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TEMPLATES = (ROOT / "docs" / "templates.md").read_text("utf-8")
COMMANDS_TOLD = (ROOT / "docs" / "commands.md").read_text("utf-8")
KEYS = (ROOT / "docs" / "configuration.md").read_text("utf-8")
COMMANDS = cli.cli.commands


def usual_values() -> dict[str, object]:
    show = Settings(Show("x"), source=(Source(""),), feed=(Strand("", ""),))
    return flat(dataclasses.asdict(show))


def flat(sections: dict) -> dict[str, object]:
    """Return the values by dotted key; of tables in double brackets, those of the first."""
    return {
        f"{section}.{key}": tuple(value) if isinstance(value, list) else value
        for section, values in sections.items()
        for key, value in (values[0] if isinstance(values, list | tuple) else values).items()
    }


def test_readme_begins_with_its_two_commands():
    """The first two indented lines of README are what CI runs."""
    indented = [line.strip() for line in README.splitlines() if line.startswith("    ")]
    assert indented[:2] == ["pip install -e . && nashra build", 'pip install -e ".[test]" && pytest']


def test_readme_has_the_commands_as_help_has_them():
    """The table of README is that of `nashra --help`: groups, order and lines."""
    rows = re.findall(r"^\| (?:\*\*(.+)\*\*)? ?\| `nashra (\w+)` \| (.+) \|$", README, re.MULTILINE)
    titled = [
        (title if number == 0 else "", *row) for title, said in GROUPS for number, row in enumerate(said)
    ]
    assert rows == titled


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(name):
    """Each command and each of its options says what it does."""
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def options(command: click.Command) -> set[str]:
    """Return the long options of a command and of those below it, but for what every command takes."""
    below = getattr(command, "commands", {}).values()
    own = {name for each in command.params for name in (*each.opts, *each.secondary_opts) if name[:2] == "--"}
    return own.union(*map(options, below)) - {"--station", "--debug"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_documented(name):
    """The command's row of docs/commands.md names its options, and no others."""
    (row,) = re.findall(rf"^\| `nashra {name}\b.*$", COMMANDS_TOLD, re.MULTILINE)
    assert set(re.findall(r"`(--[a-z-]+)[ `]", row)) == options(COMMANDS[name])


def test_the_commands_are_told_in_their_groups():
    """docs/commands.md has the groups of `nashra --help`, and in each its commands in their order."""
    told = [
        (part.splitlines()[0], re.findall(r"^\| `nashra (\w+)", part, re.MULTILINE))
        for part in COMMANDS_TOLD.split("\n## ")[1:-1]
    ]
    assert told == [(title, [name for name, _line in said]) for title, said in GROUPS]


def test_every_exit_code_is_documented():
    """docs/commands.md has the codes of the error tree."""
    codes = {
        each.exit_code
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, Exception)
    }
    said = re.findall(r"^\| (\d) \|", COMMANDS_TOLD, re.MULTILINE)
    assert set(map(int, said)) == codes | {0}


def test_configuration_lists_every_key_with_its_usual_value():
    """docs/configuration.md and the program know the same keys and the same values."""
    rows = dict(re.findall(r"^\| `(\w+\.\w+)` \| (.+?) \|", KEYS, re.MULTILINE))
    assert set(rows) == set(configuration.known_keys())
    for key, value in usual_values().items():
        said = re.fullmatch(r"`(.+)`", rows[key])
        if said:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            assert said[1] == shown, key
        elif key not in {"show.title", "source.url", "feed.name", "feed.title"}:
            assert rows[key].startswith("empty"), key
            assert not value, key


def test_init_writes_every_key_with_its_usual_value():
    """The comments in a new nashra.toml, uncommented, are the usual settings; but its jingle is played."""
    text = re.sub(r"^# (\w+ = |\[\[)", r"\1", starting.CONFIGURATION.format(title='"x"'), flags=re.MULTILINE)
    given = {f"sound.{key}": f"sounds/{name}" for key, name in starting.SOUNDS.items()}
    # Only in a new station: one that does not name its engine keeps the voice that it always had.
    own = {"show.title": "x", "voice.engine": "auto"}
    assert flat(tomllib.loads(text)) == usual_values() | own | given


def test_settings_stand_in_one_order():
    """Who looks a line of nashra.toml up finds it where it stands there: groups and sections are the same."""
    groups = re.findall(r"^## (.+)$", KEYS, re.MULTILINE)
    assert re.findall(r"^# ([A-Z][\w, ]+)$", starting.CONFIGURATION, re.MULTILINE) == groups
    told = dict.fromkeys(re.findall(r"^\| `(\w+)\.\w+` \|", KEYS, re.MULTILINE))
    assert re.findall(r"^(?:# )?\[+(\w+)\]", starting.CONFIGURATION, re.MULTILINE) == list(told)


def test_every_template_is_documented():
    """The table of templates names every file in templates/ that a station may override."""
    files = {path.name for path in (ROOT / "templates").iterdir()} - {starting.WELCOME}
    assert {name for name in files if f"`{name}`" in TEMPLATES} == files


def test_every_tag_of_the_podcast_name_space_is_documented():
    """docs/feed.md names the tags of the two tables, and no others."""
    rows = re.findall(r"^\| (`\w+:.+?) \|", (ROOT / "docs" / "feed.md").read_text("utf-8"), re.MULTILINE)
    said = {name for row in rows for name in re.findall(r"`(\w+:\w+)`", row)}
    written = {row.name for row in (*podcasting.CHANNEL, *podcasting.ITEM)}
    assert said == {name for name in written if not name.startswith("itunes:")}


def test_every_rule_of_check_is_documented():
    """The table of docs/check.md is the table of rules: names, weights, what to do, in its order."""
    text = (ROOT / "docs" / "check.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (must|should) \| .+ \| (.+) \|$", text, re.MULTILINE)
    assert rows == [(rule.name, rule.level, rule.then) for rule in RULES]


def test_front_matter_fields_are_documented():
    """docs/articles.md names every field that front matter may have."""
    text = (ROOT / "docs" / "articles.md").read_text("utf-8")
    line = text[text.index("It may have") : text.index("## What is too much")]
    assert {field for field in FIELDS if f"`{field}`" in line} == set(FIELDS)


def test_every_test_that_keeps_a_promise_exists():
    """Each promise of docs/reliability.md names tests, and those are there."""
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    promises = text[: text.index("## What it does not promise")]
    rows = re.findall(r"^\| .+ \| (`tests/.+) \|$", promises, re.MULTILINE)
    assert len(rows) >= 8
    for file, test in re.findall(r"`(tests/\w+\.py)::(\w+)`", "".join(rows)):
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), test


def test_every_invariant_of_verify_is_documented():
    """docs/reliability.md has the invariants of `nashra verify`, and the two that need two runs."""
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    assert set(re.findall(r"^\| (I\d+) \|", text, re.MULTILINE)) == {*NEXT, "I8", "I10"}


CASE = re.compile(
    r"^\| (?P<case>[A-Z]\d+) \| (?P<done>[^|]+) \| (?P<must>[^|]+) \| (?P<held>[^|]+) \|$", re.MULTILINE
)
FAULTS = list(CASE.finditer((ROOT / "docs" / "faults.md").read_text("utf-8")))


def test_every_case_that_was_tried_has_its_number():
    """No row of docs/faults.md is without a test, none has another's number, and they stand in order."""
    rows = [line for line in (ROOT / "docs" / "faults.md").read_text("utf-8").splitlines() if line[:1] == "|"]
    heads = sum(line.startswith(("| case |", "|---")) for line in rows)
    assert len(FAULTS) == len(rows) - heads
    cases = [(found["case"][0], int(found["case"][1:])) for found in FAULTS]
    assert len(set(cases)) == len(cases)
    for group in {letter for letter, _number in cases}:
        numbers = [number for letter, number in cases if letter == group]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize("found", FAULTS, ids=lambda found: found["case"])
def test_what_holds_a_case_is_a_test(found):
    """Each name is that of a test function in the file that is named."""
    held = [name.strip() for name in found["held"].split(",")]
    assert held
    for name in held:
        file, test = re.fullmatch(r"`(test_\w+)::(test_\w+)`", name).groups()
        source = (ROOT / "tests" / f"{file}.py").read_text("utf-8")
        assert re.search(rf"^def {test}\(", source, re.MULTILINE), name
