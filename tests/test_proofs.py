"""What a proof knows of itself: its kind, what bears it out, how likely chance is, whether its total is one."""

from __future__ import annotations

import pytest
from test_footing import BALANCE, INCOME, made

from capxbrl.footing import foot
from capxbrl.model import Kind, Proof, ProofKind


def by_total(kind: Kind, text: str) -> tuple[dict[str, Proof], dict[str, Proof]]:
    """The proofs, and the coincidences, by the label of the total."""
    statement = made(kind, text)
    (footing,), _ = foot([statement])
    return tuple({statement.lines[p.total].label: p for p in found} for found in (footing.proofs, footing.coincidences))  # type: ignore[return-value]


CHAIN = """
    Net sales | 60,665 | 70,200
    Cost of sales | 35,624 | 40,150
    Gross profit | 25,041 | 30,050
    Operating expenses | 27,933 | 31,210
    Loss from operations | (2,892) | (1,160)
"""


def test_a_chain_starts_from_a_total() -> None:
    proofs, chances = by_total(INCOME, CHAIN)
    assert not chances
    assert proofs["Gross profit"].kind is ProofKind.SUM
    loss = proofs["Loss from operations"]
    assert (loss.kind, loss.is_total, loss.columns, loss.figures) == (ProofKind.CHAIN, True, 2, 4)
    assert loss.chance < 1e-4


SHEETS = {
    "other assets of a bank": """
        Premises | 600 | 580
        Accrued interest | 300 | 290
        Real estate owned | 50 | 60
        Customers' acceptances | 40 | 30
        Other assets | 310 | 320
        Total assets | 1,300 | 1,280
    """,
    "a fund among funds": """
        Bond fund | 700 | 650
        Cash fund | 90 | 120
        Share fund | 790 | 770
        Land fund | 45 | 31
        Total | 1,625 | 1,571
    """,
    "inventories that seem a sum": """
        Raw materials | 12 | 15
        Work in process | 9 | 11
        Finished goods | 21 | 26
        Supplies | 5 | 4
        Total inventories | 47 | 56
    """,
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_a_sum_of_a_line_that_is_no_total_is_chance(sheet: str) -> None:
    proofs, chances = by_total(BALANCE, sheet)
    assert len(chances) == 1
    assert all(p.kind is ProofKind.COINCIDENCE and not p.is_total for p in chances.values())
    (total,) = proofs.values()
    assert total.complete and set(dict(total.parts).values()) == {1}


def test_a_later_total_bears_out_what_might_be_chance() -> None:
    proofs, chances = by_total(
        INCOME,
        """
        Operating income | 300 | 250
        Interest incurred | 100 | 90
        Interest capitalized | (20) | (15)
        Interest charged | 80 | 75
        Income before income taxes | 220 | 175
    """,
    )
    assert not chances
    assert {w for _, w in proofs["Interest charged"].parts} == {1}
    assert dict(proofs["Income before income taxes"].parts) == {0: 1, 3: -1}


def test_chance_grows_as_figures_shrink() -> None:
    small, _ = by_total(BALANCE, "Cash | 2\n Notes | 3\n Total assets | 5")
    large, _ = by_total(BALANCE, "Cash | 24,512\n Notes | 36,115\n Total assets | 60,627")
    assert large["Total assets"].chance < 1e-3 < small["Total assets"].chance
