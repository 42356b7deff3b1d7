// No text becomes markup: pages require trusted types. Leaflet writes some of its own,
// always the same, and the length of its scale, which alone are let through. Other
// versions may have others. The one worker is ours, too, and one script is no module.

const OF_LEAFLET = new Set([
  "<svg/>",
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
]);

const DRAWS_ARCHIVES = /^\/static\/\w+\/node_modules\/protomaps-leaflet\/dist\/protomaps-leaflet\.js$/;
const LENGTH = /^\d+ (k?m|mi|ft)$/;

window.trustedTypes?.createPolicy("default", {
  createHTML: (text) => (OF_LEAFLET.has(text) || LENGTH.test(text) ? text : null),
  createScriptURL: (url) => (url === "/worker.js" || DRAWS_ARCHIVES.test(url) ? url : null),
});
