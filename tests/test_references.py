"""What a report refers to is looked at before Arelle opens it: nothing outside, and no taxonomy that is absent."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

import capxbrl as cx
from capxbrl import gate
from capxbrl.cli import main
from capxbrl.findings import UnreadableInput
from capxbrl.gate import references
from capxbrl.gate.inputs import check_markup
from capxbrl.gate.references import rewritten_by, survey, title


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
    target: str, mills_files: Mapping[str, bytes], tmp_path: Path
) -> None:
    schema = f'<link:schemaRef xlink:type="simple" xlink:href="{target}"/><link:schemaRef'.encode()
    path = _package(tmp_path / "a.xbri", mills_files["report.xbri"], "report.xhtml", b"<link:schemaRef", schema)
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
def test_in_whatever_document(
    name: str, old: bytes, new: bytes, mills_files: Mapping[str, bytes], tmp_path: Path
) -> None:
    with pytest.raises(UnreadableInput, match="not opened"):
        gate.validate(_package(tmp_path / "a.xbri", mills_files["report.xbri"], name, old, new))


def _as(name: str, data: bytes, mills_files: Mapping[str, bytes], path: Path) -> Path:
    """The report with its schema under another name, and other bytes."""
    with zipfile.ZipFile(io.BytesIO(mills_files["report.xbri"])) as archive, zipfile.ZipFile(path, "w") as made:
        for member in archive.namelist():
            folder, _, file = member.rpartition("/")
            if "/reports/" in member and file.endswith(".xsd"):
                made.writestr(f"{folder}/{name}", data)
            elif file == "report.xhtml":
                made.writestr(
                    member, re.sub(rb'(schemaRef [^>]*href=")[^"]*', rb"\g<1>" + name.encode(), archive.read(member))
                )
            else:
                made.writestr(member, archive.read(member))
    return path


_SCHEMA = (
    '<?xml version="1.0" encoding="{}"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'targetNamespace="urn:x">'
    '<xs:import namespace="urn:y" schemaLocation="file:///etc/passwd"/></xs:schema>'
)


@pytest.mark.parametrize("name", ["ext.dat", "ext", "ext.xsd.txt", "ext.XSD", "ext.json"])
@pytest.mark.parametrize("broken", [False, True])
def test_whatever_a_document_is_called(
    name: str, broken: bool, mills_files: Mapping[str, bytes], tmp_path: Path
) -> None:
    text = _SCHEMA.format("utf-8").replace("</xs:schema>", "" if broken else "</xs:schema>")
    with pytest.raises(UnreadableInput, match="not opened"):
        gate.validate(_as(name, text.encode(), mills_files, tmp_path / "a.xbri"))
    entity = text.replace("<xs:schema ", "<!DOCTYPE x [<!ENTITY a 'b'>]><xs:schema ")
    with pytest.raises(UnreadableInput, match="entities"):
        gate.validate(_as(name, entity.encode(), mills_files, tmp_path / "a.xbri"))


@pytest.mark.parametrize("encoding", ["cp037", "utf-32-le", "utf-32-be", "utf-7", "rot13", "unicode_escape", "zz"])
@pytest.mark.parametrize("broken", [False, True])
def test_in_an_encoding_that_hides_it(
    encoding: str, broken: bool, mills_files: Mapping[str, bytes], tmp_path: Path
) -> None:
    text = _SCHEMA.format(encoding).replace("</xs:schema>", "" if broken else "</xs:schema>")
    data = text.encode(encoding) if encoding[:2] in ("cp", "ut") and encoding != "utf-7" else text.encode()
    with pytest.raises(UnreadableInput, match="encoding"):
        gate.validate(_as("ext.xsd", data, mills_files, tmp_path / "a.xbri"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "UTF-8", "utf8", "us-ascii", "ASCII", "ISO-8859-1", "latin1", "windows-1252", "UTF-16"]
)
def test_usual_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    check_markup(_SCHEMA.format(encoding).encode(encoding), "a.xsd")
    check_markup(b"{}", "a.json")
    check_markup(b"", "empty")


@pytest.mark.parametrize(
    "reference",
    [
        *("file:///etc/x", "/etc/x", "../../x", "a/../../../x", "http://a/../x", "&#102;ile:/x", "%66ile:/x"),
        *("c:/x", "a'../../../../x", "ftp://a/x", "//h/x", "\\\\h\\x", "http://a&#47;..&#47;x", "file://h/x#y"),
    ],
)
@pytest.mark.parametrize("attribute", ["xlink:href", "schemaLocation", "xsi:schemaLocation", "xml:base"])
def test_a_taxonomy_package_leads_nowhere_else(attribute: str, reference: str, tmp_path: Path) -> None:
    """The caller's own, or one that was found in a folder: it may come from anywhere."""
    value = f"urn:a {reference}" if attribute == "xsi:schemaLocation" else reference
    quoted = f'"{value}"' if "'" in value else f"'{value}'"
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "a/x.xsd",
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><xs:import {attribute}={quoted}/></xs:schema>',
        )
    with pytest.raises(UnreadableInput, match="not opened"):
        rewritten_by(path)


