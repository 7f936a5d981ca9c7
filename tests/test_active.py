"""A page from elsewhere runs nothing and loads nothing in the viewer that is made of it."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import browser
import pytest
from click.testing import CliRunner
from lxml import etree

from capxbrl import gate
from capxbrl.cli import main
from capxbrl.findings import CapxbrlError
from capxbrl.gate.active import take_out, with_policy

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml"><head>
<base href="http://elsewhere.example/"/><meta http-equiv="refresh" content="0;url=http://elsewhere.example/"/>
<meta http-equiv="Content-Type" content="text/html"/><link rel="stylesheet" href="http://elsewhere.example/a.css"/>
<style>@import url(http://elsewhere.example/b.css); p {{ background: url('http://elsewhere.example/c.png') }}</style>
</head><body onload="run()">{more}
<p style="background:url(//elsewhere.example/d.png)">Cash <b>1</b></p></body></html>"""

BAD = {
    "script": "<script>run()</script>",
    "svg script": '<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script></svg>',
    "handler": '<p ONCLICK="run()" onmouseover="run()">x</p>',
    "image": '<img src="http://elsewhere.example/x.png" onerror="run()"/>',
    "svg as data": '<img src="data:image/svg+xml;base64,PHN2Zz4="/>',
    "address": '<a href="javascript:run()">x</a>',
    "frame": '<iframe src="file:///etc/passwd"></iframe>',
    "srcdoc": '<iframe srcdoc="&lt;script&gt;run()&lt;/script&gt;"></iframe>',
    "object": '<object data="file:///etc/passwd">x</object>',
    "form": '<form action="http://elsewhere.example/"><button formaction="javascript:run()">x</button></form>',
    "escape in a style": '<p style="background:u\\72l(http:// run())">x</p>',
    "escape in a sheet": "<style>@\\69mport '//run()'</style>",
    "set of pictures": '<img srcset="http://elsewhere.example/x 1x" alt=""/>',
    "opened": '<details open="" ontoggle="run()"><summary>x</summary></details>',
    "focused": '<input autofocus="" onfocus="run()"/>',
    "used": '<svg xmlns="http://www.w3.org/2000/svg"><use href="http://elsewhere.example/a.svg#x"/></svg>',
    "pinged": '<a href="#x" ping="http://elsewhere.example/">x</a>',
    "named": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">run()</x:script>',
    "animated": "<svg xmlns='http://www.w3.org/2000/svg'><set attributeName='href' to='javascript:run()'/></svg>",
}


@pytest.mark.parametrize("name", BAD)
def test_nothing_active_stays(name: str) -> None:
    root = etree.fromstring(PAGE.format(more=f"before {BAD[name]} behind"))
    taken = take_out(root)
    left = etree.tostring(root).decode().lower()
    for word in ("run()", "elsewhere", "script", "/etc/passwd", "refresh", "srcdoc", "@import", "svg+xml"):
        assert word not in left, left
    assert "before " in left and " behind" in left and "cash <b>1</b>" in left
    assert sum(taken.values()) >= 7


def test_what_is_harmless_stays() -> None:
    picture = '<img src="data:image/png;base64,iVBORw0KGgo="/><a href="#note">1</a>'
    root = etree.fromstring(f'<html xmlns="http://www.w3.org/1999/xhtml"><head/><body>{picture}</body></html>')
    assert not take_out(root)
    with_policy(root)
    assert b"default-src 'none'" in etree.tostring(root)
    assert b"iVBORw0KGgo=" in etree.tostring(root) and b'"#note"' in etree.tostring(root)


#: What is nothing to XML, or stands elsewhere, and markup to a browser: (before this, that is put in).
HIDDEN = {
    "comment before the page": ("<html", "<!--><script>run()</script><img src='http://127.0.0.1:9/a.png'/>--><html"),
    "instruction before the page": (
        "<html",
        "<?x ><meta http-equiv='refresh' content='0;url=http://127.0.0.1:9/'>?><html",
    ),
    "comment": ("</body>", "<!--><meta http-equiv='refresh' content='0;url=http://127.0.0.1:9/'/>--></body>"),
    "comment of a dash": ("</body>", "<!-- -><script>run()</script>--></body>"),
    "instruction": ("</body>", "<?y ><img src='http://127.0.0.1:9/p.png' onerror='run()'/>?></body>"),
    "comment after the page": ("</html>", "</html><!--><script>run()</script>-->"),
    "characters": ("</body>", "<p><![CDATA[><script>run()</script>]]></p></body>"),
    "sheet that ends": ("</head>", "<style><![CDATA[</style><script>run()</script>]]></style></head>"),
    "sheet in parts": ("</head>", "<style>a{}<!-- x -->@import 'http://127.0.0.1:9/s.css';</style></head>"),
    "sheet with elements": ("</head>", "<style>a{}<b/>p{background:url(http://127.0.0.1:9/s.png)}</style></head>"),
    "paint": (
        "</body>",
        "<svg xmlns='http://www.w3.org/2000/svg'><rect mask='url( \"http://127.0.0.1:9/m.svg#a\")'/></svg></body>",
    ),
    "sheet of XML": ("<html", "<?xml-stylesheet href='http://127.0.0.1:9/z.css'?><html"),
    "picture": ("</body>", "<image src='http://127.0.0.1:9/i.png' onerror='run()'/></body>"),
}
EMPTY = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Cash</p></body></html>'


