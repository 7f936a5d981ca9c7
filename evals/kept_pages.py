"""Whether the filer's own page is kept (`--layout source`): `python evals/kept_pages.py FOLDER_OR_FILE... [--worst N]`.

Every HTML document found is converted in both layouts.

    facts     documents whose facts are the same in both, and all in place
    words     documents whose text is the same in both, in the same order (ours leaves out what is white on white)
    page      documents whose page shows, in Chromium, the words of the original in their order
    placed    share of the characters of the page that stand where they stand in the original, within 2 pixels
    pixels    share of the dark pixels of both pictures that are dark in the other one, too, within 2 pixels

Chromium shows the first 20,000 characters and 4,000 pixels of each, 1,000 pixels wide; the original runs no script, and
its pictures are empty ones of the size that the page gives them. Without Chromium only the first two are told.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from lxml import etree
from PIL import Image

from capxbrl.conversion import Conversion
from capxbrl.findings import CapxbrlError
from capxbrl.pipeline import convert

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

import browser

_SIZE = (1000, 4000)
_NEAR = 2  # pixels
_DARK = 140
_PICTURE = re.compile(rb"(?i)<img\b[^>]*>")
_EMPTY = b' src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"'
_CHARACTERS = """(() => {
  const words = [], places = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && places.length < 20000; node = walker.nextNode()) {
    if (node.parentElement.closest('script, style, title, select, textarea, noscript')) continue;
    for (let i = 0; i < node.data.length; i++) {
      if (/\\s/.test(node.data[i])) continue;
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (!box.width && !box.height) continue;
      words.push(node.data[i]); places.push([Math.round(box.x), Math.round(box.y)]);
    }
  }
  return [words.join(''), places];
})()"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    name: str
    facts: bool
    words: bool
    page: bool | None = None
    placed: float = 0.0
    pixels: float = 0.0


def documents(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (p for p in found if p.suffix.lower() in (".htm", ".html"))


def visible(one: Conversion) -> str:
    """The text of the page without blanks."""
    root = etree.fromstring(one.files[one.report.page])
    body = root.find("{http://www.w3.org/1999/xhtml}body")
    assert body is not None
    return "".join("".join(body[-1].itertext()).split())


def compared(path: Path) -> Kept | None:
    """None for a document without facts."""
    kept, own = (convert(path, validate=False, layout=layout) for layout in ("source", "own"))
    if not kept.facts:
        return None
    facts = kept.files["facts.csv"] == own.files["facts.csv"]
    facts = facts and not any(f.code == "report.not-in-place" for f in kept.findings)
    made = Kept(name=path.name, facts=facts, words=visible(kept) == visible(own))
    return seen(made, path, kept.files[kept.report.page]) if browser.CHROMIUM else made


def seen(made: Kept, path: Path, page: bytes) -> Kept:
    """What Chromium shows of the original, and of the page."""
    shown = []
    with tempfile.TemporaryDirectory() as place:
        for name, data in (("original" + path.suffix, emptied(path.read_bytes())), ("page.xhtml", page)):
            file = Path(place) / name
            file.write_bytes(data)
            ready = "document.readyState === 'complete'"
            _, values = browser.driven(file, _CHARACTERS, browser.PICTURE, size=_SIZE, ready=ready, still=True)
            shown.append(((values[0][0], np.array(values[0][1])), dark(values[1])))
    (one, picture), (other, second) = shown
    size = min(len(one[0]), len(other[0]))
    near = np.abs(one[1][:size] - other[1][:size]).max(axis=1) <= _NEAR if size else np.zeros(1)
    return Kept(
        name=made.name,
        facts=made.facts,
        words=made.words,
        page=one[0] == other[0],
        placed=float(near.mean()),
        pixels=agreement(picture, second),
    )


def emptied(page: bytes) -> bytes:
    """The page with an empty picture in the place of each."""
    return _PICTURE.sub(lambda found: re.sub(rb"(?i)\ssrc\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", _EMPTY, found[0]), page)


def dark(picture: bytes) -> np.ndarray:
    return np.array(Image.open(io.BytesIO(picture)).convert("L")) < _DARK


def agreement(one: np.ndarray, other: np.ndarray) -> float:
    """The share of the dark pixels of each that have a dark one near them in the other."""
    met = int((one & widened(other)).sum() + (other & widened(one)).sum())
    return met / max(int(one.sum() + other.sum()), 1)


def widened(picture: np.ndarray) -> np.ndarray:
    out = picture.copy()
    for shift in range(1, _NEAR + 1):
        for axis in (0, 1):
            out |= np.roll(picture, shift, axis) | np.roll(picture, -shift, axis)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--count", type=int, default=0, help="only every so-manieth document")
    given = parser.parse_args()
    found: list[Kept] = []
    for number, path in enumerate(documents(given.paths)):
        if given.count and number % given.count:
            continue
        try:
            made = compared(path)
        except CapxbrlError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        found += [made] if made else []
    print(f"{len(found)} documents")
    for name in ("facts", "words", "page"):
        print(f"{name:8}{sum(bool(getattr(one, name)) for one in found):6}")
    for name in ("placed", "pixels"):
        shares = sorted(getattr(one, name) for one in found) or [0.0]
        middle = shares[len(shares) // 2]
        print(f"{name:8}{sum(shares) / len(shares):8.4f}   median {middle:.4f}, least {shares[0]:.4f}")
    for one in sorted(found, key=lambda k: (k.page is not False, k.placed))[: given.worst]:
        same = f"facts {one.facts} words {one.words} page {one.page}"
        print(f"  {one.name[:60]:60} {same} {one.placed:.3f} {one.pixels:.3f}")


if __name__ == "__main__":
    main()
