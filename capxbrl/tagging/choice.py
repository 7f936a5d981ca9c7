"""One concept for every line of a statement, chosen for all lines together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from .. import fundamentals
from ..model import Footing, Kind, LineItem, Statement, Unit, total_name
from ..records import replace
from ..taxonomy import Taxonomy
from . import members, rank, tables
from . import tolerances as tol
from .candidates import BARE, Candidate, Data, candidates, fits, unit_of
from .labels import normalise, short_kind, unit_key, zones
from .models.lines import Seen, marks
from .total_cash import one_cash, with_restricted
from .vintages import day_of

#: Other concepts that are told of a line, at most.
_TOLD = 3


def candidates_of(
    statements: Sequence[Statement], footings: Sequence[Footing], taxonomy: Taxonomy, data: Data
) -> list[list[list[Candidate]]]:
    """The candidates of every line of every statement, before one is chosen; none for a line without amounts."""
    named = [named_totals(statement, footing) for statement, footing in zip(statements, footings, strict=True)]
    seen, has = as_seen(named)
    year = day_of(statements).year
    out = []
    for statement, footing, worded, shown, ranked in zip(
        statements, footings, named, seen, rank.rank(seen, data.learned, has), strict=True
    ):
        rows = iter(zip(shown, ranked, strict=True))
        options: list[list[Candidate]] = []
        for line in worded.lines:
            if not any(line.amounts):
                options.append([])
                continue
            one, found = next(rows)
            options.append(candidates(line, statement.kind, one.zone, found, taxonomy, data, year))
        _both_sides(statement, options, taxonomy)
        with_restricted(statement, options, taxonomy)
        one_cash(statement, options)
        members.one_element(statement, options, taxonomy)
        _by_parts(statement, footing, options, taxonomy)
        out.append(options)
    return out


def named_totals(statement: Statement, footing: Footing) -> Statement:
    """The statement with its unlabelled totals called by what they are the totals of."""
    lines = (
        replace(line, label=total_name(statement, footing, at)) if not line.label else line
        for at, line in enumerate(statement.lines)
    )
    return replace(statement, lines=tuple(lines))


def as_seen(statements: Sequence[Statement]) -> tuple[list[list[Seen]], tuple[str, ...]]:
    """The lines with amounts as the models see them, and what the filing has."""
    out = []
    for statement in statements:
        kind = short_kind(statement.kind)
        shown = [line for line in statement.lines if any(line.amounts)]
        labels = [_in_full(line) for line in shown]
        places = zones(kind, [normalise(label) for label in labels])
        out.append(
            [
                Seen(label, kind, zone, unit_key(unit_of(line)))
                for line, label, zone in zip(shown, labels, places, strict=True)
            ]
        )
    return out, marks(normalise(line.label) for lines in out for line in lines)


def _in_full(line: LineItem) -> str:
    """The label; per-share figures under "Basic" or "Diluted" with that word, which filers put into the label
    elsewhere.
    """
    if unit_of(line) is Unit.USD:
        return line.label
    for word in ("basic", "diluted"):
        if any(word in heading.lower() for heading in line.path) and word not in line.label.lower():
            return f"{line.label} {word}"
    return line.label


def choose(statement: Statement, options: Sequence[Sequence[Candidate]], threshold: float) -> list[Candidate | None]:
    """One candidate a line, all together: no concept twice with different figures. None: a line without amounts.

    The surest line chooses first; who finds a concept taken shares its probability among the others.
    """
    chosen: list[Candidate | None] = [None] * len(options)
    taken: dict[str, list[int]] = {}
    order = sorted(
        (i for i, line in enumerate(statement.lines) if any(line.amounts)), key=lambda i: (-_best(options[i]), i)
    )
    for i in order:
        pick = _pick(statement, i, options[i], taken, threshold)
        if pick is None:
            near = next((o for o in options[i] if o.concept is not None), None)
            why = next((o.why for o in options[i] if o.sure and o.concept is None), "no concept fits well enough")
            pick = Candidate(
                concept=None,
                score=max(0.0, 1 - _best(options[i])),
                why=why,
                near=near.concept if near else None,
                others=_likely(options[i]),
            )
        else:
            for name in {pick.called, _family(pick.called)}:
                taken.setdefault(name, []).append(i)
        chosen[i] = pick
    return chosen


def _pick(
    statement: Statement, at: int, options: Sequence[Candidate], taken: Mapping[str, Sequence[int]], threshold: float
) -> Candidate | None:
    """What a line takes, those before it having chosen; None: an element of the filer's own.

    Own or standard is one question, which standard element another: the first is answered by the probability of a whole
    family of near-synonyms, the second by its likeliest member.
    """
    if options and options[0].sure and not options[0].called:
        return None
    named = [o for o in options if o.called]
    free = [o for o in named if _is_free(statement, at, o.called, taken)]
    left = max(1e-9, 1.0 - sum(o.score for o in named) + sum(o.score for o in free))
    if not free:
        return None
    sure = next((o for o in free if o.sure), None)
    if sure is not None:
        return replace(sure, score=min(1.0, sure.score / left), others=_likely(free))
    likely = _families(free, lambda group: _is_alone(statement, at, group, taken))
    group, share = max(likely.items(), key=lambda pair: pair[1])
    best: Candidate | None = next(o for o in free if group in (o.called, _family(o.called)))
    if best is not None and share / left < threshold:
        best = _alike(free, best)
    return best and replace(best, score=min(1.0, best.score / left), others=_likely(free))


def _alike(free: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """The element of the line's name, or of its role, says that it has one; what filers give it may be another."""
    alike = next((o for o in free if o.named), None) or next((o for o in free if o.of_role), None)
    return best if alike is not None and alike.score < tol.TAGS.named * best.score else alike


