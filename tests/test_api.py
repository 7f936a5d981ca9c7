"""The public names: documented whole, short to look at, quick to import."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import capxbrl as cx
from capxbrl import frames

MODULES = (frames,)
PUBLIC = {name: getattr(cx, name) for name in cx.__all__}


def functions() -> Iterator[tuple[str, Any]]:
    """Every public function, and every public method of a public class, that is ours."""
    for module in MODULES:
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", value
    for name, value in PUBLIC.items():
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            for attribute, member in vars(value).items():
                if not attribute.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
                    yield f"{name}.{attribute}", member


def parameters(function: Any) -> list[str]:
    if isinstance(function, property):
        return []
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


@pytest.mark.parametrize(("name", "function"), [*functions()], ids=[name for name, _ in functions()])
def test_every_parameter_is_documented(name: str, function: Any) -> None:
    """`name: what it is` for each."""
    told = inspect.getdoc(function) or ""
    assert told, f"{name} has no docstring"
    missing = [p for p in parameters(function) if not re.search(rf"(?<![\w.]){p}(?:, \w+)*:", told)]
    assert not missing, f"{name} does not say what {missing} are"


def test_the_options_are_the_parameters_of_convert_with_the_same_words() -> None:
    options = {field.name: field.default for field in dataclasses.fields(cx.Options)}
    given = {
        name: p.default
        for name, p in inspect.signature(cx.convert).parameters.items()
        if name not in ("source", "name", "progress")
    }
    assert list(given) == list(options)
    assert given | {"assume": options["assume"]} == options
    for name in options:
        told = [
            re.search(rf"^ +{name}: (.*?)(?=^ +\w+: |\n\n)", d.__doc__ or "", re.M | re.S)
            for d in (cx.Options, cx.convert)
        ]
        first, second = (" ".join(found[1].split()) for found in told if found)
        assert first == second


@pytest.mark.parametrize("name", cx.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert PUBLIC[name].__doc__ and not PUBLIC[name].__doc__.startswith(f"{name}(")
    assert name in dir(cx)


def test_type_checkers_see_what_is_there() -> None:
    """The imports for type checkers and the table of homes name the same."""
    text = Path(cx.__file__).read_text(encoding="utf-8")
    seen = re.findall(r"^    from \.(\w+) import (.*)$", text, re.M)
    names = {name.strip(): module for module, several in seen for name in several.split(",")}
    homes = {name: value.__module__.split(".")[1] for name, value in PUBLIC.items()}
    assert set(names) == set(cx.__all__)
    assert names == homes
    assert (Path(cx.__file__).parent / "py.typed").exists()


def values(of: Any, seen: set[int], depth: int = 0) -> Iterator[Any]:
    """Every value within a value."""
    if id(of) in seen or depth > 12:
        return
    seen.add(id(of))
    if dataclasses.is_dataclass(of):
        yield of
        for field in dataclasses.fields(of):
            yield from values(getattr(of, field.name), seen, depth + 1)
    elif isinstance(of, tuple):
        if type(of) is not tuple:
            yield of
        for one in of[:50]:
            yield from values(one, seen, depth + 1)


def test_every_value_has_a_short_repr(reference: Path) -> None:
    made = cx.convert(reference, validate=False)
    every = list(values(made, set()))
    long = {type(value).__name__: len(repr(value)) for value in every if len(repr(value)) > 260}
    assert not long
    kinds = {type(value).__name__ for value in every}
    assert {"Conversion", "Document", "Statement", "LineItem", "Report", "Fact", "Concept", "Finding"} <= kinds
    assert len(repr(cx.read(reference))) < 200 and len(repr(cx.load_taxonomy())) < 200
    assert repr(cx.Options(cik="1", overrides="mine.csv")) == "Options(overrides=<1>, cik='1')"


def test_reprs_say_what_matters(reference: Path) -> None:
    made = cx.convert(reference, validate=False)
    fact = made.fact("NetIncomeLoss", months=3, end="2009-09-30")
    shown = "Fact(f-is-14-1, capx-gaap:NetIncomeLoss, 2009-07-01/2009-09-30, -31,881,000 USD, proved)"
    assert repr(fact) == shown
    assert repr(fact.concept) == "Concept(capx-gaap:NetIncomeLoss, monetary, duration, credit)"
    assert repr(made.document) == "Document('capstone-2009-11-09.txt', text, 57 blocks, 3 tables)"
    assert repr(made.facts) == "Facts(148 facts: 115 proved, 31 stated, 2 doubtful)"
    assert repr(made.statements) == "Statements(balance_sheet, income_statement)"
    assert repr(made.findings) == "Findings(5 warnings, 9 notes)"
    assert repr(made).startswith("Conversion('Capstone Turbine Corporation 8-K', 2 statements, 148 facts")
    line = made.income_statement.line("Net loss")
    assert repr(line) == "LineItem('Net loss', -31,881,000, -9,911,000, -47,140,000, -19,728,000)"


def test_an_import_takes_no_time() -> None:
    """Nothing is loaded but the package itself."""
    code = "import sys, __future__; before = set(sys.modules); import capxbrl; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["['capxbrl']"]
