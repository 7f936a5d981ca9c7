"""One report, looked at and validated in a child with limits round it, and what is told where it was stopped."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from ..files import save, scratch
from ..findings import Finding, Position, Severity
from .at_hand import prepare
from .limits import Ended, Limits, bounded
from .records import Check, Validation
from .session import Base, run


def judge(
    report: Path,
    packages: tuple[Path, ...],
    folders: tuple[Path, ...],
    limits: Limits,
    viewer: Path | None = None,
    *,
    oim: bool = False,
    plugin: Path | None = None,
) -> tuple[Validation, Base]:
    """The validation of a report, and the schemas through which it reaches its taxonomy.

    viewer: a folder to write the viewer into, whole or not at all. oim: make xBRL-JSON and xBRL-CSV too.
    plugin: the plug-in EDGAR, where it was named.
    Raises UnreadableInput.
    """
    with scratch() as place:
        shown = place / "viewer" if viewer is not None else None
        made = bounded(_judge, (report, packages, folders, place, shown, oim, plugin), limits)
        if isinstance(made, Ended):
            return stopped(report, made, limits), ()
        if viewer is not None and shown is not None and made[0].viewer:
            save({name: (shown / name).read_bytes() for name in made[0].viewer}, viewer)
        return made


def _judge(
    report: Path,
    packages: tuple[Path, ...],
    folders: tuple[Path, ...],
    place: Path,
    viewer: Path | None,
    oim: bool,
    plugin: Path | None,
) -> tuple[Validation, Base] | Ended:
    """The same, in the child: all that opens the report."""
    try:
        prepared = prepare(report, packages, folders, place)
        if prepared.unjudged is not None:
            return prepared.unjudged, ()
        return run(report, prepared.packages, viewer=viewer, place=place, oim=oim, plugin=plugin)
    except MemoryError:
        return Ended(why="memory")


def stopped(report: Path, ended: Ended, limits: Limits) -> Validation:
    """What is told of a report whose validation came to no end."""
    told = replace(_told(ended, limits), at=Position(source=report.name))
    return Validation(
        report=report.name,
        packages=(),
        findings=(told,),
        facts=(),
        checks=(Check(name="every check", version="", ran=False, why=told.message),),
        documents=(),
        dts=(),
        arelle=version("arelle-release"),
        judged=False,
    )


def _told(ended: Ended, limits: Limits) -> Finding:
    if ended.why == "time":
        return Finding(
            code="gate.time-limit",
            severity=Severity.ERROR,
            message=f"Arelle was stopped after {limits.seconds:g} seconds; the report is not judged",
            hint="give it longer with --time-limit SECONDS, where you trust the report",
        )
    if ended.why == "memory":
        return Finding(
            code="gate.memory-limit",
            severity=Severity.ERROR,
            message=f"Arelle had too little memory (its limit is {limits.megabytes:,} MB); the report is not judged",
            hint="give it more with --memory-limit MB, where you trust the report",
        )
    return Finding(
        code="gate.crash",
        severity=Severity.ERROR,
        message=f"Arelle's process ended by itself (status {ended.status}); the report is not judged",
        hint="the report was not validated to the end",
    )
