"""The page of a review in Debian's Chromium, driven by playwright: from start to accepted overrides, by keys alone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_review import HOSTILE, made

import capxbrl as cx
from capxbrl import review
from capxbrl.review.journal import Action, State

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
#: Milliseconds that a busy machine may take.
_PATIENCE = 180_000
#: How long a person looks before each key, at least, where that is measured: seconds.
PACE = 2.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as tool:
        one = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        one.close()


class Reviewer:
    """Somebody at a keyboard: every key is counted; what the page asks for or does wrong is kept."""

    def __init__(self, browser: Any, address: str, width: int = 1280, height: int = 800) -> None:
        self.page = browser.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.keys = 0
        self.files: dict[str, bytes] = {}
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text))
        self.page.on("dialog", lambda said: self.wrong.append(said.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.set_default_timeout(_PATIENCE)
        self.page.goto(address, wait_until="domcontentloaded")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    @property
    def line(self) -> str:
        return str(self.page.locator("#panel h2").text_content())

    @property
    def count(self) -> str:
        return str(self.page.locator("#count").text_content())

    @property
    def status(self) -> str:
        return str(self.page.locator("#status").text_content())

    def save(self) -> None:
        got: list[Any] = []
        self.page.on("download", lambda one: got.append(one))
        self.press("s")
        until = time.monotonic() + 10
        while len(got) < 2 and time.monotonic() < until:
            self.page.wait_for_timeout(20)
        self.files = {one.suggested_filename: Path(one.path()).read_bytes() for one in got}


@pytest.fixture(scope="module")
def page(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cx.convert(reference, validate=False).review(tmp_path_factory.mktemp("page") / "review.html")


def test_the_reference_filing_from_start_to_accepted_overrides(
    browser: Any, page: Path, reference: Path, tmp_path: Path
) -> None:
    one = Reviewer(browser, page.as_uri())
    assert one.count.startswith("0 of 59") and one.line == "Rule 14d-2(b)"
    one.press("a")  # the first entry asks whose it is
    one.type("J. Doe")
    one.press("Enter")
    while one.line != "Intangible asset, net":
        one.press("a")
    one.press("2")
    assert one.status == "Intangible asset, net: FiniteLivedIntangibleAssetsNet chosen"
    one.press("u")
    assert one.line == "Intangible asset, net" and "undone" in one.status
    one.press("2")
    while one.line != "Revenue":
        one.press("a")
    one.press("/")
    one.type("sales revenue net")
    assert one.page.locator("#hits [aria-selected=true] b").text_content() == "SalesRevenueNet"
    one.press("Enter")
    one.press("A")
    assert "that are proved and sure: accepted" in one.status
    while not one.count.startswith("59 of 59"):
        one.press("a")
        assert one.keys < 80
    one.save()
    assert not one.wrong and all(url.startswith(("file:", "blob:")) for url in one.asked)
    # A whole review takes less than three minutes at this pace.
    assert one.keys * PACE < 180, one.keys
    assert set(one.files) == {"review.json", "overrides.csv"}

    kept = review.parse(one.files["review.json"])
    assert review.dump(kept) == one.files["review.json"]
    assert review.overrides_csv(kept, 0).encode() == one.files["overrides.csv"]
    assert [e.action for e in kept.entries].count(Action.UNDO) == 1
    (tmp_path / "review.json").write_bytes(one.files["review.json"])
    (tmp_path / "overrides.csv").write_bytes(one.files["overrides.csv"])
    names = {"Intangible asset, net": "FiniteLivedIntangibleAssetsNet", "Revenue": "SalesRevenueNet"}
    for given in ({"review": tmp_path / "review.json"}, {"overrides": [tmp_path / "overrides.csv"]}):
        again = cx.convert(reference, validate=False, **given)
        assert {f.label: f.concept.name for f in again.facts if f.label in names} == names
        assert not [f for f in again.findings if f.code.startswith(("review.", "override."))]
    again = cx.convert(reference, validate=False, review=tmp_path / "review.json")
    rows = again.files["review.csv"].decode().splitlines()[1:]
    assert len(rows) >= 116 and not [row for row in rows if f",{State.UNSEEN}," in row]
    # The next visit begins where this one ended.
    after = Reviewer(browser, again.review(tmp_path / "again.html").as_uri())
    assert after.count.startswith("59 of 59")


def test_notes_flags_and_a_sheet_that_is_not_saved(browser: Any, page: Path) -> None:
    context = browser.new_context()
    one = Reviewer(context, page.as_uri())
    one.press("f")
    one.type("J. Doe")
    one.press("Enter")
    one.press("n")
    one.type('ask the "controller", =1+1')
    one.press("Control+Enter")
    assert one.page.locator("#panel blockquote").text_content() == 'ask the "controller", =1+1'
    assert "flagged by J. Doe" in one.page.locator("#panel .chip.flagged").text_content()
    one.press("d", "d", "k", "j")
    assert one.line == "Net loss"
    said = one.page.locator("#panel .said.disagrees").all_text_contents()
    assert len(said) == 1 and "not of 2009-07-01/2009-09-30" in said[0]
    one.press("w")
    assert one.page.locator("#findings li").count() == 5
    one.press("Escape")
    # What was not saved is offered to the next visit.
    again = Reviewer(context, page.as_uri())
    assert "2 entries" in again.page.locator("#draft-text").text_content()
    again.press("Enter")
    assert again.page.locator("#panel .chip.flagged").count() == 1
    again.press("f")
    again.save()
    states = [e.after.state for e in review.parse(again.files["review.json"]).entries]
    assert states == [State.FLAGGED, State.FLAGGED, State.UNSEEN]
    context.close()


def test_keys_can_be_turned_off_and_help_is_there(browser: Any, page: Path) -> None:
    one = Reviewer(browser, page.as_uri())
    one.press("?")
    assert one.page.locator("dialog#help").is_visible()
    one.press("a")
    assert one.count.startswith("0 of")
    one.page.locator("#keys-on").uncheck()
    one.press("Escape", "j", "d")
    assert one.line == "Rule 14d-2(b)"
    names = one.page.locator("#queue [role=option]").evaluate_all("all => all.map(o => o.getAttribute('aria-label'))")
    assert names[0] == "Rule 14d-2(b), doubtful, unseen"


@pytest.mark.parametrize("size", [(1280, 800), (800, 900), (480, 800)])
def test_nothing_runs_out_of_the_window(browser: Any, page: Path, size: tuple[int, int]) -> None:
    one = Reviewer(browser, page.as_uri(), *size)
    one.press("d", "d", "d")
    wide = one.page.evaluate(
        "[document.documentElement, document.getElementById('panel')].map(one => one.scrollWidth - one.clientWidth)"
    )
    assert wide == [0, 0]
    assert one.page.evaluate(_IN_SIGHT)


#: The figure at hand can be seen.
_IN_SIGHT = """() => {
  const box = document.getElementById("filing").shadowRoot.querySelector(".sel").getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.width > 0;
}"""


def test_a_hostile_filing_runs_nothing(browser: Any, tmp_path: Path) -> None:
    text = HOSTILE.replace("Receivables", "=HYPERLINK receivables").replace("Common stock", "--><svg onload=run()>")
    one = Reviewer(browser, made(text).review(tmp_path / "hostile.html").as_uri())
    one.press("d", "d")
    while one.line != "=HYPERLINK receivables":
        one.press("j")
        assert one.keys < 40
    one.press("2")
    one.type("J. Doe <img src=x onerror=run()>")
    one.press("Enter")
    one.save()
    assert not [said for said in one.wrong if "run" in said] and not one.page.locator("img, svg").count()
    assert all(url.startswith(("file:", "blob:")) for url in one.asked)
    assert b",'=HYPERLINK" in one.files["overrides.csv"]


def test_the_served_page_saves_by_itself(browser: Any, reference: Path, tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="needs the extra: pip install 'capxbrl[review]'")
    words = ["review", str(reference), "--serve", "--no-open", "-o", str(tmp_path / "kept"), "--reviewer", "J. Doe"]
    process = subprocess.Popen([sys.executable, "-m", "capxbrl", *words], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{40,}", address)
        one = Reviewer(browser, address)
        one.press("a", "a", "2", "u")
        one.page.wait_for_function("document.getElementById('save').textContent === 'Saved'")
        until = time.monotonic() + 10
        while len(review.read(tmp_path / "kept" / "review.json").entries) < 4 and time.monotonic() < until:
            one.page.wait_for_timeout(50)
        kept = review.read(tmp_path / "kept" / "review.json")
        assert [e.action.value for e in kept.entries] == ["accept", "accept", "choose", "undo"]
        assert not one.wrong and all(url.startswith(address.partition("?")[0]) for url in one.asked)
        again = Reviewer(browser, address)
        assert again.count.startswith("2 of 59")
        bare = browser.new_page()
        assert bare.goto(address.partition("?")[0]).status == 403
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
    assert os.listdir(tmp_path / "kept") and process.returncode is not None
