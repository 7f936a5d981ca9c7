"""The sizes of the statements of a filing bear their scales out, or contradict them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...model import Decision, Kind, Standing, Statement, Unit, Witness
from ...records import replace
from .. import SCALE_OF_MONEY, YOU, decide
from .. import tolerances as tol
from ..earnings import bare
from .page import Page, called


def of_a_size(pages: Sequence[Page], decisions: Sequence[Decision]) -> list[Decision]:
    """A statement is borne out by one whose scale is proved where their sizes fit: total assets are a fifth to 150
    times the revenue, so a thousand times more or less is none. Two of different scales whose sizes do not fit, and
    would in one scale, contradict each other."""
    sizes = [_size(page.statement) * Decimal(10) ** int(d.value) for page, d in zip(pages, decisions, strict=True)]
    out = list(decisions)
    for n, made in enumerate(decisions):
        if not sizes[n] or any(w.says == YOU for w in made.witnesses):
            continue
        others = [m for m in range(len(pages)) if sizes[m] and pages[m].statement.kind is not pages[n].statement.kind]
        against = next((m for m in others if _contradicts(pages, decisions, sizes, n, m)), None)
        proved = [m for m in others if decisions[m].standing is Standing.PROVED]
        sure = next((m for m in proved if _fits(pages, sizes, n, m)), None)
        if against is not None:
            out[n] = _doubted(made, pages[against], decisions[against].value)
        elif sure is not None and made.standing is Standing.STATED:
            out[n] = _borne_out(made, pages[sure])
    return out


def _doubted(made: Decision, against: Page, power: str) -> Decision:
    says = f"it is of another size than the {called(against.statement)}, and would fit it in its scale"
    witness = Witness(value=power, says=says, at=against.table.at)
    return replace(made, standing=Standing.DOUBTFUL, witnesses=(*made.witnesses, witness))


def _borne_out(made: Decision, sure: Page) -> Decision:
    says = f"it is of the size of the {called(sure.statement)}, which is proved"
    witness = Witness(value=made.value, says=says, at=sure.table.at, independent=True)
    return decide(SCALE_OF_MONEY, (*made.witnesses, witness))


def _contradicts(
    pages: Sequence[Page], decisions: Sequence[Decision], sizes: Sequence[Decimal], n: int, other: int
) -> bool:
    """Two statements have different scales, and their sizes fit only if they had one."""
    step = int(decisions[other].value) - int(decisions[n].value)
    if not step or _fits(pages, sizes, n, other):
        return False
    return _fits(pages, [size.scaleb(step) if m == n else size for m, size in enumerate(sizes)], n, other)


def _fits(pages: Sequence[Page], sizes: Sequence[Decimal], n: int, other: int) -> bool:
    kinds = pages[n].statement.kind, pages[other].statement.kind
    if Kind.BALANCE_SHEET not in kinds:
        low, high = sorted((sizes[n], sizes[other]))
        return high / low <= tol.SCALES.sizes[1]
    sheet, flow = (n, other) if kinds[0] is Kind.BALANCE_SHEET else (other, n)
    return tol.SCALES.sizes[0] <= sizes[sheet] / sizes[flow] <= tol.SCALES.sizes[1]


def _size(statement: Statement) -> Decimal:
    """Its largest figure of money, as printed."""
    amounts = (a for line in statement.lines for a in line.amounts if a is not None and a.unit is Unit.USD)
    return max((bare(a) for a in amounts if a.scale == statement.scale), default=Decimal(0))
