"""Report -> the page: its text is the source's, its tags are the facts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from capxbrl import pipeline
from capxbrl.findings import BadData, Position
from capxbrl.model import Cell, Document, Fact, PageBreak, Report, Row, Section, Table, text_at
from capxbrl.writers import xhtml

XHTML = "{http://www.w3.org/1999/xhtml}"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"
XBRLI = "{http://www.xbrl.org/2003/instance}"

ASCII = """<PAGE>
                              EXAMPLE WIDGETS INC. & SONS
                   CONSOLIDATED STATEMENTS OF INCOME (Unaudited)
                     (in thousands, except per share data)

<TABLE>
<CAPTION>
                                          Three Months Ended
                                               June 30,
                                       ----------------------
                                          2004        2003
                                       ----------  ----------
<S>                                    <C>         <C>
Net sales.......................       $    1,945  $    1,530
Cost of sales, including amounts
  paid to affiliates............            1,396       1,127
                                       ----------  ----------
   Gross margin                               549         403
Selling <and> general expenses                379         (24)
Interest                                       --          10
                                       ----------  ----------
Net income                             $      170  $      417
                                       ==========  ==========
</TABLE>

           The accompanying notes are an integral part.
                                   2
"""

TABBED = """Items & <notes>

\t2004\t2003
ASSETS\t\t
Cash\t\\$ 10\t\\$ 20
Other <u>assets</u>, less allowances of \\$1 and\t\t
\\$2\t5\t(6)
Total assets\t\\$ 15\t\\$ 14
"""


def converted(source: bytes, name: str) -> Report:
    document = pipeline.load(source, name).value
    return pipeline.analyse(document)[0].report


@pytest.fixture(scope="module")
def report() -> Report:
    path = Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt"
    return converted(path.read_bytes(), path.name)


def page_of(report: Report) -> etree._Element:
    files = xhtml.write(report, {})
    assert list(files) == ["report.xhtml"]
    return etree.fromstring(files["report.xhtml"])


def seen(page: etree._Element) -> str:
    """What a reader sees: all text of the body, without the header that is not displayed."""
    body = page.find(f"{XHTML}body")
    assert body is not None
    hidden = body.find(f"{XHTML}div")
    assert hidden is not None and hidden.get("style") == "display:none" and hidden[0].tag == f"{IX}header"
    body.remove(hidden)
    return "".join(body.itertext())


def bare(source: str) -> str:
    """The raw text without markdown escapes and tags."""
    return re.sub(r"</?[A-Za-z]{1,8}>", "", re.sub(r"\\([$&<>_*])", r"\1", source))


def facts_of(page: etree._Element) -> list[etree._Element]:
    return [e for e in page.iter(f"{IX}nonFraction", f"{IX}nonNumeric")]


def test_the_reader_sees_the_reference_filing(report: Report) -> None:
    assert seen(page_of(report)).split() == bare(report.document.text).split()


@pytest.mark.parametrize("source", [ASCII, TABBED])
def test_the_reader_sees_every_character(source: str) -> None:
    report = converted(source.encode(), "x.txt")
    # `<and>` is what a tag looks like: the reader takes it out too.
    shown = "".join(seen(page_of(report)).split())
    assert shown == "".join(bare(source).split())
    assert shown.count("(24)") == source.count("(24)")


def test_every_fact_is_a_tag_on_its_words(report: Report) -> None:
    page = page_of(report)
    tags = {e.get("id"): e for e in facts_of(page)}
    assert len(tags) == len(report.facts) == len(facts_of(page))
    for fact in report.facts:
        tag = tags[fact.id]
        assert tag.get("name") == fact.concept.qname
        assert tag.get("contextRef") == fact.context
        text = "".join(tag.itertext())
        if fact.format == "hidden":
            assert tag.getparent().tag == f"{IX}hidden"
            assert text == fact.value
            words = page.findall(f".//{XHTML}span[@style='-sec-ix-hidden:{fact.id}']")
            assert ["".join(w.itertext()) for w in words] == [fact.shown]
        else:
            assert text == fact.shown == text_at(report.document, fact.span)


def test_the_attributes_of_a_number_give_its_value(report: Report) -> None:
    page = page_of(report)
    numbers = {e.get("id"): e for e in page.iter(f"{IX}nonFraction")}
    for fact in report.facts:
        if not isinstance(fact.value, Decimal):
            continue
        tag = numbers[fact.id]
        shown = "".join(tag.itertext())
        assert tag.get("decimals") == ("INF" if fact.decimals is None else str(fact.decimals))
        if tag.get("format") == "ixt:fixed-zero":
            assert fact.value == 0 and tag.get("scale") is None and tag.get("sign") is None
            continue
        assert tag.get("format") == "ixt:num-dot-decimal"
        value = Decimal(shown.replace(",", "")).scaleb(int(tag.get("scale", "0")))
        assert (-value if tag.get("sign") == "-" else value) == fact.value


def test_two_facts_of_one_figure_are_nested_without_a_gap(report: Report) -> None:
    page = page_of(report)
    nested = [e for e in page.iter(f"{IX}nonFraction") if e.getparent().tag == f"{IX}nonFraction"]
    places: dict[object, list[Fact]] = {}
    for fact in report.facts:
        places.setdefault(fact.span, []).append(fact)
    assert len(nested) == sum(len(group) - 1 for group in places.values())
    for inner in nested:
        outer = inner.getparent()
        assert outer is not None and not outer.text and not inner.tail
        assert all(outer.get(k) == inner.get(k) for k in ("format", "scale", "unitRef"))
    for group in places.values():
        for first, second in pairwise(group):
            child = page.find(f".//*[@id='{second.id}']")
            assert child is not None and child.getparent().get("id") == first.id


def test_contexts_and_units_are_declared_once(report: Report) -> None:
    page = page_of(report)
    contexts = [e.get("id") for e in page.iter(f"{XBRLI}context")]
    units = [e.get("id") for e in page.iter(f"{XBRLI}unit")]
    assert contexts == [c.id for c in report.contexts]
    assert sorted(units) == ["USD", "USDPerShare", "shares"]
    for tag in facts_of(page):
        assert tag.get("contextRef") in contexts
        assert tag.get("unitRef") is None or tag.get("unitRef") in units
    identifiers = {(e.get("scheme"), e.text) for e in page.iter(f"{XBRLI}identifier")}
    assert identifiers == {(report.entity.scheme, report.entity.identifier)}
    schema = page.find(".//{http://www.xbrl.org/2003/linkbase}schemaRef")
    assert schema is not None
    assert schema.get("{http://www.w3.org/1999/xlink}href") == f"{report.extension.stem}.xsd"


def test_nothing_hidden_means_no_hidden_part(report: Report) -> None:
    assert page_of(report).find(f".//{IX}hidden") is not None
    plain = replace(report, facts=tuple(f for f in report.facts if f.format != "hidden"))
    assert page_of(plain).find(f".//{IX}hidden") is None


def test_members_and_a_foreign_currency(report: Report) -> None:
    first = replace(
        report.contexts[0], members=(("capx-gaap:StatementClassOfStockAxis", "capx-gaap:CommonClassAMember"),)
    )
    page = page_of(replace(report, contexts=(first, *report.contexts[1:]), currency="EUR"))
    member = page.find(f".//{XBRLI}segment/*")
    assert member is not None
    assert (member.get("dimension"), member.text) == first.members[0]
    measures = [e.text for e in page.iter(f"{XBRLI}measure")]
    assert "iso4217:EUR" in measures and "iso4217:USD" not in measures


def test_a_label_over_two_rows_is_set_as_one(report: Report) -> None:
    page = page_of(report)
    labels = [" ".join("".join(e.itertext()).split()) for e in page.iter(f"{XHTML}td")]
    assert any(label.endswith("$699 at September 30, 2009 and $644 at March 31, 2009") for label in labels)


def test_headings_stand_over_the_columns_they_head(report: Report) -> None:
    page = page_of(report)
    spans = {"".join(e.itertext()): e.get("colspan", "1") for e in page.iter(f"{XHTML}th")}
    assert spans["Three Months Ended September 30,"] == spans["Six Months Ended September 30,"] == "2"
    assert spans["2009"] == "1"


def test_every_row_fills_its_table(report: Report) -> None:
    for source in (None, ASCII, TABBED):
        page = page_of(report if source is None else converted(source.encode(), "x.txt"))
        for table in page.iter(f"{XHTML}table"):
            sizes = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter(f"{XHTML}tr")}
            assert len(sizes) == 1


def test_the_last_sums_have_a_double_rule(report: Report) -> None:
    rows = {
        "".join(row[0].itertext()): row.get("class") or "" for row in page_of(report).iter(f"{XHTML}tr") if len(row)
    }
    assert "g" in rows["Total"].split() and "g" in rows["Net loss"].split()
    assert rows["Total current assets"].split() == ["t"]
    assert not {"t", "g"} & set(rows["Inventories"].split())


def test_figures_hang_on_their_last_digit(report: Report) -> None:
    page = page_of(report)
    (cell,) = [e for e in page.iter(f"{XHTML}td") if "".join(e.itertext()) == "$(31,881)"]
    parts = [(e.get("class"), "".join(e.itertext())) for e in cell.iter(f"{XHTML}span")]
    assert parts == [("cur", "$"), ("hang", ")")]
    assert [e.text for e in cell.iter(f"{IX}nonFraction")] == ["31,881"]


def test_a_title_and_the_leaders_of_a_plain_text() -> None:
    page = page_of(converted(ASCII.encode(), "x.txt"))
    (title,) = page.iter(f"{XHTML}h2")
    assert "STATEMENTS OF INCOME" in "".join(title.itertext())
    assert {e.text for e in page.iter(f"{XHTML}span") if e.get("class") == "dots"} == {"." * 23, "." * 12}
    drawn = [
        row.get("class") for row in page.iter(f"{XHTML}tr") if set("".join(row.itertext()).strip()) <= set("-= \n")
    ]
    assert drawn == ["rule"] * 5
    centred = ["".join(e.itertext()) for e in page.iter(f"{XHTML}p") if e.get("class") == "centred"]
    assert any("integral part" in text for text in centred)


def test_the_cover_is_set_as_a_cover(report: Report) -> None:
    page = page_of(report)
    assert ["".join(e.itertext()) for e in page.iter(f"{XHTML}h1")] == ["Capstone Turbine Corporation"]
    boxes = [e for e in page.iter(f"{XHTML}p") if e.get("class") == "box"]
    assert ["".join(box[0].itertext()) for box in boxes] == ["[]", "[]", "]", "]"]
    captions = ["".join(e.itertext()) for e in page.iter() if "caption" in (e.get("class") or "").split()]
    assert captions[:3] == [
        "(Exact name of registrant as specified in its charter)",
        "(State or other jurisdiction",
        "of incorporation)",
    ]
    assert not any(text.startswith("(8") for text in captions)


def test_a_grid_with_cells_over_rows_and_columns(report: Report) -> None:
    at = Position(source="x.htm", line=1, column=1)

    def cell(text: str, col: int, span: int = 1, rows: int = 1) -> Cell:
        return Cell(text=text, at=at, col=col, span=span, rows=rows)

    table = Table(
        rows=(
            Row(cells=(cell("Region", 0, 2, 2), cell("Sales", 4, 4)), at=at),
            Row(cells=(cell("2004", 4), cell("2003", 7)), at=at),
            Row(cells=(cell("North", 0, 2), cell("1", 4), cell("22", 7)), at=at),
            Row(cells=(cell("South", 0, 2), cell("(3)", 4), cell("—", 7)), at=at),
        ),
        width=8,
        at=at,
    )
    document = Document(
        name="x.htm", format="html", blocks=(Section(type="8-K", at=at), table, PageBreak(at=at, text="7"))
    )
    page = page_of(replace(report, document=document, facts=(), statements=()))
    rows = [
        [("".join(c.itertext()), c.get("colspan"), c.get("rowspan")) for c in row] for row in page.iter(f"{XHTML}tr")
    ]
    assert rows == [
        [("Region", None, "2"), ("Sales", "2", None)],
        [("2004", None, None), ("2003", None, None)],
        [("North", None, None), ("1", None, None), ("22", None, None)],
        [("South", None, None), ("(3)", None, None), ("—", None, None)],
    ]
    assert seen(page).split() == ["Region", "Sales", "2004", "2003", "North", "1", "22", "South", "(3)", "—", "7"]


def test_characters_that_xml_forbids_do_not_break_the_page() -> None:
    report = converted(b"A heading\x01 with a stray \x1a mark\n\nand more <text> & more\n", "x.txt")
    assert "and more" in seen(page_of(report))


def test_tags_that_cross_are_refused(report: Report) -> None:
    first = report.facts[0]
    wrong = replace(first, id="f-x", span=replace(first.span, start=first.span.start - 1, end=first.span.end - 1))
    with pytest.raises(ValueError, match="cross"):
        xhtml.write(replace(report, facts=(*report.facts, wrong)), {})


def test_a_tag_that_leaves_its_text_is_refused(report: Report) -> None:
    first = report.facts[0]
    wrong = replace(first, span=replace(first.span, end=first.span.end + 1))
    with pytest.raises(ValueError, match="leaves its text"):
        xhtml.write(replace(report, facts=(wrong, *report.facts[1:])), {})


def test_same_report_same_bytes(report: Report) -> None:
    assert xhtml.write(report, {}) == xhtml.write(report, {})


def test_a_template_of_the_user(report: Report, tmp_path: Path) -> None:
    style, page = tmp_path / "a", tmp_path / "b"
    style.mkdir()
    page.mkdir()
    (style / "style.css").write_text("p { color: navy }")
    made = xhtml.write(report, {}, templates=style)["report.xhtml"]
    assert b"color: navy" in made and b"f-bs-" in made
    (page / "report.xhtml.j2").write_text("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    with pytest.raises(BadData, match="unsafe"):
        xhtml.write(report, {}, templates=page)
    with pytest.raises(BadData, match="no such folder"):
        xhtml.write(report, {}, templates=tmp_path / "absent")
