"""Processes that work side by side, each watched: one that takes too long or too much is killed, and a new one takes
its place; nobody else's work is lost.

They are started anew, never forked: so it is the same in a notebook, in a process with threads, in a worker of Dask,
and on systems that cannot fork. As each has one thread only, it may itself fork (`bounded`, `many`).
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from ..findings import CapxbrlError
from .limits import NORMAL, Ended, Limits, confine, done, held

P = ParamSpec("P")
T = TypeVar("T")

_STEP = 0.05  # seconds between two looks at a worker
_START = "from capxbrl.gate.workers import serve; serve()"
_MEGABYTE = 1 << 20
#: What a process answers when it has loaded what a job needs, and begins with it.
_BEGUN = "begun"
_BEGUN_TOLD = pickle.dumps(_BEGUN)
_JOBS = 2000  # that a process does before a new one takes its place: what libraries keep is let go
_LOADING = 60  # seconds for what a job needs, before it begins
_PATIENCE = 2  # seconds for a process to end that has closed its answers


class Stopped(CapxbrlError):
    """A job that gave no answer. why: "time", "memory", or "died" with the status of its process."""

    def __init__(self, why: str, status: int = 0) -> None:
        super().__init__(why, status)
        self.why, self.status = why, status

    def __str__(self) -> str:
        told = {"time": "it took too long and was stopped", "memory": "it took too much memory and was stopped"}
        return told.get(self.why, f"its process ended by itself (status {self.status})")


class Workers(Executor):
    """An executor of `count` processes. limits: of each job; the future of a job that exceeds them raises Stopped.

    Functions are those of a module, as they are sent by name.
    """

    def __init__(self, count: int, limits: Limits = NORMAL) -> None:
        self._waiting: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._threads = [
            threading.Thread(target=_keep, args=(self._waiting, self._processes, limits), daemon=True)
            for _ in range(count)
        ]
        for thread in self._threads:
            thread.start()
        weakref.finalize(self, _let_go, self._waiting, count)

    def submit(self, function: Callable[P, T], /, *args: P.args, **more: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        self._waiting.put((future, pickle.dumps((function, args, more))))
        return future

    def pids(self) -> list[int]:
        """The processes that run now."""
        return sorted(process.pid for process in list(self._processes))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """cancel_futures: what has begun is stopped as well."""
        if cancel_futures:
            with suppress(queue.Empty):
                while True:
                    if (job := self._waiting.get_nowait()) is not None:
                        job[0].cancel()
            for process in list(self._processes):
                process.kill()
        _let_go(self._waiting, len(self._threads))
        if wait:
            for thread in self._threads:
                thread.join()


def _let_go(waiting: queue.SimpleQueue[tuple[Future[Any], bytes] | None], count: int) -> None:
    for _ in range(count):
        waiting.put(None)


def _keep(
    waiting: queue.SimpleQueue[tuple[Future[Any], bytes] | None],
    processes: set[subprocess.Popen[bytes]],
    limits: Limits,
) -> None:
    """In a thread: give the jobs that wait to a process, one by one; a new process where the last has ended."""
    child: _Child | None = None
    served = 0
    while (job := waiting.get()) is not None:
        future, told = job
        if not future.set_running_or_notify_cancel():
            continue
        try:
            if child is None or not child.lives():
                child = _Child(limits)
                processes.add(child.process)
            good, value = child.ask(told)
        except Exception as error:  # of starting a process, of an answer that cannot be read: the caller's to judge
            good, value = False, error
        served += 1
        if child is not None and (isinstance(value, Stopped) or served == _JOBS):
            served = 0
            processes.discard(child.process)
            child.end()
            child = None
        if good:
            future.set_result(value)
        else:
            future.set_exception(value)
        del job, future, told, value  # what is waited for here shall not be held
    if child is not None:
        child.end()
        processes.discard(child.process)


class _Child:
    """One process, as the thread that keeps it sees it."""

    def __init__(self, limits: Limits) -> None:
        paths = [path for path in sys.path if os.path.isabs(path)]
        self._limits = limits
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=None if os.name == "nt" else 0,  # an interrupt is the parent's to answer
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._send(pickle.dumps((limits, os.getpid())))
        threading.Thread(target=self._listen, daemon=True).start()
        self._born: int | None = None

    def lives(self) -> bool:
        return self.process.poll() is None

    def ask(self, told: bytes) -> tuple[bool, Any]:
        """(True, what the job gave) or (False, what it raised, or Stopped)."""
        self._send(told)
        begun = time.monotonic() + _LOADING
        while True:
            try:
                answer = self._answers.get(timeout=_STEP)
            except queue.Empty:
                why = self._exceeded(begun)
                if not why:
                    continue
                return False, Stopped(why)
            if answer == _BEGUN:
                begun = time.monotonic()
                continue
            if answer is None:
                return False, Stopped("died", self._status())
            good, value = answer
            return (False, Stopped(value.why, value.status)) if isinstance(value, Ended) else (good, value)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _status(self) -> int:
        """Of a process that gives no more answers."""
        try:
            return self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def _exceeded(self, begun: float) -> str:
        now = held(self.process.pid)
        if self._born is None:
            self._born = now
        if time.monotonic() - begun > self._limits.seconds:
            return "time"
        return "memory" if now - self._born > self._limits.megabytes * _MEGABYTE else ""

    def _send(self, told: bytes) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # the answer is that it has ended
            self.process.stdin.write(told)
            self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        try:
            while True:
                self._answers.put(pickle.load(self.process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._answers.put(None)
        except Exception as error:  # an answer whose class cannot be made here
            self._answers.put((False, error))
            self._answers.put(None)


def serve() -> None:
    """In the process: jobs come by standard input, answers go to standard output, until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that is printed may come between
    sys.unraisablehook = lambda _: None  # such as no memory for what is thrown away
    limits, parent = pickle.load(sys.stdin.buffer)
    confined = False
    while True:
        try:
            job, arguments, more = pickle.load(sys.stdin.buffer)
        except EOFError:
            os._exit(0)
        if not confined:  # beyond what it was born with, and what it has loaded
            confine(limits, parent)
            confined = True
        answers.write(_BEGUN_TOLD)
        answers.flush()
        answers.write(done(job, arguments, more))
        answers.flush()
        del job, arguments, more
