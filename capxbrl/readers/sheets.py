"""The <style> sheets of an HTML page: what they say, for a tag, a class or an id, of what is seen and of raised type.

Only simple selectors are read ("td", ".up", "span.up", "#note"), and only rules that hide, paint, size or raise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from ..records import dataclass

_STYLE = re.compile(r"<style\b[^<>]{0,300}>([^<]*)", re.I)
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|<!--|-->")
_SIMPLE = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+")
#: A sheet is no longer, and has no more rules.
_LONGEST, _MOST = 200_000, 2000
#: The rules that are heeded. Of `display` only that nothing is shown.
_HEEDED = frozenset(
    [
        "text-decoration",
        "mso-hide",
        "visibility",
        "color",
        "background",
        "background-color",
        "opacity",
        "font-size",
        "vertical-align",
        "position",
        "top",
        "bottom",
        "left",
        "text-indent",
        "overflow",
        "height",
        "width",
        "max-height",
        "max-width",
    ]
)
_GROUNDS = ("background", "background-color", "background-image")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """rules: {selector: text of a style attribute}. unknown_grounds: a selector that is not read sets a ground."""

    rules: Mapping[str, str] = field(default_factory=dict)
    unknown_grounds: bool = False

    def style(self, tag: str, attrib: Mapping[str, str]) -> str:
        """What the sheet says of an element, as the text of a style attribute; what is more particular comes later."""
        if not self.rules:
            return ""
        classes = attrib.get("class", "").split()
        names = [tag, *(f".{c}" for c in classes), *(f"{tag}.{c}" for c in classes)]
        names += [f"#{attrib['id']}", f"{tag}#{attrib['id']}"] if "id" in attrib else []
        return ";".join(said for name in names if (said := self.rules.get(name.lower())))


def read_sheets(text: str) -> Sheet:
    """The sheets of a page. Never raises: what is not understood is left out."""
    rules: dict[str, str] = {}
    unknown = False
    for match in _STYLE.finditer(text):
        for selectors, body in _blocks(_COMMENT.sub(" ", match[1][:_LONGEST])):
            said = {
                name: value
                for name, value in _declared(body)
                if name in _HEEDED or (name, value) == ("display", "none")
            }
            grounds = any(name in _GROUNDS for name, _ in _declared(body))
            for selector in selectors.lower().split(","):
                name = selector.strip()
                if _SIMPLE.fullmatch(name) and len(rules) < _MOST:
                    more = ";".join(f"{k}:{v}" for k, v in said.items())
                    rules[name] = ";".join(part for part in (rules.get(name, ""), more) if part)
                else:
                    unknown |= grounds
    return Sheet(rules={k: v for k, v in rules.items() if v}, unknown_grounds=unknown)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, body) of every rule outside of other rules: what is for print or a small screen only is left out."""
    depth = start = 0
    selectors = ""
    for match in re.finditer(r"[{}]", css):
        if match.group() == "{":
            if depth == 0:
                selectors, start = css[start : match.start()].split(";")[-1].strip(), match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if not selectors.startswith("@"):
                    yield selectors, css[start : match.start()]
                start = match.end()


def _declared(body: str) -> Iterator[tuple[str, str]]:
    for part in body.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.strip().lower()
