"""Decision: which table is which statement, where each ends, whether it is a face statement, which of two is kept.

A statement is known by its content as well as by its title: titles are lost at page breaks and in OCR, and tables of
ratios carry the titles of statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..evidence import AnnotatedRow, DecidedTable, HeadedTable
from ..findings import Finding, Outcome, Severity
from ..model import Kind
from ..periods import Clues

#: Words of a title, and how strongly they speak for a kind.
_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CASH_FLOW, re.compile(r"statements?\W+(?:\w+\W+){0,4}cash\s*flows?|cash\s*flows?\s+statements?|consolidated\s+cash\s*flows?", re.I)),
    (Kind.EQUITY, re.compile(r"statements?\W+(?:\w+\W+){0,5}(?:(?:stock|share|member|owner)\w*\W+s?\W*)?(?:equity|deficit|capital)\b|changes\s+in\s+(?:\w+\W+){0,4}(?:equity|deficit)", re.I)),
    (Kind.BALANCE_SHEET, re.compile(r"balance\s+sheets?|statements?\W+(?:\w+\W+){0,3}(?:financial\s+)?(?:condition|position)", re.I)),
    (Kind.INCOME_STATEMENT, re.compile(
        r"statements?\W+(?:\w+\W+){0,4}(?:operations|income|earnings|loss(?:es)?|results)\b|income\s+statements?|(?:consolidated\s+)?results\s+of\s+operations"
        r"|operating\s+(?:results|statements?)|earnings\s+statements?|consolidated\s+(?:income|earnings|operations)\b|profit\s+and\s+loss", re.I)),
    (Kind.COMPREHENSIVE_INCOME, re.compile(r"comprehensive\s+(?:\(?loss\)?|income|earnings|\(?loss\)?\s+income|income\s+\(loss\))", re.I)),
)  # fmt: skip

#: Words of line items, and what each is worth.
_WORDS: dict[Kind, tuple[tuple[re.Pattern[str], int], ...]] = {
    Kind.BALANCE_SHEET: tuple((re.compile(p, re.I), w) for p, w in (
        (r"^total assets|^assets, total", 5), (r"total current assets", 4), (r"total (?:current )?liabilities", 3),
        (r"^total .*liabilities.*(?:equity|deficit|deficiency|capital|investment)|liabilities and (?:stock|share)holders", 4),
        (r"accounts payable|accrued (?:liabilities|expenses)", 2), (r"receivable", 1), (r"^inventor(?:y|ies)", 1),
        (r"retained earnings|accumulated deficit|accumulated earnings", 2), (r"paid[- ]in capital|capital surplus", 2),
        (r"^goodwill", 1), (r"property|plant and equipment", 1), (r"^deposits|^loans", 1), (r"treasury (?:stock|shares)", 1),
        (r"total (?:stock|share)(?:holders|owners).*(?:equity|deficit)|^total equity", 3), (r"^cash and (?:cash )?(?:equivalents|due)", 1),
    )),
    Kind.INCOME_STATEMENT: tuple((re.compile(p, re.I), w) for p, w in (
        (r"^(?:total |net )?(?:operating )?(?:revenues?|sales)\b", 3), (r"^cost of", 2), (r"^gross (?:profit|margin|loss)", 3),
        (r"selling|general and administrative", 2), (r"research and development", 1),
        (r"(?:operating (?:income|loss|profit))|(?:income|loss|earnings)[^a-z]*(?:\(?loss\)? )?from operations", 2),
        (r"before (?:provision|income tax|tax|benefit|minority|cumulative|extraordinary)", 3), (r"(?:provision|benefit).*tax|^income tax", 2),
        (r"^net (?:income|earnings|loss|\(loss\))", 2), (r"per (?:common |basic |diluted )?(?:common )?share|per unit", 3),
        (r"weighted[- ]average|average (?:number of )?(?:common )?shares|shares used", 2), (r"interest (?:expense|income)", 1),
        (r"^basic\b|^diluted\b", 1), (r"provision for (?:loan|credit) losses", 2), (r"total interest income|net interest income", 3),
        (r"premiums", 1), (r"total (?:costs and )?(?:operating )?expenses", 2),
    )),
    Kind.CASH_FLOW: tuple((re.compile(p, re.I), w) for p, w in (
        (r"net cash (?:flows? )?(?:\(?used|provided|from|\(?required|generated)", 5), (r"operating activities", 3), (r"investing activities", 4),
        (r"financing activities", 4), (r"depreciation", 1), (r"(?:purchases?|acquisition|additions?).*(?:property|equipment)|capital expenditures", 2),
        (r"adjustments to reconcile", 4), (r"(?:beginning|end) of (?:the )?(?:period|year|quarter)", 3), (r"(?:increase|decrease|change).*in cash", 3),
        (r"^proceeds from", 2), (r"^repayments?|^payments?", 1), (r"changes in (?:operating )?assets and liabilities", 2),
    )),
    Kind.EQUITY: tuple((re.compile(p, re.I), w) for p, w in (
        (r"^balances?,? (?:at|as of|-|january|december|june|march|september)|^balances?\b", 4), (r"issuance of|issued|exercise of", 1),
        (r"repurchase|purchase of treasury", 1), (r"dividends?", 1),
    )),
    Kind.COMPREHENSIVE_INCOME: tuple((re.compile(p, re.I), w) for p, w in (
        (r"(?:total )?(?:other )?comprehensive (?:income|loss|earnings)", 3), (r"unrealized (?:gain|loss|holding|appreciation)", 2),
        (r"(?:foreign )?currency translation", 2), (r"reclassification adjustment", 2), (r"minimum pension|pension", 1),
    )),
}  # fmt: skip

#: Words in the title or heading of tables that are not the filer's face statements.
_NOT_FACE = re.compile(
    r"pro[\s-]?forma|non[\s-]?gaap|reconcil|segment|supplement|selected|summary\s+of\s+operations|highlights|overview|parent\s+(?:company\s+)?only|guarantor|consolidating"
    r"|percentage\s+of|as\s+a\s+percent|adjusted|quarterly\s+(?:financial|results|data)|five[\s-]year|ten[\s-]year|summar(?:y|ized)\s+(?:financial|of\s+quarterly)"
    r"|statistical|average\s+balance|average\s+rates?|yield|\bguidance|outlook|\bratios\b|key\s+(?:data|figures|metrics)|condensed\s+financial\s+information\s+of|schedule\s+(?:i|1)\b",
    re.I,
)  # fmt: skip

#: Headings of other parts of a report that name a statement's words.
_NO_TITLE = re.compile(
    r"discussion\s+and\s+analysis|condition\s+and\s+results|^item\s+\d|notes?\s+to\b|report\s+of\s+independent", re.I
)
_RETAINED = re.compile(r"statements?\s+of\s+(?:consolidated\s+)?(?:changes\s+in\s+)?retained\s+earnings", re.I)


def title_kinds(text: str) -> list[Kind]:
    """The kinds that the words of a title name, in the order they stand."""
    if _NO_TITLE.search(text):
        return []
    found = [(m.start(), kind) for kind, pattern in _TITLES if (m := pattern.search(text))]
    kinds = [kind for _, kind in sorted(found, key=lambda f: f[0])]
    if Kind.INCOME_STATEMENT in kinds and _RETAINED.search(text):
        kinds[kinds.index(Kind.INCOME_STATEMENT)] = Kind.EQUITY
    if (
        Kind.INCOME_STATEMENT in kinds
        and Kind.COMPREHENSIVE_INCOME in kinds
        and not re.search(r"operations|earnings|statements? of (?:consolidated )?income and", text, re.I)
    ):
        kinds.remove(Kind.INCOME_STATEMENT)  # "Statements of Comprehensive Income" names income only within that phrase
    return kinds


def is_sentence(text: str) -> bool:
    """The line is running text that happens to name a statement: "... are included in the balance sheets."."""
    ends = text.rstrip().endswith(".") and not _ABBREVIATED.search(text)
    words = [w for w in re.findall(r"[A-Za-z']+", text) if w.lower() not in _SMALL]
    if ends and len(words) > 3:
        return True
    if len(words) < 8:
        return False
    lower = sum(w[0].islower() for w in words)
    return bool(lower > 0.5 * len(words))


_ABBREVIATED = re.compile(r"\b(?:inc|co|corp|ltd|cos|l\.?p|s\.?a|n\.?v|no|jr|u\.?s)\.\s*$", re.I)
_SMALL = frozenset(
    [
        "of",
        "and",
        "the",
        "for",
        "in",
        "to",
        "at",
        "as",
        "on",
        "ended",
        "ending",
        "except",
        "per",
        "share",
        "amounts",
        "data",
        "or",
    ]
)


#: A statement shows what it is within so many lines.
_LABELS = 600


def content_scores(labels: Iterable[str]) -> dict[Kind, int]:
    """What the labels of a table's rows say: points for each kind; each pattern counts once."""
    texts = list(dict.fromkeys(" ".join(label.split()).strip(" .:") for label in labels))[:_LABELS]
    return {kind: sum(w for p, w in words if any(p.search(t) for t in texts)) for kind, words in _WORDS.items()}


