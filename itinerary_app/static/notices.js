// What is said above the message box: what a change did, if the conversation is hidden,
// and in time that the trip will not be kept much longer.

import { moment, seenAt } from "./offline.js";
import { adopt, adoptRegion, get, post } from "./page.js";
import { _ } from "./words.js";

const SHOWN = 20_000; // milliseconds that a notice stays, and longer while it is used
const SOON = 12 * 3_600_000; // milliseconds within which a time of day needs no date
const FAR = 3 * 24 * 3_600_000; // from which on the server says a date alone
const LONGEST = 2 ** 31 - 1; // milliseconds that a timer can wait
const byId = (id) => document.getElementById(id);

let until = 0; // when the trip ends, by the clock of this machine, right or wrong
let ending = 0; // timers
let fading = 0;
let shows = "";

export function listenForNotices() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-close]")) close();
    if (target.closest?.("[data-keep]")) keep(target, get(location.pathname)); // any use
    if (target.closest?.("[data-anew]")) beginAnew(target);
  });
  document.addEventListener("submit", keepFor, { capture: true });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  document.addEventListener("visibilitychange", check); // timers sleep with the machine
}

/** Says what a change did. */
export function notice(...parts) {
  byId("said")?.replaceChildren(...parts);
  clearTimeout(fading);
  fading = setTimeout(fade, SHOWN);
}

function fade() {
  if (byId("said")?.matches(":hover, :focus-within")) fading = setTimeout(fade, SHOWN);
  else close();
}

function close() {
  const said = byId("said");
  const held = said?.contains(document.activeElement);
  said?.replaceChildren();
  if (held) byId("plan").focus({ preventScroll: true });
}

/** Begins anew with what the server says in #kept. */
export function watch() {
  const { now, until: end } = byId("kept").dataset;
  until = (seenAt() ?? Date.now()) + Date.parse(end) - Date.parse(now);
  show("");
  check();
}

function check() {
  clearTimeout(ending);
  const kept = byId("kept"); // not in a page that has replaced this one
  if (!kept) return;
  const left = until - Date.now();
  const early = left - kept.dataset.warning * 1_000;
  if (left <= 0) return show("ended");
  if (early <= 0) show("ending");
  ending = setTimeout(check, Math.min(early > 0 ? early : left, LONGEST));
}

export function show(id) {
  if (id && id === shows) return; // it is said once
  shows = id;
  byId("keeping").replaceChildren(...(id ? [byId(id).content.cloneNode(true)] : []));
  const ahead = until - Date.parse(byId("kept").dataset.until); // this machine's clock
  for (const time of document.querySelectorAll("#composer time")) {
    const at = Date.parse(time.dateTime) + ahead;
    if (at - Date.now() < FAR) time.textContent = moment(at, SOON);
  }
}

/** For another time than now, which is no change of the plan. */
function keepFor(event) {
  const { target: form, submitter: button } = event;
  if (button?.name !== "kept") return;
  event.preventDefault();
  event.stopPropagation();
  const data = new FormData(form);
  data.set(button.name, button.value);
  keep(button, post(button.formAction, data), (doc) => {
    adoptRegion(doc, "talk"); // buttons of before are for an older version
    const how = document.createElement("p");
    how.textContent = byId("kept-how").textContent;
    notice(how);
  });
}

async function keep(button, answer, then = () => {}) {
  button.disabled = true;
  const { status, doc } = await answer;
  if (status === 404) {
    show("ended");
  } else if (status === 200) {
    adopt(doc.getElementById("kept"));
    watch();
    then(doc);
    byId("main").focus({ preventScroll: true });
  } else {
    button.disabled = false;
    failed(button);
  }
}

function failed(button) {
  const words = document.createElement("p");
  words.textContent = _("There was no answer: try again.");
  const telling = button.closest("#keeping");
  if (telling) telling.firstElementChild.replaceWith(words);
  else notice(words);
}

/** What this page has left of the trip becomes a new one, as from a saved file. */
async function beginAnew(button) {
  button.disabled = true;
  const { doc: fresh } = await get("/"); // the secret may be gone with the trip
  const data = new FormData();
  data.set("form_token", fresh?.querySelector("[name=form_token]")?.value ?? "");
  data.set("file", new Blob([JSON.stringify(left())]), "trip.json");
  const { status, doc } = await post("/privacy/open", data);
  if (status === 200) return location.assign(doc.querySelector(".trip-link").href);
  button.disabled = false;
  failed(button);
}

function left() {
  const { trips } = JSON.parse(byId("outline").textContent);
  const said = [...document.querySelectorAll("#conversation .message p")].map((words) => ({
    role: words.closest(".user") ? "user" : "assistant",
    content: words.textContent,
  }));
  return { trips: [{ ...trips[0], conversation_history: said }] };
}
