"""The process that holds a loaded taxonomy and lets a fork of itself validate each report."""

from __future__ import annotations

import gc
import multiprocessing
import os
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..findings import UnreadableInput
from .limits import Ended, Limits, bounded, confine
from .log import Collector
from .preload import Loaded, Served, load, validate_on
from .records import Validation
from .runs import stopped
from .session import Base, environment

#: Seconds, beyond the limits of loading the taxonomy and of a report, after which a server is given up.
_PATIENCE = 5


class Server:
    """It answers a report with its Validation, or with None: not sure."""

    def __init__(
        self, first: Path, packages: tuple[Path, ...], folders: tuple[Path, ...], base: Base, limits: Limits
    ) -> None:
        context = multiprocessing.get_context("fork")
        self.base = base
        self._patience = limits.seconds + _PATIENCE
        self._folder = tempfile.TemporaryDirectory(prefix=f"capxbrl-{os.getpid()}-")
        self._connection, other = context.Pipe()
        served = Served(packages, folders, base, limits, Path(self._folder.name))
        self._process = context.Process(
            target=_serve, args=((other, self._connection), first, served, os.getpid()), daemon=True
        )
        self._process.start()
        other.close()
        # The first report need not be there any longer than this: a conversion's is gone once it is judged.
        with suppress(OSError, EOFError):
            if self._connection.poll(limits.seconds + _PATIENCE):
                self._connection.recv()
            else:
                self._process.kill()  # else what it says late would be taken for an answer

    def validate(self, report: Path) -> Validation | None:
        """Raises UnreadableInput."""
        try:
            self._connection.send(report)
            if not self._connection.poll(self._patience):
                self._process.kill()
                return None
            answer = self._connection.recv()
        except (OSError, EOFError):  # it has ended: everything goes the plain way
            return None
        if isinstance(answer, UnreadableInput):
            raise answer
        return answer if isinstance(answer, Validation) else None

    def close(self) -> None:
        self._connection.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._folder.cleanup()


def _serve(ends: tuple[Connection, Connection], first: Path, served: Served, parent: int) -> None:
    """Load and validate the taxonomy; then, for each report asked for, fork and let the fork answer."""
    connection, callers = ends
    callers.close()  # else the caller's end stays open here, and its closing is never noticed
    try:
        confine(served.limits, parent)
        _answer_all(connection, first, served)
    except BaseException:  # the caller sees the connection end, and goes the plain way
        os._exit(1)


def _answer_all(connection: Connection, first: Path, served: Served) -> None:
    from arelle.api.Session import Session

    log = Collector()
    with environment(str(served.folder)), Session() as session:
        loaded = load(session, log, first, served)
        gc.collect()
        gc.freeze()  # the forks share the pages; a collection in them would copy all
        connection.send(None)  # loaded
        while True:
            try:
                report = connection.recv()
            except EOFError:
                os._exit(0)
            # Where the taxonomy itself is not clean, the plain way tells it.
            connection.send(None if log.records else _answer(loaded, report, served))


def _answer(loaded: Loaded, report: Path, served: Served) -> Validation | UnreadableInput | None:
    """Let a fork validate the report: what it says, or what is told where it was stopped; None where that is not
    certain."""
    try:
        made: Any = bounded(validate_on, (loaded, report, served), served.limits)
    except UnreadableInput as error:
        return error
    except Exception:  # whatever it is: the plain way tells it
        return None
    if isinstance(made, Ended):
        return None if made.why == "died" else stopped(report, made, served.limits)
    return made if isinstance(made, Validation) else None
