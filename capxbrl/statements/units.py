"""What a line counts by its words and the look of its figures: dollars, shares, dollars per share, or a pure number.

The words are `words/units.csv`. Arithmetic then tells a "Basic" that counts shares from a "Basic" in dollars
(`decisions.shares.scale_share_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .. import words
from ..amounts import Printed, PrintedKind
from ..decisions.shares import BARE
from ..model import Kind, LineItem, Unit
from ..records import dataclass
from . import tolerances as tol

#: "(000)", "(in 000s)": a scale, no figure.
_SCALE_NOTE = re.compile(r"\([^()]{0,12}000['’]?s?(?:\s+omitted)?\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worded:
    """A label, the headings it stands under, and the look of its figures.

    cents: some have decimals. whole: none has. small: all are below 1000. tiny: all are below 100. large: none is below
    1000, dashes aside.
    """

    label: str
    path: Sequence[str]
    cents: bool
    whole: bool
    small: bool
    tiny: bool
    large: bool

    def says(self, name: str) -> re.Match[str] | None:
        return _says(name, self.label)

    @property
    def few(self) -> bool:
        """Cents, or whole dollars that are few: the look of figures per share."""
        return self.small and (self.cents or self.tiny)


def _says(name: str, text: str) -> re.Match[str] | None:
    return words.pattern("units", name).search(text)


def _line(label: str, path: Sequence[str], printed: Sequence[Printed]) -> _Worded:
    values = [abs(p.value) for p in printed]
    return _Worded(
        label=label,
        path=path,
        cents=any(p.kind is PrintedKind.NUMBER and p.places >= 2 for p in printed),
        whole=all(p.kind is PrintedKind.DASH or p.places == 0 for p in printed),
        small=all(v < tol.UNITS.large for v in values),
        tiny=all(v < tol.UNITS.small for v in values),
        large=all(p.kind is PrintedKind.DASH or abs(p.value) >= tol.UNITS.large for p in printed),
    )


def unit_of(label: str, path: Sequence[str], printed: Sequence[Printed], kind: Kind) -> Unit:
    """The unit that the words and the look of the figures give. printed: the line's figures, not scaled."""
    line = _line(label, path, printed)
    if _number_of_things(line):
        return Unit.PURE
    rules = {Kind.CASH_FLOW: _CASH_FLOW_RULES, Kind.BALANCE_SHEET: _BALANCE_RULES}.get(kind, _INCOME_RULES)
    return next((unit for applies, unit in rules if applies(line)), Unit.USD)


def _number_of_things(line: _Worded) -> bool:
    """Employees, stores: counted, and no money."""
    return line.whole and line.says("number of things") is not None


_Rules = tuple[tuple[Callable[[_Worded], bool], Unit], ...]

# --- a cash flow statement --------------------------------------------------------------------------------------------


def _counted_in_cash_flow(line: _Worded) -> bool:
    return line.says("cash flow counts") is not None


_CASH_FLOW_RULES: _Rules = ((_counted_in_cash_flow, Unit.SHARES),)

# --- a balance sheet --------------------------------------------------------------------------------------------------


def _par_value(line: _Worded) -> bool:
    """ "Par value (in dollars per share) | 0.01"; not "Common stock, par value $0.0005 per share | 149"."""
    few = line.few or (line.small and line.says("in dollars") is not None)
    return (
        few
        and not any(map(str.isdigit, line.label))
        and bool(line.says("balance per share"))
        and not line.says("issued")
    )


def _counted_in_balance(line: _Worded) -> bool:
    """ "Common stock, shares issued | 10,250"; a label that holds figures itself counts nothing in its row."""
    holds = re.search(r"\d{3}", _SCALE_NOTE.sub("", line.label)) or line.says("balance money") or line.says("par")
    return line.says("balance counts") is not None and not holds


def _value_per_share(line: _Worded) -> bool:
    return line.cents and line.small and line.says("value per") is not None


_BALANCE_RULES: _Rules = (
    (_par_value, Unit.PER_SHARE),
    (_counted_in_balance, Unit.SHARES),
    (_value_per_share, Unit.PER_SHARE),
)

# --- an income statement ----------------------------------------------------------------------------------------------


def _counts(line: _Worded) -> bool:
    """The label counts shares; not "Net income per share, weighted | 0.15", nor the money that belongs to shares."""
    counted, per_share = line.says("counts"), line.says("per share")
    if counted is None or line.says("money of shares"):
        return False
    return not (per_share and line.small and line.cents and per_share.start() < counted.start())


def _bare_count(line: _Worded) -> bool:
    """No money is called "Basic"."""
    return line.large and not line.cents and BARE.fullmatch(line.label) is not None


def _is_per_share(line: _Worded) -> bool:
    return line.says("per share") is not None and line.small and not (line.whole and not line.tiny)


def _wholly_per_share(line: _Worded) -> bool:
    """ "Net income per unit | 361,338": whole dollars for each of few shares."""
    return line.whole and not line.tiny and line.says("wholly per share") is not None


def _names_per_share(line: _Worded) -> bool:
    """Money of which the label says what it is for each share: its figures are too large to be that."""
    return line.says("per share") is not None


def _below_counts(line: _Worded) -> bool:
    """Under "Weighted average shares:"."""
    counted = any(_says("counts", p) and not _says("per share", p) for p in line.path[-2:])
    return counted and line.says("row of shares") is not None


def _below_per_share(line: _Worded) -> bool:
    """Under "Net income per share:"."""
    return line.few and line.says("row of shares") is not None and any(_says("per share", p) for p in line.path)


def _pure(line: _Worded) -> bool:
    return line.small and not line.whole and line.says("pure") is not None


_INCOME_RULES: _Rules = (
    (_counts, Unit.SHARES),
    (_bare_count, Unit.SHARES),
    (_is_per_share, Unit.PER_SHARE),
    (_wholly_per_share, Unit.PER_SHARE),
    (_names_per_share, Unit.USD),
    (_below_counts, Unit.SHARES),
    (_below_per_share, Unit.PER_SHARE),
    (_pure, Unit.PURE),
)

# --- figures without words --------------------------------------------------------------------------------------------

#: Earnings per share have so many decimals.
_PLACES = (2, 3, 4)


def bare_per_share(printed: Sequence[Printed], above: Sequence[LineItem]) -> bool:
    """Figures with cents below a statement of whole numbers are per share even where the label is silent."""
    numbers = [p for p in printed if p.kind is PrintedKind.NUMBER]
    if not numbers or not all(p.places in _PLACES and abs(p.value) < tol.UNITS.most for p in numbers):
        return False
    lines = (line for line in above if not BARE.fullmatch(line.label))
    money = [a for line in lines for a in line.amounts if a is not None and a.unit is Unit.USD and a.value]
    return len(money) >= tol.UNITS.enough and sum("." not in a.shown for a in money) >= tol.UNITS.whole * len(money)
