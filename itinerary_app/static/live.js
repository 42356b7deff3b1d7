// What others change appears here: every other second a trip that others have is asked
// for its version, while somebody looks at it. What is open or dragged is not disturbed.

import { catchUp, isWaiting } from "./chat.js";
import { notice } from "./notices.js";
import { _ } from "./words.js";

const EVERY = 1_500; // milliseconds between an answer and the next question
const MOST = 60_000; // milliseconds, where there is no answer or too much is asked
const byId = (id) => document.getElementById(id);

let pause = EVERY;
let asking = 0; // the timer
let offered = ""; // the version that a notice offers

export function followOthers() {
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("click", ({ target }) => target.closest?.("[data-catch-up]") && show());
  ask();
}

function ask() {
  clearTimeout(asking);
  asking = setTimeout(look, document.hidden ? MOST : pause);
}

async function look() {
  const kept = byId("kept");
  if (!kept) return; // another page has taken this one's place
  if (kept.dataset.live && !document.hidden) await compare(kept.dataset);
  ask();
}

async function compare({ live, version }) {
  const { status, text } = await versionAt(live, version);
  pause = status && status < 429 ? EVERY : Math.min(2 * pause, MOST);
  if (status === 404) return catchUp();
  if (status !== 200 || text === byId("kept")?.dataset.version || isWaiting()) return;
  if (isBusy()) offer(text);
  else await show();
}

function versionAt(url, known) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.setRequestHeader("If-None-Match", `"${known}"`);
    request.timeout = 10_000; // milliseconds
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = request.ontimeout = () => resolve({ status: 0, text: "" });
    request.send();
  });
}

/** Whether something is open, typed into the plan, or dragged. */
function isBusy() {
  const held = document.querySelector(".sortable-chosen, .sortable-fallback");
  const typing = document.activeElement?.matches("#plan :is(input, textarea)");
  return Boolean(byId("hand")?.open || held || typing);
}

/** The number of the last message but for answers. */
const newest = () => [...document.querySelectorAll("#conversation .user")].at(-1)?.dataset.seq;

function offer(version) {
  if (offered === version) return;
  offered = version;
  const words = document.createElement("p");
  words.textContent = _("Somebody changed the trip meanwhile.");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.dataset.catchUp = "";
  button.textContent = _("Show it");
  notice(words, button);
}

async function show() {
  const seen = newest();
  if (!(await catchUp())) return;
  const sender = newest() === seen ? null : byId("conversation")?.querySelector(`[data-seq="${newest()}"] .sender`);
  const who = sender?.textContent.replace(/:$/, "");
  const words = document.createElement("p");
  words.textContent = who ? _("%(who)s changed the trip just now.", { who }) : _("Somebody changed the trip just now.");
  notice(words);
}
