"""`python -m capxbrl`, and what the command `capxbrl` runs: nothing is loaded before what may go wrong can be told."""

from __future__ import annotations

import _thread
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

#: Below this, the libraries do not even load; and what they need grows with their threads.
_LEAST_MEMORY = 190 << 20


def run() -> None:
    """The command line. Whatever happens while it is loaded, or outside of a command, is one line and status 2; an
    interrupt at any moment is status 130.
    """
    pressed: list[int] = []
    try:
        _open_streams()
        _hear(pressed)
        _look_at_memory()
        # The modules and tables of a command last; looking through them for cycles takes 2 % of a short one.
        gc.set_threshold(100_000, 20, 10)
        from .cli import main

        main()
    except KeyboardInterrupt:
        _stop("interrupted", 130)
    except Exception as error:
        if pressed:  # C code, such as the compiler, makes another error of an interrupt
            _stop("interrupted", 130)
        why = _words(error)
        if not why:
            raise
        _stop(why)
    finally:
        _end()


def _hear(pressed: list[int]) -> None:
    """An interrupt is noted as well as raised, unless the caller has it ignored."""
    import signal

    def interrupt(number: int, frame: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
        sys.unraisablehook = _again


def _again(told: Any) -> None:
    """An interrupt within what cannot raise (the callback of a weak reference, while modules are loaded) comes anew."""
    if isinstance(told.exc_value, KeyboardInterrupt):
        _thread.start_new_thread(_thread.interrupt_main, ())
    else:
        sys.__unraisablehook__(told)


def _words(error: Exception) -> str:
    """What an error outside of a command is to the user; "" for a fault of ours."""
    if isinstance(error, OSError):  # of --help and --version, which are no commands
        return f"cannot write: {error.strerror or error}"
    # What C code makes of no memory; where there is enough, it is a fault of ours.
    by_c = isinstance(error, ImportError) and any(w in str(error) for w in ("allocate", "map segment"))
    by_c = by_c or (isinstance(error, ImportError | SystemError) and _allowed_memory() is not None)
    return "there is not enough memory" if by_c or isinstance(error, MemoryError) else ""


def _end() -> None:
    """All is written: while Python takes itself down, an interrupt has nothing to stop and nobody to tell, and to look
    for cycles in all that there is takes a seventh of the time of a short command."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


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
    # Its matrices are small: a second thread waits for the first and takes a processor from others.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    allowed = _allowed_memory()
    if allowed is not None and allowed < _LEAST_MEMORY:
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
