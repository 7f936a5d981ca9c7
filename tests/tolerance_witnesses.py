"""Small records and pages that show what each tolerance of a stage is for: moved far, they are judged otherwise.

WITNESSES: record -> field -> (a value far from its own, what is asked). Used by tests/test_stage_tolerances.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import test_accounts_in_parts
import test_prose
import test_results
import test_subtotals
import test_totals
from test_repair import analyse

from capxbrl import readings, repair, taxonomy, ties
from capxbrl.amounts import Printed, has_decimal_commas, parse_amount
from capxbrl.decisions import (
    accord,
    balance_counts,
    calendar,
    columns,
    earnings,
    ends,
    faces,
    kinds,
    order,
    shares,
    whose,
    within,
)
from capxbrl.decisions.scale import repeated, sizes, stated
from capxbrl.evidence import AnnotatedRow, RowKind, Scale, TitledTable
from capxbrl.findings import Finding, Position, Severity
from capxbrl.footing.edits import Slip
from capxbrl.model import (
    Amount,
    Cell,
    Column,
    Counted,
    Figure,
    FigureKind,
    Kind,
    LineItem,
    LineRole,
    Number,
    PageBreak,
    Paragraph,
    Period,
    Row,
    Span,
    Statement,
    Table,
    Unit,
)
from capxbrl.prose import calendar as periods_said
from capxbrl.prose import claims, figures, scope, subjects
from capxbrl.repair import problems
from capxbrl.rules import below_the_end, comparative, fundamentals
from capxbrl.statements import columns as statement_columns
from capxbrl.statements import labels, tables, units
from capxbrl.tagging import candidates, cash, choice, members, named, rank
from capxbrl.tagging.models import precedents
from capxbrl.ties import causes, relations
from capxbrl.ties import relation as ties_relation

AT = Position(source="x", line=1, column=1)
SPAN = Span(block=0, start=0, end=1)
Witness = tuple[Any, Callable[[], object]]


def like(**fields: object) -> Any:
    """A stand-in for a record, with the fields that are asked for."""
    return SimpleNamespace(**fields)


def amount(shown: str, unit: Unit = Unit.USD, scale: int = 0) -> Amount:
    value = Decimal(shown.replace(",", "")).scaleb(scale)
    return Amount(value=value, shown=shown, scale=scale, decimals=-scale, unit=unit, at=AT, span=SPAN)


def count(shown: str, scale: int = 0) -> Amount:
    return amount(shown, Unit.SHARES, scale)


def line(label: str, *amounts: Amount | None, role: LineRole = LineRole.NONE, **more: Any) -> LineItem:
    return LineItem(label=label, path=(), amounts=amounts, at=AT, role=role, **more)


def column(end: str, start: str = "") -> Column:
    period = Period(end=dt.date.fromisoformat(end), start=dt.date.fromisoformat(start) if start else None)
    return Column(grid=1, period=period)


def statement(kind: Kind, *lines: LineItem, ends: tuple[Column, ...] = (column("2009-12-31"),)) -> Statement:
    return Statement(kind=kind, title="", currency="USD", scale=0, columns=ends, lines=lines, at=AT)


# --- days -------------------------------------------------------------------------------------------------------------


def year_end_beside(day: dt.date) -> object:
    """The end of the fiscal year, where balance sheets of two days are shown."""
    return calendar._year_end(like(header=None), {dt.date(2009, 9, 30), day}, ())


def closing_apart() -> object:
    """A column of three months that closes nine months before the year to date, on a day that is shown elsewhere."""
    income = statement(
        Kind.INCOME_STATEMENT, ends=(column("2009-12-31", "2009-01-01"), column("2009-09-30", "2009-07-01"))
    )
    sheet = statement(Kind.BALANCE_SHEET, ends=(column("2009-09-30"), column("2009-12-31")))
    return list(accord._short((income, sheet), (0, 1)))


# --- shares -----------------------------------------------------------------------------------------------------------

PAR, ISSUED = amount("0.01", Unit.PER_SHARE), count("45,123")
COMMON = line(
    "Common stock",
    amount("458,000"),
    figures=(
        Figure(amount=PAR, what=FigureKind.PAR_VALUE, periods=()),
        Figure(amount=ISSUED, what=FigureKind.ISSUED, periods=()),
    ),
)
BARE_COMMON = line("Common stock", amount("9"), figures=(Figure(amount=ISSUED, what=FigureKind.ISSUED, periods=()),))
DILUTION = (
    line("Basic", count("45,123")),
    line("Options", count("1,000")),
    line("Diluted", count("46,120")),
)


def counted_in_label() -> object:
    """A label's count of shares below a caption of thousands."""
    return shares.scale_shares_in_labels((BARE_COMMON,), Kind.BALANCE_SHEET, Scale(money=3, said=True))


