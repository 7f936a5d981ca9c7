"""What was measured, as evals/reading.txt has it: for the README and for the page of limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

READING = Path(__file__).resolve().parent.parent / "evals" / "reading.txt"
#: A line that sums a corpus up: "real: read 0.9989  clean 0.9971 ... doubtful 0.9433 of 0.0135  (10414 facts, 61 ...".
_SUMMED = re.compile(r"^([a-z0-9]+): (read .*?)\s+\((\d+) facts, (\d+) documents\)$", re.M)
_MEASURED = re.compile(r"([a-z]+) ([\d.]+|-)(?: of ([\d.]+))?")
MEASURES = ("read", "clean", "signed", "kin", "silent")
#: What the documents of each corpus are.
CORPORA = {
    "real": "real filings",
    "forms": "the same pages in other forms",
    "filed": "HTML, as filed",
    "gold": "reports read by hand",
    "rendered": "rebuilt filings of 2009",
}
#: What the forms are, where their names do not say it.
_FORMS = {"gfm": "markdown", "ocrtext": "text of OCR", "print": "PDF", "scan": "searchable scans, extra `ocr`"}


def readings() -> Iterator[tuple[str, Mapping[str, str]]]:
    """(what the documents are, {measure: figure}) of each corpus, and after it of each form that its pages are in."""
    for part in READING.read_text(encoding="utf-8").split("$ python ")[1:]:
        corpus = part.partition("/corpus/")[2].split()[0]
        summed = _SUMMED.findall(part)
        for name, told, figures, documents in summed:
            if name == "all" or len(summed) > 2:
                yield (
                    CORPORA[corpus] if name == "all" else f"– {_FORMS.get(name, name)}",
                    _row(told, figures, documents),
                )


def _row(told: str, figures: str, documents: str) -> dict[str, str]:
    out = {"figures": f"{int(figures):,}", "documents": documents, "stated": "", "doubtful": ""}
    for name, true, share in _MEASURED.findall(told):
        out[name] = f"{float(true):.3f}" + (f" of {float(share):.2f}" if share else "") if true != "-" else ""
    return out
