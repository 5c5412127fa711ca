// The search page: asks the same endpoints as any other client and shows the hits. Whatever comes from an index is
// put on the page as text, never as markup.

import { matcherOf, passage, pieces } from "./snippet.js";

const PAGE_SIZE = 10;
const MAX_HITS = 10_000;
const BADGES = ["kind", "module", "package"];
const TITLES = ["title", "name", "headline", "signature", "url"];
const BODIES = ["text", "contents", "body", "abstract", "description", "content", "passage"];

// What to try first on the collection that the demo builds.
const EXAMPLES = {
  jdk: ["run a task after a delay", "split a string around a regular expression", "wait until all threads are done"],
};

const byId = (id) => document.getElementById(id);
const [form, words, chooser, status, welcome, notice, hits, more] =
  ["form", "words", "index", "status", "welcome", "notice", "hits", "more"].map(byId);

let collections = [];
let shown = { query: "", index: "", count: 0, total: 0 };
let running = null;

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) {
    node.className = className;
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  return node;
}

function appendMarked(node, text, matches) {
  for (const [piece, marked] of pieces(text, matches)) {
    node.append(marked ? element("mark", "", piece) : piece);
  }
  return node;
}

// A signature may be longer than a line: lets it break between the parts of a name.
function appendSignature(node, text, matches) {
  for (const part of text.split(/(?<=[.(,])|(?<=\p{Ll})(?=\p{Lu})/u)) {
    appendMarked(node, part, matches).append(element("wbr"));
  }
}

const number = (value) => value.toLocaleString("en-US");
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

function milliseconds(value) {
  return value < 10 ? `${value.toFixed(value < 1 ? 2 : 1)} ms` : `${number(Math.round(value))} ms`;
}

// ---- Talking to the server

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Error("The server does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Error(body?.error?.reason ?? `The server answered with status ${response.status}.`);
  }
  return { response, body };
}

function searchMillis(response, body) {
  const timing = /search;dur=([\d.]+)/.exec(response.headers.get("Server-Timing") ?? "");
  return timing ? Number(timing[1]) : body.took;
}

async function search(query, index, from) {
  const collection = collections.find((candidate) => candidate.name === index);
  running?.abort();
  running = new AbortController();
  const started = performance.now();
  const { response, body } = await ask(`/${encodeURIComponent(index)}/_search`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ query: { match: { [collection.text_field]: query } }, from, size: PAGE_SIZE }),
    signal: running.signal,
  });
  return { body, tookMs: searchMillis(response, body), tripMs: performance.now() - started };
}

// ---- Showing hits

function firstText(source, names) {
  return names.map((name) => source[name]).find((value) => typeof value === "string" && value.trim() !== "");
}

function shownHit(hit, rank, best, matches) {
  const source = hit._source ?? {};
  const title = firstText(source, TITLES);
  const text = firstText(source, BODIES) ?? (title ? "" : JSON.stringify(source));

  const item = element("li", "hit");
  item.tabIndex = 0;

  const head = element("div", "head");
  head.append(element("span", "rank", String(rank)));
  const heading = element("h2", source.kind ? "code" : "");
  (source.kind ? appendSignature : appendMarked)(heading, title ?? hit._id, matches);
  head.append(heading, score(hit._score, best));
  item.append(head);

  const snippet = appendMarked(element("p", "snippet"), passage(text, matches), matches);
  const whole = element("p", "whole");
  whole.hidden = true;
  if (text) {
    item.append(snippet, whole);
  }

  const facts = element("div", "facts");
  for (const name of BADGES) {
    if (typeof source[name] === "string" && source[name]) {
      facts.append(element("span", `badge ${name}`, source[name]));
    }
  }
  facts.append(element("span", "id", hit._id));
  item.append(facts);

  const toggle = () => {
    const open = whole.hidden;
    if (open && !whole.hasChildNodes()) {
      appendMarked(whole, text, matches);
    }
    whole.hidden = !open;
    snippet.hidden = open;
  };
  item.addEventListener("click", () => {
    if (!String(getSelection())) {
      toggle();
    }
  });
  item.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === item) {
      event.preventDefault();
      toggle();
    }
  });
  return item;
}

function score(value, best) {
  const node = element("span", "score");
  node.title = `score ${value}`;
  const meter = element("span", "meter");
  const filled = element("i");
  filled.style.width = `${Math.round((100 * value) / best)}%`;
  meter.append(filled);
  node.append(meter, element("span", "", value.toFixed(2)));
  return node;
}

function showHits(result, query, index, from) {
  const found = result.body.hits;
  const matches = matcherOf(query);
  if (from === 0) {
    hits.replaceChildren();
    const total = `${found.total.relation === "gte" ? "at least " : ""}${plural(found.total.value, "hit", "hits")}`;
    status.replaceChildren(
      element("strong", "", total),
      ` · search ${milliseconds(result.tookMs)} · round trip ${milliseconds(result.tripMs)}`,
    );
  }
  const best = from === 0 ? found.max_score : shown.best;
  hits.append(...found.hits.map((hit, i) => shownHit(hit, from + i + 1, best, matches)));
  shown = { query, index, best, count: from + found.hits.length, total: found.total.value };
  more.hidden = shown.count >= Math.min(shown.total, MAX_HITS - PAGE_SIZE) || found.hits.length === 0;
  if (found.total.value === 0) {
    status.replaceChildren();
    tell("Nothing found", `No document of “${index}” has any of these words. Other words for the same thing may help.`);
  }
}

function tell(title, text, className = "") {
  notice.className = className;
  notice.replaceChildren(element("h2", "", title), element("p", "", text));
  notice.hidden = false;
}

