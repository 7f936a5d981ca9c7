"""Convert every document of a folder and validate it with Arelle: how many come out valid, and what the others fail by.

    python evals/validity.py FOLDER|DOCUMENT [--limit N] [--count N] [--taxonomy NAME --package ZIP|--elements LIST]

Prints one line a code of Arelle, with the number of documents and an example, then the share that is valid. A document
without a statement has nothing to validate and is counted apart. --taxonomy writes the elements of a vintage: --package
is its taxonomy package, --elements a list of elements by year of which one is made (tests/published.py).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import capxbrl as cx
from capxbrl import gate, writers
from capxbrl.files import save

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))


def documents(folder: Path, count: int, seed: int) -> list[Path]:
    """The filings of a folder, or a sample of them: what is no truth, note or list."""
    skip = (".truth.csv", ".md", "manifest.csv", ".json")
    if folder.is_file():
        return [folder]
    found = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.endswith(skip))
    return sorted(random.Random(seed).sample(found, count)) if 0 < count < len(found) else found


def package_of(elements: Path, taxonomy: str, folder: str) -> Path:
    """The taxonomy package of a vintage, made of the list of its elements."""
    import published

    return published.package(elements, taxonomy.rpartition("-")[2], Path(folder) / f"{taxonomy}.zip")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--count", type=int, default=0, help="a sample of so many; all when 0")
    parser.add_argument("--seed", type=int, default=48)
    parser.add_argument("--taxonomy", default="capx-gaap")
    parser.add_argument("--package", type=Path)
    parser.add_argument("--elements", type=Path)
    options = parser.parse_args()
    codes: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        made: dict[Path, str] = {}
        packages = [options.package] if options.package else []
        if options.elements:
            packages = [package_of(options.elements, options.taxonomy, work)]
        for number, path in enumerate(documents(options.folder, options.count, options.seed)[: options.limit]):
            try:
                conversion = cx.convert(path, validate=False, taxonomy=options.taxonomy)
            except cx.CapxbrlError:
                counts["unreadable"] += 1
                continue
            if not conversion.facts:
                counts["without facts"] += 1
                continue
            target = Path(work) / str(number)
            save(conversion.files, target)
            made[target / writers.PACKAGE] = path.name
        for name, validation in zip(made.values(), gate.validate_many(made, packages=packages), strict=True):
            counts["valid" if validation.judged and not validation.findings else "not valid"] += 1
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
