// Why a hit is here: what every token of the query did, and how that came to the score.

import { bar, element, percent, short } from "./dom.js";

const MANY = 14;

/** The panel of a hit. */
export function why(hit) {
  const panel = element("div", "why");
  const contributions = hit._skiff?.contributions ?? [];
  const did = contributions.filter((each) => each.score > 0).sort((a, b) => b.score - a.score);
  const origins = new Map((hit._skiff?.expansions ?? []).map((each) => [`${each.field} ${each.token}`, each]));
  if (did.length > 0) {
    panel.append(element("h3", "", "What each token did"), chart(did, origins));
  }
  const missing = contributions.filter((each) => each.score === 0);
  if (missing.length > 0) {
    const tokens = missing.map((each) => each.token).join(", ");
    panel.append(element("p", "missing", "Not in this document: ", element("span", "tokens", tokens)));
  }
  if (hit._explanation) {
    panel.append(element("h3", "", "How that came to the score"), element("ul", "tree", node(hit._explanation, 0)));
  }
  return panel;
}

function chart(did, origins) {
  const rows = element("div", "chart");
  const largest = did[0].score;
  const total = did.reduce((sum, each) => sum + each.score, 0);
  const severalFields = new Set(did.map((each) => each.field)).size > 1;
  did.forEach((each, i) => {
    const origin = origins.get(`${each.field} ${each.token}`);
    const words = [...new Set((origin?.words ?? []).map((place) => place.word))];
    const from = origin ? element("span", "from", words.length ? `from ${words.join(", ")}` : "expansion") : "";
    const field = severalFields ? element("span", "field", each.field) : "";
    const row = element("div", origin ? "row expansion" : "row",
      element("span", "token", each.token, field, from),
      bar(each.score / largest),
      element("span", "value", short(each.score)),
      element("span", "share", percent(each.score / total)),
      element("span", "sum", `${short(each.query_weight)} × ${short(each.document_weight)}`));
    row.title = `${each.field}: ${each.token}, weight in the query × weight in the document`;
    row.hidden = i >= MANY;
    rows.append(row);
  });
  if (did.length > MANY) {
    const rest = element("button", "rest", `${did.length - MANY} more`);
    rest.type = "button";
    rest.addEventListener("click", () => {
      [...rows.children].forEach((row) => { row.hidden = false; });
      rest.remove();
    });
    rows.append(rest);
  }
  return rows;
}

function node(explanation, depth) {
  const line = [element("span", "value", short(explanation.value)), element("span", "", explanation.description)];
  const item = element("li");
  if (explanation.details.length === 0) {
    item.append(...line);
    return item;
  }
  const details = element("details", "", element("summary", "", ...line));
  details.open = depth < 2;
  details.append(element("ul", "", ...explanation.details.map((each) => node(each, depth + 1))));
  item.append(details);
  return item;
}
