"""`capxbrl review --serve`: the page from this machine alone, which saves into the folder by itself.

Whoever asks needs the token of the address, must call the host by its own name (against DNS rebinding), and what posts
must come from the page itself (Origin). The journal is only ever added to.
"""

from __future__ import annotations

import hmac
import json
import secrets
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from ..files import save
from ..findings import BadData
from .journal import JOURNAL, LARGEST, SCHEMA, Journal, as_json, dump, parse, read
from .page import policy
from .rows import overrides_csv

HOST = "127.0.0.1"
OVERRIDES = "overrides.csv"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def kept(folder: Path) -> Journal | None:
    """The journal of a folder, None where it has none. Raises BadData."""
    path = folder / JOURNAL
    return read(path) if path.exists() else None


def application(make: Callable[[], bytes], folder: Path, port: int, token: str) -> FastAPI:
    """The application. make: the page with the journal as it stands. folder: where that is saved."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    hosts = {f"{name}:{port}" for name in (HOST, "localhost")}

    @app.middleware("http")
    async def guarded(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.query_params.get("token", "")
        if request.headers.get("host", "") not in hosts:
            return _refused("this host is not served")
        if not hmac.compare_digest(given.encode(), token.encode()):
            return _refused("the address lacks its token")
        origin = request.headers.get("origin")
        if request.method != "GET" and origin not in {f"http://{host}" for host in hosts}:
            return _refused("the request comes from another page")
        answer = await go_on(request)
        answer.headers.update(_HEADERS)
        return answer

    @app.get("/")
    def shown() -> Response:
        headers = {"Content-Security-Policy": f"{policy(served=True)}; frame-ancestors 'none'"}
        return Response(make(), media_type="text/html; charset=utf-8", headers=headers)

    @app.post("/entries")
    async def added(request: Request) -> Response:
        return await _added(request, folder)

    return app


async def _added(request: Request, folder: Path) -> Response:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST:
            return JSONResponse({"detail": "too much at once"}, 413)
    try:
        return JSONResponse({"entries": add(folder, json.loads(data))})
    except Conflict as error:
        return JSONResponse({"detail": str(error)}, 409)
    except (BadData, ValueError, RecursionError) as error:
        return JSONResponse({"detail": str(error)}, 400)


def _refused(why: str) -> Response:
    return JSONResponse({"detail": why}, 403, _HEADERS)


class Conflict(Exception):
    """Another window has added to the journal."""


def add(folder: Path, said: Any) -> int:
    """Add entries to the journal of a folder; how many it has then. Raises Conflict, BadData."""
    if not isinstance(said, dict) or not isinstance(said.get("entries"), list):
        raise BadData("no entries were sent")
    before = kept(folder) or Journal()
    if said.get("base") != len(before.entries):
        raise Conflict("another window has saved since; load the page again")
    whole = json.loads(dump(before)) | {"schema": SCHEMA}
    numbers = {one.get("filing") for one in said["entries"] if isinstance(one, dict)}
    if len(before.filings) in numbers:
        whole["filings"].append(said.get("filing"))
    whole["entries"] = [*map(as_json, before.entries), *said["entries"]]
    after = parse(json.dumps(whole).encode())
    number = after.entries[-1].filing if after.entries else 0
    save({JOURNAL: dump(after), OVERRIDES: overrides_csv(after, number).encode()}, folder)
    return len(after.entries)


def serve(make: Callable[[], bytes], folder: Path, tell: Callable[[str], None], port: int = 0) -> None:
    """Serve until it is interrupted. tell: given the address, with its token. port 0: any that is free."""
    import uvicorn

    with socket.socket() as here:
        here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        here.bind((HOST, port))
        port = here.getsockname()[1]
        token = secrets.token_urlsafe(32)
        app = application(make, folder, port, token)
        tell(f"http://{HOST}:{port}/?token={token}")
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[here])
