"""Whether a page says the same in any form: the facts of a dump of it against those of its HTML.

    python evals/forms.py FOLDER_OR_FILE... [--limit N] [--worst N] --keep FOLDER

Every HTML document found is turned into each form whose tool is installed: commands html2text, lynx, w3m, pandoc (gfm
and plain), inscriptis (its command is `inscript`), markdownify.  No truth is needed: the facts of the HTML are what
counts, by period, unit and value.  --keep writes the forms into a folder.

    same      share of the facts of the HTML that the form gives too
    clean     share of the facts of the form that the HTML gives too
    told      share of the documents with a difference that have a warning or an error
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from capxbrl.findings import CapxbrlError, Severity
from capxbrl.pipeline import analyse, load
from capxbrl.writers.facts import rows

_PANDOC = ("pandoc", "-f", "html", "--columns=250")
_GRIDS = "markdown-pipe_tables-simple_tables-multiline_tables-raw_html-native_divs-native_spans-fenced_divs"
#: What makes each form of an HTML file: its suffix and the words of a command; {} is the file, {out} what is written
#: (without it, standard output is kept).
TOOLS = {
    "html2text": (".txt", ("html2text", "--body-width", "0", "{}")),
    "lynx": (".txt", ("lynx", "-dump", "-nolist", "-width=250", "{}")),
    "w3m": (".txt", ("w3m", "-dump", "-cols", "250", "-T", "text/html", "{}")),
    "gfm": (".txt", (*_PANDOC, "-t", "gfm", "--wrap=none", "{}")),
    "plain": (".txt", (*_PANDOC, "-t", "plain", "{}")),
    "grid": (".txt", (*_PANDOC, "-t", _GRIDS, "{}")),
    "inscriptis": (".txt", ("inscript", "{}")),
    "markdownify": (".txt", ("markdownify", "{}")),
    "docx": (".docx", (*_PANDOC, "-o", "{out}", "{}")),
    "rtf": (".rtf", (*_PANDOC, "-s", "-o", "{out}", "{}")),
    "print": (".pdf", ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf={out}", "{}")),
}
#: A tool that takes longer has failed.
SECONDS = 120
Facts = Counter[tuple[str, str, str]]


def installed(forms: Sequence[str] = ()) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The forms that can be made here; only those named, if any are."""
    wanted = {form: TOOLS[form] for form in forms or TOOLS}
    return {form: (suffix, command) for form, (suffix, command) in wanted.items() if shutil.which(command[0])}


def documents(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (p for p in found if p.suffix.lower() in (".htm", ".html"))


def made(page: Path, command: Sequence[str], target: Path) -> bool:
    """Write a form of the page; whether the tool could."""
    if target.exists():
        return True
    words = [word.replace("{out}", str(target)).replace("{}", str(page.resolve())) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.SubprocessError, OSError):
        return False
    if not target.exists():
        target.write_bytes(done.stdout)
    return target.stat().st_size > 1


def facts(path: Path) -> tuple[Facts, bool]:
    """The facts of a document's statements, and whether it was told that something may be wrong."""
    try:
        document, first = load(path)
        analysis, later = analyse(document)
    except CapxbrlError:
        return Counter(), True
    found = Counter(
        (str(row["period"]), str(row["unit"]), str(row["value"]))
        for row in rows(analysis.report)
        if row["place"] == "cell" and row["unit"]
    )
    loud = [f for f in (*first, *later) if f.severity is not Severity.NOTE]
    return found, any(not f.code.startswith(("tag", "cover", "prose")) for f in loud)


def compare(pages: Sequence[Path], keep: Path, worst: int, forms: Sequence[str] = ()) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    shares: list[tuple[float, str]] = []
    for page in pages:
        truth, _ = facts(page)
        for form, (suffix, command) in installed(forms).items():
            target = keep / f"{page.stem}-{form}{suffix}"
            if not truth or not made(page, command, target):
                continue
            found, loud = facts(target)
            same = sum((truth & found).values())
            differs = found != truth
            sums[form] += Counter(
                documents=1,
                true=sum(truth.values()),
                found=sum(found.values()),
                same=same,
                differ=int(differs),
                told=int(differs and loud),
            )
            shares.append((same / sum(truth.values()), target.name))
    for share, name in sorted(shares)[:worst]:
        print(f"{share:.4f}  {name}")
    return sums


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--keep", type=Path, required=True, help="folder for the forms that are made")
    parser.add_argument("--forms", default="", help="only these, parted by commas")
    args = parser.parse_args(argv)
    forms = [form for form in args.forms.split(",") if form]
    if missing := [form for form in TOOLS if form not in installed()]:
        print(f"not installed, left out: {', '.join(missing)}", file=sys.stderr)
    args.keep.mkdir(parents=True, exist_ok=True)
    sums = compare(list(documents(args.paths))[: args.limit], args.keep, args.worst, forms)
    for form, n in sums.items():
        told = f"{n['told'] / n['differ']:.2f}" if n["differ"] else "-"
        print(
            f"{form:<12} same {n['same'] / max(1, n['true']):.4f}  clean {n['same'] / max(1, n['found']):.4f}"
            f"  told {told}  ({n['true']} facts, {n['documents']} documents)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
