"""A person's judgement: what is kept of it, what makes it void, what the next filing takes over."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from journals import journal, line

import capxbrl as cx
from capxbrl import pipeline, review
from capxbrl.cli import main
from capxbrl.conversion import Conversion
from capxbrl.findings import BadData, Finding
from capxbrl.options import choose
from capxbrl.review.journal import Action
from capxbrl.review.lines import lines_of

ROOT = Path(__file__).resolve().parent.parent
FILING = """FORM 10-Q

For the quarterly period ended June 30, 2001

EXAMPLE MILLS INC
(Exact name of registrant as specified in its charter)

Delaware                                  12-3456789
(State of incorporation)                  (IRS Employer Identification No.)

CONSOLIDATED BALANCE SHEETS
(In thousands)
                                 June 30, 2001    June 30, 2000
Cash                              $   1,250     $   1,100
Receivables                           2,500         2,400
Inventories                             800           760
Total current assets              $   4,550     $   4,260

Accounts payable                  $   1,000     $     900
Accrued items                           500           400
Total current liabilities         $   1,500     $   1,300
Common stock                            500           500
Retained earnings                     2,550         2,460
Total stockholders' equity            3,050         2,960
Total liabilities and equity      $   4,550     $   4,260
"""


def made(text: str = FILING, **options: object) -> Conversion:
    return pipeline.opened(text.encode(), "filing.txt", choose(**options)).value


def kept(tmp_path: Path, one: review.Journal) -> Path:
    path = tmp_path / "review.json"
    path.write_bytes(review.dump(one))
    return path


def of_review(found: Conversion) -> list[Finding]:
    return [f for f in found.findings if f.code.startswith("review.")]


ALL = [
    (Action.ACCEPT, name, "")
    for name in ("Cash", "Receivables", "Inventories", "Accounts payable", "Retained earnings", "Total current assets")
]


def test_the_journal_is_read_as_it_was_written() -> None:
    one = journal(
        made(), *ALL, (Action.CHOOSE, "Accrued items", "OtherLiabilitiesCurrent"), (Action.NOTE, "Cash", "é <")
    )
    assert review.parse(review.dump(one)) == one
    schema = json.loads((ROOT / "docs" / "schema" / "review.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(review.dump(one)), schema)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"number":2', '"number":3'),
        ('"value":"1250000"', '"value":"1260000"'),
        ('"filing":0,"when"', '"filing":7,"when"'),
        ('"action":"accept"', '"action":"agree"'),
        ('"who":"J. Doe"', '"who":" "'),
        ('"nth":1', '"nth":"1"'),
        ('"state":"accepted"', '"state":"fine"'),
        ('"own":true', '"mine":true'),
        ("review-1.json", "review-9.json"),
        ('"facts":[', '"facts":{"a":['),
        ('"sha256"', '"md5"'),
    ],
)
def test_a_journal_that_was_edited_is_refused(was: str, now: str) -> None:
    text = review.dump(journal(made(), *ALL)).decode()
    assert was in text
    with pytest.raises(BadData, match=r"review\.json"):
        review.parse(text.replace(was, now, 1).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"schema": 1}'])
def test_what_is_no_journal_is_refused(data: bytes) -> None:
    with pytest.raises(BadData):
        review.parse(data)


#: What does not make an acceptance void.
KEPT = {
    "nothing": FILING,
    "lines above": FILING.replace("CONSOLIDATED", "Some words.\n\nAnd more of them.\n\nCONSOLIDATED", 1),
    "columns to the right": FILING.replace("Cash      ", "Cash            "),
    "case of a label": FILING.replace("Receivables", "RECEIVABLES"),
    "words of a label": FILING.replace("Inventories ", "Inventories, "),
    "dollar signs": FILING.replace("$", " "),
}


@pytest.mark.parametrize("name", KEPT)
def test_an_acceptance_survives(name: str, tmp_path: Path) -> None:
    path = kept(tmp_path, journal(made(), *ALL))
    again = made(KEPT[name], review=path)
    assert not of_review(again)
    count = sum(row["state"] == "accepted" for row in states(again))
    assert count == 2 * len(ALL)


def states(one: Conversion) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(review.states_of(one)["review.csv"].decode())))


#: What makes it void: (what, in its place, words of the finding).
VOID = {
    "value": ("800  ", "801  ", "the value of 2001-06-30 was 800,000 and is 801,000"),
    "sign": ("2,550  ", "(2,550) ", "the sign of 2001-06-30 was 2,550,000 and is -2,550,000"),
    "scale": ("(In thousands)", "(In millions)", "the scale of 2001-06-30 was 1,250,000 and is 1,250,000,000"),
    "unit": ("(In thousands)", "(In thousands of Canadian dollars)", "the unit of 2001-06-30 was USD and is CAD"),
    "period": ("June 30, 2000", "June 30, 1999", "the period of 1999-06-30 was 2000-06-30 and is 1999-06-30"),
    "gone": ("$   1,250     $   1,100", "$   1,250", "1,100,000 USD, is gone"),
}


@pytest.mark.parametrize("name", VOID)
def test_what_changed_after_it_was_accepted_is_told_once_for_a_cause(name: str, tmp_path: Path) -> None:
    was, instead, words = VOID[name]
    again = made(FILING.replace(was, instead), review=kept(tmp_path, journal(made(), *ALL)))
    found = [f for f in of_review(again) if words in f.message]
    assert len(found) == 1, [f.message for f in again.findings]
    assert found[0].at is not None and found[0].at.line and found[0].hint
    if name in ("scale", "unit", "period"):
        assert "so have 5 more lines" in found[0].message
        assert len([f for f in of_review(again) if f.code == "review.changed"]) == 1
    assert any(row["state"] == "unseen" and row["label"] in found[0].message for row in states(again))


def test_a_choice_decides_and_says_whose_it_was(tmp_path: Path) -> None:
    path = kept(tmp_path, journal(made(), (Action.CHOOSE, "Accrued items", "OtherLiabilitiesCurrent")))
    again = made(review=path)
    facts = [f for f in again.facts if f.label == "Accrued items"]
    assert {f.concept.name for f in facts} == {"OtherLiabilitiesCurrent"}
    assert {f.why for f in facts} == {"precedent review.json:1, chosen by J. Doe on 2026-11-26"}
    assert not of_review(again)
    assert {row["state"] for row in states(again) if row["label"] == "Accrued items"} == {"changed"}
    rows = review.overrides_csv(review.read(path), 0)
    assert rows == (
        "statement,label,under,concept,negate,note\n"
        "balance_sheet,Accrued items,,OtherLiabilitiesCurrent,,chosen by J. Doe on 2026-11-26\n"
    )
    (tmp_path / "overrides.csv").write_text(rows)
    by_rows = made(overrides=[tmp_path / "overrides.csv"])
    assert [f.concept.name for f in by_rows.facts] == [f.concept.name for f in again.facts]


def test_a_choice_that_is_outranked_is_told(tmp_path: Path) -> None:
    path = kept(tmp_path, journal(made(), (Action.CHOOSE, "Accrued items", "OtherLiabilitiesCurrent")))
    rows = tmp_path / "mine.csv"
    rows.write_text(
        "statement,label,under,concept,negate,note\nbalance_sheet,Accrued items,,AccruedLiabilitiesCurrent,,\n"
    )
    (found,) = of_review(made(review=path, overrides=[rows]))
    assert "was OtherLiabilitiesCurrent and is AccruedLiabilitiesCurrent" in found.message


def test_what_was_undone_decides_nothing(tmp_path: Path) -> None:
    one = journal(made(), (Action.CHOOSE, "Accrued items", "OtherLiabilitiesCurrent"))
    (entry,) = one.entries
    undone = replace(entry, number=2, action=Action.UNDO, before=entry.after, after=entry.before, undoes=1)
    again = made(review=kept(tmp_path, replace(one, entries=(entry, undone))))
    assert [f.concept.name for f in again.facts] == [f.concept.name for f in made().facts]
    assert review.overrides_csv(replace(one, entries=(entry, undone)), 0).count("\n") == 1


def test_the_next_filing_takes_the_concepts_over_and_no_acceptance(tmp_path: Path) -> None:
    path = kept(tmp_path, journal(made(), *ALL, (Action.CHOOSE, "Accrued items", "OtherLiabilitiesCurrent")))
    text = FILING.replace("June 30, 2001", "Sept. 30, 2001").replace("June 30, 2000", "June 30, 2001")
    after = made(text, review=path)
    (found,) = of_review(after)
    assert found.code == "review.rolled-forward" and "7 concepts" in found.message
    assert {row["state"] for row in states(after)} == {"unseen"}
    whys = {f.label: f.why for f in after.facts}
    assert whys["Accrued items"] == "precedent review.json:7, chosen by J. Doe on 2026-11-26"
    assert whys["Inventories"].endswith("; accepted by J. Doe on 2026-11-26")
    # The journal goes on: the third filing hears both.
    both = journal(after, (Action.CHOOSE, "Inventories", "InventoryFinishedGoods"), after=review.read(path))
    third = made(text.replace("Sept. 30, 2001", "Dec. 31, 2001"), review=kept(tmp_path, both))
    names = {f.label: f.concept.name for f in third.facts}
    assert (names["Inventories"], names["Accrued items"]) == ("InventoryFinishedGoods", "OtherLiabilitiesCurrent")


def test_the_journal_of_another_company_is_left_alone(tmp_path: Path) -> None:
    path = kept(tmp_path, journal(made(), (Action.CHOOSE, "Accrued items", "OtherLiabilitiesCurrent")))
    other = FILING.replace("EXAMPLE MILLS INC", "SAMPLE FOUNDRY CORP").replace("12-3456789", "98-7654321")
    (found,) = of_review(made(other, review=path))
    assert found.code == "review.another"
    assert "OtherLiabilitiesCurrent" not in {f.concept.name for f in made(other, review=path).facts}


TWINS = """CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands, except per share amounts)
                              Year ended June 30,
                                2001       2000