def kind_of(named: Sequence[Kind], labels: Sequence[str]) -> tuple[Kind, int]:
    """The kind of a table and the points it has. OTHER when neither title nor content speaks for a statement.

    named: the kinds that its title names.
    """
    scores = content_scores(labels)
    for kind in named:
        scores[kind] += 6
    if named:
        scores[named[-1]] += 1
    # Equity statements share their words with balance sheets; they need their rows of balances, or their title.
    if Kind.EQUITY not in named:
        scores[Kind.EQUITY] = scores[Kind.EQUITY] - 4
    if Kind.COMPREHENSIVE_INCOME not in named:
        scores[Kind.COMPREHENSIVE_INCOME] -= 3
    order = [Kind.CASH_FLOW, Kind.BALANCE_SHEET, Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME, Kind.EQUITY]
    best = max(order, key=lambda k: (scores[k], -order.index(k)))
    return (best, scores[best]) if scores[best] >= 7 else (Kind.OTHER, scores[best])


def is_face(title: str) -> bool:
    """The title does not name a supplementary, pro forma, segment or non-GAAP table."""
    return not _NOT_FACE.search(title)


# --- where a statement ends ------------------------------------------------------------------------------------------

#: A longer table is a list: the longest statements of banks and insurers have some 150 rows.
LONGEST = 600


