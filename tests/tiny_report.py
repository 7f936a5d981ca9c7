"""A hand-written inline XBRL report with its own small taxonomy, for the tests of the gate: no writer takes
part in it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

NAMESPACE = "http://tiny.example/2009"
FACT_IDS = ("f-name", "f-cash", "f-other", "f-assets", "f-loss", "f-shares", "f-eps", "f-segment")

_ANNOTATION = f"""  <xs:annotation><xs:appinfo>
    <link:roleType roleURI="{NAMESPACE}/role/BalanceSheet" id="BalanceSheet">
      <link:definition>0001 - Statement - Balance sheet</link:definition>
      <link:usedOn>link:presentationLink</link:usedOn><link:usedOn>link:calculationLink</link:usedOn>
      <link:usedOn>link:definitionLink</link:usedOn>
    </link:roleType>
    <link:linkbaseRef xlink:type="simple" xlink:href="tiny-linkbases.xml"
      xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
  </xs:appinfo></xs:annotation>"""

_SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:dtr="http://www.xbrl.org/dtr/type/2022-03-31"
  xmlns:tiny="{NAMESPACE}" targetNamespace="{NAMESPACE}" elementFormDefault="qualified">
<!-- annotation -->
  <xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  <xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
  <xs:import namespace="http://www.xbrl.org/dtr/type/2022-03-31" schemaLocation="https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"/>
  <xs:element id="tiny_Name" name="Name" type="xbrli:stringItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="duration"/>
  <xs:element id="tiny_Cash" name="Cash" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="instant" xbrli:balance="debit"/>
  <xs:element id="tiny_Other" name="Other" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="instant" xbrli:balance="debit"/>
  <xs:element id="tiny_Assets" name="Assets" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="instant" xbrli:balance="debit"/>
  <xs:element id="tiny_Income" name="Income" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="duration" xbrli:balance="credit"/>
  <xs:element id="tiny_Shares" name="Shares" type="xbrli:sharesItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="instant"/>
  <xs:element id="tiny_PerShare" name="PerShare" type="dtr:perShareItemType" substitutionGroup="xbrli:item"
                nillable="true" xbrli:periodType="duration"/>
  <xs:element id="tiny_Table" name="Table" type="xbrli:stringItemType" substitutionGroup="xbrldt:hypercubeItem"
                abstract="true"
                nillable="true" xbrli:periodType="duration"/>
  <xs:element id="tiny_Axis" name="Axis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem"
                abstract="true"
                nillable="true" xbrli:periodType="duration"/>
  <xs:element id="tiny_Domain" name="Domain" type="dtr:domainItemType" substitutionGroup="xbrli:item" abstract="true"
                nillable="true" xbrli:periodType="duration"/>
  <xs:element id="tiny_Member" name="Member" type="dtr:domainItemType" substitutionGroup="xbrli:item" abstract="true"
                nillable="true" xbrli:periodType="duration"/>
  <xs:element id="tiny_Stranger" name="Stranger" type="dtr:domainItemType" substitutionGroup="xbrli:item"
                abstract="true"
                nillable="true" xbrli:periodType="duration"/>
</xs:schema>
""".replace("\n                ", " ")

_ALL = "http://xbrl.org/int/dim/arcrole/all"
_DIMENSION = "http://xbrl.org/int/dim/arcrole/hypercube-dimension"
_DOMAIN = "http://xbrl.org/int/dim/arcrole/dimension-domain"
_DEFAULT = "http://xbrl.org/int/dim/arcrole/dimension-default"
_MEMBER = "http://xbrl.org/int/dim/arcrole/domain-member"


_EXTENSION = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  targetNamespace="http://tiny.example/extension" elementFormDefault="qualified">
  {_ANNOTATION}
  <xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  <xs:import namespace="{NAMESPACE}" schemaLocation="http://tiny.example/taxonomy/tiny.xsd"/>
