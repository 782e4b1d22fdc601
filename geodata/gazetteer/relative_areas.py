"""Areas of relative expressions: sectors, rings, discs and corridors, drawn in metres around their origin.

All geometry is drawn in the azimuthal equidistant projection (WGS84) around the origin of the area, in
which every distance and bearing from the origin is the geodesic one; what comes in and goes out is
EPSG:4326, (longitude, latitude).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.gazetteer.nearness import distance_m
from geodata.geometry import WGS84, lon_lat

Point = tuple[float, float]
"""(lat, lon) in degrees, EPSG:4326."""

ARC_STEP_DEG = 5.0
MOST_SHARE = 0.58
"""A part of an area is at most this share of it: 60 %, less what projections differ in measuring it."""
LEAST_HALF_DEG = 45.0
"""Narrower than this, a sector would no longer hold all that lies nearer to its direction than to others."""
LEAST_SHARE = 0.01
_LONGEST_EDGE_DEG = 0.25
"""Longer edges of an outline get points in between: they are straight in degrees, not on the board."""
_FARTHEST_M = 3_000_000.0
_HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Area:
    """An area with a point in it and the radius around the point that covers it.

    Parameters
    ----------
    geometry : shapely Polygon or MultiPolygon
        EPSG:4326, (longitude, latitude).
    lat, lon : float
        Degrees; in the area: its centroid, or a point on its surface when the centroid lies outside.
    radius_m : float
        Metres from the point to the farthest corner of the area.
    """

    geometry: shapely.Geometry
    lat: float
    lon: float
    radius_m: float


class Drawing:
    """A drawing board in metres around an origin (lat, lon; degrees)."""

    def __init__(self, origin: Point) -> None:
        lat, lon = round(origin[0], 6), round(origin[1], 6)
        self._transform = _transformer(lat, lon)

    def on(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry of EPSG:4326 in metres east and north of the origin."""
        return _polygons(shapely.transform(shapely.segmentize(geometry, _LONGEST_EDGE_DEG), self._forward))

    def points(self, points: Sequence[Point]) -> NDArray[np.float64]:
        """Return points (lat, lon; degrees) as rows of metres east and north of the origin."""
        return self._forward(np.array([lon_lat(*point) for point in points]))

    def area(self, drawn: shapely.Geometry, within: shapely.Geometry | None = None) -> Area | None:
        """Return a drawn polygon as an area in EPSG:4326, cut to an outline; None when nothing is left."""
        geometry = _polygons(shapely.transform(drawn, self._back))
        if within is not None:  # a straight line on the board is not quite one in degrees
            geometry = _polygons(geometry.intersection(within))
        if geometry.is_empty:
            return None
        point = geometry.centroid
        # A centroid on the very edge would be outside after rounding.
        if not geometry.contains_properly(point):
            point = geometry.point_on_surface()
        lon, lat = float(point.x), float(point.y)
        corners = shapely.get_coordinates(geometry)
        radius = max(distance_m((lat, lon), (y, x)) for x, y in corners.tolist())
        return Area(geometry, lat, lon, radius)

    def _forward(self, lon_lats: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._transform.transform(lon_lats[:, 0], lon_lats[:, 1]))

    def _back(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._transform.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))


def disc(centre: Point, radius_m: float) -> Area | None:
    """Return the disc around a point."""
    return Drawing(centre).area(_sector(None, 0.0, 0.0, radius_m))


def ring_sector(
    centre: Point, bearing_deg: float, half_angle_deg: float, nearest_m: float, farthest_m: float
) -> Area | None:
    """Return what lies between two distances from a point, within an angle to both sides of a bearing."""
    return Drawing(centre).area(_sector(bearing_deg, half_angle_deg, nearest_m, farthest_m))


def part_of(
    outline: shapely.Geometry, origin: Point, bearing_deg: float, half_angle_deg: float
) -> Area | None:
    """Return what of an outline lies within an angle to both sides of a bearing from an origin.

    At most `MOST_SHARE` of the outline: the angle is narrowed down to `LEAST_HALF_DEG`, then what is farthest
    from the origin is left out. None when less than `LEAST_SHARE` lies that way.
    """
    board = Drawing(origin)
    whole = board.on(outline)
    most = MOST_SHARE * whole.area

    def widest(low: float, high: float, cut: Callable[[float], shapely.Geometry]) -> shapely.Geometry:
        if cut(high).area <= most or cut(low).area > most:
            return cut(high if cut(high).area <= most else low)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if cut(middle).area > most else (middle, high)
        return cut(low)

    narrowest = min(LEAST_HALF_DEG, half_angle_deg)
    part = widest(
        narrowest,
        half_angle_deg,
        lambda half: whole.intersection(_sector(bearing_deg, half, 0.0, _FARTHEST_M)),
    )
    if part.area < LEAST_SHARE * whole.area:
        return None
    if part.area > most:
        farthest = float(np.hypot(*shapely.get_coordinates(part).T).max())
        part = widest(1.0, farthest, lambda reach: part.intersection(_sector(None, 0.0, 0.0, reach)))
    return board.area(part, outline)


def without_disc(outline: shapely.Geometry, centre: Point, radius_m: float) -> Area | None:
    """Return an outline without the disc around a point: a countryside without its city."""
    board = Drawing(centre)
    whole = board.on(outline)
    left = whole.difference(_sector(None, 0.0, 0.0, radius_m)) if radius_m > 0 else whole
    return board.area(left, outline)


def corridor(one: Point, other: Point, half_width_m: float) -> Area | None:
    """Return what lies within a distance of the straight line between two points."""
    board = Drawing(_middle(one, other))
    ends = board.points([one, other])
    return board.area(shapely.LineString(ends).buffer(half_width_m, quad_segs=8))


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a geometry, made valid; an empty polygon when it has none."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def _sector(
    bearing_deg: float | None, half_angle_deg: float, nearest_m: float, farthest_m: float
) -> shapely.Geometry:
    """Draw a sector around the origin, in metres; the whole disc when no bearing is given."""
    if bearing_deg is None:
        return shapely.Polygon(_arc(0.0, 360.0 - ARC_STEP_DEG, farthest_m))
    start, end = bearing_deg - half_angle_deg, bearing_deg + half_angle_deg
    inner = _arc(end, start, nearest_m) if nearest_m > 0 else np.zeros((1, 2))
    return shapely.Polygon(np.concatenate([_arc(start, end, farthest_m), inner]))


def _arc(start_deg: float, end_deg: float, radius_m: float) -> NDArray[np.float64]:
    steps = max(1, math.ceil(abs(end_deg - start_deg) / ARC_STEP_DEG))
    bearings = np.radians(np.linspace(start_deg, end_deg, steps + 1))
    return radius_m * np.column_stack([np.sin(bearings), np.cos(bearings)])


def _middle(one: Point, other: Point) -> Point:
    # Across the antimeridian the mean of the longitudes would be on the far side of the Earth.
    lon = one[1] + ((other[1] - one[1] + 180.0) % 360.0 - 180.0) / 2
    return (one[0] + other[0]) / 2, (lon + 180.0) % 360.0 - 180.0


@lru_cache(maxsize=256)
def _transformer(lat: float, lon: float) -> Transformer:
    board = f"+proj=aeqd +lat_0={lat:.6f} +lon_0={lon:.6f} +datum=WGS84 +units=m"
    return Transformer.from_crs(WGS84, board, always_xy=True)
