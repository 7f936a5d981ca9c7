"""Reports in the elements of years other than 2009, through Arelle with packages made of the list of elements."""

from __future__ import annotations

from pathlib import Path

import published
import pytest

import capxbrl as cx


@pytest.fixture(scope="module")
def packages(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for year in ("2014", "2025"):
        published.package(shared / "taxonomies" / "elements-by-year.csv", year, folder / f"us-gaap-{year}.zip")
    return folder


@pytest.mark.parametrize("year", ["2014", "2025"])
def test_the_reference_filing_is_valid_in_another_year(year: str, packages: Path, reference: Path) -> None:
    made = cx.convert(reference, taxonomy=f"us-gaap-{year}", package_folders=[packages], viewer=False)
    assert made.validation is not None
    assert (made.validation.judged, made.validation.findings) == (True, ())


PARTS = """CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

\tYear Ended December 31,
\t2023\t2022
Revenues:
Products\t$ 4,000\t$ 3,500
Services\t2,100\t1,600
Total revenues\t6,100\t5,100
Cost of revenues:
Products\t2,000\t1,900
Services\t1,100\t600
Total cost of revenues\t3,100\t2,500
Gross profit\t3,000\t2,600
Income taxes\t600\t500
Net income\t$ 2,400\t$ 2,100
"""


def test_parts_and_total_of_one_element_are_valid(packages: Path) -> None:
    made = cx.convert(PARTS.encode(), name="page.txt", taxonomy="us-gaap-2025", package_folders=[packages])
    assert made.validation is not None
    assert (made.validation.judged, made.validation.findings) == (True, ())


def test_a_package_is_one_that_judges(packages: Path, reference: Path, tmp_path: Path) -> None:
    """An element that the year does not have, or has with another period, is told."""
    made = cx.convert(reference, taxonomy="us-gaap-2014", validate=False, viewer=False)
    old = b"us-gaap:InventoryNet"
    for new in (old + b"Gross", b"us-gaap:Revenues"):
        folder = tmp_path / new.decode().partition(":")[2]
        folder.mkdir()
        for name, data in made.files.items():
            if name.endswith((".xhtml", ".xsd", ".xml")):
                (folder / name).write_bytes(data.replace(old, new) if name == "report.xhtml" else data)
        told = cx.validate(folder / "report.xhtml", packages=[packages / "us-gaap-2014.zip"])
        assert not told.valid, new
