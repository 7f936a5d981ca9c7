"""One slip in the headings or the scale of one statement: the other statements contradict it, and it is told."""

from __future__ import annotations

import pytest

from capxbrl.findings import Finding, Severity
from capxbrl.model import Standing
from capxbrl.pipeline import analyse, load

INTERIM = """EXAMPLE KETTLE CORP.
STATEMENTS OF INCOME
(In thousands, except per share amounts)
                              Three Months Ended        Six Months Ended
                                   June 30,                 June 30,
                               2004        2003         2004        2003
Net sales                  $ 20,118    $ 18,540     $ 40,211    $ 37,006
Cost of sales                17,633      16,025       35,155      32,118
Gross profit                  2,485       2,515        5,056       4,888
Income taxes                  1,000         900        2,022       1,955
Net income                 $  1,485    $  1,615     $  3,034    $  2,933

BALANCE SHEETS
(In thousands)
                                        June 30,      December 31,
                                          2004            2003
Cash                                  $  3,316        $    874
Receivables                              6,245          11,390
Total assets                             9,561          12,264
Accounts payable                         3,361           4,664
Total liabilities                        3,361           4,664
Total stockholders' equity               6,200           7,600
Total liabilities and equity          $  9,561        $ 12,264

STATEMENTS OF CASH FLOWS
(In thousands)
                                      Six Months Ended
                                          June 30,
                                      2004            2003
Net income                        $  3,034        $  2,933
Other changes                         (592)         (2,133)
Net cash provided by operations      2,442             800
Net increase in cash                 2,442             800
Cash at beginning of period            874              74
Cash at end of period             $  3,316        $    874
"""

#: What is changed, into what, and in which of its places (the first is 0).
SLIPS = [
    ("Ended        Six", "Ended        Six", 0, None),
    ("2004        2003         2004        2003", "2001        2003         2004        2003", 0, "periods.apart"),
    ("2004        2003         2004        2003", "2004        2000         2004        2003", 0, "periods.step"),
    ("2004        2003         2004        2003", "2003        2004         2003        2004", 0, "periods.swapped"),
    ("2004            2003", "2006            2003", 0, "periods.swapped"),
    ("2004            2003", "2004            2001", 0, "periods.step"),
    ("2004            2003", "2003            2004", 0, "periods.swapped"),
    ("2004            2003", "2008            2003", 1, "periods.swapped"),
    ("2004            2003", "2004            2013", 1, "periods.swapped"),
    ("2004            2003", "2003            2004", 1, "periods.swapped"),
    ("(In thousands)", "(In millions)", 0, "scale.contradiction"),
    ("(In thousands)", "(In millions)", 1, "scale.contradiction"),
    ("(In thousands, except", "(In millions, except", 0, "scale.contradiction"),
]


def _told(text: str) -> tuple[Finding, ...]:
    document, _ = load(text.encode(), "input.txt")
    return analyse(document).findings


@pytest.mark.parametrize(("old", "new", "place", "code"), SLIPS)
def test_slip_is_told(old: str, new: str, place: int, code: str | None) -> None:
    parts = INTERIM.split(old)
    page = old.join(parts[: place + 1]) + new + old.join(parts[place + 1 :])
    told = [f.code for f in _told(page) if f.severity is not Severity.NOTE and not f.code.startswith(("tag", "cover"))]
    assert code in told if code else not told


@pytest.mark.parametrize(("years", "told"), [("2004 2004 2003", False), ("2003 2003 2004", True)])
def test_the_latest_of_three_quarters_stands_first(years: str, told: bool) -> None:
    """June 30, March 31 and June 30 of the year before, as releases print them."""
    first, second, third = years.split()
    page = f"""EXAMPLE FORK CORP.
STATEMENTS OF INCOME
(In thousands)
                                     Three Months Ended
                              June 30,     March 31,    June 30,
                               {first}         {second}         {third}
Net sales                   $ 20,118     $ 18,540     $ 40,211
Cost of sales                 17,633       16,025       35,155
Gross profit                   2,485        2,515        5,056
Income taxes                   1,000          900        2,022
Net income                  $  1,485     $  1,615     $  3,034
"""
    assert ("periods.order" in [f.code for f in _told(page)]) is told


