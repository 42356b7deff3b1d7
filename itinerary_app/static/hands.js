// Changes by hand: the pages of a stop, of a day and of places to add open above the
// plan, as links with data-hand lead to them. Their forms are sent by chat.js.

import { moment, seenAt } from "./offline.js";
import { get } from "./page.js";
import { _ } from "./words.js";

const byId = (id) => document.getElementById(id);
let opener = null; // what was pressed to open the dialog
let shown = ""; // the address of what is in it
let entered = false; // whether the dialog has an entry of the history, which Back leaves
let lostFrom = () => {}; // what to do when something is not in the trip any more

export function listenForHands({ onGone }) {
  lostFrom = onGone;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-hand], #hand [data-close-hand]");
    const asked = event.ctrlKey || event.metaKey || event.shiftKey; // for another window
    if (!link || asked) return;
    event.preventDefault();
    if ("hand" in link.dataset) open(link);
    else leave(event);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("#hand [data-seeks]")) return;
    event.preventDefault();
    show(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  });
  byId("hand").addEventListener("click", (event) => {
    if (event.target.id === "hand") leave(event); // beside it
  });
  byId("hand").addEventListener("close", () => {
    byId("hand").replaceChildren();
    goBack(); // the browser closes it by itself, too
  });
  byId("hand").addEventListener("cancel", leave);
  window.addEventListener("popstate", onPast);
  onPast(); // after a reload one may be in the entry of a dialog that is no longer open
}

/** Back closes the dialog, and Forth opens none. */
function onPast() {
  if (history.state?.hand) {
    if (!byId("hand").open) history.back();
  } else if (entered) {
    entered = false;
    if (!isDropped()) return enter();
    afterwards(() => byId("hand").close());
  }
}

/** When the browser has gone to the part that the address names, and put the focus there. */
const afterwards = (work) => setTimeout(work);

function enter() {
  entered = true;
  history.pushState({ hand: true }, "");
}

/** Leaves the entry of the dialog; resolves when one is in that of the plan. */
function goBack() {
  if (!entered) return Promise.resolve();
  entered = false;
  const focused = document.activeElement;
  return new Promise((resolve) => {
    const arrived = () => afterwards(() => resolve(focused.focus({ preventScroll: true })));
    window.addEventListener("popstate", arrived, { once: true });
    history.back();
  });
}

/** Goes to a part of the page within its entry, also while the dialog is open. */
export function stayAt(hash) {
  const { state } = history;
  const was = entered;
  entered = false;
  location.replace(hash);
  entered = was;
  history.replaceState(state, "");
}

function leave(event) {
  if (isDropped()) closeHand();
  else event.preventDefault();
}

/** What is typed is dropped only by who leaves a second time. */
function isDropped() {
  if (!typed().length || byId("hand-said").textContent) return true;
  tellInHand(_("What you typed is not kept yet. Leave once more to drop it."));
  return false;
}

/** The fields that say something else than when they came. */
const typed = () =>
  [...byId("hand").querySelectorAll("[data-sends] :is(input, textarea)")].filter(
    (field) => field.type !== "hidden" && field.value !== field.defaultValue,
  );

/** What opened the dialog in which the form is; null for forms of the page itself. */
export const openerOf = (form) => (form.closest("#hand") ? opener : null);

/** Says in the dialog why nothing was changed; what was typed stays. */
export function tellInHand(words) {
  const said = byId("hand-said");
  said.textContent = words;
  said.scrollIntoView({ block: "nearest" });
}

function closeHand() {
  byId("hand").close();
  return goBack();
}

/** After a change by one of its forms: closed, unless another one has something typed. */
export async function closeAfter(form) {
  const left = typed().filter((field) => field.form !== form);
  if (!left.length) return closeHand();
  if (!(await show(shown))) return closeHand(); // it was left out
  for (const { id, value } of left) byId(id).value = value;
  tellInHand(_("Done. What else you typed is not kept yet."));
}

function lost(url) {
  const words = document.createElement("p");
  words.textContent = _("There was no answer: is the connection down? Nothing is lost.");
  const close = document.createElement("button");
  close.className = "chip";
  close.dataset.closeHand = "";
  close.textContent = _("Close");
  const again = document.createElement("a");
  again.className = "chip";
  again.href = url;
  again.dataset.hand = "";
  again.textContent = _("Try again");
  return [words, again, " ", close];
}

function open(link) {
  if (!link.closest("#hand")) opener = link;
  show(link.href);
}

/** Whether that is in the trip; else the dialog, or the browser, says what is the matter. */
async function show(url) {
  const hand = byId("hand");
  hand.setAttribute("aria-busy", "true");
  const { status, doc } = await get(url);
  hand.removeAttribute("aria-busy");
  const page = doc?.querySelector("main.hand");
  if (status && !page) {
    location.assign(url);
    return false;
  }
  const said = document.createElement("p");
  said.id = "hand-said";
  said.setAttribute("role", "alert");
  hand.replaceChildren(said, ...(page ? document.adoptNode(page).childNodes : lost(url)));
  shown = url;
  const seen = seenAt(doc ?? undefined);
  hand.toggleAttribute("data-seen", Boolean(page && seen));
  if (page && seen) said.textContent = _("No connection: this is as of %(time)s.", { time: moment(seen) });
  if (!hand.open) {
    hand.showModal();
    enter();
  }
  if (byId("own-map")) import("./pick.js").then(({ drawPick }) => drawPick());
  hand.scrollTop = 0;
  // In the field, a touch screen would bring up its keyboard above what was found.
  const seeks = matchMedia("(pointer: fine)").matches ? "[type=search]" : "[data-seeks] button";
  (hand.querySelector(seeks) ?? hand.querySelector("[data-close-hand]")).focus();
  if (status === 404) lostFrom();
  return status !== 404;
}
