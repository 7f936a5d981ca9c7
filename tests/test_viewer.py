"""The viewer says of each fact how it stands, why it carries its element, and where it was read; it lists the findings
and leads to their places; and nothing of a filing runs in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import browser
import pytest
from click.testing import CliRunner

import capxbrl as cx
from capxbrl import gate, viewer
from capxbrl.cli import main
from capxbrl.findings import Finding, Position, Severity
from capxbrl.model import Document, Report, Table, seen
from capxbrl.resources import NOTES
from capxbrl.viewer.places import words_of

in_chromium = pytest.mark.skipif(not browser.CHROMIUM, reason="no Chromium here")
READY = "document.body !== null && document.body.dataset.capxbrl === 'ready'"
PAGE = "document.querySelector('#iframe-container iframe').contentDocument"
SOON = "new Promise((done) => setTimeout(() => done(null), 300))"
PANEL = "document.querySelector('.capxbrl-read').innerText"
MARKED = f"[...{PAGE}.querySelectorAll('.capxbrl-mark')].map((e) => e.textContent).join('|')"
IN_VIEW = (
    f"(() => {{ const box = {PAGE}.querySelector('.capxbrl-mark').getBoundingClientRect();"
    f"return box.top >= 0 && box.bottom <= {PAGE}.documentElement.clientHeight }})()"
)


@pytest.fixture(scope="module")
def made(reference: Path) -> cx.Conversion:
    return cx.convert(reference)


@pytest.fixture(scope="module")
def folder(made: cx.Conversion, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("viewer") / "out"
    made.save(out)
    return out


def notes_in(page: str) -> dict[str, Any]:
    start = page.rindex(NOTES) + len(NOTES)
    told: dict[str, Any] = json.loads(page[start : page.index("</script>", start)])
    return told


def finding(line: int | None = None, column: int | None = None, **given: Any) -> Finding:
    at = Position(source=given.pop("source", "mills.txt"), line=line, column=column)
    return Finding(code="x.y", severity=given.pop("severity", Severity.WARNING), message="m", at=at, **given)


# --- the notes -----------------------------------------------------------------------------------------------------


def test_every_fact_and_every_finding_is_told(made: cx.Conversion, folder: Path) -> None:
    told = notes_in((folder / "viewer.html").read_text())
    assert told["facts"].keys() == {fact.id for fact in made.facts}
    assets = told["facts"]["f-bs-12-1"]
    assert (assets["label"], assets["concept"], assets["standing"]) == ("Total", "capx-gaap:Assets", "proved")
    assert assets["confidence"] > 0.9 and assets["why"]
    assert assets["at"] == "capstone-2009-11-09.txt:121:10" and "75,897" in told["texts"][assets["line"]]
    because = [told["texts"][number] for number in assets["told"]]
    assert because[0] == "borne out by the sum 'Total' of 2009-09-30"
    assert any(text.startswith("scale of money: thousands") for text in because)
    assert sorted(f["code"] for f in told["findings"]) == sorted(f.code for f in made.findings)
    assert all(f["place"] for f in told["findings"] if f["at"].count(":") == 2)
    assert gate.holds_viewer(folder)


def test_the_worst_finding_comes_first(mills_report: Report) -> None:
    found = [finding(severity=s) for s in (Severity.NOTE, Severity.ERROR, Severity.WARNING)]
    told = viewer.notes(mills_report, found)["findings"]
    assert [f["severity"] for f in told] == ["error", "warning", "note"]


def test_a_place_is_the_words_that_stand_there(mills_report: Report) -> None:
    document = mills_report.document
    words = "".join("".join(text.split()) for text in texts(document))
    for block in document.blocks:
        for cell in (cell for row in block.rows for cell in row.cells) if isinstance(block, Table) else ():
            place = words_of(document).place(cell.at)
            assert place is not None
            count, text = int(place[0]), str(place[1])
            assert words[count : count + len(text)] == text == "".join(seen(cell).split())


def texts(document: Document) -> list[str]:
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [seen(cell) for row in block.rows for cell in row.cells]
        else:
            found.append(getattr(block, "text", ""))
    return found


def test_a_place_without_words_of_its_own_is_the_nearest_before(mills_report: Report) -> None:
    told = viewer.notes(mills_report, [finding(), finding(10_000, 3), finding(1, 500), finding(1, source="other.txt")])
    nowhere, last, end, other = [f["place"] for f in told["findings"]]
    assert nowhere is None and other is None
    assert last is not None and end == [0, "EXAMPLEMILLSINC"]


def test_notes_end_no_element_and_open_none(mills_report: Report) -> None:
    hostile = "</script><img src=x onerror=alert(1)>&amp;\u2028<!--"
    facts = tuple(replace(fact, label=hostile, why=hostile) for fact in mills_report.facts)
    page = f"<p>before</p>{NOTES}{{}}</script><p>behind</p>"
    told = viewer.annotated(page, replace(mills_report, facts=facts), [finding(1, 1, hint=hostile)])
    inside = told[told.index(NOTES) + len(NOTES) : told.rindex("</script>")]
    assert told.startswith("<p>before</p>") and told.endswith("</script><p>behind</p>")
    assert not set("<>&\u2028") & set(inside)
    assert next(iter(json.loads(inside)["facts"].values()))["label"] == hostile


def test_a_page_without_notes_is_none_of_ours(mills_report: Report) -> None:
    with pytest.raises(ValueError, match="substring"):
        viewer.annotated("<p>a</p>", mills_report, ())


@pytest.fixture(scope="module")
def mills_report(mills: bytes) -> Report:
    return cx.convert(mills, name="mills.txt", validate=False).report


# --- the command ---------------------------------------------------------------------------------------------------


def test_a_review_is_a_page_beside_the_viewer(folder: Path) -> None:
    before = (folder / "viewer.html").read_bytes()
    done = CliRunner().invoke(main, ["view", "--review", "--no-open", str(folder)])
    assert done.exit_code == 0 and done.stdout.strip() == str(folder / "review.html")
    assert (folder / "viewer.html").read_bytes() == before
    told = notes_in((folder / "review.html").read_text())
    assert told.pop("review") is True and told == notes_in(before.decode())
    assert gate.holds_viewer(folder)
    assert CliRunner().invoke(main, ["verify", str(folder)]).exit_code == 0


def test_a_review_of_others_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    for name in gate.VIEWER_FILES:
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "review.html").write_text("my own page")
    done = CliRunner().invoke(main, ["view", "--review", "--no-open", str(tmp_path)])
    assert done.exit_code == 2 and "not made by this capxbrl" in done.stderr
    assert (tmp_path / "review.html").read_text() == "my own page"


# --- in a browser --------------------------------------------------------------------------------------------------


def clicked(fact: str) -> str:
    return f"{PAGE}.getElementById('{fact}').closest('.ixbrl-element').click()"


def found(words: str) -> str:
    return (
        "[...document.querySelectorAll('#capxbrl-findings li > button')]"
        f".find((e) => e.textContent.includes({json.dumps(words)})).click()"
    )


def harmless(told: list[tuple[str, str]], folder: Path) -> bool:
    within = (folder.as_uri(), "about:blank", "blob:", "data:")
    return all(address.startswith(within) for _, address in told) and not any("Dialog" in event for event, _ in told)


@in_chromium
@pytest.mark.parametrize("size", [(1280, 900), (800, 900)])
def test_a_click_on_a_figure_shows_how_it_was_read(folder: Path, size: tuple[int, int]) -> None:
    told, values = browser.driven(
        folder / "viewer.html",
        clicked("f-bs-12-1"),
        SOON,
        PANEL,
        clicked("f-bs-11-1"),
        SOON,
        PANEL,
        size=size,
        ready=READY,
    )
    panel = values[2]
    for words in ("proved", "0.99", "capstone-2009-11-09.txt:121:10", "75,897", "borne out by the sum 'Total'"):
        assert words in panel
    assert "capstone-2009-11-09.txt:121" not in values[5]
    assert harmless(told, folder)


@in_chromium
def test_findings_lead_to_their_places(folder: Path) -> None:
    told, values = browser.driven(
        folder / "viewer.html",
        "document.getElementById('capxbrl-tab').innerText",
        "document.getElementById('capxbrl-tab').click()",
        SOON,
        "document.getElementById('capxbrl-findings').offsetHeight > 300",
        found("prose.disagrees"),
        SOON,
        MARKED,
        IN_VIEW,
        found("tag.unknown-label"),
        SOON,
        MARKED,
        IN_VIEW,
        f"{PAGE}.querySelectorAll('tr.capxbrl-marked').length",
        f"{PAGE}.querySelector('.capxbrl-mark').closest('.filing').textContent.replace(/\\s+/g, '').length",
        clicked("f-bs-12-1"),
        SOON,
        "document.getElementById('capxbrl-findings').offsetHeight",
        ready=READY,
    )
    assert re.sub(r"\s", "", values[0]) == "Findings5" and values[3] is True
    assert "9.9 million" in values[6] and values[7] is True
    assert values[10] in ("Warrant liability", "28,705") and values[11] is True
    assert values[-1] == 0, "a figure that is selected takes the place of the list"
    assert harmless(told, folder)


@in_chromium
def test_colours_say_how_figures_stand(folder: Path) -> None:
    colour = f"getComputedStyle({PAGE}.getElementById('f-bs-12-1').closest('td')).backgroundColor"
    bar = "document.getElementById('capxbrl-bar')"
    _, values = browser.driven(
        folder / "viewer.html",
        colour,
        f"{bar}.innerText",
        f"{bar}.querySelector('input').click()",
        colour,
        f"[...{bar}.querySelectorAll('button')].find((e) => e.textContent.startsWith('doubtful')).click()",
        SOON,
        PANEL,
        ready=READY,
    )
    assert values[0] == "rgb(228, 243, 230)" and values[3] == "rgba(0, 0, 0, 0)"
    assert re.search(r"proved\s115\s+stated\s31\s+doubtful\s2", values[1])
    assert "doubtful" in values[6]


@in_chromium
def test_the_keyboard_is_enough(folder: Path) -> None:
    focus = (
        f"(() => {{ const e = {PAGE}.getElementById('f-bs-12-1'); e.focus(); return {PAGE}.activeElement === e }})()"
    )
    press = f"{PAGE}.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true }}))"
    reachable = "[...document.querySelectorAll('#capxbrl-bar button, #capxbrl-tab, #capxbrl-findings li > button')]"
    _, values = browser.driven(
        folder / "viewer.html", focus, press, SOON, PANEL, f"{reachable}.every((e) => e.tabIndex === 0)", ready=READY
    )
    assert values[0] is True and "proved" in values[3] and values[4] is True


@in_chromium
def test_a_review_marks_what_has_no_tag(folder: Path) -> None:
    CliRunner().invoke(main, ["view", "--review", "--no-open", str(folder)])
    untagged = f"[...{PAGE}.querySelectorAll('.review-untagged-number')]"
    told, values = browser.driven(
        folder / "review.html",
        f"{untagged}.length",
        f"{untagged}.some((e) => e.closest('[contextref]'))",
        "document.getElementById('capxbrl-bar').innerText",
        f"getComputedStyle({untagged}[0]).backgroundColor !== 'rgba(0, 0, 0, 0)'",
        "[...document.querySelectorAll('#capxbrl-bar button')].find((e) => e.innerText.includes('elsewhere')).click()",
        MARKED,
        IN_VIEW,
        ready=READY,
    )
    assert values[0] > 20 and values[1] is False and "Without a tag:" in values[2]
    assert values[3] is True and values[5] and values[6] is True
    assert harmless(told, folder)


@in_chromium
def test_what_a_validation_says_is_shown(made: cx.Conversion, tmp_path: Path) -> None:
    page = made.files["report.xhtml"].decode()
    wrong = re.sub(r'(<ix:nonFraction id="f-bs-12-1"[^>]*>)75,897', r"\g<1>95,897", page)
    assert wrong != page
    for name, data in made.files.items():
        if name.startswith("cpst"):
            (tmp_path / name).write_bytes(data)
    (tmp_path / "report.xhtml").write_text(wrong)
    told = gate.validate(tmp_path / "report.xhtml", viewer=tmp_path)
    assert told.viewer == gate.VIEWER_FILES and told.findings
    _, values = browser.driven(
        tmp_path / "viewer.html",
        "document.querySelector('#ixv .validation-warning').offsetHeight > 0",
        "document.querySelector('#ixv .validation-warning').click()",
        SOON,
        "document.querySelector('.dialog.validation-report').innerText",
        "document.getElementById('capxbrl-tab')",
        ready=READY,
    )
    assert values[0] is True and told.findings[0].message[:40] in values[3]
    assert values[4] is None, "a report of others has no findings of a conversion"


HOSTILE = "</script><script>alert(1)</script><img src='http://127.0.0.1:9/x' onerror=alert(1)>"


@in_chromium
@pytest.mark.parametrize("layout", ["own", "source"])
def test_nothing_of_a_filing_runs(layout: str, tmp_path: Path) -> None:
    words = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
    page = f"""<html><body>{HOSTILE}<p>{words}</p><p>EXAMPLE MILLS INC</p><p>CONSOLIDATED BALANCE SHEETS</p>
    <p>(In thousands)</p><table><tr><td></td><td>June 30, 2001</td><td>June 30, 2000</td></tr>
    <tr><td>Cash {words}</td><td>1,250</td><td>1,100</td></tr><tr><td>Receivables {words}</td><td>2,500</td>
    <td>2,400</td></tr><tr><td>Total assets</td><td>3,750</td><td>3,501</td></tr></table></body></html>"""
    one = cx.convert(page.encode(), name="a<svg onload=alert(1)>.htm", layout=layout)
    one.save(tmp_path / "out")
    assert any(HOSTILE in fact.label for fact in one.facts) and one.findings
    told, values = browser.driven(
        tmp_path / "out" / "viewer.html",
        "document.getElementById('capxbrl-tab').click()",
        "document.querySelectorAll('#capxbrl-findings li > button').forEach((e) => e.click())",
        *(clicked(fact.id) for fact in one.facts[:6]),
        SOON,
        PANEL,
        "document.querySelectorAll('.capxbrl-read :is(img, script), #capxbrl-findings :is(img, script)').length",
        ready=READY,
    )
    assert harmless(told, tmp_path / "out") and "How it was read" in values[-2] and values[-1] == 0
