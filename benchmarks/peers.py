"""What else reads the tables of an HTML page, to compare the time with: {name: what it does}, those that are installed.

None of them decides a period, a scale, a sign or a concept: they give cells, or text.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable

import lxml.html

Peer = Callable[[bytes], object]


def _grid(data: bytes) -> object:
    """The least that any reader does: the words of each cell of each table."""
    root = lxml.html.fromstring(data)
    return [
        [[" ".join(cell.text_content().split()) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
        for table in root.iter("table")
    ]


def _pandas(data: bytes) -> object:
    import pandas as pd

    return pd.read_html(io.BytesIO(data), flavor="lxml")


def _edgartools(data: bytes) -> object:
    from edgar.documents import parse_html

    return [table.to_dataframe() for table in parse_html(data.decode("utf-8", "replace")).tables]


def _sec2md(data: bytes) -> object:
    import sec2md

    return sec2md.convert_to_markdown(data.decode("utf-8", "replace"))


#: name -> (the module that it needs, what it does)
_ALL: dict[str, tuple[str, Peer]] = {
    "lxml grid": ("lxml", _grid),
    "pandas.read_html": ("pandas", _pandas),
    "edgartools tables": ("edgar", _edgartools),
    "sec2md": ("sec2md", _sec2md),
}


def peers() -> dict[str, Peer]:
    return {name: peer for name, (module, peer) in _ALL.items() if importlib.util.find_spec(module)}
