// No text becomes markup: pages require trusted types. Leaflet writes some of its own,
// always the same, which alone are let through. Other versions may have others.

const OF_LEAFLET = new Set([
  "<svg/>",
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
]);

window.trustedTypes?.createPolicy("default", {
  createHTML: (text) => (OF_LEAFLET.has(text) ? text : null),
});
