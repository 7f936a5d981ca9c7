"""One error in a filing: which cell, which change, and its repair."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.findings import Outcome, Severity
from capxbrl.options import Options
from capxbrl.pipeline import Conversion
from capxbrl.repair import Problem, problems, shown_as
from capxbrl.ties import amount_at, relations


def analyse(text: str, *, repair: bool = False) -> Outcome[Conversion]:
    document, _ = pipeline.load(text.encode(), "changed.txt")
    return pipeline.analyse(document, Options(repair=repair))


def proposals(text: str) -> list[Problem]:
    made, _ = analyse(text)
    return list(problems(relations(made.tagged), made.tagged))


@pytest.fixture
def filing(reference: Path) -> str:
    return reference.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "label", "true", "kind"),
    [
        # a leaf of one sum: two digits swapped
        ("14,959\t10,871", "14,995\t10,871", "Accounts receivable", 14_959_000, "swapped"),
        # a subtotal: its own sum and the one above it
        ("61,929", "61,729", "Total current assets", 61_929_000, "digit"),
        # a total that stands twice
        (
            "Long-term portion of notes payable and capital lease obligations\t117\t28",
            "Long-term portion of notes payable and capital lease obligations\t177\t28",
            "Long-term portion",
            117_000,
            "digit-alike",
        ),
        # a digit lost
        (
            "Additional paid-in capital\t674,393",
            "Additional paid-in capital\t67,393",
            "Additional paid-in capital",
            674_393_000,
            "lost",
        ),
        # a digit too many
        ("Inventories\t21,043", "Inventories\t211,043", "Inventories", 21_043_000, "extra"),
        # parentheses lost
        ("Loss from operations\t(12,109)", "Loss from operations\t12,109", "Loss from operations", -12_109_000, "sign"),
        # net loss: two sums and earnings per share
        ("(31,881)", "(37,881)", "Net loss", -31_881_000, "digit-alike"),
    ],
)
def test_the_first_proposal_is_the_cell_and_its_true_value(
    filing: str, old: str, new: str, label: str, true: int, kind: str
) -> None:
    assert old in filing
    made, findings = analyse(filing.replace(old, new, 1))
    assert any(f.code.startswith(("foot.", "tie.")) and f.severity is Severity.WARNING for f in findings)
    first = problems(relations(made.tagged), made.tagged)[0].changes[0]
    ((place, value),) = first.values
    line = made.tagged[place.statement].statement.lines[place.line]
    assert line.label.startswith(label)
    assert (value, first.kind, first.breaks, first.leaves) == (Decimal(true), kind, 0, 0)
    (told,) = (f for f in findings if f.code.startswith(("foot.", "tie.")) and f.severity is Severity.WARNING)
    amount = amount_at(made.tagged, place)
    assert amount is not None and told.hint is not None
    assert f"{value:,}" in told.hint and str(amount.at) in told.hint and told.hint.count(" instead of ") <= 3


def test_the_finding_stands_at_the_figure_where_it_is_known(filing: str) -> None:
    """Net loss is in two sums and in earnings per share: only one figure mends them all, and one finding tells it."""
    made, findings = analyse(filing.replace("(31,881)", "(37,881)", 1))
    (told,) = (f for f in findings if f.code.startswith(("foot.", "tie.")) and f.severity is Severity.WARNING)
    at = amount_at(made.tagged, problems(relations(made.tagged), made.tagged)[0].changes[0].place)
    assert at is not None and told.at == at.at and "more of its sums" in told.message


def test_two_columns_of_a_line_exchanged(filing: str) -> None:
    changed = filing.replace("Research and development\t2,271\t2,017", "Research and development\t2,017\t2,271", 1)
    (problem,) = proposals(changed)
    assert problem.changes[0].kind == "exchanged"
    assert [v for _, v in problem.changes[0].values] == [Decimal(2_271_000), Decimal(2_017_000)]


def test_nothing_is_proposed_for_a_filing_that_foots(filing: str) -> None:
    assert proposals(filing) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("14,959\t10,871", "14,995\t10,871"),
        ("Loss from operations\t(12,109)", "Loss from operations\t12,109"),
        ("Change in fair value of warrant liability\t(19,558)", "Change in fair value of warrant liability\t(1,558)"),
        ("Additional paid-in capital\t674,393", "Additional paid-in capital\t67,393"),
    ],
)
def test_repair_restores_the_filing_and_tells_of_it(filing: str, old: str, new: str) -> None:
    whole, _ = analyse(filing)
    made, findings = analyse(filing.replace(old, new, 1), repair=True)
    assert [f.value for f in made.report.facts] == [f.value for f in whole.report.facts]
    assert not any(f.code.startswith("foot.") for f in findings)
    (told,) = (f for f in findings if f.code == "repair.applied")
    assert told.severity is Severity.WARNING and told.at is not None and "the source was changed" in told.message


def test_without_repair_the_page_stays_as_it_is(filing: str) -> None:
    made, _ = analyse(filing.replace("14,959\t10,871", "14,995\t10,871", 1))
    assert any(f.value == Decimal(14_995_000) for f in made.report.facts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a digit that one sum alone asks for: a row of that round figure may be missing as well
        ("Inventories\t21,043", "Inventories\t21,843"),
        # a digit lost, and another figure of the sum that one digit would mend
        ("Inventories\t21,043", "Inventories\t1,043"),
        # a share count that only earnings per share speak against: derived, not printed
        ("191,170\t159,240", "131,170\t159,240"),
    ],
)
def test_what_has_two_explanations_is_told_and_not_made(filing: str, old: str, new: str) -> None:
    assert old in filing
    _, findings = analyse(filing.replace(old, new, 1), repair=True)
    assert not any(f.code == "repair.applied" for f in findings)
    assert any(f.code.startswith(("foot.", "tie.")) and f.severity is Severity.WARNING for f in findings)


def test_a_doubtful_repair_is_told_and_not_made(filing: str) -> None:
    """Two slips in one sum: no single change mends it."""
    changed = filing.replace("14,959\t10,871", "14,995\t10,871", 1).replace(
        "Inventories\t21,043", "Inventories\t12,043", 1
    )
    _, findings = analyse(changed, repair=True)
    assert not any(f.code == "repair.applied" for f in findings)
    assert any(f.code == "foot.difference" for f in findings)


def test_a_figure_is_shown_as_its_neighbours(reference: Path) -> None:
    document, _ = pipeline.load(reference)
    made, _ = pipeline.analyse(document)
    cash = made.statements[0].lines[2].amounts[0]
    rate = next(a for line in made.statements[1].lines for a in line.amounts if a and a.unit.value == "USD/shares")
    assert cash is not None
    assert shown_as(cash, Decimal(-1_234_000)) == "1,234"
    assert shown_as(rate, Decimal("-0.5")) == "0.50"
