"""What a page from elsewhere could do in a browser: taken out before a viewer is made of it.

A viewer is opened from the disk, where a script could read what lies beside it and a remote picture tells who looks.
What is taken out is told; and a policy in the page forbids the browser whatever was overlooked.
Sources: HTML Living Standard, 8.1.8.1 (event handlers); Content Security Policy Level 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..findings import Finding, Severity

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
        if name == "style" and element.text and _LOADS.search(element.text):
            element.text = "" if "\\" in element.text else _LOADS.sub("", element.text)
            out["style that loads"] += 1
        for key, value in list(element.attrib.items()):
            if what := _active(name, _local(key), str(value)):
                del element.attrib[key]
                out[what] += 1
    return out


def _active(element: str, attribute: str, value: str) -> str:
    """What an attribute does, "" where it does nothing."""
    if attribute.startswith("on"):
        return "event handler"
    if attribute == "style":
        return "style that loads" if _LOADS.search(value) else ""
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
    """The page forbids a browser whatever was overlooked."""
    head = next((e for e in root.iter() if _local(e.tag) == "head"), None)
    if head is not None:
        space = head.tag.rpartition("}")[0] + "}" if head.tag.startswith("{") else ""
        meta = head.makeelement(f"{space}meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
        head.insert(0, meta)
