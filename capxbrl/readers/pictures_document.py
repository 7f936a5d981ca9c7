"""Pictures of pages -> Document."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from ..findings import Outcome, UnreadableInput
from ..model import Document
from .ocr import INSTALL, LONGEST, Progress, is_installed, print_nothing, read_pictures
from .pictures import BEGINS
from .printed_pages import Sheet, of_sheets

#: A larger picture is no page; no file has more pages.
_MOST_DOTS, _MOST_PAGES = 120_000_000, 1_000


def read(data: bytes, name: str, *, ocr: bool = True, tell: Progress = print_nothing) -> Outcome[Document]:
    """Read the pages of a picture. Raises UnreadableInput without the extra, and for a damaged or too large one."""
    kind = next(kind for begins, kind in BEGINS.items() if data.startswith(begins))
    if not is_installed():
        raise UnreadableInput(f"{name}: is a {kind} picture; to read pictures of pages, {INSTALL}")
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
            pages = getattr(image, "n_frames", 1)
            if pages > _MOST_PAGES:
                raise UnreadableInput(f"{name}: a picture of {pages:,} pages; no filing has more than {_MOST_PAGES:,}")
            seen = read_pictures(_frames(image, pages, name), name, tell, pages)
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            raise UnreadableInput(f"{name}: is a {kind} picture that is damaged ({error}); get it again") from None
    if not any(s.words for s in seen.values()):
        raise UnreadableInput(f"{name}: no words could be read in this picture")
    return of_sheets([Sheet(words, height, ocr=True) for _, (words, height) in sorted(seen.items())], name, "picture")


def _frames(image: Any, pages: int, name: str) -> Iterator[tuple[int, Any]]:
    """The pages as arrays of dots, turned as the picture says, none larger than is read."""
    import numpy
    from PIL import Image, ImageOps

    for number in range(pages):
        image.seek(number)
        width, height = image.size
        if width * height > _MOST_DOTS:
            raise UnreadableInput(f"{name}: a picture of {width:,} x {height:,} dots is no page")
        page = ImageOps.exif_transpose(image)
        if page.mode in ("RGBA", "LA", "P"):
            page = page.convert("RGBA")
            page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
        page = page.convert("L").convert("RGB")
        page.thumbnail((LONGEST, LONGEST))
        yield number, numpy.array(page)
