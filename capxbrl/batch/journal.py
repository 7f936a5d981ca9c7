"""The journal of a batch: a line of JSON for each filing that is done, written when its outputs are.

It is what `--resume` goes by: a filing is done where the journal has it with the same bytes, options and version, and
its outputs are there as they were written. One process writes it; a line that was torn by a kill, or by a disk that was
full, is cut off and its filing is done again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..findings import CapxbrlError
from .records import Record, line, parsed

NAME = "journal.jsonl"
_SYNC = 1.0  # seconds of work that a power cut may cost


class Journal:
    """An open journal: nobody else may open it meanwhile."""

    def __init__(self, path: Path) -> None:
        """Raises CapxbrlError where it cannot be written, or somebody else writes it."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = open(path, "ab", buffering=0)  # noqa: SIM115 - closed on leaving
            _lock(self._file, path)
            self._file.truncate(_whole(path))
        except OSError as error:
            raise CapxbrlError(f"{path}: cannot write: {error.strerror or error}") from None
        self._synced = time.monotonic()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def records(self) -> Iterator[Record]:
        """Every line, the latest last."""
        return read(self.path)

    def add(self, record: Record) -> None:
        """Raises CapxbrlError."""
        written = line(record)
        try:
            rest = memoryview(written)
            while rest:  # a disk that fills up takes a part, and refuses the next
                rest = rest[os.write(self._file.fileno(), rest) :]
            if time.monotonic() - self._synced > _SYNC:
                self.sync()
        except OSError as error:
            raise CapxbrlError(
                f"{self.path}: cannot write: {error.strerror or error}; take it up again with --resume"
            ) from None

    def sync(self) -> None:
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def empty(self) -> None:
        self._file.truncate(0)


def read(path: Path) -> Iterator[Record]:
    """The records of a journal; lines that are none are passed over."""
    with open(path, "rb") as file:
        yield from filter(None, map(parsed, file))


def _whole(path: Path) -> int:
    """How many bytes of a journal are whole lines."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        step = 1 << 16
        for end in range(size, 0, -step):
            start = max(0, end - step)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
    return 0


def _lock(file: IO[bytes], path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CapxbrlError(f"{path}: another batch is writing there") from None
