"""Make the XBRL files of our taxonomies from their tables: `python -m capxbrl.taxonomies.build [--check]`.

Writes capx-gaap/2026 and capx-dei/2026 (element schema, label, presentation, calculation and definition linkbases, an
entry point that has them all) and META-INF, so that each folder is a taxonomy package (Taxonomy Packages 1.0), and
us-gaap-<year>/crosswalk.csv from the columns of the vintages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from capxbrl.model import Concept
from capxbrl.resources import BASE_URL, taxonomies
from capxbrl.tables import read_table
from capxbrl.taxonomy import DEFAULT, STATEMENTS, VERSION, load
from capxbrl.writers.extension import DTR, GROUPS, TYPES

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: Years whose elements the tables know -> namespace and element schema.
_VINTAGES = {
    "2009": ("http://xbrl.us/us-gaap/2009-01-31", "http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd"),
    "2025": ("http://fasb.org/us-gaap/2025", "https://xbrl.fasb.org/us-gaap/2025/elts/us-gaap-2025.xsd"),
}
_XBRLDT = "http://xbrl.org/int/dim/arcrole/"


def files() -> dict[str, str]:
    """{path below the taxonomies folder: text} of every file that is made."""
    taxonomy = load(DEFAULT)
    out: dict[str, str] = {}
    for prefix, concepts in ((DEFAULT, taxonomy.concepts), ("capx-dei", taxonomy.dei)):
        base = f"{prefix}/{VERSION}/{prefix}"
        out[f"{base}.xsd"] = schema(prefix, concepts.values())
        out[f"{base}-lab.xml"] = labels(prefix, concepts.values())
        if prefix == DEFAULT:
            out[f"{base}-roles.xsd"] = roles(prefix)
            out[f"{base}-pre.xml"] = presentation(prefix, _trees())
            out[f"{base}-cal.xml"] = calculation(prefix, taxonomy.calculations)
            out[f"{base}-def.xml"] = definition(prefix)
        linkbases = [n.rpartition("/")[2] for n in out if n.startswith(base) and n.endswith(".xml")]
        out[f"{base}-all.xsd"] = entry_point(prefix, linkbases)
        out[f"{prefix}/META-INF/catalog.xml"] = catalog(prefix)
        out[f"{prefix}/META-INF/taxonomyPackage.xml"] = package(prefix)
    for year in _VINTAGES:
        out[f"us-gaap-{year}/crosswalk.csv"] = crosswalk(year, taxonomy.concepts.values())
    return out


def crosswalk(year: str, concepts: Iterable[Concept]) -> str:
    """The table that `taxonomy.load` reads to write a report in the elements of that year's us-gaap."""
    namespace, location = _VINTAGES[year]
    rows = [("concept", "element"), ("#prefix", "us-gaap"), ("#namespace", namespace), ("#schema", location)]
    rows += [(c.name, element) for c in concepts if (element := dict(c.vintages).get(year))]
    return "".join(f"{a},{b}\n" for a, b in rows)


def schema(prefix: str, concepts: Iterable[Concept]) -> str:
    """The element schema; it imports as little as it can, since every filing loads it."""
    namespace = f"{BASE_URL}{prefix}/{VERSION}"
    lines = [
        f'{_XML}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        f'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:dtr-types="{DTR}" xmlns:{prefix}="{namespace}" '
        f'targetNamespace="{namespace}" elementFormDefault="qualified" attributeFormDefault="unqualified">',
        '  <xsd:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>',
        '  <xsd:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>',
        f'  <xsd:import namespace="{DTR}" schemaLocation="https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"/>',
    ]
    for c in concepts:
        balance = f' xbrli:balance="{c.balance}"' if c.balance else ""
        abstract = ' abstract="true"' if c.abstract or c.type == "domain" else ""
        lines.append(
            f'  <xsd:element id="{prefix}_{c.name}" name="{c.name}" type="{TYPES[c.type]}" substitutionGroup="{GROUPS.get(c.type, "xbrli:item")}"'
            f'{abstract} nillable="true"{balance} xbrli:periodType="{c.period}"/>'
        )
    return "\n".join([*lines, "</xsd:schema>", ""])


