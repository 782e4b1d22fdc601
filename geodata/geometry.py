"""Coordinate systems and boxes; the only place where the order of latitude and longitude is swapped."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from geodata.errors import BadInput

WGS84 = "EPSG:4326"


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
