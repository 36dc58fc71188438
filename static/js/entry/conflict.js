/* Two pages, one draft: yours beside theirs, chosen field by field, and nothing is written before that. */
import { by, el } from "./dom.js";
import { field, header, rows } from "./rows.js";
import { addRow, dress } from "./sheet.js";

/* `form` names none: a choice is no part of the order. */
const choice = (index, whose, text) =>
  el("label", {}, el("input", { type: "radio", name: `choice-${index}`, value: whose, form: "none", checked: whose === "yours" }),
    text || "–");

const line = (row, index) => [
  el("span", { class: "muted" }, row.label),
  choice(index, "yours", row.yours),
  choice(index, "theirs", row.theirs),
];

/* A place is a field of the header, or the number of a row and a field of it. */
const put = (place, text) => {
  const [name, number] = place.split(" ").reverse();
  if (!number) {
    const input = header(name);
    if (input.type === "checkbox") input.checked = Boolean(text); else input.value = text;
    return;
  }
  while (rows().length < Number(number)) addRow();
  const row = rows()[number - 1];
  field(row, name).value = text;
  dress(row);
};

const takeChosen = (found) => {
  found.rows.forEach((row, index) => {
    const picked = by("conflict").querySelector(`[name=choice-${index}]:checked`);
    if (picked.value === "theirs") put(row.place, row.theirs);
  });
};

export const showConflict = (found, { goOn }) => {
  const save = el("button", { type: "button", class: "btn btn-primary" }, "Save what is chosen");
  const take = el("button", { type: "button", class: "btn" }, "Take all of theirs");
  const box = by("conflict");
  save.addEventListener("click", () => {
    takeChosen(found);
    box.hidden = true;
    goOn(found.version);
  });
  take.addEventListener("click", () => location.reload());
  box.replaceChildren(el("div", { class: "stack" },
    el("b", {}, "This draft was changed on another page. Nothing of yours is lost, and nothing is saved until you choose."),
    el("div", { class: "choice" }, el("span"), el("b", {}, "Yours, not saved"), el("b", {}, `Theirs: ${found.theirs}`),
      ...found.rows.flatMap(line)),
    el("span", { class: "acts" }, save, take)));
  box.hidden = false;
  save.focus();
};

export const showGone = (found) => {
  const box = by("conflict");
  box.replaceChildren(el("div", {}, `${found.message} `, found.url ? el("a", { href: found.url }, `Open ${found.order}`) : ""));
  box.hidden = false;
};
