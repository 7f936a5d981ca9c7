"""Which concept each use ends up with, so that every fact fits its concept and no two values share one place.

A concept that does not fit the period or the unit of its figures, or that two different values would share, gives way
to an extension concept of the filer; the finding says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from ..findings import Finding, Severity, numbered
from ..model import Balance, Concept, ItemType, Kind, LineRole, Period, PeriodType, Tagged, Unit
from ..naming import classes_in
from ..records import dataclass, replace
from ..taxonomy import UNIT_OF_TYPE, Taxonomy, type_of
from .contexts import members_qnames
from .names import Names, candidates, written
from .uses import Shown, Use, axis_of, member_of

#: Lines of cash, which one concept is for.
_CASH = frozenset({LineRole.CASH, LineRole.OPENING, LineRole.CLOSING})

Place = tuple[str, Period, tuple[tuple[str, str], ...], Unit]
Figures = tuple[Decimal, int | None]  # value, decimals


def value_of(use: Use, shown: Shown) -> Decimal:
    """The fact value: weight x printed value, without a negative zero."""
    return use.weight * shown.amount.value + 0


def place_of(concept: Concept, shown: Shown) -> Place:
    """What a value must have to itself: concept, period, members, unit."""
    return concept.qname, shown.period, members_qnames(shown.members), shown.amount.unit


def bounds(figures: Figures) -> tuple[Decimal, Decimal]:
    """The interval a reported value stands for (Calculations 1.1, 3.2: half a unit of its last digit either way)."""
    value, decimals = figures
    half = _half(decimals)
    return value - half, value + half


@lru_cache(maxsize=64)
def _half(decimals: int | None) -> Decimal:
    return Decimal(0) if decimals is None else Decimal(5).scaleb(-decimals - 1)


def consistent(a: Figures, b: Figures) -> bool:
    """The two are consistent duplicates: equal, or of different precision with intervals that meet."""
    if a[1] == b[1]:
        return a[0] == b[0]
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return low_a <= high_b and low_b <= high_a


def settle_concepts(
    uses: Sequence[Use], tagged: Sequence[Tagged], taxonomy: Taxonomy, names: Names
) -> tuple[list[Use], list[Finding]]:
    """The uses with their final concepts, in the order given."""
    clashes: list[_Clash] = []
    parts = [
        part
        for use in _with_members(uses, taxonomy, names)
        for part in _fit(use, tagged[use.statement], taxonomy, names)
    ]
    findings = [finding for _, finding in parts if finding is not None]
    fitted = []
    for use, _ in parts:
        agreed, told = _at_one_with_itself(use)
        fitted.append(agreed)
        findings += told
    taken: dict[Place, dict[Figures, Use]] = {}
    done: dict[int, Use] = {}
    # The sure ones choose first, a total before its parts; statements proper come before supplementary tables.
    sure = _sureness(fitted, tagged)
    order = sorted(range(len(fitted)), key=lambda i: (not tagged[fitted[i].statement].statement.face, sure[i], i))
    for i in order:
        use = fitted[i]
        final, clash = _free(use, tagged[use.statement], taken, names)
        clashes += [clash] if clash else []
        for shown in final.shown:
            # The same figure again needs no comparison of its own.
            taken.setdefault(place_of(final.concept, shown), {}).setdefault(
                (value_of(final, shown), shown.amount.decimals), final
            )
        done[i] = final
    return [done[i] for i in range(len(fitted))], sorted([*findings, *_conflicts(clashes, tagged)], key=_where)


def _at_one_with_itself(use: Use) -> tuple[Use, list[Finding]]:
    """The use without the figures of a line that say another thing for a period than an earlier one of that line, and
    what is told of them."""
    findings: list[Finding] = []
    first: dict[Place, Shown] = {}
    kept: list[Shown] = []
    for shown in use.shown:
        held = first.setdefault(place_of(use.concept, shown), shown)
        if held is shown or consistent(*((value_of(use, s), s.amount.decimals) for s in (held, shown))):
            kept.append(shown)
            continue
        findings.append(
            Finding(
                code="report.twice",
                severity=Severity.ERROR,
                at=shown.amount.at,
                fact=held.id,
                message=f"{use.label!r} is {held.amount.shown} ({held.amount.at}) and {shown.amount.shown} for "
                f"{shown.period}: the latter is left out",
                hint="the heading of one of the columns is wrong: say its period with --assume, or correct it",
            )
        )
    return (replace(use, shown=tuple(kept)) if findings else use), findings


def _with_members(uses: Sequence[Use], taxonomy: Taxonomy, names: Names) -> Iterator[Use]:
    """The uses with the members that the vintage has for what had elements of its own: products and services."""
    known = [taxonomy.elements.get(use.concept.qname) for use in uses]
    alike: dict[tuple[int, str], set[str]] = {}
    for use, element in zip(uses, known, strict=True):
        if element is not None:
            alike.setdefault((use.statement, element.name), set()).add(use.concept.qname)
    for use, element in zip(uses, known, strict=True):
        if element is None or (element.shared and len(alike[use.statement, element.name]) < 2):
            yield use
            continue
        more = tuple((axis_of(a, taxonomy, names), member_of(m, taxonomy, names)) for a, m in element.members)
        yield replace(use, shown=tuple(replace(s, members=(*s.members, *more)) for s in use.shown)) if more else use


def _sureness(uses: Sequence[Use], tagged: Sequence[Tagged]) -> list[tuple[float, bool]]:
    """What the uses choose by, least first. Where one element means what the taxonomy tells apart, a total and its
    parts
    may claim it: it is the total's, however sure the parts are."""
    by_line = {(use.statement, use.line, use.concept.qname): use for use in uses}
    parts: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for n, one in enumerate(tagged):
        for proof in one.footing.proofs:
            parts[n, proof.total] += proof.parts
    out = []
    for use in uses:
        claims = [
            part.confidence
            for i, _ in parts.get((use.statement, use.line), ())
            if (part := by_line.get((use.statement, i, use.concept.qname))) is not None
        ]
        out.append((-max(use.confidence, *claims, 0.0), not claims))
    return out


