"""Sphinx: `sphinx-build -W docs docs/_build` makes the documentation, offline; a warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # what is made of the code: made.py

import capxbrl

project = "capxbrl"
author = "the capxbrl project"
version = release = capxbrl.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "made"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"capxbrl {version}"
html_static_path: list[str] = []
html_extra_path = ["schema"]  # beside the pages, for programs
html_show_copyright = html_show_sphinx = html_copy_source = False

default_role = "code"  # `name` in a docstring
nitpicky = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