def fits(ratio: str, loose: bool) -> bool:
    pair = ((Decimal(1000) / Decimal(ratio), Decimal(0)),)
    return shares._fits(line("Diluted", count("1,000")), 0, pair, loose=loose)


def fitting_sizes() -> bool:
    """Total assets are five times the revenue."""
    pages = [like(statement=statement(kind)) for kind in (Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT)]
    return sizes._fits(pages, [Decimal(5), Decimal(1)], 0, 1)


# --- tables -----------------------------------------------------------------------------------------------------------


def row(label: str, *shown: object, loose: bool = False) -> AnnotatedRow:
    """A row of a table with figures in columns 1, 2, ...; None: no figure there."""
    texts = [label, *("" if f is None else str(f) for f in shown)]
    printed = tuple(parse_amount(text) if n else None for n, text in enumerate(texts))
    figures_of = tuple((n, p) for n, p in enumerate(printed) if p is not None)
    cells = tuple(Cell(text=text, at=AT, col=n) for n, text in enumerate(texts))
    return AnnotatedRow(
        block=0,
        row=0,
        source=Row(cells=cells, at=AT, loose=loose),
        kind=RowKind.DATA if figures_of else RowKind.WORDS,
        printed=printed,
        clues=(),
        figures=figures_of,
        text=label,
        label=label,
    )


def heading(col: int, own: str = "") -> Any:
    return like(col=col, own=own, clues=like(years=(), dates=()))


def table(rows: list[Any], kind: Kind = Kind.INCOME_STATEMENT, at: int = 0, **more: Any) -> Any:
    told = {"title": "", "named": (), "name": "", "titles": (), "heads": (), "above_blocks": (), "above": (), **more}
    made = like(rows=rows, kind=kind, blocks=(at,), columns=(1,), data_rows=len(rows), **told)
    return like(kind=kind, table=made, headings=())


def decided(rows: list[Any], at: int = 0, columns_of: int = 2) -> Any:
    made = table(rows, at=at)
    return like(headed=made, at=AT, columns=(1,) * columns_of, table=made.table, data_rows=len(rows))


LINES = [row("Sales", 50), row("Costs", 30), row("Result", 20)]
OTHERS = [row(name, 1) for name in ("Rent", "Wages", "Fuel", "Tax")]


def ended() -> bool:
    """A line stands below the last one of the statement."""
    return ends._ended(table([row("Total liabilities and equity", 5), OTHERS[0]], Kind.BALANCE_SHEET))


def second_block() -> bool:
    """A second block with the lines of the first, under headings of its own."""
    first, second = table(LINES), table(LINES, kind=Kind.OTHER)
    first.headings, second.headings = (like(clues="2009"),), (like(clues="2008"),)
    return ends._is_block(first, second)


def repeated_columns() -> bool:
    rows = [row(name, 5, 5) for name in ("Sales", "Costs", "Result")]
    return columns._repeats(table(rows), heading(1), heading(2))


def whole_column() -> object:
    rows = [row("Sales", 2, 3, 5)] * 5 + [row("Other", 2, 3, 9)]
    found = columns._sum_of_others(table(rows), [heading(1), heading(2), heading(3)])
    return found and found.col


def placed_by_sums() -> object:
    rows = [row("Sales", 50, 40), row("Other", 5, loose=True), row("Sum", 55, 40)]
    return order._by_sums(rows, 1, (1, 2), frozenset({1})) is not None


def noted() -> object:
    """Whether what stands below the heading of the notes is known as such."""
    return faces._behind(like(blocks=(Paragraph(text="NOTES TO FINANCIAL STATEMENTS", at=AT),)), ("notes",))


