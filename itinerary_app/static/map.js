// The plan on a map: numbered pins and a line per day, in the colours of the list.

import { addGround, MAX_ZOOM } from "./ground.js";
import { nameBeside, showNames, spreadPins } from "./pins.js";
import { _ } from "./words.js";

const COLOURS = 8; // .day-1 to .day-8 in app.css
const BESIDE_ZOOM = 76; // pixels that a pin stays away from the side with the buttons
const HALF_A_SIGN = 50; // pixels, of a city's
const TOLD_APART = 90; // pixels over which the stops of a city lie, at least
const SAME_TOWN = 5_000; // metres
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const byId = (id) => document.getElementById(id);

let map = null; // the one Leaflet map, once there is a plan
let days = new Map(); // day number -> layer group
let pins = new Map(); // stop id -> marker
let stops = new Map(); // day number -> its stops
let rim = null; // what names the stops that are too far out to be seen with the others
let ends = new Map(); // day number -> markers of where it begins and ends, maybe others' too
let journeys = null; // the ways between cities
let cities = []; // of a trip to several, with the sign in whose place its days come
let shown = "0"; // the day on the map, or days, as "4-6"; "0" for all
let bounds = null; // what should be seen
let fitted = false; // whether it is; later the traveller moves the map as they like

/** Draws what #plan-data says, at first a day of it alone, maybe; nothing without a plan. */
export async function drawPlan(begin = "") {
  const data = JSON.parse(byId("plan-data").textContent);
  if (!data.days.length) return;
  // A classic script that sets window.L; loaded when there is something to draw.
  await import("./node_modules/leaflet/dist/leaflet.js");
  const first = map === null;
  map ??= newMap();
  for (const layer of [...days.values(), ...[...ends.values()].flat(), journeys]) layer?.remove();
  pins = new Map();
  stops = new Map(data.days.map((day) => [day.number, day.stops]));
  days = new Map(data.days.map((day) => [day.number, dayLayer(day)]));
  const spots = new Map(); // many days begin and end at the same
  const once = (spot) => spots.get(spot.name) ?? spots.set(spot.name, end(spot)).get(spot.name);
  ends = new Map(data.days.map((day) => [day.number, (day.ends ?? []).map(once)]));
  journeys = window.L.featureGroup(data.ways.map(journey));
  for (const city of cities) city.sign.remove();
  cities = data.cities.map((city) => ({ ...city, sign: sign(city) }));
  shown = begin || shown;
  showDay(days.has(Number(shown.split("-").pop())) ? shown : "0");
  if (first) addGround(map, data.tiles, (is) => (byId("map-note").hidden = is));
}

/** Pointing at a stop shows its pin, and the reverse; a day's link shows the day. */
export function followPointer() {
  const stopOf = (event) => event.target.closest?.(".stop")?.id.slice("stop-".length);
  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(on, (event) => highlight(stopOf(event), true));
    document.addEventListener(off, (event) => highlight(stopOf(event), false));
  }
  document.addEventListener("click", onClick);
}

function onClick(event) {
  const link = event.target.closest?.("a[data-day], a[data-show]");
  if (!link || !map) return;
  if (link.dataset.show) {
    const side = byId("map").offsetParent !== null;
    if (side) event.preventDefault(); // no jump: the map is in view
    setTimeout(showStop, side ? 0 : 100, link.dataset.show);
  } else {
    if (byId("plan").offsetParent === null) event.preventDefault();
    showDay(link.dataset.day);
  }
}

function newMap() {
  const canvas = byId("map-canvas");
  const made = window.L.map(canvas, {
    attributionControl: false, // the page has the credit, as text
    zoomControl: false,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    maxZoom: MAX_ZOOM,
    zoomSnap: 0.5,
  });
  made.setView([0, 0], 2); // anywhere: what is added below needs a view
  window.L.control.zoom({ zoomInTitle: _("Zoom in"), zoomOutTitle: _("Zoom out") }).addTo(made);
  window.L.control.scale({ maxWidth: 120 }).addTo(made);
  rim = window.L.control({ position: "topright" });
  rim.onAdd = () => window.L.DomUtil.create("div", "map-rim");
  rim.addTo(made);
  made.on("zoomend", () => bounds && fold());
  made.on("moveend", pointOut);
  // The map may be hidden (a tab on the phone) when it is drawn.
  new ResizeObserver(() => {
    made.invalidateSize({ animate: false });
    if (bounds && !fitted) fit();
    if (bounds) fold();
  }).observe(canvas);
  return made;
}