def test_columns_of_a_slip_are_doubtful() -> None:
    document, _ = load(INTERIM.replace("2004            2003", "2008            2003", 1).encode(), "input.txt")
    sheet = analyse(document).value.statements[1]
    assert next(d.standing for c in sheet.columns for d in c.decisions) is Standing.DOUBTFUL


def test_ascending_columns_are_fine_where_figures_tie() -> None:
    """A balance sheet may run the other way than the flows: its cash is theirs."""
    sheet = INTERIM.replace("June 30,      December 31,", "December 31,      June 30,")
    rows = [("2004", "2003"), ("$  3,316", "$    874")]
    for left, right in rows:
        both = next(line for line in sheet.split("\n\n")[1].splitlines() if left in line and right in line)
        sheet = sheet.replace(both, both.replace(left, "@").replace(right, left).replace("@", right), 1)
    assert "periods.order" not in [f.code for f in _told(sheet)]


PAR = """EXAMPLE PLOUGH CORP.
BALANCE SHEETS
                                        December 31,    December 31,
                                            2004            2003
Cash                                    $  3,316        $    874
Receivables                                6,245          11,390
Total assets                               9,561          12,264
Accounts payable                           3,361           4,664
Total liabilities                          3,361           4,664
Common stock, par value $.10; 10,000,000
  shares issued                            1,000           1,000
Retained earnings                          5,200           6,600
Total stockholders' equity                 6,200           7,600
Total liabilities and equity            $  9,561        $ 12,264
"""


@pytest.mark.parametrize(
    ("par", "shares", "scale"), [("$.10", "10,000,000", 3), ("$1", "1,000,000", 3), ("$.0001", "10,000,000", 0)]
)
def test_par_value_times_shares_tells_the_scale(par: str, shares: str, scale: int) -> None:
    document, _ = load(PAR.replace("$.10", par).replace("10,000,000", shares).encode(), "input.txt")
    sheet = analyse(document).value.statements[0]
    assert sheet.scale == scale
    assert next(d for d in sheet.decisions if d.subject == "scale of money").standing is Standing.PROVED


def test_a_count_whose_point_stands_for_a_comma_is_doubtful() -> None:
    page = PAR.replace(
        "$.10; 10,000,000\n  shares issued ", "$1; 5,000 shares authorized,\n  2.936 issued, 2,872 outstanding "
    )
    document, _ = load(page.replace("BALANCE SHEETS", "BALANCE SHEETS\n(In millions)").encode(), "input.txt")
    (line,) = [x for x in analyse(document).value.statements[0].lines if x.label.startswith("Common stock")]
    (doubt,) = line.decisions
    assert doubt.standing is Standing.DOUBTFUL and "2.936 beside" in doubt.witnesses[0].says


BLOCKS = """<html><body><p>EXAMPLE SPOON CORP.</p>
<p>Statements of Comprehensive Income (in thousands)</p><table>
<tr><td></td><td colspan=2>Three months ended June 30,</td></tr><tr><td></td><td>2004</td><td>2003</td></tr>
<tr><td>Net income</td><td>1,485</td><td>1,615</td></tr>
<tr><td>Foreign currency translation</td><td>120</td><td>(85)</td></tr>
<tr><td>Comprehensive income</td><td>1,605</td><td>1,530</td></tr>
<tr><td></td><td></td><td></td></tr>
<tr><td></td><td colspan=2>Six months ended June 30,</td></tr><tr><td></td><td>2004</td><td>2003</td></tr>
<tr><td>Net income</td><td>3,034</td><td>2,933</td></tr>
<tr><td>Foreign currency translation</td><td>240</td><td>(185)</td></tr>
<tr><td>Comprehensive income</td><td>3,274</td><td>2,748</td></tr>
</table></body></html>"""


def test_the_second_block_of_a_statement_is_the_statement_again() -> None:
    document, _ = load(BLOCKS.encode(), "input.htm")
    found = analyse(document).value.statements
    periods = [str(c.period) for s in found for c in s.columns]
    assert periods == [
        "2004-04-01/2004-06-30",
        "2003-04-01/2003-06-30",
        "2004-01-01/2004-06-30",
        "2003-01-01/2003-06-30",
    ]
    assert {s.scale for s in found} == {3}
