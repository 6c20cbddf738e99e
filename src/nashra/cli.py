"""The command line: arguments in, values down, lines out. Clock and environment are read here only."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

import click

from nashra import __version__
from nashra.commands import (
    articles,
    building,
    cache,
    checking,
    correcting,
    examining,
    inspecting,
    moving,
    pruning,
    publishing,
    pulling,
    serving,
    starting,
    verifying,
    wording,
)
from nashra.commands.grouping import Grouped, told
from nashra.commands.reporting import complain
from nashra.errors import ConfigurationError, NashraError


class Ended(KeyboardInterrupt):
    """Somebody asks for the end (SIGTERM), or the terminal is gone (SIGHUP); has the signal's number."""


def _end(number: int, _frame: object) -> NoReturn:
    raise Ended(number)


def _heed_signals() -> None:
    """End on SIGTERM and SIGHUP as on Ctrl-C: engines closed, no part of a file left behind."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # not in the main thread: whoever runs us there handles signals
                signal.signal(number, _end)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0, the code of the error's branch, or 128 and a signal's number."""
    _heed_signals()
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and C locales would stop at the first Arabic letter.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    for threads in ("TT_ORT_THREADS", "OPENBLAS_NUM_THREADS"):
        # Our own threads fill the cores. Those of onnxruntime wait for work by spinning: 0.8 s of a
        # build's 3.5 s of CPU, taken from the encoder.
        os.environ.setdefault(threads, "1")
    # onnxruntime 1.32 tells its maker, over the network, of every model that is run.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    # Ten thousand records are no garbage, and looking through them for some took a tenth of a build.
    gc.set_threshold(200_000, 20, 50)
    # All that was loaded goes with the process: to look through it for garbage took 0.13 s at the end.
    atexit.register(gc.freeze)
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = cli.main(arguments, prog_name="nashra", standalone_mode=False)
    except NashraError as failure:
        if "--debug" in arguments:
            traceback.print_exc()
        complain(failure)
        code = failure.exit_code
    except click.ClickException as wrong:
        what, where, then = told(wrong)
        complain(ConfigurationError(what, where=where, then=then))
        code = ConfigurationError.exit_code
    except (click.Abort, KeyboardInterrupt) as end:
        cause = end.__cause__  # click makes an Abort of what it is interrupted by
        code = 128 + (cause.args[0] if isinstance(cause, Ended) else signal.SIGINT)
        with suppress(OSError):  # the terminal may be what is gone
            click.echo("stopped; every finished clip is kept, the same command goes on from there", err=True)
    sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Grouped, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="nashra")
def cli() -> None:
    """Turn written Arabic news into a podcast."""


for command in (
    building.build,
    starting.init,
    wording.lexicon,
    wording.say,
    wording.script,
    wording.spoken,
    articles.read,
    articles.add,
    cache.cache,
    checking.check,
    correcting.withdraw,
    correcting.redirects,
    examining.doctor,
    inspecting.inspect,
    moving.move,
    pulling.pull,
    pulling.approve,
    pruning.prune,
    verifying.verify,
    serving.serve,
    serving.watch,
    publishing.publish,
    publishing.restore,
):
    cli.add_command(command)
