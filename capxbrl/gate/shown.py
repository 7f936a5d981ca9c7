"""The interactive viewer of a report: the ixbrl-viewer of the Arelle project, with our part beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..files import load
from ..findings import CapxbrlError, Finding, Severity, UnreadableInput
from ..resources import VIEWER_SCRIPT, VIEWER_SCRIPT_NAME, templates
from .active import is_viewer, take_out, told, with_policy
from .inputs import MAX_MEMBER_BYTES

#: What a viewer is: the page to open, and the scripts it needs beside it.
VIEWER_FILES = ("viewer.html", "ixbrlviewer.js", VIEWER_SCRIPT_NAME)
#: The same page, opened for review.
REVIEW = "review.html"

_SCRIPT = "{http://www.w3.org/1999/xhtml}script"
_NOTES = {"id": "capxbrl-notes", "type": "application/json"}


def write_viewer(
    loaded: list[Any], folder: Path, findings: Sequence[Finding]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Write the viewer from the models already loaded; the names of its files, and what is told of it.

    findings: of the validation, which the viewer shows. The plug-in's builder is called directly: naming it as a
    plug-in would make Arelle look for all plug-ins again.
    """
    page = VIEWER_FILES[0]
    try:
        from iXBRLViewerPlugin.iXBRLViewer import IXBRLViewerBuilder, isInlineDoc

        inline = [m for m in loaded if isInlineDoc(m.modelDocument)]
        if not inline:
            return (), (_no_viewer("the report is not inline XBRL"),)
        root = inline[0].modelDocument.xmlRootElement
        taken = told(take_out(root))
        with_policy(root)
        builder = IXBRLViewerBuilder(inline[0].modelManager.cntlr)
        builder.processModel(inline[0])
        builder.taxonomyData["validation"] = [_message(f) for f in findings if f.severity is not Severity.NOTE]
        viewer = builder.createViewer(scriptUrl=VIEWER_FILES[1], showValidations=False)
        if viewer is None or len(viewer.files) != 1:
            return (), (*taken, _no_viewer("the report is no single XHTML document, or holds a viewer already"))
        _add_ours(viewer.files[0].xmlDocument.getroot())
        folder.mkdir(parents=True, exist_ok=True)
        viewer.save(str(folder / page))
        for name, script in _scripts().items():
            (folder / name).write_bytes(script)
    except Exception as error:  # the viewer is a by-product: its failure must not hide the validation
        return (), (_no_viewer(f"{type(error).__name__}: {error}"),)
    return VIEWER_FILES, taken


def holds_viewer(folder: Path) -> bool:
    """A folder holds a viewer that could have been made here. Raises CapxbrlError where it holds another one."""
    present = [name for name in (*VIEWER_FILES, REVIEW) if (folder / name).exists()]
    if not present:
        return False
    scripts = _scripts()
    try:
        same = all(load(folder / name, MAX_MEMBER_BYTES) == script for name, script in scripts.items())
        pages = [load(folder / name, MAX_MEMBER_BYTES) for name in {VIEWER_FILES[0], *present} - scripts.keys()]
        if same and all(is_viewer(page, [*scripts], _NOTES) for page in pages):
            return True
    except UnreadableInput:
        pass
    raise CapxbrlError(
        f"{folder}: {', '.join(present)} were not made by this capxbrl; take them away, and a viewer is made"
    )


def _scripts() -> dict[str, bytes]:
    """The scripts of a viewer by the names that they have beside its page."""
    from iXBRLViewerPlugin.constants import DEFAULT_VIEWER_PATH

    theirs, ours = Path(DEFAULT_VIEWER_PATH), templates() / VIEWER_SCRIPT
    return {VIEWER_FILES[1]: theirs.read_bytes(), VIEWER_FILES[2]: ours.read_bytes()}


def _message(finding: Finding) -> dict[str, str]:
    """A finding as the ixbrl-viewer lists it."""
    return {"sev": finding.severity.upper(), "code": finding.code, "msg": finding.message}


def _add_ours(root: Any) -> None:
    """Our script at the end of the page, and before it the element that holds its notes: none yet."""
    body = next(e for e in root if e.tag.endswith("}body"))
    for attributes, text in ((_NOTES, "{}"), ({"type": "text/javascript", "src": VIEWER_SCRIPT_NAME}, "")):
        element = body.makeelement(_SCRIPT, attributes, nsmap={None: _SCRIPT[1:].partition("}")[0]})
        element.text = text
        body.append(element)


def _no_viewer(why: str) -> Finding:
    return Finding(code="gate.no-viewer", severity=Severity.WARNING, message=f"the viewer could not be made: {why}")
