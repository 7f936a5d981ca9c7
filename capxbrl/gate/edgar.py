"""The rules of the SEC (EDGAR Filer Manual II, chapters 5 and 6), by the plug-in EDGAR of the Arelle project, where it
is at hand: it is in the public domain, but not on PyPI.

It runs in a session of its own, beside the validation of the report, and adds to that what it alone knows. Vintages
that EDGAR no longer takes are judged too ("all years"): a filing of 2009 is written in the elements of 2009.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..files import save, scratch
from ..findings import Finding, Severity
from ..model import CIK_SCHEME
from ..records import dataclass
from .at_hand import prepare
from .facts import index
from .inputs import PACKAGE_SUFFIXES
from .limits import NORMAL, Ended, Limits, bounded
from .log import Collector, to_findings
from .records import Check, Package, Validation
from .sec import home
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
#: What a page of its time cannot do otherwise: the code of the message, how it says so, and why.
_GIVEN_UP = "EFM.6.05.42"
_VINTAGE = re.compile(r" in \S+/(\d{4}) .*? was deprecated as of (\d{4})")
_HIDDEN = "EFM.5.02.05.14.hidden-fact-not-referenced"
_UNPRINTED = re.compile(r"property: dei:EntityCentralIndexKey$")
#: What the page does not say, and EDGAR must be told.
_UNSAID = ("EFM.6.05.20", "EFM.6.05.21", "EFM.6.05.40", "EFM.6.05.49")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the plug-in said. version: "" where it did not run, for the reason why."""

    version: str = ""
    findings: tuple[Finding, ...] = ()
    why: str = ""


def by_the_manual(
    validation: Validation,
    report: str | Path,
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    edgar_plugin: str | Path | None = None,
    limits: Limits = NORMAL,
) -> Validation:
    """The validation of a report with what the plug-in says of it besides. What the age of the page causes is a note.

    report: the inline document beside its taxonomy, or the report package, that was validated with these packages and
    folders. edgar_plugin: the folder of the plug-in; else that of CAPXBRL_EDGAR.
    """
    folder = home(Path(edgar_plugin) if edgar_plugin else None, "validate")
    if folder is None or not validation.judged:
        return _with(validation, Said(why=_ABSENT if folder is None else "the report was not judged"))
    page, about = Path(report), _submission(validation)
    given, searched = tuple(map(Path, packages)), tuple(map(Path, folders))
    with scratch() as place:
        if page.suffix.lower() in PACKAGE_SUFFIXES:
            given = (*given, page)  # it may be a taxonomy package, too
            page = _laid_out(page, validation.documents, place / "report")
        said: Said | Ended = bounded(_judge, (page, given, searched, folder, about, place), limits)
    if isinstance(said, Ended):
        said = Said(why=f"the plug-in EDGAR was stopped ({said.why})")
    return _with(validation, said)


def _laid_out(package: Path, documents: Sequence[str], folder: Path) -> Path:
    """The first document of a package that has been validated, in a folder with all that lies in the package."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    save(files, folder)
    inside = [name for name in files if "reports" in PurePosixPath(name).parts[1:3]]
    return next(folder / name for document in documents for name in inside if PurePosixPath(name).name == document)


def _submission(validation: Validation) -> dict[str, str]:
    """What the header of a submission would say of the report, by the plug-in's names."""
    form = next((str(f.value) for f in validation.facts if f.concept.rpartition(":")[2] == "DocumentType"), "")
    cik = next((f.entity for f in validation.facts if f.scheme == CIK_SCHEME), "")
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
    why = _of_its_age(finding)
    return replace(finding, severity=Severity.NOTE, hint=f"of the page's age: {why}") if why else finding


def _of_its_age(finding: Finding) -> str:
    """Why the page cannot do otherwise; "" where it could."""
    if finding.code == _GIVEN_UP and (years := _VINTAGE.search(finding.message)) and years[2] > years[1]:
        return "the element was given up since"
    if finding.code == _HIDDEN and _UNPRINTED.search(finding.message):
        return "it prints no Central Index Key"
    return ""


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
