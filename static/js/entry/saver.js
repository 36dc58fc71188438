/* One request at every pause: it keeps the draft and brings the answers. One at a time, so that the server sees what
   was typed in its order; an answer to anything but the newest question is dropped. */
import { by, el } from "./dom.js";
import { form, header } from "./rows.js";
import { beforeSending, content } from "./sheet.js";

const PAUSE = 150;
const PATIENCE = 15_000;
const AGAIN = 3_000;

export const createSaver = ({ apply, conflict, gone }) => {
  let timer = 0, asked = 0, isBusy = false, isWaiting = false, isStopped = false, isTouched = false, kept = "";

  const body = () => {
    beforeSending();
    const whole = content();
    return { text: JSON.stringify(whole), whole };
  };

  const post = (whole, more = {}) =>
    fetch(form().dataset.sheet, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": header("csrfmiddlewaretoken").value },
      body: JSON.stringify({
        draft: Number(header("draft").value) || null,
        version: Number(header("version").value) || 0,
        page: header("click").value,
        content: whole,
      }),
      ...more,
    });

  const isPending = (pending) => by("totals").setAttribute("aria-busy", String(pending));
  const status = (text) => { by("saved").textContent = text; };

  const send = async () => {
    timer = 0;
    if (isStopped) return;
    if (isBusy) { isWaiting = true; return; }
    const { text, whole } = body();
    const number = ++asked;
    isBusy = true;
    isPending(true);
    try {
      const response = await post(whole, { signal: AbortSignal.timeout(PATIENCE) });
      await receive(response, number, text);
    } catch {
      status("Not saved: no answer. Trying again…");
      later(AGAIN);
    } finally {
      isBusy = false;
      if (isWaiting) { isWaiting = false; send(); } else if (!timer) isPending(false);
    }
  };

  const receive = async (response, number, text) => {
    if (response.status === 409) { isStopped = true; conflict((await response.json()).conflict); return; }
    if (response.status === 410) { isStopped = true; gone(await response.json()); return; }
    if (response.redirected || response.status === 403) { await signedOut(response.status); return; }
    if (!response.ok) { status(`Not saved: ${response.status}.`); return; }
    const answer = await response.json();
    kept = text;
    remember(answer);
    if (number === asked && !isWaiting) apply(answer);
  };

  /* Signing in makes new tokens: this page fetches one, and goes on where it was. */
  const signedOut = async (code) => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = fresh.querySelector("#entry [name=csrfmiddlewaretoken]");
    clearTimeout(timer);
    if (token) { header("csrfmiddlewaretoken").value = token.value; later(); return; }
    if (!answer.redirected) { status(`Not saved: ${code}.`); return; }
    by("saved").replaceChildren("Not saved: you are signed out. ",
      el("a", { href: "/accounts/login/", target: "_blank" }, "Sign in on another page"), "; this one goes on by itself.");
    timer = setTimeout(() => signedOut(code).catch(() => later(AGAIN)), AGAIN);
  };

  const remember = (answer) => {
    if (!answer.draft) return;
    if (!header("draft").value) history.replaceState(null, "", answer.url);
    header("draft").value = answer.draft;
    header("version").value = answer.version;
    const discard = by("discard");
    discard.href = answer.discardUrl;
    discard.hidden = false;
    status(`Draft saved ${answer.savedAt}`);
  };

  const later = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
    isPending(true);
  };

  /* Leaving with something typed in the last moment: it goes out with the page. */
  const leave = () => {
    if (isStopped || !isTouched) return;
    const { text, whole } = body();
    if (text !== kept) post(whole, { keepalive: true }).catch(() => {});
  };

  const goOn = (version) => {
    isStopped = false;
    header("version").value = version;
    send();
  };

  return { touch: () => { isTouched = true; later(); }, now: send, leave, goOn, stop: () => { isStopped = true; clearTimeout(timer); isPending(false); } };
};
