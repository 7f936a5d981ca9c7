"""A taxonomy loaded once, and reports validated on it in forks of the process that holds it.

This drives entry points of Arelle that are not documented, so it trusts itself little: what a fork finds counts only
where the taxonomy that the report would have loaded is provably, by the digest of each document, the one that is there.
A differential test holds it against `session.run`, and the version of Arelle is pinned.
"""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path
from typing import Any

from ..records import dataclass
from .at_hand import prepare
from .inputs import PACKAGE_SUFFIXES
from .limits import Limits
from .records import Package, Validation
from .session import Base, instances, options, outcome

_WRAPPER = "urn:capxbrl:preload"
#: Of Arelle: the schema of inline XHTML.
_INLINE = "http://www.xbrl.org/2013/inlineXBRL/xhtml-inlinexbrl-1_1.xsd"


@dataclass(frozen=True, slots=True)
class Served:
    """What a server was asked for. base: of its first report."""

    packages: tuple[Path, ...]
    folders: tuple[Path, ...]
    base: Base
    limits: Limits
    folder: Path


@dataclass(frozen=True, slots=True)
class Loaded:
    """A taxonomy in memory. digests: of each of its documents. packages, schemas: of the report that led to it.
    compiled: the schema of inline XHTML, by its address.
    """

    log: Any
    model: Any
    digests: dict[str, bytes]
    packages: tuple[Package, ...]
    schemas: frozenset[str]
    compiled: Any


def load(session: Any, log: Any, first: Path, served: Served) -> Loaded:
    """Load and validate the schemas of `base`, and all they refer to."""
    from arelle import PackageManager
    from arelle.ValidateUtr import loadUtr

    folder = str(served.folder)
    prepared = prepare(first, served.packages, served.folders, served.folder)
    wrapper = Path(folder) / "preload.xsd"
    imports = "".join(f'<xs:import namespace="{name}" schemaLocation="{url}"/>' for name, url in served.base)
    wrapper.write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{_WRAPPER}">{imports}</xs:schema>'
    )
    # The catalog of a package leads to its schemas.
    more = (Package(path=first, sha256=""),) if first.suffix.lower() in PACKAGE_SUFFIXES else ()
    session.run(options(wrapper, (*prepared.packages, *more), folder), logHandler=log)
    (model,) = session.get_models()
    loadUtr(model)
    entry = model.modelDocument
    model.urlDocs = {url: document for url, document in model.urlDocs.items() if document is not entry}
    model.namespaceDocs.pop(_WRAPPER, None)
    digests = {url: _digest(model, document.filepath) for url, document in model.urlDocs.items()}
    compiled = _compiled(model)
    registry = PackageManager.getInstance()
    registry.close()  # the catalog of the first report must not help others
    registry.init(model.modelManager.cntlr, loadPackagesConfig=False)
    model.modelManager.cntlr.loadPackages([str(p.path.resolve()) for p in prepared.packages], "")
    return Loaded(log, model, digests, prepared.packages, prepared.schemas, compiled)


class _Compiled:
    """lxml.etree as Arelle's validation of inline XHTML uses it, with the schema compiled once: that takes longer than
    a page of many facts."""

    def __init__(self, real: Any, tree: Any) -> None:
        self._real, self._tree, self._schema = real, tree, real.XMLSchema(tree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def parse(self, url: Any, parser: Any = None) -> Any:
        return self._tree if url == _INLINE else self._real.parse(url, parser=parser)

    def XMLSchema(self, tree: Any) -> Any:
        return self._schema if tree is self._tree else self._real.XMLSchema(tree)


def _compiled(model: Any) -> Any:
    from arelle import XmlValidate

    real: Any = XmlValidate.etree
    parse = real.parse
    return _Compiled(real, parse(_INLINE, parser=XmlValidate.lxmlResolvingParser(model.modelManager.cntlr, model)))


def validate_on(loaded: Loaded, report: Path, served: Served) -> Validation | None:
    """In the fork: validate the report on the loaded taxonomy; None where that proves nothing."""
    from arelle import ModelXbrl, XmlValidate

    gc.disable()
    folder, model, log = str(served.folder), loaded.model, loaded.log
    prepared = prepare(report, served.packages, served.folders, served.folder)
    if prepared.unjudged is not None:
        return prepared.unjudged
    same = [p.sha256 for p in prepared.packages] == [p.sha256 for p in loaded.packages]
    if not same or prepared.schemas != loaded.schemas:
        return None
    real = ModelXbrl.create

    def create(*_: Any, **__: Any) -> Any:
        ModelXbrl.create = real  # the first model that is asked for is the report's
        return model

    ModelXbrl.create = create
    XmlValidate.etree = loaded.compiled
    manager = model.modelManager
    manager.loadedModelXbrls.clear()
    manager.modelXbrl = None
    model.relationshipSets.clear()  # else arcs of the report's own linkbases are never seen
    settings = options(report, (), folder)  # the packages are loaded
    settings.baseTaxonomyValidationMode = "none"  # what is preloaded was validated there
    manager.cntlr.run(settings)
    models = manager.loadedModelXbrls
    if models != [model] or not instances(models) or not _same_taxonomy(model, loaded.digests):
        return None
    return outcome(report, prepared.packages, log, models, folder)


def _same_taxonomy(model: Any, digests: dict[str, bytes]) -> bool:
    """Every preloaded document is one that this report reaches and would have loaded itself, and nothing else was
    skipped.
    """
    reached: set[Any] = set()
    waiting = [model.modelDocument]
    while waiting:
        document = waiting.pop()
        if document not in reached:
            reached.add(document)
            waiting.extend(document.referencesDocument)
    for url, document in model.urlDocs.items():
        if url in digests:
            path = _path(model, url)
            if (
                document not in reached
                or not path
                or (path != document.filepath and _digest(model, path) != digests[url])
            ):
                return False
        elif not document.uri.startswith(model.uriDir) and not document.filepath.startswith(model.fileSource.baseurl):
            return False
    return True


def _path(model: Any, url: str) -> str | None:
    """Where this report finds a document, by Arelle's order: its own catalog, the packages given, the cache."""
    manager, source = model.modelManager, model.fileSource
    if source.isMappedUrl(url):
        mapped = source.mappedUrl(url)
    elif manager.cntlr.packages.is_mapped(url):
        mapped = manager.cntlr.packages.map(url)
    else:
        mapped = manager.disclosureSystem.mappedUrl(url)
    path = mapped if source.isInArchive(mapped) else manager.cntlr.webCache.getfilename(mapped)
    return str(path) if path else None


def _digest(model: Any, path: str) -> bytes:
    with model.fileSource.file(path, binary=True)[0] as file:
        return hashlib.sha256(file.read()).digest()
