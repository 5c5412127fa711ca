// What a word did for a hit, shown while the mouse is over it or the keyboard at it.

import { bar, byId, element, percent, short } from "./dom.js";

const tip = byId("tip");
let shownFor = null;

function row(token, total) {
  const label = element("span", "token", token.token);
  const source = element("span", "source", token.expansion ? `${token.field}, expansion` : token.field);
  const share = total > 0 ? token.score / total : 0;
  return element("div", token.expansion ? "row expansion" : "row",
    label, source, bar(share), element("span", "value", `+${short(token.score)}`), element("span", "share", percent(share)));
}

function show(mark, word, total) {
  shownFor = mark;
  const tokens = [...word.tokens].sort((a, b) => b.score - a.score).slice(0, 8);
  tip.replaceChildren(...tokens.map((token) => row(token, total)));
  if (word.tokens.length > tokens.length) {
    tip.append(element("p", "", `and ${word.tokens.length - tokens.length} more`));
  }
  tip.hidden = false;
  const at = mark.getClientRects()[0];
  const left = Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8));
  const above = at.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  mark.setAttribute("aria-describedby", "tip");
}

function hide(mark) {
  if (shownFor === mark) {
    hideTip();
  }
}

export function hideTip() {
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  tip.hidden = true;
}

/** A word that says what it did. */
export function explained(text, word, total, largest) {
  const level = Math.max(1, Math.ceil(4 * word.score / largest));
  const mark = element("mark", `level${level}${word.tokens.every((token) => token.expansion) ? " expansion" : ""}`, text);
  mark.tabIndex = 0;
  mark.addEventListener("mouseenter", () => show(mark, word, total));
  mark.addEventListener("mouseleave", () => hide(mark));
  mark.addEventListener("focus", () => show(mark, word, total));
  mark.addEventListener("blur", () => hide(mark));
  return mark;
}

addEventListener("scroll", () => shownFor && document.activeElement !== shownFor && hideTip(), { passive: true });
addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
