// A place of one's own is pointed out on a map: by a tap, or as the middle of it.

import { addGround, MAX_ZOOM } from "./ground.js";
import { nameBeside, showNames } from "./pins.js";
import { _ } from "./words.js";

const NEAR = 14; // zoom at which streets can be told
const byId = (id) => document.getElementById(id);

/** Draws the map among the fields, with the stops of the plan for orientation. */
export async function drawPick() {
  const canvas = byId("own-map");
  const { tiles, days } = JSON.parse(byId("plan-data").textContent);
  await import("./node_modules/leaflet/dist/leaflet.js"); // sets window.L
  if (!canvas.isConnected || canvas.childElementCount) return; // left meanwhile
  canvas.hidden = false;
  byId("own-how").hidden = false;
  const map = window.L.map(canvas, { attributionControl: false, maxZoom: MAX_ZOOM, zoomAnimation: false, fadeAnimation: false, zoomControl: false });
  window.L.control.zoom({ zoomInTitle: _("Zoom in"), zoomOutTitle: _("Zoom out") }).addTo(map);
  map.setView([canvas.dataset.lat, canvas.dataset.lon], NEAR);
  window.L.control.scale({ maxWidth: 120 }).addTo(map);
  addGround(map, tiles);
  const dots = [];
  for (const day of days) {
    for (const stop of day.stops) {
      const dot = window.L.circleMarker([stop.lat, stop.lon], { radius: 6, className: `own-dot day-${((day.number - 1) % 8) + 1}`, interactive: false }).addTo(map);
      nameBeside(dot, stop.name);
      dots.push(dot);
    }
  }
  const tidy = () => showNames(dots.filter((dot) => map.getBounds().contains(dot.getLatLng())));
  map.on("moveend", tidy);
  tidy();
  const [lat, lon] = [byId("own-lat"), byId("own-lon")];
  let chosen = null;
  const choose = (at) => {
    lat.value = at.lat.toFixed(6);
    lon.value = at.lng.toFixed(6);
    const near = lat.form.elements["act.near"];
    if (near) near.value = "";
    mark();
  };
  const mark = () => {
    const point = [lat.value, lon.value].map((text) => Number(text.replace(",", ".")));
    if (!lat.value || !lon.value || point.some(Number.isNaN)) return chosen?.remove();
    chosen ??= window.L.circleMarker(point, { radius: 10, className: "own-chosen", interactive: false });
    chosen.setLatLng(point).addTo(map);
  };
  map.on("click", ({ latlng }) => choose(latlng));
  canvas.closest("form").addEventListener("click", ({ target }) => target.closest("[data-take-middle]") && choose(map.getCenter()));
  for (const field of [lat, lon]) field.addEventListener("input", mark);
  mark(); // what was typed before
}
