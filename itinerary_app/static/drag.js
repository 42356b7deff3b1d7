// Stops are dragged within and across days, days by their links among each other; the
// arrow keys on a handle do the same. What is dropped is a guess until the server has
// answered: its plan takes the place of the guess, and a refusal puts it back. What is
// moved meanwhile is sent after the answer, as one change.

import { isWaiting } from "./chat.js";
import { _ } from "./words.js";

const TOUCH = 250; // milliseconds that a finger rests before it drags what also scrolls
const byId = (id) => document.getElementById(id);

const guesses = []; // what was dropped and not answered yet, and where it was
const owed = new Map(); // where a place shall be, of those that were not sent yet
let held = null; // the place whose handle a key moved

export function listenForDragging() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerover", onNear, { passive: true });
  document.addEventListener("answered", onAnswer);
  // Sortable looks 20 times a second where the pointer is: what is let go sooner lands
  // where it was before, unless it looks once more.
  const look = () => window.Sortable?.active?._emulateDragOver();
  document.addEventListener("pointerup", look, { capture: true });
  makeSortable();
}

/** Whoever points at the plan may drag: a finger or a mouse that is there first. */
function onNear({ target }) {
  if (!navigator.onLine || !target.closest?.("#plan, #days")) return;
  document.removeEventListener("pointerover", onNear);
  // A classic script that sets window.Sortable.
  import("./node_modules/sortablejs/Sortable.min.js").then(makeSortable);
}

/** What of the plan that is shown cannot be dragged yet. */
function makeSortable() {
  for (const handle of document.querySelectorAll("#plan .grip")) handle.hidden = false;
  const { Sortable } = window;
  const isNew = (list) => Sortable && !Sortable.get(list);
  const ours = { animation: 120, forceFallback: true, fallbackTolerance: 4, ghostClass: "is-dropped" };
  for (const list of [...document.querySelectorAll("#plan .stops")].filter(isNew)) {
    Sortable.create(list, {
      ...ours,
      group: "stops",
      handle: ".grip",
      draggable: ".stop",
      scroll: true,
      onStart: remember,
      onEnd: ({ item }) => drop(item),
    });
  }
  if (isNew(byId("days"))) {
    // Or the browser drags the links themselves, to other windows.
    for (const link of byId("days").children) link.draggable = false;
    Sortable.create(byId("days"), {
      ...ours,
      draggable: "[class^=day-]",
      delay: TOUCH,
      delayOnTouchOnly: true,
      onStart: remember,
      onEnd: ({ item, newDraggableIndex }) =>
        dropDay(item, Number(item.dataset.day), newDraggableIndex + 1),
    });
  }
}

function remember({ item }) {
  const { parentNode, previousElementSibling, nextSibling } = item;
  guesses.push({ item, parentNode, previousElementSibling, nextSibling });
}

function drop(item) {
  const { parentNode, previousElementSibling } = guesses.at(-1);
  if (parentNode === item.parentNode && previousElementSibling === item.previousElementSibling) {
    guesses.pop(); // it is where it was
  } else {
    put(item);
  }
}

const placeOf = (stop) => stop?.dataset.place;
const stopOf = (place) => document.querySelector(`#plan [data-place="${CSS.escape(place)}"]`);

/** It shall be where it stands now. */
function put(item) {
  owed.delete(placeOf(item)); // where it was to be before that
  owed.set(placeOf(item), {
    day: Number(item.parentNode.dataset.day),
    after: placeOf(item.previousElementSibling),
    before: placeOf(item.nextElementSibling),
  });
  if (!isWaiting()) pay();
}

/** Sends where the stops shall be: behind a stop each, or else first. */
function pay() {
  const acts = [];
  for (const [stop, { day, after, before }] of owed) {
    const item = stopOf(stop);
    if (!item) continue; // it is no longer in the plan
    const beside = after ? { after } : before ? { before } : {};
    const isThere = item.id.startsWith(`stop-${day}-`); // as the server has it
    acts.push(isThere ? { act: "order", stop, ...beside } : { act: "move", stop, day, ...beside });
    guess(item, day, after, before);
  }
  owed.clear();
  if (acts.length) send(stopOf(acts.at(-1).stop), acts, _("Move"));
}

/** Shows the stop where it shall be, as far as its neighbours are there. */
function guess(item, day, after, before) {
  const [behind, ahead] = [after, before].map((place) => place && stopOf(place));
  if (behind?.nextElementSibling === item || (!behind && ahead?.previousElementSibling === item)) return;
  remember({ item });
  if (behind) behind.after(item);
  else if (ahead) ahead.before(item);
  else document.querySelector(`#plan .stops[data-day="${day}"]`)?.append(item);
}

function dropDay(item, day, to) {
  if (day === to) guesses.pop();
  else send(item, [{ act: "move_day", day, to }], _("Move day %(number)s", { number: day }));
}

function onKey(event) {
  const grip = event.target.closest?.(".grip");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!grip || !step) return;
  event.preventDefault();
  const item = grip.closest(".stop");
  const list = item.parentNode;
  remember({ item });
  if (!move(item, list, step)) return void guesses.pop();
  held = placeOf(item);
  grip.focus(); // what is moved in the document has lost it
  put(item);
}

/** By one place, past the end of a day into the next; whether there was such a place. */
function move(item, list, step) {
  const beside = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (beside) {
    beside[step < 0 ? "before" : "after"](item);
    return true;
  }
  const next = document.querySelector(`#plan .stops[data-day="${Number(list.dataset.day) + step}"]`);
  next?.[step < 0 ? "append" : "prepend"](item);
  return Boolean(next);
}

/** As a button at the stop would: by the form of all changes. */
function send(item, acts, label) {
  const button = document.createElement("button");
  button.name = "acts";
  button.value = JSON.stringify(acts);
  button.textContent = label;
  button.hidden = true;
  button.setAttribute("form", "change");
  item.append(button);
  button.form.requestSubmit(button);
  button.remove();
}

function onAnswer() {
  // Without effect where the plan was renewed: these are no longer in it.
  while (guesses.length) {
    const { item, parentNode, nextSibling } = guesses.pop();
    parentNode.insertBefore(item, nextSibling);
  }
  makeSortable();
  if (!isWaiting()) pay();
  if (!held) return;
  stopOf(held)?.querySelector(".grip").focus();
  if (!isWaiting()) held = null;
}
