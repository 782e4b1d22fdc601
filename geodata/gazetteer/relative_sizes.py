"""How large what relative expressions say is drawn: angles in degrees, lengths in metres."""

from __future__ import annotations

from types import MappingProxyType

from geodata.model import Place
from geodata.model.codebook import NEAR_RADIUS_M

SECTOR_HALF_DEG = 67.5
STATED_HALF_DEG = 45.0
STATED_SHARE = 0.25
"""A distance is given in round numbers and from somewhere in the place: a quarter more or less."""
FOOTPRINT_M = MappingProxyType({"city": 4000.0, "town": 1500.0})
OTHER_FOOTPRINT_M = 1000.0
"""Radius of a place itself, as the curated data's ``uncertainty_m``."""
REACH_M = MappingProxyType({"city": NEAR_RADIUS_M, "town": 15_000.0})
OTHER_REACH_M = 10_000.0
"""How far "east of" a place reaches: UCDP's 25 km for a city; less for the smaller, since a farther village
would be said to lie by another neighbour."""
NEAR_SHARE = MappingProxyType({"near": 0.5, "outskirts": 0.3, "countryside": 1.0})
"""Share of the reach that is "near" and "the outskirts"."""
CORRIDOR = MappingProxyType({"between": (0.25, 3000.0, 15_000.0), "road": (0.2, 3000.0, 15_000.0)})
"""Half width of a corridor: share of its length, at least and at most so many metres."""
MOST_LENGTH_M = 600_000.0
CITY_GOVERNORATE_M2 = 2e8
"""A governorate smaller than this is a city (Damascus): east of it lies outside."""
SCORE_WORTH_M = 2_000_000.0
"""Two names mean the nearest pair, but a score less by 0.01 must be made up for by 20 km."""


def footprint_m(place: Place) -> float:
    """Return the radius of a place itself, in metres."""
    return FOOTPRINT_M.get(place.kind, OTHER_FOOTPRINT_M)


def reach_m(place: Place) -> float:
    """Return how far "east of" a place reaches, in metres."""
    return REACH_M.get(place.kind, OTHER_REACH_M)
