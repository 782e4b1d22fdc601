"""Places and areas to draw cells of: drawn by Hypothesis, with all that makes diagrams fail."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from hypothesis import strategies as st

from geodata.control.cells import Coverage
from geodata.model import Place

LON, LAT = 37.0, 35.5
_DEG = 0.01

BOX = shapely.box(LON - 0.05, LAT - 0.05, LON + 0.25, LAT + 0.25)
WITH_HOLE = BOX.difference(shapely.Point(LON + 0.1, LAT + 0.1).buffer(0.043))
IN_PARTS = shapely.union_all(
    [
        shapely.box(LON - 0.1, LAT - 0.1, LON + 0.082, LAT + 0.3),
        shapely.box(LON + 0.09, LAT, LON + 0.3, LAT + 0.2),
    ]
)
LIKE_A_COMB = BOX.difference(
    shapely.union_all(
        [shapely.box(LON + at, LAT - 1, LON + at + 0.013, LAT + 0.12) for at in (0, 0.03, 0.11)]
    )
)
AREAS = (None, BOX, WITH_HOLE, IN_PARTS, LIKE_A_COMB)

# On a coarse grid many lie in one line or circle, or in one spot; off it none do.
_on_grid = st.tuples(st.integers(0, 20), st.integers(0, 20))
_anywhere = st.tuples(st.floats(0, 20, width=32), st.floats(0, 20, width=32))
points = st.one_of(
    st.lists(_on_grid, max_size=40),
    st.lists(_anywhere, max_size=40),
    st.lists(st.one_of(_on_grid, _anywhere), max_size=60),
    st.lists(st.integers(0, 20).map(lambda at: (at, at)), max_size=20),
)
areas = st.sampled_from(AREAS)


def places_at(positions: Sequence[tuple[float, float]]) -> list[Place]:
    """Return places at (longitude, latitude) in hundredths of a degree from the corner."""
    return [
        Place(place_id=f"p{at}", name_en=f"P{at}", lat=LAT + y * _DEG, lon=LON + x * _DEG)
        for at, (x, y) in enumerate(positions)
    ]


def scattered(count: int, seed: int, area: shapely.Geometry | None = BOX) -> Coverage:
    """Return the coverage of random places in a square of 0.2°."""
    positions = np.random.default_rng(seed).uniform(0, 20, (count, 2))
    return Coverage.of(places_at([(x, y) for x, y in positions.tolist()]), area)