def _linkbase(body: Iterable[str], extra: str = "") -> str:
    head = (
        f'{_XML}<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"{extra} '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.xbrl.org/2003/linkbase http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd">'
    )
    return "\n".join([head, *body, "</link:linkbase>", ""])


def labels(prefix: str, concepts: Iterable[Concept]) -> str:
    """Standard labels and documentation, in English."""
    body = ['  <link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">']
    for c in concepts:
        body.append(
            f'    <link:loc xlink:type="locator" xlink:href="{prefix}.xsd#{prefix}_{c.name}" xlink:label="{c.name}"/>'
        )
        for role, text in (("label", c.label), ("documentation", c.documentation)):
            body.append(
                f'    <link:label xlink:type="resource" xlink:label="{c.name}_lab" xlink:role="http://www.xbrl.org/2003/role/{role}" xml:lang="en-US">{escape(text)}</link:label>'
            )
        body.append(
            f'    <link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="{c.name}" xlink:to="{c.name}_lab"/>'
        )
    return _linkbase([*body, "  </link:labelLink>"])


def _role(statement: str) -> str:
    return f"{BASE_URL}{DEFAULT}/{VERSION}/role/{STATEMENTS[statement].replace(' ', '')}"


def roles(prefix: str) -> str:
    """The extended link roles of the linkbases."""
    namespace = f"{BASE_URL}{prefix}/{VERSION}/roles"
    lines = [
        f'{_XML}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase" targetNamespace="{namespace}">',
        '  <xsd:import namespace="http://www.xbrl.org/2003/linkbase" schemaLocation="http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd"/>',
        "  <xsd:annotation><xsd:appinfo>",
    ]
    for number, (short, words) in enumerate(STATEMENTS.items(), 1):
        used = "".join(
            f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in ("presentation", "calculation", "definition")
        )
        lines.append(
            f'    <link:roleType id="{short}" roleURI="{_role(short)}"><link:definition>{number:04d} - Statement - {words}</link:definition>{used}</link:roleType>'
        )
    return "\n".join([*lines, "  </xsd:appinfo></xsd:annotation>", "</xsd:schema>", ""])


def _trees() -> dict[str, list[tuple[str, str]]]:
    """{statement: (parent, concept) in order} from presentation.csv."""
    by: dict[str, list[tuple[str, str]]] = {short: [] for short in STATEMENTS}
    for _, row in read_table(taxonomies() / DEFAULT / "presentation.csv", ("statement", "parent", "concept")):
        by[row["statement"]].append((row["parent"], row["concept"]))
    return by


def _role_refs(prefix: str) -> list[str]:
    return [
        f'  <link:roleRef roleURI="{_role(short)}" xlink:type="simple" xlink:href="{prefix}-roles.xsd#{short}"/>'
        for short in STATEMENTS
    ]


def _loc(prefix: str, name: str) -> str:
    return f'    <link:loc xlink:type="locator" xlink:href="{prefix}.xsd#{prefix}_{name}" xlink:label="{name}"/>'


def presentation(prefix: str, trees: dict[str, list[tuple[str, str]]]) -> str:
    """One tree a statement: its sections, in each the lines in the order in which filers show them."""
    body = _role_refs(prefix)
    for short, arcs in trees.items():
        body.append(f'  <link:presentationLink xlink:type="extended" xlink:role="{_role(short)}">')
        body += [_loc(prefix, name) for name in dict.fromkeys(n for arc in arcs for n in arc)]
        for order, (parent, name) in enumerate(arcs, 1):
            body.append(
                f'    <link:presentationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child" xlink:from="{parent}" xlink:to="{name}" order="{order}"/>'
            )
        body.append("  </link:presentationLink>")
    return _linkbase(body)


