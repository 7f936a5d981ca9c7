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
    made = cx.convert(reference, taxonomy_name=f"us-gaap-{year}", package_folders=[packages], viewer=False)
    assert made.validation is not None
    assert (made.validation.judged, made.validation.findings) == (True, ())


def test_a_package_is_one_that_judges(packages: Path, reference: Path, tmp_path: Path) -> None:
    """An element that the year does not have, or has with another period, is told."""
    made = cx.convert(reference, taxonomy_name="us-gaap-2014", validate=False, viewer=False)
    old = b"us-gaap:InventoryNet"
    for new in (old + b"Gross", b"us-gaap:Revenues"):
        folder = tmp_path / new.decode().partition(":")[2]
        folder.mkdir()
        for name, data in made.files.items():
            if name.endswith((".xhtml", ".xsd", ".xml")):
                (folder / name).write_bytes(data.replace(old, new) if name == "report.xhtml" else data)
        told = cx.validate(folder / "report.xhtml", packages=[packages / "us-gaap-2014.zip"])
        assert not told.valid, new
