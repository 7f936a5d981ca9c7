"""The import table of ARCHITECTURE.md is true, and importing the library loads nothing heavy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "capxbrl"


def table() -> dict[str, set[str]]:
    """{module: what it may import} from the table."""
    rows: dict[str, set[str]] = {}
    for line in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and (names := re.findall(r"`([a-z_]+)`", cells[0])):
            for name in names:
                rows[name] = {word for word in cells[2].replace(" ", "").split(",") if word}
    return rows


def imports(path: Path) -> set[str]:
    """The modules of this library, and the packages outside the standard library, that a file imports."""
    depth = len(path.relative_to(PACKAGE).parts)
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {
        n for i in ast.walk(tree) if isinstance(i, ast.If) and "TYPE_CHECKING" in ast.dump(i.test) for n in ast.walk(i)
    }
    for node in ast.walk(tree):
        if node in typing:  # only for annotations
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {f"capxbrl.{node.module or alias.name}" for alias in node.names}
    out = set()
    for name in found:
        first, _, rest = name.partition(".")
        if first == "capxbrl":
            out.add(rest.partition(".")[0])
        elif first not in sys.stdlib_module_names:
            out.add(first)
    return out - {"__version__"}


def modules() -> dict[str, list[Path]]:
    """{module or package of the library: its files}."""
    out: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if name != "__init__":
            out.setdefault(name, []).append(path)
    return out


def test_every_module_has_a_row_and_every_row_a_module() -> None:
    assert set(table()) == set(modules())


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_imports_only_what_its_row_names(module: str) -> None:
    used = set().union(*(imports(path) for path in modules()[module])) - {module, "records"}
    assert used <= table()[module], f"{module} also imports {sorted(used - table()[module])}"


def test_only_one_place_parses_markup() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name != "markup.py":
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"etree\.(?:parse|fromstring|XML|HTML)\(|html\.(?:parse|fromstring|document_fromstring)\(", text
            ), path


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = (
        "import capxbrl, sys; print([m for m in ('arelle', 'pandas', 'numpy', 'lxml', 'jinja2', 'rapidfuzz', "
        "'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    for name in ("convert", "read", "Conversion", "Severity"):
        assert subprocess.run([sys.executable, "-c", f"from capxbrl import {name}"], check=True).returncode == 0


def test_a_conversion_without_validation_loads_neither_arelle_nor_pandas(reference: Path) -> None:
    code = (
        "import capxbrl, sys; capxbrl.convert(sys.argv[1], validate=False); "
        "print([m for m in ('arelle', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(reference)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


#: Where words of a page are read: what a line, a heading, a figure or a caption is, is decided here and nowhere else.
READ_WORDS = {
    "readers",
    "statements",
    "decisions",
    "cover",
    "words",
    "hints",
    "grammar",
    "amounts",
    "periods",
    "currencies",
    "places",
    "naming",
}
#: Other files that may use regular expressions or the word tables, each with its reason.
EXCEPTIONS = {
    "prose/calendar.py": "reads running text",
    "prose/claims.py": "reads running text",
    "prose/figures.py": "reads running text",
    "prose/scope.py": "reads running text",
    "prose/sentences.py": "reads running text",
    "prose/subjects.py": "reads running text",
    "rules/efm_names.py": "the forms of namespaces and roles",
    "rules/retained_earnings.py": "looks in running text for the reason of a difference",
    "polarity.py": "the one owner of what words and names of elements say of a sign",
    "footing/wording.py": "the one owner of what words say of sums",
    "tagging/labels.py": "labels as the models of the lines know them",
    "tagging/members.py": "the class of stock that a label names",
    "tagging/models/lines.py": "labels as the model of the lines knows them",
    "tagging/total_cash.py": "which cash a balance holds, for the choice of its element",
    "tagging/wordings.py": "the table of words that tell the element of a line",
    "tagging/tables.py": "the form of names of concepts in a table",
    "fundamentals.py": "parses relations.csv",
    "patterns.py": "makes what others read with",
    "findings.py": "strips tags from excerpts",
    "folder.py": "parses the verdict of a receipt",
    "health.py": "parses requirements and versions of packages",
    "options.py": "parses what a caller gives",
    "gate/active.py": "parses style sheets of pages from elsewhere",
    "gate/edgar.py": "parses the version of the plug-in",
    "gate/inputs.py": "parses the declaration of a document of XML",
    "gate/log.py": "parses the log of the validator",
    "gate/references.py": "parses references in documents that are not well-formed",
    "gate/session.py": "parses the registry of units",
    "reports/names.py": "names of files",
    "reports/cover.py": "forms by their number, a fact of the cover",
    "writers/escaping.py": "characters that XML escapes",
    "writers/xhtml/__init__.py": "characters that XML forbids",
    "reports/located.py": "tags between the words of a fact",
    "writers/xhtml/blocks.py": "lays running text out",
    "writers/xhtml/layout.py": "lays text out",
    "writers/xhtml/plain.py": "parses our style sheet",
    "writers/xhtml/source.py": "parts of a submission, and what in a text is a machine's",
    "writers/xhtml/tables.py": "lays cells out",
    "writers/xhtml/cascade.py": "parses a filer's style sheets",
    "writers/xhtml/looks.py": "parses attributes for the look",
    "writers/xhtml/quirks.py": "parses document types",
    "writers/xhtml/tidy.py": "end tags of paragraphs",
}


def reads_words(path: Path) -> bool:
    """The file imports `re`, patterns or the vocabularies."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and any(alias.name == "re" for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom):
            named = {alias.name for alias in node.names} if node.module is None else set()
            if node.module == "re" or (node.level and (node.module in ("words", "patterns") or "words" in named)):
                return True
    return False


