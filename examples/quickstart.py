"""Convert the example filing and look at what came out. Run: python examples/quickstart.py"""

from pathlib import Path

import capxbrl as cx

here = Path(__file__).parent
conversion = cx.convert(here / "capstone-2009-11-09.txt")

print(f"{conversion.entity.name}: {len(conversion.facts)} facts in {len(conversion.statements)} statements")
for fact in conversion.facts:
    if fact.concept.name in ("Revenues", "NetIncomeLoss") and fact.place == "cell":
        print(f"{fact.concept.qname:30} {fact.period!s:25} {fact.value:>15,}   {fact.at}")

for finding in conversion.findings:
    if finding.severity is not cx.Severity.NOTE:
        print(finding)

conversion.save("out")
print("open out/viewer.html")
