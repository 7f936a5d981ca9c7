"""How each figure of a statement stands: proved, stated or doubtful (DESIGN: decisions and witnesses).

A figure rests on the decisions of its statement and column (scale, currency, period) and on its digits; it stands as
the weakest of them.  Its digits are borne out by a relation of the page that holds and that chance would hardly give,
and are in doubt where the only relation that fails is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from . import tolerances as tol
from .decisions import CURRENCY, FACE, OPENING_DAY, PERIOD, SCALE_OF_MONEY, SCALE_OF_SHARES, decide, weakest
from .decisions.told import sentence
from .findings import Finding, Severity
from .model import (
    Amount,
    ClaimKind,
    CoverFact,
    Decision,
    LineItem,
    Mention,
    Number,
    Period,
    Standing,
    Tagged,
    TaggedLine,
    Unit,
    Verdict,
    Witness,
)
from .records import replace
from .ties import Place, Relation, amount_at, holds, value_at

#: What a figure rests on, by what it counts, besides the period of its column.
RESTS_ON: Mapping[Unit, tuple[str, ...]] = {
    Unit.USD: (SCALE_OF_MONEY, CURRENCY),
    Unit.SHARES: (SCALE_OF_SHARES,),
    Unit.PER_SHARE: (CURRENCY,),
    Unit.PURE: (),
}


def weigh(tagged: Sequence[Tagged], relations: Iterable[Relation]) -> tuple[Tagged, ...]:
    """The same statements, each line with the standing of its figures in cells and in its label."""
    borne_out, in_doubt = _digits(tagged, relations)
    known: dict[tuple[int, Unit, int], Standing] = {}

    def decided(place: Place, item: LineItem, unit: Unit) -> Standing:
        """What is decided of the figure; of all figures of a unit in a column the same, unless their lines say more."""
        one, column = tagged[place.statement], place.column
        if item.decisions:
            return _decided(one, item, unit, column)
        key = place.statement, unit, column
        if key not in known:
            known[key] = _decided(one, item, unit, column)
        return known[key]

    def standing(place: Place, item: LineItem, amount: Amount) -> Standing:
        digits = Standing.STATED
        if place in borne_out:
            digits = Standing.PROVED
        elif place in in_doubt:
            digits = Standing.DOUBTFUL
        rests = decided(place, item, amount.unit)
        return digits if digits is rests else weakest((digits, rests))

    def line(s: int, i: int) -> TaggedLine:
        one = tagged[s]
        item = one.statement.lines[i]
        cells = tuple(
            standing(Place(statement=s, line=i, column=c), item, a) if a is not None else None
            for c, a in enumerate(item.amounts)
        )
        figures = tuple(
            standing(Place(statement=s, line=i, column=-1, figure=f), item, figure.amount)
            for f, figure in enumerate(item.figures)
        )
        return replace(one.lines[i], readings=cells, figure_readings=figures)

    return tuple(replace(one, lines=tuple(line(s, i) for i in range(len(one.lines)))) for s, one in enumerate(tagged))


# --- what running text says -------------------------------------------------------------------------------------------


def hear(tagged: Sequence[Tagged], mentions: Iterable[Mention]) -> tuple[Tagged, ...]:
    """The same statements, the figures of running text as witnesses of the periods of their columns.

    A text that names the line, the period and the figure bears the column out; two figures of a text that stand in the
    column of another period contradict it.
    """
    heard: dict[tuple[int, Period], list[Witness]] = {}
    causes: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.of is None or mention.role is not ClaimKind.LEVEL:
            continue
        (number, line), period = mention.of
        if mention.verdict is Verdict.DISAGREES:
            causes.setdefault(mention.cause, []).append(mention)
        elif mention.certain and _is_of_one(tagged[number].statement.lines[line], mention.figure):
            heard.setdefault((number, period), []).append(_spoken(mention, period, against=False))
    for number, period, mention in _contradictions(causes.values()):
        heard.setdefault((number, period), []).append(_spoken(mention, period, against=True))
    return tuple(_with_heard(one, {p: w for (n, p), w in heard.items() if n == s}) for s, one in enumerate(tagged))


def _contradictions(causes: Iterable[Sequence[Mention]]) -> Iterator[tuple[int, Period, Mention]]:
    """(statement, period, mention) of the columns that several figures of the text deny: the one that shows them, and
    the one that the text gives them for."""
    for same in causes:
        for mention in same if len({m.figure.value for m in same}) > 1 else ():
            assert mention.of is not None
            (number, _), shown = mention.of
            yield number, shown, mention
            yield number, mention.periods[0], mention


def _is_of_one(line: LineItem, figure: Number) -> bool:
    """The figure is long enough, and only one of the line is as large."""
    near = [a for a in line.amounts if a is not None and abs(abs(a.value) - figure.value) <= figure.step / 2]
    return len(near) == 1 and figure.value >= tol.READINGS.telling * figure.step


def _spoken(mention: Mention, period: Period, *, against: bool) -> Witness:
    says = f"the text says {mention.figure.value:,f} for {mention.subject} of {mention.periods[0]}"
    return Witness(value=str(period), says=says, at=mention.at, independent=True, against=against)


def _with_heard(one: Tagged, heard: Mapping[Period, Sequence[Witness]]) -> Tagged:
    """Against the period of a column all that speaks is heard, for it the first."""
    if not heard:
        return one

    def decided(made: Decision, period: Period) -> Decision:
        said = [w for p, w in heard.items() if p == period or (period.start is None and p.end == period.end)]
        new = [replace(w, value=str(period)) for heard in said for w in ([w for w in heard if w.against] or heard[:1])]
        if made.subject != PERIOD or not new:
            return made
        again = decide(PERIOD, (*made.witnesses, *new), default=made.value)
        # What is in doubt for another reason stays so.
        doubtful = Standing.DOUBTFUL in (again.standing, made.standing)
        return replace(again, standing=Standing.DOUBTFUL) if doubtful else again

    columns = (replace(c, decisions=tuple(decided(d, c.period) for d in c.decisions)) for c in one.statement.columns)
    return replace(one, statement=replace(one.statement, columns=tuple(columns)))


#: Areas of the findings that tell a contradiction in a decision already.
_TOLD: Mapping[str, tuple[str, ...]] = {
    SCALE_OF_MONEY: ("scale",),
    SCALE_OF_SHARES: ("scale",),
    CURRENCY: ("currency",),
    PERIOD: ("periods", "statements"),
    FACE: ("statement",),
}
_ASSUME: Mapping[str, str] = {
    SCALE_OF_MONEY: "--assume scale=N", SCALE_OF_SHARES: "--assume shares-scale=N", CURRENCY: "--assume currency=CODE",
    PERIOD: "--assume period=DATE",
}  # fmt: skip


def doubtful(
    tagged: Sequence[Tagged],
    relations: Iterable[Relation],
    cover: Iterable[CoverFact],
    told: Iterable[Finding],
    *,
    strict: bool,
) -> tuple[Finding, ...]:
    """`reading.doubtful`, one for each cause why figures are doubtful, with their count.

    tagged: as `weigh` gave them. told: the other findings. strict: errors, and of every cause; else warnings of what no
    other finding tells (a relation that fails has its own, and so has the cover); a note where only the table is in
    doubt, or the day of an opening balance.
    """
    areas = {f.code.partition(".")[0] for f in told if f.severity is not Severity.NOTE}
    out = []
    for cause, amounts in _causes(tagged, relations):
        severity = Severity.ERROR if strict else Severity.WARNING
        if not strict and isinstance(cause, Decision) and cause.subject in (FACE, OPENING_DAY):
            # An extract is no statement, but its figures are what they are; the eve is a day in question.
            severity = Severity.NOTE
        if isinstance(cause, Decision):
            heard, message = not areas.isdisjoint(_TOLD.get(cause.subject, ())), sentence(cause)
            hint = f"see what the page says; {_ASSUME[cause.subject]} decides it" if cause.subject in _ASSUME else _LOOK
        else:
            heard, message, hint = True, f"{cause.what} of {cause.period} do not agree", _LOOK
        if strict or not heard:
            count = f"{len(amounts)} figures are" if len(amounts) > 1 else "a figure is"
            out.append(
                Finding(
                    code="reading.doubtful",
                    severity=severity,
                    at=amounts[0].at,
                    message=f"{count} doubtful: {message}",
                    hint=hint,
                )
            )
    out += _of_cover(cover) if strict else []
    return tuple(out)


_LOOK = "compare with the original"


def _of_cover(cover: Iterable[CoverFact]) -> Iterator[Finding]:
    """An error for the facts of the cover that are doubtful for one reason."""
    causes: dict[str, list[CoverFact]] = {}
    for fact in cover:
        if fact.reading is Standing.DOUBTFUL:
            causes.setdefault(sentence(fact.decision) if fact.decision else fact.why, []).append(fact)
    for cause, facts in causes.items():
        names = ", ".join(dict.fromkeys(fact.label for fact in facts))
        yield Finding(
            code="reading.doubtful",
            severity=Severity.ERROR,
            at=facts[0].at,
            message=f"the cover is doubtful in {names}: {cause}",
            hint=_LOOK,
        )


def _causes(
    tagged: Sequence[Tagged], relations: Iterable[Relation]
) -> Iterable[tuple[Decision | Relation, list[Amount]]]:
    """Why figures are doubtful, with these figures: what the same witnesses leave open is one cause wherever it is
    asked.
    """
    figures = list(_doubtful_figures(tagged))
    if not figures:
        return ()
    borne_out, failing = _digits(tagged, relations)
    causes: dict[tuple[str, ...], tuple[Decision | Relation, list[Amount]]] = {}
    for place, amount in figures:
        one = tagged[place.statement]
        for made in _rests_on(one, one.statement.lines[place.line], amount.unit, place.column):
            if made.standing is Standing.DOUBTFUL:
                against = sorted(w.says for w in made.witnesses if w.against or w.value != made.value)
                causes.setdefault((made.subject, *(against or [made.value])), (made, []))[1].append(amount)
        if place in failing and place not in borne_out:
            relation = failing[place]
            causes.setdefault((relation.code, relation.what), (relation, []))[1].append(amount)
    return causes.values()


def why_doubtful(tagged: Sequence[Tagged], relations: Iterable[Relation]) -> Mapping[Place, str]:
    """Why a figure is doubtful, in one sentence; of those that are. tagged: as `weigh` gave them."""
    borne_out, failing = _digits(tagged, relations)
    out = {}
    for place, amount in _doubtful_figures(tagged):
        one = tagged[place.statement]
        made = _rests_on(one, one.statement.lines[place.line], amount.unit, place.column)
        open_ = next((d for d in made if d.standing is Standing.DOUBTFUL), None)
        if open_ is not None:
            out[place] = sentence(open_)
        elif place in failing and place not in borne_out:
            out[place] = f"{failing[place].what} of {failing[place].period} do not agree"
    return out


def _doubtful_figures(tagged: Sequence[Tagged]) -> Iterator[tuple[Place, Amount]]:
    """The figures of the statements that are doubtful, in the order of the page."""
    for s, one in enumerate(tagged):
        for i, (item, made) in enumerate(zip(one.statement.lines, one.lines, strict=True)):
            for c, (reading, amount) in enumerate(zip(made.readings, item.amounts, strict=False)):
                if amount is not None and reading is Standing.DOUBTFUL:
                    yield Place(statement=s, line=i, column=c), amount
            for f, (reading, figure) in enumerate(zip(made.figure_readings, item.figures, strict=False)):
                if reading is Standing.DOUBTFUL:
                    yield Place(statement=s, line=i, column=-1, figure=f), figure.amount


def _decided(one: Tagged, item: LineItem, unit: Unit, column: int) -> Standing:
    """The weakest of the decisions that a figure rests on; one that was never made is only stated."""
    made = _rests_on(one, item, unit, column)
    needed = {*RESTS_ON[unit], *([PERIOD] if column >= 0 else [])}
    lacking = [Standing.STATED] if needed - {d.subject for d in made} else []
    return weakest([*(d.standing for d in made), *lacking])


def _rests_on(one: Tagged, item: LineItem, unit: Unit, column: int) -> list[Decision]:
    """The decisions that a figure rests on: of its line before its column's, before its statement's. column: -1 for a
    figure in a label."""
    made = {d.subject: d for d in one.statement.decisions}
    needed = [*RESTS_ON[unit]]
    if column >= 0:
        made |= {d.subject: d for d in one.statement.columns[column].decisions}
        needed.append(PERIOD)
    made |= {d.subject: d for d in item.decisions}
    return [d for subject, d in made.items() if subject in needed or subject not in _FIGURES_OWN]


#: Subjects that concern only the figures that count what they speak of.
_FIGURES_OWN = frozenset({PERIOD, *(subject for subjects in RESTS_ON.values() for subject in subjects)})


def _digits(tagged: Sequence[Tagged], relations: Iterable[Relation]) -> tuple[set[Place], dict[Place, Relation]]:
    """The places that a relation bears out, and those of relations that surely fail with the first of these."""
    value = value_at(tagged)
    borne_out: set[Place] = set()
    in_doubt: dict[Place, Relation] = {}
    for relation in relations:
        shown = [p for p in relation.places if (a := amount_at(tagged, p)) is not None and a.value]
        if holds(relation, value):
            if len(shown) > 1 and _tells([amount_at(tagged, p) for p in shown]):
                borne_out.update(shown)
        elif relation.sure:
            for place in shown:
                in_doubt.setdefault(place, relation)
    return borne_out, in_doubt


def _tells(amounts: Iterable[Amount | None]) -> bool:
    """Figures long enough that their relation is no accident."""
    return any(sum(map(str.isdigit, a.shown)) >= tol.READINGS.digits for a in amounts if a is not None)