function journey(points) {
  return window.L.polyline(points, { className: "journey-line", interactive: false });
}

function dayLayer(day) {
  const colour = `day-${((day.number - 1) % COLOURS) + 1}`;
  const points = day.stops.map((stop) => [stop.lat, stop.lon]);
  const line = (name) =>
    window.L.polyline(points, {
      className: `${name} ${colour}`,
      interactive: false,
      smoothFactor: 0,
    });
  return window.L.featureGroup([
    line("route-edge"),
    line("route"),
    ...day.stops.map((stop) => pin(stop, day.number, colour)),
  ]);
}

function pin(stop, day, colour) {
  const number = document.createElement("span");
  number.textContent = stop.number;
  const marker = window.L.marker([stop.lat, stop.lon], {
    icon: window.L.divIcon({
      html: number,
      className: `map-pin ${colour}${stop.own ? " is-own" : ""}`,
      iconSize: [30, 30],
    }),
    riseOnHover: true,
  });
  marker.bindPopup(() => popup(stop, day), { closeButton: false, maxWidth: 240 });
  nameBeside(marker, stop.name);
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute(
      "aria-label",
      _("Day %(day)s, stop %(number)s: %(place)s", { day, number: stop.number, place: stop.name }),
    );
    for (const [event, on] of [
      ["mouseenter", true],
      ["focus", true],
      ["mouseleave", false],
      ["blur", false],
    ]) {
      element.addEventListener(event, () => highlight(stop.id, on));
    }
  });
  marker.on("click", () =>
    byId(`stop-${stop.id}`)?.scrollIntoView({
      block: "nearest",
      behavior: calm ? "auto" : "smooth",
    }),
  );
  pins.set(stop.id, marker);
  return marker;
}

/** Where a day begins or ends; it does not count for what is to be seen. */
function end(spot) {
  const sign = document.createElement("span");
  sign.textContent = { airport: "✈", station: "⇄", port: "⚓" }[spot.kind] ?? "⌂";
  const marker = window.L.marker([spot.lat, spot.lon], {
    icon: window.L.divIcon({ html: sign, className: "map-end", iconSize: [26, 26] }),
    title: spot.name,
    alt: spot.name,
    zIndexOffset: -500,
  });
  const name = document.createElement("strong");
  name.textContent = spot.name;
  marker.bindPopup(name, { closeButton: false, maxWidth: 240 });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", spot.name));
  return marker;
}

/** A city of which the map is too small to tell its stops apart: it leads to them. */
function sign(city) {
  const { name, first, last } = city;
  const when = first === last ? _("day %(number)s", { number: first }) : _("days %(first)s–%(last)s", { first, last });
  const words = document.createElement("span");
  const title = document.createElement("strong");
  title.textContent = name;
  words.append(title, ` ${when}`);
  const marker = window.L.marker([city.lat, city.lon], {
    icon: window.L.divIcon({ html: words, className: "map-city", iconSize: [0, 0] }),
    zIndexOffset: 500,
  });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", _("Show %(place)s, %(when)s", { place: name, when })));
  const go = () => showDay(`${first}-${last}`);
  marker.on("click", go);
  marker.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && go());
  return marker;
}

function popup(stop, day) {
  const box = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = stop.name;
  const when = document.createElement("p");
  when.textContent = `${_("Day %(number)s", { number: day })} · ${stop.when} · ${stop.what}`;
  const link = document.createElement("a");
  link.href = `#stop-${stop.id}`;
  link.textContent = _("Show in the plan");
  box.append(name, when, link);
  return box;
}

function highlight(id, on) {
  if (!id) return;
  byId(`stop-${id}`)?.classList.toggle("is-highlighted", on);
  const marker = pins.get(id);
  marker?.getElement()?.classList.toggle("is-highlighted", on);
  marker?.setZIndexOffset(on ? 1000 : 0);
}

