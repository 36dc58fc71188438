/* Beside the lines: the whole trail of the line that has the cursor, losers and all. */
import { by, el, icon } from "./dom.js";
import { placeOf } from "./rows.js";

const condition = (one) => [
  el("span", { class: one.ok ? "good" : "bad" }, icon(one.ok ? "check" : "x-mark"), `${one.field} ${one.wanted}`),
  one.ok ? " " : ` (here: ${one.actual || "not known"}) `,
];

const step = (one) =>
  el("li", { class: one.applies ? "is-hit" : "unread" }, icon(one.applies ? "check" : "minus"),
    el("span", {}, el("b", {}, one.title), one.price ? el("span", { class: "num" }, ` ${one.price}`) : "",
      el("br"), one.why,
      one.conditions.length ? el("span", { class: "sub d-block" }, ...one.conditions.flatMap(condition)) : ""));

const trail = (found) => el("ol", { class: "trail" }, ...found.steps.map(step));

const pairs = (facts) =>
  el("dl", { class: "pairs" }, ...facts.flatMap(([label, value]) => [el("dt", {}, label), el("dd", { class: "num" }, value)]));

const cap = (found) => found ? [
  el("h3", { class: "mt-2" }, `Cap of ${found.ref}`),
  el("progress", { class: "my-1", max: found.cap, value: found.used, "aria-label": `${found.used} of ${found.cap} used` }),
  pairs(found.facts),
] : [];

const part = (title, sub, ...content) => [
  el("div", { class: "card-head" }, el("h2", {}, title), sub ? el("span", { class: "sub" }, sub) : ""),
  el("div", { class: "card-in" }, ...content),
];

export const showPanel = (row) => {
  const panel = by("why");
  const place = row ? placeOf(row) + 1 : 0;
  if (!row?.why) {
    const text = "Part and quantity give a line its price and its terms. Every rule that was tried is then listed here.";
    panel.replaceChildren(...part("Why this price", place ? `line ${place}` : "", el("p", { class: "sub m-0" }, text)));
    return;
  }
  const { price, terms, cap: limit } = row.why;
  panel.replaceChildren(
    ...part("Why this price", `line ${place}`,
      el("p", { class: "mb-1" }, el("b", { class: "fs-3" }, row.querySelector("[data-out=price]").textContent), ` ${price.label}`),
      price.facts.length ? pairs(price.facts) : "", trail(price), ...cap(limit)),
    ...part("Why these terms", "", el("p", { class: "mb-1" }, el("b", {}, terms.label)),
      el("p", { class: "sub" }, terms.heading), trail(terms)));
};
