// Buttons that print the plan and copy its link; without this they are not shown.

import { _ } from "./words.js";

const SHOWN = 4_000; // milliseconds that a button tells what it did

export function listenForTaking() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-print]")) print();
    const button = target.closest?.("[data-copy]");
    if (button) copy(button);
  });
}

async function copy(button) {
  const link = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(link.href);
    button.textContent = _("Copied");
    setTimeout(() => (button.textContent = label), SHOWN);
  } catch {
    getSelection().selectAllChildren(link); // ready to be copied by hand
  }
}
