"""Make the XBRL files of our taxonomies from their tables: `python -m capxbrl.taxonomies.build [--check]`.

Writes capx-gaap/2026 and capx-dei/2026 (element schema, label, presentation, calculation and definition linkbases, an
entry point that has them all) and META-INF, so that each folder is a taxonomy package (Taxonomy Packages 1.0).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from capxbrl.model import DATA_TYPES, Concept
from capxbrl.resources import BASE_URL, taxonomies
from capxbrl.tables import read_table
from capxbrl.taxonomy import DEFAULT, STATEMENTS, VERSION, load, standard_label
from capxbrl.writers.extension import GROUPS, TYPES
from capxbrl.writers.linkbases import (
    ROLE,
    Arc,
    Link,
    LinkbaseKind,
    below,
    dimension,
    in_order,
    labels_of,
    linkbase,
    summation,
)

DTR = DATA_TYPES[1]
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def files() -> dict[str, str]:
    """{path below the taxonomies folder: text} of every file that is made."""
    taxonomy = load(DEFAULT)
    out: dict[str, str] = {}
    for prefix, concepts in ((DEFAULT, taxonomy.concepts), ("capx-dei", taxonomy.dei)):
        base = f"{prefix}/{VERSION}/{prefix}"
        out[f"{base}.xsd"] = schema(prefix, concepts.values())
        out[f"{base}-lab.xml"] = labels(prefix, concepts.values()).decode()
        if prefix == DEFAULT:
            out[f"{base}-roles.xsd"] = roles(prefix)
            out[f"{base}-pre.xml"] = presentation(prefix, _trees()).decode()
            out[f"{base}-cal.xml"] = calculation(prefix, taxonomy.calculations).decode()
            out[f"{base}-def.xml"] = definition(prefix).decode()
        linkbases = [n.rpartition("/")[2] for n in out if n.startswith(base) and n.endswith(".xml")]
        out[f"{base}-all.xsd"] = entry_point(prefix, linkbases)
        out[f"{prefix}/META-INF/catalog.xml"] = catalog(prefix)
        out[f"{prefix}/META-INF/taxonomyPackage.xml"] = package(prefix)
    return out


def schema(prefix: str, concepts: Iterable[Concept]) -> str:
    """The element schema; it imports as little as it can, since every filing loads it."""
    namespace = f"{BASE_URL}{prefix}/{VERSION}"
    lines = [
        f'{_XML}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        f'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:dtr-types="{DTR}" xmlns:{prefix}="{namespace}" '
        f'targetNamespace="{namespace}" elementFormDefault="qualified" attributeFormDefault="unqualified">',
        '  <xsd:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>',
        '  <xsd:import namespace="http://xbrl.org/2005/xbrldt" '
        'schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>',
        f'  <xsd:import namespace="{DTR}" schemaLocation="{DATA_TYPES[2]}"/>',
    ]
    for c in concepts:
        balance = f' xbrli:balance="{c.balance}"' if c.balance else ""
        abstract = ' abstract="true"' if c.abstract or c.type == "domain" else ""
        lines.append(
            f'  <xsd:element id="{prefix}_{c.name}" name="{c.name}" type="{TYPES[c.type]}" '
            f'substitutionGroup="{GROUPS.get(c.type, "xbrli:item")}"'
            f'{abstract} nillable="true"{balance} xbrli:periodType="{c.period}"/>'
        )
    return "\n".join([*lines, "</xsd:schema>", ""])


def _locators(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Of every concept once, in order."""
    return {name: f"{prefix}.xsd#{prefix}_{name}" for name in names}


def _link(prefix: str, statement: str, arcs: Sequence[Arc]) -> Link:
    """The extended link of a statement."""
    names = [name for arc in arcs for name in (arc.source, arc.target)]
    return Link(role=_role(statement), locators=_locators(prefix, names), arcs=tuple(arcs))


def labels(prefix: str, concepts: Iterable[Concept]) -> bytes:
    """Standard labels and documentation, in English."""
    texts = {c.name: {f"{ROLE}label": standard_label(c), f"{ROLE}documentation": c.documentation} for c in concepts}
    made = [labels_of(name, text) for name, text in texts.items()]
    link = Link(
        role=f"{ROLE}link",
        locators=_locators(prefix, texts),
        arcs=tuple(arc for _, arc in made),
        resources=tuple(label for several, _ in made for label in several),
    )
    return linkbase(LinkbaseKind.LABEL, [link])


