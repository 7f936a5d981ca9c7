"""The gate: a good report passes with nothing at all; every kind of broken report fails with its code and its fact."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import logging
import os
import re
import subprocess
import sys
import threading
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from tiny_report import FACT_IDS, NAMESPACE, folder, package, report

from capxbrl import gate
from capxbrl.findings import Finding, Position, Severity, UnreadableInput, describe
from capxbrl.gate import many, server
from capxbrl.gate.limits import can_fork
from capxbrl.gate.many import Asked, Validator, said
from capxbrl.gate.runs import judge
from capxbrl.gate.server import Server


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[gate.Validation, Path]:
    """The good report as a package, validated once, with its viewer."""
    path = tmp_path_factory.mktemp("good")
    return gate.validate(package(path / "report.xbri", report()), viewer=path), path


def test_good_report_gives_nothing(good: tuple[gate.Validation, Path]) -> None:
    validation, _ = good
    assert validation.findings == ()
    assert validation.valid
    assert validation.documents == ("report.xhtml",)
    assert f"{NAMESPACE.rsplit('/', 1)[0]}/taxonomy/tiny.xsd" in validation.dts
    # The data types registry must come out of Arelle's own store: nothing was fetched.
    assert "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd" in validation.dts


def test_facts_read_back(good: tuple[gate.Validation, Path]) -> None:
    validation, _ = good
    facts = {f.id: f for f in validation.facts}
    assert tuple(facts) == FACT_IDS
    loss, shares, per_share = facts["f-loss"], facts["f-shares"], facts["f-eps"]
    assert (loss.concept, loss.namespace, loss.value) == ("tiny:Income", NAMESPACE, Decimal(-2345000))
    assert (loss.decimals, loss.unit) == (-3, "USD")
    assert (loss.start, loss.end) == (dt.date(2009, 7, 1), dt.date(2009, 9, 30))
    assert (loss.scheme, loss.entity) == ("http://www.sec.gov/CIK", "0000000001")
    assert (shares.value, shares.decimals, shares.unit) == (Decimal(5000000), None, "shares")
    assert (shares.start, shares.end) == (None, dt.date(2009, 9, 30))
    assert (per_share.value, per_share.unit) == (Decimal("-0.47"), "USD/shares")
    assert facts["f-other"].value == Decimal(0)
    assert facts["f-name"].value == "Tiny Corporation"
    assert facts["f-segment"].members == (("tiny:Axis", "tiny:Member"),)


_TOTAL = (
    'id="f-assets" name="tiny:Assets" contextRef="i" unitRef="USD" decimals="-3" scale="3" '
    'format="ixt:num-dot-decimal">1,200<'
)
_SHARES = 'name="tiny:Shares" contextRef="i" unitRef="shares" decimals="INF" format="ixt:num-dot-decimal">'


def _more(id_: str, attributes: str, text: str, element: str = "nonFraction") -> str:
    return f'<p><ix:{element} id="{id_}" {attributes}>{text}</ix:{element}></p>'


# name: (changes of the report, added at its end, expected code, expected fact)
BROKEN = {
    "total wrong by more than the tolerance": (
        [(_TOTAL, _TOTAL.replace("1,200", "1,205"))],
        "",
        "calc11e:inconsistentCalculationUsingRounding",
        "f-assets",
    ),
    "wrong period type": (
        [('name="tiny:Shares" contextRef="i"', 'name="tiny:Shares" contextRef="d"')],
        "",
        "xbrl.4.7.2:contextPeriodType",
        "f-shares",
    ),
    "unknown concept": (
        [('name="tiny:Shares"', 'name="tiny:Sharez"')],
        "",
        "ix11.12.1.2:missingReferences",
        "f-shares",
    ),
    "transformation of another text": (
        [("5,000,000<", "five million<")],
        "",
        "ix11.10.1.1:transformValueError",
        "f-shares",
    ),
    "transformation that does not exist": (
        [(_SHARES, _SHARES.replace("num-dot-decimal", "numdotdecimals"))],
        "",
        "ix11.10.1.2:invalidTransformation",
        "f-shares",
    ),
    "duplicate with another value": (
        [],
        _more("f-again", _SHARES[:-1], "4,999,999"),
        "arelle:duplicateFacts",
        "f-shares",
    ),
    "duplicate text with another value": (
        [],
        _more("f-again", 'name="tiny:Name" contextRef="d"', "Other Corporation", "nonNumeric"),
        "arelle:duplicateFacts",
        "f-name",
    ),
    "unit that the registry forbids": (
        [('name="tiny:Income" contextRef="d" unitRef="USD"', 'name="tiny:Income" contextRef="d" unitRef="shares"')],
        "",
        "utre:error-NumericFactUtrInvalid",
        "f-loss",
    ),
    "member outside the domain": (
        [("tiny:Member<", "tiny:Stranger<")],
        "",
        "xbrldie:PrimaryItemDimensionallyInvalidError",
        "f-segment",
    ),
    "member that is no element": (
        [("tiny:Member<", "tiny:Nowhere<")],
        "",
        "xbrldie:ExplicitMemberUndefinedQNameError",
        "f-segment",
    ),
    "missing context": (
        [('name="tiny:PerShare" contextRef="d"', 'name="tiny:PerShare" contextRef="x"')],
        "",
        "ix11.10.1.2:contextReference",
        "f-eps",
    ),
    "nested facts that disagree in scale": (
        [
            (
                'scale="3" format="ixt:num-dot-decimal">12<',
                'scale="6" format="ixt:num-dot-decimal"><ix:nonFraction id="f-in" name="tiny:Income" '
                'contextRef="m" unitRef="USD" '
                'decimals="-3" scale="3" format="ixt:num-dot-decimal">12</ix:nonFraction><',
            )
        ],
        "",
        "ix11.10.1.2:nestedNonFractionProperties",
        "f-segment",
    ),
    "one id twice": ([('id="f-eps"', 'id="f-cash"')], "", "xml.3.3.1:idMustBeUnique", "f-cash"),
    "invalid attribute of a fact": (
        [('id="f-eps"', 'id="f-eps" colour="red"')],
        "",
        "lxml.SCHEMAV_CVC_COMPLEX_TYPE_3_2_2",
        "f-eps",
    ),
    "invalid XHTML": ([], "<p><div>block in a paragraph</div></p>", "lxml.SCHEMAV_ELEMENT_CONTENT", None),
    "not well-formed": ([], "<p>", "xmlSchema:syntax", None),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_report_fails(name: str, tmp_path: Path) -> None:
    changes, more, code, fact = BROKEN[name]
    validation = gate.validate(package(tmp_path / "report.xbri", report(*changes, more=more)))
    found = [f for f in validation.findings if f.code == code]
    assert found, f"no {code} among {[f.code for f in validation.findings]}"
    assert all(f.severity is Severity.ERROR for f in found)
    assert fact in [f.fact for f in found]
    assert not validation.valid
    assert all(f.at and f.at.source == "report.xhtml" and f.at.line for f in found)
    for finding in validation.findings:
        assert str(tmp_path) not in finding.message, "the folder of this machine is no part of the message"
        assert "\n" not in finding.message and "Traceback" not in finding.message


def test_total_within_the_tolerance_passes(tmp_path: Path) -> None:
    """Calculations 1.1 allows half a unit of the last digit for each figure: 1,201 = 1,200 + 0 in thousands."""
    text = report((_TOTAL, _TOTAL.replace("1,200", "1,201")))
    assert gate.validate(package(tmp_path / "report.xbri", text)).findings == ()


def test_equal_duplicates_pass(tmp_path: Path) -> None:
    text = report(more=_more("f-again", _SHARES[:-1], "5,000,000"))
    validation = gate.validate(package(tmp_path / "report.xbri", text))
    assert validation.findings == ()
    assert len(validation.facts) == len(FACT_IDS) + 1


def test_other_facts_concerned_are_named(tmp_path: Path) -> None:
    text = report(more=_more("f-again", _SHARES[:-1], "4,999,999"))
    (finding,) = gate.validate(package(tmp_path / "report.xbri", text)).findings
    assert finding.hint == "the other facts concerned: f-again"


def test_plain_folder(tmp_path: Path, good: tuple[gate.Validation, Path]) -> None:
    """The same report as a folder gives the same facts; the report package check does not run."""
    validation = gate.validate(folder(tmp_path, report()))
    assert validation.findings == ()
    assert validation.facts == good[0].facts
    assert "tiny.xsd" in validation.dts
    assert [c.name for c in validation.checks if not c.ran] == ["Report Package", "Formula", "SEC EDGAR Filer Manual"]


def test_plain_file_with_its_package(tmp_path: Path) -> None:
    """The report alone, its taxonomy from the package beside it; without the package it must fail."""
    made = package(tmp_path / "report.xbri", report())
    page = tmp_path / "report.xhtml"
    with zipfile.ZipFile(made) as archive:
        page.write_bytes(archive.read("tiny/reports/report.xhtml"))
    validation = gate.validate(page, packages=[made])
    assert validation.findings == ()
    assert "--packages report.xbri --file report.xhtml" in gate.receipt(validation)
    assert not gate.validate(page).valid


def test_plain_instance(tmp_path: Path) -> None:
    folder(tmp_path, report())
    instance = tmp_path / "instance.xml"
    instance.write_text(
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:tiny="{NAMESPACE}">'
        '<link:schemaRef xlink:type="simple" xlink:href="tiny.xsd"/><xbrli:context id="c"><xbrli:entity>'
        '<xbrli:identifier scheme="http://x.example">1</xbrli:identifier></xbrli:entity>'
        "<xbrli:period><xbrli:instant>2009-09-30</xbrli:instant></xbrli:period></xbrli:context>"
        '<tiny:Name id="f-1" contextRef="c">Tiny</tiny:Name></xbrli:xbrl>'
    )
    validation = gate.validate(instance)
    assert [(f.code, f.fact) for f in validation.findings] == [("xbrl.4.7.2:contextPeriodType", "f-1")]
    assert [c.name for c in validation.checks if not c.ran][1] == "Inline XBRL"


def test_receipt(good: tuple[gate.Validation, Path], tmp_path: Path) -> None:
    """The receipt says what ran, what did not, and how to repeat it; it is the same in any folder."""
    text = gate.receipt(good[0])
    assert "Verdict    valid: 0 errors, 0 warnings" in text
    assert "8 read back: 7 numeric, 1 other" in text
    assert re.search(r"Units Registry: UTR of 20\d\d-\d\d-\d\d\n", text)
    assert "SEC EDGAR Filer Manual: not asked for; --profile edgar has them judged" in text
    command = "arelleCmdLine --internetConnectivity offline --validate --calc c11r --utr"
    assert f"{command} --file report.xbri" in text
    assert f"{command} --packages report.xbri --file report.xhtml" in text
    assert text == gate.receipt(gate.validate(package(tmp_path / "report.xbri", report())))
    wrong = gate.validate(package(tmp_path / "report.xbri", report(("5,000,000<", "five<"))))
    assert "Verdict    NOT VALID: 1 error, 0 warnings" in gate.receipt(wrong)
    assert "(fact f-shares)" in gate.receipt(wrong)


def test_command_of_the_receipt_repeats_it(good: tuple[gate.Validation, Path]) -> None:
    """The command line as printed, run by Arelle itself, says nothing but its own timings."""
    command = next(
        line.split() for line in gate.receipt(good[0]).splitlines() if line.strip().startswith("arelleCmdLine")
    )
    program = Path(sys.executable).with_name(command[0])
    environment = {**os.environ, "XDG_CONFIG_HOME": str(good[1])}
    done = subprocess.run(
        [program, *command[1:]], cwd=good[1], capture_output=True, text=True, check=True, env=environment
    )
    said = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith("[info]")]
    assert said == []


def test_viewer(good: tuple[gate.Validation, Path]) -> None:
    """A page and its script beside it; the page loads nothing else."""
    validation, path = good
    assert validation.viewer == gate.VIEWER_FILES
    page = (path / gate.VIEWER_FILES[0]).read_text(encoding="utf-8")
    assert re.findall(r'src="([^"]*)"', page) == [*gate.VIEWER_FILES[1:]]
    assert (path / gate.VIEWER_FILES[1]).stat().st_size > 500_000
    assert '"tiny:Cash"' in page and "f-cash" in page


def test_viewer_of_an_instance_is_a_warning(tmp_path: Path) -> None:
    """What the viewer cannot show is told, and hides nothing of the validation."""
    folder(tmp_path, report())
    instance = tmp_path / "instance.xml"
    instance.write_text(
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><link:schemaRef xlink:type="simple" xlink:href="tiny.xsd"/>'
        "</xbrli:xbrl>"
    )
    validation = gate.validate(instance, viewer=tmp_path)
    assert [(f.code, f.severity) for f in validation.findings] == [("gate.no-viewer", Severity.WARNING)]
    assert validation.viewer == () and validation.valid


def _zip(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.xhtml", b"", "is empty"),
        ("photo.xhtml", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "is not XML"),
        ("digits.xml", b"0123456789" * 1000, "is not XML"),
        ("words.txt", b"words", "is no report"),
        ("cut.xbri", b"PK\x03\x04 and no more", "is no readable zip file"),
        ("other.xml", b"<a><b/></a>", "holds no XBRL report"),
        ("plain.xhtml", b'<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "holds no XBRL report"),
        ("laughs.xhtml", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html/>', "declares XML entities"),
    ],
)
def test_unreadable_file(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=words):
        gate.validate(path)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([("a/b.txt", b"x")], "holds no report in TOP-FOLDER/reports/"),
        ([("a/reports/notes.txt", b"x")], "holds no report in TOP-FOLDER/reports/"),
        ([("a/reports/report.xhtml", b"0" * (30 << 20))], "taken for a zip bomb"),
        ([("../reports/report.xhtml", b"<html/>")], "unsafe name"),
        ([("a/reports/report.xhtml", b'<!DOCTYPE x [<!ENTITY a "ha">]><html/>')], "declares XML entities"),
        ([(f"a/reports/{n}.xml", b"") for n in range(10_001)], "10001 files; the limit is 10000"),
    ],
    ids=["no reports", "no report", "bomb", "unsafe name", "entities", "too many"],
)
def test_unreadable_package(members: list[tuple[str, bytes]], words: str, tmp_path: Path) -> None:
    path = _zip(tmp_path / "report.xbri", *members)
    with pytest.raises(UnreadableInput, match=words):
        gate.validate(path)
    if "reports" not in words:
        good = package(tmp_path / "good.xbri", report())
        with pytest.raises(UnreadableInput, match=words):  # a taxonomy package is looked at in the same way
            gate.validate(good, packages=[path])


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="No such file"):
        gate.validate(tmp_path / "none.xbri")
    with pytest.raises(UnreadableInput, match="is a folder"):
        gate.validate(tmp_path)


def test_package_of_another_kind_fails(tmp_path: Path) -> None:
    """The Report Package checks run: a wrong document type, and a second report."""
    validation = gate.validate(
        package(tmp_path / "report.xbri", report(), kind="https://xbrl.org/report-package/2023/xbr")
    )
    assert "rpe:documentTypeFileExtensionMismatch" in {f.code for f in validation.findings}
    path = package(tmp_path / "two.xbri", report())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("tiny/reports/second.xhtml", archive.read("tiny/reports/report.xhtml"))
    assert "rpe:multipleReports" in {f.code for f in gate.validate(path).findings}


def test_nothing_is_printed_and_nothing_stays(tmp_path: Path) -> None:
    """No output, no log handler, no changed environment, no open session: a second validation says the same."""
    path = package(tmp_path / "report.xbri", report(("5,000,000<", "five<")))
    logger, before = logging.getLogger("arelle"), os.environ.get("XDG_CONFIG_HOME")
    handlers, level = list(logger.handlers), logger.level
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        first, second = gate.validate(path), gate.validate(path)
    assert (out.getvalue(), err.getvalue()) == ("", "")
    assert first == second
    assert (logger.handlers, logger.level, os.environ.get("XDG_CONFIG_HOME")) == (handlers, level, before)
    assert list(tmp_path.iterdir()) == [path]


def test_a_line_of_the_report_is_not_shown_from_the_filing() -> None:
    finding = Finding(code="x", severity=Severity.ERROR, message="m", at=Position(source="report.xhtml", line=1))
    assert "words" not in describe(finding, ["words"], "filing.txt")
    assert "words" in describe(finding, ["words"], "report.xhtml") and "words" in describe(finding, ["words"])


def test_import_does_not_load_arelle() -> None:
    code = (
        "import sys, capxbrl.gate; print([m for m in sys.modules if m.split('.')[0] in ('arelle', "
        "'iXBRLViewerPlugin')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- many reports on one taxonomy ----------------------------------------------------------------------------------


def test_many_equals_one_by_one(tmp_path: Path) -> None:
    """Good and broken reports, mixed: the same validations in the same order, and a bad file raises when it is its
    turn.
    """
    made = [package(tmp_path / f"{n}.xbri", report(("5,000,000<", f"{n}<"))) for n in ("1", "five", "2")]
    assert list(gate.validate_many(made)) == [gate.validate(path) for path in made]
    pages = []
    for path in made:  # the same as plain files, with their taxonomy in a package
        with zipfile.ZipFile(path) as archive:
            pages.append(path.with_suffix(".xhtml"))
            pages[-1].write_bytes(archive.read("tiny/reports/report.xhtml"))
    alone = [gate.validate(path, packages=made[:1]) for path in pages]
    assert [v.valid for v in alone] == [True, False, True]
    assert list(gate.validate_many(pages, packages=made[:1])) == alone
    results = gate.validate_many([made[0], tmp_path / "none.xbri"])
    assert next(results).valid
    with pytest.raises(UnreadableInput, match="No such file"):
        next(results)


@pytest.mark.skipif(not can_fork(), reason="no safe fork here: every report goes the plain way")
@pytest.mark.parametrize("extension", [False, True], ids=["linkbases of the taxonomy", "linkbases of the report"])
def test_a_fork_says_what_a_session_says(extension: bool, tmp_path: Path) -> None:
    """Without the plain way behind it, a fork answers good and broken reports with their validation, and what it
    cannot know with nothing."""
    first = package(tmp_path / "first.xbri", report(), extension=extension)
    expected, base = judge(first, (), (), gate.Limits())
    server = Server(first, (), (), base, gate.Limits())
    try:
        good = package(tmp_path / "good.xbri", report(("Tiny Corporation", "Another")), extension=extension)
        assert server.validate(good) == gate.validate(good)
        for name, (changes, more, _, _) in BROKEN.items():
            if not name.startswith("schema"):
                path = package(tmp_path / "broken.xbri", report(*changes, more=more), extension=extension)
                answer = server.validate(path)
                if answer is None:  # nothing of a taxonomy can be reached
                    assert name == "not well-formed"
                else:
                    assert said(answer) == said(gate.validate(path)), name
        assert server.validate(first) == expected
        # Another taxonomy under the same address, a missing one, and one that the fork would not have looked at.
        other = ('name="Cash" type', 'name="Cash"  type')
        assert server.validate(package(tmp_path / "other.xbri", report(), extension=extension, base=other)) is None
        assert server.validate(folder(tmp_path / "folder", report())) is None
        weight = ('order="1" weight="1"', 'order="1" weight="-1"')
        path = package(tmp_path / "weight.xbri", report(), extension=extension, own=weight)
        answer = server.validate(path)
        assert said(answer) == said(gate.validate(path)) if answer else not extension
    finally:
        server.close()
    assert server.validate(first) is None, "a server that has ended knows nothing"


@pytest.mark.skipif(not can_fork(), reason="no safe fork here: every report goes the plain way")
def test_reports_that_are_gone_once_they_are_judged_share_their_taxonomy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of conversions are: only the first goes the plain way."""
    plain: list[Path] = []
    monkeypatch.setattr(
        many, "judge", lambda path, *given, **more: (plain.append(path), judge(path, *given, **more))[1]
    )
    validator = Validator(Asked())
    try:
        for number in range(3):
            path = package(tmp_path / f"{number}.xbri", report(("5,000,000<", f"{number}<")))
            assert validator.validate(path).judged
            path.unlink()
    finally:
        validator.close()
    assert [path.name for path in plain] == ["0.xbri"]


