// The filing, its figures coloured, and the list of its lines.
const shadow = document.getElementById("filing").shadowRoot;
const queue = document.getElementById("queue");
const figures = new Map(); // line -> its figures on the page
for (const figure of shadow.querySelectorAll(".v[data-l]")) {
  const n = Number(figure.dataset.l);
  if (!figures.has(n)) figures.set(n, []);
  figures.get(n).push(figure);
}
shadow.addEventListener("click", (event) => {
  const row = event.target.closest(".v[data-l]") || event.target.closest("tr")?.querySelector(".v[data-l]");
  if (row) select(Number(row.dataset.l));
});

const MARKS = { unseen: "", accepted: "✓", changed: "✎", flagged: "⚑", noted: "·" };
const WORST = ["untagged", "doubtful", "stated", "proved"];
const worst = (line) => WORST.find((reading) => line.facts.some((f) => f.reading === reading)) || "stated";

function element(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") made.textContent = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== null && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const options = order.map((n) => {
  const mark = element("span", { class: "mark", "aria-hidden": "true" });
  const option = element("li", { role: "option", id: `line-${n}`, "aria-selected": "false" },
    mark, element("span", { class: `dot ${worst(lines[n])}`, "aria-hidden": "true" }), element("span", { text: lines[n].name }));
  option.addEventListener("click", () => select(n));
  queue.append(option);
  return { n, option, mark };
});

function paint() {
  for (const { n, option, mark } of options) {
    const { state } = standing(n);
    mark.textContent = MARKS[state];
    option.classList.toggle("done", isDecided(n));
    option.classList.toggle("look", needsLook(n) && !isDecided(n));
    option.setAttribute("aria-label", `${lines[n].name}, ${worst(lines[n])}, ${state}`);
    for (const figure of figures.get(n) || []) {
      figure.classList.toggle("done", isDecided(n));
      figure.classList.toggle("flagged", state === "flagged");
    }
  }
  const done = order.filter(isDecided).length, doubts = order.filter((n) => needsLook(n) && !isDecided(n)).length;
  document.getElementById("bar").style.width = `${order.length ? (100 * done) / order.length : 0}%`;
  const progress = document.getElementById("progress");
  progress.setAttribute("aria-valuemax", order.length);
  progress.setAttribute("aria-valuenow", done);
  document.getElementById("count").textContent = `${done} of ${order.length} lines decided, ${doubts} to look at`;
  document.getElementById("who").textContent = who || "Who reviews?";
}

function select(n) {
  if (n < 0) return;
  current = n;
  for (const marked of shadow.querySelectorAll(".sel, .selrow")) marked.classList.remove("sel", "selrow");
  for (const figure of figures.get(n) || []) {
    figure.classList.add("sel");
    figure.closest("tr")?.classList.add("selrow");
  }
  for (const { n: other, option } of options) {
    option.setAttribute("aria-selected", String(other === n));
    if (other === n) {
      queue.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }
  const own = figures.get(n) || [];
  (own.find((figure) => !figure.classList.contains("said")) || own[0])?.scrollIntoView({ block: "center", inline: "nearest" });
  showPanel();
}
