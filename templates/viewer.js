/* Our part of the interactive viewer. It reads the notes of a conversion (capxbrl/viewer) from the page and shows, inside
 * the ixbrl-viewer: how each figure was read, the findings with their places, the standing of the figures in colours,
 * and, in a review, the figures without a tag. It loads nothing, and what it shows of a filing is text, never markup. */
(() => {
  "use strict";

  const notes = JSON.parse(document.getElementById("capxbrl-notes").textContent);
  const facts = notes.facts || {};
  const findings = notes.findings || [];
  const STANDINGS = {
    proved: "the arithmetic of the page, or another part of the filing, bears it out",
    stated: "the page says so; nothing bears it out, nothing contradicts it",
    doubtful: "witnesses disagree, or nothing says it: compare it with the filing",
  };
  const OUTSIDE = `
    #capxbrl-bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; padding: 5px 18px; font: 13px/1.5
      "Open Sans", Arial, sans-serif; color: var(--colour-text, #222); background: var(--colour-bg, #fff);
      border-bottom: 1px solid var(--colour-border-grey, #ccc); }
    #capxbrl-bar label { display: flex; align-items: center; gap: 5px; cursor: pointer; }
    #capxbrl-bar input { width: 15px; height: 15px; margin: 0; appearance: auto; }
    #capxbrl-bar button { font: inherit; color: inherit; background: none; border: 0; padding: 1px 4px; cursor: pointer; }
    #capxbrl-bar button:hover { text-decoration: underline; }
    #capxbrl-bar .capxbrl-end { margin-left: auto; }
    .capxbrl-key { display: inline-block; width: 12px; height: 12px; margin-right: 5px; border: 1px solid #0003;
      vertical-align: -1px; }
    .capxbrl-proved { background: #d8eedb; } .capxbrl-stated { background: #dce8f7; }
    .capxbrl-doubtful { background: #ffe2a0; } .capxbrl-untagged { background: #f9cfe0; }
    #ixv button:focus-visible, #ixv input:focus-visible { outline: 2px solid #2a5db0; outline-offset: 1px; }
    #ixv #inspector-tabs button { margin: 0 2px; padding-left: 6px; padding-right: 6px; }
    #capxbrl-tab .capxbrl-count { margin-left: 5px; padding: 0 6px; border-radius: 9px; font-size: 12px; color: #fff;
      background: #767676; }
    #capxbrl-tab .capxbrl-error { background: #b3261e; } #capxbrl-tab .capxbrl-warning { background: #9a6200; }
    #capxbrl-findings { display: none; flex: 1 1 auto; min-height: 0; overflow-y: auto; padding: 12px 16px 30px;
      font: 14px/1.45 "Open Sans", Arial, sans-serif; color: var(--colour-text, #222); }
    #ixv.capxbrl-mode #capxbrl-findings { display: block; }
    #ixv.capxbrl-mode #inspector .inspector-container { display: none; }
    #inspector:has(#capxbrl-findings) { display: flex; flex-direction: column; }
    #capxbrl-findings h3 { margin: 14px 0 6px; font-size: 14px; }
    #capxbrl-findings ul { list-style: none; margin: 0; padding: 0; }
    #capxbrl-findings li, .capxbrl-read .capxbrl-finding { margin: 0 0 8px; border: 1px solid
      var(--colour-border-grey, #ccc); border-left: 4px solid #767676; border-radius: 3px; }
    .capxbrl-is-error { border-left-color: #b3261e !important; }
    .capxbrl-is-warning { border-left-color: #c77f00 !important; }
    #capxbrl-findings li.capxbrl-current { box-shadow: 0 0 0 2px #2a5db0; }
    #capxbrl-findings li > button, #capxbrl-findings li > div { display: block; width: 100%; box-sizing: border-box;
      padding: 8px 10px; font: inherit; color: inherit; text-align: left; background: none; border: 0; }
    #capxbrl-findings li > button { cursor: pointer; }
    #capxbrl-findings li > button:hover { background: #8881; }
    #capxbrl-findings .capxbrl-open { padding: 0 10px 8px; width: auto; text-decoration: underline; }
    .capxbrl-where { font-size: 12px; opacity: .75; overflow-wrap: anywhere; }
    .capxbrl-message { overflow-wrap: anywhere; }
    .capxbrl-hint { margin-top: 4px; font-size: 13px; font-style: italic; overflow-wrap: anywhere; }
    .capxbrl-line { display: block; margin-top: 5px; padding: 3px 6px; font: 12px/1.4 monospace; white-space: pre-wrap;
      overflow-wrap: anywhere; background: #8881; }
    .capxbrl-badge { display: inline-block; padding: 0 8px; border-radius: 9px; color: #1c1c1a; font-weight: 600; }
    .capxbrl-bar-of { display: inline-block; width: 70px; height: 7px; margin-right: 7px; background: #8883; }
    .capxbrl-bar-of > span { display: block; height: 100%; background: #5b6b8c; }
    #ixv #inspector .capxbrl-read :is(th, td) { overflow-wrap: anywhere; line-height: 1.45; }
    #ixv .capxbrl-read h4 { margin: 10px 0 5px; font-size: 13px; font-weight: 600; }
    .capxbrl-read ul { margin: 0 0 10px; padding: 0 0 0 15px; font-size: 13px; line-height: 1.45; }
    .capxbrl-read li { list-style: disc; margin-bottom: 5px; overflow-wrap: anywhere; }
    .capxbrl-read .capxbrl-finding { padding: 6px 9px; font-size: 13px; line-height: 1.45; }
    @media (767px < width <= 1000px) {
      #ixv #pane-right { flex: 0 0 320px; width: 320px; min-width: 320px; }
      #ixv #inspector-tabs button { font-size: 13px; padding-left: 2px; padding-right: 2px; }
      #ixv #inspector .capxbrl-read th { width: 85px; min-width: 85px; padding-right: 6px; }
    }
    @media (width <= 767px) { #capxbrl-bar { padding: 4px 8px; } }
  `;
  const INSIDE = `
    body.capxbrl-colours .capxbrl-proved { background-color: #e4f3e6 !important; }
    body.capxbrl-colours .capxbrl-stated { background-color: #e4eefa !important; }
    body.capxbrl-colours .capxbrl-doubtful, body.capxbrl-colours .capxbrl-doubtful .doubtful {
      background-color: #ffe9b8 !important; }
    body:not(.capxbrl-colours) .doubtful { background: none; box-shadow: none; }
    .capxbrl-mark { background-color: #ffd54a !important; color: #000; outline: 2px solid #c77f00; }
    tr.capxbrl-marked > td, tr.capxbrl-marked > th { background-color: #fff3c4 !important; }
    [tabindex]:focus-visible { outline: 2px solid #2a5db0; outline-offset: 2px; }
    .review-untagged-number.capxbrl-in-table { background-color: #f5a3c4 !important; }
    .review-untagged-number.capxbrl-mark { background-color: #ffd54a !important; }
  `;

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  const counted = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

  /* --- before the ixbrl-viewer begins: a review is a feature of its own --------------------------------------------- */

  const data = document.querySelector('script[type="application/x.ixbrl-viewer+json"]');
  if (notes.review && data) {
    const model = JSON.parse(data.textContent);
    model.features = { ...model.features, review: true };
    data.textContent = JSON.stringify(model).replaceAll("<", "\\u003c").replaceAll("&", "\\u0026");
  }

  /* --- the page ------------------------------------------------------------------------------------------------------ */

  let page = null;

  /* The box of a fact: the cell or the words that the ixbrl-viewer has made selectable; null where it is hidden. */
  const boxOf = (id) => {
    const hidden = CSS.escape(`-sec-ix-hidden:${id}`);
    const element = page.getElementById(id);
    const box = element && element.closest(".ixbrl-element");
    if (box) {
      return box;
    }
    for (const shown of page.querySelectorAll('[style*="-sec-ix-hidden"]')) {
      const named = /-sec-ix-hidden:\s*([^\s;]+)/.exec(shown.getAttribute("style"));
      if (named && named[1] === id) {
        return shown.closest(".ixbrl-element") || shown;
      }
    }
    return null;
  };

  /* Each box by the weakest standing of its facts, told to whoever rests on it, and within reach of the keyboard. */
  const dress = () => {
    const order = Object.keys(STANDINGS);
    const boxes = new Map();
    for (const [id, fact] of Object.entries(facts)) {
      const box = boxOf(id);
      if (box) {
        boxes.set(box, [...(boxes.get(box) || []), fact]);
      }
    }
    for (const [box, told] of boxes) {
      const weakest = told.reduce((a, b) => (order.indexOf(b.standing) > order.indexOf(a.standing) ? b : a));
      box.classList.add(`capxbrl-${weakest.standing}`);
      box.title = told.map((f) => `${f.label}: ${f.standing}; ${f.concept}, confidence ${f.confidence}; ${f.at}`).join("\n");
      const inner = box.querySelector("[id][name]") || box;
      inner.tabIndex = 0;
      inner.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          box.click();
        }
      });
    }
  };

  let marks = [];
  const unmark = () => {
    for (const mark of marks) {
      mark.replaceWith(...mark.childNodes);
    }
    marks = [];
    for (const element of page.querySelectorAll(".capxbrl-mark, .capxbrl-marked")) {
      element.classList.remove("capxbrl-mark", "capxbrl-marked");
    }
  };
  const bring = (element) => element.scrollIntoView({ block: "center", inline: "nearest" });

  /* The texts of the page with the number of characters before each, blanks not counted, and all of them in one. */
  const textsOf = () => {
    const root = page.querySelector(".filing") || page.body;
    const walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.parentElement.closest("script, style, .ixbrl-table-handle") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    });
    const found = [];
    const words = [];
    let count = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const folded = node.data.replace(/\s+/g, "");
      if (folded) {
        found.push({ node, count });
        words.push(folded);
        count += folded.length;
      }
    }
    return { found, words: words.join("") };
  };

  /* Where the words stand that are nearest to the place they should have; -1 where the page has none such. */
  const nearest = (all, words, count) => {
    let best = -1;
    for (let at = all.indexOf(words); at >= 0; at = all.indexOf(words, at + 1)) {
      if (best < 0 || Math.abs(at - count) < Math.abs(best - count)) {
        best = at;
      }
    }
    return best;
  };

  /* Mark characters start..end of the page, blanks not counted; true where there are such. */
  const markCharacters = ({ found }, start, end) => {
    for (const { node, count } of found) {
      let at = count;
      let first = -1;
      let last = -1;
      for (let i = 0; i < node.data.length && at < end; i++) {
        if (!/\s/.test(node.data[i])) {
          first = at >= start && first < 0 ? i : first;
          last = at >= start ? i + 1 : last;
          at += 1;
        }
      }
      if (first >= 0) {
        const range = page.createRange();
        range.setStart(node, first);
        range.setEnd(node, last);
        const mark = page.createElement("span");
        mark.className = "capxbrl-mark";
        range.surroundContents(mark);
        marks.push(mark);
      }
    }
    return marks.length > 0;
  };

  const markPlace = ([count, words]) => {
    const texts = textsOf();
    const at = nearest(texts.words, words, count);
    const from = at >= 0 ? at : Math.min(count, Math.max(texts.words.length - 1, 0));
    if (!markCharacters(texts, from, from + (at >= 0 ? words.length : 1))) {
      return false;
    }
    const row = marks[0].closest("tr");
    if (row) {
      row.classList.add("capxbrl-marked");
    }
    bring(marks[0]);
    return true;
  };

  /* Lead to the place of a finding: its fact where it has one on the page, else its words. */
  const lead = (finding) => {
    unmark();
    const box = finding.fact ? boxOf(finding.fact) : null;
    if (box && !box.classList.contains("ixbrl-element-hidden")) {
      box.classList.add("capxbrl-mark");
      bring(box);
      return true;
    }
    return finding.place ? markPlace(finding.place) : false;
  };

  const select = (id) => window.postMessage(JSON.stringify({ task: "SHOW_FACT", factId: id }), "*");
  const selected = () => decodeURIComponent(location.hash).replace(/^#f\d*-/, "");

  /* --- the panel of a fact ------------------------------------------------------------------------------------------- */

  const row = (name, ...content) => make("tr", {}, make("th", { textContent: name }), make("td", {}, ...content));
  const lineOf = (number) =>
    number === null || number === undefined ? null : make("code", { className: "capxbrl-line", textContent: notes.texts[number] });

  const panel = (fact, id) => {
    const share = make("span", { className: "capxbrl-bar-of" }, make("span"));
    share.firstChild.style.width = `${Math.round(fact.confidence * 100)}%`;
    const rows = [
      row(
        "Reading",
        make("span", { className: `capxbrl-badge capxbrl-${fact.standing}`, textContent: fact.standing }),
        make("div", { className: "capxbrl-hint", textContent: STANDINGS[fact.standing] }),
      ),
      row("Confidence", share, `${fact.confidence.toFixed(2)} that the concept is right`),
      row("Reason", fact.why || "-"),
      row("Label", fact.label),
      row("Source", fact.at, lineOf(fact.line)),
    ];
    const more = [];
    const mine = findings.filter((finding) => finding.fact === id);
    if (mine.length) {
      const boxes = mine.map((f) => make("div", { className: `capxbrl-finding capxbrl-is-${f.severity}` }, ...told(f)));
      more.push(make("h4", { textContent: "Findings" }), ...boxes);
    }
    if (fact.told.length) {
      const said = fact.told.map((number) => make("li", { textContent: notes.texts[number] }));
      more.push(make("h4", { textContent: "What the reading rests on" }), make("ul", {}, ...said));
    }
    const head = make("button", { ariaExpanded: "true", textContent: "How it was read" });
    const table = make("table", { className: "property-table" }, make("tbody", {}, ...rows));
    return make(
      "div",
      { className: "collapsible-section capxbrl-read" },
      make("h3", { className: "collapsible-header" }, head),
      make("div", { className: "collapsible-body" }, table, ...more),
    );
  };

  const showFact = (body) => {
    const id = selected();
    if (facts[id] && body.firstChild && !body.querySelector(".capxbrl-read")) {
      body.prepend(panel(facts[id], id));
    }
  };

  /* --- the list of findings ------------------------------------------------------------------------------------------ */

  const told = (finding) => [
    make("div", { className: "capxbrl-where", textContent: `${finding.severity}  ${finding.at || "the filing"}  [${finding.code}]` }),
    make("div", { className: "capxbrl-message", textContent: finding.message }),
    finding.hint ? make("div", { className: "capxbrl-hint", textContent: `Remedy: ${finding.hint}` }) : null,
  ];

  const item = (finding) => {
    const leads = finding.place || finding.fact;
    const body = make(leads ? "button" : "div", {}, ...told(finding), lineOf(finding.line));
    const entry = make("li", { className: `capxbrl-is-${finding.severity}` }, body);
    if (leads) {
      body.addEventListener("click", () => {
        for (const other of document.querySelectorAll("#capxbrl-findings .capxbrl-current")) {
          other.classList.remove("capxbrl-current");
        }
        entry.classList.add("capxbrl-current");
        const close = document.getElementById("inspector-close");
        if (close && close.offsetParent) {
          close.click();
        }
        if (!lead(finding)) {
          body.append(make("div", { className: "capxbrl-where", textContent: "Its place is not on the page." }));
        }
      });
    }
    if (facts[finding.fact]) {
      const open = make("button", { className: "capxbrl-open", textContent: "How this figure was read" });
      open.addEventListener("click", () => select(finding.fact));
      entry.append(open);
    }
    return entry;
  };

  const listFindings = () => {
    const parts = [];
    for (const severity of ["error", "warning", "note"]) {
      const mine = findings.filter((finding) => finding.severity === severity);
      if (mine.length) {
        parts.push(make("h3", { textContent: counted(mine.length, severity) }), make("ul", {}, ...mine.map(item)));
      }
    }
    if (!parts.length) {
      parts.push(make("p", { textContent: "No findings: nothing in this filing needs a look." }));
    }
    return make("div", { id: "capxbrl-findings", tabIndex: -1 }, ...parts);
  };

  const addFindings = () => {
    const told = findings.filter((finding) => finding.severity !== "note").length;
    const worst = findings.length ? findings[0].severity : "note";
    const count = make("span", { className: `capxbrl-count capxbrl-${worst}`, textContent: told || findings.length });
    const tab = make("button", { id: "capxbrl-tab", textContent: "Findings" }, count);
    const tabs = document.getElementById("inspector-tabs");
    tabs.insertBefore(tab, document.getElementById("inspector-close"));
    document.getElementById("inspector").prepend(listFindings());
    const viewer = document.getElementById("ixv");
    tab.addEventListener("click", () => {
      for (const other of tabs.querySelectorAll("button")) {
        other.classList.remove("selected");
      }
      tab.classList.add("selected");
      viewer.classList.add("capxbrl-mode");
    });
    // Each other tab, and each figure that is selected, makes the ixbrl-viewer choose its tab anew.
    new MutationObserver(() => {
      viewer.classList.toggle("capxbrl-mode", tab.classList.contains("selected"));
    }).observe(tab, { attributes: true, attributeFilter: ["class"] });
  };

  /* --- the bar above the page ---------------------------------------------------------------------------------------- */

  /* A button that goes from one to the next of some things. */
  const stepper = (text, cls, number, go) => {
    const key = make("span", { className: `capxbrl-key ${cls}` });
    const button = make("button", { title: "Go to the next one" }, key, `${text} ${number}`);
    let next = 0;
    button.disabled = number === 0;
    button.addEventListener("click", () => {
      go(next % number);
      next += 1;
    });
    return button;
  };

  const colourSwitch = () => {
    const box = make("input", { type: "checkbox", checked: true });
    const set = () => page.body.classList.toggle("capxbrl-colours", box.checked);
    box.addEventListener("change", set);
    set();
    return make("label", {}, box, "Colours");
  };

  const untagged = () => {
    // The ixbrl-viewer takes the words of any tagged text for untagged; those of a short one, such as an address, are not.
    for (const element of page.querySelectorAll(".review-untagged-number, .review-untagged-date")) {
      const tag = element.closest("[contextref]");
      if (tag && tag.getAttribute("escape") !== "true") {
        element.classList.remove("review-untagged-number", "review-untagged-date");
      }
    }
    const all = [...page.querySelectorAll(".review-untagged-number")];
    for (const number of all) {
      const table = number.closest("table");
      const figure = table !== null && !number.closest("th") && table.querySelector("td .ixbrl-element, td.ixbrl-element");
      number.classList.toggle("capxbrl-in-table", Boolean(figure));
    }
    const [inside, outside] = [true, false].map((is) => all.filter((n) => n.classList.contains("capxbrl-in-table") === is));
    const go = (list) => (n) => {
      unmark();
      list[n].classList.add("capxbrl-mark");
      bring(list[n]);
    };
    const button = document.getElementById("highlight-untagged-numbers");
    if (button && !button.classList.contains("checked")) {
      button.click();
    }
    return [
      "Without a tag:",
      stepper("in tables with tags", "capxbrl-untagged", inside.length, go(inside)),
      stepper("elsewhere", "capxbrl-untagged", outside.length, go(outside)),
    ];
  };

  const addBar = () => {
    const bar = make("div", { id: "capxbrl-bar", role: "toolbar", ariaLabel: "How the figures stand" });
    const known = Object.entries(facts);
    if (known.length) {
      bar.append(colourSwitch());
      for (const standing of Object.keys(STANDINGS)) {
        const mine = known.filter(([, fact]) => fact.standing === standing).map(([id]) => id);
        const button = stepper(standing, `capxbrl-${standing}`, mine.length, (n) => select(mine[n]));
        button.title = `${STANDINGS[standing]}. Go to the next one`;
        bar.append(button);
      }
    }
    if (page.body.classList.contains("review")) {
      bar.append(make("span", { className: "capxbrl-end" }), ...untagged());
    } else {
      const link = make("button", { className: "capxbrl-end", textContent: "Show what has no tag" });
      link.addEventListener("click", () => location.assign("?review=true"));
      bar.append(link);
    }
    const pane = document.getElementById("viewer-pane");
    pane.prepend(bar);
  };

  /* --- when the ixbrl-viewer is there -------------------------------------------------------------------------------- */

  const start = () => {
    const frame = document.querySelector("#iframe-container iframe");
    const body = document.querySelector("#inspector .fact-inspector-body");
    if (!frame || !body) {
      return;
    }
    page = frame.contentDocument;
    document.head.append(make("style", { textContent: OUTSIDE }));
    const inside = page.createElement("style");
    inside.textContent = INSIDE;
    page.head.append(inside);
    dress();
    addBar();
    if (notes.facts) {
      addFindings();
    }
    new MutationObserver(() => showFact(body)).observe(body, { childList: true });
    showFact(body);
    document.body.dataset.capxbrl = "ready";
  };

  const waiting = setInterval(() => {
    if (document.getElementById("inspector") && !document.querySelector("#ixv .loader")) {
      clearInterval(waiting);
      start();
    }
  }, 100);
})();
