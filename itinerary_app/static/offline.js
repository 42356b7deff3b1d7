// Without a network: what a page says that worker.js kept, and when it is renewed.

import { get } from "./page.js";
import { _ } from "./words.js";

const AGAIN = 10_000; // milliseconds after which a kept page is asked for once more
const LISTED = /^\/(trips|shared)\/[^/]+$/;
const byId = (id) => document.getElementById(id);
const root = document.documentElement;

/** When the page, or another one, was seen if it is a kept one; else undefined. */
export const seenAt = (doc = document) => Number(doc.documentElement.dataset.seen) || undefined;

export function keepForOffline() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  // A worker that came while this page did has control of it, but has not seen it.
  if (!performance.getEntriesByType("navigation")[0]?.workerStart) {
    serviceWorker.ready.then(({ active }) => active.postMessage(location.pathname));
  }
  // Not while the page loads, with which it has nothing to do.
  const register = () => serviceWorker.register("/worker.js", { updateViaCache: "none" }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}

/** Before all others that listen: from a kept page nothing is sent, as its forms are of
 * then. `renew` shows the page as it is now, and resolves to whether it could. */
export function sayWhetherKept({ renew }) {
  if (byId("kept-here")) listKept();
  addEventListener("offline", () => seenAt() || say(_("No connection just now. The page stays as it is; what you type is kept.")));
  addEventListener("online", () => seenAt() || byId("offline")?.remove());
  if (!seenAt()) return;
  say(_("No connection: this is as of %(time)s. What you type is kept until you are back; nothing else can be changed.", { time: moment(seenAt()) }));
  byId("said")?.replaceChildren();
  const key = document.querySelector("#keys [name=turn_key]");
  if (key) key.value = crypto.randomUUID(); // that of then may have been used
  document.addEventListener("submit", refuse, { capture: true });
  const ask = async () => {
    clearTimeout(again);
    if (!seenAt()) return;
    if (!byId("hand")?.open && (await renew())) return fresh();
    again = setTimeout(ask, AGAIN);
  };
  let again = setTimeout(ask, AGAIN);
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => document.hidden || !seenAt() || ask());
}

/** A page that only is looked at is loaded anew by who looks at it. */
export async function offerAgain() {
  const { status, doc } = await get(location.href);
  if (!status || seenAt(doc ?? undefined)) return false;
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = _("Show it as it is now");
  say(`${_("You are connected again.")} `, link);
  return false;
}

function refuse(event) {
  if (!seenAt()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.dispatchEvent(new Event("answered")); // what was dragged goes back
  say(_("Still no connection: nothing was sent or changed. This is as of %(time)s.", { time: moment(seenAt()) }));
}

/** What the page says is of now. */
export function fresh() {
  delete root.dataset.seen;
  byId("offline")?.remove();
}

function say(...words) {
  const banner = byId("offline") ?? document.createElement("p");
  banner.id = "offline";
  banner.className = "offline";
  banner.setAttribute("role", "status");
  if (!banner.isConnected) document.querySelector("main").before(banner);
  banner.replaceChildren(...words);
}

/** 14:05, or of another day, or one that is not as near as that, with its date. */
export function moment(time, near = 0) {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  const style = isToday || time - Date.now() < near ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Date(time).toLocaleString(root.lang === "en" ? "en-GB" : root.lang, style);
}

async function listKept() {
  const pages = await caches.open("pages"); // of worker.js
  const paths = (await pages.keys()).map(({ url }) => new URL(url).pathname);
  for (const path of paths.filter((it) => LISTED.test(it)).reverse()) {
    const { doc } = await get(path);
    if (!doc) continue;
    const link = document.createElement("a");
    link.className = "trip-link";
    link.href = path;
    const name = document.createElement("strong");
    name.textContent = doc.querySelector("h1").textContent;
    const when = document.createElement("span");
    when.textContent = seenAt(doc) ? _("as of %(time)s", { time: moment(seenAt(doc)) }) : "";
    link.append(name, when);
    const item = document.createElement("li");
    item.append(link);
    byId("kept-here").querySelector("ul").append(item);
    byId("kept-here").hidden = false;
  }
}
