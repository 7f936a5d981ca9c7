"""What words say of a sign: which way a positive figure of a line or of an element counts.

A label names a gain, a loss or both; what stands in parentheses in it is what parentheses in its cells mean: "Income
(loss)", "(Gain) loss".  The name of an element says the same: IncomeLoss counts up, ExpenseBenefit down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from .model import Balance, Concept, Kind, LineItem, PeriodType
from .records import dataclass
from .words import pattern

_CAMEL = re.compile(r"[A-Z][a-z]*|[A-Z]+(?![a-z])")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_BESIDE = re.compile(r"[\s(),/]*(?:and|or)?[\s(/]*", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """way: +1 where a figure without parentheses is a gain, -1 a loss, 0 where the words say nothing. both: the words
    name the opposite too, so the print tells which."""

    way: int = 0
    both: bool = False


@lru_cache(maxsize=4096)
def sense(label: str, room: str = "") -> Sense:
    """What the words of a label say. room: "stock-" for balances and for what goes past income, which have fewer of
    them.
    """
    text = pattern("signs", "tax name").sub("tax", label)
    first = pattern("signs", "of what").split(text)[0]
    text = first if first.strip() else text
    inside = next((way for part in _PARENTHESES.findall(text) if (way := _first(part, room))), 0)
    outside = _first(_PARENTHESES.sub(" ", text), room)
    if not outside and inside < 0 and pattern("signs", "from used").search(label):
        outside = 1
    if not outside and not room and pattern("signs", "tax").search(first):
        outside = -1
    if inside and (not outside or inside == outside):
        # "(Loss) before taxes": nothing names the opposite.
        return Sense(way=inside)
    paired = inside == -outside or pattern("signs", "pair").search(text) is not None
    return Sense(way=outside, both=bool(outside) and paired)


def _first(text: str, room: str) -> int:
    gain, loss = pattern("signs", f"{room}gain").search(text), pattern("signs", f"{room}loss").search(text)
    if gain and loss:
        return 1 if gain.start() < loss.start() else -1
    return 1 if gain else -1 if loss else 0


def in_context(line: LineItem, concept: Concept | None) -> Sense:
    """The words of the label; where they say nothing, those of the nearest heading that names both ways."""
    stock = concept is not None and (concept.period is PeriodType.INSTANT or "Comprehensive" in concept.name)
    own = sense(line.label, "stock-" if stock else "")
    if own.way or not line.path or stock:
        return own
    above = sense(line.path[-1])
    return above if above.both else own


def _named(what: str, name: str) -> bool:
    """The name of an element, or a word of one, is of a list of `words/elements.csv`."""
    return pattern("elements", what).search(name) is not None


@lru_cache(maxsize=8192)
def either(name: str) -> bool:
    """The element may be of either sign: its printed sign is its own."""
    return _named("either", name) and not _named("one way", name)


@lru_cache(maxsize=8192)
def way_of(name: str) -> int:
    """+1 where a positive value of an element is a gain (IncomeLoss), -1 a loss (ExpenseBenefit), 0 where its name has
    no pair.
    """
    words = [w for w in _CAMEL.findall(name) if not _named("between", w)]
    ways = [1 if _named("up", w) else -1 if _named("down", w) else 0 for w in words]
    return next((one for one, other in pairwise(ways) if one and one == -other), 0)


def way(concept: Concept) -> int:
    """As `way_of`; where the name has no pair, or only seems to (pension benefit expense), by the balance: flows that
    are debits are costs, and a debit of equity that is called a deficit is one."""
    debit = concept.balance is Balance.DEBIT and (concept.period is PeriodType.DURATION or "Deficit" in concept.name)
    named = way_of(concept.name)
    counts_up = _named("debit that counts up", concept.name) or _named("share of others", concept.name)
    if named > 0 and debit and not counts_up:
        return -1
    return named or (-1 if debit else 1)


def contra(concept: Concept) -> bool:
    """The element stands against what it is listed among: a deduction is a positive amount of it."""
    return _named("contra", concept.name)


def deducted(line: LineItem) -> bool:
    """The words of the line, or of its heading, say that its figure is taken off."""
    words = pattern("signs", "deduction")
    return bool(words.search(line.label) or (line.path and words.search(line.path[-1])))


def less(label: str) -> bool:
    """The label says first of all that its figure is taken off."""
    return pattern("signs", "less").search(label) is not None


def negative(line: LineItem) -> bool:
    """Most figures that are not zero are printed negative."""
    values = [a.value for a in line.amounts if a is not None and a.value]
    return 2 * sum(v < 0 for v in values) > len(values)


def mixed(line: LineItem) -> bool:
    """It is printed with both signs."""
    return len({a.value > 0 for a in line.amounts if a is not None and a.value}) == 2


def goes_out(path: Sequence[str]) -> bool | None:
    """What the nearest heading of a statement of cash flows that speaks says: uses (True), sources (False), or None."""
    for heading in reversed(path):
        if pattern("signs", "sources").search(heading):
            return False
        if pattern("signs", "uses").search(heading):
            return True
    return None


@lru_cache(maxsize=4096)
def paid(label: str) -> bool:
    """The words name a payment: first of all, and not beside a receipt ("purchases and sales", "net (payments)
    receipts").
    """
    text = pattern("signs", "not sold").sub(" ", label)
    out, back = pattern("cash_flow", "payment").search(text), pattern("cash_flow", "receipt").search(text)
    if out is None or back is None:
        return out is not None
    between = text[out.end() : back.start()]
    return out.start() < back.start() and not _BESIDE.fullmatch(between)


@lru_cache(maxsize=4096)
def earned(label: str) -> bool:
    """The words name a gain and no loss: what a statement of cash flows takes off in parentheses."""
    return bool(pattern("signs", "earned").search(label)) and not sense(label).both


@lru_cache(maxsize=4096)
def one_way(label: str) -> bool:
    """The words name an increase, or a decrease, and not the opposite: an amount, whatever it does to cash."""
    return bool(pattern("signs", "one-way-change").search(label)) and not sense(label).both


def of_others(concept: Concept) -> bool:
    """The share of income that others have: taken off where they earn, added where they bear a loss."""
    return concept.balance is Balance.DEBIT and _named("share of others", concept.name)


def called(label: str) -> int:
    """-1 where an element of the filer's own is called by what parentheses mean: "(Gain) loss" is a gain, "taxes
    (benefit)" taxes."""
    said, text = sense(label), pattern("signs", "tax name").sub("tax", label)
    taxed = pattern("signs", "tax").search(text.partition("(")[0])
    return -1 if said.both and said.way < 0 and not taxed and _first(text, "") > 0 else 1


def is_result(label: str) -> bool:
    """The words name a result: income or a loss before something, of all operations, attributable to someone."""
    return any(pattern("signs", name).search(label) for name in ("opening-income", "result", "named-result"))


def never_negative(name: str) -> bool:
    """No ordinary period has a negative value of the element: sales and costs."""
    return _named("never negative", name)


def recovered(label: str) -> bool:
    """The words name an expense that came back."""
    return pattern("signs", "recovered").search(label) is not None


def names_result(label: str) -> bool:
    """The label is a result and nothing else."""
    return pattern("signs", "result").search(label) is not None


def opens(label: str) -> bool:
    """The words name the result that a statement of cash flows starts from."""
    return pattern("signs", "opening-income").search(label) is not None


def received(label: str) -> bool:
    """The words name a receipt of cash."""
    return pattern("cash_flow", "receipt").search(label) is not None


def net_cash(label: str) -> bool:
    """The words name what activities bring or take, or the change in cash."""
    return pattern("cash_flow", "net cash").search(label) is not None


def is_use(label: str) -> bool:
    """The words name uses of cash, all of them."""
    return pattern("cash_flow", "uses").search(label) is not None


def supplemental(text: str) -> bool:
    """The words of a label, or of the headings above it, set a line beside the flows."""
    return pattern("signs", "supplemental").search(text) is not None


def names_changes(text: str) -> bool:
    """The words of a heading name changes: the lines below it what grew or shrank."""
    return pattern("signs", "changes").search(text) is not None


def reconciles(text: str) -> bool:
    """The words of a heading open the indirect method below the direct one."""
    return pattern("signs", "reconciliation").search(text) is not None


def raises_debt(name: str) -> bool:
    """The element is what lenders are owed more: a credit that brings cash."""
    return _named("raises debt", name)


def starts_flows(name: str) -> bool:
    """The element is a result, where the indirect method starts: it counts up."""
    return _named("starts flows", name)


def totals_flows(name: str) -> bool:
    """The element is a total of a statement of cash flows."""
    return starts_flows(name) or _named("totals flows", name)


def may_turn(line: LineItem, concept: Concept, kind: Kind) -> bool:
    """A fact of the line may have the opposite of its printed sign: its element says so by name, or words or heading
    do.
    """
    flows = kind is Kind.CASH_FLOW
    if concept.extension:
        return _amount_of_cash(line.label) if flows else _own_turns(line, in_context(line, concept).way)
    # The statement shows what each line brings in: what is a credit by definition takes out.
    if flows and (concept.balance is Balance.CREDIT or goes_out(line.path)):
        return True
    return _negative_turns(line, concept) if negative(line) else _plain_turns(line, concept)


def _amount_of_cash(label: str) -> bool:
    """The words of a line of cash flows name an amount, which parentheses take off."""
    return paid(label) or earned(label) or one_way(label) or sense(label).way < 0


def _own_turns(line: LineItem, said: int) -> bool:
    """Of an element of the filer's own, which is called by what the words say."""
    return said != 0 or deducted(line) if negative(line) else said < 0


def _plain_turns(line: LineItem, concept: Concept) -> bool:
    """Printed without parentheses: the words say the opposite of what the element is."""
    said = in_context(line, concept).way
    return said * way(concept) < 0 or (either(concept.name) and not said) or of_others(concept)


def _negative_turns(line: LineItem, concept: Concept) -> bool:
    """Printed in parentheses: these are what the words name, or what is taken off."""
    said, up = in_context(line, concept), way(concept)
    if deducted(line):
        return True
    if either(concept.name) and concept.balance is not Balance.DEBIT:
        agrees = said.way * up
        return agrees < 0 if said.both else agrees > 0 and not is_result(line.label)
    gains = concept.balance is Balance.DEBIT and "IncomeLoss" in concept.name
    return said.way != 0 or contra(concept) or up < 0 or gains
