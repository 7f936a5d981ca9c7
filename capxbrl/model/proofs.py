"""The sums that a statement proves (package `footing`)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from ..records import dataclass
from ..reprs import Brief
from .statements import Statement


class ProofKind(StrEnum):
    """What a relation between figures is. A coincidence ties, but its total is none by word or place, and figures of
    that size do so by chance: it says nothing."""

    SUM = "sum of a total"
    CHAIN = "running chain"  # it starts from a total: income less costs, flow after flow
    ROLL = "roll-forward"  # opening + changes = closing
    TIE = "tie between statements"
    COINCIDENCE = "coincidence"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proof(Brief):
    """Line `total` is the sum of weight x line over `parts`, on the printed values.

    ties and differences (total minus sum) have one entry per column; None where the column has no such figures.
    is_total: the total's words or its place (no label, a rule above it, parts set in or under a heading) say that it is
    one. columns, figures: the columns that tie and tell (two of equal figures count once), and the figures in them that
    are not zero. chance: how many sums of such figures would tie by chance, of all that were tried (0 to 1).
    """

    total: int
    parts: tuple[tuple[int, int], ...]
    ties: tuple[bool | None, ...]
    differences: tuple[Decimal | None, ...]
    kind: ProofKind = ProofKind.SUM
    is_total: bool = True
    columns: int = 1
    figures: int = 0
    chance: float = 0.0

    @property
    def complete(self) -> bool:
        """It ties in every column that shows it."""
        return any(self.ties) and False not in self.ties


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Footing(Brief):
    """The proofs of one statement, in line order of their totals; `coincidences` apart, which say nothing."""

    proofs: tuple[Proof, ...] = ()
    coincidences: tuple[Proof, ...] = ()

    @property
    def totals(self) -> frozenset[int]:
        """The lines that are sums."""
        return frozenset(proof.total for proof in self.proofs)

    @property
    def parts(self) -> frozenset[int]:
        """The lines that count in one."""
        return frozenset(i for proof in self.proofs for i, _ in proof.parts)


def total_name(statement: Statement, footing: Footing, at: int) -> str:
    """What an unlabelled total is called: by the heading that all its parts stand under; "" for any other line, and
    where another line has that name.
    """
    line = statement.lines[at]
    if line.label or not line.path:
        return ""
    proof = next((p for p in footing.proofs if p.total == at and p.complete), None)
    if proof is None or any(statement.lines[i].path != line.path for i, _ in proof.parts):
        return ""
    heading = line.path[-1].strip(" :.")
    name = f"Total {heading[:1].lower()}{heading[1:]}" if heading[1:].islower() else f"Total {heading}"
    return "" if any(other.label.casefold() == name.casefold() for other in statement.lines) else name
