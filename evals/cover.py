"""Does the cover come out as the header of the submission says it, and is it told where the two differ?

    python evals/cover.py SUBMISSIONS_DIR [--verbose]

For every full submission: each item of its SGML header (form, period, name, state, file number, IRS number, town,
state and ZIP code of the business address, telephone) whose value stands on the first page of the form itself, compared
without case, marks, padding zeros and words that the header abbreviates, is *said by both*. It is *equal* where the
fact of the cover has that value. Of the facts that differ from the header, those that no finding names are *silent*.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from capxbrl.cover import read_cover
from capxbrl.model import Document, Paragraph, Section, Table
from capxbrl.periods import read_clues
from capxbrl.places import STATES
from capxbrl.readers import read

#: Characters of the form itself that hold its cover's heading.
PAGE = 5_000
_ENDINGS = frozenset(
    ["inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "the", "llc", "lp", "plc"]
)
_NAMES = {code: name for name, code in STATES.items()}
_DATE = re.compile(r"[A-Z][a-z]+\.?\s+\d{1,2}\s*,\s*\d{4}|[A-Z]+\s+\d{1,2}\s*,\s*\d{4}")


@dataclass(frozen=True, slots=True)
class Item:
    """What an item of the header is called there, the facts that say it, and how its value is made comparable."""

    key: str
    concepts: tuple[str, ...]
    plain: Callable[[str], str]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def name(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))
    return "".join(w for w in words if w not in _ENDINGS)


def number(text: str) -> str:
    return "-".join(part.lstrip("0") for part in re.findall(r"\d+", text))


def words(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", text.lower()))


def day(text: str) -> str:
    return digits(text)


ITEMS = (
    Item("CONFORMED SUBMISSION TYPE", ("DocumentType",), words),
    Item("CONFORMED PERIOD OF REPORT", ("DocumentPeriodEndDate",), day),
    Item("COMPANY CONFORMED NAME", ("EntityRegistrantName",), name),
    Item("STATE OF INCORPORATION", ("EntityIncorporationStateCountryCode",), words),
    Item("SEC FILE NUMBER", ("EntityFileNumber",), number),
    Item("IRS NUMBER", ("EntityTaxIdentificationNumber",), digits),
    Item("CITY", ("EntityAddressCityOrTown",), words),
    Item("STATE", ("EntityAddressStateOrProvince",), words),
    Item("ZIP", ("EntityAddressPostalZipCode",), lambda text: digits(text)[:5]),
    Item("BUSINESS PHONE", ("CityAreaCode", "LocalPhoneNumber"), digits),
)  # fmt: skip


def page(document: Document) -> str:
    """The beginning of the form itself, blocks and cells apart."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Section) and parts:
            break
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Table):
            parts += [cell.text for row in block.rows for cell in row.cells]
    return "\n".join(parts)[:PAGE]


def on_page(item: Item, value: str, text: str) -> bool:
    """The header's value stands on the page."""
    if item.key == "CONFORMED PERIOD OF REPORT":
        dates = (d for m in _DATE.finditer(text) for d in read_clues(m.group()).dates)
        return any(f"{d:%Y%m%d}" == value for d in dates)
    if item.key.startswith("STATE"):
        return re.search(rf"\b(?:{_NAMES.get(value, value)}|{value})\b", text, re.I) is not None
    if item.key == "SEC FILE NUMBER":
        return any(number(m) == number(value) for m in re.findall(r"\d{1,3}-\d+", text))
    return item.plain(value) in item.plain(text)


def compare(document: Document) -> Iterator[tuple[Item, str, str, bool]]:
    """(item, the header's value, the cover's value, told) of what both say, or the cover says otherwise."""
    assert document.header is not None
    facts, findings = read_cover(document)
    by = {f.concept: f for f in reversed(facts)}
    text = page(document)
    for item in ITEMS:
        value = next((v for key, v in document.header.items if key == item.key and v.strip("0- ")), "")
        mine = "".join(by[c].value for c in item.concepts if c in by)
        places = {by[c].at for c in item.concepts if c in by}
        told = any(
            f.code in ("cover.disagrees", "cover.candidates") and (f.at in places or mine in f.message)
            for f in findings
        )
        if value and (on_page(item, value, text) or mine):
            yield item, value, mine, told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--verbose", action="store_true", help="every item that does not come out equal")
    options = parser.parse_args()
    count: Counter[str] = Counter()
    for path in sorted(options.folder.iterdir()):
        document = read(path.read_bytes(), path.name).value
        if document.header is None:
            continue
        count["submissions"] += 1
        text = page(document)
        for item, value, mine, told in compare(document):
            equal = item.plain(mine) == item.plain(value)
            both = on_page(item, value, text)
            count["both"] += both
            count["equal"] += both and equal
            count["differ"] += bool(mine) and not equal
            count["silent"] += bool(mine) and not equal and not told
            if options.verbose and not equal:
                print(
                    f"{path.name}: {item.key} {value!r}, cover {mine!r}"
                    + (" (on the page)" if both else "")
                    + (", told" if told else "")
                )
    share = count["equal"] / max(1, count["both"])
    print(
        f"{count['submissions']} submissions: equal {share:.4f} of {count['both']} items that header and cover both say"
    )
    print(f"{count['differ']} facts that the header says otherwise, {count['silent']} of them silent")


if __name__ == "__main__":
    main()
