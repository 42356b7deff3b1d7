// Talking: every form with data-sends is sent here, once at a time.
//
// The message is shown at once. If it can't be sent it goes back into the composer
// with its turn key, so that "Try again" can't be taken for a second message.

import { keep } from "./draft.js";
import { closeAfter, openerOf, stayAt, tellInHand } from "./hands.js";
import { notice, show, watch } from "./notices.js";
import { fresh, seenAt } from "./offline.js";
import { adopt, adoptMain, adoptRegion, get, post } from "./page.js";
import { markToday } from "./today.js";
import { _ } from "./words.js";

const GIVE_UP = 30_000; // milliseconds until a page that does not come may be asked again
const LONG = 1_000; // milliseconds of waiting from which on one wants to know for what
const byId = (id) => document.getElementById(id);

/** Whether another part of the page hides the conversation, as on a phone. */
const isAway = () => byId("chat").offsetParent === null;

let waiting = false;
let telling = 0; // the timer that tells what is being waited for
let planChanged = () => {};
let plan = byId("plan")?.outerHTML; // as it was served, before it was scrolled and marked
// The other windows of this browser on this trip.
const others = new BroadcastChannel(location.pathname);

export const isWaiting = () => waiting;

export function listen({ onPlan }) {
  planChanged = onPlan;
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  // Back from the next page, as it was left: the form is ready again.
  window.addEventListener("pageshow", (event) => event.persisted && waiting && wait(false));
  others.addEventListener("message", catchUp);
  others.postMessage("opened"); // maybe after a change on a page without this
}

const versionOf = (page) => page.getElementById("kept")?.dataset.version;

/** Shows what became of the trip elsewhere; one stays where one is. Whether it is another,
 * or, with `always`, whether the page is now as the server has it, or of a trip that is gone. */
export async function catchUp({ always = false } = {}) {
  const { status, doc } = await get(location.pathname);
  if (status === 404) show("ended");
  if (status === 404) return always;
  if (status !== 200 || seenAt(doc) || waiting || !byId("kept")) return false;
  if (!always && versionOf(doc) === versionOf(document)) return false;
  if (Boolean(doc.getElementById("change")) === Boolean(byId("change"))) answered(doc, () => {});
  else location.reload(); // one may do more now, or less
  return true;
}

