"""Decision: the currency of a statement's money, by ISO 4217 code.

Words of the caption state it ("Expressed in thousands of Canadian dollars"), and so do the signs printed at its
figures; the bare sign of the dollar is that of the United States unless the page names another.  The other statements,
the running text and the registrant's state bear it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import chain

from .. import currencies, words
from ..evidence import DecidedTable
from ..findings import Finding, Outcome, Position, Severity
from ..hints import hinted, holds, low
from ..model import Cell, Decision, Document, Paragraph, Standing, Witness, place
from ..patterns import compiled
from ..places import is_state
from . import CURRENCY, YOU, decide
from .captions import captions_below, place_of

DOLLAR = "USD"
#: Lists of the table that are no currency.
_NO_CODE = frozenset({"translated", "statement", "dollars"})
#: The sign of the dollar by itself, which many currencies share.
_BARE = ("$", "＄", "﹩")
#: Signs that are letters alone are words in running text.
_SYMBOL = compiled(r"[$€£¥₩₪₹₽₺฿₱＄￡￥￦]")
#: A sign with a figure is one of running text, no caption.
_FIGURE_BEHIND = compiled(r"\s?[1-9]")
#: Letters of scale glued to a sign: "NZ$m", "MCh$".
_GLUED = compiled(r"[$€£¥₩₹₪]\s?(mm?|mn|k|bn)\b|\b(M|Th|T)(?:Ch|US|C|R)\$")
_CODE = compiled(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
#: A figure of running text in dollars: what the text counts in.
_PROSE_DOLLARS = compiled(r"(?<![A-Za-z])\$\s?\d[\d,.]*\s*(?:thousand|million|billion)\b", re.IGNORECASE)
#: So much of a filing is asked which of several currencies a sign is.
_HEARD = 400_000
_PROSE_SIGN = compiled(r"(?<![A-Za-z])\$\s?\d")


def decide_currencies(
    document: Document, tables: Sequence[DecidedTable], assumed: str | None = None
) -> Outcome[tuple[Decision, ...]]:
    """The currency of each statement. assumed: the code that the user says.

    Findings: `currency.contradiction`, `currency.unsaid`.
    """
    stated = [tuple(_stated(document, table)) for table in tables]
    abroad = frozenset(w.value for said in stated for w in said if w.value != DOLLAR)
    around = tuple(_around(document, tables, abroad))
    decisions: list[Decision] = []
    for number, said in enumerate(stated):
        heard = [*said, *_elsewhere(number, stated, tables), *around]
        if assumed is not None:
            heard.append(Witness(value=assumed, says=YOU))
        decisions.append(decide(CURRENCY, heard, default=DOLLAR))
    return Outcome(tuple(decisions), tuple(_findings(tables, decisions)))


def named_in(text: str) -> tuple[str, ...]:
    """The currencies that a caption names in words, codes or signs, in order; none for a sentence on exchange rates."""
    return () if hinted("currency", "translated").search(text, low(text)) else _named(text)


def currency_over(heading: str) -> str | None:
    """The currency that the words over a column name: there, a sign of letters alone needs no word of scale, and a
    translation is one into the currency of the column."""
    named = _named(heading)
    tokens = (token.strip("(),:;") for token in heading.split())
    alone = (codes[0] for t in tokens if t not in _BARE and (codes := currencies.codes(t)))
    return next(iter(named), None) or next(alone, None)


def _named(text: str) -> tuple[str, ...]:
    small = low(text)
    told = dict.fromkeys(code for hint, code in _hints() if hint in small)
    found = [(m.start(), code) for code in told for m in words.pattern("currency", code).finditer(text)]
    found += [(m.start(), m[0]) for m in _CODE.finditer(text) if currencies.codes(m[0])[:1] == (m[0],)]
    found += [(at, codes[0]) for at, codes in _signs_in(text)]
    return tuple(dict.fromkeys(code for _, code in sorted(found)))


def _signs_in(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(where, what it may mean) of each sign but the bare dollar; one of letters alone only beside a word of scale."""
    if not (_SYMBOL.search(text) or words.pattern("scale", "beside a sign").search(text)):
        return
    apart = _GLUED.sub(lambda m: m[0].replace(m[1] or m[2], " " * len(m[1] or m[2])), text)
    for match in currencies.sign().finditer(apart):
        codes = currencies.codes(match[0])
        if not codes or match[0].strip() in _BARE or _FIGURE_BEHIND.match(text, match.end()):
            continue
        if (
            _SYMBOL.search(match[0])
            or _before_scale().match(text, match.end())
            or words.pattern("scale", "of a sign").search(text[: match.start()])
        ):
            yield match.start(), codes


