"""Records: `dataclass` and `replace` as the standard library has them, for the frozen ones with slots, in a quarter of
the time.

The standard one writes and compiles six methods for each class, which before Python 3.13 took a fifth of the time of
a whole conversion. Here `__init__` alone is compiled; the others are made of the names of the fields, and do the same.
"""

from __future__ import annotations

import dataclasses
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass, replace

__all__ = ["dataclass", "replace"]

_MISSING = dataclasses.MISSING


class _Factory:
    """What stands in a signature for a value that is made anew for each record."""

    def __repr__(self) -> str:
        return "<factory>"


_MADE = _Factory()
_KEPT = object()  # stands for the value that a record has already


def _dataclass(
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    repr: bool = True,
    eq: bool = True,
    order: bool = False,
    **more: Any,
) -> Callable[[type], type]:
    """What is not frozen, has no slots or has a record above it, the standard library makes; and what is ordered, but
    for `__init__`."""
    standard = dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, repr=repr, eq=eq, order=order, **more)
    bare = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)

    def decorate(cls: type) -> Any:
        if not frozen or not slots or more or any(map(dataclasses.is_dataclass, cls.__mro__[1:])):
            return standard(cls)
        cls.__doc__ = cls.__doc__ or cls.__name__  # else its signature, which takes longer than all the rest
        made: Any = standard(cls) if order else bare(cls)
        made.__init__ = _init(made, dataclasses.fields(made))
        made.__replace__ = _replacing(made)
        if order:
            return made
        for name, value in (("init", True), ("repr", repr), ("eq", eq), ("frozen", True)):
            setattr(made.__dataclass_params__, name, value)
        made.__setattr__, made.__delattr__ = _no_setting, _no_deleting
        made.__getstate__, made.__setstate__ = _state, _restore
        if repr:
            made.__repr__ = _repr
        if eq:
            made.__eq__, made.__hash__ = _equal(made), _hash(made)
        return made

    return decorate


def _init(made: type, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    """`__init__` with the fields as its arguments, those that are named alone behind the others."""
    names: dict[str, Any] = {"_MADE": _MADE}
    lines = []
    arguments: dict[bool, list[str]] = {False: [], True: []}
    for f in fields:
        default, value = "", f.name
        if f.default is not _MISSING:
            default, names[f"_{f.name}"] = f"=_{f.name}", f.default
        elif f.default_factory is not _MISSING:
            default, names[f"_{f.name}"] = "=_MADE", f.default_factory
            value = f"_{f.name}() if {f.name} is _MADE else {f.name}"
        arguments[bool(f.kw_only)].append(f"{f.name}{default}")
        # The slot itself takes two thirds of the time that `object.__setattr__` takes to find it.
        names[f"_set_{f.name}"] = getattr(made, f.name).__set__
        lines.append(f"_set_{f.name}(self,{value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    named = ["*", *arguments[True]] if arguments[True] else []
    all_of_them = ",".join(["self", *arguments[False], *named])
    init = _compiled(made, "__init__", all_of_them, "\n ".join(lines) or "pass", names)
    init.__annotations__ = {f.name: f.type for f in fields} | {"return": None}
    return init


def _replacing(made: Any) -> Any:
    """`__replace__`, compiled when a record is changed for the first time: another one, a slot after the other."""

    def __replace__(self: Any, /, **changes: Any) -> Any:
        fields = dataclasses.fields(made)
        names: dict[str, Any] = {"_KEPT": _KEPT, "_new": object.__new__}
        names |= {f"_set_{f.name}": getattr(made, f.name).__set__ for f in fields}
        lines = [f"_set_{f.name}(_other,self.{f.name} if {f.name} is _KEPT else {f.name})" for f in fields]
        lines += ["_other.__post_init__()"] if hasattr(made, "__post_init__") else []
        body = "\n ".join(["_other=_new(self.__class__)", *lines, "return _other"])
        arguments = ",".join(["self", "*", *(f"{f.name}=_KEPT" for f in fields)] if fields else ["self"])
        made.__replace__ = _compiled(made, "__replace__", arguments, body, names)
        return made.__replace__(self, **changes)

    return __replace__


def _replace(record: Any, /, **changes: Any) -> Any:
    made = getattr(record, "__replace__", None)
    return made(**changes) if made is not None else dataclasses.replace(record, **changes)


def _equal(made: Any) -> Any:
    """`__eq__`, compiled when two records are compared for the first time: most classes never are."""

    def __eq__(self: Any, other: Any) -> Any:
        names = [f.name for f in dataclasses.fields(made) if f.compare]
        made.__eq__ = _compiled(
            made,
            "__eq__",
            "self,other",
            f"return {_tuple('self', names)}=={_tuple('other', names)} if other.__class__ is self.__class__ "
            "else NotImplemented",
        )
        return made.__eq__(self, other)

    return __eq__


def _hash(made: Any) -> Any:
    """`__hash__`, likewise."""

    def __hash__(self: Any) -> int:
        names = [f.name for f in dataclasses.fields(made) if (f.compare if f.hash is None else f.hash)]
        made.__hash__ = _compiled(made, "__hash__", "self", f"return hash({_tuple('self', names)})")
        return hash(self)

    return __hash__


def _tuple(of: str, names: list[str]) -> str:
    return f"({''.join(f'{of}.{name},' for name in names)})"


def _compiled(made: type, name: str, arguments: str, body: str, names: dict[str, Any] | None = None) -> Any:
    names = names or {}
    exec(f"def {name}({arguments}):\n {body}", names)
    function = names[name]
    function.__qualname__ = f"{made.__qualname__}.{name}"
    function.__module__ = made.__module__
    return function


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _no_setting(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, f.name) for f in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for f, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)


if not TYPE_CHECKING:
    dataclass, replace = _dataclass, _replace