def _role(statement: str) -> str:
    return f"{BASE_URL}{DEFAULT}/{VERSION}/role/{STATEMENTS[statement].replace(' ', '')}"


def roles(prefix: str) -> str:
    """The extended link roles of the linkbases."""
    namespace = f"{BASE_URL}{prefix}/{VERSION}/roles"
    lines = [
        f'{_XML}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:link="http://www.xbrl.org/2003/linkbase" targetNamespace="{namespace}">',
        '  <xsd:import namespace="http://www.xbrl.org/2003/linkbase" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd"/>',
        "  <xsd:annotation><xsd:appinfo>",
    ]
    for number, (short, words) in enumerate(STATEMENTS.items(), 1):
        used = "".join(
            f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in ("presentation", "calculation", "definition")
        )
        lines.append(
            f'    <link:roleType id="{short}" roleURI="{_role(short)}"><link:definition>{number:04d} - Statement '
            f"- {words}</link:definition>{used}</link:roleType>"
        )
    return "\n".join([*lines, "  </xsd:appinfo></xsd:annotation>", "</xsd:schema>", ""])


def _trees() -> dict[str, list[tuple[str, str]]]:
    """{statement: (parent, concept) in order} from presentation.csv."""
    by: dict[str, list[tuple[str, str]]] = {short: [] for short in STATEMENTS}
    for _, row in read_table(taxonomies() / DEFAULT / "presentation.csv", ("statement", "parent", "concept")):
        by[row["statement"]].append((row["parent"], row["concept"]))
    return by


def _role_refs(prefix: str) -> list[tuple[str, str]]:
    return [(_role(short), f"{prefix}-roles.xsd#{short}") for short in STATEMENTS]


def presentation(prefix: str, trees: Mapping[str, Sequence[tuple[str, str]]]) -> bytes:
    """One tree a statement: its sections, in each the lines in the order in which filers show them."""
    links = [
        _link(prefix, short, [below(parent, name, order) for order, (parent, name) in enumerate(arcs, 1)])
        for short, arcs in trees.items()
    ]
    return linkbase(LinkbaseKind.PRESENTATION, links, _role_refs(prefix))


def calculation(prefix: str, arcs: Iterable[tuple[str, str, str, int]]) -> bytes:
    """The sums, one extended link a statement."""
    by: dict[str, list[tuple[str, str, int]]] = {}
    for short, parent, child, weight in arcs:
        by.setdefault(short, []).append((parent, child, weight))
    links = [
        _link(prefix, short, [summation(*parts, order) for order, parts in enumerate(sums, 1)])
        for short, sums in by.items()
    ]
    return linkbase(LinkbaseKind.CALCULATION, links, _role_refs(prefix))


def definition(prefix: str) -> bytes:
    """Axes, domains and members (XBRL Dimensions 1.0)."""
    rows = [row for _, row in read_table(taxonomies() / DEFAULT / "definitions.csv", ("arcrole", "parent", "child"))]
    arcs = in_order(dimension(row["arcrole"], row["parent"], row["child"]) for row in rows)
    arcroles = list(dict.fromkeys(row["arcrole"] for row in rows))
    return linkbase(LinkbaseKind.DEFINITION, [_link(prefix, "EQ", arcs)], _role_refs(prefix), arcroles)


def entry_point(prefix: str, linkbases: Iterable[str]) -> str:
    """A schema without elements that pulls in everything, for browsing and for tests."""
    namespace = f"{BASE_URL}{prefix}/{VERSION}"
    lines = [
        f'{_XML}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'targetNamespace="{namespace}/all">',
        "  <xsd:annotation><xsd:appinfo>",
    ]
    for name in linkbases:
        lines.append(
            '    <link:linkbaseRef xlink:type="simple" '
            f'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase" xlink:href="{name}"/>'
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
        f"  <tp:identifier>{BASE_URL}{prefix}/{VERSION}</tp:identifier>\n"
        f"  <tp:name>{prefix} {VERSION}</tp:name>\n  <tp:version>{VERSION}</tp:version>\n"
        f"  <tp:entryPoints>\n    <tp:entryPoint>\n      <tp:name>{prefix} {VERSION}, all linkbases</tp:name>\n"
        f"      <tp:entryPointDocument href={quoteattr(url)}/>\n"
        "    </tp:entryPoint>\n  </tp:entryPoints>\n</tp:taxonomyPackage>\n"
    )


def stale(folder: Path) -> list[str]:
    """The files below `folder` that differ from what the tables give."""
    return [
        name
        for name, text in files().items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


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
