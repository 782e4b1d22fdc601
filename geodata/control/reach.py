"""What lies within reach of places, and which places have a point to measure from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.geometry import UtmZone
from geodata.model import Place

_QUAD_SEGS = 4


def area_within(places: Iterable[Place], reach_m: float) -> shapely.Geometry:
    """Return what lies within a distance (metres) of places, in EPSG:4326 (longitude, latitude)."""
    placed, _ = placed_of(places)
    positions = np.array([(place.lon, place.lat) for place in placed], dtype=float).reshape(-1, 2)
    zone = UtmZone.of(positions[:, 0], positions[:, 1])
    return shapely.transform(buffers(zone.to_metres(positions), reach_m), zone.to_degrees)


def buffers(points_m: NDArray[np.float64], reach_m: float) -> shapely.Geometry:
    """Return what lies within a distance (metres) of points: circles of 16 corners, joined."""
    # One by one and joined: the buffer of many points at once takes minutes and gigabytes.
    return shapely.union_all(shapely.buffer(shapely.points(points_m), reach_m, quad_segs=_QUAD_SEGS))


def can_have_cell(place: Place) -> bool:
    """Tell whether a place has a point on Earth: one with a broken number must cost no other its cell."""
    if place.lat is None or place.lon is None:
        return False
    return -90 <= place.lat <= 90 and -180 <= place.lon <= 180


def placed_of(places: Iterable[Place]) -> tuple[list[Place], list[str]]:
    """Return the places that can have a cell, and the ids of the others."""
    placed, without = [], []
    for place in places:
        if can_have_cell(place):
            placed.append(place)
        else:
            without.append(place.place_id)
    return placed, without
