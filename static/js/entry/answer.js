/* Shows what the server says of the sheet, beside the fields and never in them. */
import { by, chip, el, icon, say } from "./dom.js";
import { spreadAgain } from "./dates.js";
import { field, form, header, rows } from "./rows.js";
import { COLUMNS } from "./sheet.js";

const SEARCHED = ["part", "end_buyer", "ship_to", "request_date", "sell_to", "bill_to", "order_date",
  "default_end_buyer", "default_ship_to", "default_ship_from", "default_request_date"];
const labels = { part: "part", quantity: "quantity", end_buyer: "end buyer", ship_to: "ship-to",
  request_date: "request date", customer_price: "PO price", parts: "dates", override_reason: "reason of the manual price" };
let last = null;

/* A text that is half typed is not called wrong while the cursor is in it; a quantity can be. */
const isBeingTyped = (input, name) => input === document.activeElement && SEARCHED.includes(name);

export const markField = (input, message, id) => {
  input.classList.toggle("is-invalid", Boolean(message));
  if (message) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", id);
    return;
  }
  input.removeAttribute("aria-invalid");
  if (input.getAttribute("aria-describedby")?.endsWith("_error")) input.removeAttribute("aria-describedby");
};

/* Once somebody has tried to book, what is missing is wrong. */
const messageFor = (answer, name) => {
  if (answer.errors?.[name]) return answer.errors[name];
  return form().dataset.judged && answer.missing?.includes(name) ? `The ${labels[name] ?? "field"} is missing.` : "";
};

const rowErrors = (row, answer) => {
  const chips = [];
  for (const input of row.querySelectorAll("[name^='lines-']")) {
    const name = input.name.replace(/^lines-\d+-/, "");
    const message = isBeingTyped(input, name) ? "" : messageFor(answer, name);
    markField(input, message, `${input.id}_error`);
    if (!message) continue;
    const node = chip("bad", "exclamation-circle", message);
    node.id = `${input.id}_error`;
    if (name === "quantity" && answer.take) node.append(` `, el("kbd", {}, "Alt ↑"), ` ${answer.take}`);
    chips.push(node);
  }
  markDates(row, answer);
  return chips;
};

const markDates = (row, answer) => {
  const wrong = answer.partErrors ?? {};
  const id = `${field(row, "parts").id}_error`;
  row.querySelectorAll("tr.date").forEach((dateRow, index) => {
    const [quantity, date] = dateRow.querySelectorAll("input");
    const message = wrong[index] ?? "";
    const isDay = /day/i.test(message);
    markField(quantity, isDay ? "" : message, id);
    markField(date, isDay ? message : "", id);
  });
};

const reason = (kind, iconName, trail) => {
  const node = el("button", { type: "button", class: `chip why${trail.tone ? ` is-${trail.tone}` : ""}`, tabindex: -1,
    "data-why": kind, "aria-controls": "why" }, icon(iconName), el("span", {}, trail.label));
  return node;
};

const missing = (answer) => {
  const names = (form().dataset.judged ? [] : answer.missing ?? []).map((name) => labels[name] ?? name.replaceAll("_", " "));
  return names.length ? [el("span", { class: "sub" }, `Still to fill in: ${names.join(", ")}`)] : [];
};

const applyRow = (row, answer) => {
  const chips = rowErrors(row, answer);
  const isHeldBack = Object.keys(answer.errors ?? {}).length && !answer.holds?.length;
  const tone = chips.length ? "bad" : isHeldBack ? "" : answer.tone;
  row.classList.remove("is-bad", "is-warn");
  if (tone) row.classList.add(`is-${tone}`);
  row.why = answer.why ?? null;
  row.take = answer.take ?? "";
  if (answer.why) chips.push(reason("price", "tag", answer.why.price), reason("terms", "truck", answer.why.terms));
  for (const hold of answer.holds ?? []) chips.push(chip(hold.tone, "hand-raised", hold.text));
  if (answer.late) chips.push(el("span", { class: "chip" }, icon("clock"), answer.late));
  for (const hint of answer.hints ?? []) chips.push(el("span", { class: "sub hint" }, hint));
  row.querySelector(".answers").replaceChildren(...chips, ...missing(answer));
  row.querySelector("[data-out=price]").replaceChildren(
    el("span", { class: answer.price && !answer.isPriced ? "bad" : "" }, answer.price ?? ""));
  row.querySelector("[data-out=value]").replaceChildren(
    el("span", { class: answer.value === "on hold" ? "bad" : "" }, answer.value ?? ""));
  return answer.part ? spreadAgain(row, answer.part.multiple) : false;
};

