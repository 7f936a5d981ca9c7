"""What a filing may be given as, and overrides."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import capxbrl as cx

PAGE = """Société Example
CONSOLIDATED BALANCE SHEETS
(In thousands)
                 June 30, 2001
Cash                   $ 1,000
Receivables                250
Total assets           $ 1,250
"""


class Place:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


WAYS: dict[str, Callable[[Path], Any]] = {
    "path as text": str,
    "Path": Path,
    "PathLike": Place,
    "text": lambda path: path.read_text(encoding="utf-8"),
    "text with the line ends of Windows": lambda path: path.read_text(encoding="utf-8").replace("\n", "\r\n"),
    "bytes": Path.read_bytes,
    "bytearray": lambda path: bytearray(path.read_bytes()),
    "memoryview": lambda path: memoryview(path.read_bytes()),
    "a part of a memoryview": lambda path: memoryview(b"??" + path.read_bytes())[2:],
    "file of bytes": lambda path: path.open("rb"),
    "file of text": lambda path: path.open(encoding="utf-8"),
    "unbuffered file": lambda path: path.open("rb", buffering=0),
    "BytesIO": lambda path: io.BytesIO(path.read_bytes()),
    "StringIO": lambda path: io.StringIO(path.read_text(encoding="utf-8")),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_source(way: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.encode())
    source = WAYS[way](path)
    made = cx.convert(source, validate=False)
    assert [str(f.value) for f in made.facts.where("Assets")] == ["1250000"]
    assert "Société" in made.document.text
    named = way in ("path as text", "Path", "PathLike", "file of bytes", "file of text", "unbuffered file")
    assert made.document.name == ("page.txt" if named else "input")
    if "Windows" not in way:
        assert made.document.digest == cx.read(path).value.digest
    assert cx.convert(WAYS[way](path), name="other.txt", validate=False).document.name == "other.txt"
    if hasattr(source, "close"):
        source.close()


def test_an_open_file_is_read_from_where_it_stands() -> None:
    file = io.BytesIO(b"garbage\n" + PAGE.encode())
    file.readline()
    assert cx.read(file).value.text == PAGE


def test_a_text_is_told_from_a_path_by_its_line_break_or_tag() -> None:
    for text in (PAGE, "a\rb", "<html><body><p>One line</p></body></html>", "\ufeff<p>One</p>"):
        assert cx.read(text).value.name == "input"
    for path in ("page.txt", "Total assets 1,250", "C:\\a\\b.txt"):
        with pytest.raises(cx.UnreadableInput, match="No such file"):
            cx.read(path)


def test_a_text_is_what_it_says_whatever_it_once_was_encoded_in() -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Société Générale</p></body></html>"
    assert cx.read(page).value.text == page
    assert cx.read(io.StringIO(page)).value.text == page


@pytest.mark.parametrize(
    ("source", "error", "told"),
    [
        ("", cx.UnreadableInput, "input: the file is empty"),
        (b"", cx.UnreadableInput, "input: the file is empty"),
        (io.BytesIO(b""), cx.UnreadableInput, "input: the file is empty"),
        ("a\0b", cx.UnreadableInput, "no path; a text of one line is given as bytes"),
        ("x" * 5000, cx.UnreadableInput, "no path; a text of one line is given as bytes"),
        ("https://www.sec.gov/a.txt", cx.UnreadableInput, "never downloads"),
        (None, TypeError, "not NoneType"),
        (3, TypeError, "a filing is a path, text, bytes or an open file, not int"),
        (["a.txt"], TypeError, "not list"),
    ],
)
def test_what_is_no_source_is_told(source: Any, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        cx.convert(source, validate=False)


def test_a_file_without_end_is_not_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capxbrl.sources.MAX_BYTES", 100)
    monkeypatch.setattr("capxbrl.readers.MAX_BYTES", 100)

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert size >= 0
            return b"x" * size

    with pytest.raises(cx.UnreadableInput, match="101 bytes"):
        cx.read(Endless())  # type: ignore[arg-type]


# --- overrides -------------------------------------------------------------------------------------------------------

ROW = {"statement": "balance_sheet", "label": "Warrant liability", "concept": "DerivativeLiabilitiesCurrent"}
CSV = "statement,label,under,concept,negate,note\nbalance_sheet,Warrant liability,,DerivativeLiabilitiesCurrent,,\n"


def given(way: str, folder: Path) -> Any:
    import pandas as pd

    path = folder / "mine.csv"
    path.write_text(CSV)
    empty = {"label": "Nothing", "concept": pd.NA}
    frame = pd.DataFrame([ROW | {"negate": None, "under": float("nan")}, ROW | empty])
    return {
        "path": path,
        "path as text": str(path),
        "PathLike": Place(path),
        "paths": [path],
        "rows": [ROW],
        "one row": ROW,
        "tuples": [("balance_sheet", "Warrant liability", "", "DerivativeLiabilitiesCurrent")],
        "rows of a generator": (row for row in [ROW]),
        "DataFrame": frame,
        "DataFrames": [frame],
        "path and rows": [path, ROW | {"label": "Inventories", "concept": "InventoryNet"}],
    }[way]


WAYS_OF_OVERRIDES = ["path", "path as text", "PathLike", "paths", "rows", "one row", "tuples", "rows of a generator",
                     "DataFrame", "DataFrames", "path and rows"]  # fmt: skip


@pytest.mark.parametrize("way", WAYS_OF_OVERRIDES)
def test_overrides_as_path_rows_or_frame(way: str, tmp_path: Path, reference: Path) -> None:
    made = cx.convert(reference, validate=False, overrides=given(way, tmp_path))
    fact = made.fact("DerivativeLiabilitiesCurrent")
    source = "overrides-given.csv" if "row" in way or "tuples" in way or "Frame" in way else "mine.csv"
    assert fact.why == f"override {'mine.csv' if way == 'path and rows' else source}:2"
    # Rows that no file holds are kept with what was made of them, so that it can be repeated.
    assert ("overrides-given.csv" in made.files) == (source == "overrides-given.csv")
    receipt = made.files["receipt.txt"].decode()
    assert f"Overrides  {source}, SHA-256" in receipt and f"--overrides {source}" in receipt
    again = tmp_path / "again.csv"
    if source in made.files:
        again.write_bytes(made.files[source])
        assert cx.convert(reference, validate=False, overrides=again).to_frame().value.equals(made.to_frame().value)


def test_precedents_are_given_in_the_same_ways(reference: Path) -> None:
    made = cx.convert(reference, validate=False, precedents=[ROW])
    assert made.fact("DerivativeLiabilitiesCurrent").why.startswith("precedent precedents-given.csv:2")


@pytest.mark.parametrize(
    ("rows", "error", "told"),
    [
        ([{"labl": "Cash"}], cx.BadData, "row 1: there is no column 'labl'; known: statement, label"),
        ([ROW, ("a",) * 7], cx.BadData, "row 2: is no row of statement, label"),
        ([ROW | {"statement": "sheet"}], cx.BadData, "overrides-given.csv:2: the statement is 'sheet'"),
        ([ROW | {"negate": "maybe"}], cx.BadData, "overrides-given.csv:2: negate is 'maybe'"),
        (3, cx.WrongOption, "overrides are files, rows or DataFrames, not int"),
        ([3], cx.WrongOption, "overrides are files, rows or DataFrames, not int"),
        ("absent.csv", cx.BadData, "absent.csv: No such file"),
    ],
)
def test_what_is_wrong_with_rows_is_told(rows: Any, error: type[Exception], told: str, reference: Path) -> None:
    with pytest.raises(error, match=told):
        cx.convert(reference, validate=False, overrides=rows)


def test_a_cell_that_looks_like_a_formula_is_a_label() -> None:
    page = "EXAMPLE\nCONSOLIDATED BALANCE SHEETS\n    June 30, 2001\n- Other  $ 50\nCash  $ 50\nTotal assets  $ 100\n"
    made = cx.convert(page, validate=False, overrides=[{"label": "- Other", "concept": "OtherAssets", "negate": False}])
    assert made.fact("OtherAssets").value == 50


def test_options_as_a_script_has_them() -> None:
    made = cx.Options(taxonomy="us-gaap", formats="excel, parquet", packages="a.zip", assume={"scale": 3}, cik=5)
    assert made.formats == ("excel", "parquet") and made.packages == (Path("a.zip"),)
    assert made.assume.scale == 3 and made.cik == "5"
    with pytest.raises(TypeError, match="taxonmy"):
        cx.convert(PAGE, taxonmy="us-gaap")  # type: ignore[call-arg]
    with pytest.raises(cx.BadData, match="there is no taxonomy 'ifrs'; known: capx-gaap, us-gaap"):
        cx.convert(PAGE, taxonomy="ifrs", validate=False)


@pytest.mark.parametrize("name", ["capx-gaap", "us-gaap", "us-gaap-2009"])
def test_taxonomies_by_the_names_of_the_command_line(name: str, reference: Path) -> None:
    made = cx.convert(reference, taxonomy=name, validate=False)
    prefix = "capx-gaap" if name == "capx-gaap" else "us-gaap"
    assert made.fact("Assets", end="2009-09-30").concept.qname == f"{prefix}:Assets"
    assert cx.load_taxonomy(name, "2009-09-30").name == ("capx-gaap" if name == "capx-gaap" else "us-gaap-2009")


def test_the_vintage_of_no_day_is_asked_for() -> None:
    with pytest.raises(cx.BadData, match="us-gaap is the vintage of a day: give the day, or one of us-gaap-2009"):
        cx.load_taxonomy("us-gaap")


def test_a_document_is_analysed_without_files(reference: Path) -> None:
    document, read = cx.read(os.fspath(reference))
    made, found = cx.analyse(document, cx.Options(strict=True))
    assert made.files == {} and made.validation is None and made.options.strict
    assert made.facts == cx.convert(reference, validate=False).facts and not read
    assert tuple(made.findings) == found
