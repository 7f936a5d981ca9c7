"""Make the pictures of the tutorial anew: `python docs/pictures.py` (Chromium, and the extra `plot`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import capxbrl as cx

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars"),
)


def shown(html: str, picture: Path, size: tuple[int, int]) -> None:
    """What a browser makes of a cell's output, as a picture of this size. Raises OSError without Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f"<meta charset='utf-8'><body style='font-family: sans-serif'>{html}", encoding="utf-8")
        words = [browser, *_FLAGS, f"--user-data-dir={folder}/profile", f"--window-size={size[0]},{size[1]}"]
        subprocess.run([*words, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True, timeout=60)


def main() -> int:
    """A statement as a notebook shows it, and a plot."""
    made = cx.convert(ROOT / "examples" / "capstone-2009-11-09.txt", validate=False)
    shown(made.income_statement._repr_html_(), PICTURES / "statement.png", (1000, 400))
    quarter = cx.convert(ROOT / "examples" / "quarters" / "pemberton-1997-q3.txt", validate=False)
    quarter.plot().figure.savefig(PICTURES / "plot.png", dpi=90)
    return 0


if __name__ == "__main__":
    sys.exit(main())
