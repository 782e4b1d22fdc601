"""Coordinate systems and boxes; the only place where the order of latitude and longitude is swapped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.errors import BadInput

WGS84 = "EPSG:4326"

_WIDEST_DEG = 40.0
_LONGEST_EDGE_DEG = 0.1
"""Longer edges get points in between: they are straight in degrees, not in metres. It leaves 1–2 m."""


def check_point(lat: float, lon: float, *, where: str = "") -> tuple[float, float]:
    """Return (lat, lon) in degrees when both are finite and in range.

    Raises
    ------
    BadInput
        When a coordinate is not finite or out of range.
    """
    if not (math.isfinite(lat) and -90 <= lat <= 90):
        raise BadInput(f"latitude {lat} is not between -90 and 90", where=where)
    if not (math.isfinite(lon) and -180 <= lon <= 180):
        raise BadInput(f"longitude {lon} is not between -180 and 180", where=where)
    return lat, lon


def lon_lat(lat: float, lon: float) -> list[float]:
    """Return a GeoJSON position [longitude, latitude] of a (lat, lon) point: the one swap of the axes."""
    return [lon, lat]


@dataclass(frozen=True, slots=True)
class BBox:
    """A box of degrees in EPSG:4326; west > east is legal and crosses the antimeridian.

    Parameters
    ----------
    west, south, east, north : float
        Degrees; inclusive on every side.

    Raises
    ------
    BadInput
        When a side is not finite or out of range, or south lies north of north.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        check_point(self.south, self.west)
        check_point(self.north, self.east)
        if self.south > self.north:
            raise BadInput(f"south {self.south} lies north of north {self.north}")

    def contains(self, lat: float, lon: float) -> bool:
        """Tell whether a point (lat, lon; degrees) lies in the box or on its edge."""
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east

    def __str__(self) -> str:
        # Positional and shortest: it reads back to the same box, and 1e-05 is no decimal to the filters.
        sides = (self.west, self.south, self.east, self.north)
        return ",".join(np.format_float_positional(side, trim="-") for side in sides)


@dataclass(frozen=True, slots=True)
class UtmZone:
    """A zone of the Universal Transverse Mercator grid: a plane in metres for some hundred kilometres.

    Parameters
    ----------
    number : int
        1 to 60; zone 1 begins at 180° W.
    south : bool
        Whether the grid of the southern hemisphere is meant.
    """

    number: int
    south: bool

    @classmethod
    def of(cls, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> UtmZone:
        """Return the zone in the middle of points (degrees), also across the antimeridian; 31N of none."""
        if not len(lons):
            return cls(31, south=False)
        # The mean direction, not the mean number: 179° E and 179° W lie around 180°.
        turns = np.exp(1j * np.radians(lons)).mean()
        lon = math.degrees(math.atan2(turns.imag, turns.real))
        return cls(int((lon + 180) // 6) % 60 + 1, south=bool(np.mean(lats) < 0))

    @property
    def crs(self) -> str:
        """The zone's coordinate system, as ``EPSG:32636``."""
        return f"EPSG:{(32700 if self.south else 32600) + self.number}"

    def to_metres(self, lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (n, 2: longitude, latitude) as (n, 2: easting, northing; metres).

        Raises
        ------
        BadInput
            When a point lies too far from the zone to be measured in it.
        """
        away = np.abs((lon_lat[:, 0] - self._middle + 180) % 360 - 180)
        if len(away) and not away.max() <= _WIDEST_DEG:
            raise BadInput(
                f"a point lies {away.max():.0f}° of longitude from the middle of the data;"
                f" areas more than {2 * _WIDEST_DEG:.0f}° wide cannot be measured in one UTM zone: split them"
            )
        return np.column_stack(_transformer(WGS84, self.crs).transform(lon_lat[:, 0], lon_lat[:, 1]))

    def to_degrees(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (n, 2: easting, northing; metres) as (n, 2: longitude, latitude).

        Longitudes do not jump at the antimeridian but go on beyond ±180; see `split_at_antimeridian`.
        """
        lons, lats = _transformer(self.crs, WGS84).transform(metres[:, 0], metres[:, 1])
        lons = lons + 360.0 * ((self._middle - lons) / 360.0).round()
        return np.column_stack([lons, lats])

    def project(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry of EPSG:4326 (longitude, latitude) in metres, long edges bent as they run."""
        return shapely.transform(shapely.segmentize(geometry, _LONGEST_EDGE_DEG), self.to_metres)

    @property
    def _middle(self) -> float:
        return 6.0 * self.number - 183.0


def split_at_antimeridian(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry whose longitudes may go beyond ±180 cut there, as RFC 7946 asks for."""
    west, _, east, _ = geometry.bounds if not geometry.is_empty else (0.0, 0.0, 0.0, 0.0)
    if west >= -180 and east <= 180:
        return geometry
    turns = range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1)
    parts: list[shapely.Geometry] = []
    for turn in turns:
        part = shapely.intersection(geometry, shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90))
        moved = shapely.transform(part, lambda points, turn=turn: points - [360.0 * turn, 0.0])
        parts.extend(one for one in shapely.get_parts(moved) if one.area or one.length)
    return shapely.orient_polygons(shapely.union_all(parts))


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