export function scrollToLatest() {
  const talk = byId("talk");
  const latest = byId("latest");
  talk.scrollTop = talk.scrollHeight;
  // Of what is longer than the view the beginning is read first.
  if (latest) talk.scrollTop = Math.min(talk.scrollTop, latest.offsetTop - 8);
  if (talk.scrollHeight > talk.clientHeight || talk.offsetParent === null) return;
  // On a phone it is the page that scrolls.
  byId("next").scrollIntoView({ block: "nearest" });
  latest?.scrollIntoView({ block: latest.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
}

function onKey(event) {
  const { target } = event;
  const way = event.ctrlKey || event.metaKey ? wayOf(event) : null;
  if (way) travel(event, way);
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!target.matches?.("[data-sends] textarea")) return;
  event.preventDefault();
  target.form.requestSubmit();
}

/** Back with Ctrl+Z, and forth with Ctrl+Shift+Z or Ctrl+Y. */
function wayOf({ key, shiftKey }) {
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key === "y" ? "redo" : null;
}

function travel(event, way) {
  const button = document.querySelector(`#summary [data-way=${way}]`);
  if (!button || event.target.matches?.("input, textarea") || byId("hand").open) return;
  event.preventDefault();
  button.click();
}

function unfold(button) {
  const line = button.previousElementSibling;
  button.remove();
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
}

/** Goes to a part of the page so that Back leaves the trip, not the part. */
function onClick(event) {
  const more = event.target.closest?.("[data-more]");
  if (more) return unfold(more);
  const link = event.target.closest?.("main a[href^='#']");
  const asked = event.ctrlKey || event.metaKey || event.shiftKey; // for another window
  if (!link || asked || event.defaultPrevented) return;
  event.preventDefault();
  stayAt(link.hash);
}

function onSubmit(event) {
  const form = event.target;
  if (!form.dataset.sends) return;
  if (waiting) {
    event.preventDefault();
    tellAnswered();
  } else if (form.dataset.sends === "start" && !navigator.onLine) {
    event.preventDefault();
    note(_("No connection: nothing was sent. What you typed is kept here; send it once you are back."));
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
  if (form === composer) {
    keep(text);
    composer.elements.text.value = "";
  }
  note("");
  const away = isAway() && !data.has("text"); // what is said is answered in the chat
  const opener = openerOf(form);
  const ofPlan = button?.getAttribute("form") === "change" ? button : opener;
  const back = ofPlan && hold(ofPlan);
  echo(text, away);
  wait(true);
  // Its own action does not tell where one is; that of its form does.
  const action = (!away && button?.getAttribute("formaction")) || form.action;
  const { status, doc } = await post(action, data);
  const isAnswered = status === 200 && doc?.getElementById("conversation");
  if (isAnswered && opener) await closeAfter(form);
  wait(false);

  if (isAnswered) {
    answered(doc, back);
    others.postMessage("changed");
  } else if (status === 404 && doc?.querySelector("main")) {
    adoptMain(doc); // the trip is gone; the page has the text in a form
  } else {
    notSent(data.get("text"), data.get("turn_key"), status, doc);
    if (opener) tellInHand(byId("problem").textContent);
  }
  tellAnswered();
}

/** Also when there was no answer: what was only guessed meanwhile is no more. */
function tellAnswered() {
  document.dispatchEvent(new Event("answered"));
}

function answered(doc, back) {
  fresh();
  const text = byId("text"); // not where one may only look
  if (text) keep(text.value); // what was typed ahead
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
  const typing = text && document.activeElement === text;
  document.title = doc.title;
  adoptRegion(doc, "talk");
  watch();
  let changed = null;
  if (replanned) {
    const before = planned();
    renew(() => adoptRegion(doc, "plan"));
    changed = pointOut(before);
    planChanged();
  } else if (served !== plan) {
    renew(() => adopt(doc.getElementById("plan"))); // other facts about the same stops
  }
  plan = served;
  text?.removeAttribute("aria-invalid");
  if (text) text.placeholder = doc.getElementById("text").placeholder;
  scrollToLatest();
  notice(...document.adoptNode(doc.getElementById("said")).childNodes);
  if (back) {
    back(changed);
  } else if (!typing) {
    // In the field, a touch screen would bring up its keyboard.
    const next = matchMedia("(pointer: fine)").matches ? "text" : "talk";
    byId(next).focus({ preventScroll: true });
  }
}

/** Exchanges the plan; the part of the page that the address names stays shown. */
function renew(exchange) {
  const away = isAway();
  const top = scrollY;
  const unfolded = [...document.querySelectorAll("#take > details[open]")];
  const grips = document.querySelector("#plan .grip:not([hidden])");
  exchange();
  markToday();
  // Shown later, they would shift what stands below them.
  if (grips) for (const grip of document.querySelectorAll("#plan .grip")) grip.hidden = false;
  for (const { id } of unfolded) byId(id)?.setAttribute("open", "");
  if (!away || isAway()) return;
  const { hash } = location;
  stayAt(byId(hash.slice(1)) ? hash : "#plan");
  scrollTo(0, top);
}

/** Remembers where the button stood; what it gives brings one back there. */
function hold(button) {
  const parts = "#plan [id], #summary";
  // A key may press it while one is elsewhere.
  const part = document.activeElement?.closest(parts) ?? button.closest(parts);
  const day = part?.closest(".day");
  const top = part?.getBoundingClientRect().top;
  return (changed) => {
    const same = byId(part?.id) ?? byId(day?.id);
    if (same) {
      const moved = () => same.getBoundingClientRect().top - top;
      byId("plan").scrollTop += moved();
      scrollBy(0, moved()); // on a phone it is the page that scrolls
      const stop = same.closest(".stop") ?? same.querySelector(".stop.is-changed");
      stop?.scrollIntoView({ block: "nearest" }); // all of it
    }
    const control = (same ?? changed)?.querySelector(".change, .changes summary, .history button");
    (control ?? byId("plan")).focus({ preventScroll: true });
  };
}

const days = () => [...document.querySelectorAll("#plan .day")];
const stops = (day) => [...day.querySelectorAll("[data-place]")];
const place = (stop) => stop.dataset.place;
const spot = (stop) => place(stop) + stop.querySelector(".when").textContent;

/** The places of the plan, and by day what is when. */
const planned = () => ({
  places: new Set(days().flatMap(stops).map(place)),
  spots: new Map(days().map((day) => [day.id, stops(day).map(spot).join()])),
});

/** Marks what is new in the plan, shows the day if it alone changed; the first such. */
function pointOut(before) {
  const { spots } = planned();
  const changed = days().filter(({ id }) => spots.get(id) !== before.spots.get(id));
  if (!before.places.size || !changed.length) return null;
  for (const day of changed) {
    const fresh = stops(day).filter((stop) => !before.places.has(place(stop)));
    for (const part of fresh.length ? fresh : [day]) part.classList.add("is-changed");
  }
  const [day] = changed;
  if (changed.length > 1) byId("plan").scrollTop = 0; // read from its beginning
  else (day.querySelector(".is-changed") ?? day).scrollIntoView({ block: "nearest" });
  return day;
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
    note(said || _("The message was refused (error %(status)s).", { status }), typed && status === 429);
  } else if (status) {
    note(said || _("Something went wrong on our side. Nothing is lost."), typed);
  } else {
    note(_("There was no answer: is the connection down? Nothing is lost."), typed);
  }
}

function echo(text, away) {
  if (!away && isAway()) stayAt("#chat");
  const item = document.createElement("li");
  item.className = "message user";
  item.dataset.pending = "";
  item.append(inWords(text.trim()));
  byId("conversation").append(item);
  byId("next").hidden = true;
}

function note(text, again = false) {
  const problem = byId("problem");
  problem.replaceChildren();
  if (!text) return;
  problem.append(inWords(text));
  notice(inWords(text));
  if (again) {
    const button = document.createElement("button");
    button.textContent = _("Try again");
    button.setAttribute("form", "composer");
    problem.append(button);
  }
  problem.scrollIntoView({ block: "nearest" });
}

function inWords(text) {
  const words = document.createElement("p");
  words.textContent = text;
  return words;
}

function wait(now) {
  waiting = now;
  const progress = byId("progress");
  progress.textContent = now ? _("One moment…") : "";
  if (now) notice(inWords(_("One moment…")));
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
