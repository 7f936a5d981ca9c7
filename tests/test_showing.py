"""What a notebook and a terminal show of statements, facts, findings and a conversion."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

import capxbrl as cx
from capxbrl.model import Period, Standing
from capxbrl.showing import phrases

INCOME = """EXAMPLE MILLS INC
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands, except share and per share data)
                                      Three Months Ended
                                           June 30,
                                       2001        2000
Net sales                          $  9,000    $  8,000
Cost of sales                         9,500       7,000
Gross profit (loss)                    (500)      1,000
Income taxes                              -         400
Net income (loss)                  $   (500)   $    600
Net income (loss) per share        $  (0.05)   $   0.06
Weighted average shares          10,000,000  10,000,000
"""


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    return cx.convert(Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt", validate=False)


@pytest.fixture(scope="module")
def mills_made() -> cx.Conversion:
    return cx.convert(INCOME, validate=False)


class Cells(HTMLParser):
    """The rows of a table, each cell with its title and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.titles: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.titles += [value or "" for name, value in attrs if name == "title"]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


@pytest.mark.parametrize(
    ("start", "end", "weeks", "told"),
    [
        (None, "2009-09-30", False, "Sep 30, 2009"),
        ("2009-07-01", "2009-09-30", False, "3 months ended Sep 30, 2009"),
        ("2009-09-01", "2009-09-30", False, "1 month ended Sep 30, 2009"),
        ("2009-01-01", "2009-12-31", False, "year ended Dec 31, 2009"),
        ("2009-06-28", "2009-09-26", False, "3 months ended Sep 26, 2009"),
        ("2009-06-28", "2009-09-26", True, "13 weeks ended Sep 26, 2009"),
        ("2008-09-28", "2009-09-26", True, "52 weeks ended Sep 26, 2009"),
        ("2009-07-01", "2009-09-30", True, "3 months ended Sep 30, 2009"),
        ("2009-11-09", "2009-11-09", False, "Nov 9, 2009"),
        ("2009-11-01", "2009-11-09", False, "9 days ended Nov 9, 2009"),
        ("1998-01-05", "2001-06-30", False, "Jan 5, 1998 to Jun 30, 2001"),
    ],
)
def test_a_period_in_words(start: str | None, end: str, weeks: bool, told: str) -> None:
    first = dt.date.fromisoformat(start) if start else None
    period = Period(start=first, end=dt.date.fromisoformat(end))
    assert " ".join(filter(None, phrases.period(period, weeks=weeks))) == told


def test_a_statement_in_a_notebook_is_as_on_the_page(made: cx.Conversion) -> None:
    html = made.income_statement._repr_html_()
    cells = Cells(html)
    rows = {row[0]: row[1:] for row in cells.rows if row}
    assert cells.rows[0] == ["", "3 months endedSep 30, 2009", "3 months endedSep 30, 2008",
                             "6 months endedSep 30, 2009", "6 months endedSep 30, 2008"]  # fmt: skip
    assert "USD in thousands, except per share figures" in html
    assert rows["Net loss"] == ["$ (31,881)", "$ (9,911)", "$ (47,140)", "$ (19,728)"]
    assert rows["Interest income"] == ["", "153", "8", "355"] and rows["Operating expenses:"] == ["", "", "", ""]
    # A line below a heading is set in; a total has a rule above it.
    row = re.findall(r"<tr.*?</tr>", html)
    inset = next(r for r in row if "Research and development" in r)
    outer = next(r for r in row if ">Revenue<" in r)
    assert "px .4em 1px 1.4em" in inset and "px .4em 1px 0.2em" in outer
    total = next(r for r in row if "Total operating expenses" in r)
    assert total.count("border-top:1px solid") == 4 and "border-top" not in outer
    # Concept, reason and place on hover.
    assert any(t.startswith("Net loss: proved; capx-gaap:NetIncomeLoss, confidence 0.9") for t in cells.titles)
    assert any(t.endswith("capstone-2009-11-09.txt:166:13") for t in cells.titles)


def test_units_and_scales_are_told(mills_made: cx.Conversion, made: cx.Conversion) -> None:
    statement = mills_made.income_statement
    assert phrases.units(statement) == "USD in thousands, shares in full, except per share figures"
    rows = {row[0]: row[1:] for row in Cells(statement._repr_html_()).rows if row}
    assert rows["Weighted average shares"] == ["10,000,000", "10,000,000"]
    assert rows["Income taxes"] == ["–", "400"]
    assert phrases.units(made.balance_sheet) == "USD in thousands"


