"""What a page from elsewhere could do in a browser: taken out before a viewer is made of it.

A viewer is opened from the disk, where a script could read what lies beside it and a remote picture tells who looks.
What is taken out is told; and a policy in the page forbids the browser whatever was overlooked. The page is XML to
Arelle and HTML to a browser, which ends a comment or an instruction earlier: what stands there goes, too.
Sources: HTML Living Standard, 8.1.8.1 (event handlers), 13.2.5 (comments), 4.2.5.3 (policies in a head); Content
Security Policy Level 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..findings import Finding, Severity, UnreadableInput
from ..markup import parse_xml

#: Elements that run something, load something, or change where the page's references lead.
_ELEMENTS = frozenset({"script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "link", "portal"})
_MEDIA = frozenset({"audio", "video", "source", "track", "animate", "animatetransform", "animatemotion", "set"})
_FORBIDDEN = _ELEMENTS | _MEDIA | {"foreignobject"}
#: Attributes that hold an address.
_ADDRESSES = frozenset(
    {"href", "src", "srcset", "poster", "background", "action", "formaction", "data", "ping", "cite"}
)
_OLD_ADDRESSES = frozenset({"longdesc", "manifest", "profile", "usemap", "dynsrc", "lowsrc", "classid", "codebase"})
_LOADS = re.compile(
    r"@import[^;]*;?|(?:url|image-set|expression|src)\s*\([^)]*\)?|behavior\s*:|-moz-binding\s*:|\\", re.I
)
#: In attributes that are no style sheet, such as fill of SVG; a part of the page itself is none.
_PAINTS = re.compile(r"(?:url|image-set)\s*\(\s*[\"']?\s*[^#\s\"']", re.I)
#: The data of a viewer, which no browser runs.
_DATA = "application/x.ixbrl-viewer+json"
_XHTML = "http://www.w3.org/1999/xhtml"
_INLINE_IMAGE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.I)
_HARMLESS_META = frozenset({"content-type", "content-language"})

#: For pages of ours and for viewers: scripts from beside the page alone, nothing from anywhere else.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-src 'self' blob: data:; base-uri 'none'; form-action 'none'"
)


def take_out(root: Any) -> Mapping[str, int]:
    """Take out of a page whatever runs, loads or leads elsewhere; {what: how often}."""
    out: Counter[str] = Counter()
    for element in [*root.itersiblings(preceding=True), *root.itersiblings(), *root.iter()]:
        if not isinstance(element.tag, str):
            out["markup in a comment"] += "<" in (element.text or "")
            element.text = ""
    for element in list(root.iter()):
        name = _local(element.tag)
        if not name:
            continue
        http = str(element.get("http-equiv") or "").lower()
        if http == "content-security-policy":
            _removed(element)  # the viewer's own takes its place
            continue
        if name in _FORBIDDEN or (name == "meta" and http and http not in _HARMLESS_META):
            out[name] += _removed(element)
            continue
        if name == "style":
            out["style that loads"] += _calmed(element)
        for key, value in list(element.attrib.items()):
            if what := _active(name, _local(key), str(value)):
                del element.attrib[key]
                out[what] += 1
    return +out


def _calmed(sheet: Any) -> bool:
    """Take out of a style sheet what loads; True where it was there. To a browser it has text alone."""
    said = "".join(sheet.itertext())
    del sheet[:]
    loads = bool(_LOADS.search(said))
    sheet.text = "" if loads and "\\" in said else _LOADS.sub("", said)
    return loads


def _active(element: str, attribute: str, value: str) -> str:
    """What an attribute does, "" where it does nothing."""
    if attribute.startswith("on"):
        return "event handler"
    if attribute == "style":
        return "style that loads" if _LOADS.search(value) else ""
    if _PAINTS.search(value):
        return "style that loads"
    if attribute not in _ADDRESSES | _OLD_ADDRESSES or value.strip().startswith("#"):
        return ""
    if attribute == "src" and element == "img" and _INLINE_IMAGE.fullmatch(value):
        return ""
    # A locator of XBRL leads a processor, no browser; its file is looked at before (references).
    return "" if element in ("schemaref", "linkbaseref", "roleref", "arcroleref", "loc") else "reference elsewhere"


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _removed(element: Any) -> int:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return 0
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
    return 1


def told(taken: Mapping[str, int]) -> tuple[Finding, ...]:
    """What was taken out, as one finding."""
    if not taken:
        return ()
    listed = ", ".join(f"{count} x {what}" for what, count in sorted(taken.items()))
    return (
        Finding(
            code="gate.active-content",
            severity=Severity.WARNING,
            message=f"the page holds what a browser would run or load; the viewer is made without it: {listed}",
            hint="look at the page itself only where you trust its maker",
        ),
    )


def with_policy(root: Any) -> None:
    """The page forbids a browser whatever was overlooked: the policy is the first thing in the page's head.

    Raises ValueError for a page that is no HTML to a browser, as its elements have a prefix.
    """
    if root.tag != f"{{{_XHTML}}}html" or root.prefix:
        raise ValueError("its elements have a prefix")
    head = next((e for e in root if e.tag == f"{{{_XHTML}}}head"), None)
    if head is None or head.prefix:
        head = root.makeelement(f"{{{_XHTML}}}head", {})
    root.insert(0, head)
    meta = head.makeelement(f"{{{_XHTML}}}meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    head.insert(0, meta)
    # A browser closes the head where text begins.
    root.text, head.text, meta.tail = None, None, head.text


def is_viewer(page: bytes, scripts: Sequence[str], notes: Mapping[str, str]) -> bool:
    """A page that could have been made here: it has the policy, runs `scripts` alone, and nothing is to be taken out.

    notes: the attributes of the element that holds our notes.
    """
    mine = ({"type": _DATA}, dict(notes), *({"src": name, "type": "text/javascript"} for name in scripts))
    try:
        root = parse_xml(page)
    except UnreadableInput:
        return False
    first = next(iter(root.iter(f"{{{_XHTML}}}meta")), None)
    if first is None or first.get("content") != POLICY or [*root.iter()][1:3] != [first.getparent(), first]:
        return False
    for element in list(root.iter(f"{{{_XHTML}}}script")):
        if {str(key): str(value) for key, value in element.attrib.items()} not in mine:
            return False
        _removed(element)
    return not take_out(root)