def _as_html(root: etree._Element) -> etree._Element:
    """What a browser sees of the page that the viewer writes."""
    from iXBRLViewerPlugin.xhtmlserialize import XHTMLSerializer
    from lxml import html

    out = io.BytesIO()
    XHTMLSerializer(out).serialize(root.getroottree())
    return html.document_fromstring(out.getvalue().partition(b"?>")[2])


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_markup_to_a_browser_alone_goes_too(name: str) -> None:
    before, put = HIDDEN[name]
    root = etree.fromstring(EMPTY.replace(before, put, 1))
    take_out(root)
    with_policy(root)
    page = _as_html(root)
    left = etree.tostring(page).decode()
    assert "Cash" in left and "127.0.0.1" not in left
    assert not {*page.iter("script", "img")} and not any(e.get("http-equiv") == "refresh" for e in page.iter("meta"))


@pytest.mark.parametrize(
    "page",
    [
        EMPTY,
        EMPTY.replace("<head>", "text <head>"),
        EMPTY.replace("<head>", "<head>text"),
        EMPTY.replace("<head><title>x</title></head>", ""),
        EMPTY.replace("<head>", "<x:head xmlns:x='urn:x'/><head>"),
        EMPTY.replace("<head><title>x</title></head>", "").replace("</body>", "</body><head/>"),
        EMPTY.replace("<head>", "<h:head xmlns:h='http://www.w3.org/1999/xhtml'/><head>"),
    ],
)
def test_the_policy_is_the_first_thing_that_a_browser_reads(page: str) -> None:
    root = etree.fromstring(page)
    with_policy(root)
    first = list(_as_html(root).iter())[1:3]
    assert [e.tag for e in first] == ["head", "meta"] and first[1].get("http-equiv") == "Content-Security-Policy"


def test_a_page_that_is_no_html_to_a_browser_gets_no_viewer() -> None:
    with pytest.raises(ValueError, match="prefix"):
        with_policy(etree.fromstring('<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head/></h:html>'))


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory, mills_files: Mapping[str, bytes]) -> Path:
    """The folder of a viewer made of a package that somebody put a script and a picture into."""
    folder = tmp_path_factory.mktemp("viewer")
    package = folder / "a.xbri"
    package.write_bytes(mills_files["report.xbri"])
    with zipfile.ZipFile(package) as archive:
        members = {m: archive.read(m) for m in archive.namelist()}
    script = b"<script>document.title='RAN'</script>"
    hostile = b"<p><img src='http://127.0.0.1:9/x.png' onerror='run(1)' alt=''/></p>" + script + b"</body>"

    def injected(page: bytes) -> bytes:
        page = page.replace(b"</body>", hostile)
        for before, put in HIDDEN.values():
            page = page.replace(before.encode(), put.replace("run()", "alert(1)").encode(), 1)
        return page

    with zipfile.ZipFile(package, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, injected(data) if name.endswith(".xhtml") else data)
    made = gate.validate(package, viewer=folder)
    assert "gate.active-content" in {f.code for f in made.findings}
    return folder


def test_the_viewer_of_a_page_from_elsewhere(viewer: Path) -> None:
    page = (viewer / "viewer.html").read_text()
    assert "RAN" not in page and "127.0.0.1" not in page and "Content-Security-Policy" in page


@pytest.mark.skipif(not browser.CHROMIUM, reason="no Chromium here")
def test_the_viewer_works_in_a_browser_and_asks_for_nothing(viewer: Path) -> None:
    told, document = browser.opened(viewer / "viewer.html")
    assert "RAN" not in document and "inspector" in document, "the viewer's own script did not run"
    elsewhere = [t for t in told if not t[1].startswith((viewer.as_uri(), "about:blank", "blob:", "data:"))]
    assert not elsewhere
    assert not [
        t for t in told if t[0] in ("Page.javascriptDialogOpening", "Page.windowOpen", "Page.downloadWillBegin")
    ]


@pytest.mark.skipif(not browser.CHROMIUM, reason="no Chromium here")
def test_a_browser_would_tell(tmp_path: Path) -> None:
    """The watch itself."""
    page = tmp_path / "page.html"
    page.write_text("<script>alert('x')</script><img src='http://127.0.0.1:9/a.png'>")
    told, _ = browser.opened(page, 2.0)
    assert "Page.javascriptDialogOpening" in {event for event, _ in told}
    assert "http://127.0.0.1:9/a.png" in {address for _, address in told}


_CHANGED = {
    "a script": lambda page: page.replace(b"</body>", b"<script>run()</script></body>"),
    "a script beside it": lambda page: page.replace(
        b"</body>", b"<script src='x.js' type='text/javascript'></script></body>"
    ),
    "a comment": lambda page: page.replace(b"</body>", b"<!--><p onclick='run()'>--></body>"),
    "no policy": lambda page: page.replace(b"default-src", b"nothing"),
    "a page of a person": lambda page: b"my own page",
}


@pytest.mark.parametrize("name", _CHANGED)
def test_a_viewer_of_others_is_neither_opened_nor_replaced(name: str, viewer: Path, tmp_path: Path) -> None:
    for file in viewer.iterdir():
        shutil.copy(file, tmp_path)
    assert gate.holds_viewer(tmp_path)
    page = tmp_path / "viewer.html"
    page.write_bytes(changed := _CHANGED[name](page.read_bytes()))
    for target in (tmp_path, tmp_path / "a.xbri"):
        done = CliRunner().invoke(main, ["view", "--no-open", str(target)])
        assert done.exit_code == 2 and "not made by this capxbrl" in done.stderr
    assert page.read_bytes() == changed


def test_a_pipe_in_the_place_of_the_script(viewer: Path, tmp_path: Path) -> None:
    shutil.copy(viewer / "viewer.html", tmp_path)
    os.mkfifo(tmp_path / "ixbrlviewer.js")
    with pytest.raises(CapxbrlError):
        gate.holds_viewer(tmp_path)
