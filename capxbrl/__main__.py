"""`python -m capxbrl`, and what the command `capxbrl` runs: nothing is loaded before an interrupt can be answered."""

from __future__ import annotations

import os
import sys

#: The arrays of tagging are small: threads of linear algebra that wait for each other double the time they take, and
#: sums of floats would depend on their number. Read when numpy is loaded; what the caller has set is left alone.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def run() -> None:
    """The command line; an interrupt at any moment gives one line and exit status 130."""
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        from .cli import main

        main()
    except KeyboardInterrupt:
        sys.stderr.write("capxbrl: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
