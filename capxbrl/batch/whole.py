"""A batch: many filings into one target, with a journal, so that it can be killed at any moment and taken up again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from .. import __version__
from ..files import put
from ..findings import CapxbrlError, UnreadableInput
from ..folder import digest
from ..gate import Limits, Stopped
from ..options import Options
from ..records import dataclass
from ..tables import Given
from .jobs import Job, is_address, key
from .journal import Journal, read
from .many import begun, parallel
from .records import FAILED, Record
from .running import Ran, ran
from .summary import Summary, set_aside
from .targets import Target
from .work import stopped, worked

SUMMARY, SET_ASIDE = "summary.json", "set-aside.csv"
#: What decides whether a filing is stopped, not what is made of it.
_LIMITS = ("time_limit", "memory_limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """target, options: what is made of each filing, and where it goes. journal: its file. jobs: at a time, None: as
    many as can be. executor: as `convert_many` takes it. resume: what the journal has is not done again; retry: what
    failed is. anew: an earlier journal is thrown away. audit: the share of
    reports that is validated twice, as `validate_many` takes it.
    """

    target: Target
    options: Options
    journal: Path
    jobs: int | None = None
    executor: Any = None
    audit: float = 0.0
    resume: bool = False
    retry: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A filing of a batch. fresh: done now, not found in the journal."""

    record: Record
    fresh: bool = True


def batch(found: Iterable[Job], plan: Plan) -> Iterator[Done]:
    """Convert every job and put it into the target; each is told when its journal has it.

    Raises CapxbrlError where nothing more can be done, such as on a disk that is full: what is done is in the journal.
    """
    identity = identity_of(plan.options, plan.target.layout)
    with Journal(plan.journal) as journal:
        earlier = {} if plan.anew else _earlier(journal, identity, retry=plan.retry)
        if plan.anew:
            journal.empty()
        elif journal.path.stat().st_size and not plan.resume:
            raise CapxbrlError(f"{journal.path}: tells of an earlier batch; --resume takes it up, --force begins anew")
        plan.target.clear()
        yield from _all(found, plan, identity, journal, earlier)
        journal.sync()


def _all(
    found: Iterable[Job], plan: Plan, identity: str, journal: Journal, earlier: Mapping[str, Record]
) -> Iterator[Done]:
    limits = Limits(seconds=plan.options.time_limit, megabytes=plan.options.memory_limit)
    count = plan.jobs or parallel(plan.executor)
    submit, release = begun(plan.executor, count, limits)

    def looked_up() -> Iterator[Job | Ran]:
        for job in found:
            if not _is_within(job.place, plan.target.place):
                record = earlier.get(key(job.name))
                known = record is not None and _is_done(job, record, plan.target)
                yield Ran(job, record, None, attempts=0) if known else job

    def begin(job: Job) -> Any:
        return submit(worked, job, plan.target, plan.options, identity, plan.audit)

    try:
        for one in ran(looked_up(), begin, count):
            if one.attempts == 0:
                yield Done(one.value, fresh=False)
                continue
            record = _record(one, plan.target, identity)
            journal.add(record)
            yield Done(record)
    finally:
        release()


def _record(one: Ran, target: Target, identity: str) -> Record:
    """Raises what is no fault of the filing."""
    if isinstance(one.error, Stopped):
        return replace(stopped(one.job, target, identity, one.error), attempts=one.attempts)
    if one.error is not None:
        if isinstance(one.error, CapxbrlError):
            raise one.error
        told = f"{type(one.error).__name__}: {one.error}"
        raise CapxbrlError(f"{one.job.name}: the worker failed ({told})") from one.error
    record: Record = one.value
    return replace(record, attempts=one.attempts)


def _earlier(journal: Journal, identity: str, *, retry: bool) -> dict[str, Record]:
    """{key: its latest record} of what need not be done again."""
    out: dict[str, Record] = {}
    for record in journal.records():
        out[record.key] = record
    return {
        name: record
        for name, record in out.items()
        if record.options == identity and record.version == __version__ and not (retry and record.outcome == FAILED)
    }


def _is_done(job: Job, record: Record, target: Target) -> bool:
    """The same bytes were converted, and what came of them is there."""
    try:
        data = job.read()
    except UnreadableInput:
        data = b""
    return hashlib.sha256(data).hexdigest() == record.sha256 and target.holds(record.key, record.outputs)


def _is_within(path: str, folder: str) -> bool:
    """The file is one of the batch's own."""
    if not path or is_address(path) or is_address(folder):
        return False
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


# --- what came of it --------------------------------------------------------------------------------------------------


def conclude(journal: Path) -> Summary:
    """What the journal tells in all, also written beside it: summary.json, and set-aside.csv of what failed."""
    summary = Summary()
    failed: list[Record] = []
    for record in _latest(journal):
        summary.add(record)
        if record.outcome == FAILED:
            failed.append(record)
    put(summary.as_json().encode(), journal.parent / SUMMARY)
    put(set_aside(failed).encode("utf-8", "replace"), journal.parent / SET_ASIDE)
    return summary


def _latest(journal: Path) -> Iterator[Record]:
    """The latest record of each filing."""
    last = {record.key: number for number, record in enumerate(read(journal))}
    for number, record in enumerate(read(journal)):
        if last[record.key] == number:
            yield record


def identity_of(options: Options, layout: str) -> str:
    """A digest of all that decides what is made of a filing; of files that are given, of what is in them."""
    told = [f"layout {layout}"]
    for field in fields(options):
        if field.name not in _LIMITS:
            told.append(f"{field.name} {_told(getattr(options, field.name))}")
    return digest("\n".join(told).encode())[:16]


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_told, value))})"
    if isinstance(value, Path):
        return digest(value.read_bytes()) if value.is_file() else str(value)
    if isinstance(value, Given):
        return digest(value.text.encode())
    return str(asdict(value)) if hasattr(value, "__dataclass_fields__") else str(value)