def calculation(prefix: str, arcs: Iterable[tuple[str, str, str, int]]) -> str:
    """The sums, one extended link a statement."""
    body = _role_refs(prefix)
    by: dict[str, list[tuple[str, str, int]]] = {}
    for short, parent, child, weight in arcs:
        by.setdefault(short, []).append((parent, child, weight))
    for short, sums in by.items():
        body.append(f'  <link:calculationLink xlink:type="extended" xlink:role="{_role(short)}">')
        body += [_loc(prefix, name) for name in dict.fromkeys(n for parent, child, _ in sums for n in (parent, child))]
        for order, (parent, child, weight) in enumerate(sums, 1):
            body.append(
                f'    <link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item" xlink:from="{parent}" xlink:to="{child}" order="{order}" weight="{weight}"/>'
            )
        body.append("  </link:calculationLink>")
    return _linkbase(body)


def definition(prefix: str) -> str:
    """Axes, domains and members (XBRL Dimensions 1.0)."""
    rows = [row for _, row in read_table(taxonomies() / DEFAULT / "definitions.csv", ("arcrole", "parent", "child"))]
    body = _role_refs(prefix)
    for arcrole in dict.fromkeys(row["arcrole"] for row in rows):
        body.append(
            f'  <link:arcroleRef arcroleURI="{_XBRLDT}{arcrole}" xlink:type="simple" xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{arcrole}"/>'
        )
    body.append(f'  <link:definitionLink xlink:type="extended" xlink:role="{_role("EQ")}">')
    body += [_loc(prefix, name) for name in dict.fromkeys(n for row in rows for n in (row["parent"], row["child"]))]
    for order, row in enumerate(rows, 1):
        more = ' xbrldt:contextElement="segment" xbrldt:closed="true"' if row["arcrole"] == "all" else ""
        body.append(
            f'    <link:definitionArc xlink:type="arc" xlink:arcrole="{_XBRLDT}{row["arcrole"]}" xlink:from="{row["parent"]}" xlink:to="{row["child"]}" order="{order}"{more}/>'
        )
    body.append("  </link:definitionLink>")
    return _linkbase(body, ' xmlns:xbrldt="http://xbrl.org/2005/xbrldt"')


def entry_point(prefix: str, linkbases: Iterable[str]) -> str:
    """A schema without elements that pulls in everything, for browsing and for tests."""
    namespace = f"{BASE_URL}{prefix}/{VERSION}"
    lines = [
        f'{_XML}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="{namespace}/all">',
        "  <xsd:annotation><xsd:appinfo>",
    ]
    for name in linkbases:
        lines.append(
            f'    <link:linkbaseRef xlink:type="simple" xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase" xlink:href="{name}"/>'
        )
    lines.append("  </xsd:appinfo></xsd:annotation>")
    lines.append(f'  <xsd:import namespace="{namespace}" schemaLocation="{prefix}.xsd"/>')
    return "\n".join([*lines, "</xsd:schema>", ""])


def catalog(prefix: str) -> str:
    """Maps the absolute addresses to the files of the package."""
    return (
        f'{_XML}<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f'  <rewriteURI uriStartString="{BASE_URL}{prefix}/{VERSION}/" rewritePrefix="../{VERSION}/"/>\n</catalog>\n'
    )


def package(prefix: str) -> str:
    """META-INF/taxonomyPackage.xml."""
    url = f"{BASE_URL}{prefix}/{VERSION}/{prefix}-all.xsd"
    return (
        f'{_XML}<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">\n'
        f"  <tp:identifier>{BASE_URL}{prefix}/{VERSION}</tp:identifier>\n  <tp:name>{prefix} {VERSION}</tp:name>\n  <tp:version>{VERSION}</tp:version>\n"
        f"  <tp:entryPoints>\n    <tp:entryPoint>\n      <tp:name>{prefix} {VERSION}, all linkbases</tp:name>\n      <tp:entryPointDocument href={quoteattr(url)}/>\n"
        "    </tp:entryPoint>\n  </tp:entryPoints>\n</tp:taxonomyPackage>\n"
    )


def stale(folder: Path) -> list[str]:
    """The files below `folder` that differ from what the tables give."""
    return [
        name for name, text in files().items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]  # fmt: skip


def main() -> int:
    """Write what is stale; with --check only name it and return 1."""
    folder = taxonomies()
    names = stale(folder)
    for name in names:
        print(name)
        if "--check" not in sys.argv:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(files()[name], encoding="utf-8")
    return int(bool(names) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