// ---- What happens when

async function run(from = 0) {
  const query = words.value.trim();
  const index = from === 0 ? chooser.value : shown.index;
  notice.hidden = true;
  if (!query) {
    running?.abort();
    hits.replaceChildren();
    status.replaceChildren();
    more.hidden = true;
    showWelcome();
    return;
  }
  welcome.hidden = true;
  document.title = `${query} · Skiff`;
  document.body.classList.add("busy");
  try {
    showHits(await search(from === 0 ? query : shown.query, index, from), from === 0 ? query : shown.query, index, from);
  } catch (failure) {
    if (failure.name === "AbortError") {
      return;
    }
    if (from === 0) {
      hits.replaceChildren();
      more.hidden = true;
    }
    status.replaceChildren();
    tell("That did not work", failure.message, "failed");
  }
  document.body.classList.remove("busy");
}

function address() {
  const parameters = new URLSearchParams();
  if (words.value.trim()) {
    parameters.set("q", words.value.trim());
  }
  if (collections.length > 1 && chooser.value) {
    parameters.set("index", chooser.value);
  }
  const query = parameters.toString();
  return query ? `/?${query}` : "/";
}

function readAddress() {
  const parameters = new URLSearchParams(location.search);
  words.value = parameters.get("q") ?? "";
  const wanted = parameters.get("index");
  if (collections.some((collection) => collection.name === wanted)) {
    chooser.value = wanted;
  }
}

function showWelcome() {
  document.title = "Skiff";
  welcome.hidden = false;
}

function fillWelcome(all) {
  const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
  if (all.length === 0) {
    welcome.append(
      element("h1", "", "No index yet"),
      element("p", "", "Build one into the folder that this server serves, and start the server again:"),
      element("pre", "", "skiff index --index DATA/name corpus.jsonl\nskiff serve --data DATA"),
    );
    return;
  }
  if (collections.length === 0) {
    welcome.append(
      element("h1", "", "Vectors only"),
      element("p", "", "The indexes here hold vectors that were made elsewhere, so there are no words to search."
        + " They answer to sparse_vector queries:"),
      element("pre", "", `curl '${location.origin}/${all[0].name}/_search' -H 'Content-Type: application/json' \\\n`
        + `  -d '{"query": {"sparse_vector": {"field": "${all[0].fields[0]?.name ?? "FIELD"}", "query_vector": {"token": 1.0}}}}'`),
    );
    return;
  }
  welcome.append(element("h1", "", `Search ${plural(documents, "document", "documents")}`));
  const list = element("ul", "collections");
  for (const collection of collections) {
    const item = element("li");
    const button = element("button", "", collection.name);
    button.type = "button";
    button.append(element("span", "", plural(collection.documents, "document", "documents")));
    button.addEventListener("click", () => {
      chooser.value = collection.name;
      words.focus();
    });
    item.append(button);
    list.append(item);
  }
  welcome.append(list);
  for (const collection of collections) {
    fillExamples(collection, EXAMPLES[collection.name] ?? []);
  }
  const first = largest();
  welcome.append(
    element("p", "", "The same from a shell:"),
    element("pre", "", `curl '${location.origin}/${encodeURIComponent(first.name)}/_search?pretty' \\\n`
      + "  -H 'Content-Type: application/json' \\\n"
      + `  -d '{"query": {"match": {"${first.text_field}": "your words"}}}'`),
  );
}

function fillExamples(collection, queries) {
  if (queries.length === 0) {
    return;
  }
  const list = element("ul", "examples");
  for (const query of queries) {
    const item = element("li");
    const link = element("a", "", query);
    link.href = `/?${new URLSearchParams({ q: query, index: collection.name })}`;
    item.append(link);
    list.append(item);
  }
  welcome.append(element("p", "", "Try:"), list);
}

function largest() {
  return collections.reduce((best, next) => (next.documents > best.documents ? next : best));
}

function move(step) {
  const items = [...hits.children];
  if (items.length === 0) {
    return false;
  }
  const at = items.indexOf(document.activeElement);
  const next = at + step;
  if (at < 0 && (document.activeElement !== words || step < 0)) {
    return false;
  }
  if (next < 0) {
    words.focus();
  } else {
    (items[next] ?? (more.hidden ? items.at(-1) : more)).focus();
  }
  return true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (address() !== location.pathname + location.search) {
    history.pushState(null, "", address());
  }
  run();
});
chooser.addEventListener("change", () => form.requestSubmit());
words.addEventListener("search", () => {
  if (!words.value) {
    form.requestSubmit();
  }
});
more.addEventListener("click", async () => {
  const before = shown.count;
  await run(before);
  hits.children[before]?.focus();
});
addEventListener("popstate", () => {
  readAddress();
  run();
});
addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    words.focus();
    words.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target !== chooser && move(event.key === "ArrowDown" ? 1 : -1)) {
      event.preventDefault();
    }
  } else if (event.key === "Escape" && hits.contains(document.activeElement)) {
    words.focus();
  }
});

async function start() {
  try {
    const all = (await ask("/_skiff/collections")).body.collections;
    collections = all.filter((collection) => collection.text_field !== null);
    chooser.append(...collections.map((collection) => new Option(collection.name, collection.name)));
    chooser.hidden = collections.length < 2;
    if (collections.length > 0) {
      chooser.value = largest().name;
    }
    words.disabled = collections.length === 0;
    fillWelcome(all);
  } catch (failure) {
    tell("That did not work", failure.message, "failed");
    return;
  }
  readAddress();
  if (!words.value) {
    words.focus();
  }
  await run();
}

start();
