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
    """Join the data sets of folders that `convert --format fsds` wrote into one zip FILE.

    It has the layout of the SEC's Financial Statement Data Sets: sub.txt, tag.txt, num.txt, pre.txt, one set for all
    filings. What the layout cannot hold is named in left-out.txt.

    \b
    Example:
      capxbrl convert a.txt -o out/a --format fsds
      capxbrl convert b.txt -o out/b --format fsds
      capxbrl fsds out/a out/b -o before-2009.zip
    """
    from ..files import load, put
    from ..writers.archive import zipped
    from ..writers.fsds import FILES, FOLDER, joined

    sets = []
    for folder in folders:
        place = folder / FOLDER
        if not (place / "sub.txt").is_file():
            raise CapxbrlError(f"{folder}: holds no data set; `capxbrl convert --format fsds` writes one")
        sets.append({name: load(place / name, _LARGEST) for name in FILES if (place / name).is_file()})
    put(zipped(joined(sets)), output, [])
    say(f"Wrote {output}: {counted(len(sets), 'filing')}", err=True)
