"""Learn which concept companies give to a line: what a conversion never needs (`capxbrl learn`)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path

from ..findings import BadData
from ..tagging.models import filings as filing_model
from ..tagging.models import lines as line_model
from ..tagging.models import precedents
from ..tagging.tables import LEARNED_COLUMNS
from ..taxonomy import load
from . import datasets, examples, filings, lines


def learn(
    sources: Sequence[Path], *, leave_out: Collection[str] = (), size: int = lines.SIZE, passes: int = lines.PASSES
) -> bytes:
    """The learned table as the bytes of an archive: labels.csv, the two models, the precedents. Takes minutes for a
    year of filings.

    Raises BadData for sources that cannot be read or are too few.
    """
    types = {c.name: c.type for c in load().concepts.values() if not c.abstract}
    concepts = ("", *sorted(types))
    read = [f for f in datasets.filings(sources) if f.company not in leave_out]
    try:
        of_lines = lines.fit(examples.line_examples(read, types, concepts), len(concepts), size=size, passes=passes)
        of_filings = filings.fit(examples.filing_examples(read, types, concepts), concepts)
    except ValueError as error:
        raise BadData(f"{sources[0]}: too little to learn from: {error}") from None
    return pack(
        examples.count(read, types),
        lines.rounded(of_lines, concepts),
        filings.rounded(of_filings),
        examples.precedents_of(read, types, concepts),
    )


def pack(
    counts: examples.Counts, one: line_model.Model, whole: filing_model.Model, known: precedents.Precedents
) -> bytes:
    """An archive with a fixed time stamp: same input, same bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(LEARNED_COLUMNS)
    for key, tags in counts.items():
        writer.writerows((*key, tag, n) for tag, n in sorted(tags.items(), key=lambda t: (-t[1], t[0])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        members = (
            {"labels.csv": buffer.getvalue().encode()}
            | line_model.save(one)
            | filing_model.save(whole)
            | precedents.save(known)
        )
        for name, data in members.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=9
            )
    return out.getvalue()
