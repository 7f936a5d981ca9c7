"""Vocabularies are tables with examples: each pattern matches what it must and spares what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from capxbrl import words
from capxbrl.findings import BadData


@pytest.mark.parametrize("room", words.rooms())
def test_every_wording_holds_its_examples(room: str) -> None:
    for wording in words.checked(room):
        assert words.pattern(room, wording.list).search(wording.matches), wording.at
        assert wording.why, f"{wording.at}: say why"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("a,(,x,,y", "cannot be read"),
        ("a,cash,dash,,y", "does not match its example"),
        ("a,cash,cash,cashier,y", "must not"),
    ],
)
def test_a_wrong_row_is_told_with_its_place(
    row: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "odd.csv").write_text(f"list,pattern,matches,differs,why\n{row}\n")
    monkeypatch.setattr(words, "folder", lambda: tmp_path)
    with pytest.raises(BadData, match=f"odd.csv:2.*{complaint}"):
        words.checked("odd")


def test_a_list_that_is_not_there_is_told() -> None:
    with pytest.raises(BadData, match="no list 'nothing'"):
        words.pattern("cash_flow", "nothing")
