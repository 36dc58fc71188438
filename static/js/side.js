"use strict";
/* What waits, beside the entries of the side navigation, and the tenants of the switcher. The page does not wait for
   it, and without it the navigation and the switcher still lead everywhere. */
(() => {
  const side = document.querySelector("[data-waiting]");
  if (!side) return;

  const count = (name, text) => {
    const shown = side.querySelector(`[data-count="${name}"]`);
    if (!shown) return;
    shown.textContent = text;
    const link = shown.closest("a");
    link.title = `${link.getAttribute("aria-label")}: ${text}`;
  };

  const addTenants = (tenants) => {
    const list = side.querySelector("[data-tenants]");
    list.replaceChildren(...tenants.map(({ name, href, is_here }) => {
      const link = document.createElement("a");
      link.className = "btn btn-flat";
      link.href = href;
      link.textContent = name;
      if (is_here) link.setAttribute("aria-current", "true");
      return link;
    }));
  };

  const ask = async () => {
    try {
      const response = await fetch(side.dataset.waiting, { headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return;
      const { counts, tenants } = await response.json();
      Object.entries(counts).forEach(([name, text]) => count(name, text));
      addTenants(tenants);
    } catch { /* the server is away: the page says so when something is done on it */ }
  };

  const menu = side.querySelector(".tenants");
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    if (!menu.open || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const links = [...menu.querySelectorAll("a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = links.indexOf(document.activeElement);
    links[(at + step + links.length) % links.length]?.focus();
  });

  ask();
  document.addEventListener("in-place:done", ask);
})();
