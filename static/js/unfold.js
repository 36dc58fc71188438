"use strict";
/* What unfolds below a button of its own gives the focus to its first field, or to the first that is wrong. */
(() => {
  document.addEventListener("toggle", (event) => {
    const part = event.target;
    if (!part.matches?.("[data-unfold]") || !part.open) return;
    const field = part.querySelector(".is-invalid") ?? part.querySelector("input:not([type=hidden])");
    field?.focus();
    field?.select?.();
  }, true);
})();
