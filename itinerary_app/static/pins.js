// Moves pins that would cover each other a little apart, so that each can be read
// and tapped. The routes still end at the true places; zooming in undoes it. The names
// beside them are shown as far as they cover nothing.

const GAP = 35; // pixels between two pins' centres: 24 of each are free, slantwise too
const FARTHEST = 72; // pixels from the true place
const ROUNDS = 300; // at the most: as a rule it takes a few

export function spreadPins(map, markers) {
  const spots = markers.map((marker) => {
    const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
    return { marker, x, y, left: 0, top: 0 };
  });
  let moved = true;
  for (let round = 0; moved && round < ROUNDS; round += 1) {
    moved = false;
    for (const [index, spot] of spots.entries()) {
      for (const other of spots.slice(index + 1)) moved = part(spot, other, index) || moved;
    }
  }
  for (const { marker, left, top } of spots) {
    const { style } = marker.getElement();
    const [size] = marker.options.icon.options.iconSize;
    style.marginLeft = `${Math.round(left - size / 2)}px`;
    style.marginTop = `${Math.round(top - size / 2)}px`;
    marker.getPopup().options.offset = [left, top - 8];
  }
}

/** Whether they were too near each other. */
function part(spot, other, index) {
  let right = other.x + other.left - spot.x - spot.left;
  let down = other.y + other.top - spot.y - spot.top;
  let distance = Math.hypot(right, down);
  if (distance >= GAP - 0.5) return false;
  if (distance < 0.1) {
    // The same point: any direction does, as long as it is the same every time.
    right = Math.cos(index);
    down = Math.sin(index);
    distance = 1;
  }
  const push = (GAP - distance) / 2 / distance;
  move(spot, -right * push, -down * push);
  move(other, right * push, down * push);
  return true;
}

function move(spot, right, down) {
  const left = spot.left + right;
  const top = spot.top + down;
  const scale = Math.min(1, FARTHEST / Math.hypot(left, top));
  spot.left = left * scale;
  spot.top = top * scale;
}

/** A name for the eye only, which is no tooltip to others: what it is of is labelled. */
export function nameBeside(marker, name) {
  const words = document.createElement("span");
  words.textContent = name;
  marker.bindTooltip(words, {
    permanent: true,
    direction: "auto", // towards the middle, where there is room
    offset: [14, 0],
    className: "map-name",
  });
  marker.on("tooltipopen", ({ tooltip }) => {
    tooltip.getElement().removeAttribute("role");
    tooltip.getElement().setAttribute("aria-hidden", "true");
    marker.getElement().removeAttribute("aria-describedby");
  });
}

/** The names that cover neither a pin nor a name shown before. */
export function showNames(markers) {
  const taken = markers.map((marker) => marker.getElement().getBoundingClientRect());
  for (const marker of markers) {
    const name = marker.getTooltip().getElement();
    if (!name) continue;
    name.hidden = false;
    const box = name.getBoundingClientRect();
    name.hidden = taken.some((other) => overlap(box, other));
    if (!name.hidden) taken.push(box);
  }
}

function overlap(one, other) {
  return (
    one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom
  );
}
