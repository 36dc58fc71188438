/* Rows of a spreadsheet, pasted into any cell: from there to the right and down, or by their headings. */
import { by, el, say } from "./dom.js";
import { isSplit } from "./dates.js";
import { field, rows } from "./rows.js";
import { COLUMNS, MOST_ROWS, addRow, content, fillRow, isBlank, keepBlankEnd, write } from "./sheet.js";

const HEADINGS = {
  part: ["part", "sku", "part number", "pn", "item", "product", "customer part", "customer_part", "customer pn"],
  quantity: ["quantity", "qty", "units"],
  end_buyer: ["end buyer", "end_buyer", "end customer"],
  ship_to: ["ship-to", "ship to", "ship_to"],
  request_date: ["request date", "request_date", "date", "need date", "delivery date"],
  customer_price: ["po price", "price", "unit price", "unit_price"],
};

/* Cells by row, quoted ones with line breaks and tabs inside as spreadsheets copy them. */
export const cells = (text) => {
  const found = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at], row = found.at(-1);
    if (isQuoted) {
      if (letter === '"' && text[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
      else if (letter === '"') isQuoted = false;
      else row[row.length - 1] += letter;
    } else if (letter === '"' && row.at(-1) === "") isQuoted = true;
    else if (letter === "\t") row.push("");
    else if (letter === "\n") found.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  }
  return found.map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim())).filter((row) => row.some(Boolean));
};

const headingOf = (cell) => COLUMNS.find((name) => HEADINGS[name].includes(cell.toLowerCase()));

/* The field of each pasted column, and the rows without their headings. */
const columnsOf = (pasted, start) => {
  const named = pasted[0].map(headingOf);
  if (named.filter(Boolean).length >= 2) return { names: named, data: pasted.slice(1) };
  return { names: COLUMNS.slice(COLUMNS.indexOf(start)), data: pasted };
};

export const isTable = (text) => /[\t\n]/.test(text.trim());

export const paste = (text, row, start, { done, undone }) => {
  const before = content();
  const { names, data } = columnsOf(cells(text), start);
  let target = row, count = 0;
  for (const values of data) {
    if (!target) {
      if (rows().length >= MOST_ROWS && !isBlank(rows().at(-1))) break;
      target = addRow();
    }
    const filled = values.map((value, index) => [names[index], value]).filter(([name]) => name);
    fillRow(target, Object.fromEntries(filled.filter(([name]) => !(isSplit(target) && field(target, name).readOnly))));
    count += 1;
    target = target.nextElementSibling;
  }
  keepBlankEnd();
  offerUndo(pastedText(count, data.length), before, undone);
  done();
};

const pastedText = (count, wanted) => {
  const left = wanted - count;
  const lines = `${count} row${count === 1 ? "" : "s"} pasted.`;
  return left ? `${lines} ${left} did not fit: an order has at most ${MOST_ROWS} rows here, bring a longer one as a file.` : lines;
};

/* What was just done to rows, with a way back until something else is typed. */
export const offerUndo = (text, before, undone) => {
  const box = by("pasted");
  const button = el("button", { type: "button", class: "btn", "data-undo": true }, "Undo ", el("kbd", {}, "Ctrl"), el("kbd", {}, "Z"));
  button.addEventListener("click", () => {
    write(before);
    forgetUndo();
    say("Undone.");
    undone();
  });
  box.replaceChildren(el("div", {}, text), el("span", { class: "acts" }, button));
  box.hidden = false;
};

export const forgetUndo = () => { by("pasted").hidden = true; by("pasted").replaceChildren(); };
export const undo = () => {
  const button = by("pasted").querySelector("[data-undo]");
  button?.click();
  return Boolean(button);
};