def join_pages(tables: Sequence[HeadedTable]) -> tuple[HeadedTable, ...]:
    """A table that goes on with the statement before it is joined: same columns, no headings or the same, no end yet."""
    out: list[HeadedTable] = []
    for headed in tables:
        if out and _goes_on(out[-1], headed):
            out[-1] = _joined(out[-1], headed)
        else:
            out.append(headed)
    return tuple(out)


def _joined(last: HeadedTable, page: HeadedTable) -> HeadedTable:
    onto = _onto(last, page)
    rows = (*last.table.rows, *(moved(r, onto) for r in page.table.rows))
    kind, points = kind_of(last.table.named, [r.label for r in rows])
    table = replace(last.table, blocks=(*last.table.blocks, *page.table.blocks), rows=rows, kind=kind, points=points)
    return replace(last, table=table)


def _onto(last: HeadedTable, page: HeadedTable) -> dict[int, int]:
    """The columns of the page before for those of this one; other columns are put out of the way."""
    columns = last.table.columns
    aside = {c.col: 1000 + c.col for r in page.table.rows for c in r.cells if c.col in columns}
    return aside | dict(zip(page.table.columns, columns, strict=True))


def _goes_on(before: HeadedTable, page: HeadedTable) -> bool:
    """The table is the next page of the statement before it."""
    last, part = before.table, page.table
    if len(last.rows) + len(part.rows) > LONGEST or part.blocks[0] - last.blocks[-1] > 6:
        return False
    if len(last.columns) != len(part.columns) or last.kind is Kind.OTHER:
        return False
    again = _CONTINUED.search(part.title) is not None
    if part.named and part.named[0] is not last.kind and not again:
        return False
    told, now = _told(before), _told(page)
    if now and told != now and not (again and len(now) == len(told)):
        return False
    if _repeats(last.rows, part.rows):
        return False
    mine = kind_of((), [r.label for r in part.rows])[0]
    fits = mine in (last.kind, Kind.OTHER)
    if last.kind is Kind.BALANCE_SHEET:
        # Assets on one page, liabilities on the next.
        return not _ended(before) and (fits or again)
    if again:
        return True
    if part.named:
        return bool(now) and fits and _folded(last.name) == _folded(part.name)
    if not fits:
        return False
    return not _ended(before) if now else len(part.above) <= 3


