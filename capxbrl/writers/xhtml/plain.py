"""A page as EDGAR takes it (EDGAR Filer Manual II, 5.2): no style sheet, no columns, nothing but ASCII.

The rules of the style sheet become style attributes, so that the page looks the same. Of CSS this knows what our sheet
needs: names, classes and attributes, one inside another or right behind another; blocks of rules (@media) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...markup import Element, as_ascii, parse_xml
from ...records import dataclass

_XHTML = "{http://www.w3.org/1999/xhtml}"
_NAME = re.compile(r"[A-Za-z][\w-]*")
_CLASS = re.compile(r"\.([\w-]+)")
_ATTRIBUTE = re.compile(r"\[([\w-]+)\]")
#: Elements that hold nothing, and stay so; the others are written with an end tag.
_VOID = frozenset({"br", "hr", "img", "meta"})


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a selector: its name ("" any), classes and attributes. near: it stands right behind the one before
    it, not inside it."""

    name: str
    classes: frozenset[str]
    attributes: frozenset[str]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector from the outermost element to the one that is styled, and its declarations in order."""

    steps: tuple[Step, ...]
    declarations: Mapping[str, str]

    @property
    def weight(self) -> tuple[int, int]:
        """Of two rules that disagree the heavier holds, and of equal ones the later (CSS 2.2, 6.4.1 and 6.4.3)."""
        named = sum(bool(s.name) for s in self.steps)
        return sum(len(s.classes) + len(s.attributes) for s in self.steps), named


def without_sheets(page: bytes) -> bytes:
    """The page with the rules of its style sheets as style attributes, in ASCII."""
    root = parse_xml(page)
    rules = sorted((r for e in root.iter(f"{_XHTML}style") for r in _rules(e.text or "")), key=lambda r: r.weight)
    by_key: dict[str, list[tuple[int, Rule]]] = {}
    for number, rule in enumerate(rules):
        last = rule.steps[-1]
        by_key.setdefault(min((f".{c}" for c in last.classes), default=last.name), []).append((number, rule))
    for element in [e for e in root.iter() if isinstance(e.tag, str) and e.tag.startswith(_XHTML)]:
        _style(element, by_key)
    _tidy(root)
    return as_ascii(root).replace(b"^", b"&#94;") + b"\n"


def _style(element: Element, by_key: Mapping[str, Sequence[tuple[int, Rule]]]) -> None:
    """Give an element what the rules that fit it say, the heavier last."""
    keys = ["", _name(element), *(f".{c}" for c in element.get("class", "").split())]
    fitting = sorted(
        ((n, r) for key in keys for n, r in by_key.get(key, ()) if _fits(element, r.steps)), key=lambda found: found[0]
    )
    said: dict[str, str] = {}
    for _, rule in fitting:
        for name, value in rule.declarations.items():
            said.pop(name, None)  # what is said later stands later: a shorthand must not undo it
            said[name] = value
    own = element.get("style", "")
    if said:
        element.set("style", ";".join([*(f"{name}:{value}" for name, value in said.items()), *filter(None, [own])]))


def _tidy(root: Element) -> None:
    """Take out what EDGAR refuses: style sheets, classes that name nothing, columns, all of the head but its title."""
    for table in root.iter(f"{_XHTML}table"):
        _widths(table)
    for name in ("style", "colgroup", "meta"):
        for element in list(root.iter(f"{_XHTML}{name}")):
            parent = element.getparent()
            if parent is not None and not element.get("content", "").startswith("text/html"):
                parent.remove(element)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_XHTML):
            element.attrib.pop("class", "")
            if not len(element) and element.text is None and _name(element) not in _VOID:
                element.text = ""  # an end tag of its own


def _widths(table: Element) -> None:
    """The widths of the columns on the first cell that stands in one column alone."""
    widths = [column.get("style", "") for column in table.iter(f"{_XHTML}col")]
    taken: dict[int, int] = {}  # column -> rows that a cell above still takes
    for row in table.iter(f"{_XHTML}tr"):
        at = 0
        for cell in row:
            while taken.get(at, 0):
                taken[at] -= 1
                at += 1
            span, rows = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            if span == 1 and at < len(widths) and widths[at]:
                cell.set("style", ";".join(filter(None, [cell.get("style", ""), widths[at]])))
                widths[at] = ""
            for column in range(at, at + span):
                taken[column] = rows - 1
            at += span


def _fits(element: Element, steps: Sequence[Step]) -> bool:
    """The element is what a selector is about."""
    step = steps[-1]
    classes = element.get("class", "").split()
    if step.name not in ("", _name(element)) or not step.classes.issubset(classes):
        return False
    if any(element.get(name) is None for name in step.attributes):
        return False
    if len(steps) == 1:
        return True
    if step.near:
        before = next(element.itersiblings(preceding=True), None)
        return before is not None and _fits(before, steps[:-1])
    return any(_fits(above, steps[:-1]) for above in element.iterancestors())


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(_XHTML)


def _rules(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet, in order."""
    for selectors, body in rule_blocks(sheet):
        declarations = {}
        for declaration in body.split(";"):
            name, colon, value = declaration.partition(":")
            if colon:
                declarations[name.strip()] = " ".join(value.split()).replace('"', "'")
        for selector in selectors.split(","):
            yield Rule(tuple(_steps(selector)), declarations)


def _without_comments(sheet: str) -> str:
    out, at = [], 0
    while (start := sheet.find("/*", at)) >= 0:
        out.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(sheet)
    return "".join([*out, sheet[at:]])


def rule_blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of a sheet; what holds rules itself is passed over."""
    sheet, at = _without_comments(sheet), 0
    while (opening := sheet.find("{", at)) >= 0:
        head = sheet[at:opening].rpartition(";")[2].strip()  # behind an @import
        closing = sheet.find("}", opening)
        if head.startswith("@"):
            depth, closing = 1, opening
            while depth and closing + 1 < len(sheet):
                closing += 1
                depth += {"{": 1, "}": -1}.get(sheet[closing], 0)
        elif closing >= 0:
            yield head, sheet[opening + 1 : closing]
        if closing < 0:
            return
        at = closing + 1


def _steps(selector: str) -> Iterator[Step]:
    """ "p.strokes + h3" -> the two elements; the latter near."""
    near = False
    for word in selector.split():
        if word == "+":
            near = True
            continue
        name = _NAME.match(word)
        yield Step(name[0] if name else "", frozenset(_CLASS.findall(word)), frozenset(_ATTRIBUTE.findall(word)), near)
        near = False
