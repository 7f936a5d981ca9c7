"""The filer's own page with the tags in it (`--layout source`): the same words, facts and places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl import gate, markup, writers
from capxbrl.files import save
from capxbrl.model import PageLayout
from capxbrl.options import WrongOption, choose
from capxbrl.reports.located import in_source
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
    assert "background-color:#CCEEFF" in text and "white-space:nowrap" in text and "text-align:right" in text
    assert "color:#336699" in text


def test_a_figure_in_pieces_stands_in_the_hidden_part_and_is_told() -> None:
    one = made()
    (told,) = [f for f in one.findings if f.code == "report.not-in-place"]
    assert told.fact is not None and "4,000" in told.message
    head, _, page = one.files["report.xhtml"].decode().partition("</ix:header>")
    assert f'id="{told.fact}"' in head and f'id="{told.fact}"' not in page


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


def test_a_layout_must_be_known() -> None:
    assert choose(layout="source").layout is PageLayout.SOURCE
    with pytest.raises(WrongOption, match="own, source"):
        choose(layout="mine")
