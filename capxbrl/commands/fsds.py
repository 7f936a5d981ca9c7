"""One data set of many filings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..cli_options import INTO_FILE
from ..console import say
from ..findings import CapxbrlError, counted

_LARGEST = 256 << 20


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@INTO_FILE
def fsds(folders: Sequence[Path], output: Path) -> None:
    """Join the data sets of folders that `convert` or `batch` wrote with --format fsds into one zip FILE.

    It has the layout of the SEC's Financial Statement Data Sets: sub.txt, tag.txt, num.txt, pre.txt, one set for all
    filings. What the layout cannot hold is named in left-out.txt.

    \b
    Example:
      capxbrl convert a.txt -o out/a --format fsds
      capxbrl convert b.txt -o out/b --format fsds
      capxbrl fsds out/a out/b -o before-2009.zip
    """
    from ..files import put
    from ..writers.archive import zipped
    from ..writers.fsds import joined

    filings = [files for folder in folders for files in _filings(folder)]
    put(zipped(joined(map(_loaded, filings))), output, [])
    say(f"Wrote {output}: {counted(len(filings), 'filing')}", err=True)


def _filings(folder: Path) -> list[dict[str, Path]]:
    """The files of each filing of a folder, by the names that they have in a data set."""
    from ..writers.fsds import FILES, FOLDER

    alone = {name: folder / FOLDER / name for name in FILES}
    if alone["sub.txt"].is_file():
        return [alone]
    found = sorted((folder / "sub").glob("part=*/*.txt"))  # of a batch
    if not found:
        raise CapxbrlError(f"{folder}: holds no data set; `capxbrl convert --format fsds` writes one")
    return [
        {name: folder / name.removesuffix(".txt") / path.parent.name / path.name for name in FILES} for path in found
    ]


def _loaded(files: dict[str, Path]) -> dict[str, bytes]:
    from ..files import load

    return {name: load(path, _LARGEST) for name, path in files.items() if path.is_file()}
