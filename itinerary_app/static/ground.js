// What lies below the plan: the tiles of a server, or an archive of them all (PMTiles).

export const MAX_ZOOM = 18;
const ARCHIVE = "pmtiles:";
const DRAWS = "./node_modules/protomaps-leaflet/dist/protomaps-leaflet.js";
const HEADER = 127; // bytes, of version 3
const VECTORS = 1; // the type of tiles that can be drawn

/** Adds it to the map; `tell` is called with whether there is any of it in view. */
export async function addGround(map, url, tell = () => {}) {
  if (!url) tell(false);
  else if (url.startsWith(ARCHIVE)) await addArchive(map, url.slice(ARCHIVE.length), tell);
  else addTiles(map, url, tell);
}

function addTiles(map, url, tell) {
  const layer = window.L.tileLayer(url, { maxZoom: MAX_ZOOM, referrerPolicy: "strict-origin-when-cross-origin" });
  let some = false;
  layer.on("tileload", () => tell((some = true)));
  layer.on("tileerror", () => tell(some));
  layer.addTo(map);
}

async function addArchive(map, url, tell) {
  const layer = await archive(url);
  const see = () => tell(layer !== null && map.getBounds().intersects(layer.options.bounds));
  layer?.addTo(map);
  map.on("moveend", see);
  see();
}

/** Null if it cannot be had: its layer says nothing of tiles that do not come. */
async function archive(url) {
  try {
    const [header] = await Promise.all([headerOf(url), load(DRAWS)]);
    const at = (byte) => header.getInt32(byte, true) / 1e7; // degrees
    return window.protomapsL.leafletLayer({
      url,
      flavor: "light",
      lang: document.documentElement.lang,
      maxZoom: MAX_ZOOM,
      maxDataZoom: header.getUint8(101),
      bounds: [[at(106), at(102)], [at(114), at(110)]],
    });
  } catch (error) {
    console.warn(String(error));
    return null;
  }
}

async function headerOf(url) {
  const answered = await fetch(url, { headers: { Range: `bytes=0-${HEADER - 1}` } });
  const header = new DataView(await answered.arrayBuffer());
  const isArchive = answered.status === 206 && header.byteLength === HEADER && header.getUint8(7) === 3;
  if (!isArchive || header.getUint8(99) !== VECTORS) throw new Error(`No archive of vector tiles: ${url}`);
  return header;
}

/** A classic script, which sets a global; once. */
function load(path) {
  if (window.protomapsL) return null;
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = resolve;
    script.onerror = () => reject(new Error(`Not loaded: ${path}`));
    script.src = new URL(path, import.meta.url).pathname;
    document.head.append(script);
  });
}
