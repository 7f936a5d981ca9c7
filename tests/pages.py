"""Pages of made-up filers in the layouts of real ones, with the facts that a reader finds on them.

A `Page` is lines above, one or more tables and lines below; `FORMS` sets it as a filer of a decade would. `verdict`
compares what the library reads with what the page says: figures wrong or lost, and whether anything was told.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import layouts
from layouts import Grid, Head, Line

from capxbrl.findings import Finding, Severity
from capxbrl.model import Statement
from capxbrl.readers import read
from capxbrl.statements import parse_statements

#: What a row counts; NONE: no fact may come from it; ANY: its facts are not looked at.
MONEY, SHARES, EACH, NONE, ANY = "money", "shares", "each", "none", "any"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    shown: tuple[str, ...]
    kind: str = MONEY


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says: its period, currency and powers of ten; `period` None: no fact may come from it."""

    period: str | None
    scale: int = 3
    currency: str = "USD"
    shares: int = 3


@dataclass(frozen=True, slots=True)
class Block:
    above: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    below: tuple[str, ...] = ()
    sign: str = "$"  # the sign of currency on the first row
    title: int = 1  # how many of the lines above, from the last, stand within the table of EDGAR text


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    blocks: tuple[Block, ...]


def head(*cells: str | tuple[str, int], stub: str = "") -> Head:
    return Head(stub, tuple((c, 1) if isinstance(c, str) else c for c in cells))


def heads(text: str) -> tuple[Head, ...]:
    """Rows of headings: "Years Ended March 31,*2 // 2003 | 2002", a heading of the stub before " || "."""
    out = []
    for line in filter(None, text.split(" // ")):
        stub, _, rest = line.rpartition(" || ")
        cells = (c.rpartition("*") if c[-2:-1] == "*" and c[-1].isdigit() else (c, "", "1") for c in rest.split(" | "))
        out.append(Head(stub, tuple((words, int(span)) for words, _, span in cells)))
    return tuple(out)


# --- statements -------------------------------------------------------------------------------------------------------


def money(value: int, point: int = 0) -> str:
    text = f"{abs(value):,}" if not point else f"{Decimal(abs(value)) / 10**point:,.{point}f}"
    return f"({text})" if value < 0 else text


def income(columns: int, *, earnings: bool = True, apart: int = 0, point: int = 0) -> tuple[Row, ...]:
    """An income statement whose columns differ and foot; shares are counted in 10^`apart` less than money."""
    names = ("Net sales", "Cost of products sold", "Gross profit", "Selling and administrative expenses")
    names += ("Income before income taxes", "Provision for income taxes", "Net income")
    values: list[list[int]] = [[] for _ in names]
    each, count = [], []
    for k in range(columns):
        sales, cost, selling = 48_620 + 1_317 * k, 31_115 + 871 * k, 9_020 + 203 * k
        before = sales - cost - selling
        tax = before * 36 // 100
        for out, value in zip(values, (sales, cost, sales - cost, selling, before, tax, before - tax), strict=True):
            out.append(value)
        eps = Decimal(52 + 3 * k) / 100
        each.append(f"{eps:.2f}".removeprefix("0"))
        shares = int((before - tax) / eps)
        count.append(f"{shares * 10**apart + (407 + k if apart else 0):,}")
    rows = [Row(n, tuple(money(v, point) for v in vs)) for n, vs in zip(names, values, strict=True)]
    if earnings:
        rows += [Row("Basic earnings per share", tuple(each), EACH)]
        rows += [Row("Weighted average shares outstanding", tuple(count), SHARES)]
    return tuple(rows)


def balance(columns: int, point: int = 0) -> tuple[Row, ...]:
    names = ("Cash and cash equivalents", "Accounts receivable", "Inventories", "Total current assets")
    names += ("Property and equipment, net", "Total assets", "Accounts payable", "Total current liabilities")
    names += ("Long-term debt", "Total liabilities")
    names += ("Retained earnings", "Total stockholders' equity", "Total liabilities and stockholders' equity")
    values: list[list[int]] = [[] for _ in names]
    for k in range(columns):
        cash, due, stock, plant = 3_316 + 407 * k, 6_245 + 311 * k, 5_120 - 97 * k, 12_407 + 529 * k
        payable, debt = 3_361 + 53 * k, 8_040 - 210 * k
        assets, owed = cash + due + stock + plant, payable + debt
        row = (cash, due, stock, cash + due + stock, plant, assets, payable, payable, debt, owed)
        row += (assets - owed, assets - owed, assets)
        for out, value in zip(values, row, strict=True):
            out.append(value)
    return tuple(Row(n, tuple(money(v, point) for v in vs)) for n, vs in zip(names, values, strict=True))


def cash(columns: int) -> tuple[Row, ...]:
    """Cash flows that tie to `income` and `balance` of the same columns (years, newest first)."""
    names = ("Net income", "Depreciation and amortization", "Net cash provided by operating activities")
    names += ("Capital expenditures", "Net cash used in investing activities", "Repayment of long-term debt")
    names += ("Net cash used in financing activities", "Net decrease in cash and cash equivalents")
    names += ("Cash and cash equivalents, beginning of period", "Cash and cash equivalents, end of period")
    profits = next(r for r in income(columns, earnings=False) if r.label == "Net income").shown
    values: list[list[int]] = [[] for _ in names]
    for k in range(columns):
        net, wear, spent, change = int(profits[k].replace(",", "")), 2_210 + 31 * k, -3_120 - 57 * k, -407
        paid, closing = change - net - wear - spent, 3_316 + 407 * k
        row = (net, wear, net + wear, spent, spent, paid, paid, change, closing - change, closing)
        for out, value in zip(values, row, strict=True):
            out.append(value)
    kind = (MONEY,) * 8 + (ANY,) * 2
    return tuple(Row(n, tuple(money(v) for v in vs), k) for n, vs, k in zip(names, values, kind, strict=True))


