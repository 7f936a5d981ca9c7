"""Pictures of pages -> words with their boxes, by rapidocr and onnxruntime (extra `ocr`).

The weights ship in the wheel of rapidocr and are named by their files, so nothing is ever loaded from elsewhere.  One
thread to a page and the same picture give the same words.
"""

from __future__ import annotations

import os
import queue
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from ..findings import CapxbrlError, UnreadableInput
from . import tolerances as tol
from .words_to_lines import Placed

INSTALL = "install the extra: pip install 'capxbrl[ocr]'"
#: Dots to an inch of a page that is drawn to be read, and the longest side that a picture keeps.
DOTS, LONGEST = 150, 2000
#: So many pages are read side by side.
_WORKERS = 2

#: "ofIncome": a blank that was not seen.
_PARTED = re.compile(r"\b(of|and|in|to|for|by|from|on|at)(?=[A-Z])")

#: Called with a step that begins or ends; for a progress display.
Progress = Callable[[str], None]


#: How an engine says that it was refused memory.
_NO_MEMORY = ("bad_alloc", "allocate", "MemoryError")


def print_nothing(step: str) -> None:
    """A progress that nobody looks at."""


class Seen(NamedTuple):
    """The words of a page, in dots of its picture (`Placed.at` is 1 where a word is not certain), and their height."""

    words: tuple[Placed, ...]
    height: float


def is_installed() -> bool:
    """Whether pictures can be read here."""
    try:
        import onnxruntime  # noqa: F401
        import rapidocr  # noqa: F401
    except ImportError:
        return False
    return True


def read_pictures(pictures: Iterable[tuple[int, Any]], name: str, tell: Progress, of: int) -> dict[int, Seen]:
    """{number of a page: what stands on it} of pictures (arrays of rows of dots of three colours).

    tell: is told each page that is read; of: how many pages there are. Raises UnreadableInput without the extra.
    """
    workers = min(_WORKERS, os.cpu_count() or 1)
    engines: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for _ in range(workers):
        with _in_our_words(name):
            engines.put(_engine(name))

    def read(job: tuple[int, Any]) -> tuple[int, Seen]:
        engine = engines.get()
        try:
            with _in_our_words(name):
                return job[0], _read(engine, job[1])
        finally:
            engines.put(engine)

    out: dict[int, Seen] = {}
    waiting = iter(pictures)
    with ThreadPoolExecutor(workers) as pool:
        while some := list(islice(waiting, 2 * workers)):
            for number, seen in pool.map(read, some):
                out[number] = seen
                tell(f"reading page {number + 1} of {of}")
    return out


@contextmanager
def _in_our_words(name: str) -> Iterator[None]:
    """What an engine raises, by which its code in C tells all kinds of things."""
    try:
        yield
    except (CapxbrlError, MemoryError):
        raise
    except Exception as error:
        if any(word in str(error) for word in _NO_MEMORY):
            raise MemoryError from None
        raise UnreadableInput(f"{name}: the picture of a page could not be read ({type(error).__name__})") from None


def _engine(name: str) -> Any:
    try:
        import rapidocr
    except ImportError:
        raise UnreadableInput(f"{name}: to read pictures of pages, {INSTALL}") from None
    weights = {}
    for key in ("det", "rec"):
        found = sorted((Path(rapidocr.__file__).parent / "models").glob(f"*{key}*.onnx"))
        if not found:
            raise UnreadableInput(f"{name}: the OCR that is installed has no weights; {INSTALL} anew")
        weights[f"{key.capitalize()}.model_path"] = str(found[-1])
    return rapidocr.RapidOCR(
        params={
            **weights,
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "Global.max_side_len": LONGEST,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


class _Word(NamedTuple):
    text: str
    score: float
    box: tuple[tuple[float, float], ...]


class _Page(NamedTuple):
    """The words of a picture; how sure they are, letter by letter; and whether most lines run up or down."""

    words: tuple[_Word, ...]
    score: float
    sideways: bool


def _read(engine: Any, picture: Any) -> Seen:
    """The words of one page, turned so that they run from left to right."""
    import numpy

    page = _page(engine, picture)
    turns = (1, 3) if page.sideways else (2,) if page.words and page.score < tol.OCR.legible else ()
    turned = [_page(engine, numpy.ascontiguousarray(numpy.rot90(picture, turn))) for turn in turns]
    # A page on its side is read in strange pieces, which says nothing of how sure they are.
    best = max(turned if page.sideways else [page, *turned], key=lambda p: p.score)
    heights = [abs(w.box[-1][1] - w.box[0][1]) for w in best.words]
    return Seen(tuple(_placed(w) for w in best.words), median(heights) if heights else 10.0)


def _page(engine: Any, picture: Any) -> _Page:
    found = engine(picture, return_word_box=True)
    words = tuple(phrase for line in (found.word_results if found.txts else ()) for phrase in _phrases(line))
    letters = sum(len(w.text) for w in words)
    lines = [box for box, text in zip(found.boxes, found.txts, strict=True) if len(text) > 2] if words else []
    upright = sum(abs(box[2][1] - box[0][1]) > tol.OCR.tall * abs(box[2][0] - box[0][0]) for box in lines)
    score = sum(w.score * len(w.text) for w in words) / max(1, letters)
    return _Page(words, score, upright > tol.OCR.upright * len(lines) > 0)


def _phrases(line: Sequence[tuple[str, float, Any]]) -> Iterator[_Word]:
    """The words of a line that stand one blank apart, together: how wide a blank is read varies."""
    out: list[_Word] = []
    for text, score, box in line:
        word = _Word(_PARTED.sub(r"\1 ", text.strip()), float(score), tuple((float(x), float(y)) for x, y in box))
        if not word.text:
            continue
        if out and word.box[0][0] - out[-1].box[1][0] < tol.OCR.blank * abs(word.box[3][1] - word.box[0][1]):
            last = out.pop()
            box = (last.box[0], word.box[1], word.box[2], last.box[3])
            word = _Word(f"{last.text} {word.text}", min(last.score, word.score), box)
        out.append(word)
    yield from out


def _placed(word: _Word) -> Placed:
    xs, ys = zip(*word.box, strict=True)
    figure = any(c.isdigit() for c in word.text) and not any(c.isalpha() for c in word.text)
    doubtful = word.score < tol.OCR.certain and figure
    return Placed(x0=min(xs), x1=max(xs), y=sum(ys) / len(ys), text=word.text, at=int(doubtful))
