// Small things that every part of the page needs. Text goes onto the page as text, never as markup.

export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) {
    node.className = className;
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

export const byId = (id) => document.getElementById(id);

const number = (value) => value.toLocaleString("en-US");

export const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

export function milliseconds(value) {
  return value < 10 ? `${value.toFixed(value < 1 ? 2 : 1)} ms` : `${number(Math.round(value))} ms`;
}

/** A score or weight, short: about three digits that count. */
export function short(value) {
  const size = Math.abs(value);
  if (size === 0) {
    return "0";
  }
  if (size >= 100) {
    return number(Math.round(value));
  }
  return size >= 10 ? value.toFixed(1) : size >= .1 ? value.toFixed(2) : size >= .001 ? value.toFixed(4) : value.toPrecision(2);
}

export const percent = (share) => `${share >= .1 || share === 0 ? Math.round(100 * share) : (100 * share).toFixed(1)} %`;

/** A bar that is filled to a share. */
export function bar(share, className = "") {
  const filled = element("i");
  filled.style.width = `${Math.max(0, Math.min(100, 100 * share)).toFixed(1)}%`;
  return element("span", `meter ${className}`, filled);
}
