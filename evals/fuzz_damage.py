"""Damage for the fuzzer: what happens to a page by chance, by tools, and on purpose."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[random.Random, bytes], bytes]


def _listed(name: str) -> tuple[bytes, ...]:
    """A list of bytes, one a line, as Python writes them."""
    lines = (Path(__file__).parent / name).read_text(encoding="ascii").split("\n")[:-1]
    return tuple(ast.literal_eval("b'" + line.replace("'", "\\'") + "'") for line in lines)


TOKENS, WORDS = _listed("fuzz_tokens.txt"), _listed("fuzz_words.txt")
_REFERENCES = (
    b"file:///etc/passwd", b"/etc/passwd", b"../../../../etc/passwd", b"%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    b"http://capxbrl.example/../../x.xsd", b"&#46;&#46;/&#46;&#46;/x.xsd", b"\\\\host\\share\\x.xsd", b"c:/x.xsd",
    b"file:///dev/zero", b"FILE:/x.xsd",
    b"ftp://a/b.xsd", b"jar:file:/x.zip!/y.xsd", b"http://[::1", b"", b"#", b"report.xhtml", b"http://a.example/b.xsd",
)  # fmt: skip


def _at(rng: random.Random, data: bytes) -> int:
    return rng.randint(0, len(data))


def _span(rng: random.Random, data: bytes, most: int = 400) -> tuple[int, int]:
    start = _at(rng, data)
    return start, min(len(data), start + rng.randint(1, most))


def _flip(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: _at(rng, data)] if rng.random() < 0.7 else data[_at(rng, data) :]


def _delete(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _repeat(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 1, 1, 2, 10)) + data[end:]


def _swap(rng: random.Random, data: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(rng, data), _span(rng, data)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _lines(rng: random.Random, data: bytes) -> bytes:
    """Lines deleted, doubled, swapped, joined, indented."""
    rows = data.split(b"\n")
    for _ in range(rng.choice((1, 2, 8))):
        i, j = rng.randrange(len(rows)), rng.randrange(len(rows))
        match rng.randrange(5):
            case 0:
                rows[i] = b""
            case 1:
                rows.insert(j, rows[i])
            case 2:
                rows[i], rows[j] = rows[j], rows[i]
            case 3:
                rows[i] += rng.choice((b" ", b"   ", b"\t", b"")) + rows[j]
            case 4:
                rows[i] = b" " * rng.randrange(60) + rows[i]
    return b"\n".join(rows)


def _insert(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 2, 5))):
        at = _at(rng, data)
        data = data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 3)) + data[at:]
    return data


def _long(rng: random.Random, data: bytes) -> bytes:
    """Something repeated very often: long lines, deep nesting, wide rows."""
    at = _at(rng, data)
    return data[:at] + rng.choice(TOKENS) * rng.choice((20, 100, 400)) + data[at:]


def _digits(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    places = [i for i, c in enumerate(out) if 48 <= c < 58]
    for i in rng.sample(places, min(len(places), rng.choice((1, 5, 50)))):
        out[i] = rng.choice(b"0123456789OlS,. ")
    return bytes(out)


def _words(rng: random.Random, data: bytes) -> bytes:
    """Words of dates, scales and totals changed for others, everywhere or once."""
    old, new = rng.choice(WORDS), rng.choice(WORDS)
    return data.replace(old, new, rng.choice((1, -1)))


def _encode(rng: random.Random, data: bytes) -> bytes:
    """Another encoding than the one that is declared, or a declaration that is wrong."""
    match rng.randrange(4):
        case 0:
            text = data.decode("utf-8", "replace")
            return text.encode(
                rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "utf-8-sig", "cp500")), "replace"
            )
        case 1:
            return (
                b"<meta charset="
                + rng.choice((b"utf-8", b"utf-16", b"latin-1", b"zlib", b"rot13", b"idna", b"cp037"))
                + b">"
                + data
            )
        case 2:
            return data.replace(b" ", b"\xa0", rng.choice((1, 20, -1)))
        case _:
            return data.replace(b"-", b"\x96").replace(b"'", b"\x92")


def _header(rng: random.Random, data: bytes) -> bytes:
    """The SGML header and the documents of a submission, mangled; a header before what had none."""
    if b"<DOCUMENT>" not in data:
        return (
            b"<SEC-HEADER>\n"
            + rng.choice((b"CENTRAL INDEX KEY:\t", b"CONFORMED PERIOD OF REPORT: ", b"FISCAL YEAR END: "))
            + rng.choice((b"x", b"0" * 40, b"20091301", b"99"))
            + b"\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>"
            + rng.choice((b"8-K", b"EX-99.1", b"", b"\x00", b"10-Q" * 50))
            + b"\n<TEXT>\n"
            + data
        )
    old = rng.choice(
        (b"<DOCUMENT>", b"</DOCUMENT>", b"<TYPE>", b"<TEXT>", b"</TEXT>", b":", b"\t", b"20", b"KEY", b"\n")
    )
    return data.replace(old, rng.choice(TOKENS), rng.choice((1, 2, -1)))


def _scripts(rng: random.Random, data: bytes) -> bytes:
    """Digits of another script, in one place or everywhere."""
    text = data.decode("utf-8", "replace")
    zero = rng.choice((0x660, 0x6F0, 0x966, 0xFF10, 0x9E6, 0x1D7CE))
    table = {48 + n: zero + n for n in range(10)}
    if rng.random() < 0.4:
        return text.translate(table).encode()
    places = [m.span() for m in re.finditer(r"[0-9][0-9,.]*", text)]
    for start, end in rng.sample(places, min(len(places), rng.choice((1, 3, 20)))):
        text = text[:start] + text[start:end].translate(table) + text[end:]
    return text.encode()


def _columns(rng: random.Random, data: bytes) -> bytes:
    """The figures of a page moved: a column shifted, taken away, doubled."""
    rows = data.split(b"\n")
    at, by = rng.randint(20, 70), rng.randint(-8, 8)
    first, last = sorted((rng.randrange(len(rows)), rng.randrange(len(rows))))
    for i in range(first, last + 1):
        row = rows[i]
        if len(row) > at:
            rows[i] = row[:at] + (b" " * by + row[at:] if by >= 0 else row[at - by :])
    return b"\n".join(rows)


def _twice(rng: random.Random, data: bytes) -> bytes:
    """Rows again with other figures: two values for one thing."""
    rows = data.split(b"\n")
    for _ in range(rng.choice((1, 2, 5))):
        i = rng.randrange(len(rows))
        again = bytes(rng.choice(b"123456789") if 49 <= c < 58 and rng.random() < 0.3 else c for c in rows[i])
        rows.insert(rng.choice((i, i + 1, rng.randrange(len(rows) + 1))), again)
    return b"\n".join(rows)


def references(rng: random.Random, data: bytes) -> bytes:
    """A reference of a document of XBRL that leads somewhere else."""
    found = list(re.finditer(rb'(?:href|[sS]chemaLocation|rewritePrefix|uriStartString|xml:base)="([^"]*)"', data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start(1)] + rng.choice(_REFERENCES) + data[match.end(1) :]


DAMAGES: tuple[Damage, ...] = (
    _flip,
    _truncate,
    _delete,
    _repeat,
    _swap,
    _lines,
    _lines,
    _insert,
    _insert,
    _long,
    _digits,
    _digits,
    _words,
    _words,
    _encode,
    _header,
    _scripts,
    _columns,
    _columns,
    _twice,
    _twice,
)


def spliced(rng: random.Random, one: bytes, other: bytes) -> bytes:
    """The beginning of one page and the end of another, or rows of the other among those of the one."""
    a, b = one.split(b"\n"), other.split(b"\n")
    if rng.random() < 0.5:
        return b"\n".join(a[: rng.randint(0, len(a))] + b[rng.randint(0, len(b)) :])
    start = rng.randint(0, len(b))
    at = rng.randint(0, len(a))
    return b"\n".join(a[:at] + b[start : start + rng.randint(1, 12)] + a[at:])
