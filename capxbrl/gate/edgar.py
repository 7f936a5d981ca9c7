"""The rules of the SEC (EDGAR Filer Manual II, chapters 5 and 6), by the plug-in EDGAR of the Arelle project, where it
is at hand: it is in the public domain, but not on PyPI.

It runs in a session of its own, beside the validation of the report, and adds to that what it alone knows. Vintages
that EDGAR no longer takes are judged too ("all years"): a filing of 2009 is written in the elements of 2009.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..files import scratch
from ..findings import Finding, Severity
from ..model import CIK_SCHEME, Report
from .at_hand import prepare
from .facts import index
from .limits import Ended, Limits, bounded
from .log import Collector, to_findings
from .records import Check, Package, Validation
from .session import environment, instances
from .session import options as plain_options

NAME = "SEC EDGAR Filer Manual"
#: The rules of the manual, of the SEC's notes on quality as well; of every year's taxonomies.
_SYSTEM = "efm-strict-all-years"
_PLUG_INS = ("validate", "transform")
_ABSENT = (
    "the plug-in EDGAR is not here: check out github.com/Arelle/EDGAR and name its folder with --edgar-plugin "
    "or CAPXBRL_EDGAR"
)
#: In the log, where the code of a plug-in could not be imported.
_FAILED = "Exception loading plug-in"
_VERSION = re.compile(r"'version': '([^']+)'")
_RELEASE = re.compile(r"Manual (v\d+ Release [\d.]+)")
#: What a page of its time cannot do otherwise, by the code of the message: why.
_AGE = {
    "EFM.6.05.42": "the element was given up since",
    "EFM.5.02.05.14.hidden-fact-not-referenced": "it prints no Central Index Key",
    "EFM.6.22.00": "the vintage of the taxonomy is no longer taken",
    "EFM.6.22.03": "the vintage of the taxonomy is no longer taken",
}
#: What the page does not say, and EDGAR must be told.
_UNSAID = ("EFM.6.05.20", "EFM.6.05.21", "EFM.6.05.40")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the plug-in said. version: "" where it did not run, for the reason why."""

    version: str = ""
    findings: tuple[Finding, ...] = ()
    why: str = ""


def home(given: Path | None) -> Path | None:
    """The folder of the plug-in: the one given, of CAPXBRL_EDGAR, or in Arelle's own folder of plug-ins."""
    import arelle

    named = os.environ.get("CAPXBRL_EDGAR")
    places = [*([given] if given else []), *([Path(named)] if named else [])]
    places.append(Path(arelle.__path__[0]) / "plugin" / "EDGAR")
    return next((p for p in places if (p / "validate" / "__init__.py").is_file()), None)


def by_the_manual(
    validation: Validation,
    written: Path,
    report: Report,
    packages: Sequence[Path],
    folders: Sequence[Path],
    plugin: Path | None,
    limits: Limits,
) -> Validation:
    """The validation with what the plug-in says of the report besides. What the age of the page causes is a note.

    written: the folder of the inline document and its taxonomy.
    """
    folder = home(plugin)
    if folder is None or not validation.judged:
        return _with(validation, Said(why=_ABSENT if folder is None else "the report was not judged"))
    page, about = written / report.page, _submission(report)
    with scratch() as place:
        said = bounded(_judge, (page, tuple(packages), tuple(folders), folder, about, place), limits)
    if isinstance(said, Ended):
        said = Said(why=f"the plug-in EDGAR was stopped ({said.why})")
    return _with(validation, said)


def _submission(report: Report) -> dict[str, str]:
    """What the header of a submission would say of the report, by the plug-in's names."""
    form = next((str(f.value) for f in report.facts if f.concept.name == "DocumentType"), "")
    cik = report.entity.identifier if report.entity.scheme == CIK_SCHEME else ""
    return {name: value for name, value in (("submissionType", form), ("cik", cik)) if value}


def _with(validation: Validation, said: Said) -> Validation:
    check = Check(name=NAME, version=said.version, ran=bool(said.version), why=said.why)
    checks = tuple(check if c.name == NAME else c for c in validation.checks)
    known = {(f.code, f.message) for f in validation.findings}
    more = tuple(_aged(f) for f in said.findings if (f.code, f.message) not in known)
    return replace(validation, checks=checks, findings=validation.findings + more)


def _aged(finding: Finding) -> Finding:
    if finding.code.startswith(_UNSAID):
        return replace(finding, hint="the page does not say it: file the report with its cover")
    why = next((why for code, why in _AGE.items() if finding.code.startswith(code)), "")
    return replace(finding, severity=Severity.NOTE, hint=f"of the page's age: {why}") if why else finding


def _judge(
    page: Path,
    packages: tuple[Path, ...],
    folders: tuple[Path, ...],
    plugin: Path,
    about: dict[str, str],
    place: Path,
) -> Said | Ended:
    """In the child: the plug-in's own session."""
    try:
        prepared = prepare(page, packages, folders, place)
        return (
            Said(why="a taxonomy is not at hand")
            if prepared.unjudged
            else _run(page, prepared.packages, plugin, about, place)
        )
    except MemoryError:
        return Ended(why="memory")


def _run(page: Path, packages: tuple[Package, ...], plugin: Path, about: dict[str, str], place: Path) -> Said:
    with environment(str(place)):
        from arelle.api.Session import Session

        log = Collector()
        with Session() as session:
            try:
                session.run(_options(page, packages, plugin, about, place), logHandler=log)
            except MemoryError:
                raise
            except Exception as error:  # the code of somebody else
                return Said(why=f"the plug-in EDGAR stopped: {type(error).__name__}: {error}")
            loaded = instances(session.get_models())
            if not all(_ruled(model) for model in loaded) or any(_FAILED in r.message for r in log.records):
                return Said(why="the plug-in EDGAR could not be loaded; pip install 'capxbrl[edgar]' has what it needs")
            found = to_findings(log.records, index(loaded), hide=(str(page.parent), str(place)))
    return Said(version=version_of(plugin), findings=found)


def _ruled(model: Any) -> bool:
    """The plug-in's rules were there for this report."""
    return bool(getattr(model.modelManager.disclosureSystem, "EFMplugin", False))


def _options(page: Path, packages: tuple[Package, ...], plugin: Path, about: dict[str, str], place: Path) -> Any:
    made = plain_options(page, packages, str(place))
    made.entrypointFile = json.dumps([{"file": str(page.resolve()), **about}])
    made.plugins = "|".join(str((plugin / name).resolve()) for name in _PLUG_INS)
    made.disclosureSystemName = _SYSTEM
    return made


def version_of(plugin: Path) -> str:
    """Of the plug-in, and the manual that it knows."""
    said = _VERSION.search((plugin / "__init__.py").read_text(encoding="utf-8"))
    manual = _RELEASE.search((plugin / "validate" / "config.xml").read_text(encoding="utf-8"))
    known = f", EDGAR Filer Manual {manual[1]}" if manual else ""
    return f"plug-in EDGAR {said[1] if said else 'of unknown version'}{known}, {_SYSTEM}"
