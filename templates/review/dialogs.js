// What a person does to the line at hand, and the dialogs that ask for more.
const dialogs = Object.fromEntries(["name", "note", "search", "draft"].map((name) => [name, document.getElementById(`${name}-dialog`)]));
dialogs.help = document.getElementById("help");
const field = (id) => document.getElementById(id);
const tell = (text) => { field("status").textContent = text; };
for (const close of document.querySelectorAll("button.close")) close.addEventListener("click", () => close.closest("dialog").close());

// Open a dialog; `done` is called where it was confirmed, `dropped` where another button was taken. Not on the event
// "close", which comes after the next key.
function ask(dialog, done, dropped = () => {}) {
  dialog.querySelector("form").onsubmit = (event) => {
    event.preventDefault();
    dialog.close();
    if (event.submitter?.value === "drop") dropped();
    else done();
  };
  dialog.showModal();
}

// An entry needs a name: ask for it once, then go on.
function named(act) {
  if (who) return act();
  field("name").value = remembered("who") || "";
  ask(dialogs.name, () => {
    who = field("name").value.trim();
    if (!who) return;
    remember("who", who);
    paint();
    act();
  });
}

function goOn() {
  const n = nextOpen();
  if (n >= 0) select(n);
  else {
    select(current);
    tell("Every line is decided. s saves the journal.");
  }
}

function accept() {
  if (current < 0) return;
  named(() => {
    tell(`${lines[current].name}: accepted`);
    record([[current, "accept", { state: "accepted" }, null]]);
    goOn();
  });
}

function acceptProved() {
  const sure = order.filter((n) => standing(n).state === "unseen" && !needsLook(n) && lines[n].rank === 3
    && (lines[n].confidence === null || lines[n].confidence >= SURE));
  if (!sure.length) return tell("No unseen line is proved and sure.");
  named(() => {
    record(sure.map((n) => [n, "accept", { state: "accepted" }, null]));
    tell(`${sure.length} lines that are proved and sure: accepted`);
    goOn();
  });
}

function choose(concept) {
  const line = lines[current];
  if (!line || !line.types.length) return tell("The concept of this line is not a choice.");
  if (!/[\p{L}\p{N}]/u.test(line.key.label)) return tell("A line without words cannot be found again: its concept cannot be chosen.");
  if (concept === standing(current).concept && concept === line.concept) return accept();
  named(() => {
    tell(`${line.name}: ${concept} chosen`);
    record([[current, "choose", { state: "changed", concept }, null]]);
    goOn();
  });
}

function flag() {
  if (current < 0) return;
  named(() => {
    const state = standing(current).state === "flagged" ? "unseen" : "flagged";
    record([[current, "flag", { state }, null]]);
    tell(`${lines[current].name}: ${state === "flagged" ? "flagged" : "no longer flagged"}`);
    select(current);
  });
}

function openNote() {
  if (current < 0) return;
  named(() => {
    field("note-of").textContent = lines[current].name;
    field("note").value = standing(current).note;
    ask(dialogs.note, () => {
      const { state } = standing(current);
      record([[current, "note", { state: state === "unseen" ? "noted" : state, note: field("note").value.trim() }, null]]);
      tell(`${lines[current].name}: noted`);
      select(current);
    });
  });
}
field("note").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field("note-ok").click();
});

function undo() {
  const done = undoable();
  if (!done.length) return tell("Nothing of this visit is left to undo.");
  record(done.map((one) => [one.line, "undo", { ...one.entry.before }, one.entry.number]));
  tell(`${lines[done[0].line].name}: undone${done.length > 1 ? `, with ${done.length - 1} more` : ""}`);
  select(done[0].line);
}

// --- the findings of the whole filing ---------------------------------------------------------------------------------
const findingsButton = field("findings-button");
findingsButton.append(`${data.findings.length} findings `, element("kbd", { text: "w" }));
findingsButton.hidden = !data.findings.length;
for (const one of data.findings) {
  field("findings").append(element("li", {},
    element("p", { class: one.severity, text: `${one.severity}: ${one.message}` }),
    element("p", { class: "dim", text: [one.at, one.code, one.hint].filter(Boolean).join(" · ") })));
}
const openFindings = () => { if (data.findings.length) field("findings-dialog").showModal(); };
findingsButton.addEventListener("click", openFindings);

// --- the taxonomy -----------------------------------------------------------------------------------------------------
const MOST = 12;
let hits = [], hit = 0;
const split = (name) => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();

// The concepts that fit a line and have every word, those first that have them in their name.
function search(line, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [];
  for (const [name, [label, definition, type, period]] of Object.entries(data.concepts)) {
    if (!line.types.includes(type) || period !== line.period) continue;
    const called = `${name.toLowerCase()} ${split(name)} ${label.toLowerCase()}`, told = definition.toLowerCase();
    if (!words.every((word) => called.includes(word) || told.includes(word))) continue;
    const misses = words.filter((word) => !called.includes(word)).length;
    found.push([misses, name.length, name]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  const own = /^ext:[A-Z][A-Za-z0-9]{0,199}$/.test(query.trim()) ? [query.trim()] : [];
  return [...own, ...found.slice(0, MOST).map((one) => one[2])];
}

function showHits() {
  hits = search(lines[current], field("search").value);
  hit = Math.min(hit, Math.max(0, hits.length - 1));
  field("hits").replaceChildren(...hits.map((name, i) => {
    const [label, definition, , , balance] = data.concepts[name] || ["an element of the company's own", "", "", "", ""];
    return element("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === hit), on: { click: () => take(i) } },
      element("b", { text: name }), element("span", { class: "dim", text: ` ${label}${balance ? `, ${balance}` : ""}` }), element("p", { text: definition }));
  }));
  if (hits.length) field("search").setAttribute("aria-activedescendant", `hit-${hit}`);
  else field("search").removeAttribute("aria-activedescendant");
  field(`hit-${hit}`)?.scrollIntoView({ block: "nearest" });
}

function take(i) {
  dialogs.search.close();
  if (hits[i]) choose(hits[i]);
}

function openSearch() {
  if (current < 0 || !lines[current].types.length) return tell("The concept of this line is not a choice.");
  field("search-of").textContent = lines[current].name;
  field("search").value = "";
  hit = 0;
  dialogs.search.showModal();
  showHits();
}
field("search").addEventListener("input", () => { hit = 0; showHits(); });
field("search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    hit = Math.max(0, Math.min(hits.length - 1, hit + (event.key === "ArrowDown" ? 1 : -1)));
    showHits();
  } else if (event.key === "Enter") take(hit);
  else return;
  event.preventDefault();
});
