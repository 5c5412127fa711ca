// The search page: asks the same endpoints as any other client and shows the hits. Whatever comes from an index is
// put on the page as text, never as markup.

import { MODES, ask, obstacle } from "./api.js";
import { byId, element, plural } from "./dom.js";
import { Pane } from "./pane.js";

// What to try first on the collection that the demo builds.
const EXAMPLES = {
  jdk: ["run a task after a delay", "split a string around a regular expression", "wait until all threads are done"],
};

const [form, words, chooser, modes, modeGroup, compare, reason, welcome, notice, panesNode] =
  ["form", "words", "index", "modes", "mode", "compare", "reason", "welcome", "notice", "panes"].map(byId);

let collections = [];
let chosen = ["bm25"]; // the mode of each pane
const panes = [0, 1].map((at) => new Pane((mode) => choose(mode, at)));

const collection = () => collections.find((each) => each.name === chooser.value) ?? collections[0];
const possible = () => MODES.map((mode) => mode.id).filter((mode) => obstacle(mode, collection()) === null);

// ---- Modes

function showModes() {
  modes.hidden = collections.length === 0;
  const sideBySide = chosen.length > 1;
  modeGroup.replaceChildren(...MODES.map((mode, i) => {
    const hindrance = obstacle(mode.id, collection());
    const button = element("button", "", mode.name);
    button.type = "button";
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", String(!sideBySide && chosen[0] === mode.id));
    button.dataset.mode = mode.id;
    button.title = hindrance ?? `${mode.about} (${i + 1})`;
    if (hindrance) {
      // Not `disabled`, so that the keyboard can reach the reason.
      button.setAttribute("aria-disabled", "true");
    }
    button.addEventListener("click", () => (hindrance ? explain(hindrance) : choose(mode.id)));
    return button;
  }));
  const alone = possible().length < 2;
  compare.setAttribute("aria-pressed", String(sideBySide));
  compare.setAttribute("aria-disabled", String(alone));
  compare.title = alone ? "There is only one way to search this index." : "Two lists beside each other (c)";
  panesNode.classList.toggle("side-by-side", sideBySide);
  chosen.forEach((mode, at) => panes[at].offer(collection(), mode, sideBySide));
  panesNode.replaceChildren(...chosen.map((mode, at) => panes[at].node));
}

function explain(text) {
  reason.textContent = text;
}

/** Takes a mode; for the pane at a place where both are shown. */
function choose(mode, at) {
  explain("");
  chosen = at === undefined ? [mode] : chosen.map((each, i) => (i === at ? mode : each));
  showModes();
  go();
}

function toggleCompare() {
  const ways = possible();
  if (ways.length < 2) {
    explain(compare.title);
    return;
  }
  explain("");
  const other = ["rrf", "linear", "sparse", "bm25"].find((mode) => ways.includes(mode) && mode !== chosen[0]);
  chosen = chosen.length > 1 ? [chosen[0]] : [chosen[0], other];
  showModes();
  go();
}

/** After another index: modes that it can do. */
function fitModes() {
  const ways = possible();
  chosen = chosen.filter((mode) => ways.includes(mode));
  if (chosen.length === 0 && ways.length > 0) {
    chosen = [ways[0]];
  }
}

// ---- Searching

async function run() {
  const query = words.value.trim();
  notice.hidden = true;
  if (!query || collections.length === 0) {
    panes.forEach((pane) => pane.clear());
    panesNode.hidden = true;
    document.title = "Skiff";
    welcome.hidden = false;
    return;
  }
  welcome.hidden = true;
  if (chosen.length === 0) {
    tell("Nothing to search yet", obstacle(MODES[0].id, collection()));
    return;
  }
  panesNode.hidden = false;
  document.title = `${query} · Skiff`;
  await Promise.all(chosen.map((mode, at) => panes[at].run({ mode, collection: collection(), query })));
  markOthers();
}

function tell(title, text) {
  notice.replaceChildren(element("h2", "", title), element("p", "", text));
  notice.hidden = false;
}

/** A hit of one list shows where it stands in the other. */
function markOthers() {
  if (chosen.length < 2) {
    return;
  }
  const lists = chosen.map((mode, at) => [...panes[at].hits.children]);
  lists.forEach((items, at) => items.forEach((item, rank) => {
    const there = lists[1 - at].findIndex((other) => other.dataset.id === item.dataset.id);
    const moved = there - rank;
    const text = there < 0 ? "only here" : moved === 0 ? "=" : `${moved > 0 ? "▲" : "▼"} ${Math.abs(moved)}`;
    item.querySelector(".moved")?.remove();
    const mark = element("span", `moved ${there < 0 ? "alone" : ""}`, text);
    mark.title = there < 0 ? "Not among these hits of the other list" : `Number ${there + 1} of the other list`;
    item.querySelector(".rank").after(mark);
  }));
}

function address() {
  const parameters = new URLSearchParams();
  if (words.value.trim()) {
    parameters.set("q", words.value.trim());
  }
  if (collections.length > 1 && chooser.value) {
    parameters.set("index", chooser.value);
  }
  if (chosen.join() !== possible()[0]) {
    parameters.set("mode", chosen.join());
  }
  const query = parameters.toString();
  return query ? `/?${query}` : "/";
}