def _where(finding: Finding) -> tuple[int, int]:
    at = finding.at
    return (at.line or 0, at.column or 0) if at else (0, 0)


def _own(concept: Concept, tagged: Tagged) -> Concept:
    """A monetary extension always has a balance (EDGAR Filer Manual II, 6.8): where the standard concept has none, cash
    that comes in is a debit, what adds to income or equity a credit."""
    if concept.type is not ItemType.MONETARY or concept.balance:
        return concept
    return replace(concept, balance=Balance.DEBIT if tagged.statement.kind is Kind.CASH_FLOW else Balance.CREDIT)


def _fit(use: Use, tagged: Tagged, taxonomy: Taxonomy, names: Names) -> Iterator[tuple[Use, Finding | None]]:
    """The use, or its parts where only some of its figures fit the period and unit of the concept, each with what is
    told of it."""
    line = tagged.statement.lines[use.line]

    def nature(shown: Shown) -> tuple[PeriodType, Unit]:
        return (PeriodType.DURATION if shown.period.start else PeriodType.INSTANT), shown.amount.unit

    if {nature(shown) for shown in use.shown} == {(use.concept.period, UNIT_OF_TYPE.get(use.concept.type))}:
        yield _written(use, taxonomy, names), None
        return
    for (period, unit), group in groupby(sorted(use.shown, key=nature), key=nature):
        part = replace(use, shown=tuple(group))
        concept = use.concept
        if concept.period == period and UNIT_OF_TYPE.get(concept.type) is unit:
            yield _written(part, taxonomy, names), None
            continue
        balance = concept.balance if unit is Unit.USD and concept.type is ItemType.MONETARY else Balance.NONE
        changed = replace(
            concept,
            period=period,
            type=type_of(unit),
            balance=balance,
            label=use.label,
            documentation="",
            abstract=False,
        )
        if concept.extension:
            yield replace(part, concept=replace(changed, parent=concept.parent, label=concept.label)), None
            continue
        own = names.add(_own(replace(changed, parent=concept.name), tagged), candidates(use.label, line.path))
        if concept.period != period:
            what, code = f"{concept.name} is {_article(concept.period)}, the column {_article(period)}", "report.period"
        else:
            what, code = f"{concept.name} is no concept for {unit}", "report.unit"
        told = Finding(
            code=code,
            severity=Severity.WARNING,
            at=line.at,
            fact=part.shown[0].id,
            message=f"{what}: {use.label!r} becomes the extension concept {own.name}",
            hint="if the concept is wrong, add a row to your overrides; if the column is, check its heading",
        )
        yield replace(part, concept=own), told


