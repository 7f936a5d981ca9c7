"""Jobs through an executor, no more at a time than it can do; results as they come."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from queue import SimpleQueue
from typing import Any, NamedTuple

from ..gate import Stopped
from .jobs import Job

#: Jobs under way for each worker: one that it does, one that waits for it.
_AHEAD = 2


class Ran(NamedTuple):
    """What became of a job: what the function gave, or what it raised. attempts: 2, where it was tried again alone; 0,
    where there was a result before."""

    job: Job
    value: Any
    error: BaseException | None
    attempts: int = 1


def ran(jobs: Iterable[Job | Ran], begin: Callable[[Job], Any], count: int) -> Iterator[Ran]:
    """Each job, in the order in which they end. begin: submits one, and gives its future. count: of workers.

    A job for which there is a result already is passed on. One that was stopped is tried once more when all others are
    done, and alone: it may have lacked what they took.
    """
    ended: SimpleQueue[Any] = SimpleQueue()
    under_way: dict[int, tuple[Any, Job]] = {}
    again: list[Job] = []

    def taken() -> Iterator[Ran]:
        future = ended.get()
        _, job = under_way.pop(id(future))
        one = Ran(job, *_outcome(future))
        if isinstance(one.error, Stopped):
            again.append(replace(job, data=None) if job.place else job)
        else:
            yield one

    for job in jobs:
        if isinstance(job, Ran):
            yield job
            continue
        future = begin(job)
        under_way[id(future)] = (future, job)
        future.add_done_callback(ended.put)
        del future, job
        while len(under_way) >= _AHEAD * count:
            yield from taken()
    while under_way:
        yield from taken()
    for job in again:
        yield Ran(job, *_outcome(begin(job)), attempts=2)


def _outcome(future: Any) -> tuple[Any, BaseException | None]:
    """(value, None) or (None, error)."""
    try:
        return future.result(), None
    except Exception as error:
        # Of Dask: every worker that was given the job has ended.
        return None, Stopped("died") if type(error).__name__ == "KilledWorker" else error


def workers() -> int:
    """As many as there are processors for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
