"""What is kept of regular expressions is what this Python makes of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from capxbrl import patterns, stores, words
from capxbrl.naming import words_of
from capxbrl.tagging import normal_forms
from capxbrl.tagging.labels import normalise

KNOWN = patterns.store().exists()


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    patterns.kept.cache_clear()
    patterns.compiled.cache_clear()


def test_what_is_kept_is_what_python_makes() -> None:
    for (pattern, flags), found in patterns.kept().items():
        assert found == patterns.keep(pattern, flags), pattern
        made, wanted = patterns.compiled(pattern, flags), re.compile(pattern, flags)
        assert made == wanted and made.flags == wanted.flags
        assert made.groups == wanted.groups and made.groupindex == wanted.groupindex


def test_most_lists_of_words_are_kept() -> None:
    assert KNOWN or sys.version_info[:2] not in {(3, 11), (3, 12), (3, 13)}
    lists = [words.pattern(room, name) for room in words.rooms() for name in {w.list for w in words.table(room)}]
    fresh = [made for made in lists if not any((made.pattern, flag) in patterns.kept() for flag in (0, int(re.I)))]
    assert not KNOWN or len(fresh) < len(lists) / 4, "run under each Python: python -m capxbrl.taxonomies.patterns"


@pytest.mark.parametrize("content", [None, b"", b"no store", stores.dumped({})[:-2], stores.dumped({})])
def test_without_a_store_patterns_are_compiled(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "store").write_bytes(content)
    monkeypatch.setattr(patterns, "store", lambda: tmp_path / "store")
    patterns.kept.cache_clear()
    patterns.compiled.cache_clear()
    assert patterns.kept() == {}
    found = patterns.compiled(r"(?P<what>net) (loss)", re.IGNORECASE).search("a Net Loss")
    assert found is not None and found.group("what", 2) == ("Net", "Loss")


def test_groups_of_what_is_kept_have_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = r"(\d+)(?P<unit>%)?", int(re.I)
    (tmp_path / "store").write_bytes(stores.dumped({key: patterns.keep(*key)}))
    monkeypatch.setattr(patterns, "store", lambda: tmp_path / "store")
    patterns.kept.cache_clear()
    patterns.compiled.cache_clear()
    found = patterns.compiled(*key).search("about 12%")
    assert key in patterns.kept() and found is not None
    assert found.lastgroup == "unit" and found.groupdict() == {"unit": "%"} and found[1] == "12"


def test_what_is_kept_of_labels_and_names_is_their_normal_form() -> None:
    labels, names = normal_forms.kept()
    assert len(labels) > 2000 and len(names) > 1500
    told = "run: python -m capxbrl.taxonomies.patterns"
    assert all(found == normalise(label) for label, found in labels.items()), told
    assert all(found == normalise(words_of(name)) for name, found in names.items()), told
    assert normal_forms.normalised(["Net sales (Note 2)", next(iter(labels))]) == [
        "net sale",
        labels[next(iter(labels))],
    ]
    assert normal_forms.name_words("NoSuchAssetsNoncurrent") == {"no", "such", "asset", "noncurrent"}
