"""Python's collector of cycles rests while a filing is read or analysed."""

from __future__ import annotations

import gc
from contextlib import ContextDecorator
from threading import Lock


class _Paused(ContextDecorator):
    """Reading, and all that follows from it, makes many small objects and no cycles among them: looking through them
    for cycles, again and again, takes a third of the time of a large file.

    The collector is one for all threads: it rests while any of them works, and runs again after the last, if it ran
    before the first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._working = 0
        self._ran = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._working:
                self._ran = gc.isenabled()
                gc.disable()
            self._working += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._working -= 1
            if not self._working and self._ran:
                gc.enable()


#: While a filing is read, or analysed.
COLLECTOR_PAUSED = _Paused()
