"""`convert_many`: conversions as they are done, for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import Any

from ..conversion import Conversion
from ..findings import CapxbrlError
from ..gate import Limits, Workers
from ..options import Options, WrongOption, choose
from ..records import dataclass
from ..reprs import Brief
from ..sources import Source, contents
from .jobs import Job, jobs
from .running import Ran, ran, workers
from .work import converted, isolated


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Result(Brief):
    """One input of many. name: as given, `ARCHIVE!MEMBER` of what is in an archive. conversion: None where `error`
    says why there is none. attempts: 2, where it was tried again alone.
    """

    name: str
    conversion: Conversion | None = None
    error: Exception | None = None
    attempts: int = 1


def convert_many(
    inputs: Iterable[Source | tuple[str, Source]] | Source,
    executor: Any = None,
    *,
    jobs: int | None = None,
    on_error: str = "collect",
    **options: Any,
) -> Iterator[Result]:
    """Convert many filings side by side; results come as they are done, in any order, and are made as they are asked
    for: no more is under way than the workers can do, and memory stays flat.

    A filing that hangs or takes too much memory (`time_limit`, `memory_limit`) is stopped, tried once more alone, and
    then told as an error.

    Args:
        inputs: paths of files, folders, archives (.zip, .tar.gz) and lists (`@FILE`), patterns, addresses of fsspec; or
            the contents of filings, as `convert` takes them, each best as a pair (name, contents).
        executor: of `concurrent.futures`, or a client of Dask; by default processes of its own.
        jobs: how many at a time; by default as many as there are processors, or workers of a Dask client.
        on_error: "collect" (an error is a result) or "raise" (the first ends it).
        options: those of `convert`, such as taxonomy="us-gaap-2009", validate=False.

    Returns an iterator of results. Raises UnreadableInput for an input that is not there, WrongOption for an option
    that means nothing; with "raise" what a conversion raises.
    """
    if on_error not in ("collect", "raise"):
        raise WrongOption(f"on_error is collect or raise, not {on_error!r}")
    if jobs is not None and jobs < 1:
        raise WrongOption(f"jobs are 1 or more, not {jobs}")
    return _results(_jobs(inputs), executor, jobs, on_error == "raise", choose(**options))


def _results(
    found: Iterator[Job], executor: Any, count: int | None, raising: bool, options: Options
) -> Iterator[Result]:
    limits = Limits(seconds=options.time_limit, megabytes=options.memory_limit)
    count = count or parallel(executor)
    submit, release = begun(executor, count, limits)
    try:
        for one in ran(found, lambda job: submit(converted, job, job.called, options), count):
            result = _result(one)
            if raising and result.error is not None:
                raise result.error
            yield result
    finally:
        release()


def _result(one: Ran) -> Result:
    error = one.error if isinstance(one.error, Exception) else None
    return Result(name=one.job.name, conversion=one.value, error=error, attempts=one.attempts)


def begun(executor: Any, count: int, limits: Limits) -> tuple[Callable[..., Any], Callable[[], None]]:
    """How a job is submitted, and what ends the work."""
    if executor is None:
        own = Workers(count, limits)
        return own.submit, lambda: own.shutdown(wait=False, cancel_futures=True)
    if hasattr(executor, "get_executor"):  # a client of Dask; what is the same twice is done once, which we do not want
        executor = executor.get_executor(pure=False)
    if not hasattr(executor, "submit"):
        raise CapxbrlError(f"an executor has a method submit; {type(executor).__name__} has none")
    return lambda *job: executor.submit(isolated, limits, *job), lambda: None


def parallel(executor: Any) -> int:
    """How many jobs an executor does at a time."""
    if hasattr(executor, "ncores"):  # Dask
        return max(1, sum(map(int, executor.ncores().values())))
    count = getattr(executor, "_max_workers", None)
    return count if isinstance(count, int) and count > 0 else workers()


def _jobs(inputs: Any) -> Iterator[Job]:
    if isinstance(inputs, str | bytes | bytearray | memoryview | PathLike) or hasattr(inputs, "read"):
        inputs = (inputs,)
    for number, given in enumerate(inputs, 1):
        name, source = given if isinstance(given, tuple) else ("", given)
        if not name and isinstance(source, str | PathLike) and not _is_text(source):
            yield from jobs([source], lambda: sys.stdin)
        else:
            data, called = contents(source)
            yield Job(name=name or (f"{called}-{number}" if called == "input" else called), data=data)


def _is_text(source: Any) -> bool:
    from ..sources import is_text

    return isinstance(source, str) and is_text(source)
