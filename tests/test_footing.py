"""Sums of statements: what makes what, with which sign, where naive summing fails."""

from __future__ import annotations

import datetime as dt
import time
import zlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl.findings import Finding, Position, Severity
from capxbrl.footing import foot
from capxbrl.footing.edits import edit
from capxbrl.model import Amount, Column, Kind, LineItem, Period, Proof, Span, Statement, Unit
from capxbrl.readers import read
from capxbrl.statements import parse_statements

AT = Position(source="made.txt", line=1, column=1)
INCOME, BALANCE, CASH = Kind.INCOME_STATEMENT, Kind.BALANCE_SHEET, Kind.CASH_FLOW


def made(kind: Kind, text: str, unit: Unit = Unit.USD) -> Statement:
    """A statement from lines "Label | 1,234 | (56)"; leading blanks are its indent, "." is an empty cell."""
    lines = []
    for number, row in enumerate(t for t in text.splitlines() if t.strip()):
        label, *cells = row.split("|")
        amounts = tuple(amount(c.strip(), number, i, unit) for i, c in enumerate(cells))
        lines.append(
            LineItem(label=label.strip(), path=(), amounts=amounts, at=AT, indent=len(row) - len(row.lstrip()))
        )
    width = max(len(line.amounts) for line in lines)
    days = [dt.date(2009 - i, 9, 30) for i in range(width)]
    columns = tuple(Column(grid=i + 1, period=Period(end=day)) for i, day in enumerate(days))
    filled = tuple(
        LineItem(label=x.label, path=(), amounts=x.amounts or (None,) * width, at=AT, indent=x.indent) for x in lines
    )
    return Statement(kind=kind, title="", currency="USD", scale=3, columns=columns, lines=filled, at=AT)


def amount(text: str, row: int, column: int, unit: Unit) -> Amount | None:
    if text == ".":
        return None
    shown = text.strip("()")
    value = Decimal(shown.replace(",", "").replace("-", "0"))
    places = len(shown.partition(".")[2])
    scale = 0 if unit is Unit.PER_SHARE else 3
    at = Position(source="made.txt", line=row + 1, column=20 * (column + 1))
    return Amount(
        value=(-value if text.startswith("(") else value) * 10**scale,
        shown=shown,
        scale=scale,
        decimals=places - scale,
        unit=unit,
        at=at,
        span=Span(block=0, start=0, end=1, row=row, cell=column + 1),
    )


def sums(statement: Statement) -> dict[str, dict[str, int]]:
    """{total: {part: weight}} by labels."""
    (proofs,), _ = foot([statement])
    name = [line.label for line in statement.lines]
    return {name[p.total]: {name[i]: w for i, w in p.parts} for p in proofs.proofs if p.complete}


def codes(findings: Sequence[Finding]) -> list[tuple[str, Severity]]:
    return [(f.code, f.severity) for f in findings]


def test_nested_subtotals_take_the_place_of_their_parts() -> None:
    found = sums(
        made(
            BALANCE,
            """
        Cash | 24,001 | 19,519
        Receivables | 14,959 | 10,871
        Inventories | 21,043 | 24,379
        Total current assets | 60,003 | 54,769
        Property | 8,823 | 9,432
        Goodwill | 387 | 411
        Total | 69,213 | 64,612
        Payables | 14,226 | 11,484
        Notes | 138 | 13
        Total current liabilities | 14,364 | 11,497
        Common stock | 197 | 175
        Accumulated deficit | 55,691 | 53,902
        Treasury stock, at cost | 1,039 | 962
        Total stockholders' equity | 54,849 | 53,115
        Total liabilities and equity | 69,213 | 64,612
    """,
        )
    )
    assert found["Total"] == {"Total current assets": 1, "Property": 1, "Goodwill": 1}
    assert found["Total stockholders' equity"] == {
        "Common stock": 1,
        "Accumulated deficit": 1,
        "Treasury stock, at cost": -1,
    }
    assert found["Total liabilities and equity"] == {
        "Total current liabilities": 1,
        "Total stockholders' equity": 1,
    }


