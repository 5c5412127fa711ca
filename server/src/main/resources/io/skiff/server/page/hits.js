// A hit: title, the passage that tells most, the whole text on demand, and why it is here.

import { bar, element, short } from "./dom.js";
import { explained } from "./tip.js";
import { why } from "./why.js";

const BADGES = ["kind", "module", "package"];
const TITLES = ["title", "name", "headline", "signature", "url"];
const BODIES = ["text", "contents", "body", "abstract", "description", "content", "passage"];
const BEGINNING_CHARS = 240;
const SHOWN_EXPANSIONS = 6;

function textOf(value) {
  return Array.isArray(value) ? value.find((each) => typeof each === "string") : value;
}

/** The first of some members that is a text. */
function member(source, names) {
  return names.find((name) => typeof textOf(source[name]) === "string" && textOf(source[name]).trim() !== "");
}

/** What the words of a hit have done, as far as a text of it shows. */
class Marks {
  constructor(hit) {
    const contributions = hit._skiff?.contributions ?? [];
    this.words = hit._skiff?.words ?? {};
    this.total = contributions.reduce((sum, each) => sum + each.score, 0);
    this.largest = Math.max(0, ...Object.values(this.words)
      .flatMap((texts) => texts.flatMap((text) => text.words.map((word) => word.score))));
  }

  of(name) {
    return this.words[name]?.[0];
  }

  /** Appends a part of a member's text. */
  append(node, name, text, from, to, plain = (piece) => [piece]) {
    let at = from;
    for (const word of this.of(name)?.words ?? []) {
      if (word.start >= at && word.end <= to) {
        node.append(...plain(text.slice(at, word.start)));
        node.append(explained(text.slice(word.start, word.end), word, this.total, this.largest));
        at = word.end;
      }
    }
    node.append(...plain(text.slice(at, to)));
    return node;
  }
}

// A signature may be longer than a line: lets it break between the parts of a name.
function breakable(text) {
  return text.split(/(?<=[.(,])|(?<=\p{Ll})(?=\p{Lu})/u).flatMap((part) => [part, element("wbr")]);
}

function beginning(text) {
  if (text.length <= BEGINNING_CHARS) {
    return text.length;
  }
  const blank = text.lastIndexOf(" ", BEGINNING_CHARS);
  return blank > 0 ? blank : BEGINNING_CHARS;
}

function snippet(marks, name, text) {
  const node = element("p", "snippet");
  const passage = marks.of(name)?.passages[0] ?? { start: 0, end: beginning(text) };
  node.append(passage.start > 0 ? "… " : "");
  marks.append(node, name, text, passage.start, passage.end);
  node.append(passage.end < text.length ? " …" : "");
  return node;
}

function score(hit, best) {
  const node = element("span", "score", bar(best > 0 ? hit._score / best : 0), element("span", "", short(hit._score)));
  node.title = `score ${hit._score}`;
  return node;
}

function expansions(hit) {
  const all = hit._skiff?.expansions ?? [];
  if (all.length === 0) {
    return null;
  }
  const node = element("div", "expansions", element("span", "label", "Matched without standing there:"));
  for (const each of all.slice(0, SHOWN_EXPANSIONS)) {
    const words = [...new Set(each.words.map((place) => place.word))];
    const chip = element("span", "chip", bar(each.score / all[0].score, "small"), each.token);
    chip.title = `${each.field}: ${short(each.score)}${words.length ? `, from ${words.join(", ")}` : ""}`;
    node.append(chip);
  }
  if (all.length > SHOWN_EXPANSIONS) {
    node.append(element("span", "label", `and ${all.length - SHOWN_EXPANSIONS} more`));
  }
  return node;
}

/** The list item of a hit. */
export function shownHit(hit, rank, best) {
  const source = hit._source ?? {};
  const marks = new Marks(hit);
  const titleName = member(source, TITLES);
  const bodyName = member(source, BODIES.filter((name) => name !== titleName));
  const title = titleName ? textOf(source[titleName]) : hit._id;
  const text = bodyName ? textOf(source[bodyName]) : titleName ? "" : JSON.stringify(source);

  const item = element("li", "hit");
  item.tabIndex = 0;
  item.dataset.id = hit._id;
  const heading = element("h2", source.kind ? "code" : "");
  marks.append(heading, titleName, title, 0, title.length, source.kind ? breakable : undefined);
  item.append(element("div", "head", element("span", "rank", String(rank)), heading, score(hit, best)));

  const passage = snippet(marks, bodyName, text);
  const whole = element("p", "whole");
  whole.hidden = true;
  if (text) {
    item.append(passage, whole);
  }
  item.append(...[expansions(hit)].filter(Boolean));

  const facts = element("div", "facts");
  for (const name of BADGES) {
    if (typeof source[name] === "string" && source[name]) {
      facts.append(element("span", `badge ${name}`, source[name]));
    }
  }
  const button = element("button", "ask", "Why");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  facts.append(element("span", "id", hit._id), button);
  item.append(facts);

  const toggleWhole = () => {
    const open = whole.hidden;
    if (open && !whole.hasChildNodes()) {
      marks.append(whole, bodyName, text, 0, text.length);
    }
    whole.hidden = !open;
    passage.hidden = open;
  };
  let panel = null;
  const toggleWhy = () => {
    if (panel === null) {
      panel = why(hit);
      item.append(panel);
    } else {
      panel.hidden = !panel.hidden;
    }
    button.setAttribute("aria-expanded", String(!panel.hidden));
  };
  button.addEventListener("click", toggleWhy);
  item.addEventListener("click", (event) => {
    if (!String(getSelection()) && !event.target.closest("button, mark, summary, .why")) {
      toggleWhole();
    }
  });
  item.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Enter" && event.target === item) {
      event.preventDefault();
      toggleWhole();
    } else if (event.key === "w" && plain) {
      toggleWhy();
    }
  });
  return item;
}
