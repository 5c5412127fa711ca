// Talks to the server, by the same endpoints as any other client.

export const PAGE_SIZE = 10;
export const MAX_HITS = 10_000;

/** The ways to search, in the order of the page. */
export const MODES = [
  { id: "bm25", name: "BM25", about: "Words, weighed by how rare they are" },
  { id: "sparse", name: "Sparse", about: "A model's vocabulary: words and what it expands them to" },
  { id: "linear", name: "Linear", about: "Both, scores brought to one scale and added" },
  { id: "rrf", name: "RRF", about: "Both, by reciprocal rank fusion" },
];

/** Why an index cannot be searched in a mode; null where it can. */
export function obstacle(mode, collection) {
  const wants = { bm25: ["words"], sparse: ["model"], linear: ["words", "model"], rrf: ["words", "model"] }[mode];
  const missing = {
    words: `“${collection.name}” has no field that BM25 made from text.`,
    model: `“${collection.name}” has no field that a model made from text. Index with --encoder MODEL_DIR to have one.`,
  };
  const lacking = wants.find((kind) => fieldsOf(collection, kind).length === 0);
  return lacking ? missing[lacking] : null;
}

function fieldsOf(collection, kind) {
  return collection.fields.filter((field) => field.kind === kind && field.documents > 0);
}

function matching(collection, kind, query) {
  const matches = fieldsOf(collection, kind).map((field) => ({ match: { [field.name]: query } }));
  return matches.length === 1 ? matches[0] : { bool: { should: matches } };
}

function searched(mode, collection, query, window) {
  const words = () => matching(collection, "words", query);
  const model = () => matching(collection, "model", query);
  const lists = () => [words(), model()].map((each) => ({ retriever: { standard: { query: each } } }));
  switch (mode) {
    case "bm25":
      return { query: words() };
    case "sparse":
      return { query: model() };
    case "linear":
      return { retriever: { linear: {
        retrievers: lists().map((list) => ({ ...list, weight: 1, normalizer: "minmax" })), rank_window_size: window } } };
    default:
      return { retriever: { rrf: { retrievers: lists().map((list) => list.retriever), rank_window_size: window } } };
  }
}

export async function ask(path, options) {
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

/** Hits with the words that made them, why they score so, and how long each part of the work took. */
export async function search({ mode, collection, query, from, signal }) {
  const started = performance.now();
  const window = Math.min(MAX_HITS, Math.max(100, from + PAGE_SIZE));
  const { body } = await ask(`/${encodeURIComponent(collection.name)}/_search`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({
      ...searched(mode, collection, query, window),
      from,
      size: PAGE_SIZE,
      explain: true,
      profile: true,
      highlight: { fields: { "*": {} }, require_field_match: false, fragment_size: 240, number_of_fragments: 1 },
      ext: { skiff: { words: true } },
    }),
    signal,
  });
  return { body, tripMs: performance.now() - started };
}
