"""Net income of the cash flows is the line of the income statement with the same figures."""

from __future__ import annotations

import pytest

import capxbrl as cx
from capxbrl import footing, statements, tagging, taxonomy
from capxbrl.model import Kind

PAGE = """CONSOLIDATED STATEMENTS OF INCOME
(In thousands)

\tYear Ended December 31,
\t2011\t2010
Net sales\t$ 9,400\t$ 8,800
Cost of sales\t6,300\t6,000
Gross profit\t3,100\t2,800
Selling and administrative expenses\t1,900\t1,800
Operating income\t1,200\t1,000
Income taxes\t450\t380
Net income\t750\t620
Net income attributable to noncontrolling interests\t50\t20
Net income attributable to Alder Mills\t$ 700\t$ 600

CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

\tYear Ended December 31,
\t2011\t2010
Net income\t$ {0}\t$ {1}
Depreciation\t300\t200
Net cash provided by operating activities\t{2}\t{3}
Purchases of property and equipment\t(500)\t(400)
Net cash used in investing activities\t(500)\t(400)
Net increase in cash\t{4}\t{5}
Cash at beginning of year\t1,000\t900
Cash at end of year\t$ 1,700\t$ 1,000
"""


@pytest.mark.parametrize(
    ("figures", "element"),
    [
        (("750", "620", "1,050", "820", "550", "420"), "ProfitLoss"),
        (("700", "600", "1,000", "800", "500", "400"), "NetIncomeLoss"),
    ],
)
def test_net_income_of_the_cash_flows_is_that_of_the_income_statement(figures: tuple[str, ...], element: str) -> None:
    found, _ = statements.parse_statements(cx.read(PAGE.format(*figures).encode(), "page.txt").value)
    made = tagging.tag(found, footing.foot(found).value, taxonomy.load()).value
    flows = next(one for one in made if one.statement.kind is Kind.CASH_FLOW)
    assert flows.lines[0].matches[0].concept.name == element
