"""Convert every document of a folder and validate it with Arelle: how many come out valid, and what the others fail by.

    python evals/validity.py FOLDER [--limit N] [--worst N]

Prints one line a code of Arelle, with the number of documents and an example, then the share that is valid. A document
without a statement has nothing to validate and is counted apart.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import capxbrl as cx
from capxbrl import gate, writers
from capxbrl.files import save


def documents(folder: Path) -> list[Path]:
    """The filings of a folder: what is no truth, note or list."""
    skip = (".truth.csv", ".md", "manifest.csv", ".json")
    return sorted(p for p in folder.iterdir() if p.is_file() and not p.name.endswith(skip))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    options = parser.parse_args()
    codes: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        made: dict[Path, str] = {}
        for number, path in enumerate(documents(options.folder)[: options.limit]):
            try:
                conversion = cx.convert(path, validate=False)
            except cx.CapxbrlError:
                counts["unreadable"] += 1
                continue
            if not conversion.facts:
                counts["without facts"] += 1
                continue
            target = Path(work) / str(number)
            save(conversion.files, target)
            made[target / writers.PACKAGE] = path.name
        for name, validation in zip(made.values(), gate.validate_many(made), strict=True):
            counts["valid" if not validation.findings else "not valid"] += 1
            for finding in validation.findings:
                codes[finding.code].append(f"{name}: {finding.message[:200]}")
    for code, messages in sorted(codes.items(), key=lambda item: -len(item[1])):
        print(
            f"{code}: {len(messages)} findings in {len({m.partition(':')[0] for m in messages})} documents, e.g. "
            f"{messages[0]}"
        )
    print(", ".join(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
