// What the scripts say, in the page's language: as English stands in them, or as the page
// brings it along (see language.py).

const told = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** The sentence in the page's language, with its values in the place of %(name)s. */
export const _ = (text, values = {}) =>
  (told[text] ?? text).replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
