"""A page from elsewhere runs nothing and loads nothing in the viewer that is made of it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import capxbrl as cx
from capxbrl import gate
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


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a viewer made of a package that somebody put a script and a picture into."""
    folder = tmp_path_factory.mktemp("viewer")
    filing = b"""EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
Receivables                      2,500      2,400
Total assets                  $  3,750   $  3,500
"""
    package = folder / "a.xbri"
    package.write_bytes(cx.convert(filing, validate=False).files["report.xbri"])
    with zipfile.ZipFile(package) as archive:
        members = {m: archive.read(m) for m in archive.namelist()}
    script = b"<script>document.title='RAN'</script>"
    hostile = b"<p><img src='http://127.0.0.1:9/x.png' onerror='run(1)' alt=''/></p>" + script + b"</body>"
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data.replace(b"</body>", hostile) if name.endswith(".xhtml") else data)
    made = gate.validate(package, viewer=folder)
    assert "gate.active-content" in {f.code for f in made.findings}
    return folder


def test_the_viewer_of_a_page_from_elsewhere(viewer: Path) -> None:
    page = (viewer / "viewer.html").read_text()
    assert "RAN" not in page and "127.0.0.1" not in page and "Content-Security-Policy" in page


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium here")
def test_the_viewer_works_in_a_browser_under_its_policy(viewer: Path) -> None:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"]
    done = subprocess.run([*command, (viewer / "viewer.html").as_uri()], capture_output=True, text=True, timeout=120)
    assert "RAN" not in done.stdout
    assert 'id="ixv"' in done.stdout or "ixbrl" in done.stdout.lower()
    assert "inspector" in done.stdout, "the viewer's own script did not run"
