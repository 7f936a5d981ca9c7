"""Made-up filings for the trap tests: companies x layouts, with the facts that must come out beside the page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import layouts
from layouts import Head, Line, PageEnd, Raw, Text

from capxbrl.pipeline import analyse, load
from capxbrl.writers import facts as writer

Period = str
#: label (any when empty), period, unit, value in full, whether the sign counts
Expected = tuple[str, str, str, Decimal, bool]


@dataclass(frozen=True)
class Row:
    label: str
    values: tuple[int | Decimal | None, ...] = ()
    unit: str = "USD"
    rule: bool = False
    signed: bool = True
    shown: tuple[str, ...] = ()  # as printed, where that is the trap
    name: str = ""  # the label that a reader gives the line, where it is another than is printed


@dataclass(frozen=True)
class Grid:
    titles: tuple[str, ...]
    caption: str
    heads: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[Row, ...]
    periods: tuple[Period, ...] = ()
    scale: int = 3
    stub: str = ""
    real: bool = True
    instants: tuple[tuple[str, tuple[Period, ...]], ...] = ()  # labels of a flow that stand at a date


Part = Grid | Text | PageEnd | Raw


@dataclass(frozen=True)
class Page:
    parts: tuple[Part, ...]
    extra: tuple[Expected, ...] = ()
    allowed: tuple[Decimal, ...] = ()  # values that may come out besides
    told: bool = False  # something is lost by right, and must be told
    head: str = ""  # of the HTML


# --- companies ------------------------------------------------------------------------------------------------------

WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "sales": (("Net sales",), ("Revenues",), ("Net revenue",), ("Sales and other revenue",)),
    "cost": (("Cost of goods sold",), ("Cost of revenues",), ("Cost of sales",), ("Cost of products sold",)),
    "sga": (
        ("Selling, general and administrative",),
        ("Selling and administrative expenses",),
        ("Marketing and administration",),
    ),
    "rd": (("Research and development",), ("Product development",), ("Engineering and development",)),
    "equity": (("stockholders' equity",), ("shareholders' equity",), ("shareowners' equity",)),
}
NAMES = (
    "HALVORSEN VALVE CORPORATION",
    "Pellbrook Instruments, Inc.",
    "MARLETTE FOODS INC",
    "Quillon Systems Corp.",
    "TARRYDALE INDUSTRIES, INC. AND SUBSIDIARIES",
    "Osmund & Reyes Company",
    "Vantry Holdings Ltd",
    "ESKERLINE PAPER CO",
)


@dataclass(frozen=True)
class Company:
    name: str
    income: Grid
    balance: Grid
    cash: Grid
    year: int
    rest: dict[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.income, self.balance, self.cash)


def _pick(rng: random.Random, key: str) -> str:
    return rng.choice(WORDS[key])[0]


def _columns(n: int, make: Callable[[int], dict[str, int]]) -> dict[str, tuple[int, ...]]:
    made = [make(i) for i in range(n)]
    return {k: tuple(m[k] for m in made) for k in made[0]}


def company(seed: int, loss: bool = False, interim: bool | None = None, year: int = 0) -> Company:
    """A company whose statements tie: sales to net income to shares, assets = claims, opening + change = closing."""
    rng = random.Random(seed)
    name = NAMES[seed % len(NAMES)]
    year = rng.choice((1994, 1997, 1999, 2003, 2006, 2009, 2014, 2019, 2022)) if not year else rng.choice((year,))
    interim = rng.random() < 0.4 if interim is None else interim
    scale = rng.choice((3, 3, 6))
    base = rng.randint(21_000, 88_000)
    eq = _pick(rng, "equity")
    shares0 = rng.randint(9_000, 19_000)

    def flows(i: int) -> dict[str, int]:
        s = base - rng.randint(900, 2_400) * i + (3 * base if interim and i >= 2 else 0)
        c, g, r = s * 6 // 10 + rng.randint(1, 99), s * 2 // 10 + rng.randint(1, 99), s // 20 + rng.randint(1, 99)
        if loss:
            g += s * 3 // 10
        op = s - c - g - r
        interest, other = rng.randint(210, 890), rng.randint(95, 180)
        pre = op - interest + other
        tax = 0 if loss else pre * 35 // 100
        return {
            "s": s,
            "c": c,
            "gp": s - c,
            "g": g,
            "r": r,
            "te": g + r,
            "op": op,
            "i": interest,
            "o": other,
            "pre": pre,
            "t": tax,
            "n": pre - tax,
            "sh": shares0 - 210 * i,
            "shd": shares0 - 210 * i + (0 if loss else 345),
        }

    n = 4 if interim else 3
    f = _columns(n, flows)
    q = (f"{year}-09-30", f"{year - 1}-09-30")
    if interim:
        periods = (
            f"{year}-07-01/{q[0]}",
            f"{year - 1}-07-01/{q[1]}",
            f"{year}-01-01/{q[0]}",
            f"{year - 1}-01-01/{q[1]}",
        )
        heads = (
            (("Three Months Ended September 30,", 2), ("Nine Months Ended September 30,", 2)),
            tuple((str(year - i % 2), 1) for i in range(4)),
        )
        dates = (q[0], f"{year - 1}-12-31")
        date_heads = ((f"September 30, {year}", 1), (f"December 31, {year - 1}", 1))
        cash_periods, cash_heads = periods[2:], ((("Nine Months Ended September 30,", 2),), heads[1][:2])
        cf = (2, 3)
        opening = (f"{year - 1}-12-31", f"{year - 2}-12-31")
    else:
        periods = tuple(f"{year - i}-01-01/{year - i}-12-31" for i in range(3))
        heads = ((("Years Ended December 31,", 3),), tuple((str(year - i), 1) for i in range(3)))
        dates = (f"{year}-12-31", f"{year - 1}-12-31")
        date_heads = ((f"December 31, {year}", 1), (f"December 31, {year - 1}", 1))
        cash_periods, cash_heads, cf = periods, heads, (0, 1, 2)
        opening = tuple(f"{year - i - 1}-12-31" for i in range(3))
    cents = lambda a, b: (Decimal(a) / Decimal(b)).quantize(Decimal("0.01"))  # noqa: E731
    loss_word = "Net loss" if loss else rng.choice(("Net income", "Net earnings"))
    eps_word = "loss" if loss else "earnings"
    income = Grid(
        titles=(
            rng.choice(
                (
                    "CONSOLIDATED STATEMENTS OF OPERATIONS",
                    "Consolidated Statements of Income",
                    "CONSOLIDATED STATEMENTS OF EARNINGS",
                )
            ),
        ),
        caption={
            3: "(In thousands, except per share data)",
            6: "(Dollars and shares in millions, except per share amounts)",
        }[scale],
        heads=heads,
        periods=periods,
        scale=scale,
        rows=(
            Row(_pick(rng, "sales"), f["s"]),
            Row(_pick(rng, "cost"), f["c"]),
            Row("Gross profit", f["gp"], rule=True),
            Row("Operating expenses:"),
            Row(_pick(rng, "sga"), f["g"]),
            Row(_pick(rng, "rd"), f["r"]),
            Row("Total operating expenses", f["te"], rule=True),
            Row("Operating loss" if loss else "Operating income", f["op"], rule=True),
            Row("Interest expense", f["i"]),
            Row("Other income", f["o"]),
            Row("Loss before income taxes" if loss else "Income before income taxes", f["pre"], rule=True),
            *([] if loss else [Row("Provision for income taxes", f["t"])]),
            Row(loss_word, f["n"], rule=True),
            Row(
                f"Basic {eps_word} per share",
                tuple(cents(a, b) for a, b in zip(f["n"], f["sh"], strict=True)),
                "USD/shares",
            ),
            Row(
                f"Diluted {eps_word} per share",
                tuple(cents(a, b) for a, b in zip(f["n"], f["shd"], strict=True)),
                "USD/shares",
            ),
            Row("Weighted average shares - basic", f["sh"], "shares"),
            Row("Weighted average shares - diluted", f["shd"], "shares"),
        ),
    )
    closing = [rng.randint(2_300, 9_800) for _ in range(len(cf) + 1)]
    # At an interim date the opening cash is that of the year's end.
    cash_at = (closing[0], closing[1])

    def claims(i: int) -> dict[str, int]:
        b = {
            "cash": cash_at[i],
            "ar": rng.randint(4_000, 9_000),
            "inv": rng.randint(3_000, 8_000),
            "pre": rng.randint(300, 900),
        }
        b["tca"] = sum(b.values())
        ppe, gw, oa = rng.randint(11_000, 29_000), rng.randint(2_000, 5_000), rng.randint(400, 999)
        ta = b["tca"] + ppe + gw + oa
        ap, ac, std = rng.randint(2_000, 4_900), rng.randint(1_100, 3_000), rng.randint(200, 900)
        ltd, dt = rng.randint(3_000, 7_000), rng.randint(500, 1_500)
        cs, apic = 190 - i, rng.randint(2_000, 4_000)
        te = ta - ap - ac - std - ltd - dt
        return b | {
            "ppe": ppe,
            "gw": gw,
            "oa": oa,
            "ta": ta,
            "ap": ap,
            "ac": ac,
            "std": std,
            "tcl": ap + ac + std,
            "ltd": ltd,
            "dt": dt,
            "cs": cs,
            "apic": apic,
            "re": te - cs - apic,
            "te": te,
            "tle": ta,
        }

    b = _columns(2, claims)
    balance = Grid(
        titles=("CONSOLIDATED BALANCE SHEETS",),
        caption={3: "(In thousands)", 6: "(Dollars in millions)"}[scale],
        heads=(date_heads,),
        periods=dates,
        scale=scale,
        rows=(
            Row("ASSETS"),
            Row("Current assets:"),
            Row("Cash and cash equivalents", b["cash"]),
            Row("Accounts receivable, net", b["ar"]),
            Row("Inventories", b["inv"]),
            Row("Prepaid expenses and other", b["pre"]),
            Row("Total current assets", b["tca"], rule=True),
            Row("Property, plant and equipment, net", b["ppe"]),
            Row("Goodwill", b["gw"]),
            Row("Other assets", b["oa"]),
            Row("Total assets", b["ta"], rule=True),
            Row(f"LIABILITIES AND {eq.upper()}"),
            Row("Current liabilities:"),
            Row("Accounts payable", b["ap"]),
            Row("Accrued liabilities", b["ac"]),
            Row("Current portion of long-term debt", b["std"]),
            Row("Total current liabilities", b["tcl"], rule=True),
            Row("Long-term debt", b["ltd"]),
            Row("Deferred income taxes", b["dt"]),
            Row(f"{eq.capitalize()}:"),
            Row("Common stock", b["cs"]),
            Row("Additional paid-in capital", b["apic"]),
            Row("Retained earnings", b["re"]),
            Row(f"Total {eq}", b["te"], rule=True),
            Row(f"Total liabilities and {eq}", b["tle"], rule=True),
        ),
    )

    def moves(k: int) -> dict[str, int]:
        i = cf[k]
        if interim:
            end, begin = (closing[0], closing[1]) if k == 0 else (rng.randint(2_000, 9_000), closing[2])
        else:
            end, begin = closing[k], closing[k + 1]
        dep, dtx = rng.randint(900, 2_100), rng.randint(50, 190)
        ar, inv, ap = -rng.randint(100, 800), -rng.randint(90, 700), rng.randint(110, 650)
        cfo = f["n"][i] + dep + dtx + ar + inv + ap
        capex, acq = -rng.randint(900, 2_900), -rng.randint(300, 900)
        div, repay, change = -rng.randint(100, 400), -rng.randint(1_000, 3_000), end - begin
        borrow = change - cfo - capex - acq - repay - div
        if borrow < 0:
            repay, borrow = repay + borrow - 900, 900
        return {
            "n": f["n"][i],
            "dep": dep,
            "dtx": dtx,
            "ar": ar,
            "inv": inv,
            "ap": ap,
            "cfo": cfo,
            "capex": capex,
            "acq": acq,
            "cfi": capex + acq,
            "borrow": borrow,
            "repay": repay,
            "div": div,
            "cff": borrow + repay + div,
            "change": change,
            "begin": begin,
            "end": end,
        }

    m = _columns(len(cf), moves)
    span = "period" if interim else "year"
    cash = Grid(
        titles=("CONSOLIDATED STATEMENTS OF CASH FLOWS",),
        caption=balance.caption,
        heads=cash_heads,
        periods=cash_periods,
        scale=scale,
        instants=(
            (f"Cash and cash equivalents at beginning of {span}", opening),
            (f"Cash and cash equivalents at end of {span}", tuple(p.split("/")[1] for p in cash_periods)),
        ),
        rows=(
            Row("Cash flows from operating activities:"),
            Row(loss_word, m["n"]),
            Row("Depreciation and amortization", m["dep"]),
            Row("Deferred income taxes", m["dtx"], signed=False),
            Row("Accounts receivable", m["ar"], signed=False),
            Row("Inventories", m["inv"], signed=False),
            Row("Accounts payable", m["ap"], signed=False),
            Row("Net cash provided by operating activities", m["cfo"], rule=True),
            Row("Cash flows from investing activities:"),
            Row("Purchases of property, plant and equipment", m["capex"], signed=False),
            Row("Acquisition of businesses, net of cash acquired", m["acq"], signed=False),
            Row("Net cash used in investing activities", m["cfi"], rule=True),
            Row("Cash flows from financing activities:"),
            Row("Proceeds from long-term debt", m["borrow"], signed=False),
            Row("Repayments of long-term debt", m["repay"], signed=False),
            Row("Dividends paid", m["div"], signed=False),
            Row("Net cash provided by (used in) financing activities", m["cff"], rule=True),
            Row("Net increase (decrease) in cash and cash equivalents", m["change"], rule=True),
            Row(f"Cash and cash equivalents at beginning of {span}", m["begin"]),
            Row(f"Cash and cash equivalents at end of {span}", m["end"], rule=True),
        ),
    )
    return Company(name, income, balance, cash, year)


# --- what must come out ---------------------------------------------------------------------------------------------


def expected(grid: Grid) -> list[Expected]:
    made: list[Expected] = []
    for row in grid.rows:
        dates = dict(grid.instants).get(row.label, grid.periods)
        for period, value in zip(dates, row.values, strict=False):
            if value is not None:
                full = Decimal(value).scaleb(0 if row.unit == "USD/shares" else grid.scale)
                made.append((re.sub("<[^>]+>", "", row.name or row.label), period, row.unit, full, row.signed))
    return made


def fold(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())[:18]


@dataclass(frozen=True)
class Verdict:
    lost: tuple[str, ...]
    wrong: tuple[str, ...]
    told: tuple[str, ...]

    def fault(self, lost_by_right: bool = False) -> str:
        """'' when the page is read right; else silent-wrong, silent-lost, told-wrong, told-lost, needless."""
        loud = bool(self.told)
        if self.wrong:
            return "told-wrong" if loud else "silent-wrong"
        if self.lost:
            return "told-lost" if loud else "silent-lost"
        return "needless" if loud and not lost_by_right else ""


def judge(data: bytes, name: str, wanted: Sequence[Expected], allowed: Sequence[Decimal] = ()) -> Verdict:
    document, a = load(data, name)
    made, b = analyse(document)
    told = tuple(
        f"{f.code}: {f.message}"
        for f in (*a, *b)
        if str(f.severity) in ("warning", "error") and f.code.split(".")[0] not in ("tag", "prose", "cover")
    )
    rows = _rows(writer.as_csv(made.report))
    got = [
        r
        for r in rows
        if r["place"] in ("cell", "label") and r["statement"] != "cover" and isinstance(r["value"], Decimal)
    ]
    lost, right = [], set()
    for label, period, unit, value, signed in wanted:
        mine = [
            i
            for i, r in enumerate(got)
            if fold(r["label"]).startswith(fold(label))
            and r["period"] == period
            and r["unit"] == unit
            and (r["value"] == value if signed else abs(r["value"]) == abs(value))
        ]
        right.update(mine)
        if not mine:
            lost.append(f"{label} | {period} | {unit} | {value}")
    wrong = [
        f"{r['label']} | {r['period']} | {r['unit']} | {r['value']} | {r['place']}"
        for i, r in enumerate(got)
        if i not in right and r["value"] not in allowed
    ]
    return Verdict(tuple(lost), tuple(wrong), told)


def _rows(text: str) -> list[dict]:  # type: ignore[type-arg]
    import csv
    import io

    made = []
    for r in csv.DictReader(io.StringIO(text)):
        unit = r["unit"].split(":")[-1]
        unit = "USD/shares" if unit.lower() in ("usdpershare", "usd/shares", "pershare") else unit
        try:
            value: Decimal | str = Decimal(r["value"])
        except ArithmeticError:
            value = r["value"]
        made.append({**r, "unit": unit, "value": value})
    return made


# --- layouts --------------------------------------------------------------------------------------------------------


def figure(value: int | Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "USD/shares":
        text = f"{abs(value):.2f}".replace("0.", ".", 1) if abs(value) < 1 else f"{abs(value):.2f}"
    else:
        text = f"{abs(value):,}"
    return f"({text})" if value < 0 else text


def printed(row: Row) -> tuple[str, ...]:
    return row.shown or tuple(figure(v, row.unit) for v in row.values)


def _dollar(grid: Grid, i: int) -> bool:
    """Whether the row carries dollar signs: the first row of figures and the totals."""
    row = grid.rows[i]
    first = next((k for k, r in enumerate(grid.rows) if r.values), -1)
    return (
        row.unit != "shares"
        and bool(row.values)
        and (
            i == first
            or row.unit == "USD/shares"
            or (row.rule and row.label.startswith(("Total assets", "Total liab", "Net ")))
        )
    )


def as_printed(grid: Grid) -> layouts.Grid:
    """What a page shows of a grid."""
    last = len(grid.heads) - 1
    heads = tuple(Head(grid.stub if n == last else "", cells) for n, cells in enumerate(grid.heads))
    lines = []
    for i, row in enumerate(grid.rows):
        shown, sign = printed(row), "$" if _dollar(grid, i) else None
        lines.append(Line(row.label, shown, sign, tuple((sign or "") if t else "" for t in shown), row.rule))
    return layouts.Grid(grid.titles, heads, tuple(lines), caption=grid.caption)


def text_grid(grid: Grid) -> list[str]:
    return layouts.even_table(as_printed(grid), tags=False, leaders=False)


def _plain(text: str) -> str:
    return re.sub("<[^>]+>", "", text).replace("&nbsp;", " ").replace("&#160;", " ").replace("&amp;", "&")


def _in_text(part: Part) -> layouts.Part:
    """The part with no tags in it."""
    if isinstance(part, Text):
        return replace(part, words=_plain(part.words))
    if not isinstance(part, Grid):
        return part
    rows = (replace(r, label=_plain(r.label), shown=tuple(map(_plain, r.shown))) for r in part.rows)
    return as_printed(replace(part, stub=_plain(part.stub), rows=tuple(rows)))


#: The layouts, by the names of their styles.
_STYLES = {"simple": "bare", "word": "fonts", "workiva": "shaded", "nested": "bare within"}


def render(page: Page, layout: str) -> tuple[bytes, str]:
    """The bytes of the page and the name of its file."""
    if layout in _STYLES:
        parts = [as_printed(part) if isinstance(part, Grid) else part for part in page.parts]
        return layouts.hypertext(parts, layouts.STYLES[_STYLES[layout]], page.head).encode(), "page.htm"
    text = layouts.even(list(map(_in_text, page.parts)), tags=layout == "edgar", leaders=layout != "plain")
    if layout == "pdf":
        return layouts.pdf_of(text), "page.pdf"
    if layout == "pre":
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\f", "")
        return f"<html><body><pre>\n{text}</pre></body></html>".encode(), "page.htm"
    return text.encode(), "page.txt"


def verdict(page: Page, layout: str) -> Verdict:
    data, name = render(page, layout)
    wanted = [e for p in page.parts if isinstance(p, Grid) and p.real for e in expected(p)]
    return judge(data, name, [*wanted, *page.extra], page.allowed)
