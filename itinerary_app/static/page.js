// Fetches a page of this site as a document and adopts parts of it.
// Nothing is parsed from strings, so that no text can become markup.

const TIMEOUT = 90_000; // milliseconds; a slow assistant may think for a while

/** POSTs the data, follows the redirect; resolves to {status, doc}, 0 = no answer. */
export const post = (url, data) => load("POST", url, data);

/** The page at the URL, in the same way. */
export const get = (url) => load("GET", url);

function load(method, url, data = null) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "document";
    request.timeout = TIMEOUT;
    request.onload = () =>
      resolve({ status: request.status, doc: request.response });
    request.onerror = request.ontimeout = () => resolve({ status: 0, doc: null });
    request.send(data);
  });
}

/** Puts the parts of `doc` with that data-region in the place of those here. */
export function adoptRegion(doc, name) {
  for (const next of [...doc.querySelectorAll(`[data-region=${name}]`)]) adopt(next);
}

/** Puts an element in the place of the one here with its id. */
export function adopt(next) {
  const here = document.getElementById(next.id);
  if (here && !here.isEqualNode(next)) {
    const top = here.scrollTop;
    here.replaceWith(document.adoptNode(next));
    next.scrollTop = top;
  }
}

/** Shows another page in the place of this one, as after a full load. */
export function adoptMain(doc) {
  document.querySelector("main").replaceWith(
    document.adoptNode(doc.querySelector("main")),
  );
  document.body.className = doc.body.className;
  document.title = doc.title;
  document.querySelector("main").focus();
}