def test_a_taxonomy_package_that_stays_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/b/x.xml", "<x xlink:href='../c/y.xsd#z' schemaLocation='http://a/b http://c/d'/>")
    monkeypatch.setattr(references, "_parsed", lambda _: pytest.fail("it takes long"))
    assert rewritten_by(path) == ()


def test_what_lies_beside_a_report_under_another_name(mills_files: Mapping[str, bytes], tmp_path: Path) -> None:
    for name, data in mills_files.items():
        (tmp_path / name).write_bytes(data)
    page = tmp_path / "report.xhtml"
    page.write_bytes(re.sub(rb'(schemaRef [^>]*href=")[^"]*', rb"\g<1>ext.dat", page.read_bytes()))
    (tmp_path / "ext.dat").write_text(_SCHEMA.format("utf-8"))
    with pytest.raises(UnreadableInput, match="not opened"):
        gate.validate(page)


def test_a_pipe_beside_a_report_is_not_waited_for(mills_files: Mapping[str, bytes], tmp_path: Path) -> None:
    for name, data in mills_files.items():
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


def test_its_own_taxonomy_is_always_found(mills_files: Mapping[str, bytes], tmp_path: Path) -> None:
    for name, data in mills_files.items():
        (tmp_path / name).write_bytes(data)
    assert gate.validate(tmp_path / "report.xhtml").valid


def test_an_absent_taxonomy_is_one_finding(mills: bytes, shared: Path, tmp_path: Path) -> None:
    made = cx.convert(mills, taxonomy="us-gaap-2009", viewer=False)
    assert made.validation is not None
    (told,) = made.validation.findings
    assert (told.code, made.validation.judged, made.validation.valid) == ("gate.no-taxonomy", False, False)
    assert told.message.startswith("us-gaap 2009 is not here: ") and "--package us-gaap-2009.zip" in str(told.hint)
    assert "us-types" not in f"{told}", "the types come with the elements"
    assert "NOT JUDGED" in made.files["receipt.txt"].decode()
    folder = shared / "taxonomies"
    if not (folder / "us-gaap-2009.zip").exists():
        pytest.skip("the us-gaap 2009 package is not here")
    again = cx.convert(mills, taxonomy="us-gaap-2009", viewer=False, package_folders=[folder])
    assert again.validation is not None and again.validation.judged and again.validation.valid


def test_a_taxonomy_is_named_by_its_address() -> None:
    assert title("http://fasb.org/us-gaap/2025") == "us-gaap 2025"
    assert title("http://xbrl.us/dei/2009-01-31") == "dei 2009"
    assert title("http://xbrl.fasb.org/us-gaap/2016/elts/us-gaap-2016-01-31.xsd") == "us-gaap 2016"
    assert title("http://example.com/own.xsd") == "http://example.com/own.xsd"


def test_the_survey_counts_the_facts_of_a_namespace(mills_files: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "report.xbri").write_bytes(mills_files["report.xbri"])
    assert sum(survey(tmp_path / "report.xbri").facts.values()) == 6


def test_a_folder_without_a_report_takes_no_other_down(mills_files: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.xbri").write_bytes(mills_files["report.xbri"])
    done = CliRunner().invoke(main, ["validate", str(tmp_path / "empty"), str(tmp_path / "a.xbri")])
    assert done.exit_code == 2 and "holds no report" in done.stderr and "Verdict    valid" in done.stderr