def test_a_running_chain_proves_itself_whatever_signs_are_printed() -> None:
    found = sums(
        made(
            INCOME,
            """
        Revenue | 15,522 | 13,121
        Cost of goods sold | 18,520 | 13,448
        Gross loss | (2,998) | (327)
        Research and development | 2,271 | 2,017
        Selling, general and administrative | (6,840) | (7,720)
        Loss from operations | (12,109) | (10,064)
        Interest income | 15 | 153
        Interest expense | (143) | (20)
        Loss before income taxes | (12,237) | (9,931)
        Provision for income taxes | 71 | 2
        Net loss | (12,308) | (9,933)
    """,
        )
    )
    assert found["Gross loss"] == {"Revenue": 1, "Cost of goods sold": -1}
    assert found["Loss from operations"] == {
        "Gross loss": 1,
        "Research and development": -1,
        "Selling, general and administrative": 1,
    }
    assert found["Net loss"] == {"Loss before income taxes": 1, "Provision for income taxes": -1}


def test_a_line_in_parentheses_that_is_subtracted_anyway() -> None:
    found = sums(
        made(
            INCOME,
            """
        Revenues | 5,000 | 4,100
        Expenses | 3,200 | 2,905
        Gain on sale of assets | (150) | (75)
        Operating income | 1,950 | 1,270
    """,
        )
    )
    assert found["Operating income"] == {"Revenues": 1, "Expenses": -1, "Gain on sale of assets": -1}


def test_net_lines_and_contra_lines() -> None:
    found = sums(
        made(
            BALANCE,
            """
        Machinery | 50,698 | 49,710
        Less accumulated depreciation | 17,139 | 16,723
        Property, net | 33,559 | 32,987
        Receivables, gross | 1,080 | 1,108
        Allowance for doubtful accounts | (43) | (42)
        Net receivables | 1,037 | 1,066
    """,
        )
    )
    assert found["Property, net"] == {"Machinery": 1, "Less accumulated depreciation": -1}
    assert found["Net receivables"] == {"Receivables, gross": 1, "Allowance for doubtful accounts": 1}


def test_a_total_without_the_word_and_one_above_its_parts() -> None:
    found = sums(
        made(
            INCOME,
            """
Sales | 9,314 | 8,650
  Tools | 7,210 | 6,905
  Parts | 2,104 | 1,745
Cost of sales | 6,003 | 5,720
Gross margin | 3,311 | 2,930
    """,
        )
    )
    assert found["Sales"] == {"Tools": 1, "Parts": 1}
    assert found["Gross margin"] == {"Sales": 1, "Cost of sales": -1}


def test_a_sum_that_misses_in_one_column_is_a_warning_at_its_total() -> None:
    statement = made(
        BALANCE,
        """
        Cash | 24,001 | 19,519
        Receivables | 14,959 | 10,871
        Inventories | 21,034 | 24,379
        Total current assets | 60,003 | 54,769
    """,
    )
    (proofs,), findings = foot([statement])
    assert codes(findings) == [("foot.difference", Severity.WARNING)]
    assert "60,003,000" in findings[0].message and "a difference of 9,000" in findings[0].message
    assert findings[0].at is not None and (findings[0].at.line, findings[0].at.column) == (4, 20)
    (proof,) = proofs.proofs
    assert proof.ties == (False, True) and proof.differences == (Decimal(9000), Decimal(0)) and not proof.complete


def test_totals_above_a_wrong_one_are_still_found() -> None:
    """The error in one subtotal does not hide the rest of the statement."""
    text = """
        Cash | 24,001 | 19,519
        Receivables | 14,959 | 10,871
        Total current assets | 88,960 | 30,390
        Property | 8,823 | 9,432
        Total assets | 47,783 | 39,822
    """
    (proofs,), findings = foot([made(BALANCE, text)])
    assert [(p.total, p.ties) for p in proofs.proofs] == [(2, (False, True)), (4, (False, True))]
    assert [p.differences[0] for p in proofs.proofs] == [Decimal(50_000_000), Decimal(-50_000_000)]
    assert len(findings) == 2


@pytest.mark.parametrize(("second", "severity"), [("30,390", Severity.WARNING), ("30,391", Severity.NOTE)])
def test_rounding_is_a_note_where_the_statement_rounds_elsewhere_too(second: str, severity: Severity) -> None:
    statement = made(
        BALANCE,
        f"""
        Cash | 24,001 | 19,519
        Receivables | 14,959 | 10,871
        Total current assets | 38,961 | {second}
    """,
    )
    (proofs,), findings = foot([statement])
    assert proofs.proofs[0].complete
    assert {(f.code, f.severity) for f in findings} == {("foot.rounding", severity)}


