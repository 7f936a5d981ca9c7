"""A page opened in headless Chromium by the DevTools protocol: what it asks for, and what it does to who looks."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

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


#: A step that takes a picture.
PICTURE = "picture"
_LONGEST = 30.0  # seconds that a step may take


def opened(page: Path, seconds: float = 4.0) -> tuple[list[tuple[str, str]], str]:
    """[(event, address or message)] of a page, and the document that it became. Needs `CHROMIUM`."""
    return _in_browser(lambda tab: tab.looked(page.resolve().as_uri(), seconds))


def driven(
    page: Path,
    *steps: str,
    size: tuple[int, int] = (1280, 900),
    query: str = "",
    ready: str = "true",
    still: bool = False,
) -> tuple[list[tuple[str, str]], list[Any]]:
    """[(event, address or message)] of a page, and what each step gives: an expression (of a promise: its value), or
    PICTURE (PNG). ready: an expression that is true once the page is there; steps begin then. still: the page runs no
    script of its own and loads nothing. Needs `CHROMIUM`.
    """
    return _in_browser(lambda tab: tab.driven(page.resolve().as_uri() + query, steps, size, ready, still))


def _in_browser(job: Callable[[_Tab], T]) -> T:
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
            return job(_Tab(send, receive))
        finally:
            process.kill()
            process.wait()
            os.close(send)
            os.close(receive)
            time.sleep(0.2)  # its children leave the profile


class _Tab:
    """A page of the browser. told: what it did that must not happen without the user."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._messages, self._number = send, _received(receive), 0
        self.told: list[tuple[str, str]] = []
        target = self.ask("Target.createTarget", "", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", "", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, session: str | None = None, wait: float = 20.0, **given: Any) -> dict[str, Any]:
        """The answer to a command; {} where none comes in time."""
        self._number += 1
        mine = self._session if session is None else session
        self._tell({"id": self._number, "method": method, "params": given}, mine)
        until = time.monotonic() + wait
        while time.monotonic() < until:
            got = next(self._messages)
            if got.get("id") == self._number:
                return dict(got.get("result", {}))
            if got.get("method") in _WATCHED:
                self.told.append((str(got["method"]), _about(got["params"])))
                if got["method"] == "Page.javascriptDialogOpening":
                    dismissed = {"id": 10**6, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}}
                    self._tell(dismissed, str(got.get("sessionId", "")))
        return {}

    def _tell(self, message: dict[str, Any], session: str) -> None:
        os.write(self._send, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")

    def value(self, expression: str, wait: float = 2.0) -> Any:
        said = self.ask("Runtime.evaluate", wait=wait, expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in said:
            raise AssertionError(said["exceptionDetails"].get("exception", {}).get("description", str(said)))
        return said.get("result", {}).get("value")

    def looked(self, address: str, seconds: float) -> tuple[list[tuple[str, str]], str]:
        self.ask("Page.navigate", url=address)
        until = time.monotonic() + seconds
        document = ""
        while time.monotonic() < until:
            document = str(self.value("document.documentElement?.outerHTML") or document)
        return self.told, document

    def driven(
        self, address: str, steps: Sequence[str], size: tuple[int, int], ready: str, still: bool
    ) -> tuple[list[tuple[str, str]], list[Any]]:
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        if still:
            self.ask("Emulation.setScriptExecutionDisabled", value=True)
            self.ask("Network.setBlockedURLs", urls=["http://*", "https://*", "ftp://*", "*.gif", "*.jpg", "*.png"])
        self.ask("Page.navigate", url=address)
        until = time.monotonic() + _LONGEST
        while not self.value(ready):
            assert time.monotonic() < until, f"{address} is not ready: {ready}"
        values = []
        for step in steps:
            if step == PICTURE:
                values.append(base64.b64decode(self.ask("Page.captureScreenshot", wait=_LONGEST)["data"]))
            else:
                values.append(self.value(step, _LONGEST))
        return self.told, values


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
