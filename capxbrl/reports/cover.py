"""The cover page's facts, and the period they are reported for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Finding, Outcome, Position, Severity
from ..grammar import MONTHS
from ..model import (
    CIK_SCHEME,
    Concept,
    CoverFact,
    Document,
    Entity,
    Fact,
    FactPlace,
    ItemType,
    Kind,
    Period,
    PeriodType,
    Span,
    Tagged,
    Unit,
)
from ..records import dataclass, replace
from ..taxonomy import UNIT_OF_TYPE, Taxonomy
from .contexts import context_id, members_qnames
from .names import Names, written
from .registry import transformation
from .uses import Members, axis_of, member_of

_PERIODIC = re.compile(r"10-?[KQ]|[24]0-?F|ARS", re.I)
#: The first vintage whose elements take the codes of states and countries; until then, these took their names.
_CODED = "2019"
_BY_NAME = frozenset({"EntityIncorporationStateCountryName", "EntityAddressStateOrProvince", "EntityAddressCountry"})
_DAY = re.compile(rf"(?:{MONTHS})[ \n][0-9]{{1,2}}(?=,)", re.I)
_YEARLY = re.compile(r"10-?K|[24]0-?F|ARS", re.I)


def _value(cover: Sequence[CoverFact], concept: str) -> str:
    return next((f.value for f in cover if f.concept == concept), "")


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def form_of(document: Document, cover: Sequence[CoverFact]) -> str:
    """The form type: as the cover says it, else the header of the submission; "" when nothing says."""
    return _value(cover, "DocumentType") or (document.header.form if document.header else "")


def report_date(document: Document, cover: Sequence[CoverFact], tagged: Sequence[Tagged]) -> dt.date | None:
    """The date of the report (8-K) or the end of its period: of the cover, else the header, else the statements."""
    header = document.header
    said = [_value(cover, "DocumentPeriodEndDate"), *((header.period, header.filed) if header else ())]
    dates = [d for text in said if (d := _date(text))]
    ends = [c.period.end for t in tagged for c in t.statement.columns]
    return dates[0] if dates else max(ends, default=None)


def cover_period(document: Document, cover: Sequence[CoverFact], tagged: Sequence[Tagged]) -> Period | None:
    """What the cover's facts are reported for: the day of a current report, the fiscal year to date of others."""
    end = report_date(document, cover, tagged)
    if end is None:
        return None
    form = form_of(document, cover)
    if not _PERIODIC.match(form):
        return Period(start=end, end=end)
    # The longest period of up to a year (53 weeks are 371 days) that a statement shows up to that day.
    starts = [
        c.period.start
        for t in tagged
        for c in t.statement.columns
        if c.period.end == end and c.period.start and (end - c.period.start).days <= 371
    ]
    if starts:
        return Period(start=min(starts), end=end)
    if _YEARLY.match(form):
        return Period(start=_year_start(end), end=end)
    return Period(start=_after_year_end(document, cover, end), end=end)


def _year_start(end: dt.date) -> dt.date:
    """The first day of the year that ends on `end`."""
    after = end + dt.timedelta(1)
    return _date(f"{after.year - 1}-{after:%m-%d}") or dt.date(after.year - 1, 3, 1)


def _after_year_end(document: Document, cover: Sequence[CoverFact], end: dt.date) -> dt.date:
    """The first day of the fiscal year that `end` falls in; of the calendar year when nothing tells its end."""
    told = _value(cover, "CurrentFiscalYearEndDate") or (document.header.fiscal_year_end if document.header else "")
    digits = "".join(c for c in told if c.isdigit())[-4:]
    if len(digits) == 4:
        for year in (end.year, end.year - 1):
            close = _date(f"{year}-{digits[:2]}-{digits[2:]}") or _date(f"{year}-{digits[:2]}-28")
            if close and close < end:
                return close + dt.timedelta(1)
    return dt.date(end.year, 1, 1)


def for_edgar(
    cover: Sequence[CoverFact], entity: Entity, document: Document, taxonomy: Taxonomy
) -> Iterator[CoverFact]:
    """The facts of the cover as EDGAR takes them, with those that it asks for and no page prints (EDGAR Filer Manual
    II, 6.5.20, 6.5.21 and 6.5.40): the number of every context, and whether the form is an amendment.

    Until 2019 dei could not be hidden: then a page without a cover alone has the number, as it must have one fact.
    """
    growing = _value(cover, "EntityEmergingGrowthCompany") == "true"
    for item in cover:
        if growing or item.concept != "EntityExTransitionPeriod":
            yield item
    coded = taxonomy.year >= _CODED
    if entity.scheme == CIK_SCHEME and not _value(cover, "EntityCentralIndexKey") and (coded or not cover):
        yield _unprinted("EntityCentralIndexKey", "Central Index Key", entity.identifier, document)
    form = _value(cover, "DocumentType")
    if coded and form and not _value(cover, "AmendmentFlag"):
        yield _unprinted("AmendmentFlag", "Amendment", "true" if form.endswith("/A") else "false", document)


