"""What setup.cfg cannot say: the README as PyPI shows it, where every link and picture needs an absolute address."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).resolve().parent
#: `](path)` of a link or a picture, but no address and no place on the page itself.
_RELATIVE = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)")


def source() -> str:
    """The address of the sources, as setup.cfg has it."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    links = dict(re.findall(r"(\w+) = (\S+)", config["metadata"]["project_urls"]))
    return links["Source"].rstrip("/")


def absolute(text: str, base: str) -> str:
    """Markdown whose relative links lead to the sources: a page of a file, the file itself of a picture."""

    def link(found: re.Match[str]) -> str:
        mark, words, path = found.groups()
        return f"{mark}[{words}]({base}/{'raw' if mark else 'blob'}/main/{path})"

    return _RELATIVE.sub(link, text)


if __name__ == "__main__":
    setup(long_description=absolute((ROOT / "README.md").read_text(encoding="utf-8"), source()))