def test_a_figure_of_another_scale_is_shown_in_that_of_the_heading(mills_made: cx.Conversion) -> None:
    """One figure in units among thousands: what the heading says is true of it."""
    statement = mills_made.income_statement
    line = statement.lines[0]
    assert line.amounts[0] is not None
    odd = replace(line.amounts[0], value=line.amounts[0].value + 500, shown="9,000,500", scale=0)
    changed = replace(statement, lines=(replace(line, amounts=(odd, *line.amounts[1:])), *statement.lines[1:]))
    assert "9,000.5" in changed._repr_html_() and "9,000.5" in str(changed)


def test_cents_a_share_are_shown_as_what_they_are_worth(mills_made: cx.Conversion) -> None:
    statement = mills_made.income_statement
    line = statement.line("Net income (loss) per share")
    cents = tuple(replace(a, shown="5", scale=-2) if a else None for a in line.amounts[:1])
    lines = tuple(replace(one, amounts=(*cents, *line.amounts[1:])) if one is line else one for one in statement.lines)
    assert "(0.05)" in str(replace(statement, lines=lines))


def test_a_doubtful_figure_is_marked(mills_made: cx.Conversion) -> None:
    statement = mills_made.income_statement
    line = statement.line("Net sales")
    doubted = tuple(replace(f, reading=Standing.DOUBTFUL) if n == 0 else f for n, f in enumerate(line.facts))
    lines = tuple(replace(one, facts=doubted) if one is line else one for one in statement.lines)
    changed = replace(statement, lines=lines)
    html = changed._repr_html_()
    assert ["Net sales", "$ 9,000?", "$ 8,000"] in Cells(html).rows
    assert "doubtful: witnesses disagree, or nothing says it" in html and "dotted" in html
    assert re.search(r"Net sales +9,000\? +8,000\n", str(changed)) and "? doubtful" in str(changed)
    assert "doubtful:" not in statement._repr_html_() and "? doubtful" not in str(statement)


HOSTILE = "<script>alert(1)</script>\"' onmouseover=x <img src=http://evil.example/> &amp; \u202e gpj \x1b[31m $x$"


def test_hostile_text_is_escaped(mills_made: cx.Conversion) -> None:
    """In a title, a label, a heading, a reason, a finding: text, never markup or a command to the terminal."""
    statement = mills_made.income_statement
    fact = replace(mills_made.facts[0], label=HOSTILE, why=HOSTILE, shown=HOSTILE)
    text_fact = replace(fact, value=HOSTILE, unit=None)
    lines = tuple(replace(line, label=HOSTILE, facts=(fact,)) for line in statement.lines)
    columns = tuple(replace(column, heading=HOSTILE, currency=HOSTILE) for column in statement.columns)
    changed = replace(statement, title=HOSTILE, currency=HOSTILE, lines=lines, columns=columns)
    finding = cx.Finding(code=HOSTILE, severity=cx.Severity.WARNING, message=HOSTILE, hint=HOSTILE)
    report = replace(mills_made.report, title=HOSTILE)
    whole = replace(mills_made, report=report, statements=cx.Statements([changed]), findings=cx.Findings([finding]))
    shown = (changed, fact, text_fact, cx.Facts([fact, text_fact]), cx.Findings([finding]), finding, whole)
    for value in shown:
        cells = Cells(value._repr_html_())
        assert cells.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "div", "span", "b", "br",
                              "details", "summary"}  # fmt: skip
        assert cells.attributes <= {"style", "title", "open"}
        assert "\u202e" not in value._repr_html_() and "\x1b" not in value._repr_html_()
    for value in (changed, cx.Facts([fact, text_fact]), cx.Findings([finding]), whole):
        assert "\u202e" not in str(value) and "\x1b" not in str(value)


def test_nothing_is_loaded_from_outside(made: cx.Conversion) -> None:
    html = made._repr_html_() + made.facts._repr_html_() + made.findings._repr_html_() + made.facts[40]._repr_html_()
    assert not re.search(r"https?://|<script|<link|<style|@import|url\(|src=", html)
    assert Cells(html).attributes <= {"style", "title", "open"}


