"""Labels in a form in which equal things look equal, and the zone of a statement that a line stands in.

The zone takes the place of the section heading, which many pages leave out: what comes before "Total current assets" is
a current asset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..grammar import MONTHS
from ..model import Kind, Unit
from ..patterns import compiled
from ..words import pattern

_AMOUNTS = compiled(r"\$\s*[\d,.]+|\b\d[\d,.]*\b%?|[$%*†‡]")
_DETAIL = compiled(
    r"[,;:(–—-]?\s*(?:(?:net of|less|after deducting|excluding|including)\s+)?(?:allowances?|reserves?"
    r"|accumulated (?:depreciation|amortization)|provision)\b[^;]*?(?:of|:)\s*\$?\s*[\d,]+.*$"
    r"|[,;:(]\s*(?:no\s+)?\$?\s*[.\d]*\s*(?:par|stated)\s+value.*$|[,;]\s*(?:authorized|issued|shares "
    r"authorized)\b.*$|[;,(]\s*[\d,]{5,}\s.*$|\(\s*notes?\s+[^)]*\)",
    re.I,
)
_DATES = compiled(rf"\b(?:at|as of|on)?\s*(?:{MONTHS})\s+\d{{1,2}},?\s*(?:\d{{4}})?", re.I)
#: Marks of notes: "(K)", "(H & N)".
_NOTES = compiled(r"\(\s*[A-Z](?:\s*(?:&|,|and)\s*[A-Z])*\s*\)")
_WORD = compiled(r"[a-z]+")
_PLAIN = compiled(r"[A-Za-z \-’']*")
_NONCURRENT = compiled(r"\bnon[\s-]current", re.I)
_BOTH = compiled(r"\bbasic\b.*\bdiluted\b|\bdiluted\b.*\bbasic\b", re.I)
_SPELLING = {
    "stockholder": "shareholder",
    "stockholders": "shareholder",
    "shareholders": "shareholder",
    "shareowners": "shareholder",
    "shareowner": "shareholder",
    "noncurrent": "noncurrent",
    "receivables": "receivable",
    "inventories": "inventory",
    "liabilities": "liability",
    "expenses": "expense",
    "revenues": "revenue",
    "taxes": "tax",
    "costs": "cost",
    "payables": "payable",
    "investments": "investment",
    "securities": "security",
    "equivalents": "equivalent",
    "earnings": "earning",
    "losses": "loss",
    "gains": "gain",
    "sales": "sale",
    "assets": "asset",
    "obligations": "obligation",
    "activities": "activity",
    "shares": "share",
    "benefits": "benefit",
    "dividends": "dividend",
    "charges": "charge",
    "purchases": "purchase",
    "additions": "addition",
    "payments": "payment",
    "repayments": "repayment",
    "borrowings": "borrowing",
    "notes": "note",
    "loans": "loan",
    "leases": "lease",
    "deposits": "deposit",
    "interests": "interest",
    "operations": "operation",
    "commitments": "commitment",
    "contingencies": "contingency",
    "accruals": "accrual",
    "leasehold": "leasehold",
    "intangibles": "intangible",
    "plc": "",
    "inc": "",
    "the": "",
    "a": "",
    "an": "",
    "corporation": "",
    "company": "",
    "s": "",
}


@lru_cache(maxsize=16384)
def normalise(label: str) -> str:
    """The words of a label that carry its meaning: details, figures, dates, articles and endings taken off."""
    if _PLAIN.fullmatch(label):
        # No details, figures or dates to look for.
        return _in_words(_NONCURRENT.sub("noncurrent", label.replace("’", "").replace("'", "")))
    text = _NOTES.sub(" ", label).replace("&", " and ").replace("’", "'").replace("'", "")
    text = _NONCURRENT.sub("noncurrent", text)
    cut = _DETAIL.sub("", text)
    text = cut if _WORD.search(cut.lower()) else text
    return _in_words(_AMOUNTS.sub(" ", _DATES.sub(" ", text)))


def _in_words(text: str) -> str:
    words = [_SPELLING.get(w, w) for w in _WORD.findall(text.lower())]
    return " ".join(w for w in words if w)


@lru_cache(maxsize=1 << 14)
def in_essence(label: str) -> str:
    """The normalised label without what it says of how the figure is stated: "at cost", "including ..."."""
    return normalise(pattern("concepts", "how it is stated").sub("", label))


#: What ends a zone, by statement: the zone of the lines up to and including the one that matches.
_ENDS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "BS": (
        ("CA", compiled(r"^total current asset")),
        ("A", compiled(r"^total asset|^asset total$")),
        ("CL", compiled(r"^total current liability")),
        ("L", compiled(r"^total (?:noncurrent |long term |other )?liability$")),
        (
            "E",
            compiled(
                r"^total liability.*(?:equity|deficit|deficiency|capital)|^total (?:shareholder|owner|member"
                r"|partner)?\s*(?:equity|deficit)|^liability and shareholder"
            ),
        ),
    ),
    "CF": (
        ("O", compiled(r"net cash.*operating|operating activity$|cash.*(?:from|by) operation$")),
        ("I", compiled(r"net cash.*investing|investing activity$|cash.*(?:in|for) investment$")),
        ("F", compiled(r"net cash.*financing|financing activity$")),
        ("Z", compiled(r"^$(?!)")),
    ),
}


def zones(statement: str, labels: Sequence[str]) -> list[str]:
    """The zone of each normalised label of a statement ("BS", "IS", "CF", ...); "" where zones mean nothing."""
    ends = _ENDS.get(statement)
    if ends is None:
        return [""] * len(labels)
    marks = [(zone, next((i for i, label in enumerate(labels) if pattern.search(label)), -1)) for zone, pattern in ends]
    out = []
    for at in range(len(labels)):
        # The zone that ends next, in whatever order they stand; zones that the page does not close are skipped.
        zone = min(((end, z) for z, end in marks if end >= at), default=(0, None))[1]
        out.append(zone if zone is not None else ("E" if statement == "BS" else "Z"))
    return out


def basic_and_diluted(label: str) -> bool:
    """Both in one label: two facts of one figure, since no element means both."""
    return _BOTH.search(label) is not None


def short_kind(kind: Kind) -> str:
    """The statement's name in the tables."""
    return {
        Kind.BALANCE_SHEET: "BS",
        Kind.INCOME_STATEMENT: "IS",
        Kind.CASH_FLOW: "CF",
        Kind.EQUITY: "EQ",
        Kind.COMPREHENSIVE_INCOME: "CI",
    }.get(kind, "")


def unit_key(unit: Unit) -> str:
    """The unit as the tables write it."""
    return {Unit.USD: "", Unit.SHARES: "#", Unit.PER_SHARE: "/", Unit.PURE: "%"}[unit]


def unit_hint(label: str) -> str:
    """The unit that the words of a label tell, where no figure does."""
    low = label.lower()
    if re.search(r"per (?:common |ordinary )?share|per unit|par value", low):
        return "/"
    return "#" if re.search(r"\bshares\b.*(?:outstanding|issued|authorized)|number of shares", low) else ""
