"""Many reports: their taxonomy is loaded once in each worker, and each is validated in a fork of the process that holds
it. What a fork is not certain of goes the plain way, and so does everything where a process cannot fork.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from multiprocessing import current_process
from pathlib import Path

from ..findings import CapxbrlError, Finding, Position, Severity, UnreadableInput
from ..records import dataclass
from .limits import NORMAL, Limits, can_fork
from .records import Validation
from .runs import judge
from .server import Server
from .workers import Stopped, Workers

#: Taxonomies that are held at a time: vintages of us-gaap take some 200 MB each.
_HELD = 3
#: Reports under way for each worker.
_AHEAD = 2
#: What a worker itself may take beyond what its children may.
_SECONDS, _MEGABYTES = 60, 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """How reports are validated. audit: the share of them that is also validated the plain way."""

    packages: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    plugin: Path | None = None
    limits: Limits = NORMAL
    audit: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.audit <= 1:
            raise CapxbrlError(f"an audit is of a share from 0 to 1, not {self.audit}")


def validate_many(
    reports: Iterable[str | Path],
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    edgar_plugin: str | Path | None = None,
    limits: Limits = NORMAL,
    jobs: int = 1,
    audit: float = 0.0,
) -> Iterator[Validation]:
    """Validate many reports: each as `validate` does, in their order, and far faster where they share their taxonomy.

    Args:
        reports: packages (.xbri), inline reports or instances; looked at as results are asked for.
        packages, folders: taxonomy packages, and where they are looked for.
        edgar_plugin: the folder of Arelle's plug-in EDGAR, for its transformations.
        limits: of time and memory, for each report.
        jobs: workers; each holds the taxonomy itself.
        audit: the share of reports that is also validated the plain way; where that tells otherwise it is believed,
            with a finding `gate.audit`.

    Raises UnreadableInput, as `validate` does, when it comes to a file that holds no report.
    """
    given = {"packages": packages, "folders": folders, "edgar_plugin": edgar_plugin}
    for made in validate_each(reports, **given, limits=limits, jobs=jobs, audit=audit):  # type: ignore[arg-type]
        if isinstance(made, UnreadableInput):
            raise made
        yield made


def validate_each(
    reports: Iterable[str | Path],
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    edgar_plugin: str | Path | None = None,
    limits: Limits = NORMAL,
    jobs: int = 1,
    audit: float = 0.0,
) -> Iterator[Validation | UnreadableInput]:
    """The same; a file that holds no report does not end it: its exception stands in its place."""
    plugin = Path(edgar_plugin) if edgar_plugin else None
    asked = Asked(tuple(map(Path, packages)), tuple(map(Path, folders)), plugin, limits, audit)
    paths = map(Path, reports)
    if jobs > 1:
        return _side_by_side(paths, asked, jobs)
    if can_fork() or current_process().daemon:
        return _one_by_one(paths, asked)
    first = [*islice(paths, 2)]
    if len(first) < 2:  # one alone is not worth a worker
        return _one_by_one(iter(first), asked)
    return _side_by_side(chain(first, paths), asked, 1)


class Validator:
    """Validates one report after the other, and keeps what it has loaded for the next."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._servers: list[Server] = []

    def validate(self, report: Path) -> Validation:
        """Raises UnreadableInput."""
        asked = self.asked
        for server in self._servers:
            made = server.validate(report)
            if made is not None:
                self._servers.remove(server)
                self._servers.insert(0, server)  # the next is like this one
                return _audited(made, report, asked) if asked.audit else made
        made, base = judge(report, asked.packages, asked.folders, asked.limits, plugin=asked.plugin)
        if base and can_fork() and not current_process().daemon and all(s.base != base for s in self._servers):
            for server in self._servers[_HELD - 1 :]:
                server.close()
            del self._servers[_HELD - 1 :]
            # Last, as it has yet to load; what is not its own it refuses at once.
            self._servers.append(Server(report, asked.packages, asked.folders, base, asked.limits))
        return made

    def close(self) -> None:
        for server in self._servers:
            server.close()
        self._servers.clear()


def _audited(made: Validation, report: Path, asked: Asked) -> Validation:
    """Of the sample, the plain way's word counts. Which are of the sample, their bytes decide."""
    digest = hashlib.sha256(report.read_bytes()).digest()
    if int.from_bytes(digest[:6], "big") >= asked.audit * (1 << 48):
        return made
    plain, _ = judge(report, asked.packages, asked.folders, asked.limits, plugin=asked.plugin)
    if said(plain) == said(made):
        return made
    told = Finding(
        code="gate.audit",
        severity=Severity.ERROR,
        at=Position(source=report.name),
        message="validated among many, the report was judged otherwise than alone; what is told is of the latter",
        hint="validate the others one at a time, and report this with the file",
    )
    return replace(plain, findings=(*plain.findings, told))


def said(made: Validation) -> tuple[object, ...]:
    """All that a validation says, whatever the order in which Arelle came to it: it goes through sets."""
    return made.judged, Counter(map(repr, made.findings)), Counter(map(repr, made.facts)), made.checks, made.dts


# --- one after the other, or in workers -------------------------------------------------------------------------------


def _one_by_one(reports: Iterator[Path], asked: Asked) -> Iterator[Validation | UnreadableInput]:
    validator = Validator(asked)
    try:
        for report in reports:
            try:
                yield validator.validate(report)
            except UnreadableInput as error:
                yield error
    finally:
        validator.close()


def _side_by_side(reports: Iterator[Path], asked: Asked, jobs: int) -> Iterator[Validation | UnreadableInput]:
    seconds, megabytes = 5 * asked.limits.seconds + _SECONDS, asked.limits.megabytes + _MEGABYTES
    workers = Workers(jobs, Limits(seconds=seconds, megabytes=megabytes))
    under_way: deque[tuple[Path, Future[Validation]]] = deque()
    try:
        for report in reports:
            under_way.append((report, workers.submit(validated, report, asked)))
            if len(under_way) >= _AHEAD * jobs:
                yield _answer(*under_way.popleft(), asked)
        while under_way:
            yield _answer(*under_way.popleft(), asked)
    finally:
        workers.shutdown(wait=False, cancel_futures=True)


def _answer(report: Path, future: Future[Validation], asked: Asked) -> Validation | UnreadableInput:
    try:
        with suppress(Stopped):  # the worker has ended, not the report's own process: once more, alone
            return future.result()
        return judge(report, asked.packages, asked.folders, asked.limits, plugin=asked.plugin)[0]
    except UnreadableInput as error:
        return error


#: In a worker: what it holds, as long as it is asked for the same.
_held: list[Validator] = []


def validated(report: Path, asked: Asked) -> Validation:
    """In a worker: validate with what it holds. Raises UnreadableInput."""
    if _held and _held[0].asked != asked:
        _held.pop().close()
    if not _held:
        _held.append(Validator(asked))
    return _held[0].validate(report)
