"""Filings of made-up companies over some years: what quarters come to, as quarterly and annual reports print it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

day = dt.date.fromisoformat
_LENGTHS = {1: "Three Months", 2: "Six Months", 3: "Nine Months", 4: "Year"}
_WEEKS = {12: "Twelve", 13: "Thirteen", 14: "Fourteen", 26: "Twenty-six", 27: "Twenty-seven", 39: "Thirty-nine",
          40: "Forty", 52: "Fifty-two", 53: "Fifty-three"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Company:
    """sales: of each quarter by its last day, in thousands; everything else follows from it."""

    name: str = "BIRCH GATES CORP"
    cik: str = "0009000001"
    year_end: str = "1231"
    sales: Mapping[str, int] = field(default_factory=dict)
    sales_label: str = "Net sales"
    caption: str = "(In thousands of U.S. dollars, except per share data)"


def lines(company: Company, spans: Sequence[Sequence[str]]) -> list[tuple[str, list[str]]]:
    """The lines of an income statement, a column for each span of quarters."""
    sales = [sum(company.sales[q] for q in span) for span in spans]
    cost = [sum(round(company.sales[q] * 0.6) for q in span) for span in spans]
    costs = [sum(round(company.sales[q] * 0.25) for q in span) for span in spans]
    tax = [sum(round(company.sales[q] * 0.05) for q in span) for span in spans]
    gross = [a - b for a, b in zip(sales, cost, strict=True)]
    before = [a - b for a, b in zip(gross, costs, strict=True)]
    net = [a - b for a, b in zip(before, tax, strict=True)]
    shown = [
        (company.sales_label, sales),
        ("Cost of sales", cost),
        ("Gross profit", gross),
        ("Selling, general and administrative expenses", costs),
        ("Income before income taxes", before),
        ("Income taxes", tax),
        ("Net income", net),
    ]
    money = [(label, [f"{value:,}" for value in values]) for label, values in shown]
    shares = [10_000 + 10 * len(span) for span in spans]
    each = [f"{n / s:.2f}" for n, s in zip(net, shares, strict=True)]
    counts = [f"{s:,}" for s in shares]
    return [
        *money,
        ("Net income per share, basic", each),
        ("Weighted average shares outstanding, basic", counts),
    ]


def statement(company: Company, columns: Sequence[tuple[str, Sequence[str]]]) -> str:
    """columns: (heading, quarters that it sums)."""
    made = lines(company, [span for _, span in columns])
    head = "\t".join(["", *(heading for heading, _ in columns)])
    rows = ["\t".join([label, *cells]) for label, cells in made]
    return "\n".join(["CONSOLIDATED STATEMENTS OF INCOME", company.caption, "", head, *rows, ""])


def heading(span: Sequence[str], weeks: int | None = None) -> str:
    end = day(span[-1])
    length = f"{_WEEKS[weeks]} Weeks" if weeks else _LENGTHS[len(span)]
    return f"{length} Ended {end:%B} {end.day}, {end.year}"


def submission(company: Company, form: str, filed: str, page: str, number: int = 1) -> str:
    """The page as EDGAR has it."""
    stamp = filed.replace("-", "")
    accession = f"{company.cik}-{stamp[2:4]}-{int(stamp[4:]) * 10 + number:06d}"
    return (
        f"<SEC-DOCUMENT>{accession}.txt : {stamp}\n<SEC-HEADER>{accession}.hdr.sgml : {stamp}\n"
        f"ACCESSION NUMBER:\t\t{accession}\nCONFORMED SUBMISSION TYPE:\t{form}\nFILED AS OF DATE:\t\t{stamp}\n\n"
        f"FILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t{company.name}\n"
        f"\t\tCENTRAL INDEX KEY:\t\t\t{company.cik}\n\t\tFISCAL YEAR END:\t\t\t{company.year_end}\n"
        f"\tFILING VALUES:\n\t\tFORM TYPE:\t\t{form}\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>{form}\n<SEQUENCE>1\n<TEXT>\n"
        f"{page}\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )


def quarterly(company: Company, quarters: Sequence[str], last: Sequence[str] = ()) -> str:
    """A quarterly report: the quarter and the year to date, with last year's beside them."""
    columns = [(heading(span), span) for year in (quarters, last) if year for span in (year[-1:], year)]
    if len(quarters) == 1:
        columns = [(heading(year), year) for year in (quarters, last) if year]
    return statement(company, columns)


def annual(company: Company, *years: Sequence[str]) -> str:
    return statement(company, [(heading(year), year) for year in years])


def write(folder: Path, **pages: str) -> list[Path]:
    """{name: page} as files, in their order."""
    out = []
    for name, text in pages.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        out.append(path)
    return out


Y04 = ("2004-03-31", "2004-06-30", "2004-09-30", "2004-12-31")
Y05 = ("2005-03-31", "2005-06-30", "2005-09-30", "2005-12-31")
SALES = dict(zip((*Y04, *Y05), (9_411, 9_862, 10_337, 11_206, 10_119, 10_754, 11_318, 12_467), strict=True))
BIRCH = Company(sales=SALES)


def of_a_year(company: Company = BIRCH) -> dict[str, str]:
    """Three quarterly reports and the annual one of 2005, with the comparatives of 2004."""
    made = {
        f"q{n}": submission(company, "10-Q", filed, quarterly(company, Y05[:n], Y04[:n]))
        for n, filed in ((1, "2005-05-06"), (2, "2005-08-05"), (3, "2005-11-04"))
    }
    return made | {"year": submission(company, "10-K", "2006-03-10", annual(company, Y05, Y04))}
