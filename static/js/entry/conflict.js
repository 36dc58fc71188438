/* Two pages, one draft: yours beside theirs, and nothing is written before one is chosen. */
import { by, el } from "./dom.js";

export const showConflict = (found, { mine }) => {
  const values = found.rows.flatMap((row) => [
    el("span", { class: "muted" }, row.label),
    el("span", { class: "is-changed" }, row.yours || "–"),
    el("span", { class: "is-changed" }, row.theirs || "–"),
  ]);
  const keep = el("button", { type: "button", class: "btn btn-primary" }, "Keep mine");
  const take = el("button", { type: "button", class: "btn" }, "Take theirs");
  const box = by("conflict");
  keep.addEventListener("click", () => { box.hidden = true; mine(found.version); });
  take.addEventListener("click", () => location.reload());
  box.replaceChildren(el("div", { class: "stack" },
    el("b", {}, "This draft was changed on another page. Nothing of yours is lost, and nothing is saved until you choose."),
    el("div", { class: "choice" }, el("span"), el("b", {}, "Yours, not saved"), el("b", {}, `Theirs: ${found.theirs}`), ...values),
    el("span", { class: "acts" }, keep, take)));
  box.hidden = false;
  keep.focus();
};

export const showGone = (found) => {
  const box = by("conflict");
  box.replaceChildren(el("div", {}, `${found.message} `, found.url ? el("a", { href: found.url }, `Open ${found.order}`) : ""));
  box.hidden = false;
};