function showStop(id) {
  const marker = pins.get(id);
  if (!marker) return;
  if (!map.hasLayer(marker)) {
    const day = Number(id.split("-")[0]);
    const city = cities.find(({ first, last }) => first <= day && day <= last);
    showDay(city ? `${city.first}-${city.last}` : "0");
  }
  map.panInside(marker.getLatLng(), { padding: [60, 60], animate: !calm });
  marker.openPopup();
}

function isShown(day) {
  const [first, last = first] = shown.split("-").map(Number);
  return !first || (first <= day && day <= last);
}

/** Shows one day, those of a city ("4-6"), or all of them ("0"). */
function showDay(range) {
  shown = range;
  const seen = [...stops].flatMap(([day, some]) => (isShown(day) ? some : []));
  const inTown = seen.filter((stop) => !stop.away);
  bounds = window.L.latLngBounds((inTown.length ? inTown : seen).map(at));
  for (const link of document.querySelectorAll("a[data-day]")) {
    const current = link.dataset.day === shown;
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  fit();
  if (shown === "0") journeys.addTo(map);
  else journeys.remove();
  fold();
  pointOut();
}

const at = ({ lat, lon }) => [lat, lon];

/** Adds what is shown; of cities that are too small on the map their signs alone. */
function fold() {
  const small = cities.filter((city) => isShown(city.first) && isSmall(city));
  for (const city of cities) {
    if (small.includes(city)) city.sign.addTo(map);
    else city.sign.remove();
  }
  for (const [day, layer] of days) {
    const folded = small.some(({ first, last }) => first <= day && day <= last);
    if (isShown(day) && !folded) layer.addTo(map);
    else layer.remove();
  }
  const seen = [...ends].flatMap(([day, some]) => (map.hasLayer(days.get(day)) ? some : []));
  for (const marker of [...ends.values()].flat()) {
    if (seen.includes(marker)) marker.addTo(map);
    else marker.remove();
  }
  spread();
}

function isSmall({ first, last }) {
  const some = [...stops].flatMap(([day, those]) => (first <= day && day <= last ? those : []));
  const inTown = some.filter((stop) => !stop.away);
  if (shown !== "0" || inTown.length < 2) return false;
  const points = inTown.map((stop) => map.latLngToLayerPoint(at(stop)));
  return window.L.bounds(points).getSize().distanceTo([0, 0]) < TOLD_APART;
}

/** Names at the rim what is out of town and not in view, one stop of those that are near
 * each other: it leads there. */
function pointOut() {
  const view = map.getBounds();
  const middle = map.getCenter();
  const away = [...stops].flatMap(([day, some]) =>
    isShown(day) ? some.filter((stop) => stop.away && !view.contains(at(stop))) : [],
  );
  const named = [];
  for (const stop of away) {
    if (!named.some((it) => map.distance(at(it), at(stop)) < SAME_TOWN)) named.push(stop);
  }
  rim.getContainer().replaceChildren(...named.map((stop) => {
    const button = document.createElement("button");
    const km = Math.round(middle.distanceTo(at(stop)) / 1000);
    button.textContent = `${arrow(middle, stop)} ${stop.name} · ${km} km`;
    button.addEventListener("click", () => showStop(stop.id));
    return button;
  }));
}

/** Where it is from there, as one of eight arrows. */
function arrow(from, { lat, lon }) {
  const east = (lon - from.lng) * Math.cos((from.lat * Math.PI) / 180);
  const eighths = Math.round(Math.atan2(lat - from.lat, east) / (Math.PI / 4));
  return "→↗↑↖←↙↓↘"[(eighths + 8) % 8];
}

function spread() {
  const there = [...pins.values()].filter((marker) => map.hasLayer(marker));
  const spots = new Set([...ends.values()].flat().filter((marker) => map.hasLayer(marker)));
  spreadPins(map, [...there, ...spots]);
  showNames(there);
}

function fit() {
  fitted = bounds.isValid() && map.getSize().x > 0;
  if (!fitted) return;
  const beside = shown === "0" && cities.length ? HALF_A_SIGN : 0;
  map.fitBounds(bounds, {
    paddingTopLeft: [BESIDE_ZOOM + beside, 40],
    paddingBottomRight: [40 + beside, 40],
    maxZoom: 16,
    animate: false,
  });
}