const applyHeader = (answer) => {
  for (const input of form().elements) {
    if (!input.name || input.name.startsWith("lines-") || !input.closest(".field")) continue;
    const message = isBeingTyped(input, input.name) ? "" : messageFor(answer, input.name);
    const box = input.closest(".field");
    const id = `${input.id}_error`;
    box.querySelector(".field-error")?.remove();
    if (message) input.after(el("span", { class: "field-error", id }, message));
    markField(input, message, id);
  }
};

const showDuplicate = (first) => {
  const box = by("duplicate");
  const wasHidden = box.hidden;
  box.hidden = !first;
  if (!first) return;
  box.querySelector("[data-po]").textContent = header("customer_po").value.trim();
  box.querySelector("[data-first]").replaceChildren(el("a", { href: first.url }, first.number));
  if (wasHidden) say(`This PO is on ${first.number} already.`);
};

const showTotals = (answer) => {
  const lines = answer.rows.filter((row) => row.why).length;
  const held = answer.held ? [", ", el("span", { class: "bad" }, `${answer.held} will be on hold`)] : [];
  const facts = [["Lines", [String(lines), ...held]], ...answer.totals.map(([label, value]) => [label, [value]])];
  by("totals").replaceChildren(...(lines ? facts : []).map(([label, value]) =>
    el("div", {}, el("dt", {}, label), el("dd", { class: label === "Lines" ? "" : "num" }, ...value))));
  by("currency").textContent = answer.currency;
  by("header-facts").replaceChildren(...answer.facts.map((fact) =>
    el("div", {}, el("dt", {}, fact.label), el("dd", { class: fact.tone }, fact.value))));
};

const wrongFields = () => [...form().querySelectorAll("[aria-invalid=true]")];

const showProblems = () => {
  const wrong = wrongFields();
  const name = (input) => (input.getAttribute("aria-label") ?? input.labels?.[0]?.textContent ?? "").replace("*", "").trim();
  const links = wrong.slice(0, 3).flatMap((input, index) => [index ? ", " : "", el("a", { class: "bad", href: `#${input.id}` }, name(input))]);
  const count = `${wrong.length} field${wrong.length === 1 ? "" : "s"} to correct: `;
  const rest = wrong.length > 3 ? ` and ${wrong.length - 3} more` : "";
  const shown = wrong.length ? [icon("exclamation-circle"), el("span", {}, el("b", {}, count), ...links, rest)] : [];
  const before = by("problems").textContent;
  by("problems").replaceChildren(...shown);
  const refused = form().querySelector(".note[data-focus]");
  if (refused?.querySelector("a") && !wrong.length) refused.hidden = true;
  if (wrong.length && by("problems").textContent !== before) say(by("problems").textContent);
};

/* Answers with true when something was changed by it that the server has to hear of. */
export const apply = (answer) => {
  last = answer;
  applyHeader(answer.header);
  const all = rows();
  let isChanged = false;
  all.forEach((row, place) => { isChanged = applyRow(row, answer.rows[place] ?? {}) || isChanged; });
  showDuplicate(answer.duplicate);
  showTotals(answer);
  showProblems();
  return isChanged;
};

/* The cursor has left a field: what was held back about it is said now. */
export const applyAgain = () => { if (last && last.rows.length <= rows().length) apply(last); };

export const nextProblem = (from) => {
  const wrong = wrongFields();
  const missingCells = rows().flatMap((row, place) =>
    (last?.rows[place]?.missing ?? []).filter((name) => COLUMNS.includes(name)).map((name) => field(row, name)));
  const all = [...wrong, ...missingCells].filter((input) => !input.readOnly);
  const sorted = all.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const after = sorted.find((input) => from && from.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? sorted[0];
};
