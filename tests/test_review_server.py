"""`capxbrl review --serve`: who may ask, and what is added to the journal of a folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from journals import journal
from test_review import ALL, made

from capxbrl import review
from capxbrl.review.journal import as_json

pytest.importorskip("fastapi", reason="needs the extra: pip install 'capxbrl[review]'")

from capxbrl.review import server

PORT, TOKEN = 8765, "a-token"
GOOD = {"host": f"127.0.0.1:{PORT}", "origin": f"http://127.0.0.1:{PORT}"}


def asked(
    folder: Path, method: str, path: str, headers: Mapping[str, str] = GOOD, body: bytes = b"", token: str = TOKEN
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer of the application, without a socket (ASGI 3)."""
    app = server.application(lambda: b"<!DOCTYPE html>page", folder, PORT, TOKEN)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": f"token={token}".encode() if token else b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
    }
    asyncio.run(app(scope, receive, send))
    start = next(m for m in sent if m["type"] == "http.response.start")
    told = {k.decode().lower(): v.decode() for k, v in start["headers"]}
    return start["status"], told, b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")


def posted(one: review.Journal, base: int = 0) -> bytes:
    entries = [as_json(e) for e in one.entries[base:]]
    filing = json.loads(review.dump(one))["filings"][0]
    return json.dumps({"base": base, "filing": filing, "entries": entries}).encode()


def test_the_page_has_a_strict_policy(tmp_path: Path) -> None:
    status, headers, body = asked(tmp_path, "GET", "/")
    assert status == 200 and body.endswith(b"page")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "connect-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        (GOOD, ""),
        (GOOD, "another"),
        ({**GOOD, "host": "evil.example"}, TOKEN),
        ({**GOOD, "host": f"evil.example:{PORT}"}, TOKEN),
        ({**GOOD, "host": "127.0.0.1"}, TOKEN),
        ({**GOOD, "origin": "http://evil.example"}, TOKEN),
        ({**GOOD, "origin": "null"}, TOKEN),
        ({"host": GOOD["host"]}, TOKEN),
    ],
)
def test_nobody_else_may_post(headers: Mapping[str, str], token: str, tmp_path: Path) -> None:
    status, _, _ = asked(tmp_path, "POST", "/entries", headers, posted(journal(made(), *ALL)), token)
    assert status == 403 and not list(tmp_path.iterdir())


def test_nothing_else_is_served(tmp_path: Path) -> None:
    for path in ("/review.json", "/docs", "/openapi.json", "/../etc/passwd", "/static"):
        assert asked(tmp_path, "GET", path)[0] == 404


def test_entries_are_added(tmp_path: Path) -> None:
    one = journal(made(), *ALL)
    first = review.Journal(filings=one.filings, entries=one.entries[:2])
    assert asked(tmp_path, "POST", "/entries", body=posted(first))[0] == 200
    assert asked(tmp_path, "POST", "/entries", body=posted(one, 2))[0] == 200
    assert review.read(tmp_path / "review.json") == one
    assert (tmp_path / "overrides.csv").exists()
    # Another window has an older journal: nothing is lost.
    status, _, said = asked(tmp_path, "POST", "/entries", body=posted(first))
    assert status == 409 and b"another window" in said
    assert review.read(tmp_path / "review.json") == one


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"base": 0, "entries": [{}]}', b'{"base":0,"entries":[' + b"[" * 9999]
)
def test_what_is_no_entry_is_refused(body: bytes, tmp_path: Path) -> None:
    assert asked(tmp_path, "POST", "/entries", body=body)[0] in (400, 409)
    assert not list(tmp_path.iterdir())