def _is_free(statement: Statement, at: int, name: str, taken: Mapping[str, Sequence[int]]) -> bool:
    """No line with other figures has the concept, and none says that the figure is too large or too small for it."""
    return not _breaks_order(name, statement.lines[at], taken, statement.lines) and _is_alone(
        statement, at, name, taken
    )


def _is_alone(statement: Statement, at: int, name: str, taken: Mapping[str, Sequence[int]]) -> bool:
    """No line with other figures has the concept, or one of the family, but for lines of another class of stock."""
    if name not in taken:
        return True
    line = statement.lines[at]
    others = [statement.lines[j] for j in taken[name]]
    return all(_same_figures(line, other) or members.apart(line, other, statement.kind) for other in others)


def _family(name: str) -> str:
    """The family of a concept; its own name where it has none."""
    member = tables.families().get(name)
    return member.family if member else name


def _families(options: Sequence[Candidate], together: Callable[[str], bool] = lambda _: True) -> dict[str, float]:
    """Family -> probability of its members. together: whether those of a family count as one."""
    out: dict[str, float] = {}
    for option in options:
        group = _family(option.called)
        key = group if together(group) else option.called
        out[key] = out.get(key, 0.0) + option.score
    return out


def _likely(options: Sequence[Candidate]) -> tuple[str, ...]:
    """The concepts of which a line may be one, likeliest first."""
    return tuple(o.concept.name for o in options if o.concept is not None and o.score >= tol.TAGS.worth_telling)[:_TOLD]


def _best(options: Sequence[Candidate]) -> float:
    """How probable the likeliest family of a line is."""
    if options and options[0].sure:
        return options[0].score if options[0].called else 0.0
    return max(_families([o for o in options if o.called]).values(), default=0.0)


def _breaks_order(name: str, line: LineItem, taken: Mapping[str, Sequence[int]], lines: Sequence[LineItem]) -> bool:
    """The concept is at most one that another line carries, or at least, and the figures say the contrary
    (DQC_0009)."""
    orders = _orders().get(name)
    return orders is not None and any(
        _beyond(*((line, lines[j]) if name == less else (lines[j], line)))
        for less, more in orders
        for j in taken.get(more if name == less else less, ())
    )


