"""Distances between points, and the places nearest to one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geodata.model import Place

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of WGS84: great-circle distances are within 0.6 % of those on the ellipsoid."""


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance in metres between two (lat, lon) points in degrees (haversine)."""
    lat_one, lon_one, lat_other, lon_other = map(math.radians, (*one, *other))
    half = (
        math.sin((lat_other - lat_one) / 2) ** 2
        + math.cos(lat_one) * math.cos(lat_other) * math.sin((lon_other - lon_one) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def point_of(place: Place) -> tuple[float, float] | None:
    """Return a place's (lat, lon) in degrees, or None when nobody has found it."""
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


class PointIndex:
    """The points of some places; brute force over arrays, which needs about 1 ms for 100,000 points.

    Places without a point are left out.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = [place for place in places if place.has_point]
        points = [point for place in self._places if (point := point_of(place)) is not None]
        self._radians: NDArray[np.float64] = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2))

    def nearest(
        self, lat: float, lon: float, count: int, max_distance_m: float | None = None
    ) -> list[tuple[Place, float]]:
        """Return up to `count` (place, distance in metres) pairs, the nearest first, ties by id."""
        lats, lons = self._radians[:, 0], self._radians[:, 1]
        here_lat, here_lon = math.radians(lat), math.radians(lon)
        half = (
            np.sin((lats - here_lat) / 2) ** 2
            + np.cos(lats) * math.cos(here_lat) * np.sin((lons - here_lon) / 2) ** 2
        )
        distances = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, half)))
        if 0 < count < len(distances):
            # All that tie with the last one wanted stay in, so that the order by id decides.
            limit = float(np.partition(distances, count - 1)[count - 1])
            chosen = np.flatnonzero(distances <= limit)
        else:
            chosen = np.arange(len(distances))
        found = [(self._places[at], float(distances[at])) for at in chosen.tolist()]
        found.sort(key=lambda pair: (pair[1], pair[0].place_id))
        return [pair for pair in found[:count] if max_distance_m is None or pair[1] <= max_distance_m]