@cache
def _before_scale() -> re.Pattern[str]:
    """ "DM in millions"."""
    scaled = words.pattern("scale", "beside a sign").pattern
    return compiled(rf",?\s?(?:in\s)?['’]?(?:{scaled})", re.IGNORECASE)


@cache
def _codes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(w.list for w in words.table("currency") if w.list not in _NO_CODE))


@cache
def _hints() -> tuple[tuple[str, str], ...]:
    """(what a text must hold, the currency that it then may name)."""
    return tuple((hint, code) for code in _codes() for hint in hinted("currency", code).hints)


# --- what is stated ------------------------------------------------------------------------------------------------


def _stated(document: Document, decided: DecidedTable) -> Iterator[Witness]:
    """The caption nearest to the figures, the words over the columns, the signs at the figures."""
    caption = _caption(document, decided)
    if caption is not None:
        yield caption
    columns = Counter(c.currency for c in decided.columns if c.currency)
    if columns:
        code = columns.most_common(1)[0][0]
        yield Witness(value=code, says=f"{code} stands over its columns", at=decided.at)
    signs = _signs(decided)
    dollars = {s for s in signs if currencies.codes(s)[:1] == (DOLLAR,) and s.strip() in _BARE}
    for printed, (count, at) in signs.items():
        if printed not in dollars and (code := _code_of(document, printed, caption)):
            yield Witness(value=code, says=f"{printed} stands at {count} of its figures", at=at)
    if caption is not None or columns or len(signs) != len(dollars):
        return
    if dollars:
        count, at = signs[next(iter(dollars))]
        yield Witness(value=DOLLAR, says=f"$ stands at {count} of its figures", at=at)
        return
    caption_of_dollars = words.pattern("currency", "dollars")
    if text := next((text for text, _ in _captions(decided) if caption_of_dollars.search(text)), ""):
        where = place_of(text, document, decided.headed.table.above_blocks)
        yield Witness(value=DOLLAR, says=f"{' '.join(text.split())[:80]!r} counts in dollars", at=where)


def _code_of(document: Document, printed: str, caption: Witness | None) -> str:
    """The currency of a sign: the one it may mean that the caption names, or the likeliest; "" where it is none."""
    codes = currencies.codes(printed)
    if caption is not None and caption.value in codes:
        return caption.value
    return _likeliest(document, codes) if codes else ""


def _caption(document: Document, decided: DecidedTable) -> Witness | None:
    """The first line that names a currency, from the figures upwards, then below them; of several the one over the
    columns."""
    table = decided.headed.table
    over = Counter(c.currency for c in decided.columns)
    for text, at in chain(_captions(decided), captions_below(document, table)):
        if named := named_in(text):
            code = max(named, key=lambda c: (over[c], -named.index(c)))
            shared = next((codes for _, codes in _signs_in(text) if codes[0] == code), (code,))
            code = _likeliest(document, shared)
            where = at or place_of(text, document, table.above_blocks)
            return Witness(value=code, says=f"{' '.join(text.split())[:80]!r} names it", at=where)
    return None


def _captions(decided: DecidedTable) -> Iterator[tuple[str, Position | None]]:
    """The lines over the figures, from these upwards; of the headings, what is not over one column alone."""
    table = decided.headed.table
    over = {c.grid for c in decided.columns}
    first = [(r.label, r.source.at) for r in table.rows[:3] if not r.has_data]
    near = [(line, None) for line in decided.headed.title_lines]
    heads = [(" ".join(c.text for c in r.cells if _is_shared(c, over)), r.source.at) for r in table.heads]
    yield from reversed([*near, *heads, *first])
    yield from ((line, None) for line in reversed(table.above))


def _is_shared(cell: Cell, over: Set[int]) -> bool:
    """A cell of the headings that stands over several columns that are read, or before them all."""
    covered = over & set(range(cell.col, cell.col + cell.span))
    return len(covered) > 1 or (not covered and cell.col < min(over, default=0))


def _likeliest(document: Document, codes: Sequence[str]) -> str:
    """Of the currencies that share a sign, the one that the page names most; else the first."""
    if len(codes) == 1:
        return codes[0]
    known = [c for c in codes if c in _codes()]
    told = {c: sum(1 for _ in words.pattern("currency", c).finditer(document.text[:_HEARD])) for c in known}
    return max(codes, key=lambda c: (told.get(c, 0), -codes.index(c)))