def carried() -> object:
    """The statements of accounts whose results are carried to the last one."""
    page = "NORTHERN LIFE N.V.\n" + test_accounts_in_parts.ACCOUNTS
    return [len(s.lines) for s in test_accounts_in_parts.parsed(page)[0]]


def balanced(figure: str = "123") -> bool:
    rows = [line(name, amount(figure if name[0] == "T" else "5")) for name in ("T1", "a", "b", "T2")]
    return within._balances(statement(Kind.BALANCE_SHEET, *rows))


# --- statements and reports ---------------------------------------------------------------------------------------

TABLE = Table(rows=(), width=1, at=AT)
WHOLE = tuple(line(f"Line {n}", amount("1,234")) for n in range(6))
REFERRING = [row("Cash", 3, "1,234"), row("Debt", 4, "2,345"), row("Plant", None, "5,555")]


def printed(*shown: str) -> list[Printed]:
    return [made for text in shown if (made := parse_amount(text)) is not None]


def exact(digits: str) -> Number:
    value = Decimal(digits)
    return Number(start=0, end=len(digits), stop=len(digits), value=value, step=Decimal(1), unit=Counted.MONEY)


def scales_apart() -> Statement:
    """Six lines in thousands beside the same in units."""
    lines = [line(f"Line {n}", amount("1,234"), amount("1,234,000")) for n in range(6)]
    return statement(Kind.BALANCE_SHEET, *lines, ends=(column("2009-12-31"), column("2008-12-31")))


def goes_on() -> Statement:
    """Five lines below the end of a balance sheet."""
    end = line("Total liabilities and equity", amount("9"), role=LineRole.TOTAL_LIABILITIES_AND_EQUITY)
    return statement(Kind.BALANCE_SHEET, end, *(line(f"Line {n}", amount("5")) for n in range(5)))


def second_of_two() -> object:
    """Whose title a second block has that shows the lines of the first."""
    first = titled(LINES, name="STATEMENTS OF INCOME", named=(Kind.INCOME_STATEMENT,))
    second = titled([replace(r, block=1) for r in LINES], heads=(row("2008"),))
    return tables._under_last(second, [first], {0: (), 1: ()}).name


def behind_a_page_number() -> bool:
    """Whether a table goes on behind the number of a page."""
    number, end = Paragraph(text="Page 3", at=AT), PageBreak(at=AT)
    return tables._follows(like(blocks=(TABLE, number, end, TABLE)), 3)


def labels_below() -> object:
    """The lines of a page that prints figures a row above their labels."""
    rows = [row("", 5), row("Cash"), row("", 6), row("Debt"), row("", 7), row("Plant")]
    numbered = [replace(r, row=n) for n, r in enumerate(rows)]
    return [(e.label, e.cells) for e in labels.read_entries(numbered, (1,), Kind.OTHER)]


def explained() -> bool:
    """Two other facts are the difference of a relation."""

    def fact(value: int, at: int) -> Any:
        told_of = {"decimals": 0, "unit": Unit.USD, "statement": Kind.BALANCE_SHEET, "span": at}
        return like(value=Decimal(value), **told_of)

    whole, part = (fundamentals.Reported(fact=fact(v, n), weight=1) for n, v in enumerate((300, 200)))
    book = like(beside={((), ()): (fact(30, 2), fact(70, 3))})
    none: Any = ()
    return fundamentals._explained((whole,), (part,), book, none, none)


def titled(rows: list[AnnotatedRow], **more: Any) -> TitledTable:
    told = {"heads": (), "above": (), "titles": (), "above_blocks": (), "columns": (1,), "left_out": (), **more}
    base = {"kind": Kind.INCOME_STATEMENT, "points": 9, "title": "", "name": "", "named": (), "blocks": (0,)}
    return TitledTable(**{**base, **told, "rows": tuple(rows)})


# --- ties -------------------------------------------------------------------------------------------------------------

INCOME_AT, RATE_AT, COUNT_AT = (ties_relation.Place(statement=0, line=n, column=0) for n in range(3))


