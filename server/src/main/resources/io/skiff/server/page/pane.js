// One list of hits: the mode it was found in, how long that took, the query as the index sees it, and the hits.

import { MAX_HITS, MODES, PAGE_SIZE, obstacle, search } from "./api.js";
import { bar, element, milliseconds, percent, plural, short } from "./dom.js";
import { shownHit } from "./hits.js";
import { hideTip } from "./tip.js";

const PHASES = [["encode", "encode"], ["search", "search"], ["fetch", "fetch"]];
const SHOWN_TOKENS = 12;

export class Pane {
  /** A pane without hits; `onMode` hears of another mode chosen in it. */
  constructor(onMode) {
    this.status = element("p", "status");
    this.status.setAttribute("role", "status");
    this.mode = element("select", "pane-mode");
    this.mode.setAttribute("aria-label", "How this list is found");
    this.mode.addEventListener("change", () => onMode(this.mode.value));
    this.timing = element("div", "timing");
    this.vector = element("details", "vector");
    this.notice = element("div", "nothing");
    this.notice.hidden = true;
    this.hits = element("ol", "hits");
    this.more = element("button", "more", "More hits");
    this.more.type = "button";
    this.more.hidden = true;
    this.more.addEventListener("click", () => this.onMore());
    this.node = element("section", "pane", element("div", "pane-head", this.mode, this.status, this.timing),
      this.vector, this.notice, this.hits, this.more);
    this.running = null;
  }

  /** Shows which modes can be chosen. */
  offer(collection, mode, sideBySide) {
    this.mode.replaceChildren(...MODES.map((each) => {
      const option = new Option(each.name, each.id, false, each.id === mode);
      option.disabled = obstacle(each.id, collection) !== null;
      return option;
    }));
    this.mode.hidden = !sideBySide;
    this.hits.setAttribute("aria-label", `Hits, ${MODES.find((each) => each.id === mode).name}`);
  }

  clear() {
    this.running?.abort();
    this.status.replaceChildren();
    this.timing.replaceChildren();
    this.vector.hidden = true;
    this.notice.hidden = true;
    this.hits.replaceChildren();
    this.more.hidden = true;
  }

  /** Searches and shows the first hits; false if a newer search came between. */
  async run(asked) {
    this.asked = asked;
    return this.load(0);
  }

  async load(from) {
    hideTip();
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.node.classList.add("busy");
    try {
      const result = await search({ ...this.asked, from, signal: running.signal });
      this.show(result, from);
      return true;
    } catch (failure) {
      if (failure.name === "AbortError") {
        return false;
      }
      this.clear();
      this.say("That did not work", failure.message, "nothing failed");
      return true;
    } finally {
      if (this.running === running) {
        this.node.classList.remove("busy");
      }
    }
  }

  async onMore() {
    const before = this.hits.children.length;
    await this.load(before);
    this.hits.children[before]?.focus();
  }

  show({ body, tripMs }, from) {
    const found = body.hits;
    this.notice.hidden = true;
    if (from === 0) {
      this.best = found.max_score ?? 0;
      this.hits.replaceChildren();
      const atLeast = found.total.relation === "gte" ? "at least " : "";
      this.status.replaceChildren(element("strong", "", `${atLeast}${plural(found.total.value, "hit", "hits")}`));
      this.showTiming(body.profile?.skiff?.phases, tripMs);
      this.showVector(body.profile?.skiff?.searches ?? []);
    }
    this.hits.append(...found.hits.map((hit, i) => shownHit(hit, from + i + 1, this.best)));
    const shown = this.hits.children.length;
    this.more.hidden = found.hits.length < PAGE_SIZE || shown >= Math.min(found.total.value, MAX_HITS - PAGE_SIZE);
    if (shown === 0) {
      this.say("Nothing found", `No document of “${this.asked.collection.name}” matches. Other words for the same thing`
        + " may help.");
    }
  }

  say(title, text, className = "nothing") {
    this.notice.className = className;
    this.notice.replaceChildren(element("h2", "", title), element("p", "", text));
    this.notice.hidden = false;
  }

  showTiming(phases, tripMs) {
    this.timing.replaceChildren();
    if (!phases) {
      return;
    }
    const total = PHASES.reduce((sum, [name]) => sum + (phases[name] ?? 0), 0);
    const strip = element("span", "strip");
    for (const [name, label] of PHASES) {
      const millis = phases[name] ?? 0;
      const part = element("i", name);
      part.style.width = `${total > 0 ? 100 * millis / total : 0}%`;
      strip.append(part);
      this.timing.append(element("span", `phase ${name}`, `${label} ${milliseconds(millis)}`));
    }
    this.timing.prepend(strip);
    this.timing.append(element("span", "phase", `round trip ${milliseconds(tripMs)}`));
  }

  /** The tokens of the query with their weights, the heaviest first. */
  showVector(searches) {
    const tokens = searches.flatMap((each) => each.terms.map((term) => ({ ...term, state: state(term) })))
      .concat(searches.flatMap((each) => (each.pruned ?? []).map((term) => ({ ...term, state: "pruned" }))));
    this.vector.hidden = tokens.length === 0;
    if (tokens.length === 0) {
      return;
    }
    const words = new Set((this.asked.query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
    const learned = new Set(this.asked.collection.fields.filter((each) => each.kind === "model").map((each) => each.name));
    for (const token of tokens) {
      token.expansion = learned.has(token.field) && !words.has(token.token) && !token.token.startsWith("##");
    }
    const expansions = tokens.filter((token) => token.expansion).length;
    const fields = [...new Set(tokens.map((token) => token.field))];
    const charts = fields.map((field) => {
      const own = tokens.filter((token) => token.field === field).sort((a, b) => b.weight - a.weight);
      return vectorChart(field, own, this.asked.collection);
    });
    this.vector.replaceChildren(
      element("summary", "", `The query is ${plural(tokens.length, "token", "tokens")} to the index`,
        expansions > 0 ? element("span", "", ", ", element("span", "legend", `${expansions} by expansion`)) : null),
      element("div", "charts", ...charts));
  }
}

function state(term) {
  return term.df === 0 ? "unknown" : "";
}

function vectorChart(field, tokens, collection) {
  const rows = element("div", "chart");
  for (const token of tokens.slice(0, SHOWN_TOKENS)) {
    const label = element("span", "token", token.token, token.state ? element("span", "from", token.state) : null);
    const documents = collection.documents > 0 ? token.df / collection.documents : 0;
    const row = element("div", `row ${token.state} ${token.expansion ? "expansion" : ""}`.trim(), label,
      bar(token.weight / tokens[0].weight), element("span", "value", short(token.weight)),
      element("span", "share", token.df === undefined ? "" : `in ${percent(documents)}`));
    row.title = `${field}: ${token.token}${token.expansion ? ", an expansion" : ""}, in ${plural(token.df ?? 0, "document", "documents")}`;
    rows.append(row);
  }
  const rest = tokens.length - SHOWN_TOKENS;
  const encoder = collection.fields.find((each) => each.name === field)?.encoder;
  return element("div", "", element("h3", "", encoder ? `${field} · ${encoder}` : field), rows,
    rest > 0 ? element("p", "missing", `and ${rest} lighter ones`) : null);
}
