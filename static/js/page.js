"use strict";
/* Small helps that pages work without: focus on the errors, one open menu at a time, select all. */
(() => {
  document.querySelector("[data-focus]")?.focus();

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.pop[open]").forEach((node) => {
      if (!node.contains(event.target)) node.open = false;
    });
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-select-all]")) {
      box.closest("table").querySelectorAll("tbody input[type=checkbox]").forEach((one) => { one.checked = box.checked; });
    }
    if (box.matches("[data-submit]")) box.form.requestSubmit();
  });
})();
