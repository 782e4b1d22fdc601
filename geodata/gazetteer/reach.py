"""Which places count as lying in an area, and how doubtful that is near its edge."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, points

from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.gazetteer.nearness import EARTH_RADIUS_M, distance_m, point_of
from geodata.model import Place

OUTSIDE_WITHIN_M = 30_000.0
"""How far outside a district or sub-district a place may lie: lists and reporters draw them differently."""

_OUTSIDE = 0.08
_OUTSIDE_PER_M = 0.008 / 1000
OVER_THE_BORDER_M = 5000.0
"""How far outside a governorate."""
_FEW = 12
_LOOSE_KINDS = frozenset({"district", "subdistrict"})


class Reach:
    """What areas hold, among places answered by their position.

    Parameters
    ----------
    places : sequence of Place
        All places.
    above : sequence of tuple of str
        For each the ids of the areas that hold it, the nearest first.
    """

    def __init__(self, places: Sequence[Place], above: Sequence[tuple[str, ...]]) -> None:
        self._places = places
        self._above = above
        self._at = {place.place_id: position for position, place in enumerate(places)}
        self._costs: dict[tuple[str, ...], NDArray[np.float32]] = {}

    def costs(self, areas: tuple[Place, ...]) -> NDArray[np.float32]:
        """Return for each place what lying in one of some areas costs: 0 inside, infinity far off."""
        key = tuple(area.place_id for area in areas)
        if key not in self._costs:
            if len(self._costs) > 512:
                self._costs.clear()
            self._costs[key] = np.min([self._cost(area) for area in areas], axis=0).astype(np.float32)
        return self._costs[key]

    def _cost(self, area: Place) -> NDArray[np.float64]:
        costs = np.full(len(self._places), np.inf)
        inside = [
            position
            for position, place in enumerate(self._places)
            if place.place_id == area.place_id or area.place_id in self._above[position]
        ]
        costs[inside] = 0.0
        here = point_of(area)
        if area.kind == "region" and here and area.uncertainty_m is not None:
            # Regions ("east Hama countryside") hold nothing in the hierarchy: their circle does.
            for position, place in enumerate(self._places):
                there = point_of(place)
                if there and place.kind in SETTLEMENT_KINDS and distance_m(here, there) <= area.uncertainty_m:
                    costs[position] = 0.0
        few = area.kind == "district" and len(inside) < _FEW
        if here is None and few:
            # A district of which the lists have no more than its seat lies around that.
            here = next((point for at in inside if (point := point_of(self._places[at]))), None)
        if here and (few or area.kind in SETTLEMENT_KINDS):
            self._around(area, here, costs)
        if area.kind in _LOOSE_KINDS:
            self._near_by(area, inside, costs, OUTSIDE_WITHIN_M)
        elif area.kind == "governorate":
            self._near_by(area, inside, costs, OVER_THE_BORDER_M)
        return costs

    def _around(self, seat: Place, here: tuple[float, float], costs: NDArray[np.float64]) -> None:
        """Let in what lies around the seat of an area that is not in the gazetteer."""
        governorate = self._governorate(self._above[self._at[seat.place_id]])
        for position, place in enumerate(self._places):
            there = point_of(place)
            if there and place.kind in SETTLEMENT_KINDS and governorate in (*self._above[position], None):
                distance = distance_m(here, there)
                if distance <= 2 * OUTSIDE_WITHIN_M:
                    cost = max(0.0, distance - OUTSIDE_WITHIN_M / 2) * _OUTSIDE_PER_M / 2
                    costs[position] = min(costs[position], cost)

    def _near_by(
        self, area: Place, inside: Sequence[int], costs: NDArray[np.float64], within_m: float
    ) -> None:
        """Let in what is near to a place inside and shares the next higher area."""
        holders = self._above[self._at[area.place_id]]
        around = [
            position
            for position, place in enumerate(self._places)
            if place.has_point
            and np.isinf(costs[position])
            and place.kind in SETTLEMENT_KINDS
            and (area.kind == "governorate" or self._governorate(holders) in (*self._above[position], None))
        ]
        members = [position for position in inside if point_of(self._places[position])]
        if not around or not members:
            return
        scale = math.radians(1) * EARTH_RADIUS_M
        shrink = math.cos(math.radians(self._places[members[0]].lat or 0.0))

        def flat(positions: Sequence[int]) -> NDArray[np.object_]:
            found = [point for at in positions if (point := point_of(self._places[at]))]
            degrees = np.array(found, dtype=np.float64)
            flattened: NDArray[np.object_] = points(degrees[:, 1] * shrink * scale, degrees[:, 0] * scale)
            return flattened

        (which, _), distances = STRtree(flat(members)).query_nearest(
            flat(around), max_distance=within_m, return_distance=True, all_matches=False
        )
        costs[np.array(around)[which]] = _OUTSIDE + _OUTSIDE_PER_M * distances

    def _governorate(self, holders: Sequence[str]) -> str | None:
        return next(
            (
                holder
                for holder in holders
                if holder in self._at and self._places[self._at[holder]].kind == "governorate"
            ),
            None,
        )
