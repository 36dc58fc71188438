"use strict";
/* Keys named by data-key on the element they work, several apart by blanks: a field is focused, a summary opened,
   anything else clicked. Those of the page go before those of the bar and the side.
   Rows of a list: J K move, X selects, Enter opens. Single letters never act while somebody types. */
(() => {
  const typing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);
  const lettersOff = document.body.dataset.keys === "off";
  const rows = () => [...document.querySelectorAll("#list tbody tr")];

  /* a verb for picked rows takes the row at hand when none is ticked */
  const pick = () => {
    if (document.querySelector("#list tbody input[name=row]:checked")) return true;
    onRow("input[name=row]");
    return !!document.querySelector("#list tbody input[name=row]:checked");
  };

  const press = (node) => {
    if (node.matches("[data-picks]") && !pick()) return;
    if (typing(node) && node.type !== "checkbox") { node.focus(); node.select?.(); return; }
    node.click();
  };

  const move = (step) => {
    const all = rows();
    const at = all.findIndex((row) => row.classList.contains("at"));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!next) return;
    all[at]?.classList.remove("at");
    next.classList.add("at");
    next.scrollIntoView({ block: "nearest" });
  };

  const onRow = (selector) => document.querySelector(`#list tbody tr.at ${selector}`)?.click();
  const closeAll = () => {
    document.querySelectorAll("details:is(.pop, [data-unfold])[open]").forEach((node) => { node.open = false; });
    document.getElementById("bulk")?.reset();
    document.activeElement?.blur();
  };
  const listKeys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => onRow("input[type=checkbox]"),
    Enter: () => onRow("a"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { closeAll(); return; }
    const isFunctionKey = /^F\d+$/.test(event.key);
    if (!isFunctionKey && (lettersOff || typing(event.target))) return;
    if (event.key === "Enter" && event.target !== document.body) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const named = `[data-key~="${CSS.escape(key)}"]`;
    const node = document.querySelector(`main ${named}`) ?? document.querySelector(named);
    const action = node ? () => press(node) : listKeys[key];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
