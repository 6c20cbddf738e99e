"""What a person meets at the terminal first: the list of commands, and what a mistyped line is told."""

import re

import click
import pytest

from nashra import cli
from nashra.commands.grouping import GROUPS

COMMANDS = cli.cli.commands
NAMES = [name for _title, rows in GROUPS for name, _line in rows]


def test_every_command_is_in_one_group():
    """`nashra --help` would not show a command that the table forgot."""
    assert sorted(NAMES) == sorted(COMMANDS)


def test_help_lists_the_commands_in_groups(run, tmp_path):
    """The groups stand in the order of a day's work, with a line for each command, and none is cut."""
    shown = run(tmp_path, "--help").out
    places = [shown.index(f"\n{title}:") for title, _rows in GROUPS]
    assert places == sorted(places)
    assert re.findall(r"^  ([a-z]+)  +[a-z]", shown, re.MULTILINE) == NAMES
    assert "..." not in shown[places[0] :]


def test_the_lines_of_help_are_plain():
    """A line is a few words on one line of a terminal of 80 columns, and ends without a stop."""
    for _title, rows in GROUPS:
        for _name, line in rows:
            assert len(line) <= 64
            assert line[0].islower()
            assert line[-1].isalpha()


def every(command, path="nashra"):
    """Return every command and command of a group, with how it is called."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from every(below, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), [pytest.param(*each, id=each[0]) for each in every(cli.cli)])
def test_the_words_of_help_are_the_same_everywhere(path, command):
    """Sentences begin with a capital and end with a stop; what holds without an option is called usual."""
    assert command.help[0].isupper()
    assert command.help.split("\n\n")[0].strip().endswith("."), path
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help[0].isupper(), f"{path} {option.opts}"
            assert option.help.endswith("."), f"{path} {option.opts}"
            assert "default" not in option.help.lower(), f"{path} {option.opts}"


MISTAKES = {
    "bulid": "there is no command `bulid`, the nearest: `build`",
    "--station x build": "no such option: --station, the nearest: --version",
    "build --forse": "no such option: --forse, the nearest: --force, --jobs, --store",
    "build --jobs all": "invalid value for '--jobs': 'all' is not a valid number",
    "build --jobs 0": "invalid value for '--jobs': 0 is not in the range x>=1",
    "build --reissue": "--reissue needs the articles that shall be issued anew",
    "read": "missing argument 'SOURCE'",
    "move": "name the new address, or say --undo",
    "lexicon ad": "no such command 'ad'",
    "spoken --endings no": "invalid value for '--endings': 'no' is not one of 'all', 'pause', 'none'",
    "say x --voice": "option '--voice' requires an argument",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistyped_command_is_told_in_one_line(run, tmp_path, line):
    """Where, what and what next, as every other error; the exit code is that of a wrong setting."""
    ran = run(tmp_path, *line.split())
    told = re.fullmatch(
        r"nashra: (?:[a-z]+: )?(.+); `nashra (?:[a-z]+ )?--help` says what it takes\n", ran.err
    )
    assert told[1] == MISTAKES[line]
    assert (ran.code, ran.out) == (2, "")
