/* A line over several dates: rows below the line hold a quantity and a date each; the field `parts` of the form holds
   them all as `400@2027-01-14 600@2027-02-11`. The line's own quantity is then their sum. */
import { el } from "./dom.js";
import { field, rows } from "./rows.js";

const GROUPED = /^\d{1,3}([ ,'’\u00a0\u202f]\d{3})+$|^\d+$/;
const whole = (text) => (GROUPED.test(text.trim()) ? Number(text.replace(/\D/g, "")) : null);
const grouped = (number) => number.toLocaleString("en-US");
const packed = (text) => text.trim().replace(/\s*-\s*/g, "-");
const quantityText = (text) => packed(text).replace(/\s/g, "'");
const dateText = (text) => packed(text).replace(/\s+/g, "-");
const shownDate = (text) => text.replace(/^(\d+)-([A-Za-z]+)-(\d+)$/, "$1 $2 $3");

export const dateRows = (row) => [...row.querySelectorAll("tr.date")];
export const isSplit = (row) => dateRows(row).length > 0;
const inputs = (dateRow) => [...dateRow.querySelectorAll("input")];

export const parts = (row) =>
  dateRows(row).map((dateRow) => inputs(dateRow).map((input) => input.value.trim()));

/* Put what stands in the date rows into the fields that are sent. */
export const compose = (row) => {
  if (!isSplit(row)) return;
  const used = parts(row).filter(([quantity, date]) => quantity || date);
  field(row, "parts").value = used.map(([quantity, date]) => `${quantityText(quantity)}@${dateText(date)}`).join(" ");
  const numbers = used.map(([quantity]) => whole(quantity));
  const sum = numbers.includes(null) ? "" : grouped(numbers.reduce((a, b) => a + b, 0));
  field(row, "quantity").value = used.length ? sum : "";
};

const lock = (row, locked) => {
  for (const name of ["quantity", "request_date"]) {
    const input = field(row, name);
    input.readOnly = locked;
    input.tabIndex = locked ? -1 : 0;
  }
  const date = field(row, "request_date");
  if (locked) { date.value = ""; date.placeholder = `${dateRows(row).length} dates`; } else date.placeholder = "";
};

const number = (row) => {
  const place = rows().indexOf(row) + 1;
  dateRows(row).forEach((dateRow, index) => {
    const [quantity, date] = inputs(dateRow);
    quantity.setAttribute("aria-label", `Row ${place} date ${index + 1} quantity`);
    date.setAttribute("aria-label", `Row ${place} date ${index + 1}`);
    dateRow.querySelector(".nth").textContent = `date ${index + 1}`;
  });
  lock(row, isSplit(row));
};

const addDateRow = (row, quantity, date) => {
  const input = (css, value) => el("input", { type: "text", class: `form-control ${css}`, autocomplete: "off", value });
  const dateRow = el("tr", { class: "date" },
    el("td"), el("td", { class: "nth sub" }), el("td", {}, input("num", quantity)),
    el("td", { colspan: 2 }), el("td", {}, input("", date)), el("td", { colspan: 3 }));
  row.querySelector("tr.reason").before(dateRow);
  return dateRow;
};

/* A line of one date has it in its own cells. */
const setParts = (row, list) => {
  dateRows(row).forEach((dateRow) => dateRow.remove());
  if (list.length > 1) list.forEach(([quantity, date]) => addDateRow(row, quantity, date));
  number(row);
  compose(row);
  if (isSplit(row)) return;
  field(row, "parts").value = "";
  [field(row, "quantity").value, field(row, "request_date").value] = list[0] ?? ["", ""];
};

/* From the field to the rows: a draft that is opened, a row that is pasted. */
export const unfold = (row) => {
  const texts = field(row, "parts").value.trim().split(/[\s;]+/).filter(Boolean);
  if (texts.length) {
    setParts(row, texts.map((text) => text.split("@")).map(([q, d = ""]) => [q.replace(/'/g, " "), shownDate(d)]));
  }
};

/* One date more. The first time, what stands on the line becomes its first date. Answers with the cell to type in. */
export const addDate = (row) => {
  if (!isSplit(row)) {
    const date = field(row, "request_date");
    addDateRow(row, field(row, "quantity").value.trim(), date.value.trim() || date.placeholder);
  }
  const fresh = addDateRow(row, "", "");
  number(row);
  compose(row);
  return inputs(fresh)[0];
};

/* One date less; the last two leave a line with one date of its own. Answers with the cell to go on from. */
export const removeDate = (row, dateRow) => {
  dateRow.remove();
  setParts(row, parts(row));
  return isSplit(row) ? inputs(dateRows(row).at(-1))[0] : field(row, "quantity");
};

/* The dates of the line above. A quantity that stands here is spread over them in whole packages, the rest first. */
export const datesAsAbove = (row) => {
  const above = rows()[rows().indexOf(row) - 1];
  if (!above) return false;
  const quantity = field(row, "quantity").value.trim();
  if (!isSplit(above)) {
    const date = field(above, "request_date");
    field(row, "request_date").value = date.value.trim();
    return true;
  }
  const dates = parts(above).map(([, date]) => date);
  row.dataset.spread = quantity;
  row.dataset.spreadBy = packageOf(row);
  setParts(row, quantity ? spread(quantity, dates, packageOf(row)) : parts(above));
  return true;
};

/* What a package of a part holds, learnt from the answers. */
const packages = new Map();
const packageOf = (row) => packages.get(field(row, "part").value.trim()) ?? 1;

const spread = (text, dates, multiple) => {
  const total = whole(text);
  if (total === null) return dates.map((date, index) => [index ? "" : text, date]);
  const count = Math.floor(total / multiple);
  const each = Math.floor(count / dates.length);
  const more = count % dates.length;
  const shares = dates.map((_, index) => (each + (index < more ? 1 : 0)) * multiple);
  shares[0] += total - shares.reduce((a, b) => a + b, 0);
  return dates.map((date, index) => [grouped(shares[index]), date]).filter(([quantity]) => quantity !== "0");
};

/* The part was not known yet when its quantity was spread: do it again in whole packages, unless somebody typed. */
export const spreadAgain = (row, multiple) => {
  packages.set(field(row, "part").value.trim(), multiple);
  const total = row.dataset.spread;
  // what this row was spread by: another row of the part may have learnt the package before
  if (!total || Number(row.dataset.spreadBy) === multiple || !isSplit(row)) return false;
  row.dataset.spreadBy = multiple;
  setParts(row, spread(total, parts(row).map(([, date]) => date), multiple));
  return true;
};

export const typedInDates = (row) => { delete row.dataset.spread; delete row.dataset.spreadBy; compose(row); };