function readAddress() {
  const parameters = new URLSearchParams(location.search);
  words.value = parameters.get("q") ?? "";
  const wanted = parameters.get("index");
  if (collections.some((each) => each.name === wanted)) {
    chooser.value = wanted;
  }
  chosen = [...new Set((parameters.get("mode") ?? "").split(","))].slice(0, 2);
  if (collections.length > 0) {
    fitModes();
    showModes();
  }
}

function go() {
  if (address() !== location.pathname + location.search) {
    history.pushState(null, "", address());
  }
  run();
}

// ---- The start

function fillWelcome(all) {
  if (collections.length === 0) {
    const vectors = all.length > 0;
    welcome.append(
      element("h1", "", vectors ? "Vectors only" : "No index yet"),
      element("p", "", vectors
        ? "The indexes here hold vectors that were made elsewhere, so there are no words to search. They answer to"
          + " sparse_vector queries:"
        : "Build one into the folder that this server serves, and start the server again:"),
      element("pre", "", vectors
        ? `curl '${location.origin}/${all[0].name}/_search' -H 'Content-Type: application/json' \\\n`
          + `  -d '{"query": {"sparse_vector": {"field": "${all[0].fields[0]?.name ?? "FIELD"}",`
          + " \"query_vector\": {\"token\": 1.0}}}}'"
        : "skiff index --index DATA/name corpus.jsonl\nskiff serve --data DATA"));
    return;
  }
  const documents = collections.reduce((sum, each) => sum + each.documents, 0);
  welcome.append(element("h1", "", `Search ${plural(documents, "document", "documents")}`));
  welcome.append(element("ul", "collections", ...collections.map((each) => {
    const button = element("button", "", each.name, element("span", "", plural(each.documents, "document", "documents")));
    button.type = "button";
    button.addEventListener("click", () => {
      chooser.value = each.name;
      changeIndex();
      words.focus();
    });
    return element("li", "", button);
  })));
  collections.forEach((each) => fillExamples(each, EXAMPLES[each.name] ?? []));
  const first = largest();
  welcome.append(
    element("p", "", "The same from a shell:"),
    element("pre", "", `curl '${location.origin}/${encodeURIComponent(first.name)}/_search?pretty' \\\n`
      + "  -H 'Content-Type: application/json' \\\n"
      + `  -d '{"query": {"match": {"${first.text_field}": "your words"}}}'`));
}

function fillExamples(of, queries) {
  if (queries.length > 0) {
    welcome.append(element("p", "", "Try:"), element("ul", "examples", ...queries.map((query) => {
      const link = element("a", "", query);
      link.href = `/?${new URLSearchParams({ q: query, index: of.name })}`;
      return element("li", "", link);
    })));
  }
}

function largest() {
  return collections.reduce((best, next) => (next.documents > best.documents ? next : best));
}

function changeIndex() {
  explain("");
  fitModes();
  showModes();
}

// ---- The keyboard

function move(step) {
  const here = document.activeElement;
  const pane = panes.find((each) => each.node.contains(here)) ?? panes[0];
  const items = [...pane.hits.children];
  const at = items.indexOf(here.closest(".hit"));
  if (items.length === 0 || (at < 0 && (here !== words || step < 0))) {
    return false;
  }
  const next = at + step;
  if (next < 0) {
    words.focus();
  } else {
    (items[next] ?? (pane.more.hidden ? items.at(-1) : pane.more)).focus();
  }
  return true;
}

function onKey(event) {
  const typing = event.target.matches?.("input, select, textarea");
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const mode = MODES[Number(event.key) - 1];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.tagName !== "SELECT" && move(event.key === "ArrowDown" ? 1 : -1)) {
      event.preventDefault();
    }
  } else if (event.key === "Escape" && panesNode.contains(document.activeElement)) {
    words.focus();
  } else if (plain && !typing && collections.length > 0) {
    if (event.key === "/") {
      event.preventDefault();
      words.focus();
      words.select();
    } else if (event.key === "c") {
      toggleCompare();
    } else if (mode) {
      modeGroup.querySelector(`[data-mode=${mode.id}]`).click();
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});
chooser.addEventListener("change", () => {
  changeIndex();
  go();
});
words.addEventListener("search", () => {
  if (!words.value) {
    form.requestSubmit();
  }
});
compare.addEventListener("click", toggleCompare);
addEventListener("popstate", () => {
  readAddress();
  run();
});
addEventListener("keydown", onKey);

async function start() {
  try {
    const all = (await ask("/_skiff/collections")).body.collections;
    collections = all.filter((each) => each.fields.some((field) => field.kind !== "vectors"));
    chooser.append(...collections.map((each) => new Option(each.name, each.name)));
    chooser.hidden = collections.length < 2;
    words.disabled = collections.length === 0;
    if (collections.length > 0) {
      chooser.value = largest().name;
    }
    fillWelcome(all);
  } catch (failure) {
    tell("That did not work", failure.message);
    return;
  }
  readAddress();
  if (!words.value) {
    words.focus();
  }
  await run();
}

start();
