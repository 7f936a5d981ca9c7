"""What this installation can do: versions, extras, shipped data, what is at hand to judge with, and one conversion.

The rest of the library is imported where it is looked at: what cannot be imported is a finding of this module.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from . import __version__
from .findings import CapxbrlError, Severity, counted
from .options import DEFAULTS
from .records import dataclass

_OLDEST_PYTHON = (3, 11)
#: Extras for those who work on capxbrl itself.
_FOR_DEVELOPERS = ("dev", "docs")
#: A requirement of ours: name, versions, the extra that it belongs to.
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)([^;]*)(?:;.*extra == ['\"]([^'\"]+)['\"])?")
_LIMIT = re.compile(r"(>=|<)([\d.]+)")
#: A report with its viewer takes some megabytes; a large one with all formats some hundred.
_LEAST_DISK = 500 << 20
#: What the libraries in C, a filing of some megabytes and Arelle take together.
_LEAST_MEMORY = 1 << 30
_TRIAL = b"""EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
Receivables                      2,500      2,400
Total assets                  $  3,750   $  3,500
"""


class State(StrEnum):
    """ok; absent: something optional is not here; wrong: what was installed or asked for does not work."""

    OK = "ok"
    ABSENT = "absent"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. found: what is there, in a few words. hint: what to do, "" where all is well."""

    area: str
    name: str
    state: State
    found: str
    hint: str = ""


def examine(package_folders: Sequence[Path] = (), edgar_plugin: Path | None = None) -> tuple[Check, ...]:
    """Every check, in a fixed order; nothing is written but a scratch folder, nothing is loaded from elsewhere.

    package_folders: of taxonomy packages. edgar_plugin: the folder that is said to hold Arelle's plug-in EDGAR.
    """
    return (
        *_looked("versions", _versions),
        *_looked("extras", _extras),
        *_looked("data", _data),
        *_looked("additions", _additions),
        *_looked("packages", lambda: _packages(package_folders)),
        *_looked("plug-in", lambda: _plugin(edgar_plugin)),
        *_looked("browser", _browser),
        *_looked("limits", _limits),
        *_looked("trial", _trial),
    )