def _unprinted(concept: str, label: str, value: str, document: Document) -> CoverFact:
    """A fact of the filing that stands nowhere on its page."""
    return CoverFact(
        concept=concept,
        value=value,
        shown="",
        label=label,
        span=Span(block=0, start=0, end=0),
        at=Position(source=document.name),
        format="hidden",
        why="what identifies the filing",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A fact of the cover, what the cover says of it, and the members that tell its class of securities apart."""

    fact: Fact
    item: CoverFact
    members: Members = ()


def cover_facts(
    cover: Sequence[CoverFact],
    period: Period | None,
    taxonomy: Taxonomy,
    names: Names,
    currency: str,
    *,
    edgar: bool = False,
) -> Outcome[tuple[Front, ...]]:
    """The facts of the cover page, reported for `period`, its last day, or the day that the cover names.

    Findings: `report.no-date` (nothing tells the period), `report.cover` (a fact that could not be tagged).
    """
    if cover and period is None:
        return Outcome((), (_undated(cover[0]),))
    out: list[Front] = []
    told: list[Finding] = []
    said: dict[tuple[object, ...], CoverFact] = {}
    for item in sorted(cover, key=lambda f: -f.confidence):
        said.setdefault(_place(item), item)
    for number, item in enumerate(cover, 1):
        concept = taxonomy.dei.get(item.concept)
        why = _unfit(item, concept, said[_place(item)], currency)
        if concept is None or why:
            told.append(_untagged(item, why))
            continue
        assert period is not None
        concept = written(concept, taxonomy, names)
        day = _date(item.day) or period.end
        when = Period(end=day) if concept.period is PeriodType.INSTANT else period
        members = tuple((axis_of(a, taxonomy, names), member_of(m, taxonomy, names)) for a, m in item.members)
        shown = _as_typed(_in_place(item, taxonomy) if edgar else item, concept, taxonomy)
        out.append(Front(fact=_fact(number, shown, concept, when, members), item=item, members=members))
    return Outcome(tuple(out), tuple(told))


def _as_typed(item: CoverFact, concept: Concept, taxonomy: Taxonomy) -> CoverFact:
    """The item as the vintage wants it: until 2019 a state and an exchange were told by their names, and the number of
    the Internal Revenue Service was nine digits."""
    if not taxonomy.year or taxonomy.year >= _CODED:
        return item
    own = concept.extension and concept.type is ItemType.STRING and item.format == "hidden"
    if own or concept.name in _BY_NAME:
        return replace(item, value=item.shown, format="")
    if item.concept != "EntityTaxIdentificationNumber":
        return item
    digits = item.value.replace("-", "")
    return replace(item, value=digits, format="hidden" if digits != item.shown else item.format)


def _in_place(item: CoverFact, taxonomy: Taxonomy) -> CoverFact:
    """For EDGAR, which wants nothing hidden that a transformation makes (EDGAR Filer Manual II, 5.2.5.14): the codes of
    names on these, the end of the fiscal year on the words for day and month alone, "December 31"."""
    form = transformation(item.concept, item.shown, item.value) if taxonomy.year >= _CODED else ""
    if form and item.format == "hidden":
        return replace(item, format=form)
    words = _DAY.match(item.shown)
    if item.concept != "CurrentFiscalYearEndDate" or item.format != "hidden" or words is None:
        return item
    span = replace(item.span, end=item.span.start + words.end())
    return replace(item, shown=words[0], span=span, format="ixt:date-monthname-day-en")


def _place(item: CoverFact) -> tuple[object, ...]:
    """What a value must have to itself."""
    return item.concept, item.members, item.day


def _unfit(item: CoverFact, concept: Concept | None, first: CoverFact, currency: str) -> str:
    """Why a fact cannot be tagged; "" where it can."""
    if concept is None:
        return "the taxonomy has no such element"
    if first.value != item.value:
        return f"the cover also says {first.value!r} ({first.at})"
    if concept.type is ItemType.MONETARY and currency != "USD":
        return f"it is in dollars, the report in {currency}"
    return ""


def _undated(first: CoverFact) -> Finding:
    return Finding(
        code="report.no-date",
        severity=Severity.WARNING,
        at=first.at,
        message="nothing tells the date of this report: the facts of its cover page are not tagged",
    )


def _untagged(item: CoverFact, why: str) -> Finding:
    return Finding(
        code="report.cover",
        severity=Severity.WARNING,
        at=item.at,
        message=f"{item.concept} {item.value!r} is not tagged: {why}",
    )


def _fact(number: int, item: CoverFact, concept: Concept, period: Period, members: Members) -> Fact:
    unit = UNIT_OF_TYPE.get(concept.type)
    value: Decimal | str = item.value if unit is None else Decimal(item.value)
    scale = 0 if unit is None else _scale(Decimal(item.value), item.shown)
    places = len(item.shown.partition(".")[2])
    return Fact(
        id=f"f-cover-{number}",
        concept=concept,
        context=context_id(period, members_qnames(members)),
        period=period,
        value=value,
        shown=item.shown,
        span=item.span,
        at=item.at,
        statement=Kind.COVER,
        place=FactPlace.COVER,
        label=item.label,
        unit=unit,
        scale=scale,
        decimals=None if unit is None or (unit is Unit.SHARES and not scale) else places - scale,
        format=item.format or ("ixt:num-dot-decimal" if unit else ""),
        confidence=item.confidence,
        why=item.why,
        reading=item.reading,
    )


def _scale(value: Decimal, shown: str) -> int:
    """The power of ten that leads from the digits shown to the value ("12.3 million")."""
    digits = "".join(c for c in shown if c.isdigit() or c == ".")
    printed = Decimal(digits) if digits.strip(".") and digits.count(".") <= 1 else Decimal(0)
    return next((n for n in (3, 6, 9) if printed and printed.scaleb(n) == value), 0)
