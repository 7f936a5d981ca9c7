"""Each tolerance of sums is needed: moved far, a proof or a finding of a statement with one wrong figure changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from capxbrl.footing import foot, tolerances
from capxbrl.model import LineItem, Statement
from capxbrl.readers import read
from capxbrl.statements import parse_statements

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "examples" / "capstone-2009-11-09.txt", *sorted((ROOT / "tests" / "cases").glob("*/input.txt")))
_HEAD = "ACME CORP CONSOLIDATED STATEMENTS OF INCOME\n(In thousands)\n\n\tYear ended December 31,\n\t2009\t2008{}\n"
#: Sums as a page may have them: signs turned, a total above its parts, columns that miss, small figures.
SUMS = (
    """Alpha\t12,345\t9,871
Beta\t4,567\t3,333
Gamma\t2,891\t2,777
Delta\t1,999\t1,888
Epsilon\t3,713\t2,951
Total revenues\t12,383\t10,378
""",
    """Alpha\t12,345\t9,871
Beta\t4,567\t3,333
Gamma\t2,891\t2,777
Delta\t1,999\t1,888
Epsilon\t3,713\t2,951
Zeta\t1,423\t1,307
Eta\t5,119\t4,243
Total revenues\t16,079\t13,314
""",
    """License fees\t700\t600
Net sales\t5,432\t4,321
Products\t3,210\t2,100
Services\t2,222\t2,221
Other income\t111\t99
Total revenues\t6,243\t5,020
""",
    """Alpha\t12,345\t9,871\t7,321
Beta\t4,567\t3,333\t2,119
Gamma\t16,912\t13,204\t9,448
Delta\t1,999\t1,888\t1,777
""",
    """Alpha\t12,345\t9,871
Beta\t4,567\t3,333
Gamma\t2,891\t2,777
Total revenues\t19,804\t15,989
""",
    """Net income\t12,345\t9,871
Income from continuing operations per share\t$ .50\t$ .41
Income from discontinued operations per share\t.10\t.12
Net income per share\t$ .63\t$ .53
""",
    """Premiums\t6,400\t6,100
Benefits\t(5,700)\t(5,500)
Result of the life account\t700\t600
Premiums\t3,700\t3,560
Claims\t(3,550)\t(3,460)
Result of the other account\t150\t100
Result of the life account\t700\t600
Result of the other account\t150\t100
Income from banking\t80\t90
Income before tax\t930\t790
""",
    """Alpha\t11\t5
Beta\t12\t4
Gamma\t23\t9
Delta\t1,999\t1,888
""",
)
FAR: dict[str, tuple[float, ...]] = {
    "reach": (2,),
    "below": (1,),
    "two_turned": (0,),
    "three_turned": (0,),
    "telling": (0, 10**9),
    "carried": (10**6,),
    "belief_turned": (-99.0, 99.0),
    "belief_strong": (-99.0, 99.0),
    "belief_likely": (-99.0, 99.0),
    "belief_any": (-99.0, 99.0),
    "unexplained": (-99.0, 99.0),
    "rounded": (-99.0, 99.0),
    "more_than_rounding": (0, 10**6),
    "per_share_units": (0, 10**6),
    "last": (0,),
    "by_chance": (0.0, 1.0),
}


@cache
def statements() -> tuple[Statement, ...]:
    """Those of the cases as they are, and with one figure changed by a digit, by its sign, or by a unit."""
    found = [s for path in PAGES for s in parse_statements(read(path.read_bytes(), path.name).value).value]
    made = [_HEAD.format("\t2007" if rows.count("\t") % 3 == 0 else "") + rows for rows in SUMS]
    found += [s for page in made for s in parse_statements(read(page.encode(), "x.txt").value).value]
    return (*found, *(bad for statement in found[:6] for bad in spoilt(statement)))


def spoilt(statement: Statement) -> Iterator[Statement]:
    for number, line in enumerate(statement.lines):
        for column, change in ((0, Decimal(3)), (number % max(1, len(line.amounts)), Decimal(-1))):
            amount = line.amounts[column] if column < len(line.amounts) else None
            if amount is not None and amount.value:
                value = -amount.value if change < 0 else amount.value + change * Decimal(10) ** -(amount.decimals or 0)
                yield with_value(statement, number, column, value)


def with_value(statement: Statement, number: int, column: int, value: Decimal) -> Statement:
    def changed(line: LineItem) -> LineItem:
        amounts = [replace(a, value=value) if a and c == column else a for c, a in enumerate(line.amounts)]
        return replace(line, amounts=tuple(amounts))

    lines = [changed(line) if n == number else line for n, line in enumerate(statement.lines)]
    return replace(statement, lines=tuple(lines))


@cache
def usual() -> object:
    return foot(statements())


def test_every_tolerance_is_moved() -> None:
    assert set(FAR) == {f.name for f in fields(tolerances.TOLERANCES)}


@pytest.mark.parametrize("name", FAR)
def test_a_tolerance_that_is_moved_far_breaks_a_proof(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = usual()
    broken = []
    for far in FAR[name]:
        monkeypatch.setattr(tolerances, "TOLERANCES", replace(tolerances.TOLERANCES, **{name: far}))
        broken.append(foot(statements()) != known)
        monkeypatch.undo()
    assert any(broken)
