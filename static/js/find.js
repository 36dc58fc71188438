"use strict";
/* The find box: arrows walk through what was found, Esc goes back to the box and closes it. A question that gets no
   answer says so; nothing found and nothing heard must not look alike. */
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
  const unanswered = (event) => {
    // a question that a newer one replaced is given up on purpose
    if (event.detail.error?.name === "AbortError") return;
    const note = document.createElement("p");
    note.className = "foot";
    note.setAttribute("role", "status");
    note.textContent = "No answer came. Type on, or press Enter to ask again.";
    found.replaceChildren(note);
  };
  box.addEventListener("htmx:error", unanswered);
  box.addEventListener("htmx:response:error", unanswered);
  // what was typed before the page began to listen is asked now
  box.addEventListener("htmx:after:init", () => {
    if (box.value !== box.defaultValue) box.dispatchEvent(new Event("input", {bubbles: true}));
  });
  box.addEventListener("input", () => { if (box.value.trim().length < 2) close(); });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) close(); });
})();
