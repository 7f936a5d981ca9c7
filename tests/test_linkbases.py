"""Linkbases that the reference filing does not need: a concept presented twice, and a statement with an axis."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl import gate, taxonomy, writers
from capxbrl.files import save
from capxbrl.model import PresentationNode, Report
from capxbrl.reports.labels import labelled


@pytest.fixture(scope="module")
def report(reference: Path) -> Report:
    return cx.convert(reference, validate=False).report


def with_first_statement(report: Report, **new: object) -> Report:
    """The report with something changed in the role of its first statement."""
    number, role = next((n, r) for n, r in enumerate(report.extension.roles) if r.arcs)
    roles = list(report.extension.roles)
    roles[number] = replace(role, **new)  # type: ignore[arg-type]
    roles, labels = labelled(roles, (concept for concept, _ in report.extension.labels))
    return replace(report, extension=replace(report.extension, roles=tuple(roles), labels=labels))


def test_a_concept_presented_twice(report: Report, tmp_path: Path) -> None:
    """As cash at the start and at the end of the period: two places under one heading, told apart by their labels."""
    role = next(r for r in report.extension.roles if r.arcs)
    last = role.nodes[-1]
    again = [
        PresentationNode(concept=last.concept, depth=last.depth, preferred=p) for p in ("periodStart", "periodEnd")
    ]
    save(writers.write(with_first_statement(report, nodes=(*role.nodes, *again))), tmp_path)
    assert gate.validate(tmp_path / writers.PACKAGE).findings == ()


def test_a_statement_with_an_axis(report: Report, tmp_path: Path) -> None:
    """The hypercube, its axis, domain, default and member (XBRL Dimensions 1.0)."""
    concepts = taxonomy.load().concepts
    table, items = concepts["StatementTable"], concepts["StatementLineItems"]
    axis, domain, member = (
        concepts[n] for n in ("StatementClassOfStockAxis", "ClassOfStockDomain", "CommonClassAMember")
    )
    changed = with_first_statement(report, table=table, items=items, dimensions=((axis, domain, (member,)),))
    save(writers.write(changed), tmp_path)
    assert gate.validate(tmp_path / writers.PACKAGE).findings == ()


def test_two_concepts_that_are_one_element_are_one_line_of_a_cube(report: Report, tmp_path: Path) -> None:
    concepts = taxonomy.load().concepts
    table, items = concepts["StatementTable"], concepts["StatementLineItems"]
    cube = tuple(concepts[n] for n in ("StatementClassOfStockAxis", "ClassOfStockDomain", "CommonClassAMember"))
    role = next(r for r in report.extension.roles if r.arcs)
    last = role.nodes[-1]
    other = replace(last, concept=replace(last.concept, label="Other words"), preferred="terse")
    changed = with_first_statement(
        report, nodes=(*role.nodes, other), table=table, items=items, dimensions=((cube[0], cube[1], cube[2:]),)
    )
    save(writers.write(changed), tmp_path)
    assert gate.validate(tmp_path / writers.PACKAGE).findings == ()
