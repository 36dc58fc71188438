/* Order entry: the plain form becomes a grid that answers while somebody types. */
import { apply, applyAgain, nextProblem } from "./answer.js";
import { showConflict, showGone } from "./conflict.js";
import { addDate, dateRows, datesAsAbove, removeDate, typedInDates } from "./dates.js";
import { by, say, type } from "./dom.js";
import * as keys from "./keys.js";
import * as lookup from "./lookup.js";
import { showPanel } from "./panel.js";
import { forgetUndo, isTable, offerUndo, paste } from "./paste.js";
import { createSaver } from "./saver.js";
import * as rows from "./rows.js";
import * as sheet from "./sheet.js";

const form = rows.form();
let here = null; // the cell that had the cursor last

const row = () => (here?.isConnected && rows.rowOf(here)) || rows.rows().at(-1);
const lineShown = () => (here?.isConnected ? row() : rows.rows()[0]);
// fields of the header count too: the next problem is the one after them
const cursor = () => (form.contains(document.activeElement) ? document.activeElement : here);

const saver = createSaver({
  apply: (answer) => {
    if (apply(answer)) saver.touch();
    showPanel(lineShown());
  },
  conflict: (found) => showConflict(found, { goOn: (version) => { sheet.keepBlankEnd(); saver.goOn(version); } }),
  gone: showGone,
});

const changed = () => {
  sheet.keepBlankEnd();
  sheet.showDefaults();
  lookup.announce(rows.table());
  saver.touch();
};

/* The rows were made anew: the cursor goes back to where it was. */
const undone = (place) => () => {
  changed();
  keys.reach(rows.field(rows.rows()[Math.min(place, rows.rows().length - 1)], "part"));
};

/* ---- what keys and buttons do, to the line with the cursor ---- */

const copyDown = () => {
  if (!here) return;
  const dateRow = here.closest("tr.date");
  const name = dateRow ? "" : rows.nameOf(here);
  const above = dateRow ? aboveInDates(dateRow) : rows.rows()[rows.placeOf(row()) - 1];
  const from = dateRow ? above : above && rows.field(above, name);
  if (from) type(here, from.value || from.placeholder);
};

const aboveInDates = (dateRow) => {
  const all = dateRows(row());
  const column = [...dateRow.querySelectorAll("input")].indexOf(here);
  return all[all.indexOf(dateRow) - 1]?.querySelectorAll("input")[column];
};

const remove = () => {
  const gone = row();
  const before = sheet.content();
  const dateRow = here?.closest("tr.date");
  if (dateRow) keys.reach(removeDate(gone, dateRow));
  else {
    const next = gone.nextElementSibling ?? gone.previousElementSibling;
    const number = rows.placeOf(gone) + 1;
    sheet.removeRow(gone);
    keys.reach(rows.field(next?.isConnected ? next : rows.rows().at(-1), "part"));
    offerUndo(`Line ${number} removed.`, before, undone(number - 1));
    say(`Line ${number} removed.`);
  }
  changed();
};

const more = () => {
  const details = row().querySelector("details.more");
  details.open = !details.open;
  keys.reach(details.open ? rows.field(row(), "override_price") : rows.field(row(), "part"));
};

const deeds = {
  add: () => {
    const fresh = keys.blankOrNew(row(), sheet.addRow);
    changed();
    keys.reach(rows.field(fresh, "part"));
  },
  remove,
  copy: copyDown,
  date: () => { const cell = addDate(row()); changed(); keys.reach(cell); },
  dates: () => { if (datesAsAbove(row())) changed(); },
  more,
  take: () => { if (here && row().take && rows.nameOf(here) === "quantity") type(here, row().take); },
  why: () => { showPanel(lineShown()); by("why").focus(); },
  problem: () => keys.reach(nextProblem(cursor())),
};

/* ---- what happens on the page ---- */

form.addEventListener("input", (event) => {
  if (event.target.closest("tr.date")) typedInDates(rows.rowOf(event.target));
  if (event.isTrusted) { lookup.typed(event.target); forgetUndo(); }
  const last = rows.rows().at(-1);
  if (!sheet.isBlank(last)) { sheet.keepBlankEnd(); lookup.announce(rows.table()); }
  if (!rows.rowOf(event.target)) sheet.showDefaults();
  saver.touch();
});

form.addEventListener("focusin", (event) => {
  if (!event.target.matches("#lines input")) return;
  const before = row();
  here = event.target;
  rows.table().querySelector("tbody.at")?.classList.remove("at");
  row().classList.add("at");
  if (before !== row() || !by("why").hasChildNodes()) showPanel(row());
});

form.addEventListener("focusout", (event) => {
  lookup.close();
  if (event.target.matches("input")) setTimeout(applyAgain);
});

form.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const target = rows.rowOf(event.target);
  if (!target || !isTable(text)) return;
  event.preventDefault();
  const start = sheet.COLUMNS.includes(rows.nameOf(event.target)) ? rows.nameOf(event.target) : "part";
  paste(text, target, start, { done: changed, undone: undone(rows.placeOf(target)) });
});

form.addEventListener("click", (event) => {
  const deed = event.target.closest("[data-do]")?.dataset.do;
  if (deed) { deeds[deed](); return; }
  const why = event.target.closest("[data-why]");
  if (why) { keys.reach(rows.field(rows.rowOf(why), "part")); deeds.why(); }
});

// the buttons below the grid work on the cell with the cursor, and leave it there
by("grid-keys").addEventListener("mousedown", (event) => event.preventDefault());
by("why").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" && event.key !== "F2") return;
  event.preventDefault();
  event.stopPropagation();
  keys.reach(here);
});

form.addEventListener("submit", () => { sheet.beforeSending(); saver.stop(); });
addEventListener("pagehide", saver.leave);

form.classList.add("is-live");
rows.table().setAttribute("role", "grid");
rows.rows().forEach(sheet.dress);
sheet.keepBlankEnd();
sheet.showDefaults();
lookup.announce(form);
lookup.listen();
keys.listen(deeds);
showPanel(null);
if (rows.header("draft").value || form.querySelector("[aria-invalid]") || sheet.content().rows.length) saver.now();