def off_by_a_scale() -> bool:
    figures_at = {INCOME_AT: Decimal(1141), RATE_AT: Decimal("0.11"), COUNT_AT: Decimal(10_000_000)}
    made = ties_relation.Relation(code="x", what="x", terms=((INCOME_AT, 1),), factors=(RATE_AT, COUNT_AT))
    return ties._scaled(made, lambda place: figures_at[place])


MISSING = ("Accrued expenses\t1,244\t1,377\n", "")
SWAPPED = ("Inventories\t3,418\t3,907", "Inventories\t3,907\t3,418")
DEBT_SWAPPED = ("Long-term debt\t4,000\t4,500", "Long-term debt\t4,500\t4,000")
SLIP = ("Receivables\t7,125\t6,840", "Receivables\t7,152\t6,840")


def told(*changes: tuple[str, str]) -> Callable[[], object]:
    """What is told of a filing with errors."""
    return lambda: [(f.code, f.at, f.message, f.hint) for f in test_totals.findings(*changes)]


def explanations() -> object:
    """What would mend a filing with one error in it, the likeliest first, and what is told."""
    out: list[object] = []
    for old, new in (SLIP, *REPAIRED):
        made, findings = analyse(test_totals.FILING.replace(old, new, 1))
        out += [[c.values for c in p.changes] for p in problems(relations(made.tagged), made.tagged)]
        out += [(f.code, f.at, f.hint) for f in findings]
    return out


def one_section_open() -> object:
    """What is told of a statement where one of two sections has no total."""
    return test_results.page("STATEMENTS OF INCOME", test_results.SECTIONS, "Total costs and expenses")


def begins() -> object:
    """Where a sum may begin among lines of one kind."""
    lines = [line(name, amount("5")) for name in "abcdefgh"]
    return causes._begins(statement(Kind.BALANCE_SHEET, *lines), like(proofs=()), range(8))


def likeliest() -> object:
    """Where a finding stands that two changes explain, one of them the likelier."""
    places = [ties_relation.Place(statement=0, line=n, column=0) for n in range(2)]
    changes = [
        repair.Change(values=((at, Decimal(7)),), kind=Slip.DIGIT, mends=(), breaks=0, leaves=0, score=score)
        for at, score in zip(places, (5.0, 1.0), strict=True)
    ]
    tagged = (like(statement=statement(Kind.BALANCE_SHEET, line("Cash", amount("5")), line("Plant", amount("8")))),)
    found = Finding(code="foot.difference", severity=Severity.WARNING, message="")
    return repair._at_the_likeliest([found], repair.Problem(failing=(), changes=tuple(changes)), tagged)


REPAIRED = (
    ("Operating income\t2,225", "Operating income\t(2,225)"),
    ("Inventories\t3,418", "Inventories\t13,418"),
    ("Total current liabilities\t4,364", "Total current liabilities\t4,864"),
    ("Net income\t$ 1,450\t$ 1,127\nDep", "Net income\t$ 1,950\t$ 1,127\nDep"),
)


# --- prose ------------------------------------------------------------------------------------------------------------


def said(text: str, *numbers: str, spoken: tuple[str, ...] = ()) -> scope.Sentence:
    def number(shown: str) -> Number:
        at = text.index(shown)
        return Number(
            start=at, end=at + len(shown), stop=at + len(shown), value=Decimal(1), step=Decimal(1), unit=Counted.MONEY
        )

    named_there = tuple(
        subjects.Subject(start=text.index(s), end=text.index(s) + len(s), name=s, rows=((0, 0),)) for s in spoken
    )
    return scope.Sentence(
        text=text, small=text.lower(), figures=tuple(map(number, numbers)), whens=(), subjects=named_there, cuts=(),
        ahead=False, mixed=False, part=False,
    )  # fmt: skip


GROWN = said("an increase in sales of 12", "12")
HIGHER = said("sales of 12 were higher", "12")
LATER = said("it was 12 for all of the sales", "12", spoken=("sales",))


def cuts() -> object:
    text = "grew from about 10.1"
    return scope._cuts(text, said(text, "10.1").figures, ())


def ends_near() -> bool:
    match = re.match(r"(?P<month>\w+) (?P<day>\d+)(?P<year>x)?", "june 28")
    assert match is not None
    return periods_said._ends(Period(end=dt.date(2009, 6, 30)), match)


