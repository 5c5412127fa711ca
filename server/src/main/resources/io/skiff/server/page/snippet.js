// Finds the words of a query in a text: which passage to show, and which words in it to mark.

const SNIPPET_CHARS = 240;

/** The words of a text, in small letters, as the page compares them. */
export function wordsOf(text) {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.toLowerCase());
}

// English endings, roughly: the index stems far better, this only decides what is marked on the page.
function stem(word) {
  const ending = ["ings", "ing", "edly", "ies", "ied", "ed", "es", "s", "ly", "e"]
    .find((candidate) => word.endsWith(candidate) && word.length - candidate.length >= (candidate.includes("ing") ? 4 : 3));
  const rest = ending ? word.slice(0, -ending.length) : word;
  return rest.replace(/(\p{L})\1$/u, "$1"); // splitting, split
}

const SMALL_WORDS = new Set(("a an and are as at be but by for if in into is it no not of on or such that the their "
  + "then there these they this to was will with").split(" "));

/** What decides whether a word of a text is one of the query's. */
export function matcherOf(query) {
  const words = wordsOf(query);
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  const stems = new Set((telling.length ? telling : words).map(stem));
  return (word) => stems.has(stem(word.toLowerCase()));
}

/** A text cut into [text, marked] pieces. camelCase parts count as words of their own. */
export function pieces(text, matches) {
  const result = [];
  let plain = 0;
  const part = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{L}+|\p{N}+/gu;
  for (const word of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const spans = matches(word[0])
      ? [[word.index, word[0]]]
      : [...word[0].matchAll(part)].filter((inner) => matches(inner[0])).map((inner) => [word.index + inner.index, inner[0]]);
    for (const [start, marked] of spans) {
      if (start > plain) {
        result.push([text.slice(plain, start), false]);
      }
      result.push([marked, true]);
      plain = start + marked.length;
    }
  }
  if (plain < text.length) {
    result.push([text.slice(plain), false]);
  }
  return result;
}

/** The passage of a text with the most different words of the query, about SNIPPET_CHARS long. */
export function passage(text, matches) {
  const clean = text.replace(/\s+/g, " ").trim();
  if (clean.length <= SNIPPET_CHARS * 1.25) {
    return clean;
  }
  const found = [...clean.matchAll(/[\p{L}\p{N}]+/gu)]
    .filter((word) => matches(word[0]))
    .map((word) => ({ at: word.index, stem: stem(word[0].toLowerCase()) }));
  let best = { at: 0, score: 0 };
  for (let first = 0; first < found.length; first++) {
    const window = [];
    for (let i = first; i < found.length && found[i].at < found[first].at + SNIPPET_CHARS - 40; i++) {
      window.push(found[i].stem);
    }
    const score = new Set(window).size * 10 + Math.min(window.length, 9);
    if (score > best.score) {
      best = { at: found[first].at, score };
    }
  }
  return cut(clean, best.at);
}

// Starts at a sentence close before, else at a word; ends at a word.
function cut(text, at) {
  const latest = Math.max(0, text.length - SNIPPET_CHARS);
  let start = Math.min(Math.max(0, at - 60), latest);
  if (start > 0) {
    const sentence = text.slice(start, at).search(/[.!?] \S/);
    const word = text.indexOf(" ", start);
    start = sentence >= 0 ? start + sentence + 2 : word >= 0 && word < at ? word + 1 : start;
  }
  let end = Math.min(text.length, start + SNIPPET_CHARS);
  if (end < text.length) {
    const space = text.lastIndexOf(" ", end);
    end = space > start ? space : end;
  }
  return (start > 0 ? "… " : "") + text.slice(start, end).trimEnd() + (end < text.length ? " …" : "");
}