def test_figures_that_only_look_like_a_total_are_left_alone() -> None:
    (proofs,), findings = foot(
        [
            made(
                INCOME,
                """
        Interest income | 153 | 8
        Other income | 41 | 12
        Rental income | 90 | 20
    """,
            )
        ]
    )
    assert (proofs.proofs, findings) == ((), ())


def test_per_share_figures_have_sums_of_their_own() -> None:
    found = sums(
        made(
            INCOME,
            """
        Income from continuing operations | 0.54 | 0.49
        Discontinued operations | 0.03 | (0.02)
        Net income per share | 0.57 | 0.47
    """,
            Unit.PER_SHARE,
        )
    )
    assert found == {"Net income per share": {"Income from continuing operations": 1, "Discontinued operations": 1}}


def test_an_empty_column_breaks_no_sum() -> None:
    (proofs,), findings = foot(
        [
            made(
                INCOME,
                """
        Products | 7,210 | .
        Services | 2,104 | .
        Total revenues | 9,314 | 8,650
    """,
            )
        ]
    )
    assert findings == ()
    assert proofs.proofs == () or proofs.proofs[0].ties[0] is True


def test_the_reference_filing_foots_completely(reference: Path) -> None:
    document, _ = read(reference.read_bytes(), reference.name)
    statements, _ = parse_statements(document)
    footings, findings = foot(statements)
    assert findings == ()
    totals = [[s.lines[p.total].label for p in f.proofs] for s, f in zip(statements, footings, strict=True)]
    assert totals[0] == [
        "Total current assets",
        "Total",
        "Total current liabilities",
        "Total stockholders' equity",
        "Total",
    ]
    assert totals[1] == [
        "Gross loss",
        "Total operating expenses",
        "Loss from operations",
        "Loss before income taxes",
        "Net loss",
    ]
    assert all(p.complete for f in footings for p in f.proofs)


@pytest.mark.parametrize(
    ("printed", "true", "kind"),
    [
        (1234, 1284, "digit-alike"),
        (1234, 1264, "digit"),
        (1234, 1324, "swapped"),
        (234, 1234, "lost"),
        (-11, -1, "extra"),
        (105, 5, ""),
        (100, 1, ""),
        (50, 5, "extra"),
        (143, -143, "sign"),
        (1234, 1345, ""),
        (0, 7, "digit"),
        (0, 71, ""),
        (5, 5, ""),
    ],
)
def test_slips(printed: int, true: int, kind: str) -> None:
    assert edit(printed, true) == kind


@pytest.mark.parametrize(("lines", "seconds"), [(60, 0.02), (300, 0.2)])
def test_time(lines: int, seconds: float) -> None:
    """Sections of ten lines and a total; processor time, the best of three."""
    rows, part, grand = [], [0] * 4, [0] * 4
    for n in range(lines - 1):
        values = [10_000 + zlib.crc32(b"%d %d" % (n, c)) % 90_001 for c in range(4)]
        if n % 11 == 10:
            values, part = part, [0] * 4
            grand = [a + b for a, b in zip(grand, values, strict=True)]
        else:
            part = [a + b for a, b in zip(part, values, strict=True)]
        rows.append(f"{'Total section' if n % 11 == 10 else 'Line'} {n} | " + " | ".join(f"{v:,}" for v in values))
    grand = [a + b for a, b in zip(grand, part, strict=True)]
    rows.append("Total assets | " + " | ".join(f"{v:,}" for v in grand))
    statement = made(CASH, "\n".join(rows))
    best = 9.0
    proofs: tuple[Proof, ...] = ()
    for _ in range(3):
        began = time.process_time()
        ((footing,), _) = foot([statement])
        best, proofs = min(best, time.process_time() - began), footing.proofs
    assert len(proofs) == (lines - 1) // 11 + 1
    assert best < seconds


@pytest.mark.parametrize(
    ("dividends", "codes_found"), [("350 | 0", [("foot.sign", Severity.WARNING)]), ("(350) | 0", [])]
)
def test_a_payment_that_lost_its_parentheses(dividends: str, codes_found: list[tuple[str, Severity]]) -> None:
    """Where the other column is empty, the sum itself ties with either sign."""
    _, findings = foot(
        [
            made(
                CASH,
                f"""
        Proceeds from borrowings | 5,210 | 4,105
        Repayment of debt | (1,104) | (2,216)
        Purchase of treasury stock | (917) | (1,418)
        Dividends paid | {dividends}
        Net cash provided by financing activities | 2,839 | 471
    """,
            )
        ]
    )
    assert codes(findings) == codes_found