def a_year_ago() -> object:
    one, other = Period(end=dt.date(2009, 12, 26)), Period(end=dt.date(2008, 12, 27))
    return list(periods_said.year_before(one, like(durations=(), instants=(one, other))))


AGREES = "Gross profit was $6.0 million for the third quarter of 2009."
SLIP_BESIDE = "Net sales were $15.5 million for the third quarter of 2009, compared with $18.1 million a year ago."


def verdicts(text: str) -> Callable[[], object]:
    return lambda: test_prose.verdicts(text)


# --- tagging ----------------------------------------------------------------------------------------------------------


def concept(name: str) -> Any:
    return like(name=name, vintages=((candidates._THEIRS, name),))


def candidate(name: str, score: float, **more: Any) -> candidates.Candidate:
    return candidates.Candidate(concept=concept(name), score=score, why="", **more)


def outvoted() -> bool:
    return candidates._outvoted(like(concept="A"), (), (("B", 10),), like(concepts={"A": concept("A")}))


def steps_up() -> object:
    return choice._ancestors("Leaf", like(parents=lambda name: [("", "Sum", 1)] if name == "Leaf" else []))


def in_essence() -> object:
    """How sure the row of a label is that says besides how the figure is stated."""
    rows = {"inventory": [like(statement="", under="", concept="", remembered=False, by="")]}
    stock = line("Inventories, at cost", amount("5"))
    return candidates._row_of(stock, Kind.BALANCE_SHEET, "CA", taxonomy.load(), like(synonyms=rows), 2009)[1]


def called() -> object:
    """How sure a line is of the element that is called as it is."""
    sold = statement(Kind.INCOME_STATEMENT, line("Gain (loss) on sale of business", amount("5")))
    own = candidates.Candidate(concept=None, score=0.5, why="learned")
    return [made and made.score for made in named.by_name(sold, (own,), taxonomy.load())]


def by_parts() -> object:
    """What a total without words is, by its parts."""
    known = taxonomy.load()
    names = ("AccountsPayableCurrent", "AccruedLiabilitiesCurrent")
    options = [[candidates.Candidate(concept=known.concepts[name], score=0.9, why="")] for name in names]
    options.append([])
    sheet = statement(Kind.BALANCE_SHEET, *(line(label, amount("5")) for label in ("Payables", "Accrued", "")))
    footing = like(proofs=(proof(total=2, parts=((0, 1), (1, 1))),))
    choice._by_parts(sheet, footing, options, known)
    return [one.called for one in options[2]]


def proof(**more: Any) -> Any:
    base = {"total": 1, "parts": ((0, 1),), "ties": (True,), "complete": True, "columns": 1, "kind": "", "chance": 0.01}
    return like(**{**base, "is_total": True, **more})


def best_of(vote: float) -> object:
    """The likeliest of twenty concepts, for the least likely of which precedents vote."""
    numpy = pytest.importorskip("numpy")
    concepts = ("", *"ABCDEFGHIJKLMNOPQRST")
    of_text = numpy.array([[0.5**n for n in range(21)]])
    of_whole = numpy.array([[0.4 / (n + 1) for n in range(21)]])
    said_of = precedents.Said({"T": vote}, 0.001) if vote else precedents.NOTHING
    found = rank.options_of(of_text, of_whole, [said_of], concepts)
    return [concepts[i] for i in found.concept], found.share.tolist()


def claimed() -> object:
    """The claims of a line that may be one of two concepts."""
    numpy = pytest.importorskip("numpy")
    return rank.claimed(numpy.array([0, 0]), numpy.array([0, 1]), numpy.array([0.6, 0.4]), (1, 2)).tolist()


def voted() -> object:
    """What is measured of a concept for which a company votes that is rather near."""
    numpy = pytest.importorskip("numpy")
    return [part.tolist() for part in rank.of_votes(numpy.array([0.5]), numpy.array([0.32]), numpy.array([True]))]