def test_a_conversion_in_a_notebook(made: cx.Conversion) -> None:
    html = made._repr_html_()
    assert "Capstone Turbine Corporation 8-K" in html and "not validated" in html
    assert "148 facts: 115 proved, 31 stated, 2 doubtful" in html and "5 warnings, 9 notes" in html
    assert html.count("<details open>") == 1 and "income statement: CAPSTONE" in html


def test_facts_and_findings_in_a_notebook(made: cx.Conversion) -> None:
    facts = Cells(made.facts.where("NetIncomeLoss")._repr_html_())
    assert ["Net loss", "NetIncomeLoss", "3 months ended Sep 30, 2009", "(31,881,000)", "USD", "proved"] in facts.rows
    assert "the first 60 are shown" in made.facts._repr_html_() and len(Cells(made.facts._repr_html_()).rows) == 61
    fact = made.fact("NetIncomeLoss", months=3, end="2009-09-30")
    told = {row[0]: row[1] for row in Cells(fact._repr_html_()).rows}
    assert told["Net loss"] == "(31,881,000) USD" and told["period"] == "3 months ended Sep 30, 2009"
    assert told["on the page"] == "31,881, cell of the income statement, capstone-2009-11-09.txt:166:13"
    findings = made.findings._repr_html_()
    assert findings.index("cover.no-cik") < findings.index("<details>") < findings.index("tie.retained-earnings")
    assert "no findings" in cx.Findings()._repr_html_() and "0 facts" in cx.Facts()._repr_html_()


def test_a_statement_on_a_terminal(mills_made: cx.Conversion) -> None:
    assert str(mills_made.income_statement).splitlines()[1:] == [
        "USD in thousands, shares in full, except per share figures",
        "                             3 months ended   3 months ended",
        "                               Jun 30, 2001     Jun 30, 2000",
        "Net sales                             9,000            8,000",
        "Cost of sales                         9,500            7,000",
        "                                 ──────────       ──────────",
        "Gross profit (loss)                    (500)           1,000",
        "Income taxes                              –              400",
        "                                 ──────────       ──────────",
        "Net income (loss)                      (500)             600",
        "Net income (loss) per share           (0.05)            0.06",
        "Weighted average shares          10,000,000       10,000,000",
    ]


@pytest.mark.parametrize("width", [200, 100, 80])
def test_rich_prints_it_within_the_terminal(width: int, made: cx.Conversion) -> None:
    file = io.StringIO()
    Console(file=file, width=width).print(made.income_statement)
    lines = file.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    (loss,) = [line for line in lines if line.startswith("Net loss  ")]
    assert re.findall(r"\([\d,]+\)", loss) == ["(31,881)", "(9,911)", "(47,140)", "(19,728)"]


def test_rich_prints_colours_where_there_are_some(made: cx.Conversion) -> None:
    for value in (made, made.statements, made.facts, made.findings):
        file = io.StringIO()
        Console(file=file, width=250, force_terminal=True, color_system="standard").print(value)
        assert file.getvalue().strip()
    assert "\x1b[33m" in file.getvalue()


def test_a_conversion_and_its_facts_on_a_terminal(made: cx.Conversion) -> None:
    text = str(made)
    assert text.startswith("Capstone Turbine Corporation 8-K\ncapstone-2009-11-09.txt, 2 statements, 148 facts")
    assert "warning: no CIK in the filing" in text and "note: " not in text
    facts = str(made.facts)
    assert "... and 108 more" in facts and len(facts.splitlines()) == 43
    assert str(cx.Facts()) == "0 facts" and str(cx.Findings()) == "no findings" and str(cx.Statements()) == ""


def test_a_shell_shows_the_text_and_a_list_the_repr(made: cx.Conversion) -> None:
    pretty = pytest.importorskip("IPython.lib.pretty").pretty
    assert pretty(made.income_statement) == str(made.income_statement)
    assert pretty([made.income_statement]).startswith("[Statement(income_statement, 'CAPSTONE")
    assert pretty(made.facts).startswith("148 facts:") and pretty(made).startswith("Capstone")
    assert pretty(made.findings) == str(made.findings) and pretty(made.statements) == str(made.statements)
