"""`python -m capxbrl`, and what the command `capxbrl` runs: nothing is loaded before what may go wrong can be told."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

#: Below this, the libraries do not even load; and what they need grows with their threads.
_LEAST_MEMORY = 190 << 20


def run() -> None:
    """The command line. Whatever happens while it is loaded, or outside of a command, is one line and status 2; an
    interrupt at any moment is status 130.
    """
    try:
        _open_streams()
        _look_at_memory()
        from .cli import main

        main()
    except KeyboardInterrupt:
        _stop("interrupted", 130)
    except MemoryError:
        _stop("there is not enough memory")
    except OSError as error:  # of --help and --version, which are no commands
        _stop(f"cannot write: {error.strerror or error}")
    except (ImportError, SystemError) as error:
        # What C code makes of no memory; where there is enough, it is a fault of ours.
        if _allowed_memory() is None and "allocate" not in str(error) and "map segment" not in str(error):
            raise
        _stop("there is not enough memory")
    finally:
        _end()


def _end() -> None:
    """All is written: while Python takes itself down, an interrupt has nothing to stop and nobody to tell."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _open_streams() -> None:
    """A stream that the caller has closed leads nowhere: else the next file that is opened takes its place."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            if opened != number:
                os.dup2(opened, number)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


def _look_at_memory() -> None:
    """Raises MemoryError where the libraries in C would end the process by themselves."""
    allowed = _allowed_memory()
    if allowed is not None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        if allowed < _LEAST_MEMORY:
            raise MemoryError


def _allowed_memory() -> int | None:
    """Bytes of address space; None where there is no limit."""
    try:
        import resource
    except ImportError:
        return None
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if allowed == resource.RLIM_INFINITY else allowed


def _stop(why: str, status: int = 2) -> NoReturn:
    _end()
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left in a buffer fails no more
        sys.stderr.write(f"capxbrl: {why}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass
    sys.exit(status)


if __name__ == "__main__":
    run()
