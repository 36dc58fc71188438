"use strict";
/* Small helps that pages work without: focus on the errors and after a swap, one open menu at a time, selected rows,
   order of columns. */
(() => {
  const first = "[data-first] :is(input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), select, textarea)";
  (document.querySelector("[data-focus]") ?? document.querySelector(first))?.focus();

  const boxes = () => [...document.querySelectorAll("#list tbody input[name=row]")];
  const countPicked = () => {
    const shown = document.querySelector("[data-picked-count]");
    if (shown) shown.textContent = boxes().filter((box) => box.checked).length;
    const all = document.querySelector("[data-select-all]");
    if (all) all.checked = boxes().length > 0 && boxes().every((box) => box.checked);
  };

  const move = (button) => {
    const item = button.closest("li");
    const other = button.dataset.move === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (!other) return;
    if (button.dataset.move === "1") other.after(item); else other.before(item);
    button.focus();
  };

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.pop[open]").forEach((node) => {
      if (!node.contains(event.target)) node.open = false;
    });
    const mover = event.target.closest("[data-move]");
    if (mover) move(mover);
    const emptier = event.target.closest("[data-uncheck]");
    emptier?.form.querySelectorAll(`[name="${emptier.dataset.uncheck}"]`).forEach((box) => { box.checked = false; });
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-select-all]")) boxes().forEach((one) => { one.checked = box.checked; });
    if (box.matches("[data-submit]")) box.form.requestSubmit();
    countPicked();
  });

  /* What htmx swaps takes the focus with it. It gives it back to what has an id; what is gone gives it to the menu it
     stood in, else to the table. */
  let back = null;
  document.addEventListener("htmx:before:swap", () => {
    const had = document.activeElement?.closest("#list") && document.activeElement;
    back = had && { id: had.closest("details.pop")?.querySelector("summary")?.id };
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!back || document.activeElement !== document.body) return;
    const target = (back.id && document.getElementById(back.id)) || document.querySelector("#list .scroll, #list summary");
    target?.focus({ preventScroll: true });
    back = null;
  });

  document.addEventListener("reset", () => setTimeout(countPicked));
  window.addEventListener("pageshow", countPicked);
  countPicked();
})();
