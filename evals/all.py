"""Run every script of this folder and keep what it prints beside it: `python evals/all.py [NAME...] [--shared FOLDER]`.

Each NAME.txt holds the commands and their output, so that a change of the code shows as a difference. The figures are
the same on every machine, but for growth.txt. The folds of tagging.txt take hours and are made by hand (its first lines
say how). Takes about an hour; NAME runs only what is named.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

EVALS = Path(__file__).resolve().parent
#: What is kept -> the commands; {} stands for the folder of shared material.
KEPT: dict[str, tuple[str, ...]] = {
    "reading": tuple(
        f"reading.py {{}}/corpus/{name} --families {{}}/tools/families.txt --worst 10"
        for name in ("real", "forms", "filed", "gold", "rendered")
    ),
    "errors": tuple(
        f"errors.py {{}}/corpus/{name} --seed 48 {sample}"
        for name in ("rendered", "filed", "real")
        for sample in (
            "--count 165 --documents 40 --kinds rows",
            "--count 132 --documents 30 --kinds figures,headings",
        )
    ),
    "footing": tuple(
        f"footing.py {{}}/corpus/{corpus} --arcs {{}}/taxonomies/us-gaap-{year}-calculation-arcs.json"
        for corpus, year in (("rendered", 2009), ("filed", 2025))
    ),
    "validity": tuple(
        f"validity.py {{}}/corpus/{name}" for name in ("gold", "real", "legacy", "cover", "filed", "rendered")
    ),
    "signs": tuple(f"signs.py {{}}/corpus/{name}" for name in ("real", "gold", "filed", "rendered", "legacy")),
    "legacy": ("legacy.py {}/corpus/legacy",),
    "prose": ("prose.py {}/corpus/gold", "prose.py {}/corpus/legacy"),
    "vintages": tuple(
        f"validity.py {{}}/{place} --taxonomy us-gaap-{vintage}"
        for vintage in (
            "2009 --package {}/taxonomies/us-gaap-2009.zip",
            "2025 --elements {}/taxonomies/elements-by-year.csv",
        )
        for place in (
            "cases/capstone-2009-11-09/filing.txt",
            "corpus/gold",
            *(f"corpus/{name} --count 10" for name in ("real", "legacy", "cover", "filed", "rendered", "forms")),
        )
    ),
    "edgar": (
        "edgar.py {}/cases/capstone-2009-11-09/filing.txt {}/corpus/real --count 20 "
        "--package {}/taxonomies/us-gaap-2009.zip",
    ),
    "formats": ("formats.py {}/corpus/gold", "formats.py {}/corpus/real --count 20"),
    "fsds": ("fsds.py {}/data/fsds-2009q3.zip {}/corpus/rendered",),
    "history": ("history.py {}/corpus/legacy {}/corpus/real {}/corpus/gold",),
    "growth": ("footing.py --growth",),
}


def kept(name: str, shared: Path) -> str:
    """The commands of a file, each with what it prints. Raises CalledProcessError when one fails."""
    out = []
    for command in KEPT[name]:
        script, *words = command.split()
        run = [sys.executable, EVALS / script, *(word.replace("{}", str(shared)) for word in words)]
        paths = os.pathsep.join(filter(None, (str(EVALS.parent), os.environ.get("PYTHONPATH", ""))))
        done = subprocess.run(run, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": paths})
        # The place of the shared material is no part of the result.
        shown = command.replace("{}", "../shared")
        out.append(f"$ python evals/{shown}\n{done.stdout.replace(str(shared), '../shared')}")
    return "\n".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(KEPT)}; all when none is given")
    parser.add_argument("--shared", type=Path, default=EVALS.parent.parent / "shared")
    a = parser.parse_args()
    if unknown := set(a.names) - set(KEPT):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    failed = []
    for name in a.names or KEPT:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            text = kept(name, a.shared.resolve())
        except subprocess.CalledProcessError as error:
            failed.append(name)
            print(error.stderr, file=sys.stderr)
            continue
        (EVALS / f"{name}.txt").write_text(text, encoding="utf-8")
    print(f"failed: {', '.join(failed)}" if failed else "all kept", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