</xs:schema>
"""


def _locators(*names: str) -> str:
    return "".join(f'<link:loc xlink:type="locator" xlink:href="tiny.xsd#tiny_{n}" xlink:label="{n}"/>' for n in names)


def _arc(element: str, arcrole: str, source: str, target: str, more: str) -> str:
    return (
        f'<link:{element} xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}" {more}/>'
    )


def _linkbases() -> str:
    sums, child = "http://www.xbrl.org/2003/arcrole/summation-item", "http://www.xbrl.org/2003/arcrole/parent-child"
    role = f'xlink:type="extended" xlink:role="{NAMESPACE}/role/BalanceSheet"'
    closed = 'xbrldt:contextElement="segment" xbrldt:closed="true"'
    refs = "".join(
        f'<link:arcroleRef arcroleURI="{uri}" xlink:type="simple" '
        f'xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{uri.rsplit("/", 1)[1]}"/>'
        for uri in (_ALL, _DIMENSION, _DOMAIN, _MEMBER, _DEFAULT)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldt="http://xbrl.org/2005/xbrldt">'
        f'<link:roleRef roleURI="{NAMESPACE}/role/BalanceSheet" xlink:type="simple" '
        f'xlink:href="tiny.xsd#BalanceSheet"/>{refs}'
        f"<link:presentationLink {role}>"
        + _locators("Assets", "Cash", "Other")
        + _arc("presentationArc", child, "Assets", "Cash", 'order="1"')
        + _arc("presentationArc", child, "Assets", "Other", 'order="2"')
        + f"</link:presentationLink><link:calculationLink {role}>"
        + _locators("Assets", "Cash", "Other")
        + _arc("calculationArc", sums, "Assets", "Cash", 'order="1" weight="1"')
        + _arc("calculationArc", sums, "Assets", "Other", 'order="2" weight="1"')
        + f"</link:calculationLink><link:definitionLink {role}>"
        + _locators("Income", "Table", "Axis", "Domain", "Member")
        + _arc("definitionArc", _ALL, "Income", "Table", closed)
        + _arc("definitionArc", _DIMENSION, "Table", "Axis", 'order="1"')
        + _arc("definitionArc", _DOMAIN, "Axis", "Domain", 'order="1"')
        + _arc("definitionArc", _MEMBER, "Domain", "Member", 'order="1"')
        # two arcs between two locators are not allowed in one link
        + f"</link:definitionLink><link:definitionLink {role}>"
        + _locators("Axis", "Domain")
        + _arc("definitionArc", _DEFAULT, "Axis", "Domain", 'order="1"')
        + '</link:definitionLink><link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        + _locators("Cash")
        + '<link:label xlink:type="resource" xlink:label="words" xml:lang="en" '
        'xlink:role="http://www.xbrl.org/2003/role/label">Cash</link:label>'
        + _arc("labelArc", "http://www.xbrl.org/2003/arcrole/concept-label", "Cash", "words", "")
        + "</link:labelLink></link:linkbase>"
    )


_REPORT = f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
  xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:tiny="{NAMESPACE}" xml:lang="en">
<head><title>Tiny</title></head>
<body>
<div style="display:none"><ix:header>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="tiny.xsd"/></ix:references>
<ix:resources>
<xbrli:context id="i"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2009-09-30</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2009-07-01</xbrli:startDate><xbrli:endDate>2009-09-30</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="m"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier>
<xbrli:segment>
<xbrldi:explicitMember dimension="tiny:Axis">tiny:Member</xbrldi:explicitMember></xbrli:segment></xbrli:entity>
<xbrli:period><xbrli:startDate>2009-07-01</xbrli:startDate><xbrli:endDate>2009-09-30</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="USD"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
<xbrli:unit id="per-share"><xbrli:divide>
<xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
</ix:resources>
</ix:header></div>
<p>Balance sheet of <ix:nonNumeric id="f-name" name="tiny:Name" contextRef="d">Tiny Corporation</ix:nonNumeric></p>
<p>Cash <ix:nonFraction id="f-cash" name="tiny:Cash" contextRef="i" unitRef="USD"
  decimals="-3" scale="3" format="ixt:num-dot-decimal">1,200</ix:nonFraction></p>
<p>Other <ix:nonFraction id="f-other" name="tiny:Other" contextRef="i" unitRef="USD"
  decimals="-3" scale="3" format="ixt:fixed-zero">-</ix:nonFraction></p>
<p>Total <ix:nonFraction id="f-assets" name="tiny:Assets" contextRef="i" unitRef="USD"
  decimals="-3" scale="3" format="ixt:num-dot-decimal">1,200</ix:nonFraction></p>
<p>Loss (<ix:nonFraction id="f-loss" name="tiny:Income" contextRef="d" unitRef="USD"
  decimals="-3" scale="3" sign="-" format="ixt:num-dot-decimal">2,345</ix:nonFraction>)</p>
<p>Shares <ix:nonFraction id="f-shares" name="tiny:Shares" contextRef="i" unitRef="shares"
  decimals="INF" format="ixt:num-dot-decimal">5,000,000</ix:nonFraction></p>
<p>Per share (<ix:nonFraction id="f-eps" name="tiny:PerShare" contextRef="d" unitRef="per-share"
  decimals="2" sign="-" format="ixt:num-dot-decimal">0.47</ix:nonFraction>)</p>
<p>Of a segment <ix:nonFraction id="f-segment" name="tiny:Income" contextRef="m" unitRef="USD"
  decimals="-3" scale="3" format="ixt:num-dot-decimal">12</ix:nonFraction></p>
<!-- more -->
</body></html>
""".replace("\n  decimals", " decimals")  # a line each, as the changes of the tests name them

