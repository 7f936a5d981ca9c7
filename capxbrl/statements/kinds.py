"""Which statement a table is, whether it is a face statement, and what its title says of scale and currency.

A statement is known by its content as well as by its title: titles are lost at page breaks and in OCR, and tables of
ratios carry the titles of statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Kind

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

_SCALES = (
    (re.compile(r"\bin\s+(?:u\.?s\.?\s+)?billions|\$\s*billions|billions\s+of\s+dollars", re.I), 9),
    (
        re.compile(
            r"\bmillions\b|\$\s*(?:in\s+)?mm\b|\(mm\)|\(\$?\s*000,000'?s?(?:\s+omitted)?\)|000,000'?s?\s+omitted", re.I
        ),
        6,
    ),
    (
        re.compile(
            r"\bthousands\b|\bin\s+000'?s|\(\$?\s*000'?s?(?:\s+omitted)?\)|000'?s?\s+omitted|\$\s*000'?s?\b|\bin\s+\$000",
            re.I,
        ),
        3,
    ),
    (re.compile(r"\bhundreds\b", re.I), 2),
)
_DOLLARS = re.compile(r"\(?\s*(?:amounts\s+)?(?:in|expressed in)\s+(?:whole\s+|actual\s+|u\.?s\.?\s+)?dollars\b", re.I)
_EXCEPT = re.compile(r"except\s+(?:for\s+)?(?:as\s+(?:noted|indicated)|(?P<what>[^)]{0,80}))", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Powers of ten: of money, of numbers of shares (None: not said, so as money). Per-share figures are never scaled.

    said: the page states it.
    """

    money: int = 0
    shares: int | None = None
    said: bool = False


def scale_of(text: str) -> Scale | None:
    """The scale that a note like "(In thousands, except share and per share data)" states, or None."""
    folded = " ".join(text.split())
    for pattern, power in _SCALES:
        match = pattern.search(folded)
        if match is None:
            continue
        # "shares in thousands" alone says nothing of money.
        before = folded[max(0, match.start() - 30) : match.start()].lower()
        shares: int | None = None
        if (
            re.search(r"shares?\s+(?:and\s+\w+\s+)?(?:data\s+)?(?:are\s+)?in\s*$", before)
            and "dollar" not in before
            and "amount" not in before
        ):
            others = scale_of(folded[match.end() :]) or (scale_of(folded[: match.start()]))
            if others:
                return Scale(money=others.money, shares=power, said=True)
            return Scale(money=0, shares=power, said=False)
        excepted = _EXCEPT.search(folded, match.end())
        if excepted and excepted["what"]:
            words = excepted["what"].lower()
            rest = re.sub(
                r"per[\s-]+(?:common\s+|ordinary\s+)?(?:share|unit|ads)s?(?:\s+(?:data|amounts?|information|figures|calculations))?",
                " ",
                words,
            )
            if re.search(r"\bshares?\b|\bunits?\b", rest):
                shares = 0
        return Scale(money=power, shares=shares, said=True)
    if _DOLLARS.search(folded):
        return Scale(money=0, shares=0, said=True)
    return None


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
