"""What is known of a place besides its name, and which places that leaves at what cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.gazetteer.prior import prior_of
from geodata.geometry import BBox
from geodata.model import Place

MIN_SCORE = 0.72
"""Below this a name is too unlike what was asked for to be an answer, when any place may be meant.

Where the area is known fewer places resemble a name by chance, and less is enough: `Ground.least_score`.
"""

_PRIOR_SHARE = 0.05
_OUTSIDE_BOX = 0.06
_NEAR_SCALE_M = 5000.0
_NEAR_COST = 0.03
_NEAR_MOST = 0.15


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a place besides its name.

    Parameters
    ----------
    areas : tuple of tuple of Place
        The place lies in one area of each tuple; near the edge of a district it may be outside, at a cost.
    country_codes : frozenset of str
        Upper case; empty for every country.
    box : BBox or None
        Places in it come before others.
    bounded : bool
        Leave out places that are not in the box.
    near : tuple of (lat, lon)
        Degrees; the nearer to one of them the likelier.
    """

    areas: tuple[tuple[Place, ...], ...] = ()
    country_codes: frozenset[str] = frozenset()
    box: BBox | None = None
    bounded: bool = False
    near: tuple[tuple[float, float], ...] = ()


class Ground:
    """Where a reading's name is looked for: which places count there, and what each costs."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        kinds: frozenset[str] | None,
        context: Context,
        within: Sequence[tuple[Place, ...]],
    ) -> None:
        self.gazetteer = gazetteer
        self.kinds = kinds
        self.context = context
        groups = (*context.areas, *within)
        self.costs: NDArray[np.float32] | None = None
        for group in groups:
            costs = gazetteer.reach.costs(group)
            self.costs = costs if self.costs is None else self.costs + costs

    @cached_property
    def among(self) -> NDArray[np.bool_] | None:
        """For each place whether the areas let it in; None when there are no areas."""
        return None if self.costs is None else np.isfinite(self.costs)

    @property
    def least_score(self) -> float:
        """Return what a candidate has to score: 0.72, about 0.61 in a governorate, 0.55 in a district."""
        if self.among is None:
            return MIN_SCORE
        return min(MIN_SCORE, 0.43 + 0.06 * math.log10(max(100, int(np.count_nonzero(self.among)))))

    def cost(self, place: Place, outside_share: float = 1.0) -> float | None:
        """Return what a place's kind and position cost; None where it does not count.

        Of what lying outside the area costs only a share may count: a name as written weighs against it.
        """
        context = self.context
        if self.kinds is not None and place.kind not in self.kinds:
            return None
        if context.country_codes and place.country_code not in context.country_codes:
            return None
        cost = _PRIOR_SHARE * (1.0 - prior_of(self.gazetteer, place))
        if self.costs is not None:
            outside = float(self.costs[self.gazetteer.positions[place.place_id]])
            if outside == float("inf"):
                return None
            cost += outside_share * outside
        if context.box is not None and not _in_box(place, context.box):
            if context.bounded:
                return None
            cost += _OUTSIDE_BOX
        if context.near:
            cost += _far(point_of(place), context.near)
        return cost

    def inside(self, place: Place) -> bool:
        """Tell whether a place lies well inside the area."""
        return self.costs is None or not self.costs[self.gazetteer.positions[place.place_id]]


def _in_box(place: Place, box: BBox) -> bool:
    point = point_of(place)
    return point is not None and box.contains(*point)


def _far(here: tuple[float, float] | None, points: Iterable[tuple[float, float]]) -> float:
    if here is None:
        return _NEAR_MOST
    nearest = min(distance_m(here, there) for there in points)
    return min(_NEAR_MOST, _NEAR_COST * float(np.log2(1.0 + nearest / _NEAR_SCALE_M)))
