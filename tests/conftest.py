"""Fixtures of all tests. Tests run without network; those that need the shared material skip when it is absent."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

import capxbrl as cx

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the expected files of tests/cases")
    parser.addoption("--every", action="store_true", help="look at every document of the shared corpora, not at some")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not slow"` leaves out the tests of slow.txt: those that take more than a second on a quiet machine."""
    slow = set((ROOT / "tests" / "slow.txt").read_text(encoding="utf-8").split())
    for item in items:
        if f"{item.path.name}::{getattr(item, 'originalname', item.name)}" in slow:
            item.add_marker("slow")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the shared corpus is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference filing, as it ships with the project."""
    return ROOT / "examples" / "capstone-2009-11-09.txt"


@pytest.fixture(scope="session")
def mills() -> bytes:
    """A filing of a made-up company that is read without a doubt, small enough to be converted often."""
    return b"""EXAMPLE MILLS INC
CONSOLIDATED BALANCE SHEETS
(In thousands of U.S. dollars)
                              June 30,   June 30,
                                2001       2000
Cash                          $  1,250   $  1,100
Receivables                      2,500      2,400
Total assets                  $  3,750   $  3,500
"""


@pytest.fixture(scope="session")
def mills_files(mills: bytes) -> Mapping[str, bytes]:
    """What its conversion writes, not validated."""
    return MappingProxyType(cx.convert(mills, validate=False).files)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a test tried to use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