_CATALOG = """<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<rewriteURI uriStartString="http://tiny.example/taxonomy/" rewritePrefix="../taxonomy/"/></catalog>
"""

_TAXONOMY_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<tp:taxonomyPackage xml:lang="en" xmlns:tp="http://xbrl.org/2016/taxonomy-package">
<tp:identifier>http://tiny.example/package</tp:identifier><tp:name>Tiny</tp:name>
<tp:description>A tiny report</tp:description><tp:version>1</tp:version></tp:taxonomyPackage>
"""


def report(*changes: tuple[str, str], more: str = "") -> str:
    """The report's XHTML, with each (old, new) text replaced; `more` is added at the end of the body."""
    text = _REPORT.replace("<!-- more -->", more)
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the report"
        text = text.replace(old, new)
    return text


def folder(path: Path, xhtml: str) -> Path:
    """Write the report and its taxonomy into a folder; returns the path of the XHTML file."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "tiny.xsd").write_text(_SCHEMA.replace("<!-- annotation -->", _ANNOTATION))
    (path / "tiny-linkbases.xml").write_text(_linkbases())
    (path / "report.xhtml").write_text(xhtml)
    return path / "report.xhtml"


def package(
    path: Path,
    xhtml: str,
    *,
    kind: str = "https://xbrl.org/report-package/2023/xbri",
    extension: bool = False,
    base: tuple[str, str] = ("", ""),
    own: tuple[str, str] = ("", ""),
) -> Path:
    """Write the report as a report package (Report Package 1.0) that is a taxonomy package too; returns its path.

    The schema lies in taxonomy/ and is found by its absolute URL through the catalog.  extension: it holds the elements
    only, and the roles and linkbases are the report's own, in reports/.  base, own: a text to replace in tiny.xsd, and
    in the linkbases.
    """
    address = "http://tiny.example/taxonomy/tiny.xsd"
    schema, linkbases = _SCHEMA, _linkbases().replace(*own) if own[0] else _linkbases()
    members = {
        "META-INF/reportPackage.json": json.dumps({"documentInfo": {"documentType": kind}}),
        "META-INF/taxonomyPackage.xml": _TAXONOMY_PACKAGE,
        "META-INF/catalog.xml": _CATALOG,
    }
    if extension:
        linkbases = linkbases.replace("tiny.xsd#BalanceSheet", "extension.xsd#BalanceSheet")
        members["reports/extension.xsd"] = _EXTENSION
        members["reports/tiny-linkbases.xml"] = linkbases.replace('"tiny.xsd#', f'"{address}#')
    else:
        schema = schema.replace("<!-- annotation -->", _ANNOTATION)
        members["taxonomy/tiny-linkbases.xml"] = linkbases
    members["taxonomy/tiny.xsd"] = schema.replace(*base) if base[0] else schema
    entry = "extension.xsd" if extension else address
    members["reports/report.xhtml"] = xhtml.replace('xlink:href="tiny.xsd"', f'xlink:href="{entry}"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(f"tiny/{name}", text)
    return path
