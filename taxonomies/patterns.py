"""Keep what Python makes of regular expressions, for quick starts: `python -m capxbrl.taxonomies.patterns`.

Writes a file of `kept/` for the version of Python that runs it: every list of the word tables, and each pattern for
which the conversions of the examples of a checkout ask `capxbrl.patterns`.  One that has changed since is compiled as
always: nothing is wrong, it takes longer.  So run it now and then, under 3.11, 3.12 and 3.13.  And it writes the normal
forms of labels and names of concepts (`capxbrl.tagging.normal_forms`).
"""

from __future__ import annotations

from pathlib import Path

from capxbrl import patterns, words
from capxbrl.resources import taxonomies
from capxbrl.stores import dumped

#: (pattern, flags)
Key = tuple[str, int]


class _Asked(dict[Key, patterns.Kept]):
    """Nothing is kept; what is asked for is noted."""

    def __init__(self) -> None:
        self.keys_asked: set[Key] = set()

    def get(self, key: Key, default: object = None) -> None:  # type: ignore[override]
        self.keys_asked.add(key)


def asked(examples: Path) -> set[Key]:
    """What the lists of the word tables and the conversions of the examples ask for; nothing may have asked before."""
    notes = _Asked()
    patterns.kept = lambda: notes  # type: ignore[assignment]
    from capxbrl.pipeline import opened

    for room in words.rooms():
        for name in {row.list for row in words.table(room)}:
            words.pattern(room, name)
    for path in sorted(examples.rglob("*.txt")):
        opened(path)
    return notes.keys_asked


def labels() -> bytes:
    """What is kept of the labels of the synonyms, and of the names of concepts."""
    from capxbrl.tables import read_table
    from capxbrl.tagging import normal_forms
    from capxbrl.taxonomy import load

    rows = read_table(taxonomies() / "capx-gaap" / "synonyms.csv", ("label", "under"))
    return normal_forms.dump((row["label"] for _, row in rows), load().concepts)


if __name__ == "__main__":
    made = {key: patterns.keep(*key) for key in sorted(asked(Path(__file__).parent.parent / "examples"))}
    patterns.store().parent.mkdir(exist_ok=True)
    patterns.store().write_bytes(dumped(made))
    (patterns.store().parent / "labels").write_bytes(labels())
    print(f"{patterns.store()}: {len(made):,} patterns")
