"""The SEC's own transformations (`ixt-sec`), which are no part of Arelle: they come with the plug-in EDGAR.

Where that is there (a checkout of github.com/Arelle/EDGAR in Arelle's folder of plug-ins, or named by the variable
CAPXBRL_EDGAR), its transformations are used; a plug-in that is named to Arelle itself would make every session look for
all of them. Where it is not, the facts that use them are not judged, and that is told once.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..findings import CapxbrlError, Finding, Severity, counted

#: Every version of the registry begins so (EDGAR Filer Manual, volume II, 5.2.5).
REGISTRY = "http://www.sec.gov/inlineXBRL/transformation"
NO_TRANSFORMATIONS = "gate.no-transformations"
_HOOK = "ModelManager.LoadCustomTransforms"
_MODULE = "capxbrl_edgar_transform"
_SHOWN = 5
#: What Arelle says of a fact whose transformation it does not know.
_CONSEQUENCES = ("invalidTransformation", "transformValueError", "xmlSchema:valueError", "arelle:ixbrlTransform")


def home(given: Path | None, part: str) -> Path | None:
    """The folder of the plug-in that has this part: the one given, of CAPXBRL_EDGAR, or in Arelle's own folder of
    plug-ins; None where it is not there. Raises CapxbrlError where the one given has none."""
    import arelle

    named = os.environ.get("CAPXBRL_EDGAR")
    places = [Path(named)] if named else []
    places.append(Path(arelle.__path__[0]) / "plugin" / "EDGAR")
    found = next((p for p in ([given] if given else places) if (p / part / "__init__.py").is_file()), None)
    if given and found is None:
        raise CapxbrlError(f"{given}: holds no plug-in EDGAR: there is no {part}/__init__.py in it")
    return found


def plug_in(given: Path | None) -> Path | None:
    """The module of the plug-in that holds the transformations; None where it is not there."""
    folder = home(given, "transform")
    return folder / "transform" / "__init__.py" if folder else None


@contextmanager
def transformations(given: Path | None) -> Iterator[str]:
    """Arelle knows the transformations of the plug-in for the time being; yields why not, "" where it does."""
    from arelle.ModelManager import ModelManager

    module = plug_in(given)
    if module is None:
        yield "the plug-in EDGAR is not here"
        return
    try:
        more = _hook(module)
    except Exception as error:  # the code of somebody else
        yield f"the plug-in EDGAR cannot be loaded ({type(error).__name__}: {error})"
        return
    load = ModelManager.loadCustomTransforms

    def with_those(manager: Any) -> None:
        load(manager)
        more(manager.customTransforms)

    ModelManager.loadCustomTransforms = with_those
    try:
        yield ""
    finally:
        ModelManager.loadCustomTransforms = load


def _hook(module: Path) -> Any:
    spec = importlib.util.spec_from_file_location(_MODULE, module, submodule_search_locations=[str(module.parent)])
    if spec is None or spec.loader is None:
        raise ImportError(f"{module}: is no module")
    sys.modules[_MODULE] = made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made.__pluginInfo__[_HOOK]


def unjudged(findings: Sequence[Finding], users: Mapping[str, str], why: str) -> tuple[Finding, ...]:
    """The findings where the plug-in is not there: the consequences of that as one.

    users: {id of a fact: the transformation of the SEC that it uses}.
    """
    kept = [f for f in findings if not (f.fact in users and f.code.endswith(_CONSEQUENCES))]
    kept = [f for f in kept if not (f.code.endswith("invalidTransformation") and REGISTRY in f.message)]
    names = sorted(set(users.values()))
    listed = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    facts = counted(len(users), "fact is", "facts are")
    told = Finding(
        code=NO_TRANSFORMATIONS,
        severity=Severity.WARNING,
        message=f"{facts} not judged: {why}, which has the transformations of the SEC ({listed})",
        fact=next((id_ for id_ in users if not id_.startswith("#")), None),
        hint="check out github.com/Arelle/EDGAR and name its folder with --edgar-plugin or CAPXBRL_EDGAR",
    )
    return (*kept, told)
