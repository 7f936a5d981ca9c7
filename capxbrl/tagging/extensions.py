"""The filer's own concept for a line that no standard one fits: name, type, balance, and the standard concept nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Concept, Footing, Kind, Statement, Unit
from ..naming import UNNAMED, camel_case, unique
from ..taxonomy import Taxonomy
from .candidates import BARE, Candidate, unit_of
from .labels import normalise, short_kind, zones

#: A standard concept this probable, though not enough so to be taken, still tells the balance.
TELLS = 0.25


def extension(
    statement: Statement, at: int, candidate: Candidate, footing: Footing, chosen: Sequence[Candidate | None], taxonomy: Taxonomy,
    extensions: dict[tuple[str, str, str, str], Concept],
) -> Concept:  # fmt: skip
    """The filer's own concept for a line; the same label in the same kind of statement gives the same one."""
    line = statement.lines[at]
    unit = unit_of(line)
    period = "instant" if statement.kind is Kind.BALANCE_SHEET or line.balance else "duration"
    kind = {Unit.USD: "monetary", Unit.SHARES: "shares", Unit.PER_SHARE: "perShare", Unit.PURE: "pure"}[unit]
    key = (
        candidate.name or normalise(line.label),
        kind,
        period,
        "/".join(line.path[-1:]) if normalise(line.label) in BARE else "",
    )
    if key in extensions:
        return extensions[key]
    parent, balance = "", ""
    for proof in footing.proofs:
        weight = dict(proof.parts).get(at)
        total = chosen[proof.total]
        if weight is not None and total is not None and total.concept is not None:
            parent = total.concept.name
            value = next((a.value for a in line.amounts if a is not None and a.value), 0)
            # A positive contribution to a credit is a credit: what is printed negative there is a debit.
            adds = (weight > 0) == (value >= 0)
            opposite = {"debit": "credit", "credit": "debit"}
            balance = (total.concept.balance if adds else opposite.get(total.concept.balance, "")) or ""
            break
    near = candidate.near
    if near is not None:
        parent = parent or next((p for _, p, _ in taxonomy.parents(near.name)), near.name)
        # On a balance sheet the side of the sum tells more than a likeness; among flows a gain may stand where a cost does.
        if not balance or (statement.kind is not Kind.BALANCE_SHEET and candidate.nearness >= TELLS):
            balance = near.balance or balance
    if kind == "monetary" and not balance:
        balance = _balance_by_place(statement, at)
    words = line.label if normalise(line.label) not in BARE else " ".join([line.label or "Total", *line.path[-1:]])
    name = candidate.name or unique(
        camel_case(words) or UNNAMED, {c.name for c in extensions.values()} | set(taxonomy.concepts)
    )
    made = Concept(
        name=name, type=kind, period=period, balance=balance if kind == "monetary" else "", label=line.label or name,
        documentation="", prefix="ext", extension=True, parent=parent,
    )  # fmt: skip
    extensions[key] = made
    return made


def _balance_by_place(statement: Statement, at: int) -> str:
    """Debit among assets and costs, credit elsewhere."""
    labels = [normalise(line.label) for line in statement.lines]
    zone = zones(short_kind(statement.kind), labels)[at]
    if statement.kind is Kind.BALANCE_SHEET:
        return "debit" if zone in ("CA", "A") else "credit"
    if statement.kind is Kind.CASH_FLOW:
        value = next((a.value for a in statement.lines[at].amounts if a is not None and a.value), 0)
        return "credit" if value < 0 else "debit"
    return "debit" if re.search(r"cost|expense|loss|charge|tax|depreciation", labels[at]) else "credit"
