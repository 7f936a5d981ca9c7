"""How figures stand: by the decisions they rest on and by the relations that bear them out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl.decisions import CURRENCY, PERIOD, SCALE_OF_MONEY
from capxbrl.model import Decision, Standing, Tagged
from capxbrl.readings import weigh
from capxbrl.ties import relations

PAGE = """
                 EXAMPLE CORP
                BALANCE SHEETS
                (in thousands)
                        June 30, 2009   December 31, 2008
Cash                         1,234           1,100
Receivables                  2,345           2,200
Total assets                 3,579           3,300
Payables                     1,111           1,000
Equity                       2,468           2,300
Total liabilities and equity 3,579           3,300
"""


def tagged(decisions: dict[str, Standing], period: Standing = Standing.PROVED) -> tuple[Tagged, ...]:
    made = cx.convert(PAGE.encode(), name="page.txt", validate=False)
    out = []
    for one in made.tagged:
        statement = replace(
            one.statement,
            decisions=tuple(Decision(subject=k, value="", standing=v) for k, v in decisions.items()),
            columns=tuple(
                replace(c, decisions=(Decision(subject=PERIOD, value=str(c.period), standing=period),))
                for c in one.statement.columns
            ),
        )
        out.append(replace(one, statement=statement))
    return tuple(out)


@pytest.mark.parametrize(
    ("decisions", "period", "expected"),
    [
        ({SCALE_OF_MONEY: Standing.PROVED, CURRENCY: Standing.PROVED}, Standing.PROVED, Standing.PROVED),
        ({SCALE_OF_MONEY: Standing.STATED, CURRENCY: Standing.PROVED}, Standing.PROVED, Standing.STATED),
        ({SCALE_OF_MONEY: Standing.PROVED, CURRENCY: Standing.PROVED}, Standing.DOUBTFUL, Standing.DOUBTFUL),
        ({}, Standing.PROVED, Standing.STATED),
    ],
)
def test_a_figure_stands_as_its_weakest_decision(
    decisions: dict[str, Standing], period: Standing, expected: Standing
) -> None:
    pages = tagged(decisions, period)
    weighed = weigh(pages, relations(pages))
    total = next(i for i, line in enumerate(weighed[0].statement.lines) if line.label == "Total assets")
    assert weighed[0].lines[total].readings == (expected, expected)


def test_a_figure_that_no_relation_bears_out_is_stated() -> None:
    pages = tagged({SCALE_OF_MONEY: Standing.PROVED, CURRENCY: Standing.PROVED})
    weighed = weigh(pages, ())
    assert {r for line in weighed[0].lines for r in line.readings if r} == {Standing.STATED}


def test_a_doubtful_figure_is_marked_on_the_page(tmp_path: Path) -> None:
    broken = PAGE.replace("2,345           2,200", "2,945           2,200")
    made = cx.convert(broken.encode(), name="page.txt", validate=False)
    doubtful = [f for f in made.facts if f.reading is Standing.DOUBTFUL]
    page = made.files["report.xhtml"].decode()
    assert doubtful
    assert page.count('class="doubtful"') == len({f.span for f in doubtful})
