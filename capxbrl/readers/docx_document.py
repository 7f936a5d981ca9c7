"""The parts of a Word document -> Document."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..findings import Outcome, UnreadableInput
from ..markup import Element
from ..model import Document
from .office_zip import Parts, child, children, is_on, local, open_parts, value
from .written import Written, left_out

#: Elements that only wrap others.
_WRAPS = frozenset(
    ["sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo"]
)
#: Twentieths of a point to a character of indent.
_TWIPS = 105
#: Elements in elements beyond this depth are no document.
_DEEPEST = 200
_WHITE = frozenset(["FFFFFF", "white"])
#: Shades of cells and paragraphs on which white text is seen.
_NO_FILL = frozenset([None, "auto", "FFFFFF", "ffffff"])


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read a DOCX. Positions are lines of its text: a paragraph or a row of a table each.

    Raises UnreadableInput for a damaged, encrypted or hostile file, and for one without text.
    """
    parts = open_parts(data, name)
    main = parts.main()
    related = parts.related(main)
    walker = _Walker(bold=_bold_styles(parts, related))
    for _, part in sorted(r for r in related.values() if r[0] == "header" and r[1] in parts):
        walker.blocks(parts.xml(part))
    walker.blocks(child(parts.xml(main), "body"))
    for kind in ("footnotes", "endnotes", "footer"):
        for _, part in sorted(r for r in related.values() if r[0] == kind and r[1] in parts):
            walker.notes(parts.xml(part))
    blocks, text = walker.page.finish(name)
    if not blocks:
        raise UnreadableInput(f"{name}: a Word document without any text")
    return Outcome(Document(name=name, format="docx", blocks=tuple(blocks), text=text), left_out(walker.hidden, name))


def _bold_styles(parts: Parts, related: dict[str, tuple[str, str]]) -> dict[str, tuple[bool, bool]]:
    """{style: (bold, heading)}."""
    part = next((r[1] for r in related.values() if r[0] == "styles" and r[1] in parts), None)
    out: dict[str, tuple[bool, bool]] = {}
    for style in children(parts.xml(part), "style") if part else ():
        base = out.get(value(child(style, "basedOn")) or "", (False, False))
        name = (value(child(style, "name")) or "").lower()
        own = child(style, "rPr", "b")
        bold = base[0] if own is None else is_on(own)
        out[value(style, "styleId") or ""] = bold, base[1] or name.startswith(("heading", "title"))
    return out


