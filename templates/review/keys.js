// Every key, and the start.
function changed() {
  paint();
  keep();
}

const step = (by) => select(order[Math.max(0, Math.min(order.length - 1, order.indexOf(current) + by))]);
const KEYS = {
  d: () => { const n = nextInDoubt(); if (n >= 0) select(n); else tell("No line needs a look any more."); },
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  a: accept, A: acceptProved, f: flag, n: openNote, u: undo, "/": openSearch, w: openFindings, s: save,
  "?": () => dialogs.help.showModal(),
};
for (const digit of "12345") KEYS[digit] = () => { const rival = lines[current]?.rivals[digit - 1]; if (rival) choose(rival.concept); };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input, textarea, select") || (!field("keys-on").checked && event.key !== "?")) return;
  const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
  if (!act) return;
  event.preventDefault();
  act();
});
field("save").addEventListener("click", save);
field("help-button").addEventListener("click", () => dialogs.help.showModal());
field("who").addEventListener("click", () => { field("name").value = who; ask(dialogs.name, () => { who = field("name").value.trim() || who; remember("who", who); paint(); }); });

paint();
select(current);
queue.focus();
restore();