_CONTINUED = re.compile(r"continued|concluded|cont'?d|\(con(?:tinu|t)", re.I)
_ENDS = {
    Kind.BALANCE_SHEET: re.compile(r"liabilities.*(?:equity|deficit|deficiency|capital|investment)", re.I),
    Kind.CASH_FLOW: re.compile(r"\b(?:end|ending|close) of (?:the )?(?:period|year|quarter)|ending balance", re.I),
    Kind.INCOME_STATEMENT: re.compile(r"per (?:common |basic |diluted )*share|^diluted\b", re.I),
    Kind.COMPREHENSIVE_INCOME: re.compile(r"^(?:total )?comprehensive (?:income|loss|\()", re.I),
}


def _ended(headed: HeadedTable) -> bool:
    """The statement has its last line: nothing is missing on a next page."""
    pattern = _ENDS.get(headed.kind)
    return pattern is not None and any(pattern.search(r.label) and r.has_data for r in headed.table.rows[-8:])


def _told(headed: HeadedTable) -> tuple[Clues, ...]:
    """What the headings tell, column by column; empty where the table has none."""
    found = tuple(h.clues for h in headed.headings)
    return found if any(found) else ()


def _repeats(last: Sequence[AnnotatedRow], page: Sequence[AnnotatedRow]) -> bool:
    """The page shows the lines of the other again (for other periods, or in short): it is no continuation."""
    mine = {r.label.lower() for r in page if r.has_data} - {""}
    theirs = {r.label.lower() for r in last if r.has_data}
    return len(mine) > 2 and len(mine & theirs) > 0.4 * len(mine)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def moved(row: AnnotatedRow, columns: Mapping[int, int]) -> AnnotatedRow:
    """The row with cells moved to other columns."""
    cells = tuple(replace(c, col=columns.get(c.col, c.col)) for c in row.cells)
    return replace(row, source=replace(row.source, cells=cells))


# --- which tables are face statements --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A table that may be a statement. read: its lines are to be read; findings: why it is left alone."""

    headed: HeadedTable
    face: bool
    read: bool = True
    findings: tuple[Finding, ...] = ()


def choose_faces(tables: Sequence[HeadedTable], all_tables: bool) -> Outcome[tuple[Choice, ...]]:
    """The tables that are statements, in order, and whether each is a face statement of the filer.

    Findings: `statements.untitled`, of tables that only look like statements.
    """
    if all_tables:
        return Outcome(tuple(_choice(t, all_tables) for t in tables))
    likely = [t for t in tables if t.kind is not Kind.OTHER]
    titled = _with_titles(likely)
    kept = {id(t) for t in titled}
    untitled = _untitled([t for t in likely if id(t) not in kept])
    return Outcome(tuple(_choice(t, all_tables) for t in titled), untitled)


def _untitled(tables: Sequence[HeadedTable]) -> tuple[Finding, ...]:
    """One note for all tables that look like statements, where others have the titles of those statements."""
    if not tables:
        return ()
    kinds = ", ".join(dict.fromkeys(t.kind.value.replace("_", " ") for t in tables))
    count = "a table that looks" if len(tables) == 1 else f"{len(tables)} tables that look"
    told = Finding(
        code="statements.untitled", severity=Severity.NOTE, at=tables[0].first_row.source.at,
        message=f"left alone: {count} like a statement ({kinds}) without its title, as another table has it",
        hint="ask for all tables to read it too",
    )  # fmt: skip
    return (told,)


