"""The control words of RTF 1.9.1 that say something of the page, by what they do."""

from __future__ import annotations

#: Groups that hold no text of the page. A group that begins with \\* is skipped as well, but for `SHOWN_ANYWAY`.
SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "filetbl", "revtbl", "rsidtbl"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "generator"),
        *("listtable", "listoverridetable", "themedata", "colorschememapping", "xmlnstbl", "datastore"),
        *("tc", "xe", "rxe", "txe", "bkmkstart", "bkmkend", "atnid", "atnauthor", "annotation", "template"),
        *("nonshppict", "pntext", "pnseclvl", "nonesttables", "latentstyles", "private1"),
    )
)
SHOWN_ANYWAY = frozenset(("shptxt", "shpinst", "shp", "fldrslt"))
#: Words that stand for characters, and signs that do.
TEXTS = {
    "tab": "\t", "line": "\n", "emdash": "\u2014", "endash": "\u2013", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d",
}  # fmt: skip
SIGNS = {"~": "\xa0", "_": "-", "-": "", "\n": "\n", "\r": "\n"}
#: How text looks: what is on or off, and the rest.
SWITCHES = {
    "b": "bold",
    "super": "raised",
    "v": "unseen",
    "deleted": "unseen",
    "cb": "shaded",
    "highlight": "shaded",
    "chcbpat": "shaded",
}
FORMATS = frozenset((*SWITCHES, "plain", "nosupersub", "cf", "uc", "ansicpg", "mac", "f"))
#: How a paragraph is set.
PARAGRAPHS = frozenset(("pard", "intbl", "li", "lin", "ql", "qc", "qr", "qj"))
#: Words of borders that draw no line.
NO_LINES = frozenset(("brdrw", "brdrcf", "brdrnil", "brdrnone", "brdrsp"))
#: Code pages by the character sets of fonts.
CHARSETS = {0: "cp1252", 77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
