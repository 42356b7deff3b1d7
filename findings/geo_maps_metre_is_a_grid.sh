#!/usr/bin/env bash
# @geo-maps/earth-rivers-1m 0.6.0 (npm; made of OpenStreetMap's data).
# Expected: "rivers with 1m resolution": outlines of rivers that err by a metre or so, and that hang together.
# Seen: 7 of 10 of the 376,316 polygons are triangles, and half of all edges are longer than 690 m. The
# Seine in Paris comes as 13 pieces that do not touch, ten of them triangles with a side due west to east,
# as if its bends had been cut along a grid of some hundred metres and what was narrower had been left out.
# We: no water is drawn from it below the plan; ground comes by TILE_URL alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm pack --silent @geo-maps/earth-rivers-1m@0.6.0
tar xzf geo-maps-earth-rivers-1m-0.6.0.tgz

cat > look.cjs <<'JS'
const polygons = require("./package")().geometries.flatMap((it) => it.coordinates);
const metres = ([a, b], [c, d]) => 111195 * Math.hypot((c - a) * Math.cos((b * Math.PI) / 180), d - b);
const edges = (ring) => ring.slice(1).map((point, at) => metres(ring[at], point));
const lengths = polygons.flatMap(([ring]) => edges(ring)).sort((a, b) => a - b);
const triangles = (some) => some.filter(([ring]) => ring.length === 4);
const inParis = ([[x, y]]) => 2.25 < x && x < 2.42 && 48.81 < y && y < 48.9;
const seine = polygons.filter(([ring]) => inParis([ring[0]]));
const level = triangles(seine).filter(([ring]) => ring.slice(1).some((point, at) => point[1] === ring[at][1]));
console.log(`${polygons.length} polygons, ${Math.round((10 * triangles(polygons).length) / polygons.length)} of 10 triangles`);
console.log(`half of the edges are longer than ${10 * Math.floor(lengths[lengths.length >> 1] / 10)} m`);
console.log(`in Paris: ${seine.length}, of which ${level.length} are triangles with a side due west to east`);
JS
node look.cjs | tee seen.txt
diff seen.txt - <<'TXT'
376316 polygons, 7 of 10 triangles
half of the edges are longer than 690 m
in Paris: 13, of which 10 are triangles with a side due west to east
TXT
echo "As described."
