"""The filer's own page with the tags in it (`--layout source`): the same words, facts and places."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import browser
import pytest

import capxbrl as cx
from capxbrl import gate, markup, writers
from capxbrl.files import save
from capxbrl.findings import Position
from capxbrl.model import PageLayout
from capxbrl.options import WrongOption, choose
from capxbrl.reports.located import in_source
from capxbrl.writers.xhtml.quirks import mode_of
from capxbrl.writers.xhtml.tidy import tidy

HTML = """<html><head><title>t</title><script>alert(1)</script></head><body bgcolor=white onload="x()">
<center><font size=4 color=#336699><b>CEDAR HINGES INC</b><p>CONSOLIDATED STATEMENTS OF OPERATIONS</font></center>
<p align=center>(In thousands)<img src="http://elsewhere.example/x.gif">
<table border=0 cellpadding=3 width=100%>text of no cell
<tr><td></td><th colspan=2>Year Ended December&nbsp;31,</th></tr>
<tr><td></td><td>2009</td><td>2008</td></tr>
<tr bgcolor="#CCEEFF"><td>Net sales</td><td align=right nowrap>$ 6,100</td><td align=right>5,100</td></tr>
<tr><td>Cost of sales</td><td align=right>4,0<i>00</i></td><td align=right>3,500</td></tr>
<tr><td>Restructuring</td><td align=right>&#151;</td><td align=right>(100)</td></tr>
<tr><td><a href="http://elsewhere.example/">Net income</a></td>
<td style="text-align:right;background:url(http://elsewhere.example/)">2,100</td><td align=right>1,500</td></tr>
</table><ul><li>A &amp; B</ul></body></html>
"""
TEXT = """<PAGE>
CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                                   Year Ended December 31,
                                      2009         2008
