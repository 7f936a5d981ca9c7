"""A reader of text that was wrapped in base64 by a mail program: an example of a reader."""

from __future__ import annotations

import base64
import binascii

from capxbrl.findings import Outcome, UnreadableInput
from capxbrl.model import Document
from capxbrl.readers import text

ORDER = 10
_HEAD = b"Content-Transfer-Encoding: base64"


def recognises(data: bytes) -> bool:
    return data.startswith(_HEAD)


def read(data: bytes, name: str) -> Outcome[Document]:
    """Raises UnreadableInput where what follows the heading is no base64."""
    try:
        return text.read(base64.b64decode(data.removeprefix(_HEAD), validate=False), name)
    except binascii.Error as error:
        raise UnreadableInput(f"{name}: {error}") from None