WITNESSES: dict[str, dict[str, Witness]] = {
    "DAYS": {
        "earlier": (999, lambda: year_end_beside(dt.date(2009, 6, 30))),
        "interim": (0, closing_apart),
    },
    "COUNTS": {
        "apart": (Decimal(3000), lambda: balance_counts._is_full(count("45,123", 3), (Decimal(45_000),))),
        "full": (Decimal(10) ** 12, lambda: balance_counts._is_full(count("20,000,000"), ())),
        "digits": (99, lambda: earnings.is_in_full(count("45,123,456"))),
        "thousands": ((0, 0), counted_in_label),
        "point": ((0, 0), lambda: shares._for_comma(count("2.936"), (Decimal(2872),))),
        "above": (1000, lambda: shares._far_above((count("45"),), (amount("1.5", Unit.PER_SHARE),))),
        "shares": (Decimal(0), lambda: fits("1.15", loose=False)),
        "loose": (Decimal(0), lambda: fits("1.3", loose=True)),
        "par": (Decimal(0), lambda: shares._proved_by_par((COMMON,))),
        "between": (Decimal(0), lambda: shares._between(DILUTION, 1, {0: 3, 2: 3})),
    },
    "SCALES": {
        "sizes": ((Decimal(0), Decimal(0)), fitting_sizes),
        "alone": (0, lambda: list(stated.general_notes(like(blocks=(Paragraph(text="(In thousands)", at=AT),)), ()))),
        "telling": (99999, lambda: repeated._step_between(amount("1,234"), amount("1,234,100"))),
    },
    "TABLES": {
        "last": (
            1,
            lambda: ends._ended(table([row("Total liabilities and equity", 5), OTHERS[0]], Kind.BALANCE_SHEET)),
        ),
        "repeated": (9.0, lambda: ends._repeats(LINES, LINES)),
        "again": (9.0, second_block),
        "per_share": (999, lambda: ends._tells_otherwise(row("Sales", 60), {("sales", (Decimal(50),))})),
        "cents": (9, lambda: ends._is_apart("Store data:", [row("Sold", "1.25")])),
        "few": (99, lambda: faces._repeated(decided(OTHERS), decided(LINES)).severity),
        "shared": (9.0, lambda: faces._repeated(decided(OTHERS), decided(LINES)).severity),
        "fuller": (99.0, lambda: faces._fuller(decided(OTHERS * 2), decided(LINES))),
        "columns": (1, lambda: faces._fuller(decided(LINES, columns_of=1), decided(LINES))),
        "digits": (9, balanced),
        "sums": (99, repeated_columns),
        "sums_share": (9.0, whole_column),
        "heading": (0, noted),
        "reference": (0, lambda: columns._refers(heading(1, "Note"))),
        "parts": (1, carried),
        "carried_digits": (99, carried),
        "carried_columns": (99, carried),
        "reach": (0, placed_by_sums),
        "widest": (0, placed_by_sums),
    },
    "KINDS": {
        "named": (0, lambda: kinds.kind_of((Kind.CASH_FLOW,), ["Net income"])),
        "named_last": (0, lambda: kinds.kind_of((Kind.CASH_FLOW,), ["Net income"])),
    },
    "NAMES": {
        "cover": (0, lambda: whose._is_current(like(header=None), ["FORM 8-K", "CURRENT REPORT"])),
        "weeks": (1, lambda: calendar._weeks_behind("The year 2009 had 53 weeks", 13)),
    },
    "TIES": {
        "scaled": (Decimal(0), off_by_a_scale),
        "totals": (0, told(MISSING)),
        "tried": (0, told(SWAPPED)),
        "told": (0, told(SWAPPED)),
        "blind": (0, told(DEBT_SWAPPED)),
        "all": (0, told(SWAPPED)),
        "reach": (1, told(SWAPPED)),
        "near": (0, begins),
        "rules": (99, lambda: test_subtotals.ruled("Total revenues")),
        "between": (99, lambda: test_subtotals.page("Operating income")),
        "many": (99, one_section_open),
        "few": (99, one_section_open),
    },
    "PROSE": {
        "figure": (99, lambda: said("sales (12 million of them abroad)", "12").inside(8)),
        "to_figure": (0, cuts),
        "subject": (0, lambda: scope._later(LATER.figures[0], LATER.subjects, LATER, None)),
        "change": (3, lambda: claims._role(GROWN.figures[0], GROWN, None)),
        "narrows": (1, lambda: subjects._narrowed("deferred revenue", 9, 16, [], family=True)),
        "follows": (0, lambda: subjects._narrowed("sales in the 2009", 0, 5, [13], family=True)),
        "turn": (0, lambda: claims._direction(HIGHER.figures[0], HIGHER)),
        "per_share": (1, lambda: figures._unit("earnings per share were ", "", cents=True)),
        "name": (0, lambda: subjects._is_name("Mallow Works Inc")),
        "label": (0, lambda: list(subjects._phrases("Prepaid expenses"))),
        "digits": (99, verdicts(f"{AGREES} Net sales for the third quarter of 2009 were $12,522,000.")),
        "digits_confirmed": (99, verdicts(SLIP_BESIDE)),
        "telling": (10**9, verdicts(f"{AGREES} Net sales for the third quarter of 2009 were $15,522.")),
        "day": (0, ends_near),
        "year": (0, a_year_ago),
    },
    "TAGS": {
        "companies": (99, outvoted),
        "named": (0.9, lambda: choice._alike([candidate("A", 0.3, named=True)], candidate("B", 0.9)).called),
        "essence": (0.0, in_essence),
        "called": (0.1, called),
        "parts_share": (9.0, by_parts),
        "steps": (1, steps_up),
        "beyond": (Decimal(1000), lambda: choice._beyond(line("a", amount("10")), line("b", amount("5")))),
        "worth_telling": (9.0, lambda: choice._likely([candidate("A", 0.5)])),
        "chance": (0.0, lambda: cash._tells(proof(), (None, None))),
        "behind": (0, lambda: list(members._figures("1,000 shares of Class A", ["1,000"], ()))),
    },
    "AMOUNTS": {
        "ways": (99, lambda: has_decimal_commas(["1,50", "2,75", "12,25", "3,10"])),
        "spelled": (0, lambda: parse_amount("RMB 1,2x4")),
    },
    "READINGS": {
        "digits": (9, lambda: readings._tells([amount("123")])),
        "telling": (10**9, lambda: readings._is_of_one(line("Sales", amount("1,234")), exact("1234"))),
    },
    "RULES": {
        "decades": (99.0, lambda: list(comparative._findings(scales_apart()))),
        "lines": (99, lambda: list(comparative._findings(scales_apart()))),
        "telling": (999, explained),
        "note": (99, lambda: list(below_the_end._below(goes_on()))),
    },
    "UNITS": {
        "large": (0, lambda: units._line("Basic", (), printed("1.25"))),
        "small": (0, lambda: units._line("Basic", (), printed("1.25"))),
        "most": (0, lambda: units.bare_per_share(printed("1.25"), WHOLE)),
        "enough": (99, lambda: units.bare_per_share(printed("1.25"), WHOLE)),
        "whole": (Decimal(9), lambda: units.bare_per_share(printed("1.25"), WHOLE)),
    },
    "BLOCKS": {
        "above": (0, lambda: tables._above(like(blocks=(Paragraph(text="BALANCE SHEETS", at=AT), TABLE)), {}, 1)),
        "same": (99.0, second_of_two),
        "page_end": (-1, lambda: tables._follows(like(blocks=(TABLE, PageBreak(at=AT), TABLE)), 2)),
        "short": (0, behind_a_page_number),
        "bare": (99, labels_below),
        "references": (99, lambda: statement_columns._notes(like(columns=(1, 2), rows=REFERRING))),
    },
    "RANKS": {
        "candidates": (1, lambda: best_of(0.0)),
        "claims": (0, claimed),
        "text": (0.9, lambda: best_of(0.0)),
        "voted": (9.0, lambda: best_of(0.06)),
        "close": (0.9, voted),
        "same": (9.0, lambda: rank.own_votes(precedents.Said({"A": 0.5}, 0.6))),
        "floor": (0.9, voted),
        "rise": (0.1, voted),
    },
    "REPAIRS": {
        "mends": (-40.0, explanations),
        "breaks": (60.0, explanations),
        "leaves": (30.0, explanations),
        "likeness": (-200.0, explanations),
        "sign": (-500.0, explanations),
        "clear": (999.0, likeliest),
    },
}
