"""Records are what the standard library makes of the same class, but for the time that it takes."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from typing import Any

import pytest

from capxbrl import records


def _made(decorator: Any, **how: Any) -> Any:
    @decorator(frozen=True, slots=True, **how)
    class Plain:
        """A record."""

        first: int
        second: str = "b"
        third: list[int] = field(default_factory=list)
        silent: int = field(default=0, compare=False, repr=False)

        def __post_init__(self) -> None:
            if self.first < 0:
                raise ValueError("below zero")

    return Plain


Ours, Theirs = _made(records.dataclass, kw_only=True), _made(dataclasses.dataclass, kw_only=True)
Ours.__qualname__ = "Ours"  # so that pickle finds it


@pytest.mark.parametrize("how", [{}, {"kw_only": True}, {"repr": False}, {"eq": False}, {"order": True}])
def test_a_record_is_made_as_the_standard_library_makes_it(how: dict[str, bool]) -> None:
    ours, theirs = _made(records.dataclass, **how), _made(dataclasses.dataclass, **how)
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    assert ours.__match_args__ == theirs.__match_args__ and ours.__slots__ == theirs.__slots__
    assert all(
        getattr(ours.__dataclass_params__, name) == getattr(theirs.__dataclass_params__, name)
        for name in ("init", "repr", "eq", "frozen", "order")
    )
    for made in (ours, theirs):
        a, b = made(first=1, silent=2), made(first=1, third=[])
        assert (a == b) is how.get("eq", True) and a != made(first=2) and a != 1
        assert a.third is not b.third and dataclasses.asdict(a)["silent"] == 2
        assert ("first=1, second='b', third=[])" in repr(a)) is how.get("repr", True)
        assert dataclasses.replace(a, second="c").second == "c"


@pytest.mark.parametrize("made", [Ours, Theirs], ids=["a record", "of the standard library"])
def test_a_record_is_changed_as_the_standard_library_changes_it(made: Any) -> None:
    one = made(first=1, third=[2], silent=3)
    other = records.replace(one, second="c")
    assert other == dataclasses.replace(one, second="c") and type(other) is made and other is not one
    assert (other.first, other.second, other.third, other.silent) == (1, "c", [2], 3)
    assert other.third is one.third and records.replace(one) == one
    with pytest.raises(ValueError, match="below zero"):
        records.replace(one, first=-1)
    with pytest.raises(TypeError, match="unexpected keyword argument 'fourth'"):
        records.replace(one, fourth=1)


def test_records_hash_by_what_they_are_compared_by() -> None:
    ours = Ours(first=1, third=(), silent=1)
    assert hash(ours) == hash(Ours(first=1, third=(), silent=2)) == hash(Theirs(first=1, third=()))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ours(first=1))


@pytest.mark.parametrize("made", [Ours, Theirs])
def test_nothing_of_a_record_is_set_or_taken_away(made: Any) -> None:
    one = made(first=1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'first'"):
        one.first = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'first'"):
        del one.first
    with pytest.raises(TypeError):
        made(1)
    with pytest.raises(TypeError, match="first"):
        made()


def test_records_are_copied_and_sent_to_other_processes() -> None:
    one = Ours(first=1, third=[2])
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == copy.copy(one) == one


def test_a_record_looks_at_itself_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Ours(first=-1)


def test_what_stands_below_a_record_is_frozen_as_well() -> None:
    for decorator in (records.dataclass, dataclasses.dataclass):

        @decorator(frozen=True, slots=True)
        class Below(Ours):  # type: ignore[misc, valid-type]
            more: int

        one = Below(1, first=2)
        assert one == Below(1, first=2) != Below(2, first=2) and one.second == "b"
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.first = 3


def test_what_is_not_frozen_is_made_by_the_standard_library() -> None:
    @records.dataclass(slots=True)
    class Open:
        number: int

    @records.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        number: int

    one = Open(1)
    one.number = 2
    assert one == Open(2) and Ordered(1) < Ordered(2)
