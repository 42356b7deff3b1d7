// Changes by hand: the pages of a stop, of a day and of places to add open above the
// plan, as links with data-hand lead to them. Their forms are sent by chat.js.

import { get } from "./page.js";

const byId = (id) => document.getElementById(id);
let opener = null; // what was pressed to open the dialog

export function listenForHands() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-hand], #hand [data-close-hand]");
    const asked = event.ctrlKey || event.metaKey || event.shiftKey; // for another window
    if (!link || asked) return;
    event.preventDefault();
    if ("hand" in link.dataset) open(link);
    else closeHand();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("#hand [data-seeks]")) return;
    event.preventDefault();
    show(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  });
  byId("hand").addEventListener("click", ({ target }) => {
    if (target.id === "hand") closeHand(); // beside it
  });
  byId("hand").addEventListener("close", () => byId("hand").replaceChildren());
}

/** What opened the dialog in which the form is; null for forms of the page itself. */
export const openerOf = (form) => (form.closest("#hand") ? opener : null);

/** Says in the dialog why nothing was changed; what was typed stays. */
export function tellInHand(words) {
  const said = byId("hand-said");
  said.textContent = words;
  said.scrollIntoView({ block: "nearest" });
}

export function closeHand() {
  byId("hand").close();
}

function open(link) {
  if (!link.closest("#hand")) opener = link;
  show(link.href);
}

async function show(url) {
  const hand = byId("hand");
  hand.setAttribute("aria-busy", "true");
  const { status, doc } = await get(url);
  hand.removeAttribute("aria-busy");
  const page = doc?.querySelector("main.hand");
  if (status !== 200 || !page) {
    location.assign(url); // the browser says what is the matter
    return;
  }
  const said = document.createElement("p");
  said.id = "hand-said";
  said.setAttribute("role", "alert");
  hand.replaceChildren(said, ...document.adoptNode(page).childNodes);
  if (!hand.open) hand.showModal();
  hand.scrollTop = 0;
  hand.querySelector("input[type=search], [data-close-hand]").focus();
}
