"""The commands in groups, in the order in which a day's work needs them, each with its one line."""

from __future__ import annotations

import difflib
import re

import click

_NEAREST = re.compile(r" Did you mean (.+)\?$| \(Possible options: (.+)\)$")

GROUPS = (
    (
        "Write",
        (
            ("init", "make a new station"),
            ("add", "take an article from a file, a link or the clipboard"),
            ("read", "show how an article is understood"),
            ("pull", "bring in new articles from your site's feed, as drafts"),
            ("approve", "make a draft an article that listeners get"),
        ),
    ),
    (
        "Hear",
        (
            ("script", "show what will be said of an article"),
            ("spoken", "show lines of text as they will be said"),
            ("say", "speak one sentence into a file"),
            ("lexicon", "say a word or name so from now on"),
        ),
    ),
    (
        "Build",
        (
            ("build", "make the episodes of new and edited articles, and the feed"),
            ("withdraw", "take an episode off the air"),
        ),
    ),
    (
        "Look",
        (
            ("watch", "build on every edit, and show the station"),
            ("serve", "show the station to this machine, or to your phone"),
            ("inspect", "measure an episode, and draw it"),
            ("check", "find what podcast apps and directories would refuse"),
        ),
    ),
    (
        "Publish",
        (
            ("publish", "bring the station to where its listeners find it"),
            ("move", "take the podcast and its listeners to another address"),
            ("redirects", "print where earlier addresses of sounds lead"),
        ),
    ),
    (
        "Keep safe",
        (
            ("verify", "find what is damaged, lost or foreign"),
            ("restore", "bring records and sound back from the live feed"),
            ("doctor", "try all that this machine needs, and say what to do"),
            ("prune", "delete old files that no episode needs any more"),
            ("cache", "look after the finished work that is kept"),
        ),
    ),
)
"""Of each group its title, and its commands with the line that `nashra --help` and README have of them."""


class Grouped(click.Group):
    """A group of commands that lists them as GROUPS does, and knows what a mistyped one was meant to be."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 click's
        """Write the commands, group by group."""
        width = max(len(name) for name in self.commands)
        for title, rows in GROUPS:
            with formatter.section(title):
                # Padded, so that all groups stand in the same columns.
                formatter.write_dl([(name.ljust(width), line) for name, line in rows])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; raises click.UsageError, which names the nearest one."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.commands, 1)
            hint = f", the nearest: `{near[0]}`" if near else ""
            raise click.UsageError(f"there is no command `{name}`{hint}")
        return super().resolve_command(ctx, args)


def told(wrong: click.ClickException) -> tuple[str, str, str]:
    """Return what click finds wrong with a command line: what, where, what next."""
    context = getattr(wrong, "ctx", None)
    command = context.command_path if context else "nashra"
    what = _NEAREST.sub(r", the nearest: \1\2", " ".join(wrong.format_message().split())).rstrip(".")
    if what[1:2].islower():
        what = what[0].lower() + what[1:]
    where = command.removeprefix("nashra").lstrip()
    return what, where, f"`{command} --help` says what it takes"
