"""What a statement computes of its own scale: earnings per share x shares, par value x shares."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import counted
from ...model import Kind, LineItem, Unit, Witness
from .. import tolerances as tol
from ..captions import scale_of
from ..earnings import SHARES, bare, is_in_full, rows, scale_step
from .elsewhere import PRINTED
from .page import NAMES, Page


def by_earnings(page: Page) -> Iterator[Witness]:
    """EPS x shares = income fixes the scale of money against that of the shares (ASC 260-10-45-10)."""
    if page.statement.kind is not Kind.INCOME_STATEMENT:
        return
    found = scale_step(page.statement)
    if not found:
        return
    step, count, at, columns = found
    said = {int(w.value) for w in page.said}
    shares = _share_scale(page, count)
    if shares is not None:
        power = shares + step
    elif said and (min(said) - step) in PRINTED and count.scaleb(min(said) - step) < tol.SCALES.shares:
        power = min(said)  # the shares are then in a scale that shares are printed in
    else:
        return
    if power in NAMES:
        says = f"EPS x shares is net income in {counted(columns, 'column')}"
        yield Witness(value=str(power), says=says, at=at, independent=True)


def _share_scale(page: Page, count: Decimal) -> int | None:
    """The scale of the numbers of shares where it is told apart from that of money."""
    if page.shares is not None and (page.shares or count >= tol.SCALES.count):
        return page.shares
    labelled = {
        made.shares if made.shares is not None else made.money
        for line in rows(page.statement, SHARES)
        if "(" in line.label and (made := scale_of(line.label))
    }
    if len(labelled) == 1:
        return labelled.pop()
    return 0 if count >= tol.SCALES.count and not page.said else None


#: A product of rounded par value and rounded stock may be off by so much.
_PAR_SLACK = Decimal("0.02")


def by_par(page: Page) -> Iterator[Witness]:
    """Par value x shares issued, printed in full, is the amount of common stock: that fixes the scale of money."""
    for line in page.statement.lines:
        product = _par_of_issued(line)
        first = next((a for a in line.amounts if a is not None and a.value and a.unit is Unit.USD), None)
        if not product or first is None or bare(first) < 10:
            continue
        room = max(Decimal("0.51"), bare(first) * _PAR_SLACK)
        power = next((p for p in PRINTED if abs(product.scaleb(-p) - bare(first)) <= room), None)
        if power is not None:
            says = f"par value x shares is {product.normalize():,f}, printed {first.shown}"
            yield Witness(value=str(power), says=says, at=first.at, independent=True)
            return


def _par_of_issued(line: LineItem) -> Decimal:
    """The par value of all shares that a label tells in full; 0 where it does not."""
    par = next((f.amount.value for f in line.figures if f.what == "par value"), Decimal(0))
    counts = (f.amount for f in line.figures if f.what in ("issued", "outstanding"))
    return par * next((count.value for count in counts if is_in_full(count)), Decimal(0))
