"use strict";
/* Keys named by data-key on the element they work, several apart by blanks: a field is focused, a summary opened,
   anything else clicked. Those of the row at hand go first, then those of the page, then of the bar and the side.
   Rows of a list: J K move, X selects, Enter opens. Single letters never act while somebody types. */
(() => {
  // whoever has just ticked a row types nothing: the verbs for it follow
  const ticking = (node) => node.type === "checkbox" && Boolean(node.closest("#list table"));
  const typing = (node) => node.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !ticking(node));
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
  /* Whoever was in what is closed stands on its button then. */
  const closeAll = () => {
    const now = document.activeElement;
    const opened = [...document.querySelectorAll("details:is(.pop, [data-unfold])[open]")];
    const around = opened.find((node) => node.contains(now));
    opened.forEach((node) => { node.open = false; });
    document.getElementById("bulk")?.reset();
    const button = around?.querySelector("summary");
    if (button && button !== now) button.focus();
    else now?.blur();
  };
  // back on a list, from a row or a verb on it, one goes on where one was
  const markName = `row at hand ${window.location.pathname}`;
  const markOf = (row) => row.querySelector("input[name=row]")?.value ?? row.querySelector("a")?.getAttribute("href");
  const leave = () => {
    const row = document.querySelector("#list tbody tr.at");
    if (row) sessionStorage.setItem(markName, markOf(row) ?? "");
  };
  const comesBack = () => {
    const from = document.referrer && new URL(document.referrer);
    return performance.getEntriesByType("navigation")[0]?.type === "back_forward"
      || (from && from.origin === window.location.origin && from.pathname !== window.location.pathname
        && from.pathname.startsWith(window.location.pathname));
  };
  const goOn = () => {
    const mark = sessionStorage.getItem(markName);
    sessionStorage.removeItem(markName);
    if (mark && comesBack()) rows().find((row) => markOf(row) === mark)?.classList.add("at");
  };
  window.addEventListener("pagehide", leave);
  goOn();

  // the list of keys tells of those that work here and now
  const isHere = (keys) => {
    const letters = keys.split("|").filter((key) => /^[a-z0-9/[\]]$/.test(key));
    return !letters.length || letters.some((key) => document.querySelector(`[data-key~="${CSS.escape(key)}"]`));
  };
  document.querySelector(".key-list")?.closest("details").addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    event.target.querySelectorAll("[data-when]").forEach((node) => { node.hidden = !document.querySelector(node.dataset.when); });
    event.target.querySelectorAll("[data-keys]").forEach((node) => { node.hidden = !isHere(node.dataset.keys); });
  });

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
    const node = document.querySelector(`#list tbody tr.at ${named}`)
      ?? document.querySelector(`main ${named}`) ?? document.querySelector(named);
    const action = node ? () => press(node) : listKeys[key];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
