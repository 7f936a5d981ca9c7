"""What a report refers to is looked at before Arelle opens it: nothing outside, and no taxonomy that is absent."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl import gate
from capxbrl.findings import UnreadableInput
from capxbrl.gate.references import survey, title

FILING = b"""EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
Receivables                      2,500      2,400
Total assets                  $  3,750   $  3,500
"""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return cx.convert(FILING, validate=False).files


def _package(path: Path, package: bytes, name: str, old: bytes, new: bytes) -> Path:
    """The package with a text replaced in the member whose name ends so."""
    path.write_bytes(package)
    with zipfile.ZipFile(path) as archive:
        members = {m: archive.read(m) for m in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            changed = data.replace(old, new, 1) if member.endswith(name) else data
            assert not member.endswith(name) or changed != data
            archive.writestr(member, changed)
    return path


OUTSIDE = [
    "file:///etc/passwd",
    "FILE:/etc/passwd",
    "/etc/passwd",
    "../../../../etc/passwd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..\\..\\..\\etc\\passwd",
    "//host/share/x.xsd",
    "http://www.xbrl.org/../../../../etc/passwd",
    "c:/windows/win.ini",
    "ftp://example.com/x.xsd",
]


@pytest.mark.parametrize("target", OUTSIDE)
def test_a_report_that_refers_to_a_file_outside_is_refused(
    target: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    schema = f'<link:schemaRef xlink:type="simple" xlink:href="{target}"/><link:schemaRef'.encode()
    path = _package(tmp_path / "a.xbri", files["report.xbri"], "report.xhtml", b"<link:schemaRef", schema)
    with pytest.raises(UnreadableInput, match="not opened"):
        gate.validate(path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (".xsd", b"<xsd:import", b'<xsd:import namespace="urn:x" schemaLocation="file:///etc/x"/><xsd:import'),
        ("catalog.xml", b"<rewriteURI", b'<rewriteURI uriStartString="http://x/" rewritePrefix="/etc/"/><rewriteURI'),
        (
            "catalog.xml",
            b"<rewriteURI",
            b'<rewriteURI uriStartString="http://x/" rewritePrefix="../../../"/><rewriteURI',
        ),
        ("_pre.xml", b"<link:linkbase", b'<link:linkbase xml:base="file:///etc/"'),
        ("_lab.xml", b"xlink:href=", b'xlink:href="&#x66;ile:///etc/passwd" xlink:title='),
        ("report.xhtml", b"<html ", b"<html <file:///broken href='file:///etc/passwd' "),
    ],
)
def test_in_whatever_document(name: str, old: bytes, new: bytes, files: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="not opened"):
        gate.validate(_package(tmp_path / "a.xbri", files["report.xbri"], name, old, new))


def test_a_pipe_beside_a_report_is_not_waited_for(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    schema = next(tmp_path.glob("*.xsd"))
    schema.unlink()
    os.mkfifo(schema)
    with pytest.raises(UnreadableInput, match="no file of a report"):
        gate.validate(tmp_path / "report.xhtml")
    schema.unlink()
    schema.symlink_to("/etc/passwd")
    with pytest.raises(UnreadableInput, match="outside"):
        gate.validate(tmp_path / "report.xhtml")


def test_its_own_taxonomy_is_always_found(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert gate.validate(tmp_path / "report.xhtml").valid


def test_an_absent_taxonomy_is_one_finding(shared: Path, tmp_path: Path) -> None:
    made = cx.convert(FILING, taxonomy_name="us-gaap-2009", viewer=False)
    assert made.validation is not None
    (told,) = made.validation.findings
    assert (told.code, made.validation.judged, made.validation.valid) == ("gate.no-taxonomy", False, False)
    assert "us-gaap 2009" in told.message and "us-gaap-2009.zip" in str(told.hint)
    assert "NOT JUDGED" in made.files["receipt.txt"].decode()
    folder = shared / "taxonomies"
    if not (folder / "us-gaap-2009.zip").exists():
        pytest.skip("the us-gaap 2009 package is not here")
    again = cx.convert(FILING, taxonomy_name="us-gaap-2009", viewer=False, package_folders=[folder])
    assert again.validation is not None and again.validation.judged and again.validation.valid


def test_a_taxonomy_is_named_by_its_address() -> None:
    assert title("http://fasb.org/us-gaap/2025") == "us-gaap 2025"
    assert title("http://xbrl.us/dei/2009-01-31") == "dei 2009"
    assert title("http://xbrl.fasb.org/us-gaap/2016/elts/us-gaap-2016-01-31.xsd") == "us-gaap 2016"
    assert title("http://example.com/own.xsd") == "http://example.com/own.xsd"


def test_the_survey_counts_the_facts_of_a_namespace(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "report.xbri").write_bytes(files["report.xbri"])
    assert sum(survey(tmp_path / "report.xbri").facts.values()) == 6
