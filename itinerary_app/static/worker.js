// A trip or a shared plan that was opened opens again without a network: as it was last
// seen, which the page says. Where there is a network, pages come from there. BUILD, put
// before this by web/offline.py, makes another build's worker take this one's place.

const PAGES = "pages"; // by path; a trip's pages of days and stops are in one answer
const FILES = "files"; // all that the kept pages load
const STAND_IN = "/offline"; // the page in the place of those that are not kept
const AFTER_FORMS = "/trips";
const NOBODY = "none"; // the holder of pages that need no secret
const PATIENCE = 4_000; // milliseconds that a slow network has where a page is kept
const SETTLED = 3_000; // milliseconds without another change, before more is asked for
const MOST = 12; // trips and shared plans
const LONGEST = 30 * 24 * 3_600_000; // milliseconds
const AWAY = [502, 503, 504]; // what stands before the server says that it is
const OPENED = /^\/(trips|shared)\/[^/]+$/;
const BY_HAND = /^\/trips\/[^/]+\/(days\/\d+|stops\/.+)$/;
const ENDS = /^(\/trips\/[^/]+)\/(delete|leave)$/;

let holder = null; // whose the last answer was
let changes = 0; // of trips, so that only the last of several is settled

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(prune().then(() => clients.claim())));
addEventListener("fetch", answer);
addEventListener("message", (event) => {
  // from a page that was there before this
  if (OPENED.test(event.data)) event.waitUntil(fetch(event.data).then(keep));
});

async function install() {
  await put(STAND_IN, await fetch(STAND_IN));
  await skipWaiting();
}

function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || /^\/(analytics|audit|api)\b/.test(pathname)) return;
  if (pathname.startsWith("/static/")) return event.respondWith(file(request));
  const isPage = OPENED.test(pathname) || BY_HAND.test(pathname);
  if (request.method === "GET" && !isPage && request.mode !== "navigate") return;
  if (/\.\w{2,7}$/.test(pathname)) return; // downloads
  const coming = fetch(request);
  event.waitUntil(coming.then((answered) => learn(request, answered.clone())).catch(() => {}));
  event.respondWith(page(request, pathname, coming));
}

async function file(request) {
  const kept = await (await caches.open(FILES)).match(request);
  if (kept?.headers.get("Cache-Control")?.includes("immutable")) return kept;
  if (!kept) return fetch(request);
  return Promise.race([fetch(request), late()]).then((answered) => answered ?? kept, () => kept);
}

async function page(request, path, coming) {
  const kept = request.method === "GET" ? await find(path) : null;
  try {
    const answered = await (kept ? Promise.race([coming, late()]) : coming);
    if (!answered || (kept && AWAY.includes(answered.status))) return kept;
    return answered;
  } catch (error) {
    const isPage = request.mode === "navigate";
    // Its address answers to forms alone, and is not to be tried again.
    if (isPage && request.method !== "GET") return Response.redirect(AFTER_FORMS, 303);
    const instead = kept ?? (isPage ? await find(STAND_IN) : null);
    if (instead) return instead;
    throw error;
  }
}

const late = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

/** What is kept of the page, with the time when it was seen in its html element. */
async function find(path) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(path);
  const [trip] = path.match(/^\/trips\/[^/]+/) ?? [];
  const all = kept || !BY_HAND.test(path) ? kept : await pages.match(`${trip}/offline`);
  if (!all) return null;
  const { headers } = all;
  const text = kept ? await kept.text() : (await all.json())[path];
  const seen = path === STAND_IN ? "" : ` data-seen="${headers.get("X-Seen")}"`;
  const html = new Headers(headers);
  html.set("Content-Type", "text/html; charset=utf-8");
  return text ? new Response(text.replace("<html", `<html${seen}`), { headers: html }) : null;
}

/** Keeps what came, and forgets what it says, or the request, is to be kept no more. */
async function learn({ method, url }, answered) {
  const { pathname, searchParams } = new URL(url);
  const [, ended] = pathname.match(ENDS) ?? [];
  if (method === "GET" && searchParams.has("lang")) await put(STAND_IN, await fetch(STAND_IN));
  if (method !== "GET" && ended) await forget((path) => path.startsWith(ended));
  if (method !== "GET" && pathname.startsWith("/privacy/")) await forget(() => true);
  await keep(answered);
}

async function keep(answered) {
  const whose = answered.headers.get("X-Holder");
  const { pathname, searchParams } = new URL(answered.url || location);
  if (!whose) return; // no page of ours
  if (whose !== holder) await forget((path, of) => of !== whose && of !== NOBODY);
  holder = whose;
  if (!OPENED.test(pathname)) return;
  if ([403, 404, 410].includes(answered.status)) return forget((path) => path.startsWith(pathname));
  if (!answered.ok || searchParams.has("before")) return;
  const text = await put(pathname, answered);
  await prune();
  if (text.includes("data-hand")) await keepByHand(`${pathname}/offline`);
}

/** The pages of the trip's days and stops, once it is not changed any more. */
async function keepByHand(path) {
  changes += 1;
  const [mine, whose] = [changes, holder];
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  if (mine !== changes) return;
  const pages = await caches.open(PAGES);
  const known = (await pages.match(path))?.headers.get("ETag");
  const answered = await fetch(path, known ? { headers: { "If-None-Match": known } } : {});
  const isTheirs = answered.headers.get("X-Holder") === whose && whose === holder;
  if (answered.ok && isTheirs) await put(path, answered);
}

/** Whoever counts what is kept, to throw some away, sees whole pages with their files. */
const alone = (work) => navigator.locks.request(PAGES, work);

/** Keeps a page with all files that it names, or nothing of it; resolves to its text. */
async function put(path, answered) {
  const text = await answered.text();
  await alone(() => putText(path, text, answered.headers));
  return text;
}

async function putText(path, text, given) {
  const names = [...new Set(text.match(/\/static\/[^"\\]+/g))];
  const files = await caches.open(FILES);
  await Promise.all(names.map(async (name) => (await files.match(name)) ?? files.add(name)));
  const headers = new Headers(given);
  headers.set("X-Seen", Date.now());
  headers.set("X-Files", names[0]?.split("/")[2]); // the build that they are of
  const pages = await caches.open(PAGES);
  await pages.delete(path); // the newest comes last
  await pages.put(path, new Response(text, { headers }));
}

async function forget(isOver) {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const { headers } = (await pages.match(request)) ?? new Response();
    const { pathname } = new URL(request.url);
    if (pathname !== STAND_IN && isOver(pathname, headers.get("X-Holder"), headers)) {
      await pages.delete(request);
    }
  }
}

/** Forgets what is old or too much, and the files of builds that no page is of. */
const prune = () => alone(async () => {
  const pages = await caches.open(PAGES);
  const paths = (await pages.keys()).map(({ url }) => new URL(url).pathname);
  const opened = paths.filter((path) => OPENED.test(path)).slice(-MOST);
  const isOld = (headers) => Date.now() - headers.get("X-Seen") > LONGEST;
  await forget((path, _, headers) =>
    isOld(headers) || !opened.includes(path.replace(/\/offline$/, "")));
  const kept = await Promise.all((await pages.keys()).map((request) => pages.match(request)));
  const builds = new Set(kept.map((it) => it?.headers.get("X-Files")));
  const files = await caches.open(FILES);
  for (const request of await files.keys()) {
    if (!builds.has(new URL(request.url).pathname.split("/")[2])) await files.delete(request);
  }
});
