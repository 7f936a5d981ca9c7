// The journal leaves the page: as two files, or, where the page is served, to the folder by itself.
const DRAFT = `capxbrl-review:${data.filings[data.filing].sha256}`;
const remembered = (name) => { try { return localStorage.getItem(`capxbrl-${name}`); } catch { return null; } };
const remember = (name, text) => { try { localStorage.setItem(`capxbrl-${name}`, text); } catch { /* not allowed here */ } };

function journal() {
  const all = [...data.entries, ...session.map((one) => one.entry)];
  const rows = (items) => items.map((one) => `  ${JSON.stringify(one)}`).join(",\n");
  return `{"schema": "${data.schema}",\n "filings": [\n${rows(data.filings)}\n ],\n "entries": [\n${rows(all)}\n ]}\n`;
}

// A cell that no spreadsheet takes for a formula, quoted where it must be.
function cell(text) {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// A row of overrides for each line whose concept was chosen.
function overrides() {
  const done = new Map();
  for (const entry of [...data.entries, ...session.map((one) => one.entry)]) {
    if (entry.filing !== data.filing) continue;
    const { statement, label, under, nth } = entry.line, key = JSON.stringify([statement, label, under, nth]);
    done.set(key, [...(done.get(key) || []), entry]);
  }
  const rows = [];
  for (const entries of done.values()) {
    const last = entries[entries.length - 1], { statement, label, under } = last.line;
    const chosen = entries.some((one) => one.action === "choose" && one.after.concept === last.after.concept);
    if (chosen) rows.push([statement, label, under, last.after.concept, "", `chosen by ${last.who} on ${last.when.slice(0, 10)}`].map(cell).join(","));
  }
  return ["statement,label,under,concept,negate,note", ...rows].join("\n") + "\n";
}

function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function save() {
  if (data.served) return send();
  download("review.json", journal(), "application/json");
  download("overrides.csv", overrides(), "text/csv");
  saved = session.length;
  forget();
  tell("review.json and overrides.csv are in your downloads");
}

// What is not saved yet outlives the page in the browser, where that is allowed.
function forget() { try { localStorage.removeItem(DRAFT); } catch { /* not allowed here */ } }
function keep() {
  if (data.served) return send();
  const draft = session.map(({ entry, line, batch }) => ({ entry, line, batch }));
  try { localStorage.setItem(DRAFT, JSON.stringify({ base: data.entries.length, draft })); } catch { /* not allowed here */ }
}

function restore() {
  let found = null;
  try { found = JSON.parse(localStorage.getItem(DRAFT)); } catch { /* none, or damaged */ }
  if (data.served || !found || found.base !== data.entries.length || !found.draft?.length) return;
  field("draft-text").textContent = `${found.draft.length} entries of an earlier visit were not saved.`;
  ask(dialogs.draft, () => {
    session.push(...found.draft.filter((one) => lines[one.line]));
    who = who || session[session.length - 1].entry.who;
    batches = Math.max(0, ...session.map((one) => one.batch));
    paint();
    select(current);
  }, forget);
}

let sending = false;
async function send() {
  if (sending || saved === session.length) return;
  sending = true;
  const upto = session.length;
  try {
    const answer = await fetch(`entries${location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ base: data.entries.length + saved, filing: data.filings[data.filing], entries: session.slice(saved, upto).map((one) => one.entry) }),
    });
    if (!answer.ok) throw new Error((await answer.json()).detail || answer.statusText);
    saved = upto;
    field("save").textContent = "Saved";
  } catch (error) {
    field("save").textContent = "Not saved";
    tell(`Not saved: ${error.message}`);
    return;
  } finally {
    sending = false;
  }
  if (saved < session.length) send();
}

window.addEventListener("beforeunload", (event) => { if (saved < session.length) event.preventDefault(); });
