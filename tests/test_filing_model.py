"""The model that sees the whole filing: its slopes are those of its errors, it learns what stands around a line, and it
comes back from an archive as it went in."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from capxbrl.learning import examples, filings
from capxbrl.learning.datasets import Filing, Shown
from capxbrl.learning.layers import Weights
from capxbrl.tagging.models import arrays
from capxbrl.tagging.models import filings as inference
from capxbrl.tagging.models.lines import Seen


def tiny(rng: np.random.Generator) -> tuple[dict[str, Any], Any, filings.Batch, list[Any], dict[str, Any], Any]:
    """A model with few numbers, in double precision; three filings, one of them longer than the reach."""
    dense = inference.shapes(width=5, size=6, blocks=2, heads=2)
    wanted = filings.layout(7, 4, 3, dense)
    values, parts = filings.laid_out(wanted, np.float64)
    values[:] = rng.normal(0, 0.5, values.shape)
    _, slopes = filings.laid_out(wanted, np.float64)
    owner = np.sort(rng.integers(0, 32, 90))
    batch = filings.Batch(
        rows=rng.integers(0, 7, 90),
        owner=owner[owner != 5],
        spans=[(0, 4), (4, 28), (28, 32)],
        statement=np.array([0, 0, 1, 1, *[0] * 10, *[1] * 14, 0, 0, 0, 0]),
        concept=rng.integers(-1, 4, 32),
    )
    batch = dataclasses.replace(batch, rows=batch.rows[: len(batch.owner)])
    masks = [(rng.random((32, 6)) > 0.3) / 0.7 for _ in range(6)]
    return parts, rng.normal(0, 1, (4, 3)), batch, masks, slopes, values


@pytest.mark.parametrize("name", filings.layout(1, 1, 1))
def test_the_slopes_are_what_the_error_changes_by(name: str) -> None:
    rng = np.random.default_rng(3)
    parts, named, batch, masks, slopes, _ = tiny(rng)
    filings.find_slopes(Weights(parts, slopes), named, batch, masks)
    told = slopes[name].copy()
    assert np.abs(told).max() > 1e-4
    for _ in range(12):
        at = tuple(int(rng.integers(0, n)) for n in told.shape)
        before, error = parts[name][at], []
        for step in (1e-6, -1e-6):
            parts[name][at] = before + step
            error.append(filings.find_slopes(Weights(parts, slopes), named, batch, masks))
        parts[name][at] = before
        assert told[at] == pytest.approx((error[0] - error[1]) / 2e-6, rel=1e-4, abs=1e-8), at


def test_a_filing_is_not_seen_by_another() -> None:
    rng = np.random.default_rng(3)
    parts, _, batch, _, _, _ = tiny(rng)
    summed = arrays.sums(parts["vectors"][batch.rows], batch.owner, 32)
    whole = inference.forward(parts, summed, batch.spans, batch.statement)
    alone = inference.forward(parts, summed[4:28], [(0, 24)], batch.statement[4:28])
    assert np.allclose(whole[4:28], alone)
    together = inference.forward(parts, summed, [(0, 32)], batch.statement)
    assert not np.allclose(whole[4:28], together[4:28])


def test_training_goes_the_way_of_inference() -> None:
    parts, _, batch, masks, slopes, _ = tiny(np.random.default_rng(3))
    summed = arrays.sums(parts["vectors"][batch.rows], batch.owner, 32)
    nothing_dropped = [np.ones_like(mask) for mask in masks]
    trained, _ = filings.network(Weights(parts, slopes), batch, nothing_dropped)(summed)
    assert (trained == inference.forward(parts, summed, batch.spans, batch.statement)).all()


CONCEPTS = ("", "AssetsCurrent", "LiabilitiesCurrent", "OtherAssetsCurrent", "OtherLiabilitiesCurrent")


def source() -> list[Filing]:
    """Twelve companies: what "Other" is depends on the line that follows it, one further on."""
    out = []
    for company in range(12):
        lines: list[tuple[str, str]] = []
        for side in ("Assets", "Liabilities") if company % 2 else ("Liabilities", "Assets"):
            lines += [("Other", f"Other{side}Current"), ("Gizmos", ""), (f"Total {side.lower()}", f"{side}Current")]
        out.append(Filing(str(company), str(company), (Shown("BS", True, tuple(lines)),)))
    return out


@pytest.fixture(scope="module")
def model() -> inference.Model:
    source_of = examples.filing_examples(source()[2:], {}, CONCEPTS)
    assert len(source_of.company) == 10
    made = filings.fit(source_of, CONCEPTS, passes=100)
    assert made.out.tobytes() == filings.fit(source_of, CONCEPTS, passes=100).out.tobytes()
    return filings.rounded(made)


def test_a_line_is_told_by_those_around_it(model: inference.Model) -> None:
    for filing in source()[:2]:
        lines = examples.seen(filing.statements[0], {})
        (found,) = inference.shares(model, [lines])
        assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
        told = [CONCEPTS[i] for i in found.argmax(axis=1)]
        assert told == [tag for _, tag in filing.statements[0].lines]


def test_each_statement_has_its_rows(model: inference.Model) -> None:
    lines = [Seen("Other", "BS"), Seen("Never seen before", "BS"), Seen("Total assets", "BS")]
    found = inference.shares(model, [lines, [], lines[:1]])
    assert [f.shape for f in found] == [(3, 5), (0, 5), (1, 5)]
    assert inference.shares(model, []) == []
    assert [f.shape for f in inference.shares(model, [[]])] == [(0, 5)]
    long = [[Seen("Other", "BS")] * (inference.LONGEST + 7)]
    assert inference.shares(model, long)[0].shape == (inference.LONGEST + 7, 5)


def test_the_model_comes_back_as_it_was(model: inference.Model) -> None:
    members = inference.save(model)
    assert all(name.startswith("context-") for name in members)
    again = inference.restore(members, CONCEPTS)
    lines = [Seen("Other", "BS"), Seen("Total assets", "BS")]
    assert (inference.shares(again, [lines])[0] == inference.shares(model, [lines])[0]).all()
    assert inference.save(again) == members
    with pytest.raises(KeyError):
        inference.restore({n: m for n, m in members.items() if n != "context-far.npy"}, CONCEPTS)
    with pytest.raises(ValueError, match="does not fit"):
        inference.restore(members | {"context-bias.npy": members["context-factors.npy"]}, CONCEPTS)
    with pytest.raises(ValueError, match="wrong dimensions"):
        inference.restore(members | {"context-up.npy": members["context-bias.npy"]}, CONCEPTS)


def test_too_few_companies_teach_nothing() -> None:
    with pytest.raises(ValueError, match="no word"):
        filings.fit(examples.filing_examples(source()[:2], {}, CONCEPTS), CONCEPTS, passes=1)