def _with_titles(tables: Sequence[HeadedTable]) -> list[HeadedTable]:
    """Where some table has the title of a statement, tables that only look like that statement are none."""
    named = {t.kind for t in tables if is_face(t.table.title) and t.kind in t.table.named}
    return [t for t in tables if t.kind not in named or t.kind in t.table.named]


def _choice(headed: HeadedTable, all_tables: bool) -> Choice:
    at = headed.first_row.source.at
    title = headed.table.title
    face = is_face(title) and headed.kind is not Kind.OTHER
    if not face and not all_tables:
        told = Finding(
            code="statements.not-face", severity=Severity.NOTE, at=at,
            message=f"left alone: a supplementary, pro forma, segment or non-GAAP table ({title[:60].strip()!r})",
            hint="ask for all tables to read it too",
        )  # fmt: skip
        return Choice(headed=headed, face=face, read=False, findings=(told,))
    if headed.kind is Kind.EQUITY:
        told = Finding(
            code="statements.equity", severity=Severity.NOTE, at=at,
            message="a statement of equity: recognised, its figures are not tagged",
        )  # fmt: skip
        return Choice(headed=headed, face=face, read=False, findings=(told,))
    return Choice(headed=headed, face=face)


# --- which of two statements is kept ---------------------------------------------------------------------------------

#: A table that repeats a statement shares at least a part of its lines, if it has more than a few.
_FEW, _MOST_OTHER = 4, 0.9
#: The rest of a statement stands so many blocks behind its beginning: page number, running heads, title.
_CLOSE = 12
#: A table with more columns is a summary of many years.
_FACE_COLUMNS = 6


def without_repeats(tables: Sequence[DecidedTable]) -> Outcome[tuple[DecidedTable, ...]]:
    """Of two statements of one kind for the same periods the fuller one: the other is an extract or a restatement."""
    out: list[DecidedTable] = []
    findings: list[Finding] = []
    for table in tables:
        twin = next((i for i, other in enumerate(out) if _same_periods(other, table)), None)
        if twin is None:
            out.append(table)
            continue
        drop = table
        if _fuller(table, out[twin]):
            drop = out.pop(twin)
            out.append(table)
        findings.append(_repeated(drop, table if drop is not table else out[twin]))
    return Outcome(tuple(out), tuple(findings))


def _repeated(drop: DecidedTable, kept: DecidedTable) -> Finding:
    """A note; a warning where the table seems to be the rest of the one that is kept: close to it, with lines of its own."""
    what = f"left alone: a second {drop.headed.kind.value.replace('_', ' ')} for the same periods"
    mine = {r.label.lower() for r in drop.headed.table.rows if r.has_data} - {""}
    other = mine - {r.label.lower() for r in kept.headed.table.rows}
    if not _near(drop, kept) or len(mine) < _FEW or len(other) < _MOST_OTHER * len(mine):
        return Finding(code="statements.repeated", severity=Severity.NOTE, at=drop.at, message=what)
    return Finding(
        code="statements.repeated", severity=Severity.WARNING, at=drop.at,
        message=f"{what}, with {len(other)} lines of its own, such as {min(other)!r}",
        hint="if it is the rest of the other one, put the two tables together in the input",
    )  # fmt: skip


def _near(a: DecidedTable, b: DecidedTable) -> bool:
    """Few blocks lie between them, or one says that it goes on."""
    first, second = sorted((a.headed.table, b.headed.table), key=lambda t: t.blocks[0])
    return second.blocks[0] - first.blocks[-1] <= _CLOSE or _CONTINUED.search(second.title) is not None


def _fuller(table: DecidedTable, other: DecidedTable) -> bool:
    """The later table tells more than the earlier one."""
    summaries = len(other.columns) > _FACE_COLUMNS, len(table.columns) > _FACE_COLUMNS
    if summaries[0] != summaries[1]:
        return summaries[0]
    return table.data_rows > other.data_rows * 1.3


def _same_periods(a: DecidedTable, b: DecidedTable) -> bool:
    """Two of one kind, one of which has no period that the other lacks."""
    mine, theirs = {c.period for c in a.columns}, {c.period for c in b.columns}
    return a.headed.kind is b.headed.kind and (mine <= theirs or theirs <= mine)
