"""The labels that a report is read by: the page's words where it is presented, the taxonomy's as the standard ones."""

from __future__ import annotations

from collections import Counter

import pytest

from capxbrl import pipeline, writers
from capxbrl.model import Concept, ItemType, PeriodType, PresentationNode, Report, Role
from capxbrl.options import Options
from capxbrl.reports.labels import labelled

PAGE = """CEDAR HINGES INC
CONSOLIDATED BALANCE SHEETS
(In thousands)

\tDecember 31,
\t2009\t2008
Current assets:
Cash and cash equivalents\t$ 300\t$ 500
Patterns lent to forges of hinges\t1,700\t1,500
Total current assets\t2,000\t2,000
Our plant\t1,000\t1,200
TOTAL\t$ 3,000\t$ 3,200
Accounts payable\t$ 900\t$ 1,000
Stockholders' equity:
Common stock\t2,500\t2,500
Retained earnings (accumulated deficit)\t(400)\t(300)
Total stockholders' equity\t2,100\t2,200
Total liabilities and stockholders' equity\t$ 3,000\t$ 3,200

CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

\tYear Ended December 31,
\t2009\t2008
Cash flows from operating activities:
Net loss\t$ (100)\t$ (200)
Depreciation\t200\t200
Net cash provided by operating activities\t100\t-
Cash flows from investing activities:
Purchases of equipment\t(300)\t(100)
Net cash used in investing activities\t(300)\t(100)
Net decrease in cash\t(200)\t(100)
Cash, beginning of year\t500\t600
Cash, end of year\t$ 300\t$ 500
"""


def report(name: str = "capx-gaap") -> Report:
    document = pipeline.load(PAGE.encode(), "page.txt").value
    return pipeline.analyse(document, Options(taxonomy=name)).value.report


def shown(made: Report) -> dict[str, tuple[str, str]]:
    """The words that a reader sees -> (element, role of the label)."""
    labels = {c.qname: texts for c, texts in made.extension.labels}
    nodes = (n for role in made.extension.roles for n in role.nodes)
    return {labels[n.concept.qname][n.preferred]: (n.concept.name, n.preferred) for n in nodes}


@pytest.mark.parametrize("name", ["capx-gaap", "us-gaap-2009"])
def test_what_a_reader_sees_is_the_words_of_the_page(name: str) -> None:
    made = shown(report(name))
    for words, role in (
        ("Patterns lent to forges of hinges", ""),
        ("Accounts payable", "terse"),
        ("Total current assets", "total"),
        ("TOTAL", "total"),
        ("Current assets", "terse"),
        ("Purchases of equipment", "negated"),
        ("Cash, beginning of year", "periodStart"),
        ("Cash, end of year", "periodEnd"),
    ):
        assert made[words][1] == role, words


@pytest.mark.parametrize("name", ["capx-gaap", "us-gaap-2009"])
def test_standard_labels_are_the_taxonomys_and_no_two_the_same(name: str) -> None:
    made = report(name)
    standard = Counter(texts[""] for _, texts in made.extension.labels)
    assert not [text for text, times in standard.items() if times > 1]
    assert standard["Assets, Current"] == 1 and standard["Assets [Abstract]"] <= 1
    assert {c.qname for c, _ in made.extension.labels} >= {f.concept.qname for f in made.facts}


def test_only_the_filers_own_elements_are_defined() -> None:
    made = report("us-gaap-2009")
    assert not [c.qname for c, texts in made.extension.labels if "documentation" in texts and not c.extension]


def test_roles_of_links_name_all_three_linkbases() -> None:
    made = report()
    schema = writers.write(made, ["extension"])[f"{made.extension.stem}.xsd"].decode()
    for link in ("presentation", "calculation", "definition"):
        assert schema.count(f"<link:usedOn>link:{link}Link</link:usedOn>") == len(made.extension.roles)


def element(name: str, label: str = "", *, own: bool = False) -> Concept:
    return Concept(
        name=name,
        type=ItemType.MONETARY,
        period=PeriodType.DURATION,
        label=label,
        prefix="ext" if own else "us-gaap",
        extension=own,
    )


def test_other_words_for_an_element_take_another_role() -> None:
    loss = element("NetIncomeLoss", "Net Income (Loss)")
    words = ("Net loss", "NET LOSS", "Net loss", "Loss for the year", "Net Income (Loss)")
    nodes = tuple(PresentationNode(concept=loss, depth=1, label=text) for text in words)
    (role,), ((_, labels),) = labelled([Role(uri="u", id="i", definition="d", nodes=nodes)], [loss])
    assert [n.preferred for n in role.nodes] == ["terse", "verbose", "terse", "terse", ""]
    assert labels == {"": "Net Income (Loss)", "terse": "Net loss", "verbose": "NET LOSS"}


def test_an_element_of_the_filers_own_gives_way_where_its_label_is_taken() -> None:
    several = [element("OtherIncome2", "Other income", own=True), element("OtherIncome", "Other income")]
    _, labels = labelled([], several)
    assert {c.qname: texts[""] for c, texts in labels} == {
        "us-gaap:OtherIncome": "Other income",
        "ext:OtherIncome2": "Other Income2",
    }


def test_a_label_is_no_longer_than_the_manual_allows() -> None:
    long = element("Long", "Long")
    nodes = (PresentationNode(concept=long, depth=1, label="word " * 200),)
    _, ((_, labels),) = labelled([Role(uri="u", id="i", definition="d", nodes=nodes)], [long])
    assert len(labels["terse"]) <= 510