def _looked(area: str, look: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """The checks of an area; a broken installation breaks in any way."""
    try:
        yield from look()
    except Exception as error:
        why = f"{type(error).__name__}: {error}" if not isinstance(error, CapxbrlError) else str(error)
        yield _check(area, area, why, "", "install capxbrl anew, in an environment of its own")


def is_well(checks: Iterable[Check]) -> bool:
    """Nothing that was looked at is wrong; what is optional may be absent."""
    return all(check.state is not State.WRONG for check in checks)


def as_record(checks: Sequence[Check]) -> dict[str, object]:
    """The checks as docs/schema/doctor.json describes them."""
    return {
        "capxbrl": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "well": is_well(checks),
        "checks": [asdict(check) for check in checks],
    }


def told(checks: Sequence[Check]) -> Iterator[str]:
    """The checks as lines for a person, by area."""
    wide = max(len(check.name) for check in checks)
    area = ""
    for check in checks:
        if check.area != area:
            area = check.area
            yield area
        yield f"  {check.state.value:<7} {check.name:<{wide}}  {check.found}"
        if check.hint:
            yield f"          hint: {check.hint}"
    wrong = sum(check.state is State.WRONG for check in checks)
    yield f"{counted(wrong, 'thing is', 'things are')} wrong" if wrong else "all is well"


def _check(area: str, name: str, fault: str, found: str, hint: str = "") -> Check:
    """ok, or wrong where there is a fault, which is then what was found."""
    return Check(area=area, name=name, state=State.WRONG if fault else State.OK, found=fault or found, hint=hint)


# --- what is installed ------------------------------------------------------------------------------------------------


def _versions() -> Iterator[Check]:
    old = sys.version_info[:2] < _OLDEST_PYTHON
    oldest = ".".join(map(str, _OLDEST_PYTHON))
    yield _check("versions", "python", f"{platform.python_version()}, older than {oldest}" * old, _python())
    yield _check("versions", "capxbrl", "", f"{__version__} in {Path(__file__).parent}")
    for name, asked, extra in _requirements():
        if not extra:
            have = _installed(name)
            fault = "not installed" if not have else f"{have}, not {asked}" * (not _fits(have, asked))
            yield _check("versions", name, fault, have, f"pip install '{name}{asked}'" if fault else "")


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"


def _requirements() -> tuple[tuple[str, str, str], ...]:
    """(package, versions, extra or "") of all that capxbrl asks for, as its metadata have it."""
    try:
        listed = requires("capxbrl") or []
    except PackageNotFoundError:  # a checkout on the path, not installed
        return ()
    found = (_REQUIREMENT.match(line) for line in listed)
    return tuple((m[1], m[2].replace(" ", "").strip("()"), m[3] or "") for m in found if m)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fits(have: str, asked: str) -> bool:
    """2.47.3 is what >=2.47,<2.48 asks for."""
    ours = _numbers(have)
    return all(
        ours >= _numbers(bound) if sign == ">=" else ours < _numbers(bound) for sign, bound in _LIMIT.findall(asked)
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def _extras() -> Iterator[Check]:
    wanted: dict[str, list[tuple[str, str]]] = {}
    for name, asked, extra in _requirements():
        if extra and extra not in _FOR_DEVELOPERS:
            wanted.setdefault(extra, []).append((name, asked))
    return (_extra(extra, packages) for extra, packages in wanted.items())


def _extra(extra: str, packages: Sequence[tuple[str, str]]) -> Check:
    have = {name: _installed(name) for name, _ in packages}
    absent = [name for name in have if not have[name]]
    old = [f"{name} {have[name]}" for name, asked in packages if have[name] and not _fits(have[name], asked)]
    hint = f"pip install 'capxbrl[{extra}]'"
    if absent:
        return Check(area="extras", name=extra, state=State.ABSENT, found=f"without {', '.join(absent)}", hint=hint)
    if old:
        return Check(area="extras", name=extra, state=State.WRONG, found=f"too old: {', '.join(old)}", hint=hint)
    return _check("extras", extra, "", ", ".join(f"{name} {found}" for name, found in have.items()))


# --- what it brings along, and what others add ------------------------------------------------------------------------


def _data() -> Iterator[Check]:
    from . import resources, taxonomy, words
    from .tagging import tables

    known = len(taxonomy.load().concepts)
    rows = sum(len(words.checked(room)) for room in words.rooms())
    yield _check("data", "taxonomies", "", f"{known:,} concepts, {rows:,} rows of words")
    yield _check("data", "learned", "", f"{len(tables.learned().counts.rows):,} labels of filings")
    lacking = not (resources.templates() / "report.xhtml.j2").is_file()
    yield _check("data", "templates", "report.xhtml.j2 is not there" * lacking, "there")


def _additions() -> Iterator[Check]:
    from . import plugins

    for kind in ("rules", "readers", "writers"):
        try:
            names = [name for name, _ in plugins.added(kind)]
        except CapxbrlError as error:
            yield _check("additions", kind, str(error), "", "uninstall that package, or mend it")
            continue
        yield _check("additions", kind, "", ", ".join(names) or "none")


# --- what is at hand to judge and to look with ------------------------------------------------------------------------


def _packages(folders: Sequence[Path]) -> Iterator[Check]:
    from . import gate

    found = gate.packages_in(folders)
    for path, holds, fault in found:
        yield _check("packages", path.name, fault, holds, "take it out, or download it anew" * bool(fault))
    if not found:
        where = ", ".join(map(str, folders))
        yield Check(
            area="packages",
            name="us-gaap",
            state=State.WRONG if folders else State.ABSENT,
            found=f"no taxonomy package in {where}" if folders else "no folder of taxonomy packages is named",
            hint="reports in us-gaap are judged with --packages DIR or CAPXBRL_PACKAGES=DIR",
        )


def _plugin(given: Path | None) -> Iterator[Check]:
    from . import gate

    found = gate.edgar_plugin(given)
    if found is not None and (given is None or found[0] == given):
        yield _check("plug-in", "EDGAR", "", f"{found[1].removeprefix('plug-in EDGAR ')} in {found[0]}")
        return
    yield Check(
        area="plug-in",
        name="EDGAR",
        state=State.ABSENT if given is None else State.WRONG,
        found="not here" if given is None else f"not in {given}",
        hint="check out github.com/Arelle/EDGAR and name its folder with --edgar-plugin or CAPXBRL_EDGAR",
    )


def _browser() -> Iterator[Check]:
    import webbrowser

    try:
        yield _check("browser", "browser", "", webbrowser.get().name)
    except webbrowser.Error:
        yield Check(
            area="browser",
            name="browser",
            state=State.ABSENT,
            found="none found",
            hint="`capxbrl view` makes the page; open viewer.html in a browser elsewhere, or name one in BROWSER",
        )


def _limits() -> Iterator[Check]:
    folder = Path(tempfile.gettempdir())
    fault, free = "", 0
    try:
        with tempfile.TemporaryDirectory() as made:
            free = shutil.disk_usage(made).free
    except OSError as error:
        fault = f"{folder}: {error.strerror or error}"
    if not fault and free < _LEAST_DISK:
        fault = f"{free >> 20} MB free in {folder}"
    hint = "name a folder with more room in TMPDIR" * bool(fault)
    yield _check("limits", "scratch", fault, f"{free >> 20:,} MB free in {folder}", hint)
    allowed = _memory()
    short = allowed is not None and allowed < _LEAST_MEMORY
    shown = "no limit of the process" if allowed is None else f"{allowed >> 20:,} MB for the process"
    yield _check("limits", "memory", shown * short, shown, "raise it: ulimit -v" * short)
    told = f"{DEFAULTS.time_limit:.0f} s and {DEFAULTS.memory_limit:,} MB a report (--time-limit, --memory-limit)"
    yield _check("limits", "Arelle", "", told)
    yield _check("limits", "caches", "", "none: Arelle's settings and cache are scratch folders, deleted after use")


def _memory() -> int | None:
    """Bytes of address space; None where there is no limit, or none can be asked for."""
    if os.name != "posix":
        return None
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if allowed == resource.RLIM_INFINITY else allowed


def _trial() -> Iterator[Check]:
    """A small filing of a made-up company, converted and validated."""
    from . import pipeline, writers

    made = pipeline.convert(_TRIAL, name="trial.txt", viewer=False)
    judged = made.validation is not None and made.validation.judged
    errors = [f.message for f in made.findings if f.severity is Severity.ERROR]
    fault = errors[0] if errors else "not judged" * (not judged)
    shown = f"{counted(len(made.facts), 'fact')}, valid; {len(writers.formats())} formats can be asked for"
    yield _check("trial", "conversion", fault, shown)
