// Moves pins that would cover each other a little apart, so that each can be read
// and tapped. The routes still end at the true places; zooming in undoes it. The names
// beside them are shown as far as they cover nothing.

const SIZE = 30; // pixels, as in app.css
const GAP = 27; // pixels between two pins' centres
const FARTHEST = 44; // pixels from the true place
const ROUNDS = 24;

export function spreadPins(map, markers) {
  const spots = markers.map((marker) => {
    const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
    return { marker, x, y, left: 0, top: 0 };
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, spot] of spots.entries()) {
      for (const other of spots.slice(index + 1)) part(spot, other, index);
    }
  }
  for (const { marker, left, top } of spots) {
    const { style } = marker.getElement();
    style.marginLeft = `${Math.round(left - SIZE / 2)}px`;
    style.marginTop = `${Math.round(top - SIZE / 2)}px`;
    marker.getPopup().options.offset = [left, top - 8];
  }
}

function part(spot, other, index) {
  let right = other.x + other.left - spot.x - spot.left;
  let down = other.y + other.top - spot.y - spot.top;
  let distance = Math.hypot(right, down);
  if (distance >= GAP) return;
  if (distance < 0.1) {
    // The same point: any direction does, as long as it is the same every time.
    right = Math.cos(index);
    down = Math.sin(index);
    distance = 1;
  }
  const push = (GAP - distance) / 2 / distance;
  move(spot, -right * push, -down * push);
  move(other, right * push, down * push);
}

function move(spot, right, down) {
  const left = spot.left + right;
  const top = spot.top + down;
  const scale = Math.min(1, FARTHEST / Math.hypot(left, top));
  spot.left = left * scale;
  spot.top = top * scale;
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