def cases(name: str, *columns: str) -> list[tuple[str, ...]]:
    """The rows of a table of cases in `traps`."""
    with (Path(__file__).parent / "traps" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row[c] for c in columns) for row in csv.DictReader(file)]


# --- forms ------------------------------------------------------------------------------------------------------------


def printed(page: Page) -> tuple[Grid, ...]:
    return tuple(map(_grid, page.blocks))


def _grid(block: Block) -> Grid:
    lines = tuple(_line(row, block.sign if n == 0 and row.kind == MONEY else None) for n, row in enumerate(block.rows))
    return Grid(block.above, block.heads, lines, block.below, within=block.title)


def _line(row: Row, sign: str | None) -> Line:
    """A sign stands before what is plainly a figure; the last part of a sum is underlined."""
    signs = tuple((sign or "") if "," in text or "." in text else "" for text in row.shown)
    rule = row.label.startswith(("Cost", "Provision", "Inventories", "Property"))
    return Line(row.label, row.shown, sign, signs, rule)


def plain(page: Page) -> tuple[str, str]:
    return layouts.fitted(printed(page)), "page.txt"


def edgar(page: Page) -> tuple[str, str]:
    return layouts.fitted(printed(page), rules=True, edgar=True), "page.txt"


def _in(style: str) -> Callable[[Page], tuple[str, str]]:
    return lambda page: (layouts.hypertext(printed(page), layouts.STYLES[style]), "page.htm")


FORMS: dict[str, Callable[[Page], tuple[str, str]]] = {
    "plain": plain,
    "ruled": lambda page: (layouts.fitted(printed(page), rules=True, dots=True), "page.txt"),
    "edgar": edgar,
    "simple": _in("plain"),
    "word": _in("word"),
    "workiva": _in("spans"),
    "nested": _in("plain within"),
    "markdown": lambda page: (layouts.markdown(printed(page)), "page.md"),
}


# --- what is right ----------------------------------------------------------------------------------------------------


def expected(page: Page) -> dict[tuple[str, str, str], set[Decimal]]:
    """(label, period, unit) -> the values that the page gives it."""
    out: dict[tuple[str, str, str], set[Decimal]] = {}
    for block in page.blocks:
        for row in block.rows:
            for text, column in zip(row.shown, block.columns, strict=True):
                if row.kind in (NONE, ANY) or column.period is None or not text.strip():
                    continue
                dash = not any(c.isdigit() for c in text)
                shown = Decimal(0) if dash else Decimal(text.strip("()%").replace(",", ""))
                unit, power = column.currency, column.scale
                if row.kind == SHARES:
                    unit, power = "shares", column.shares
                elif row.kind == EACH:
                    unit, power = f"{column.currency}/shares", 0
                out.setdefault((row.label, column.period, unit), set()).add(abs(shown.scaleb(power)))
    return out


@dataclass(frozen=True, slots=True)
class Verdict:
    wrong: tuple[str, ...]  # a figure published that the page does not say
    lost: tuple[str, ...]  # a figure of the page that is not published
    told: tuple[str, ...]  # the codes of warnings and errors that speak of the reading

    @property
    def kind(self) -> str:
        if self.wrong:
            return "wrong, told" if self.told else "wrong in silence"
        if self.lost:
            return "lost, told" if self.told else "lost in silence"
        return "needless" if self.told else "right"


def read_page(text: str, name: str) -> tuple[tuple[Statement, ...], list[Finding]]:
    document, first = read(text.encode(), name)
    found = parse_statements(document)
    return found.value, [*first, *found.findings]


def verdict(form: str, page: Page) -> Verdict:
    """What the statements read from a page in this form say against what it says."""
    statements, findings = read_page(*FORMS[form](page))
    want = expected(page)
    labels = sorted((r.label for b in page.blocks for r in b.rows), key=len, reverse=True)
    loose = {r.label for b in page.blocks for r in b.rows if r.kind == ANY}
    got: dict[tuple[str, str, str], set[Decimal]] = {}
    for statement in statements:
        for line in statement.lines:
            label = next((n for n in labels if line.label.startswith(n)), line.label)  # "Net sales (2)"
            for column, amount in zip(statement.columns, line.amounts, strict=True):
                if amount is None or label in loose:
                    continue
                unit = amount.unit.value.replace("USD", statement.currency)
                got.setdefault((label, str(column.period), unit), set()).add(abs(amount.value))
    wrong = [f"{k}: {', '.join(map(str, sorted(v)))}" for k, v in got.items() if not v <= want.get(k, set())]
    lost = [f"{k}: {', '.join(map(str, sorted(v)))}" for k, v in want.items() if not v & got.get(k, set())]
    told = [f.code for f in findings if f.severity in (Severity.WARNING, Severity.ERROR)]
    return Verdict(tuple(wrong), tuple(lost), tuple(dict.fromkeys(told)))


def some_form(name: str, forms: Sequence[str] = tuple(FORMS)) -> str:
    """One of the forms for a case of this name, always the same."""
    return forms[zlib.crc32(name.encode()) % len(forms)]
