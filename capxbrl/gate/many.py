"""Many reports on one taxonomy: it is loaded and validated once, and each report in a fork of the process that holds
it.

This drives entry points of Arelle that are not documented, so it trusts itself little: a fork's word counts only where
it found nothing at all and the taxonomy is provably the same; any finding, doubt or crash sends the report the plain
way, `session.run`, whose findings are the only ones a caller ever sees.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..files import scratch
from .at_hand import prepare
from .log import Collector
from .records import Validation
from .session import environment, instances, options, outcome, run, run_and_look

#: (namespace, address) of the schemas through which a report reaches its taxonomy.
Base = tuple[tuple[str, str], ...]

_WRAPPER = "urn:capxbrl:preload"


def validate_many(
    reports: Iterable[str | Path], *, packages: Sequence[str | Path] = (), folders: Sequence[str | Path] = ()
) -> Iterator[Validation]:
    """Validate reports one after the other: equal to `validate` of each, and faster where they share their taxonomy.

    Raises UnreadableInput, as `validate` does, when it comes to a file that holds no report.
    """
    given, found = tuple(map(Path, packages)), tuple(map(Path, folders))
    server: Server | None = None
    with scratch() as place:
        try:
            for number, report in enumerate(map(Path, reports)):
                prepared = prepare(report, given, found, place)
                if prepared.unjudged is not None:
                    yield prepared.unjudged
                elif number == 0 and can_fork():
                    validation, base = run_and_look(report, packages=prepared.packages, look=find_base)
                    server = Server(report, prepared.packages, base) if base else None
                    yield validation
                else:
                    quick = server.validate(report) if server else None
                    yield quick or run(report, packages=prepared.packages, viewer=None, viewer_files=("", ""))
        finally:
            if server:
                server.close()


def can_fork() -> bool:
    """A fork copies only the thread that asks for it: with others running it is not safe. macOS does not bear it."""
    return hasattr(os, "fork") and os.uname().sysname == "Linux" and threading.active_count() == 1


def find_base(models: list[Any]) -> Base:
    """The schemas with an address of their own that the report's own documents refer to."""
    found = set()
    for model in models:
        for document in model.urlDocs.values():
            if document.uri.startswith(model.uriDir):
                for other in document.referencesDocument:
                    if (
                        other.gettype() == "schema"
                        and other.uri.startswith(("http://", "https://"))
                        and other.targetNamespace
                    ):
                        found.add((str(other.targetNamespace), str(other.uri)))
    return tuple(sorted(found))


class Server:
    """The process that holds the loaded taxonomy. It answers a report with its Validation, or with None: not sure."""

    def __init__(self, first: Path, packages: tuple[Path, ...], base: Base) -> None:
        context = multiprocessing.get_context("fork")
        self._folder = tempfile.TemporaryDirectory(prefix=f"capxbrl-{os.getpid()}-")
        self._connection, other = context.Pipe()
        self._process = context.Process(
            target=_serve, args=((other, self._connection), first, packages, base, self._folder.name), daemon=True
        )
        self._process.start()
        other.close()

    def validate(self, report: Path) -> Validation | None:
        try:
            self._connection.send(report)
            answer = self._connection.recv()
        except (OSError, EOFError):  # it has ended: everything goes the plain way
            return None
        return answer if isinstance(answer, Validation) else None

    def close(self) -> None:
        self._connection.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._folder.cleanup()


def _serve(
    ends: tuple[Connection, Connection], first: Path, packages: tuple[Path, ...], base: Base, folder: str
) -> None:
    """Load and validate the taxonomy; then, for each report asked for, fork and let the fork answer."""
    connection, callers = ends
    callers.close()  # else the caller's end stays open here, and its closing is never noticed
    try:
        _answer_all(connection, first, packages, base, folder)
    except BaseException:  # the caller sees the connection end, and goes the plain way
        os._exit(1)


def _answer_all(connection: Connection, first: Path, packages: tuple[Path, ...], base: Base, folder: str) -> None:
    from arelle.api.Session import Session

    log = Collector()
    with environment(folder), Session() as session:
        model, digests = _preload(session, log, first, packages, base, folder)
        gc.collect()
        gc.freeze()  # the forks share the pages; a collection in them would copy all
        while True:
            try:
                report = connection.recv()
            except EOFError:
                os._exit(0)
            if log.records:  # the taxonomy itself is not clean: the plain way tells it
                connection.send(None)
                continue
            child = os.fork()
            if child == 0:
                _answer(connection, log, model, digests, report, packages, folder)
            _, status = os.waitpid(child, 0)
            if status:
                connection.send(None)


def _preload(
    session: Any, log: Any, first: Path, packages: tuple[Path, ...], base: Base, folder: str
) -> tuple[Any, dict[str, bytes]]:
    """A model that holds the schemas of `base` and all they refer to, and a digest of each document."""
    from arelle.ValidateUtr import loadUtr

    wrapper = Path(folder) / "preload.xsd"
    imports = "".join(f'<xs:import namespace="{name}" schemaLocation="{url}"/>' for name, url in base)
    wrapper.write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{_WRAPPER}">{imports}</xs:schema>'
    )
    more = (first,) if first.suffix.lower() in (".xbri", ".xbr", ".zip") else ()  # its catalog leads to the schemas
    session.run(options(wrapper, (*packages, *more), folder), logHandler=log)
    (model,) = session.get_models()
    loadUtr(model)
    entry = model.modelDocument
    model.urlDocs = {url: document for url, document in model.urlDocs.items() if document is not entry}
    model.namespaceDocs.pop(_WRAPPER, None)
    return model, {url: _digest(model, document.filepath) for url, document in model.urlDocs.items()}


def _answer(
    connection: Connection,
    log: Any,
    model: Any,
    digests: dict[str, bytes],
    report: Path,
    packages: tuple[Path, ...],
    folder: str,
) -> None:
    """In the fork: validate the report, send the Validation if it is clean and certain, else None; and end."""
    try:
        gc.disable()
        answer = _validate_on(log, model, digests, report, packages, folder)
        connection.send(answer)
    except BaseException:  # whatever it is: the server sees the status and answers None
        os._exit(1)
    os._exit(0)


def _validate_on(
    log: Any, model: Any, digests: dict[str, bytes], report: Path, packages: tuple[Path, ...], folder: str
) -> Validation | None:
    """Let Arelle load the report into the preloaded model and validate it. None where that proves nothing."""
    from arelle import ModelXbrl, PackageManager

    real = ModelXbrl.create

    def create(*_: Any, **__: Any) -> Any:
        ModelXbrl.create = real  # the first model that is asked for is the report's
        return model

    ModelXbrl.create = create
    manager = model.modelManager
    manager.loadedModelXbrls.clear()
    manager.modelXbrl = None
    model.relationshipSets.clear()  # else arcs of the report's own linkbases are never seen
    settings = options(report, packages, folder)
    settings.baseTaxonomyValidationMode = "none"  # what is preloaded was validated there
    registry = PackageManager.getInstance()
    registry.close()  # the catalog of the first report must not help this one
    registry.init(manager.cntlr, loadPackagesConfig=False)
    manager.cntlr.run(settings)
    models = manager.loadedModelXbrls
    if log.records or models != [model] or not instances(models) or not _same_taxonomy(model, digests):
        return None
    validation = outcome(report, packages, log, models, folder)
    return None if validation.findings else validation


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