def _written(use: Use, taxonomy: Taxonomy, names: Names) -> Use:
    """The use under the element that the vintage has for its concept, with the sign of that element."""
    if use.concept.extension:
        return use
    element = taxonomy.elements.get(use.concept.qname)
    sign = element.sign if element else 1
    concept = written(use.concept, taxonomy, names)
    return replace(use, concept=concept, weight=use.weight * sign) if concept is not use.concept or sign != 1 else use


def _article(period: PeriodType) -> str:
    return "an instant" if period == PeriodType.INSTANT else "a duration"


def _free(
    use: Use, tagged: Tagged, taken: Mapping[Place, Mapping[Figures, Use]], names: Names
) -> tuple[Use, _Clash | None]:
    """The use under a concept whose places are still free, or hold the same values."""
    line = tagged.statement.lines[use.line]

    def clash(concept: Concept) -> Use | None:
        for shown in use.shown:
            figures = (value_of(use, shown), shown.amount.decimals)
            for other, holder in taken.get(place_of(concept, shown), {}).items():
                if not consistent(figures, other):
                    return holder
        return None

    concept, holder = use.concept, None
    for offer in names.offers(concept, [concept.name]) if concept.extension else [concept]:
        holder = clash(offer)
        if holder is None:
            kept = names.keep(offer) if offer.extension else offer
            return (use if kept is concept else replace(use, concept=kept)), None
    new = concept
    if not concept.extension:
        new = _own(replace(concept, label=use.label, documentation="", parent=concept.name), tagged)
    own = names.keep(next(c for c in names.offers(new, candidates(use.label, line.path)) if clash(c) is None))
    told = _Clash(use=use, holder=holder, wanted=concept.name, own=own.name) if holder is not None else None
    return replace(use, concept=own), told


# --- lines that share a concept ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clash:
    """A use that gave way to another one's figures: the concept that both wanted, and the name of the filer's own."""

    use: Use
    holder: Use
    wanted: str
    own: str


def _conflicts(clashes: Sequence[_Clash], tagged: Sequence[Tagged]) -> Iterator[Finding]:
    """One finding for the figures of a line that give way to those of another, whatever they count."""

    def pair(clash: _Clash) -> tuple[int, int, int, int]:
        return clash.use.statement, clash.use.line, clash.holder.statement, clash.holder.line

    for _, group in groupby(sorted(clashes, key=pair), key=pair):
        one, *others = group
        use, holder = one.use, one.holder
        wanted, own = (
            ", ".join(dict.fromkeys(names)) for names in zip(*((c.wanted, c.own) for c in (one, *others)), strict=True)
        )
        yield Finding(
            code="report.conflict",
            at=tagged[use.statement].statement.lines[use.line].at,
            fact=use.shown[0].id,
            severity=Severity.WARNING if any(_one_thing(c, tagged) for c in (one, *others)) else Severity.NOTE,
            message=f"{use.label!r} and {holder.label!r} ({holder.shown[0].amount.at}) have different figures "
            f"for {wanted}: "
            f"the former becomes the {numbered(1 + own.count(', '), 'extension concept')} {own}",
            hint="add a row to your overrides for the one that is wrong",
        )


def _one_thing(clash: _Clash, tagged: Sequence[Tagged]) -> bool:
    """The page gives two figures for one thing: in one label, or on two lines whose words say beyond doubt that they
    are the same. Other lines are two things that the taxonomy has one concept for, and the page is none the worse for
    it.
    """
    use, holder = clash.use, clash.holder
    lines = [tagged[u.statement].statement.lines[u.line] for u in (use, holder)]
    if lines[0] is lines[1]:
        # A label that names several classes of stock counts the shares of each.
        return len(classes_in(lines[0].label)) < 2
    if use.figure is not None or holder.figure is not None or use.concept.extension:
        return False
    roles = {line.role for line in lines}
    # Other holders than the parent are several.
    return not roles & {LineRole.NONE, LineRole.INCOME_TO_OTHERS} and (len(roles) == 1 or roles <= _CASH)
