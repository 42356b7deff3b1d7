// What is typed and not sent yet survives a reload, with the key of its turn: what did
// reach the server, though its answer was lost, is not said twice.

const byId = (id) => document.getElementById(id);
const name = `draft:${location.pathname}`;
const key = () => byId("keys")?.querySelector("[name=turn_key]");

export function keepDraft() {
  if (byId("composer")) sessionStorage.removeItem("draft:/"); // what began a trip was sent
  const field = byId("text");
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "null");
  if (kept && !field.value.trim()) {
    field.value = kept.text;
    key().value = kept.key;
  }
  document.addEventListener("input", ({ target }) => target === byId("text") && keep(target.value));
}

/** What is being sent counts as typed until it is answered. */
export function keep(text) {
  if (!key()) return; // another page has taken this one's place
  if (text) sessionStorage.setItem(name, JSON.stringify({ text, key: key().value }));
  else sessionStorage.removeItem(name);
}