def test_words_of_a_label_are_read_in_one_place() -> None:
    reading = {p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py") if reads_words(p)}
    others = {name for name in reading if name.split("/")[0].removesuffix(".py") not in READ_WORDS}
    assert others == set(EXCEPTIONS)


#: The longest file, in lines; the densest function, by radon's count (which counts and, or and comprehensions), and how
#: many may be above what new ones are held to (CONTRIBUTING.md).
LONGEST, DENSEST, DENSE, FEW = 400, 25, 15, 40


def test_no_file_is_long() -> None:
    sizes = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_bytes().splitlines()) for path in PACKAGE.rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


def test_few_functions_are_dense() -> None:
    dense = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for block in cc_visit(path.read_text(encoding="utf-8")):
            for function in getattr(block, "methods", [block]):  # of a class
                if function.complexity > DENSE:
                    dense[f"{path.relative_to(PACKAGE).as_posix()}:{function.name}"] = function.complexity
    assert {name: count for name, count in dense.items() if count > DENSEST} == {}
    assert len(dense) <= FEW, dense


def test_no_module_is_hidden_by_what_its_package_imports() -> None:
    """`from .series import series` in a package would make its module `series` a function."""
    for path in PACKAGE.rglob("__init__.py"):
        modules_of = {p.stem for p in path.parent.glob("*.py")}
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module is not None
            for alias in node.names
        }
        assert names.isdisjoint(modules_of - {"__init__"}), path


def test_the_names_of_the_model_are_its_own() -> None:
    """A `Figure` is the model's, wherever it is read."""
    classes = [
        (node.name, path)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    model = {name for name, path in classes if path.parent.name == "model"}
    assert [(name, path) for name, path in classes if name in model and path.parent.name != "model"] == []


def test_the_slow_tests_are_there_and_in_order() -> None:
    names = (ROOT / "tests" / "slow.txt").read_text(encoding="utf-8").splitlines()
    assert names == sorted(set(names))
    for name in names:
        file, _, function = name.partition("::")
        assert f"def {function}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), name
