"""What the figures of running text come to: verdicts counted, and every disagreement to be read by a person.

Certain figures that do not agree are printed too: whatever they are, the text was misunderstood or the page misread.

python evals/prose.py CORPUS_DIR [--glob '*'] [--limit N]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from capxbrl import pipeline
from capxbrl.model import Verdict
from capxbrl.prose import read_prose


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--glob", default="*")
    parser.add_argument("--limit", type=int, default=10**9)
    args = parser.parse_args()
    count: Counter[str] = Counter()
    paths = [p for p in sorted(args.folder.glob(args.glob)) if p.suffix in (".txt", ".htm", ".html")]
    for path in paths[: args.limit]:
        document, _ = pipeline.load(path)
        made, _ = pipeline.analyse(document)
        for mention in read_prose(document, made.tagged):
            count[("certain " if mention.certain else "") + mention.verdict.value] += 1
            if mention.verdict is Verdict.DISAGREES or (mention.certain and mention.verdict is Verdict.NOTHING):
                print(
                    f"{mention.at}: {mention.verdict}: {mention.shown} for {mention.subject}: {mention.why} | "
                    f"{mention.words}"
                )
    print(", ".join(f"{number} {verdict}" for verdict, number in count.most_common()))


if __name__ == "__main__":
    main()
