"""The vintage of a filing, and the elements that it no longer has.

An element that was given up (us-gaap 2011 dropped the "other" adjustments of net income) gives way to the first choice
of its family in the vintage of the filing's own date, which may be of the opposite balance: the sign follows from that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..model import Concept, Kind, Statement
from ..records import replace
from ..taxonomy import Taxonomy
from . import tables
from .candidates import Candidate

#: Filings for periods that end in this year or later use elements of the vintages since 2011; those of the standards on
#: revenue, leases, securities and cash (Topics 606, 842, 321, 230), in the years from the second on.
_RENEWED, _NEW_STANDARDS = 2011, 2018
_OLD, _NEW = "2009", "2025"
_PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxes"
#: Before the results of equity-method investments, which stand below it; and with them, or where there are none.
_BEFORE_INVESTEES = f"{_PRETAX}MinorityInterestAndIncomeLossFromEquityMethodInvestments"
_ALL_BEFORE_TAX = f"{_PRETAX}ExtraordinaryItemsNoncontrollingInterest"


def day_of(statements: Sequence[Statement]) -> dt.date:
    """The last day that the columns of a filing show, which tells whose elements it would use; the first of all days
    where there is none."""
    return max((c.period.end for s in statements for c in s.columns), default=dt.date.min)


def of_vintage(
    chosen: Sequence[Candidate | None], kind: Kind, day: dt.date, taxonomy: Taxonomy
) -> list[Candidate | None]:
    """The candidates, what filings of that day have given up replaced where no other line has what replaces it."""
    if day.year < _RENEWED:
        return list(chosen)
    chosen = _succeeded(chosen, kind, day, taxonomy)
    out = list(chosen)
    renamed = [_renamed(c.concept, day.year, taxonomy) if c is not None and c.concept else "" for c in chosen]
    for i, candidate in enumerate(chosen):
        if candidate is None or candidate.concept is None or candidate.negate is not None or candidate.overridden:
            continue
        alone = renamed.count(renamed[i]) == 1
        successor = _successor(candidate.concept, renamed[i], alone, chosen[i + 1 :])
        if successor and not any(c is not None and c.called == successor for c in out):
            out[i] = replace(candidate, concept=taxonomy.concepts[successor])
    return out


def _successor(concept: Concept, renamed: str, alone: bool, below: Sequence[Candidate | None]) -> str:
    """The element of that year, or "". alone: no other line's element was renamed to the same one."""
    if concept.name == _BEFORE_INVESTEES and not any(map(_of_investees, below)):
        return _ALL_BEFORE_TAX
    return _given_up(concept) or (renamed if alone or _first_choice(concept) else "")


def _succeeded(
    chosen: Sequence[Candidate | None], kind: Kind, day: dt.date, taxonomy: Taxonomy
) -> list[Candidate | None]:
    """The candidates, those of `successors.csv` replaced where no line had what replaces them: all lines of one concept
    together (opening and closing cash)."""
    names = [c.concept.name if c is not None and c.concept else "" for c in chosen]
    out = list(chosen)
    for i, candidate in enumerate(chosen):
        rule = tables.successors().get(names[i])
        if candidate is None or rule is None or candidate.overridden or day < rule.since:
            continue
        below = not rule.above or rule.above in names[i + 1 :]
        if rule.statement in ("", kind.value) and below and not {rule.name, *rule.unless} & set(names):
            why = f"{candidate.why}; since {rule.since.year} {rule.name} has replaced {names[i]}"
            out[i] = replace(candidate, concept=taxonomy.concepts[rule.name], why=why)
    return out


def of_figure(concept: Concept, kind: Kind, day: dt.date, taxonomy: Taxonomy) -> Concept:
    """The concept of a figure in a label, or what it has given way to."""
    rule = tables.successors().get(concept.name)
    held = rule is not None and rule.statement in ("", kind.value) and day >= rule.since and not rule.above
    return taxonomy.concepts[rule.name] if rule is not None and held else concept


def _given_up(concept: Concept) -> str:
    """The first choice of the family of an element that later vintages do not have."""
    years = dict(concept.vintages)
    family = tables.families().get(concept.name)
    if family is None or not years.get(_OLD) or years.get(_NEW):
        return ""
    return next(
        (name for name, m in tables.families().items() if m.family == family.family and _NEW in m.preferred), ""
    )


def _renamed(concept: Concept, year: int, taxonomy: Taxonomy) -> str:
    """The concept that the element has become under the new standards, where it is one of ours."""
    name = dict(concept.vintages).get(_NEW, "")
    return name if year >= _NEW_STANDARDS and name != concept.name and name in taxonomy.concepts else ""


def _first_choice(concept: Concept) -> bool:
    """Of several that have become one element, the one that means the whole: net sales, not those of goods."""
    family = tables.families().get(concept.name)
    return family is not None and _OLD in family.preferred


def _of_investees(candidate: Candidate | None) -> bool:
    near = (candidate.concept or candidate.near) if candidate is not None else None
    return near is not None and "EquityMethodInvestments" in near.name
