"""Whose statements they are: the filer's, or those of a business acquired; and `--statements-of`."""

from __future__ import annotations

import pytest

from capxbrl.decisions import WHOSE
from capxbrl.decisions.whose import same_company
from capxbrl.findings import Severity
from capxbrl.model import Standing
from capxbrl.options import choose
from capxbrl.pipeline import Conversion, analyse
from capxbrl.readers import read

HEADER = """<SEC-HEADER>
CONFORMED SUBMISSION TYPE:	8-K
CONFORMED PERIOD OF REPORT:	20090331
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			BIRCHWOOD TOOLS CORP
		CENTRAL INDEX KEY:			0000123456
</SEC-HEADER>
"""
BODY = """<DOCUMENT>
<TYPE>8-K
<TEXT>
ITEM 9.01 FINANCIAL STATEMENTS AND EXHIBITS

(a) Financial Statements of Businesses Acquired.

{item}

</TEXT>
</DOCUMENT>
"""
FILED = "The audited financial statements listed in Exhibit 99.1 are filed herewith."
EXHIBIT = """<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
{report}

{title}
(In thousands)

                                    December 31, 2008   December 31, 2007
Cash                                          1,200            1,100
Receivables                                   2,300            2,000
Total assets                                  3,500            3,100
Accounts payable                                900              800
Stockholders' equity                          2,600            2,300
Total liabilities and equity                  3,500            3,100
</TEXT>
</DOCUMENT>
"""
AUDITED = """We have audited the accompanying balance sheets of Larch Fittings, Inc. and its
subsidiaries as of December 31, 2008 and 2007. These are the responsibility of its management."""


def made(title: str, *, report: str = "", item: str = FILED, wanted: str | None = None) -> Conversion:
    source = HEADER + BODY.format(item=item) + EXHIBIT.format(report=report, title=title)
    document = read(source.encode(), "x.txt").value
    return analyse(document, choose(statements_of=wanted)).value


OTHERS = [
    ("LARCH FITTINGS, INC.\nBALANCE SHEETS", ""),
    ("LARCH FITTINGS, INC. AND SUBSIDIARIES\nCONSOLIDATED BALANCE SHEETS", ""),
    ("BALANCE SHEETS", AUDITED),
]


@pytest.mark.parametrize(("title", "report"), OTHERS)
def test_the_statements_of_a_business_acquired_are_left_out_and_told(title: str, report: str) -> None:
    conversion = made(title, report=report)
    assert conversion.statements == ()
    (told,) = [f for f in conversion.findings if f.code == "statements.of-another"]
    assert told.severity is Severity.WARNING and "larch fittings, inc" in told.message.lower()
    assert "statements.none" not in [f.code for f in conversion.findings]


@pytest.mark.parametrize(("title", "report"), OTHERS)
def test_they_are_converted_under_their_own_name(title: str, report: str) -> None:
    conversion = made(title, report=report, wanted="Larch Fittings")
    (statement,) = conversion.statements
    (decision,) = [d for d in statement.decisions if d.subject == WHOSE]
    assert decision.standing is Standing.PROVED and decision.value.lower().startswith("larch fittings")
    assert conversion.entity.name == decision.value and "123456" not in conversion.entity.identifier
    assert not any(f.code == "options.unheard" for f in conversion.findings)


def test_the_filers_own_are_proved_by_their_title() -> None:
    (statement,) = made("BIRCHWOOD TOOLS CORPORATION\nBALANCE SHEETS").statements
    (decision,) = [d for d in statement.decisions if d.subject == WHOSE]
    assert decision.value == "BIRCHWOOD TOOLS CORP" and decision.standing is Standing.PROVED


@pytest.mark.parametrize("item", ["Not applicable.", "None.", "To be filed by amendment."])
def test_another_name_without_an_acquisition_is_only_doubted(item: str) -> None:
    conversion = made(OTHERS[0][0], item=item)
    (statement,) = conversion.statements
    (decision,) = [d for d in statement.decisions if d.subject == WHOSE]
    assert decision.standing is Standing.DOUBTFUL
    assert "statements.whose" in [f.code for f in conversion.findings]


def test_a_table_that_names_nobody_is_doubted_where_a_business_was_acquired() -> None:
    conversion = made("BALANCE SHEETS")
    assert len(conversion.statements) == 1
    assert "statements.whose" in [f.code for f in conversion.findings]


def test_nobody_of_that_name() -> None:
    conversion = made(OTHERS[0][0], wanted="Hazel Corp")
    (told,) = [f for f in conversion.findings if f.code == "statements.of-nobody"]
    assert told.severity is Severity.ERROR and "LARCH FITTINGS, INC" in told.message


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Birchwood Tools Corp", "BIRCHWOOD TOOLS CORPORATION", True),
        ("CO STALWOOD CORPORATION", "Costalwood Corp", True),
        ("International Widget Machines Corp", "IWM", True),
        ("PLYWOOD TECHNOLOGIS INC.", "Plywood Technologies, Inc.", True),
        ("Birchwood Tools Corp", "Larch Fittings, Inc.", False),
        ("Birchwood Tools Corp", "Hazel Tools Corp", False),
    ],
)
def test_two_prints_of_a_name(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same