@dataclass(slots=True)
class _Walker:
    """Tells the elements of a body to the page that is written."""

    bold: dict[str, tuple[bool, bool]]
    page: Written = field(default_factory=Written)
    hidden: list[str] = field(default_factory=list)
    depth: int = 0
    shaded: bool = False

    def blocks(self, parent: Element | None) -> None:
        """The paragraphs and tables of a body or a cell."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnreadableInput("elements in elements without end: not a page of a filing")
        for element in () if parent is None else parent:
            kind = local(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._table(element)
            elif kind in _WRAPS:
                self.blocks(element)
        self.depth -= 1

    def notes(self, root: Element) -> None:
        """Footnotes, each with its number; the footer of a page, which is no note."""
        found = list(children(root, "footnote", "endnote"))
        for note in found:
            if value(note, "type") in (None, "normal"):
                self.page.run(f"({value(note, 'id')}) ")
                self.blocks(note)
        if not found and local(root) == "ftr":
            self.blocks(root)

    # --- paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        about = child(paragraph, "pPr")
        bold, heading = self.bold.get(value(child(about, "pStyle")) or "", (False, False))
        if is_on(child(about, "pageBreakBefore")):
            self.page.page_break()
        shaded, self.shaded = self.shaded, self.shaded or _is_shaded(about)
        boxes: list[Element] = []
        breaks = self._runs(paragraph, bold, boxes)
        self.shaded = shaded
        indent = value(child(about, "ind"), "left") or value(child(about, "ind"), "start") or "0"
        left = int(indent) / _TWIPS if indent.lstrip("-").isdigit() else 0.0
        align = value(child(about, "jc")) or ""
        self.page.end_paragraph(align="center" if align == "center" else "", indent=max(0.0, left), heading=heading)
        if breaks or child(about, "sectPr") is not None:
            self.page.page_break()
        for box in boxes:
            self.blocks(box)

    def _runs(self, parent: Element, bold: bool, boxes: list[Element]) -> bool:
        """The text of the runs; whether the page ends here. boxes: the text boxes found in it."""
        broken = False
        for element in parent:
            kind = local(element)
            if kind == "r":
                broken |= self._run(element, bold, boxes)
            elif kind in _WRAPS:
                self.depth += 1
                if self.depth > _DEEPEST:
                    raise UnreadableInput("elements in elements without end: not a page of a filing")
                broken |= self._runs(element, bold, boxes)
                self.depth -= 1
        return broken

    def _run(self, run: Element, bold: bool, boxes: list[Element]) -> bool:
        about = child(run, "rPr")
        own = child(about, "b")
        bold = bold if own is None else is_on(own)
        raised = value(child(about, "vertAlign")) == "superscript"
        text, broken = "", False
        for element in run:
            kind = local(element)
            if kind == "t":
                text += element.text or ""
            elif kind == "br" and value(element, "type") == "page":
                broken = True
            elif kind in _MARKS:
                text += _MARKS[kind]
            elif kind == "sym":
                text += _symbol(value(element, "char") or "")
            elif kind in ("footnoteReference", "endnoteReference"):
                text, raised = f"{text}({value(element, 'id')})", True
            elif kind in ("AlternateContent", "drawing", "pict"):
                boxes += _boxes(element)
        if self._is_unseen(about):
            self.hidden += [repr(text)] if text.strip() else []
        else:
            self.page.run(text, bold=bold, raised=raised)
        return broken

    def _is_unseen(self, about: Element | None) -> bool:
        if is_on(child(about, "vanish")) or is_on(child(about, "webHidden")):
            return True
        white = value(child(about, "color")) in _WHITE
        return white and not self.shaded and not _is_shaded(about) and child(about, "highlight") is None

    # --- tables

    def _table(self, table: Element) -> None:
        self.page.start_table()
        for row in self._wrapped(table, "tr"):
            about = child(row, "trPr")
            if is_on(child(about, "hidden")):
                self.hidden.append(repr(" ".join(str(t) for t in row.itertext())))
                continue
            if child(about, "del") is not None:
                continue
            self.page.start_row()
            before = value(child(about, "gridBefore")) or ""
            if before.isdigit() and int(before):
                self._cell(None, int(before))
            for cell in self._wrapped(row, "tc"):
                span = value(child(cell, "tcPr", "gridSpan")) or ""
                self._cell(cell, int(span) if span.isdigit() else 1)
            self.page.end_row()
        self.page.end_table()

    def _cell(self, cell: Element | None, span: int) -> None:
        about = None if cell is None else child(cell, "tcPr")
        borders = child(about, "tcBorders")
        above, below = _is_drawn(child(borders, "top")), _is_drawn(child(borders, "bottom"))
        self.page.start_cell(span=max(1, min(span, 64)), above=above, below=below)
        shaded, self.shaded = self.shaded, self.shaded or _is_shaded(about)
        # What is merged with the cell above has no text of its own.
        if value(child(about, "vMerge")) == "restart" or child(about, "vMerge") is None:
            self.blocks(cell)
        self.shaded = shaded
        self.page.end_cell()

    def _wrapped(self, parent: Element, name: str) -> list[Element]:
        """The children of this name, in wrappers too, in their order."""
        out: list[Element] = []
        todo = list(parent)[::-1]
        while todo:
            element = todo.pop()
            if local(element) == name:
                out.append(element)
            elif local(element) in _WRAPS:
                todo += list(element)[::-1]
        return out


#: What stands for a character or a line end.
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _symbol(code: str) -> str:
    """The character of a symbol; those of symbol fonts lie in a private area, and only a few are known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not 0xF000 <= number <= 0xF0FF:
        return chr(number) if 31 < number < 0x110000 else ""
    return {0xF0A8: "☐", 0xF06F: "☐", 0xF0FE: "☒", 0xF078: "☒", 0xF0FC: "✓", 0xF0B7: "•"}.get(number, "")


def _boxes(element: Element) -> list[Element]:
    """The text boxes in a drawing, once: a fallback repeats what the first choice shows."""
    choice = child(element, "Choice")
    found = (choice if choice is not None else element).iter("{*}txbxContent")
    return [box for box in found if local(box) == "txbxContent"]


def _is_drawn(border: Element | None) -> bool:
    return border is not None and value(border) not in ("nil", "none")


def _is_shaded(about: Element | None) -> bool:
    shade = child(about, "shd")
    return shade is not None and (value(shade, "fill") not in _NO_FILL or value(shade) not in (None, "clear", "nil"))
