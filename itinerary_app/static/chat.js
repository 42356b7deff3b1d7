// Talking: every form with data-sends is sent here, once at a time.
//
// The message is shown at once. If it can't be sent it goes back into the composer
// with its turn key, so that "Try again" can't be taken for a second message.

import { adopt, adoptMain, adoptRegion, post } from "./page.js";

const GIVE_UP = 30_000; // milliseconds until a page that does not come may be asked again
const LONG = 1_000; // milliseconds of waiting from which on one wants to know for what
const byId = (id) => document.getElementById(id);

let waiting = false;
let telling = 0; // the timer that tells what is being waited for
let planChanged = () => {};
let plan = byId("plan")?.outerHTML; // as it was served, before it was scrolled and marked

export function listen({ onPlan }) {
  planChanged = onPlan;
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey);
  // Back from the next page, as it was left: the form is ready again.
  window.addEventListener("pageshow", (event) => event.persisted && waiting && wait(false));
}

export function scrollToLatest() {
  const talk = byId("talk");
  talk.scrollTop = talk.scrollHeight;
  if (talk.scrollHeight > talk.clientHeight || talk.offsetParent === null) return;
  // On a phone it is the page that scrolls.
  byId("next").scrollIntoView({ block: "nearest" });
  byId("latest")?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const { target } = event;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!target.matches?.("[data-sends] textarea")) return;
  event.preventDefault();
  target.form.requestSubmit();
}

function onSubmit(event) {
  const form = event.target;
  if (!form.dataset.sends) return;
  if (waiting) {
    event.preventDefault();
  } else if (form.dataset.sends === "start") {
    // The browser loads the answer; meanwhile this page shows that it is at work.
    // Later, since a disabled button's value would not be sent.
    waiting = true;
    setTimeout(wait, 0, true);
    setTimeout(wait, GIVE_UP, false); // the browser's Stop button tells nobody
  } else {
    event.preventDefault();
    send(form, event.submitter);
  }
}

async function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  const text = data.get("text") ?? button.textContent; // a button may send acts
  if (!text.trim()) return;

  const composer = byId("composer");
  if (form === composer) composer.elements.text.value = "";
  note("");
  echo(text);
  wait(true);
  const action = button?.getAttribute("formaction") ?? form.action;
  const { status, doc } = await post(action, data);
  wait(false);

  if (status === 200 && doc?.getElementById("conversation")) {
    answered(doc);
  } else if (status === 404 && doc?.querySelector("main")) {
    adoptMain(doc); // the trip is gone; the page has the text in a form
  } else {
    notSent(data.get("text"), data.get("turn_key"), status, doc);
  }
}

function answered(doc) {
  const next = doc.getElementById("conversation");
  const list = byId("conversation");
  if ("older" in list.dataset) {
    list.replaceWith(document.adoptNode(next));
    history.replaceState(null, "", location.pathname);
  } else {
    addNew(list, next);
  }
  const data = "plan-data";
  const replanned = doc.getElementById(data).textContent !== byId(data).textContent;
  const served = doc.getElementById("plan").outerHTML;
  const typing = document.activeElement === byId("text");
  document.title = doc.title;
  adoptRegion(doc, "talk");
  if (replanned) {
    const before = placesByDay();
    adoptRegion(doc, "plan");
    pointOut(before);
    planChanged();
  } else if (served !== plan) {
    adopt(doc.getElementById("plan")); // other facts about the same stops
  }
  plan = served;
  byId("text").removeAttribute("aria-invalid");
  byId("text").placeholder = doc.getElementById("text").placeholder;
  scrollToLatest();
  // On a touch screen, focus would bring up the keyboard over the answer.
  if (!typing && matchMedia("(pointer: fine)").matches) byId("text").focus();
}

function placesByDay() {
  const days = [...document.querySelectorAll("#plan .day")];
  const places = (day) =>
    [...day.querySelectorAll("[data-place]")].map((stop) => stop.dataset.place);
  return new Map(days.map((day) => [day.id, places(day)]));
}

/** Marks what is new in the plan, and shows the day if it is the only one changed. */
function pointOut(before) {
  const known = new Set([...before.values()].flat());
  const changed = [...placesByDay()].filter(
    ([day, places]) => String(places) !== String(before.get(day)),
  );
  if (!known.size || !changed.length) return;
  if (changed.length > 1) {
    byId("plan").scrollTop = 0; // another plan is read from its beginning
    return;
  }
  const day = byId(changed[0][0]);
  for (const stop of day.querySelectorAll("[data-place]")) {
    stop.classList.toggle("is-changed", !known.has(stop.dataset.place));
  }
  (day.querySelector(".is-changed") ?? day).scrollIntoView({ block: "nearest" });
}

/** Only what is new, so that a screen reader reads the answer and no more. */
function addNew(list, next) {
  list.querySelector("[data-pending]")?.remove();
  byId("latest")?.removeAttribute("id");
  const said = new Set([...list.children].map((item) => item.dataset.seq));
  for (const item of [...next.children]) {
    if (said.has(item.dataset.seq)) continue;
    list.append(document.adoptNode(item));
    if (item.matches(".assistant")) item.classList.add("is-new");
  }
  if (list.lastElementChild) list.lastElementChild.id = "latest";
}

function notSent(text, turnKey, status, doc) {
  document.querySelector("[data-pending]")?.remove();
  byId("next").hidden = false;
  const typed = text !== null; // a button stays where it is, to be pressed again
  if (typed) {
    const field = byId("text");
    field.value = field.value ? `${text}\n${field.value}` : text;
    byId("keys").querySelector("[name=turn_key]").value = turnKey;
    field.focus();
  }
  const said = doc?.querySelector("#problem, [role=alert]")?.textContent.trim();
  if (status >= 400 && status < 500) {
    note(said || `The message was refused (error ${status}).`, typed && status === 429);
  } else if (status) {
    note(said || "Something went wrong on our side. Nothing is lost.", typed);
  } else {
    note("There was no answer: is the connection down? Nothing is lost.", typed);
  }
}

function echo(text) {
  if (location.hash === "#plan" || location.hash === "#map") location.hash = "chat";
  const words = document.createElement("p");
  words.textContent = text.trim();
  const item = document.createElement("li");
  item.className = "message user";
  item.dataset.pending = "";
  item.append(words);
  byId("conversation").append(item);
  byId("next").hidden = true;
}

function note(text, again = false) {
  const problem = byId("problem");
  problem.replaceChildren();
  if (!text) return;
  const words = document.createElement("p");
  words.textContent = text;
  problem.append(words);
  if (again) {
    const button = document.createElement("button");
    button.textContent = "Try again";
    button.setAttribute("form", "composer");
    problem.append(button);
  }
  problem.scrollIntoView({ block: "nearest" });
}

function wait(now) {
  waiting = now;
  const progress = byId("progress");
  progress.textContent = now ? "One moment…" : "";
  progress.classList.toggle("is-busy", now);
  clearTimeout(telling);
  if (now) telling = setTimeout(tellMore, LONG);
  for (const button of document.querySelectorAll("[data-sends] button, [form=change]")) {
    button.disabled = now;
  }
  if (now) progress.scrollIntoView({ block: "nearest" });
}

function tellMore() {
  const progress = byId("progress");
  progress.textContent = `${progress.dataset.says}…`;
  const steps = byId("steps");
  if (steps) progress.append(steps.content.cloneNode(true));
  progress.scrollIntoView({ block: "nearest" });
}
