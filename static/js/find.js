"use strict";
/* The find box: arrows walk through what was found, Esc goes back to the box and closes it. */
(() => {
  const box = document.querySelector(".find input");
  const found = document.getElementById("found");
  if (!box || !found) return;
  const links = () => [...found.querySelectorAll("a")];
  const close = () => { found.replaceChildren(); };

  document.querySelector(".find").addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape" && all.length) {
      close();
      box.focus();
    } else if (event.key === "ArrowDown" && all.length) {
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at === 0 ? box : all[at - 1]).focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("input", () => { if (box.value.trim().length < 2) close(); });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) close(); });
})();