@cache
def _orders() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Concept -> the orders (the less, the more) that it stands in."""
    out: dict[str, list[tuple[str, str]]] = {}
    for pair in fundamentals.orders():
        for name in pair:
            out.setdefault(name, []).append(pair)
    return out


def _beyond(less: LineItem, more: LineItem) -> bool:
    """What should be at most the other is more by a tenth, in every column that shows both."""
    pairs = [(abs(x.value), abs(y.value)) for x, y in zip(less.amounts, more.amounts, strict=True) if x and y]
    return bool(pairs) and all(x > tol.TAGS.beyond * y for x, y in pairs)


def _same_figures(a: LineItem, b: LineItem) -> bool:
    """Equal figures in every column, or the opening and closing balance of a roll-forward."""
    if a.balance and b.balance and a.balance != b.balance:
        return True
    return all((x and abs(x.value)) == (y and abs(y.value)) for x, y in zip(a.amounts, b.amounts, strict=True))


def _both_sides(statement: Statement, options: list[list[Candidate]], taxonomy: Taxonomy) -> None:
    """The largest figures of a balance sheet stand twice: total assets, then liabilities and equity."""
    if statement.kind is not Kind.BALANCE_SHEET:
        return
    twice = _largest_twice(statement)
    sides = (twice, "Assets"), (twice[::-1], "LiabilitiesAndStockholdersEquity")
    for lines, name in sides if len(twice) > 1 else ():
        # Where cash is all that there is, or equity, they are as large; their words say what they are.
        i = next((i for i in lines if _may_be_side(statement.lines[i], options[i], name)), None)
        if i is not None and (not options[i] or options[i][0].score < tol.TAGS.sides):
            concept = taxonomy.concepts[name]
            options[i].insert(
                0,
                Candidate(concept=concept, score=tol.TAGS.sides, why="the two sides of the balance sheet are equal"),
            )


def _may_be_side(line: LineItem, options: Sequence[Candidate], name: str) -> bool:
    """The words of the line say nothing, or leave it open that it is that side."""
    bare = normalise(line.label) in BARE
    return bare or any(o.called == name and o.score >= tol.TAGS.worth_telling for o in options)


def _largest_twice(statement: Statement) -> list[int]:
    """The lines with the largest of the figures that stand more than once."""
    rows = [tuple(a and a.value for a in line.amounts) for line in statement.lines]
    count = Counter(row for row in rows if any(row))
    largest = max((v for v, n in count.items() if n > 1), key=lambda v: [abs(x or 0) for x in v], default=None)
    return [i for i, row in enumerate(rows) if largest is not None and row == largest]


def _by_parts(statement: Statement, footing: Footing, options: list[list[Candidate]], taxonomy: Taxonomy) -> None:
    """A total that its words do not name is the concept whose parts, by the calculation tree, its parts are."""
    for proof in footing.proofs:
        at = proof.total
        # Where the words say nothing, the parts may.
        if not proof.complete or normalise(statement.lines[at].label) not in BARE:
            continue
        if options[at] and (options[at][0].sure or options[at][0].score >= tol.TAGS.parts):
            continue
        above = _totals_above(at, footing, options)
        voted = _sums_of([options[i] for i, _ in proof.parts], taxonomy)
        for share, name in [(share, name) for share, name in voted if name not in above][:3]:
            concept = taxonomy.concepts[name]
            if share >= tol.TAGS.parts_share and fits(concept, statement.lines[at], statement.kind, taxonomy):
                options[at].append(
                    Candidate(concept=concept, score=min(tol.TAGS.parts, share), why="the sum of its parts")
                )
        options[at].sort(key=lambda c: -c.score)


def _sums_of(parts: Sequence[Sequence[Candidate]], taxonomy: Taxonomy) -> list[tuple[float, str]]:
    """(share of the votes, concept) of the sums above the likeliest concepts of the parts, most votes first."""
    votes: dict[str, float] = defaultdict(float)
    likeliest = [(part[0].concept.name, part[0].score) for part in parts if part and part[0].concept is not None]
    for own, score in likeliest:
        for name, distance in _ancestors(own, taxonomy).items():
            votes[name] += score / distance
    for own, _ in likeliest:
        votes.pop(own, None)
    return sorted(((v / len(parts), n) for n, v in votes.items()), key=lambda x: (-x[0], x[1]))


def _totals_above(at: int, footing: Footing, options: Sequence[Sequence[Candidate]]) -> set[str]:
    """The concepts of the totals that a line is a part of, with their families: it is none of them itself."""
    above = [options[p.total] for p in footing.proofs if p.complete and at in dict(p.parts)]
    names = {found[0].called for found in above if found and found[0].called}
    groups = {_family(name) for name in names}
    return names | {name for name, member in tables.families().items() if member.family in groups}


def _ancestors(name: str, taxonomy: Taxonomy) -> dict[str, int]:
    """{concept: steps} of the sums above a concept."""
    out: dict[str, int] = {}
    frontier, step = [name], 1
    while frontier and step < tol.TAGS.steps:
        frontier = [p for n in frontier for _, p, _ in taxonomy.parents(n) if p not in out]
        for parent in frontier:
            out.setdefault(parent, step)
        step += 1
    return out
