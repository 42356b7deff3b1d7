"""A point that stands for a GeoJSON geometry, and lies on it."""

from __future__ import annotations

from typing import Any

Point = tuple[float, float]  # longitude, latitude
Ring = list[Point]


def representative(geometry: Any) -> Point | None:
    """The point itself, the middle of a line, a point well inside a polygon.

    Of several parts the largest counts. None for what is no geometry.
    """
    try:
        kind, told = geometry["type"], geometry["coordinates"]
        match kind:
            case "Point":
                return _point(told)
            case "MultiPoint" | "LineString":
                return _point(told[len(told) // 2])
            case "MultiLineString":
                longest = max(told, key=len)
                return _point(longest[len(longest) // 2])
            case "Polygon":
                return _inside(_rings(told))
            case "MultiPolygon":
                return _inside(max(map(_rings, told), key=lambda part: _area(part[0])))
    except (TypeError, KeyError, IndexError, ValueError, ZeroDivisionError):
        return None
    return None


def _point(told: Any) -> Point:
    return float(told[0]), float(told[1])


def _rings(told: Any) -> list[Ring]:
    return [[_point(it) for it in ring] for ring in told]


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def _inside(rings: list[Ring]) -> Point:
    """The middle of the widest stretch at half height: inside, and in no hole.

    A centroid may lie outside of a crescent, or in a courtyard.
    """
    heights = [y for _, y in rings[0]]
    middle = (min(heights) + max(heights)) / 2
    if middle in heights:  # a line through a corner would be counted twice
        above = min((y for y in heights if y > middle), default=middle)
        middle = (middle + above) / 2
    crossings = sorted(
        x + (middle - y) / (v - y) * (u - x)
        for ring in rings
        for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y > middle) != (v > middle)
    )
    pairs = zip(crossings[::2], crossings[1::2], strict=True)
    left, right = max(pairs, key=lambda pair: pair[1] - pair[0])
    return (left + right) / 2, middle
