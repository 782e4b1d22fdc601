"""Lines and areas of GeoJSON (RFC 7946) as geometries: every position checked, areas repaired."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from geodata.errors import BadInput

AREAS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
POINTS = ("Point", "MultiPoint")
_MOST_POSITIONS = 500_000
_MOST_NEAR = 5_000_000
_MOST_CROSSINGS = 20_000
_AT_ONCE = 500_000


class GeometryFault(BadInput):
    """Say why the geometry of a feature cannot be taken."""


@dataclass(frozen=True, slots=True)
class DrawnGeometry:
    """A geometry as it is used, and as it was drawn when it had to be repaired.

    Parameters
    ----------
    geometry : shapely geometry
        EPSG:4326 (longitude, latitude): a valid (Multi)Polygon with shells anticlockwise, or a
        (Multi)LineString.
    original : shapely geometry or None
        An area whose outline crosses itself, as it came.
    """

    geometry: shapely.Geometry
    original: shapely.Geometry | None = None


def read_geometry(document: object) -> DrawnGeometry:
    """Read a GeoJSON geometry: lines or areas, in degrees; heights are left out.

    Raises
    ------
    GeometryFault
        When it is missing, empty, of another type, not closed, crosses the antimeridian uncut, has more than
        500,000 positions, or a position is not two finite numbers in range.
    """
    if not isinstance(document, dict):
        raise GeometryFault("has no geometry" if document is None else "is no object")
    kind, coordinates = document.get("type"), document.get("coordinates")
    if kind not in (*AREAS, *LINES):
        raise GeometryFault(f"is a {str(kind)[:40]!r}: only lines and polygons, single or multi, are read")
    if not isinstance(coordinates, list):
        raise GeometryFault("has no list of coordinates")
    parts = coordinates if kind.startswith("Multi") else [coordinates]
    if not coordinates or not parts:
        raise GeometryFault("is empty")
    left = _MOST_POSITIONS
    if kind in LINES:
        lines = []
        for part in parts:
            lines.append(_positions(part, 2, left))
            left -= len(lines[-1])
        line = shapely.MultiLineString(lines)
        if line.length == 0:
            raise GeometryFault("is a line without length")
        _check_tangle(line, _MOST_NEAR)
        return DrawnGeometry(shapely.get_geometry(line, 0) if len(lines) == 1 else line)
    areas = []
    for part in parts:
        if not isinstance(part, list) or not part:
            raise GeometryFault("has a polygon without a ring")
        rings = []
        for ring in part:
            rings.append(_ring(ring, left))
            left -= len(rings[-1])
        areas.append(shapely.Polygon(rings[0], rings[1:]))
    return _sound(areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas))


def _sound(area: shapely.Geometry) -> DrawnGeometry:
    _check_tangle(area, _MOST_NEAR)
    if shapely.is_valid(area):
        return DrawnGeometry(shapely.orient_polygons(area))
    why = shapely.is_valid_reason(area)
    _check_tangle(area, _MOST_CROSSINGS, "crosses")
    # By structure, not by lines: a hole that reaches out of its shell stays a hole there, and adds no ground.
    mended = shapely.make_valid(area, method="structure", keep_collapsed=False)
    if mended.is_empty or mended.area == 0:
        raise GeometryFault(f"encloses no ground ({why})")
    return DrawnGeometry(shapely.orient_polygons(mended), original=area)


def _check_tangle(geometry: shapely.Geometry, most: int, predicate: str | None = None) -> None:
    """Refuse a geometry too many of whose segments lie near (or cross) each other.

    Everything done with it costs their number: to check a comb of 40,000 positions took 23 s, to repair a
    star of 1,200 a minute.
    """
    positions, part = shapely.get_coordinates(shapely.get_rings(geometry), return_index=True)
    if not len(positions):
        positions, part = shapely.get_coordinates(shapely.get_parts(geometry), return_index=True)
    within = part[:-1] == part[1:]
    segments = shapely.linestrings(np.stack([positions[:-1][within], positions[1:][within]], axis=1))
    tree = shapely.STRtree(segments)
    step = max(8, _AT_ONCE // len(segments))
    found = 0
    for start in range(0, len(segments), step):
        found += tree.query(segments[start : start + step], predicate=predicate).shape[1]
        # Every pair is found from both ends.
        if found > 2 * most:
            raise GeometryFault("is too entangled: too many of its segments cross or lie over each other")


def _ring(document: object, most: int) -> list[tuple[float, float]]:
    ring = _positions(document, 4, most)
    if ring[0] != ring[-1]:
        raise GeometryFault(f"has a ring that is not closed: it begins at {ring[0]} and ends at {ring[-1]}")
    return ring


def _positions(document: object, least: int, most: int) -> list[tuple[float, float]]:
    if not isinstance(document, list) or len(document) < least:
        raise GeometryFault(f"has a line or ring of fewer than {least} positions")
    if len(document) > most:
        raise GeometryFault(f"has more than {_MOST_POSITIONS:,} positions")
    found = [_position(position) for position in document]
    for (before, _), (after, _) in pairwise(found):
        if abs(after - before) > 180:
            raise GeometryFault("crosses the antimeridian: cut it at ±180° (RFC 7946, 3.1.9)")
    return found


def _position(document: object) -> tuple[float, float]:
    """Return (longitude, latitude), which is GeoJSON's order and that of every geometry here."""
    if not isinstance(document, list) or not 2 <= len(document) <= 4:
        raise GeometryFault(f"has a position that is not [longitude, latitude]: {str(document)[:40]}")
    for number in document:
        # Told by type: a bool is an int to Python, and float() would take text.
        if type(number) not in (int, float) or not math.isfinite(number):
            raise GeometryFault(f"has a coordinate that is no finite number: {str(number)[:40]}")
    lon, lat = float(document[0]), float(document[1])
    if not -90 <= lat <= 90:
        swapped = -90 <= lon <= 90 and -180 <= lat <= 180
        hint = ": longitude and latitude seem to be swapped" if swapped else ""
        raise GeometryFault(f"has a latitude of {lat:g}, not between -90 and 90{hint}")
    if not -180 <= lon <= 180:
        raise GeometryFault(f"has a longitude of {lon:g}, not between -180 and 180")
    return lon, lat
