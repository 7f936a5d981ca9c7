"""What a first conversion loads and does: counted, not timed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

#: What `capxbrl facts` of a text needs nothing of.
UNNEEDED = (
    "arelle",
    "concurrent.futures",
    "importlib.metadata",
    "jinja2",
    "lxml",
    "numpy.ma",
    "pandas",
    "rich",
    "capxbrl.explanation",
    "capxbrl.gate",
    "capxbrl.readers.html_walk",
    "capxbrl.readers.ocr",
    "capxbrl.readers.written",
    "capxbrl.receipt",
    "capxbrl.review.journal",
    "capxbrl.viewer",
    "capxbrl.writers.xhtml",
)
_CODE = """
import atexit, cProfile, json, pstats, re._compiler, sys
patterns = []
compile = re._compiler.compile
re._compiler.compile = lambda *a: patterns.append(a) or compile(*a)
profile = cProfile.Profile()

@atexit.register
def tell():
    profile.disable()
    calls = pstats.Stats(profile).total_calls
    ours = sum(name.startswith("capxbrl") for name in sys.modules)
    told = {"calls": calls, "patterns": len(patterns), "ours": ours, "modules": sorted(sys.modules)}
    sys.stderr.write("\\n" + json.dumps(told))

sys.argv = ["capxbrl", "facts", sys.argv[1]]
from capxbrl.__main__ import run
profile.enable()
run()
"""


@pytest.fixture(scope="module")
def told(reference: Path) -> Any:
    done = subprocess.run([sys.executable, "-c", _CODE, str(reference)], capture_output=True, text=True)
    assert done.stdout.count("\n") > 100
    return json.loads(done.stderr.splitlines()[-1])


def test_nothing_is_loaded_that_is_not_needed(told: Any) -> None:
    assert [name for name in UNNEEDED if name in told["modules"]] == []


def test_a_first_conversion_takes_no_more_than_it_needs(told: Any) -> None:
    """Room for a fifth more than is needed today, and for Pythons whose patterns are not kept."""
    assert told["ours"] < 317
    assert told["calls"] < 860_000
    assert sys.version_info[:2] > (3, 13) or told["patterns"] < 250
