"""One Arelle session for one report: set up, run, read off, closed.

Learnt from wrong results (Arelle 2.47): `Session.run` returns True for invalid reports, so the log decides; failures of
Calculations 1.1 have the level INCONSISTENCY; duplicates are looked for only when asked; one session at a time in a
process; a session used twice loses log records.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..findings import Finding, Severity, UnreadableInput
from .facts import INLINE, INLINE_SET, INSTANCE, Index, index, read_facts
from .log import Collector, to_findings
from .oim import written
from .records import Check, Package, Validation
from .sec import transformations, unjudged
from .shown import write_viewer

#: (namespace, address) of the schemas through which a report reaches its taxonomy.
Base = tuple[tuple[str, str], ...]

_NO_EFM = "not asked for; --profile edgar has them judged by the plug-in EDGAR (github.com/Arelle/EDGAR)"
_NO_LOAD = "the report could not be loaded"
#: In the log, where Arelle or its parser was refused memory.
_NO_MEMORY = ("MemoryError", "Memory allocation failed", "out of memory")


def run(
    report: Path,
    packages: tuple[Package, ...],
    *,
    place: Path,
    viewer: Path | None = None,
    oim: bool = False,
    plugin: Path | None = None,
) -> tuple[Validation, Base]:
    """Validate one report in a session of its own, and tell the schemas that lead to its taxonomy.

    place: a folder for the time being. plugin: the plug-in EDGAR, where it was named. Raises MemoryError where there is
    not enough, which Arelle takes for a fault of the report.
    """
    with environment(folder := str(place)), transformations(plugin) as lacking:
        from arelle.api.Session import Session

        log = Collector()
        crashed: tuple[Finding, ...] = ()
        with Session() as session:
            try:
                session.run(options(report, packages, folder), logHandler=log)
            except MemoryError:
                raise
            except Exception as error:  # a crash of Arelle is an outcome of the validation, never a traceback
                crashed = (_crashed(error),)
            models = session.get_models()
            validation = outcome(report, packages, log, models, folder, crashed, lacking)
            if oim and validation.documents:
                made, failed = written(instances(models), place / "oim")
                validation = replace(validation, oim=made, findings=validation.findings + failed)
            if viewer is not None and validation.documents:
                shown, failed = write_viewer(instances(models), viewer, validation.findings)
                validation = replace(validation, viewer=shown, findings=validation.findings + failed)
            return validation, _base(instances(models))


def _base(models: list[Any]) -> Base:
    """The schemas with an address of their own that the report's own documents refer to."""
    found = set()
    for model in models:
        for document in model.urlDocs.values():
            if document.uri.startswith(model.uriDir):
                for other in document.referencesDocument:
                    if (
                        other.gettype() == "schema"
                        and other.uri.startswith(("http://", "https://"))
                        and other.targetNamespace
                    ):
                        found.add((str(other.targetNamespace), str(other.uri)))
    return tuple(sorted(found))


def outcome(
    report: Path,
    packages: tuple[Package, ...],
    log: Collector,
    models: list[Any],
    folder: str,
    more: tuple[Finding, ...] = (),
    lacking: str = "",
) -> Validation:
    """What a session logged and loaded, as a Validation. lacking: why the transformations of the SEC are not known.

    Raises UnreadableInput where there is no report and no error.
    """
    from arelle.Version import __version__ as version

    if any(word in f"{record.code} {record.message}" for record in log.records for word in _NO_MEMORY):
        raise MemoryError
    loaded = instances(models)
    found = index(loaded)
    findings = (*to_findings(log.records, found, hide=(str(report.resolve().parent), folder)), *more)
    if found.of_the_sec and lacking:
        findings = unjudged(findings, found.of_the_sec, lacking)
    if not loaded and not any(f.severity is Severity.ERROR for f in findings):
        raise UnreadableInput(f"{report}: holds no XBRL report")
    return Validation(
        report=report.name,
        packages=tuple((p.name, p.sha256) for p in packages if not p.own),
        own=tuple((p.path.stem, p.sha256) for p in packages if p.own),
        findings=findings,
        facts=read_facts(loaded),
        checks=_checks(report, loaded, found, lacking),
        documents=tuple(found.documents),
        dts=_dts(loaded, found),
        arelle=str(version),
    )