def _signs(decided: DecidedTable) -> dict[str, tuple[int, Position]]:
    """{sign as printed at a figure: (how often, where first)} in the columns that are read."""
    grid = {c.grid for c in decided.columns}
    out: dict[str, tuple[int, Position]] = {}
    for row in decided.headed.table.rows:
        for number, printed in row.figures:
            cell = row.cells[number]
            if printed.currency and grid & set(range(cell.col, cell.col + cell.span)):
                count, at = out.get(printed.currency, (0, place(cell, printed.start)))
                out[printed.currency] = count + 1, at
    return out


# --- what bears it out ---------------------------------------------------------------------------------------------


def _elsewhere(number: int, stated: Sequence[Sequence[Witness]], tables: Sequence[DecidedTable]) -> Iterator[Witness]:
    """Another statement of the filing says the same, or says it where this one is silent."""
    mine = {w.value for w in stated[number]}
    for other, said in enumerate(stated):
        if other == number or not said:
            continue
        kind = tables[other].headed.kind.value.replace("_", " ")
        value = said[0].value
        if not mine or value in mine:
            says = f"the {kind} is in {value}: {said[0].says}"
            yield Witness(value=value, says=says, at=said[0].at, independent=value in mine)
            return


def _around(document: Document, tables: Sequence[DecidedTable], abroad: frozenset[str]) -> Iterator[Witness]:
    """What the running text counts in, and where the registrant is at home."""
    used = {b for t in tables for b in (*t.headed.table.blocks, *t.headed.table.above_blocks)}
    dollars: Position | None = None
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or number in used:
            continue
        if code := _declared(block.text):
            yield Witness(
                value=code, says=f"the text says that the figures are in {code}", at=block.at, independent=True
            )
            return
        if not (abroad or dollars):
            dollars = _in_dollars(block)
    if dollars:
        yield Witness(value=DOLLAR, says="the text counts in $", at=dollars, independent=True)
    state = document.header.state if document.header else ""
    if is_state(state) and not abroad:
        says = f"the registrant is at home in {state}"
        yield Witness(value=DOLLAR, says=says, independent=True)


def _in_dollars(block: Paragraph) -> Position | None:
    """Where a figure of running text is in dollars."""
    if "$" not in block.text:
        return None
    match = _PROSE_DOLLARS.search(block.text) or _PROSE_SIGN.search(block.text)
    return place(block, match.start()) if match else None


def _declared(text: str) -> str | None:
    """The currency that a sentence says the figures are in: "All amounts are expressed in Canadian dollars"."""
    if not holds(text, _HINTS):
        return None
    for sentence in re.split(r"(?<=[.;])\s+", text):
        told = len(sentence) < 300 and holds(low(sentence), hinted("currency", "statement").hints)
        named = named_in(sentence) if told else ()
        if len(named) == 1 and named[0] in _codes():
            at = next(words.pattern("currency", named[0]).finditer(sentence), None)
            if at is not None and words.pattern("currency", "statement").search(sentence[: at.start()]):
                return named[0]
    return None


#: Words of which each sentence on the currency has one: looked for before any pattern.
_HINTS = ("ollar", "uro", "urrenc", "enminbi", " yen", "pounds", "pesos", "francs", "rupees", "krono", "reais")


# --- findings ------------------------------------------------------------------------------------------------------


def _findings(tables: Sequence[DecidedTable], decisions: Sequence[Decision]) -> Iterator[Finding]:
    """One for a cause, for all statements that share it."""
    seen: set[tuple[str, ...]] = set()
    for table, made in zip(tables, decisions, strict=True):
        if made.standing is not Standing.DOUBTFUL:
            continue
        others = [w for w in made.witnesses if w.value != made.value]
        key = (made.value, *sorted({w.value for w in others}))
        if key in seen:
            continue
        seen.add(key)
        yield _contradiction(table, made, others) if others else _unsaid(table)


def _contradiction(table: DecidedTable, made: Decision, others: Sequence[Witness]) -> Finding:
    speaks = next(w for w in made.witnesses if w.value == made.value)
    against = others[0]
    where = f" ({against.at})" if against.at else ""
    return Finding(
        code="currency.contradiction",
        severity=Severity.WARNING,
        at=speaks.at or table.at,
        message=f"the figures are read in {made.value}, since {speaks.says}; but {against.says}{where}: "
        f"{against.value}",
        hint=f"see which is right; --assume currency={against.value} reads them the other way",
    )


def _unsaid(table: DecidedTable) -> Finding:
    return Finding(
        code="currency.unsaid",
        severity=Severity.WARNING,
        at=table.at,
        message="nothing says the currency of the figures: they are read as US dollars",
        hint="if it is another, say --assume currency=CODE (ISO 4217)",
    )
