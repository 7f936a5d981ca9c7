// The journal and what it says of each line. Entries are only ever added.
const data = JSON.parse(document.getElementById("data").textContent);
const lines = data.lines;
const order = lines.map((_, n) => n).sort((a, b) => lines[a].rank - lines[b].rank || a - b);
const session = []; // {entry, line, batch} of this visit
let batches = 0, saved = 0, current = order.length ? order[0] : -1, who = data.reviewer;

const DECIDED = ["accepted", "changed"];
const SURE = 0.9;

// How a line stands: {state, concept, note, who, when}.
function standing(n) {
  for (let i = session.length - 1; i >= 0; i--) {
    if (session[i].line === n) return { ...session[i].entry.after, who: session[i].entry.who, when: session[i].entry.when };
  }
  return { ...lines[n].state, ...(lines[n].by || {}) };
}

const isDecided = (n) => DECIDED.includes(standing(n).state);
const needsLook = (n) => lines[n].rank <= 1 || lines[n].changes.length > 0 || standing(n).state === "flagged";

function entryFor(n, action, after, undoes = null, when = new Date().toISOString()) {
  const line = lines[n], { state, concept, note } = standing(n);
  return {
    number: data.entries.length + session.length + 1,
    filing: data.filing,
    when, who, action,
    line: { ...line.key, at: line.at, concept: line.concept },
    facts: line.facts.map((f) => ({
      concept: f.concept, period: f.period, dimensions: f.dimensions, unit: f.unit, value: f.value, decimals: f.decimals,
      hash: f.hash, own: f.own,
    })),
    before: { state, concept, note },
    after: { state, concept, note, ...after },
    undoes,
  };
}

// Add entries to the journal: [[line, action, what is new, entry that is undone]], all of one key.
function record(done) {
  const when = new Date().toISOString();
  batches += 1;
  for (const [n, action, after, undoes] of done) {
    session.push({ entry: entryFor(n, action, after, undoes, when), line: n, batch: batches });
  }
  changed();
}

// The last batch that is not undone yet, as it is to be undone.
function undoable() {
  const undone = new Set(session.map((one) => one.entry.undoes).filter((number) => number !== null));
  const left = session.filter((one) => one.entry.action !== "undo" && !undone.has(one.entry.number));
  const batch = left.length ? left[left.length - 1].batch : 0;
  return left.filter((one) => one.batch === batch).reverse();
}

// The next line in the order of the review from the current one on, around the end, that is asked for; -1: none.
function next(wanted) {
  const at = order.indexOf(current);
  for (let i = 1; i <= order.length; i++) {
    const n = order[(at + i) % order.length];
    if (wanted(n)) return n;
  }
  return -1;
}

const nextInDoubt = () => next((n) => needsLook(n) && !isDecided(n));
const nextOpen = () => {
  const doubt = nextInDoubt();
  return doubt >= 0 ? doubt : next((n) => !isDecided(n));
};
