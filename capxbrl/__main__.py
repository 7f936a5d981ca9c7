"""`python -m capxbrl`, and what the command `capxbrl` runs: nothing is loaded before an interrupt can be answered."""

from __future__ import annotations

import sys


def run() -> None:
    """The command line; an interrupt at any moment gives one line and exit status 130."""
    try:
        from .cli import main

        main()
    except KeyboardInterrupt:
        sys.stderr.write("capxbrl: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