@pytest.mark.skipif(not can_fork(), reason="no safe fork here")
def test_a_server_that_loads_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would say late must not be taken for the answer to another report."""
    monkeypatch.setattr(server, "_PATIENCE", 0)
    path = package(tmp_path / "first.xbri", report())
    _, base = judge(path, (), (), gate.Limits())
    slow = Server(path, (), (), base, gate.Limits(seconds=0.01))
    try:
        assert slow.validate(path) is None
        assert slow.validate(path) is None
    finally:
        slow.close()


def test_workers_and_a_caller_with_threads_say_the_same(tmp_path: Path) -> None:
    """Two workers, in the order of the reports; and a process that must not fork as it has a thread."""
    made = [package(tmp_path / f"{n}.xbri", report(("5,000,000<", f"{n}<"))) for n in ("1", "five", "2", "3")]
    expected = [said(gate.validate(path)) for path in made]
    assert [said(one) for one in gate.validate_many(made, jobs=2)] == expected
    held = threading.Event()
    thread = threading.Thread(target=held.wait)
    thread.start()
    try:
        assert [said(one) for one in gate.validate_many(made)] == expected
    finally:
        held.set()
        thread.join()


@pytest.mark.skipif(not can_fork(), reason="no safe fork here")
def test_an_audit_tells_where_many_differ_from_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = package(tmp_path / "first.xbri", report())
    second = package(tmp_path / "second.xbri", report(("Tiny Corporation", "Another")))
    validator = Validator(Asked(audit=1.0))
    try:
        validator.validate(first)
        assert validator.validate(second) == gate.validate(second), "audited, and nothing to tell"
        wrong = gate.validate(package(tmp_path / "wrong.xbri", report(("5,000,000<", "7<"))))
        monkeypatch.setattr(Server, "validate", lambda self, path: wrong)
        told = validator.validate(second)
        assert [f.code for f in told.findings] == ["gate.audit"] and told.facts != wrong.facts
        validator.asked = Asked(audit=0.0)
        assert validator.validate(second) == wrong
    finally:
        validator.close()


def test_taxonomies_are_held_side_by_side(tmp_path: Path) -> None:
    """Reports on two of them by turns: each is loaded once."""
    one = [package(tmp_path / f"a{n}.xbri", report(("5,000,000<", f"{n}<"))) for n in (1, 2, 3)]
    other = [package(tmp_path / f"b{n}.xbri", report(("5,000,000<", f"{n}<")), extension=True) for n in (1, 2, 3)]
    mixed = [path for pair in zip(one, other, strict=True) for path in pair]
    assert [said(v) for v in gate.validate_many(mixed)] == [said(gate.validate(path)) for path in mixed]
