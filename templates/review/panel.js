// All that is known of the line at hand. Text of the filing is set as text, never as markup.
const panel = document.getElementById("panel");
const local = (name) => name.replace(/^ext:/, "");
const number = (text) => {
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(text) || [];
  return whole ? sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest || "") : text;
};
const chip = (text, cls) => element("span", { class: `chip ${cls}`, text });
const section = (title, ...children) => element("section", {}, element("h3", { text: title }), ...children);

function about(name) {
  const [label, definition, type, period, balance] = data.concepts[name] || [];
  if (!label) return [element("p", { class: "dim", text: name ? "an element of the company's own" : "no concept" })];
  return [element("p", { text: definition }), element("p", { class: "dim", text: [type, period, balance].filter(Boolean).join(", ") })];
}

function conceptOf(line, state) {
  const told = section("Concept", element("p", { class: "concept", text: state.concept || "none" }), ...about(state.concept));
  if (state.concept !== line.concept) {
    told.append(element("p", { class: "dim", text: `chosen instead of ${line.concept || "none"}` }));
  } else if (line.confidence !== null) {
    const sure = Math.round(100 * line.confidence);
    told.append(element("p", { class: "dim" },
      element("meter", { min: 0, max: 100, low: 75, high: 90, optimum: 100, value: sure, "aria-label": "confidence" }),
      ` ${sure} % sure; ${line.why}`));
  }
  return told;
}

function figuresOf(line) {
  const rows = line.facts.map((fact) => element("tr", {},
    element("td", { text: fact.period.replace("/", " to ") }),
    element("td", { class: "n", text: number(fact.value) }),
    element("td", { text: fact.unit }),
    element("td", {}, chip(fact.reading === "untagged" ? "no tag" : fact.reading, fact.reading)),
    element("td", { class: "dim", text: fact.own ? fact.dimensions : [fact.concept, fact.dimensions].filter(Boolean).join("; ") })));
  const doubts = [...new Set(line.facts.map((fact) => fact.doubt).filter((doubt) => doubt && doubt !== line.doubt))];
  return section("Figures", element("table", {}, element("tbody", {}, ...rows)),
    ...doubts.map((doubt) => element("p", { class: "dim", text: doubt })));
}

function rivalsOf(line, state) {
  if (!line.rivals.length) return null;
  const list = element("ol", { class: "rivals" });
  line.rivals.forEach((rival, i) => {
    const now = rival.concept === state.concept;
    const [, definition] = data.concepts[rival.concept] || [];
    list.append(element("li", { class: now ? "now" : "" },
      element("button", { type: "button", "aria-keyshortcuts": String(i + 1), "aria-pressed": String(now), on: { click: () => choose(rival.concept) } },
        element("kbd", { text: i + 1 }), ` ${rival.concept}`),
      element("span", { class: "dim", text: rival.share < 0.01 ? " under 1 %" : ` ${Math.round(100 * rival.share)} %` }),
      element("p", { text: rival.differs || definition || "an element of the company's own, for what no standard concept fits" })));
  });
  return section("What it may be", list);
}

function sumsOf(line, n) {
  if (!line.sums.length) return null;
  const list = element("ul", { class: "sums" });
  const told = line.sums.map((at) => data.sums[at]).sort((a, b) => a.holds - b.holds);
  for (const sum of told) {
    const terms = sum.terms.map((term) => {
      const sign = term.weight < 0 ? "− " : term.weight > 0 ? "+ " : "× ";
      return element("div", { class: term.line === n ? "own" : "" }, element("span", { text: term.label }), element("span", { class: "n", text: sign + term.value }));
    });
    list.append(element("li", { class: sum.holds ? "holds" : "fails" },
      element("details", { open: sum.holds ? null : "" },
        element("summary", { text: `${sum.holds ? "✓" : "✗"} ${sum.what} of ${sum.period}${sum.holds ? "" : `: off by ${sum.gap}`}` }),
        ...terms)));
  }
  return section("Sums and ties", list);
}

function saidOf(line) {
  if (!line.said.length) return null;
  return section("The text says", ...line.said.map((one) =>
    element("div", { class: `said ${one.verdict}` },
      element("p", { text: `${one.verdict === "disagrees" ? "✗" : "✓"} ${one.words || one.shown}` }),
      element("p", { class: "dim", text: `${one.verdict === "disagrees" ? "does not agree: " : ""}${one.why} (${one.at})` }))));
}

function listOf(title, items, text) {
  return items.length ? section(title, ...items.map((one) => element("p", { class: one.severity || "", text: text(one) }))) : null;
}

function buttons() {
  const make = (key, text, act) => element("button", { type: "button", "aria-keyshortcuts": key, on: { click: act } }, `${text} `, element("kbd", { text: key }));
  return element("p", { class: "row" }, make("a", "Accept", accept), make("/", "Search", openSearch), make("f", "Flag", flag),
    make("n", "Note", openNote), make("u", "Undo", undo));
}

function showPanel() {
  if (current < 0) {
    panel.replaceChildren(element("p", { text: "There are no figures in this filing." }));
    return;
  }
  const line = lines[current], state = standing(current);
  const by = state.who && state.state !== "unseen" ? ` by ${state.who}, ${state.when.slice(0, 10)}` : "";
  const statement = line.of >= 0 ? data.statements[line.of].title || data.statements[line.of].kind : "Cover";
  panel.replaceChildren(...[
    element("p", { class: "dim", text: [statement, ...line.path].join(" › ") }),
    element("h2", { text: line.name }),
    element("p", { class: "row" }, chip(worst(line) === "untagged" ? "no tag" : worst(line), worst(line)), chip(state.state + by, state.state)),
    ...line.changes.map((change) => element("p", { class: "why", text: `changed since it was accepted: ${change}` })),
    element("p", { class: line.rank <= 1 ? "why" : "dim", text: line.doubt }),
    state.note ? element("blockquote", { text: state.note }) : null,
    buttons(),
    line.source ? section(line.facts[0]?.at || line.at, element("pre", { text: line.source })) : null,
    figuresOf(line),
    conceptOf(line, state),
    rivalsOf(line, state),
    sumsOf(line, current),
    saidOf(line),
    listOf("Findings", line.findings, (one) => `${one.severity}: ${one.message} [${one.code}]`),
    listOf("What its figures rest on", line.decisions.map((text) => ({ text })), (one) => one.text),
  ].filter(Boolean));
  panel.scrollTop = 0;
}
