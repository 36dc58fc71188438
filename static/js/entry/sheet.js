/* What is typed, and rows that come, go and move. Names and labels carry the row's place: they are renewed then. */
import { by } from "./dom.js";
import { compose, unfold } from "./dates.js";
import { field, form, header, nameOf, rows, table } from "./rows.js";

export const COLUMNS = ["part", "quantity", "end_buyer", "ship_to", "request_date", "customer_price"];
export const MOST_ROWS = 200;
const HIDDEN = ["csrfmiddlewaretoken", "click", "draft", "version"];
const DEFAULTS = { end_buyer: "default_end_buyer", ship_to: "default_ship_to", request_date: "default_request_date" };

const named = (row) => [...row.querySelectorAll("[name]")];
const valueOf = (input) => (input.type === "checkbox" ? (input.checked ? "on" : "") : input.value.trim());

export const isBlank = (row) =>
  [...row.querySelectorAll("input")].every((input) => input.name.endsWith("-line_no") || !input.value.trim());

/* ---- what is typed, as text by field ---- */

const filled = (inputs) =>
  Object.fromEntries(inputs.map((input) => [nameOf(input), valueOf(input)]).filter(([, value]) => value !== ""));

export const rowContent = (row) => filled(named(row));

export const content = () => {
  const inputs = [...form().elements].filter(
    (input) => input.name && !input.name.startsWith("lines-") && input.type !== "submit" && !HIDDEN.includes(input.name),
  );
  const all = rows().map(rowContent);
  while (all.length && !Object.keys(all.at(-1)).length) all.pop();
  return { header: filled(inputs), rows: all };
};

/* ---- rows come, go and move ---- */

export const renumber = () => {
  rows().forEach((row, place) => {
    for (const node of row.querySelectorAll("[name], [id], [for], [aria-label]")) {
      for (const name of ["name", "id", "for", "aria-describedby"]) {
        const value = node.getAttribute(name);
        if (value) node.setAttribute(name, value.replace(/lines-(\d+|__prefix__)-/g, `lines-${place}-`));
      }
      const label = node.getAttribute("aria-label");
      if (label) node.setAttribute("aria-label", label.replace(/^Row \S+/, `Row ${place + 1}`));
    }
    field(row, "line_no").placeholder = place + 1;
  });
  form().elements["lines-TOTAL_FORMS"].value = rows().length;
};

export const dress = (row) => {
  for (const input of row.querySelectorAll("input")) input.removeAttribute("list");
  field(row, "line_no").tabIndex = -1;
  row.querySelector("details.more > summary").tabIndex = -1;
  unfold(row);
};

/* A new empty row behind `row`, or at the end. */
export const addRow = (row = null) => {
  if (rows().length >= MOST_ROWS) return rows().at(-1);
  const fresh = by("blank-row").content.firstElementChild.cloneNode(true);
  if (row) row.after(fresh); else table().append(fresh);
  dress(fresh);
  renumber();
  showDefaults();
  return fresh;
};

export const removeRow = (row) => {
  row.remove();
  if (!rows().length) addRow();
  keepBlankEnd();
  renumber();
};

export const fillRow = (row, values) => {
  for (const input of named(row)) {
    if (nameOf(input) in values) input.value = values[nameOf(input)];
  }
  unfold(row);
};

/* One empty row stands at the end, never more. */
export const keepBlankEnd = () => {
  while (rows().length > 1 && rows().slice(-2).every(isBlank)) {
    const last = rows().at(-1);
    if (last.contains(document.activeElement)) break;
    last.remove();
  }
  if (!rows().length || !isBlank(rows().at(-1))) addRow();
  renumber();
};

/* Everything as it was, for undoing. */
export const write = (kept) => {
  rows().forEach((row) => row.remove());
  kept.rows.forEach((values) => fillRow(addRow(), values));
  keepBlankEnd();
};

export const showDefaults = () => {
  for (const row of rows()) {
    for (const [name, from] of Object.entries(DEFAULTS)) {
      const input = field(row, name);
      if (!input.readOnly) input.placeholder = header(from).value.trim();
    }
  }
};

/* ---- the cells that the keyboard reaches, in the order in which they are read ---- */

export const cellsOf = (row) => {
  const main = COLUMNS.map((name) => field(row, name)).filter((input) => !input.readOnly);
  const dates = [...row.querySelectorAll("tr.date input")];
  const more = row.querySelector("details.more");
  return [...main, ...dates, ...(more.open ? [...more.querySelectorAll("input")].filter(isSeen) : [])];
};

const isSeen = (input) => input.offsetParent !== null;
export const beforeSending = () => { rows().forEach(compose); renumber(); };
