"""Learning from data sets: companies count, filings do not, and the same input gives the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from capxbrl.findings import BadData
from capxbrl.learning import datasets, examples, learn
from capxbrl.tagging import rank, tables
from capxbrl.taxonomy import load

LINES = [
    ("Cash", "CashAndCashEquivalentsAtCarryingValue"),
    ("Receivables", "AccountsReceivableNetCurrent"),
    ("Widget stock", "InventoryNet"),
    ("Total current assets", "AssetsCurrent"),
    ("Total assets", "Assets"),
]
COLUMNS = ["adsh", "cik", "stmt", "report", "line", "inpth", "tag", "standard", "plabel"]


def table(path: Path, companies: int = 8, filings: int = 1, odd: str = "") -> Path:
    """A table of lines: every company files the same balance sheet; company 0 files `filings` times and may have an odd
    tag.
    """
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for company in range(companies):
            for filing in range(filings if company == 0 else 1):
                for number, (label, tag) in enumerate(LINES):
                    mine = odd if odd and company == 0 and label == "Widget stock" else tag
                    writer.writerow([f"{company}-{filing}", company, "BS", 2, number, 0, mine, 1, label])
    return path


def test_companies_are_counted_not_filings(tmp_path: Path) -> None:
    source = table(tmp_path / "lines.csv", companies=3, filings=50, odd="Goodwill")
    types = {c.name: c.type for c in load().concepts.values()}
    counts = examples.count(datasets.filings([source]), types)
    assert counts["BS", "", "widget stock"] == {"Goodwill": 1, "InventoryNet": 2}


def test_learning_and_using_a_table(tmp_path: Path) -> None:
    source = table(tmp_path / "lines.csv")
    data = learn([source], size=16, passes=60)
    assert data == learn([source], size=16, passes=60)
    path = tmp_path / "learned.zip"
    path.write_bytes(data)
    learned = tables.learned(path)
    (filing, *_) = datasets.filings([source])
    types = {c.name: c.type for c in load().concepts.values()}
    lines = examples.seen(filing.statements[0], types)
    best = [row[0].name for row in rank.rank([lines], learned, examples.marks(filing))[0]]
    assert best == [tag for _, tag in LINES]
    reasons = learned.lines.reasons(lines, (), 2, "InventoryNet", "Assets")
    assert reasons[0][0] > 0 and reasons == sorted(reasons, key=lambda r: (-r[0], r[1]))


def test_companies_can_be_left_out(tmp_path: Path) -> None:
    source = table(tmp_path / "lines.csv", companies=2, odd="Goodwill")
    read = [f for f in datasets.filings([source]) if f.company != "0"]
    assert {f.company for f in read} == {"1"}
    with pytest.raises(BadData, match="too little to learn from"):
        learn([source], leave_out={"0"}, size=4, passes=1)


def test_a_data_set_of_the_commission(tmp_path: Path) -> None:
    path = tmp_path / "2009q3.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sub.txt", "adsh\tcik\na\t1\n")
        rows = io.StringIO()
        rows.write("adsh\treport\tline\tstmt\tinpth\ttag\tversion\tplabel\n")
        rows.write("a\t2\t2\tBS\t0\tAssets\tus-gaap/2009\tTotal assets\n")
        rows.write("a\t2\t1\tBS\t0\tMyOwn\ta\tGizmos\n")
        rows.write("a\t3\t1\tCP\t0\tEntityName\tdei/2009\tName\n")
        archive.writestr("pre.txt", rows.getvalue())
    (filing,) = datasets.filings([path])
    assert filing.statements == (datasets.Shown("BS", True, (("Gizmos", ""), ("Total assets", "Assets"))),)


@pytest.mark.parametrize("content", [b"not a zip", None])
def test_other_files_are_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    if content is None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("other.txt", "")
    else:
        path.write_bytes(content)
    with pytest.raises(BadData, match=r"x\.zip"):
        list(datasets.filings([path]))
    bad = tmp_path / "lines.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(BadData, match="the column 'adsh' is missing"):
        list(datasets.filings([bad]))
