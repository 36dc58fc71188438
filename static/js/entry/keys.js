/* The keys of the grid. What they do is in `deeds`; the buttons below the grid do the same. */
import * as lookup from "./lookup.js";
import { field, form, rowOf, rows } from "./rows.js";
import { cellsOf, isBlank } from "./sheet.js";
import { dateRows, isSplit } from "./dates.js";
import { undo } from "./paste.js";

const isCell = (node) => node.matches?.("#lines input");
const isHeader = (node) => node.matches?.("#entry section:first-of-type input, #entry select") || Boolean(node.closest?.("[aria-label='Order header']"));

export const reach = (input) => { input?.focus(); input?.select?.(); };

const nextCell = (input, step, deeds) => {
  const row = rowOf(input);
  const cells = cellsOf(row);
  const next = cells[cells.indexOf(input) + step];
  if (next) { reach(next); return; }
  const other = rows()[rows().indexOf(row) + step];
  if (other) reach(step > 0 ? cellsOf(other)[0] : cellsOf(other).at(-1));
  else if (step > 0) deeds.add();
};

const nextHeader = (input, step) => {
  const all = [...form().querySelectorAll("[aria-label='Order header'] :is(input, select)")].filter((one) => one.offsetParent);
  const next = all[all.indexOf(input) + step];
  if (next) reach(next); else if (step > 0) reach(field(rows()[0], "part"));
};

/* Up and down in a column, dates of a line included where the column has them. */
const column = (input) => {
  const dateRow = input.closest("tr.date");
  const index = dateRow ? [...dateRow.querySelectorAll("input")].indexOf(input) : -1;
  const name = dateRow ? ["quantity", "request_date"][index] : input.name.replace(/^lines-\d+-/, "");
  const place = ["quantity", "request_date"].indexOf(name);
  return rows().flatMap((row) => isSplit(row) && place >= 0
    ? dateRows(row).map((one) => one.querySelectorAll("input")[place])
    : [field(row, name)]);
};

const upDown = (input, step) => {
  const all = column(input);
  const next = all[all.indexOf(input) + step];
  if (next) reach(next);
};

const inList = (event) => {
  if (!lookup.isOpen()) return false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { lookup.move(event.key === "ArrowDown" ? 1 : -1); return true; }
  if (event.key === "Escape") { lookup.close(); return true; }
  if (event.key === "Tab") { lookup.take(); lookup.close(); return false; }
  if (event.key === "Enter" && !event.ctrlKey && !event.altKey) { lookup.take(); lookup.close(); }
  return false;
};

const withControl = (event, deeds) => {
  if (event.key === "z") return undo();
  const deed = { Enter: deeds.add, Delete: deeds.remove, d: deeds.copy }[event.key];
  if (!deed || event.shiftKey) return false;
  if (event.key === "Enter" && !isCell(event.target)) { reach(field(rows()[0], "part")); return true; }
  if (!isCell(event.target)) return false;
  deed();
  return true;
};

const withAlt = (event, deeds) => {
  const deed = { ArrowDown: () => lookup.open(event.target), ArrowUp: deeds.take, Enter: deeds.more }[event.key];
  deed?.();
  return Boolean(deed);
};

const plain = (event, deeds) => {
  const { key, target, shiftKey } = event;
  if (key === "F4" && shiftKey) { deeds.dates(); return true; }
  if (key === "Enter" && isCell(target)) { nextCell(target, shiftKey ? -1 : 1, deeds); return true; }
  if (key === "Enter" && isHeader(target) && target.type !== "submit") { nextHeader(target, shiftKey ? -1 : 1); return true; }
  if ((key === "ArrowDown" || key === "ArrowUp") && isCell(target)) { upDown(target, key === "ArrowDown" ? 1 : -1); return true; }
  return false;
};

export const listen = (deeds) => {
  form().addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isDone = inList(event)
      || ((event.ctrlKey || event.metaKey) && !event.altKey && withControl(event, deeds))
      || (event.altKey && !event.ctrlKey && withAlt(event, deeds))
      || (!event.ctrlKey && !event.metaKey && !event.altKey && plain(event, deeds));
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  });
};

export const blankOrNew = (row, addRow) => {
  const next = rows()[rows().indexOf(row) + 1];
  return next && isBlank(next) ? next : addRow(row);
};