def instances(models: list[Any]) -> list[Any]:
    """Those of the models that are reports."""
    kinds = (INSTANCE, INLINE, INLINE_SET)
    return [m for m in models if m.modelDocument is not None and m.modelDocument.gettype() in kinds]


def options(report: Path, packages: tuple[Package, ...], folder: str) -> Any:
    """Arelle's options: everything it can check without a network."""
    from arelle.RuntimeOptions import RuntimeOptions

    return RuntimeOptions(
        entrypointFile=json.dumps([{"file": str(report.resolve())}]),  # a plain path would be split at "|"
        internetConnectivity="offline",
        disablePersistentConfig=True,
        cacheDirectory=str(Path(folder) / "cache"),
        validate=True,
        calcs="c11r",
        utrValidate=True,
        validateDuplicateFacts="inconsistent",
        packages=[str(p.path.resolve()) for p in packages] or None,
        keepOpen=True,  # the facts are read back afterwards; the models are closed here
        logPropagate=False,
        logLevel="WARNING",
        uiLang="en",
    )


@contextmanager
def environment(folder: str) -> Iterator[None]:
    """Arelle's configuration in a folder of its own, and the process' logger "arelle" left as it was."""
    logger = logging.getLogger("arelle")
    level, propagate, filters = logger.level, logger.propagate, list(logger.filters)
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_CONFIG_HOME"]
        else:
            os.environ["XDG_CONFIG_HOME"] = before
        logger.setLevel(level)
        logger.propagate, logger.filters = propagate, filters


def _crashed(error: Exception) -> Finding:
    return Finding(
        code="gate.crash",
        severity=Severity.ERROR,
        message=f"Arelle stopped: {type(error).__name__}: {error}",
        hint="the report was not validated to the end",
    )


def _dts(loaded: list[Any], found: Index) -> tuple[str, ...]:
    """Every schema and linkbase of the reports, by URL where it has one, else by file name."""
    names = set()
    for model in loaded:
        for url, document in model.urlDocs.items():
            if document.basename not in found.documents and document.gettype() in ("schema", "linkbase"):
                names.add(url if url.startswith(("http://", "https://")) else document.basename)
    return tuple(sorted(names))


def _checks(report: Path, loaded: list[Any], found: Index, lacking: str) -> tuple[Check, ...]:
    inline = any(m.modelDocument.gettype() in (INLINE, INLINE_SET) for m in loaded)
    package = report.suffix.lower() in (".xbri", ".xbr", ".zip")

    def check(name: str, version: str, *, needs: bool = True, why: str = "") -> Check:
        return Check(
            name=name,
            version=version,
            ran=bool(loaded and needs),
            why="" if loaded and needs else why if loaded else _NO_LOAD,
        )

    return (
        Check(name="Report Package", version="1.0", ran=package, why="" if package else "the report is a single file"),
        check("XBRL", "2.1 with errata, instance and taxonomy"),
        check(
            "Inline XBRL",
            "1.1, with its XHTML schema and transformations",
            needs=inline,
            why="the report is not inline",
        ),
        *_sec_transformations(found, lacking),
        check("Dimensions", "1.0"),
        check("Calculations", "1.1, round to nearest"),
        check("Units Registry", f"UTR of {_utr_date()}"),
        check("Duplicate facts", "with differing values (OIM 1.0)"),
        check(
            "Formula",
            "1.0",
            needs=any(m.hasFormulae for m in loaded),
            why="the taxonomy of the report holds no formulas",
        ),
        Check(name="SEC EDGAR Filer Manual", version="", ran=False, why=_NO_EFM),
    )


def _sec_transformations(found: Index, lacking: str) -> tuple[Check, ...]:
    """Of the reports that use them."""
    if not found.of_the_sec:
        return ()
    version = "" if lacking else "of the plug-in EDGAR"
    return (Check(name="SEC transformations", version=version, ran=not lacking, why=lacking),)


def _utr_date() -> str:
    """The date of the Units Registry that Arelle brings along and uses offline."""
    import arelle

    file = Path(arelle.__path__[0]) / "resources" / "cache" / "http" / "www.xbrl.org" / "utr" / "utr.xml"
    with file.open("rb") as utr:
        found = re.search(rb'lastUpdated="([0-9-]+)"', utr.read(1000))
    return found[1].decode() if found else "unknown date"