Revenue                       $ 10,000   $  9,000
Net income                    $  2,000   $  1,800
Net income per share:
Basic                         $   2.00   $   1.80
Weighted average shares:
Basic                            1,000      1,000
"""


def test_lines_of_one_label_are_told_apart_by_their_headings(tmp_path: Path) -> None:
    first = made(TWINS)
    keys = [one.key for one in lines_of(first.report) if one.name == "Basic"]
    assert [k.under for k in keys] == ["Net income per share:", "Weighted average shares:"]
    names = [f.concept.name for f in first.facts]
    again = made(TWINS, review=kept(tmp_path, journal(first, (Action.ACCEPT, "Basic", ""))))
    assert [f.concept.name for f in again.facts] == names and not of_review(again)


def test_a_heading_that_holds_another_is_not_taken_for_it(tmp_path: Path) -> None:
    text = TWINS.replace("Weighted average shares:", "Shares used in computing net income per share:")
    first = made(text)
    eps = journal(first, (Action.CHOOSE, "Basic", "EarningsPerShareBasicAndDiluted"))
    all_of_them = journal(first, *((Action.ACCEPT, name, "") for name in ("Revenue", "Net income", "Basic")))
    for one in (eps, all_of_them):
        again = made(text, review=kept(tmp_path, one))
        shares = [f.concept.name for f in again.facts if f.unit == "shares"]
        assert shares == [f.concept.name for f in first.facts if f.unit == "shares"] and shares


def test_nothing_is_told_of_a_concept_that_a_person_accepted(tmp_path: Path) -> None:
    assert "tag.low-confidence" in {f.code for f in made().findings}
    again = made(review=kept(tmp_path, journal(made(), *ALL, (Action.ACCEPT, "Accrued items", ""))))
    assert not [f for f in again.findings if f.code.startswith("tag.")]
    whys = {f.label: f.why for f in again.facts}
    assert whys["Accrued items"].endswith("; accepted by J. Doe on 2026-11-26")


def test_an_accepted_concept_decides_where_another_would_be_taken(tmp_path: Path) -> None:
    one = journal(made(), (Action.ACCEPT, "Cash", ""))
    (entry,) = one.entries
    facts = tuple(replace(f, claim=replace(f.claim, concept="Cash")) for f in entry.facts)
    facts = tuple(replace(f, hash=f.claim.hash_in("balance_sheet")) for f in facts)
    state = replace(entry.after, concept="Cash")
    earlier = replace(entry, concept="Cash", facts=facts, before=replace(entry.before, concept="Cash"), after=state)
    again = made(review=kept(tmp_path, replace(one, entries=(earlier,))))
    assert {f.concept.name for f in again.facts if f.label == "Cash"} == {"Cash"}
    assert not of_review(again)


def test_a_figure_without_a_tag_may_be_accepted_as_such() -> None:
    text = FILING.replace("CONSOLIDATED", "CONSOLIDATED", 1)
    one = made(text)
    report = replace(one.report, facts=tuple(f for f in one.facts if f.label != "Inventories"))
    at = line(replace(one, report=report), "Inventories")
    assert [(f.id, f.claim.concept, f.claim.value) for f in at.facts] == [("", "", "800000"), ("", "", "760000")]


def test_another_vintage_keeps_what_was_accepted(tmp_path: Path) -> None:
    path = kept(tmp_path, journal(made(), *ALL))
    again = made(review=path, taxonomy="us-gaap-2009")
    assert not of_review(again)


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_conversion_with_a_review_has_its_states(tmp_path: Path) -> None:
    (tmp_path / "filing.txt").write_text(FILING)
    path = kept(tmp_path, journal(made(), *ALL))
    out = tmp_path / "out"
    words = ["convert", str(tmp_path / "filing.txt"), "-o", str(out), "--no-validate", "--review", str(path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0 and "Review: 12 of 27 facts accepted." in done.stderr, done.stderr
    assert (out / "review.csv").exists()
    assert f"Review     {path.name}, SHA-256" in (out / "receipt.txt").read_text()
    assert "--review review.json" in (out / "receipt.txt").read_text()


def test_the_review_of_a_folder_stays_through_conversions(tmp_path: Path) -> None:
    (tmp_path / "filing.txt").write_text(FILING)
    out = tmp_path / "out"
    convert = ["convert", str(tmp_path / "filing.txt"), "-o", str(out), "--no-validate", "--cik", "1234567"]
    assert CliRunner().invoke(main, convert).exit_code == 0
    done = CliRunner().invoke(main, ["review", str(out), "--no-open"])
    assert done.exit_code == 0, done.output
    page = (out / "to-review.html").read_text(encoding="utf-8")
    assert '"identifier":"0001234567"' in page  # the options of the receipt
    first = made(cik="1234567")
    kept(out, journal(first, *ALL))
    assert CliRunner().invoke(main, [*convert, "--review", str(out / "review.json")]).exit_code == 0
    assert {"review.json", "to-review.html", "review.csv"} <= {p.name for p in out.iterdir()}
    assert not cx.verify(out)
    done = CliRunner().invoke(main, ["review", str(out), "--no-open"])
    assert done.exit_code == 0 and '"state":"accepted"' in (out / "to-review.html").read_text(encoding="utf-8")


def test_a_folder_without_its_filing_says_so(tmp_path: Path) -> None:
    (tmp_path / "filing.txt").write_text(FILING)
    out = tmp_path / "out"
    words = ["convert", str(tmp_path / "filing.txt"), "-o", str(out), "--no-validate"]
    assert CliRunner().invoke(main, words).exit_code == 0
    (tmp_path / "filing.txt").write_text(FILING + "\n")
    done = CliRunner().invoke(main, ["review", str(out), "--no-open"])
    assert done.exit_code == 2 and "is not the filing" in done.stderr
    (tmp_path / "filing.txt").unlink()
    done = CliRunner().invoke(main, ["review", str(out), "--no-open"])
    assert done.exit_code == 2 and "give the filing itself" in done.stderr
    done = CliRunner().invoke(main, ["review", str(tmp_path), "--no-open"])
    assert done.exit_code == 2 and "no folder that a conversion wrote" in done.stderr


# --- the page ---------------------------------------------------------------------------------------------------------


def data_of(page: bytes) -> dict[str, object]:
    text = page.decode()
    start = text.index('<script type="application/json" id="data">') + len('<script type="application/json" id="data">')
    return dict(json.loads(text[start : text.index("</script>", start)]))


def test_the_page_is_one_file_the_same_each_time(reference: Path, tmp_path: Path) -> None:
    pages = [cx.convert(reference, validate=False).review(tmp_path / f"{n}.html").read_bytes() for n in (1, 2)]
    assert pages[0] == pages[1] and len(pages[0]) < 3_000_000
    text = pages[0].decode()
    for reach in ('http-equiv="refresh', "src=", "@import", "url(", "<link"):
        assert reach not in text
    data = data_of(pages[0])
    assert len(data["lines"]) == 59  # type: ignore[arg-type]


HOSTILE = FILING.replace("Inventories ", "</script><img src=x onerror=run()>{{7*7}} ").replace(
    "EXAMPLE MILLS INC", "EXAMPLE <script>run()</script> MILLS INC"
)


def test_a_hostile_filing_is_text(tmp_path: Path) -> None:
    page = made(HOSTILE).review(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<img" not in page and "onerror=run()>" not in page.replace("onerror=run()&gt;", "")
    assert page.count("<script") == 2 and page.count("</script>") == 2 and "{{7*7}}" in page
    policy = page[page.index("Content-Security-Policy") :][:400]
    assert "default-src &#39;none&#39;" in policy and "connect-src &#39;none&#39;" in policy
    assert "unsafe-inline" not in policy[policy.index("script-src") : policy.index("style-src")]


def test_the_script_never_makes_markup_of_text() -> None:
    for path in (ROOT / "templates" / "review").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "{{"):
            assert word not in text, (path.name, word)
