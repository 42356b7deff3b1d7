"""A map as an operator may have one: a PMTiles archive, all of it water."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from math import asinh, pi, radians, tan
from pathlib import Path

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

ZOOM = 10
EXTENT = 4096  # of a tile, in its own units
POLYGON, MOVE_TO, LINE_TO, CLOSE = 3, 1, 2, 7


def sea(path: Path, *, lon: float, lat: float) -> Path:
    """An archive of the degree around a point, neither of whose poles is near."""
    with write(path) as writer:
        for tile in sorted(_around(lon, lat)):
            writer.write_tile(tile, gzip.compress(_water(), mtime=0))
        writer.finalize(
            {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                **{"min_lon_e7": _e7(lon - 0.5), "max_lon_e7": _e7(lon + 0.5)},
                **{"min_lat_e7": _e7(lat - 0.5), "max_lat_e7": _e7(lat + 0.5)},
                **{"center_lon_e7": _e7(lon), "center_lat_e7": _e7(lat)},
                "center_zoom": ZOOM,
            },
            {},
        )
    return path


def _e7(degrees: float) -> int:
    return round(degrees * 1e7)


def _around(lon: float, lat: float) -> Iterable[int]:

    x = (lon + 180) / 360 * 2**ZOOM
    y = (1 - asinh(tan(radians(lat))) / pi) / 2 * 2**ZOOM
    for dx in range(-2, 3):
        for dy in range(-2, 3):
            yield zxy_to_tileid(ZOOM, int(x) + dx, int(y) + dy)


def _water() -> bytes:
    """A tile with one square from rim to rim (Mapbox Vector Tile 2.1)."""
    there, back = 2 * EXTENT, 2 * EXTENT - 1  # zigzag
    square = _varints(
        *(MOVE_TO | 1 << 3, 0, 0),
        *(LINE_TO | 3 << 3, there, 0, 0, there, back, 0),
        CLOSE | 1 << 3,
    )
    tags = _bytes(2, _varints(0, 0))
    feature = tags + _varints(3 << 3, POLYGON) + _bytes(4, square)
    layer = (
        _varints(15 << 3, 2)
        + _bytes(1, b"water")
        + _bytes(2, feature)
        + _bytes(3, b"kind")
        + _bytes(4, _bytes(1, b"ocean"))
        + _varints(5 << 3, EXTENT)
    )
    return _bytes(3, layer)


def _bytes(field: int, content: bytes) -> bytes:
    return _varints(field << 3 | 2, len(content)) + content


def _varints(*numbers: int) -> bytes:
    told = bytearray()
    for number in numbers:
        while number > 0x7F:
            told.append(number & 0x7F | 0x80)
            number >>= 7
        told.append(number)
    return bytes(told)
