"""A page opened in headless Chromium by the DevTools protocol: what it asks for, and what it does to who looks."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--disable-background-networking")
#: It reads from descriptor 3 and writes to 4.
_START = """
import fcntl, os, sys
there, back = (fcntl.fcntl(int(n), fcntl.F_DUPFD, 10) for n in sys.argv[1:3])
os.dup2(there, 3)
os.dup2(back, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
#: What a page does that must not happen without the user.
_WATCHED = (
    "Network.requestWillBeSent",
    "Page.javascriptDialogOpening",
    "Page.windowOpen",
    "Page.downloadWillBegin",
    "Page.frameRequestedNavigation",
    "Page.frameNavigated",
)


def opened(page: Path, seconds: float = 4.0) -> tuple[list[tuple[str, str]], str]:
    """[(event, address or message)] of a page, and the document that it became. Needs `CHROMIUM`."""
    there, send = os.pipe()
    receive, back = os.pipe()
    with tempfile.TemporaryDirectory() as profile:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _START,
                str(there),
                str(back),
                str(CHROMIUM),
                *_FLAGS,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(there, back),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(there)
        os.close(back)
        try:
            return _looked(send, receive, page, seconds)
        finally:
            process.kill()
            process.wait()
            os.close(send)
            os.close(receive)
            time.sleep(0.2)  # its children leave the profile


def _looked(send: int, receive: int, page: Path, seconds: float) -> tuple[list[tuple[str, str]], str]:
    messages = _received(receive)
    told: list[tuple[str, str]] = []

    def ask(method: str, session: str = "", wait: float = 20.0, **given: Any) -> dict[str, Any]:
        ask.number += 1  # type: ignore[attr-defined]
        number = ask.number  # type: ignore[attr-defined]
        message = {"id": number, "method": method, "params": given} | ({"sessionId": session} if session else {})
        os.write(send, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + wait
        while time.monotonic() < until:
            got = next(messages)
            if got.get("id") == number:
                return dict(got.get("result", {}))
            if got.get("method") in _WATCHED:
                told.append((str(got["method"]), _about(got["params"])))
                if got["method"] == "Page.javascriptDialogOpening":
                    answer = {"id": 10**6, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}}
                    os.write(send, json.dumps(answer | {"sessionId": got.get("sessionId")}).encode() + b"\0")
        return {}

    ask.number = 0  # type: ignore[attr-defined]
    target = ask("Target.createTarget", url="about:blank")["targetId"]
    session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Network", "Runtime"):
        ask(f"{domain}.enable", session)
    ask("Page.navigate", session, url=page.resolve().as_uri())
    until = time.monotonic() + seconds
    document = ""
    while time.monotonic() < until:
        said = ask("Runtime.evaluate", session, 2.0, expression="document.documentElement.outerHTML")
        document = str(said.get("result", {}).get("value", document))
    return told, document


def _about(params: dict[str, Any]) -> str:
    frame = params.get("frame", {})
    return str(params.get("request", {}).get("url") or params.get("url") or frame.get("url") or params.get("message"))


def _received(receive: int) -> Iterator[dict[str, Any]]:
    """Messages as they come; an empty one where none comes for a while."""
    rest = b""
    while True:
        ready, _, _ = select.select([receive], [], [], 0.2)
        if ready:
            rest += os.read(receive, 1 << 20)
        *whole, rest = rest.split(b"\0")
        for message in whole:
            yield json.loads(message)
        if not whole:
            yield {}
