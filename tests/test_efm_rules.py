"""The checks that a converter itself can break (rules/efm_*): none speaks of a good report, each of a broken one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl import pipeline, rules
from capxbrl.model import Context, Entity, Period, Profile, Report
from capxbrl.options import Options, choose

PAGE = """CEDAR HINGES INC
CONSOLIDATED BALANCE SHEETS
(In thousands)

\tDecember 31,
\t2009\t2008
Cash\t$ 300\t$ 500
Receivables of hinges\t1,700\t1,500
Total current assets\t2,000\t2,000
Our plant\t1,000\t1,200
Total assets\t$ 3,000\t$ 3,200
Accounts payable\t$ 900\t$ 1,000
Common stock\t2,500\t2,500
Treasury stock\t(100)\t(50)
Accumulated deficit\t(300)\t(250)
Total stockholders' equity\t2,100\t2,200
Total liabilities and stockholders' equity\t$ 3,000\t$ 3,200
"""


def report(page: str = PAGE, options: Options | None = None) -> Report:
    chosen = options or choose(profile="edgar", taxonomy="us-gaap-2009", cik="1234567")
    return pipeline.analyse(pipeline.load(page.encode(), "page.txt").value, chosen).value.report


@pytest.fixture(scope="module")
def good() -> Report:
    return report()


def told(made: Report) -> set[str]:
    return {f.code for f in rules.check(made) if f.code.startswith("efm.")}


def test_a_good_report_is_told_only_what_its_page_does_not_say(good: Report) -> None:
    assert told(good) == {"efm.cover"}


def test_nothing_is_told_of_a_report_that_is_not_for_edgar(good: Report) -> None:
    assert told(replace(good, profile=Profile.OPEN, facts=good.facts[:1])) == set()


def test_the_reference_filing_keeps_the_rules(reference: Path) -> None:
    options = choose(profile="edgar", taxonomy="us-gaap-2009", cik="1009759")
    made = pipeline.analyse(pipeline.load(reference).value, options).value.report
    assert told(made) <= {"efm.cover"}


def with_fact(made: Report, words: str, **new: object) -> Report:
    at = next(n for n, f in enumerate(made.facts) if f.label == words)
    facts = (*made.facts[:at], replace(made.facts[at], **new), *made.facts[at + 1 :])  # type: ignore[arg-type]
    return replace(made, facts=facts)


def with_role(made: Report, name: str, **new: object) -> Report:
    roles = tuple(replace(r, **new) if r.id == name else r for r in made.extension.roles)  # type: ignore[arg-type]
    return replace(made, extension=replace(made.extension, roles=roles))


def sheet(made: Report) -> str:
    return next(r.id for r in made.extension.roles if r.arcs)


def without_label(made: Report) -> Report:
    labels = tuple((c, {k: v for k, v in t.items() if k}) for c, t in made.extension.labels)
    return replace(made, extension=replace(made.extension, labels=labels))


def with_label(made: Report, text: str) -> Report:
    labels = tuple((c, t | {"": text}) for c, t in made.extension.labels[-1:])
    return replace(made, extension=replace(made.extension, labels=(*made.extension.labels[:-1], *labels)))


def turned(made: Report) -> Report:
    fact = next(f for f in made.facts if f.label == "Cash")
    assert isinstance(fact.value, Decimal)
    return with_fact(made, "Cash", value=-fact.value)


def twice(made: Report) -> Report:
    fact = next(f for f in made.facts if f.label == "Cash")
    return replace(made, facts=(*made.facts, replace(fact, id="f-again", value=Decimal(5), span=made.facts[0].span)))


def day_off(made: Report) -> Report:
    first = made.contexts[0]
    periods = [Period(start=first.period.end, end=first.period.end.replace(year=2010))]
    periods.append(Period(start=first.period.end.replace(year=2007), end=first.period.end))
    more = tuple(Context(id=f"c-{n}", period=p) for n, p in enumerate(periods))
    facts = tuple(replace(made.facts[0], id=f"f-{c.id}", context=c.id) for c in more)
    return replace(made, contexts=(*made.contexts, *more), facts=(*made.facts, *facts))


def unpresented(made: Report) -> Report:
    role = next(r for r in made.extension.roles if r.arcs)
    return with_role(made, role.id, nodes=role.nodes[:-1])


def circular(made: Report) -> Report:
    role = next(r for r in made.extension.roles if r.arcs)
    total, part, weight = role.arcs[0]
    return with_role(made, role.id, arcs=(*role.arcs, (part, total, weight)))


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("efm.identifier", lambda r: replace(r, entity=Entity(scheme="http://www.irs.gov/ein", identifier="12-345"))),
        ("efm.contexts", lambda r: replace(r, contexts=(*r.contexts, replace(r.contexts[0], id="c-unused")))),
        ("efm.contexts", day_off),
        ("efm.duplicates", twice),
        ("efm.sign", turned),
        ("efm.sign", lambda r: with_fact(r, "Cash", value=Decimal(301_000))),
        ("efm.decimals", lambda r: with_fact(r, "Cash", decimals=-6)),
        ("efm.decimals", lambda r: with_fact(r, "Cash", decimals=0)),
        ("efm.labels", without_label),
        ("efm.labels", lambda r: with_label(r, "Cash  and <more>")),
        ("efm.labels", lambda r: with_label(r, "word " * 200)),
        ("efm.presentation", unpresented),
        ("efm.presentation", lambda r: with_role(r, sheet(r), nodes=(*r.extension.roles[-1].nodes,) * 2)),
        ("efm.calculation", circular),
        ("efm.names", lambda r: with_role(r, sheet(r), definition="The balance sheet")),
        ("efm.names", lambda r: replace(r, extension=replace(r.extension, namespace="http://cedar.example/filer/x"))),
        ("efm.names", lambda r: report(options=choose(profile="edgar", cik="1234567"))),
    ],
)
def test_what_is_broken_is_told(code: str, broken: Callable[[Report], Report], good: Report) -> None:
    assert code in told(broken(good))
