"use strict";
/* Forms in place. A link with data-in-place fetches its own page as a fragment and shows it below the row, list item
   or element with data-place that it stands in. What it posts goes the same way: errors and conflicts come back into
   the same place. When it is done, the parts of the page marked data-live (each with an id) are read anew, and the
   focus returns to the link, or to its row. Without this script each link is an ordinary page. */
(() => {
  const HEADERS = { "X-In-Place": "1" };
  const DONE = 204;
  let now = null;

  // the place a form stands in ----------------------------------------------------------------------------------

  const widthOf = (row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);

  const makePlace = (link) => {
    const beside = link.closest("tr, li, [data-place]");
    const isRow = beside.tagName === "TR";
    const outer = document.createElement(isRow ? "tr" : beside.tagName === "LI" ? "li" : "div");
    outer.className = "in-place-row";
    const inner = isRow ? outer.insertCell() : outer;
    if (isRow) inner.colSpan = widthOf(beside);
    beside.after(outer);
    const part = link.closest("[data-live]")?.id;
    return { link, linkId: link.id, rowId: beside.id, part, outer, inner, url: link.href };
  };

  const findWayBack = ({ link, linkId, rowId, part }) => {
    const opener = link.isConnected ? link : document.getElementById(linkId);
    const menu = opener?.closest("[popover]");
    const button = menu && document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
    return button ?? opener ?? document.getElementById(rowId) ?? document.getElementById(part);
  };

  const close = ({ focus = true } = {}) => {
    const place = now;
    now = null;
    place?.outer.remove();
    if (place && focus) findWayBack(place)?.focus();
  };

  // what comes back ---------------------------------------------------------------------------------------------

  // the sign-in page knows the way on, and keeps what was sent
  const isSignIn = (response) => response.redirected && new URL(response.url).pathname.startsWith("/accounts/");

  const show = async (place, response) => {
    const text = await response.text();
    if (now !== place) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = page.querySelector(".in-place");
    if (response.redirected || !found) { window.location.assign(isSignIn(response) ? response.url : place.url); return; }
    place.inner.replaceChildren(document.adoptNode(found));
    place.inner.setAttribute("aria-busy", "false");
    const first = found.querySelector(".is-invalid, [data-focus]")
      ?? found.querySelector("input:not([type=hidden]), select, textarea") ?? found.querySelector("button");
    first?.focus();
    if (first?.matches("input[type=text], input[inputmode], input[type=number]")) first.select?.();
    found.scrollIntoView({ block: "nearest" });
  };

  const refresh = async () => {
    const response = await fetch(window.location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelectorAll("[data-live]").forEach((old) => {
      const fresh = page.getElementById(old.id);
      if (!fresh) return;
      old.replaceWith(document.adoptNode(fresh));
      window.htmx?.process(fresh);
    });
  };

  const finish = async () => {
    const place = now;
    await refresh();
    now = null;
    place.outer.remove();
    const target = findWayBack(place);
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("in-place:done"));
  };

  const lost = (place) => {
    const note = document.createElement("p");
    note.className = "note is-bad";
    note.role = "alert";
    note.textContent = "The server could not be reached. Nothing was lost: send it again.";
    place.inner.querySelector(".lost")?.remove();
    note.classList.add("lost");
    place.inner.prepend(note);
  };

  // what people do ----------------------------------------------------------------------------------------------

  const open = async (link) => {
    close({ focus: false });
    link.closest("[popover]")?.hidePopover();
    const place = now = makePlace(link);
    place.inner.setAttribute("aria-busy", "true");
    try {
      await show(place, await fetch(place.url, { headers: HEADERS, cache: "no-store" }));
    } catch {
      window.location.assign(place.url);
    }
  };

  const send = async (form, submitter) => {
    const place = now;
    const body = new FormData(form, submitter);
    submitter?.setAttribute("disabled", "");
    try {
      const response = await fetch(form.getAttribute("action") || place.url, { method: "POST", headers: HEADERS, body });
      if (response.status === DONE) await finish();
      else await show(place, response);
    } catch {
      lost(place);
    } finally {
      submitter?.removeAttribute("disabled");
    }
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-in-place]");
    if (link) { event.preventDefault(); open(link); return; }
    const closing = event.target.closest(".in-place [data-close]");
    if (!closing) return;
    event.preventDefault();
    if (closing.dataset.close === "refresh") finish();
    else close();
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".in-place")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  // before keys.js, which would take the focus away altogether
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !now || !event.target.closest?.(".in-place-row")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close();
  }, true);

  // a menu opens below its button, or above it where the window ends
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (event.newState !== "open" || !menu.matches?.(".menu")) return;
    const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`).getBoundingClientRect();
    const below = button.bottom + menu.offsetHeight < window.innerHeight;
    menu.style.left = `${Math.max(0, button.right - menu.offsetWidth)}px`;
    menu.style.top = `${below ? button.bottom : Math.max(0, button.top - menu.offsetHeight)}px`;
  }, true);

  // up and down among things of one kind: data-among="verbs"
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = event.target.closest?.("[data-among]");
    if (!step || !at) return;
    const all = [...document.querySelectorAll(`[data-among="${CSS.escape(at.dataset.among)}"]`)]
      .filter((one) => one.checkVisibility());
    const next = all[all.indexOf(at) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  // a link to a part of the page whose control is meant: data-to names it
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    const target = link && document.querySelector(link.dataset.to);
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "center" });
  });
})();
