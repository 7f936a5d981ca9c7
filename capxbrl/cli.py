"""The command line: what goes wrong becomes one line and an exit status. Nothing else in the library prints.

Exit status: 0 fine (warnings too), 1 findings of severity error, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

from . import __version__, commands
from .console import say
from .findings import CapxbrlError, one_line

_NO_MEMORY = "there is not enough memory for this input"


class _Group(click.Group):
    """Loads a command when it is called; what goes wrong becomes one line and status 2: 1 is for findings alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(commands.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        wanted = (cmd_name,) if cmd_name in commands.names() else commands.names()  # all, to tell which is meant
        self.commands.update({name: commands.load(name) for name in wanted})
        return self.commands.get(cmd_name)

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **more)
        except KeyboardInterrupt:  # click would say "Aborted!" with status 1
            _stop("interrupted", 130)

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a label may hold what the terminal cannot show
        try:
            made = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return made
        except BrokenPipeError:
            # The reader of our output closed it ("| head"): not an error.
            _close_output()
            sys.exit(0)
        except CapxbrlError as error:
            _stop(str(error))
        except RecursionError:
            _stop("the input is nested too deeply to be read")
        except MemoryError:
            _stop(_NO_MEMORY)
        except KeyboardInterrupt:
            _stop("interrupted", 130)
        except OSError as error:
            _close_output()
            _stop(_NO_MEMORY if error.errno == errno.ENOMEM else f"cannot write: {error.strerror or error}")


def _stop(why: str, status: int = 2) -> NoReturn:
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once more would only cut off what is told
    with suppress(OSError, ValueError):
        say(f"capxbrl: {one_line(why)}", err=True)
    sys.exit(status)


def _close_output() -> None:
    """Nothing more goes to standard output: what is left in its buffer would fail once more when Python ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="capxbrl")
def main() -> None:
    """Turn legacy SEC filings (text, EDGAR ASCII, HTML, PDF) into validated inline XBRL.

    \b
    capxbrl convert filing.txt -o out      the whole road, with validation and a viewer
    capxbrl facts filing.txt               the facts as a table on standard output
    capxbrl check filing.txt               what is wrong or doubtful in the filing
    """


if __name__ == "__main__":
    main()
