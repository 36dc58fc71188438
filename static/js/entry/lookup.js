/* Choices below a field while somebody types. What is typed counts, whether it is among them or not. */
import { by, el, say, type } from "./dom.js";
import { field, form, header, nameOf, rowOf } from "./rows.js";

const KINDS = { part: "part", end_buyer: "end_buyer", ship_to: "ship_to", sell_to: "sell_to", bill_to: "sell_to",
  default_end_buyer: "end_buyer", default_ship_to: "ship_to", default_ship_from: "ship_from" };
const PAUSE = 120;
let owner = null, at = -1, timer = 0, asked = 0;

const list = () => by("look-up");
const options = () => [...list().children];
const kindOf = (input) => (input?.name ? KINDS[nameOf(input)] : undefined);

export const isOpen = () => !list().hidden;
export const chosen = () => (isOpen() && at >= 0 ? options()[at] : null);

export const close = () => {
  clearTimeout(timer);
  asked += 1;
  if (!isOpen()) return;
  list().hidden = true;
  owner?.setAttribute("aria-expanded", "false");
  owner?.removeAttribute("aria-activedescendant");
  at = -1;
};

const place = () => {
  const box = owner.getBoundingClientRect();
  const node = list();
  node.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 360))}px`;
  node.style.minWidth = `${box.width}px`;
  const below = innerHeight - box.bottom;
  const isAbove = below < 220 && box.top > below;
  node.style.top = isAbove ? "" : `${box.bottom + 2}px`;
  node.style.bottom = isAbove ? `${innerHeight - box.top + 2}px` : "";
};

const show = (found) => {
  at = -1;
  list().replaceChildren(...found.map((option, index) =>
    el("li", { role: "option", id: `choice-${index}`, "data-value": option.value, "aria-selected": "false" },
      el("b", {}, option.value), ` ${option.label}`, option.note ? el("span", { class: "sub" }, ` ${option.note}`) : "")));
  list().hidden = !found.length;
  owner.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) { place(); say(`${found.length} choices, arrow down to reach them`); }
};

const ask = async () => {
  const number = ++asked;
  const input = owner;
  const row = rowOf(input);
  const endBuyer = (row && field(row, "end_buyer").value.trim()) || header("default_end_buyer").value.trim();
  const query = new URLSearchParams({ kind: kindOf(input), q: input.value.trim(), sell_to: header("sell_to").value.trim(),
    end_buyer: nameOf(input) === "end_buyer" ? "" : endBuyer });
  try {
    const response = await fetch(`${form().dataset.lookUp}?${query}`, { headers: { Accept: "application/json" } });
    const found = response.ok ? (await response.json()).options : [];
    if (number === asked && document.activeElement === input) show(found.filter((one) => one.value !== input.value));
  } catch { /* a look-up that fails offers nothing */ }
};

export const open = (input, pause = 0) => {
  if (!kindOf(input)) return;
  owner = input;
  clearTimeout(timer);
  timer = setTimeout(ask, pause);
};

export const typed = (input) => {
  if (!kindOf(input)) return;
  if (input.value.trim()) open(input, PAUSE); else close();
};

export const move = (step) => {
  const all = options();
  all[at]?.setAttribute("aria-selected", "false");
  all[at]?.classList.remove("active");
  at = (at + step + all.length) % all.length;
  all[at].setAttribute("aria-selected", "true");
  all[at].classList.add("active");
  all[at].scrollIntoView({ block: "nearest" });
  owner.setAttribute("aria-activedescendant", all[at].id);
};

export const take = (option = chosen()) => {
  if (!option) return false;
  const input = owner;
  const value = option.dataset.value;
  type(input, value);
  close();
  return true;
};

/* A field that can look up says so to screen readers. */
export const announce = (root) => {
  for (const input of root.querySelectorAll("input[name]")) {
    if (!kindOf(input)) continue;
    input.removeAttribute("list");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "look-up" })) input.setAttribute(name, value);
  }
};

export const listen = () => {
  list().addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(event.target.closest("li"));
  });
};
