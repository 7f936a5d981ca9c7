"""Lines of money below the line that ends every statement of a kind, as many as a table of their own has.

Why: a table that follows a statement without a title (loans of a bank, sales by region, costs with stock compensation)
is easily read as part of it; its figures are right and its concepts are not those of the statement.  What may follow in
one table is a statement of comprehensive income, or of income once more by its owners: these have a last line of their
own.
Source: the order of Regulation S-X, 5-02 and 5-03, which ends with equity, and with earnings per share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import tolerances as tol
from ..findings import Finding, Severity
from ..model import Kind, LineItem, LineRole, Report, Statement, Unit

_SHARES = frozenset(
    {
        LineRole.EPS,
        LineRole.EPS_BASIC,
        LineRole.EPS_DILUTED,
        LineRole.SHARES,
        LineRole.SHARES_BASIC,
        LineRole.SHARES_DILUTED,
    }
)
#: The last lines of a statement,
_LAST: Mapping[Kind, frozenset[LineRole]] = {
    Kind.BALANCE_SHEET: frozenset({LineRole.TOTAL_LIABILITIES_AND_EQUITY}),
    Kind.INCOME_STATEMENT: _SHARES,
}
#: and those of a statement that may follow it in one table.
_FOLLOWS = frozenset({LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON, LineRole.COMPREHENSIVE_INCOME})


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(f for tagged in report.statements if tagged.statement.face for f in _below(tagged.statement))


def _below(statement: Statement) -> Iterator[Finding]:
    roles = _LAST.get(statement.kind, frozenset())
    ends = [i for i, line in enumerate(statement.lines) if line.role in roles]
    if not ends:
        return
    end = ends[-1]
    rest = [line for line in statement.lines[end + 1 :] if _counts_money(line)]
    if len(rest) > tol.RULES.note and not any(line.role in _FOLLOWS for line in rest):
        yield Finding(
            code="statement.goes-on",
            severity=Severity.WARNING,
            at=rest[0].at,
            message=f"{statement.title}: {len(rest)} lines of figures are read below its end, "
            f"{statement.lines[end].label!r}; the first is {rest[0].label!r}",
            hint="a table of its own may be read as part of the statement: see on the page what they are",
        )


def _counts_money(line: LineItem) -> bool:
    return any(amount is not None and amount.unit is Unit.USD and amount.value for amount in line.amounts)
