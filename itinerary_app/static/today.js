// Under way: the day that is today, by the calendar where the traveller is.

import { _ } from "./words.js";

/** Calls it so, in the plan and among the links to the days. */
export function markToday() {
  const day = today();
  if (!day) return;
  for (const last of [day.querySelector("h2 time"), linkTo(day).lastChild]) {
    if (last.parentNode.querySelector(".locked")) continue;
    const word = document.createElement("span");
    word.className = "locked";
    word.textContent = _("today");
    last.after(word);
  }
}

/** Begins there, unless another part of the page was asked for; the day's number, if so. */
export function beginToday() {
  const day = today();
  if (!day || location.hash) return "";
  location.replace(`#${day.id}`);
  document.getElementById("days").scrollLeft = linkTo(day).offsetLeft - 16; // on a phone
  return day.id.slice("day-".length);
}

const linkTo = (day) => document.querySelector(`#days a[href="#${day.id}"]:not(.city)`);

function today() {
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((it) => String(it).padStart(2, "0"));
  return document.querySelector(`.day:has(h2 time[datetime="${date.join("-")}"])`);
}