<S>                                <C>          <C>
Net sales ......................    $ 6,100      $ 5,100
Cost of sales & tolls ..........      4,000        3,500
Net income .....................    $ 2,100      $ 1,600
"""

#: [character, x, y] of all that is seen.
CHARACTERS = """(() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let i = 0; i < node.data.length; i++) {
      if (/\\s/.test(node.data[i])) continue;
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (box.width) found.push([node.data[i], Math.round(box.x), Math.round(box.y)].join(' '));
    }
  }
  return found;
})()"""


def made(page: str = HTML, name: str = "page.htm", **given: object) -> cx.Conversion:
    return cx.convert(page.encode(), name=name, validate=False, **({"layout": "source"} | given))


def body(one: cx.Conversion) -> str:
    root = markup.parse_xml(one.files[one.report.page])
    found = root.find("{http://www.w3.org/1999/xhtml}body")
    assert found is not None
    return "".join("".join(found[-1].itertext()).split())


@pytest.mark.parametrize(("page", "name"), [(HTML, "page.htm"), (TEXT, "page.txt")])
def test_words_and_facts_are_those_of_our_own_layout(page: str, name: str) -> None:
    kept, own = made(page, name), made(page, name, layout="own")
    assert sorted(body(kept)) == sorted(body(own))
    assert kept.files["facts.csv"] == own.files["facts.csv"]
    assert {f.id for f in kept.facts} == {f.id for f in own.facts} and kept.facts


def test_the_reference_filing_keeps_its_words(reference: Path) -> None:
    kept, own = (cx.convert(reference, validate=False, layout=layout) for layout in ("source", "own"))
    assert body(kept) == body(own)
    assert not [f for f in kept.findings if f.code == "report.not-in-place"]


@pytest.mark.parametrize(("page", "name"), [(HTML, "page.htm"), (TEXT, "page.txt")])
@pytest.mark.parametrize("profile", ["open", "edgar"])
def test_the_page_is_valid_and_reads_back(page: str, name: str, profile: str, tmp_path: Path) -> None:
    one = made(page, name, profile=profile)
    save(writers.write(one.report), tmp_path)
    told = gate.validate(tmp_path / writers.PACKAGE)
    assert told.findings == ()
    assert {f.id for f in told.facts} == {f.id for f in one.facts}
    assert {(f.id, f.value) for f in told.facts} == {(f.id, f.value) for f in one.facts}


def test_nothing_of_the_page_runs_or_reaches_out() -> None:
    text = made().files["report.xhtml"].decode()
    for word in ("script", "onload", "elsewhere", "<img", "<a "):
        assert word not in text
    assert "url(" not in text and 'http-equiv="refresh' not in text
    assert "background-color:#CCEEFF" in text and "white-space:nowrap" in text and "text-align:right" in text
    assert "color:#336699" in text


TORN = {
    "a part in italics": ("4,000", "4,0<i>00</i>"),
    "a part in other type": ("6,100", "<font size=3>6</font>,<FONT COLOR='red'>10</FONT>0"),
    "tags in tags": ("6,100", "6<b>,1<i>0</i></b>0"),
    "a comment": ("5,100", "5,<!-- page 3 -->100"),
    "an entity, parted": ("(100)", "&#40;1<u></u>00)"),
    "a word break": ("3,500", "3,5<wbr>00"),
}


@pytest.mark.parametrize("name", TORN)
def test_a_figure_that_tags_part_stands_in_its_place(name: str) -> None:
    whole, torn = TORN[name]
    page = HTML.replace("4,0<i>00</i>", "4,000").replace(f">{whole}<", f">{torn}<").replace(f" {whole}<", f" {torn}<")
    assert torn in page
    kept, own = made(page), made(page, layout="own")
    assert body(kept) == body(own) and not [f for f in kept.findings if f.code == "report.not-in-place"]
    head, _, shown = kept.files["report.xhtml"].decode().partition("</ix:header>")
    for fact in kept.facts:
        assert f'id="{fact.id}"' in shown and f'id="{fact.id}"' not in head
    assert kept.files["facts.csv"].replace(b"page.htm", b"") == own.files["facts.csv"].replace(b"page.htm", b"")


def test_words_over_two_lines_stand_in_their_place() -> None:
    document = replace(made(HTML).document, text="<p>ACME<br>\nPower <b>Corp</b></p>", format="html")
    fact = replace(made(HTML).facts[0], shown="ACME Power Corp", at=Position(source="page.htm", line=1, column=4))
    (there,), told = in_source(document, [fact])
    assert [document.text[a:b] for a, b in there.pieces] == ["ACME", "\nPower ", "Corp"] and not told


@pytest.mark.parametrize("text", ["<p>AC</p><p>ME</p>", "<p>AC</td><td>ME</p>", "<p>AC", "<p>A&amp;ME", "<p>AC ME"])
def test_words_that_are_not_there_have_no_place_and_are_told(text: str) -> None:
    document = replace(made(HTML).document, text=text, format="html")
    fact = replace(made(HTML).facts[0], shown="ACME", at=Position(source="page.htm", line=1, column=4))
    places, told = in_source(document, [fact])
    assert places == () and [f.code for f in told] == ["report.not-in-place"]


# --- the look of the page ------------------------------------------------------------------------------------------

SHEET = """<style type="text/css"><!--
@import url(http://elsewhere.example/a.css); /* a { color: red } */
.net { font-weight: bold; color: #123456 }
td.net, #grand { background: url(http://elsewhere.example/b.png); color: navy }
table .deep > b { letter-spacing: 2px } p + p { color: red } a:hover { color: red } .late { color: teal !important }
@media print { .net { display: none } } .x { behavior: url(x); -moz-binding: url(x); width: expression(alert(1)) }
--></style><style media="print">.net { display: none }</style><link rel="stylesheet" href="http://elsewhere.example/c.css">"""


def test_the_style_sheets_of_the_page_stay_in_its_elements() -> None:
    rows = '<tr class="deep"><td class=net id=grand>a</td><td class="deep x"><b>b</b><i><b>c</b></i></td></tr>'
    page = tidy(f'<html><head>{SHEET}</head><body><table>{rows}</table><p class="late" style="color:red">d</p><p>e</p>')
    markup.parse_xml(f"<div>{page}</div>".encode())
    cell = page[page.index("<td") : page.index(">a<")]
    assert "font-weight:bold" in cell and "color:navy" in cell and "#123456" not in cell
    assert 'letter-spacing:2px">b</b>' in page.replace(";line-height:normal", "") and page.count("letter-spacing") == 1
    late = page[page.rindex("<", 0, page.index(">d<")) : page.index(">d<")]
    assert late.index("color:red") < late.index("color:teal !important")
    for word in ("elsewhere", "display:none", "expression", "behavior", "binding", "@", "style type"):
        assert word not in page
    assert "color:red" not in page[page.index(">d<") :]


RULES = "".join(f".a .a .a .a .a b {{ color: red }} .c{n} {{ color: red }}" for n in range(4000))
HOSTILE = {
    "rules": f"<style>{RULES}{'/*' * 50_000}</style>" + "<div class=a>" * 150 + "<b class=c3>x</b>" * 500,
    "rules and names": f"<style>{RULES}</style>" + "".join(f"<div class=a><b id=i{n}>x</b>" for n in range(5000)),
    "entities": "<p>" + "&nbsp;x " * 100_000,
    "ends of lines": "<p>" + "a<br>" * 50_000,
    "tables in paragraphs": "<p><table><tr><td>" * 3000 + "x",
    "open fonts": "<font><p>" * 20_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_time(name: str) -> None:
    began = time.process_time()
    markup.parse_xml(f"<div>{tidy(HOSTILE[name])}</div>".encode())
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("", "quirks"),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 3.2//EN'>", "quirks"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', "quirks"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/x">', "limited"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">', "limited"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "x">', "standard"),
        ("<!doctype html>", "standard"),
    ],
)
def test_a_page_is_set_as_its_type_says(kind: str, mode: str) -> None:
    assert mode_of(f"\n{kind}\n<html>") == mode


def test_a_paragraph_without_an_end_goes_on_round_a_table() -> None:
    open_, closed = "<p>a<table><tr><td>b</table>", "<p>a</p><table><tr><td>b</table>"
    assert "a<table" in tidy(open_) and "a</div><table" in tidy(closed)
    assert "a</div><table" in tidy(f"<!doctype html>{open_}")


def test_attributes_for_the_look_are_carried_over() -> None:
    page = tidy(
        "<body text=#111111><font size=+1 face='Arial, Helvetica' color=336699>a</font><table align=center border=1 "
        "cellpadding=2><tr><td>b</td></tr></table><hr size=3 noshade><a href='http://elsewhere.example/'>c</a>"
        "<img src='http://elsewhere.example/d.gif' width=20 height=10><font size=-2>e</font>"
        "<font face='x;y:url(z)'>f</font>"
    )
    for said in (
        "color:#111111",
        "font-size:large;font-family:Arial, Helvetica",
        "color:#336699",
        "margin-left:auto;margin-right:auto",
        "border:1px inset",
        "padding:2px",
        "height:1px",
        "text-decoration:underline",
        "display:inline-block;width:20px;height:10px",
        "font-size:x-small",
    ):
        assert said in page, said
    assert "elsewhere" not in page and "url" not in page


@pytest.mark.skipif(not browser.CHROMIUM, reason="no Chromium here")
@pytest.mark.parametrize(
    "kind", ["", "<!doctype html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "x">']
)
def test_the_page_stands_as_the_original_does(kind: str, tmp_path: Path) -> None:
    page = kind + re.sub("<img[^>]*>", "", HTML).replace(
        "<head>", "<head><style>.net { font-size: 18pt } p { margin: 3px }</style>"
    ).replace("text of no cell", "").replace(
        "<td>Net sales", "<td class=net><p>Net <b>sales</b><p>of<br><br><font size=1>goods</font>"
    )
    one = made(page)
    places = []
    for name, data in (("a.htm", page.encode("cp1252")), ("b.xhtml", one.files["report.xhtml"])):
        (tmp_path / name).write_bytes(data)
        _, values = browser.driven(tmp_path / name, CHARACTERS, ready="document.readyState === 'complete'", still=True)
        places.append(values[0])
    assert places[0] == places[1] and len(places[0]) > 100


def test_a_document_without_a_page_is_set_anew_and_told() -> None:
    one = made(layout="own")
    places, told = in_source(replace(one.document, format="pdf"), one.facts)
    assert places == () and [f.code for f in told] == ["report.layout"]


def test_what_is_out_of_place_is_put_where_it_may_stand() -> None:
    page = "<font><p>a</p>b</font><table>c<tbody><tr>d<td><b>e<div>f</div></b></td></tr></tbody></table><hr width=90>"
    text = tidy(f"<html><body>{page}</body></html>")
    markup.parse_xml(f"<div>{text}</div>".encode())
    assert "<div>c</div><table" in text and "<td>d</td><td>" in text and "<hr style=" in text
    assert '<div style="font-weight:bold">e<div>f</div></div>' in text


def test_a_page_of_fixed_width_stays_one() -> None:
    shown = made(TEXT, "page.txt").files["report.xhtml"].decode()
    assert '<pre style="margin:8px;font-size:.8em">' in shown
    assert "\nNet sales ......................    $ <ix:" in shown
    long = made(TEXT + "\n" + "many words " * 40, "page.txt").files["report.xhtml"].decode()
    assert '<pre style="white-space:pre-wrap;' in long


def test_a_layout_must_be_known() -> None:
    assert choose(layout="source").layout is PageLayout.SOURCE
    with pytest.raises(WrongOption, match="own, source"):
        choose(layout="mine")
