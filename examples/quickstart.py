"""Convert the example filing and look at what came out. Run: python examples/quickstart.py"""

from pathlib import Path

import capxbrl as cx

here = Path(__file__).parent
made = cx.convert(here / "capstone-2009-11-09.txt")

print(f"{made.entity.name}: {len(made.facts)} facts in {len(made.statements)} statements\n")
print(made.income_statement)
for fact in made.facts.where(["Revenues", "NetIncomeLoss"], months=3):
    print(f"{fact.concept.qname:30} {fact.period!s:25} {fact.value:>15,}   {fact.at}")

print(made.findings.where(["error", "warning"]))

made.save("out")
print("open out/viewer.html")
