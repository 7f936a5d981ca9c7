"""A job in a process of its own, with limits of time and memory round it: the caller's own process is never limited.

A small report can keep Arelle busy for hours, or take all memory. Neither can be stopped from within: Arelle catches
what is raised in it, and the C code of its parser answers no signal. So the job is done in a child, which is watched,
and killed where it takes too long or holds too much. Linux also gives the child an address space of its own measure
(setrlimit(2), RLIMIT_AS), as one allocation may be faster than any watch, and ends it with its parent (prctl(2)).
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, TypeVar

from ..findings import CapxbrlError
from ..records import dataclass

T = TypeVar("T")

_STEP = 0.02  # seconds between two looks at a child
_MEGABYTE = 1 << 20
_SLACK = 1.25  # of the address space over the memory that is allowed: the watch shall come first
_PDEATHSIG = 1
#: What a fork shall find loaded, as it would load it anew each time.
_HEAVY = ("arelle.api.Session",)
#: Started anew, a child takes nothing from the folder that the caller happens to be in (-P).
_START = "from capxbrl.gate.limits import child; child()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """seconds: from the beginning of a job to its end. megabytes: held in memory by the child, beyond what it was born
    with; watched on Linux only. Raises CapxbrlError for what is no limit.
    """

    seconds: float = 120.0
    megabytes: int = 2048

    def __post_init__(self) -> None:
        if not (self.seconds > 0 and self.megabytes > 0):
            raise CapxbrlError(f"limits are above 0, not {self.seconds} seconds and {self.megabytes} MB")


NORMAL = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A job that gave no answer. why: "time", "memory", or "died" with the status of its process."""

    why: str
    status: int = 0


def can_fork() -> bool:
    """A fork copies only the thread that asks for it: with others running it is not safe. macOS does not bear it."""
    return hasattr(os, "fork") and os.uname().sysname == "Linux" and threading.active_count() == 1


def bounded(job: Callable[..., T], arguments: tuple[Any, ...], limits: Limits) -> T | Ended:
    """What a job gives, done in a child. job: a function of a module. Raises what it raises."""
    with _forked(job, arguments, limits) if can_fork() else _started(job, arguments, limits) as process:
        told = _watched(process, limits)
        if isinstance(told, Ended):
            return told
        if not told:
            return Ended(why="died", status=process.wait())
    good, value = pickle.loads(told)
    if not good:
        raise value
    return value  # type: ignore[no-any-return]


# --- in the parent ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Process:
    """A child and the end of its answer; `pid` 0 where it cannot be watched."""

    pid: int
    answer: IO[bytes]
    kill: Callable[[], None]
    wait: Callable[[], int]


@contextmanager
def _forked(job: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits) -> Iterator[_Process]:
    for name in _HEAVY:
        importlib.import_module(name)
    parent = os.getpid()
    here, there = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(here)
            _answer(there, job, arguments, limits, parent)
        finally:
            os._exit(1)
    os.close(there)
    ended: list[int] = []

    def wait() -> int:
        if not ended:
            ended.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        return ended[0]

    with os.fdopen(here, "rb") as answer:
        try:
            yield _Process(pid, answer, lambda: None if ended else os.kill(pid, signal.SIGKILL), wait)
        finally:
            if not ended:
                os.kill(pid, signal.SIGKILL)
            wait()


@contextmanager
def _started(job: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits) -> Iterator[_Process]:
    paths = [path for path in sys.path if os.path.isabs(path)]
    with subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=None if os.name == "nt" else 0,  # an interrupt is the parent's to answer
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            with suppress(BrokenPipeError), process.stdin as told:
                pickle.dump((job, arguments, limits, os.getpid()), told)
            yield _Process(process.pid, process.stdout, process.kill, process.wait)
        finally:
            process.kill()


def _watched(process: _Process, limits: Limits) -> bytes | Ended:
    """The answer of a child, or why it has been killed before it gave one."""
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.append(process.answer.read()), daemon=True)
    begun, born = time.monotonic(), held(process.pid)
    try:
        reader.start()
    except RuntimeError:  # there is no memory for one more
        process.kill()
        raise MemoryError from None
    why = ""
    while reader.is_alive():
        reader.join(_STEP)
        if not why and time.monotonic() - begun > limits.seconds:
            why = "time"
        if not why and held(process.pid) - born > limits.megabytes * _MEGABYTE:
            why = "memory"
        if why:
            process.kill()
    return Ended(why=why) if why else told[0] if told else b""


def held(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    return _pages(pid, 1)


def _pages(pid: int | str, field: int) -> int:
    """A field of /proc/PID/statm in bytes: 0 is the address space, 1 what is in memory (proc(5))."""
    try:
        counted = Path(f"/proc/{pid}/statm").read_bytes().split()
        return int(counted[field]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


# --- in the child -----------------------------------------------------------------------------------------------------


def child() -> None:
    """A child that was started, not forked: the job comes by standard input, the answer goes to standard output."""
    answer = os.dup(1)
    os.dup2(2, 1)  # nothing that is printed may come between
    job, arguments, limits, parent = pickle.load(sys.stdin.buffer)
    _answer(answer, job, arguments, limits, parent)


def _answer(descriptor: int, job: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits, parent: int) -> None:
    """Do the job and tell what it gave, or what it raised; then end without a word."""
    sys.unraisablehook = lambda _: None  # such as no memory for what is thrown away
    confine(limits, parent)
    told = done(job, arguments)
    with os.fdopen(descriptor, "wb") as answer:
        answer.write(told)
    os._exit(0)


def done(job: Callable[..., Any], arguments: tuple[Any, ...], more: Mapping[str, Any] = MappingProxyType({})) -> bytes:
    """Do a job; (True, what it gave) or (False, what it raised), as it is sent to the parent."""
    try:
        return pickle.dumps((True, job(*arguments, **more)))
    except MemoryError:
        return pickle.dumps((True, Ended(why="memory")))
    except Exception as error:
        return pickle.dumps((False, _portable(error)))


def _portable(error: Exception) -> Exception:
    """The exception as it can be sent to the parent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def confine(limits: Limits, parent: int) -> None:
    """This process gets no more address space than it may use, and ends with its parent. Linux only."""
    space = _pages("self", 0)
    if not space:
        return
    import resource

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it has ended before this was said
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = space + int(limits.megabytes * _MEGABYTE * _SLACK)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft if hard < 0 else min(soft, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
