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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..findings import UnreadableInput
from .at_hand import prepare
from .inputs import PACKAGE_SUFFIXES
from .limits import NORMAL, Ended, Limits, bounded, can_fork, confine
from .log import Collector
from .records import Package, Validation
from .runs import judge, stopped
from .session import Base, environment, instances, options, outcome

_WRAPPER = "urn:capxbrl:preload"
#: Seconds, beyond the limits of loading the taxonomy and of a report, after which a server is given up.
_PATIENCE = 5


def validate_many(
    reports: Iterable[str | Path],
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    limits: Limits = NORMAL,
) -> Iterator[Validation]:
    """Validate reports one after the other: equal to `validate` of each, and faster where they share their taxonomy.

    Raises UnreadableInput, as `validate` does, when it comes to a file that holds no report.
    """
    for made in validate_each(reports, packages=packages, folders=folders, limits=limits):
        if isinstance(made, UnreadableInput):
            raise made
        yield made


def validate_each(
    reports: Iterable[str | Path],
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    edgar_plugin: str | Path | None = None,
    limits: Limits = NORMAL,
) -> Iterator[Validation | UnreadableInput]:
    """The same; a file that holds no report does not end it: its exception stands in its place.

    edgar_plugin: as `validate` takes it; reports that use its transformations go the plain way.
    """
    given, searched = tuple(map(Path, packages)), tuple(map(Path, folders))
    plugin = Path(edgar_plugin) if edgar_plugin else None
    server: Server | None = None
    try:
        for number, report in enumerate(map(Path, reports)):
            try:
                quick = server.validate(report) if server else None
                if quick is None:
                    quick, base = judge(report, given, searched, limits, plugin=plugin)
                    if number == 0 and base and can_fork() and not multiprocessing.current_process().daemon:
                        server = Server(report, given, searched, base, limits)
                yield quick
            except UnreadableInput as error:
                yield error
    finally:
        if server:
            server.close()


class Server:
    """The process that holds the loaded taxonomy. It answers a report with its Validation, or with None: not sure."""

    def __init__(
        self, first: Path, packages: tuple[Path, ...], folders: tuple[Path, ...], base: Base, limits: Limits
    ) -> None:
        context = multiprocessing.get_context("fork")
        self._patience = 2 * limits.seconds + _PATIENCE
        self._folder = tempfile.TemporaryDirectory(prefix=f"capxbrl-{os.getpid()}-")
        self._connection, other = context.Pipe()
        served = _Served(packages, folders, base, limits, Path(self._folder.name))
        self._process = context.Process(
            target=_serve, args=((other, self._connection), first, served, os.getpid()), daemon=True
        )
        self._process.start()
        other.close()

    def validate(self, report: Path) -> Validation | None:
        """Raises UnreadableInput."""
        try:
            self._connection.send(report)
            if not self._connection.poll(self._patience):
                self._process.kill()
                return None
            answer = self._connection.recv()
        except (OSError, EOFError):  # it has ended: everything goes the plain way
            return None
        if isinstance(answer, UnreadableInput):
            raise answer
        return answer if isinstance(answer, Validation) else None

    def close(self) -> None:
        self._connection.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._folder.cleanup()


@dataclass(frozen=True, slots=True)
class _Served:
    """What a server was asked for. base: of its first report."""

    packages: tuple[Path, ...]
    folders: tuple[Path, ...]
    base: Base
    limits: Limits
    folder: Path


def _serve(ends: tuple[Connection, Connection], first: Path, served: _Served, parent: int) -> None:
    """Load and validate the taxonomy; then, for each report asked for, fork and let the fork answer."""
    connection, callers = ends
    callers.close()  # else the caller's end stays open here, and its closing is never noticed
    try:
        confine(served.limits, parent)
        _answer_all(connection, first, served)
    except BaseException:  # the caller sees the connection end, and goes the plain way
        os._exit(1)


def _answer_all(connection: Connection, first: Path, served: _Served) -> None:
    from arelle.api.Session import Session

    log = Collector()
    packages = prepare(first, served.packages, served.folders, served.folder).packages
    with environment(str(served.folder)), Session() as session:
        model, digests = _preload(session, log, first, packages, served.base, str(served.folder))
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
            connection.send(_answer(log, model, digests, report, packages, served))


def _answer(
    log: Any, model: Any, digests: dict[str, bytes], report: Path, packages: tuple[Package, ...], served: _Served
) -> Validation | UnreadableInput | None:
    """Let a fork validate the report: the Validation if it is clean and certain, or if the fork was stopped; else
    None.
    """
    try:
        made = bounded(_validate_on, (log, model, digests, report, packages, served), served.limits)
    except UnreadableInput as error:
        return error
    except Exception:  # whatever it is: the plain way tells it
        return None
    if isinstance(made, Ended):
        return None if made.why == "died" else stopped(report, made, served.limits)
    return made


def _preload(
    session: Any, log: Any, first: Path, packages: tuple[Package, ...], base: Base, folder: str
) -> tuple[Any, dict[str, bytes]]:
    """A model that holds the schemas of `base` and all they refer to, and a digest of each document."""
    from arelle.ValidateUtr import loadUtr

    wrapper = Path(folder) / "preload.xsd"
    imports = "".join(f'<xs:import namespace="{name}" schemaLocation="{url}"/>' for name, url in base)
    wrapper.write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{_WRAPPER}">{imports}</xs:schema>'
    )
    # The catalog of a package leads to its schemas.
    more = (Package(path=first, sha256=""),) if first.suffix.lower() in PACKAGE_SUFFIXES else ()
    session.run(options(wrapper, (*packages, *more), folder), logHandler=log)
    (model,) = session.get_models()
    loadUtr(model)
    entry = model.modelDocument
    model.urlDocs = {url: document for url, document in model.urlDocs.items() if document is not entry}
    model.namespaceDocs.pop(_WRAPPER, None)
    return model, {url: _digest(model, document.filepath) for url, document in model.urlDocs.items()}


def _validate_on(
    log: Any, model: Any, digests: dict[str, bytes], report: Path, packages: tuple[Package, ...], served: _Served
) -> Validation | None:
    """In the fork: validate the report on the preloaded model; None where that proves nothing."""
    from arelle import ModelXbrl, PackageManager

    gc.disable()
    folder = str(served.folder)
    prepared = prepare(report, served.packages, served.folders, served.folder)
    if prepared.unjudged is not None:
        return prepared.unjudged
    if [p.sha256 for p in prepared.packages] != [p.sha256 for p in packages]:
        return None
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
