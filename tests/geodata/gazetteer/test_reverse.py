"""The nearest place is the one that comparing with every place finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.gazetteer.nearness import distance_m, point_of

CURATED = Gazetteer.from_curated(None)
GEOCODER = GazetteerGeocoder(CURATED)
POINTS = {
    place.place_id: point
    for place in CURATED
    if place.kind in SETTLEMENT_KINDS and (point := point_of(place)) is not None
}
NEAR = st.tuples(st.floats(32, 38), st.floats(35, 43))
ANYWHERE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.one_of(NEAR, ANYWHERE), st.integers(1, 12))
@example((90.0, 0.0), 3)
@example((35.0, -180.0), 3)
@example((35.0, 180.0), 3)
def test_reverse_is_what_brute_force_finds(point: tuple[float, float], limit: int) -> None:
    found = GEOCODER.reverse(point, exactly_one=False, limit=limit)
    assert isinstance(found, list)
    by_hand = sorted(distance_m(point, there) for there in POINTS.values())[:limit]
    told = [location.raw["distance_m"] for location in found]
    # raw has tenths of a metre; at the antipodes the haversine itself is good to a metre.
    assert told == pytest.approx(by_hand, abs=1.0)
    assert told == sorted(told)
    for location in found:
        assert distance_m(point, POINTS[location.raw["place_id"]]) == pytest.approx(
            location.raw["distance_m"], abs=1.0
        )
        assert location.raw["admin"] == [
            area.name("en") for area in CURATED.admin_of(location.raw["place_id"])
        ]


@given(st.sampled_from(sorted(POINTS)))
def test_a_place_is_nearest_to_itself(place_id: str) -> None:
    found = GEOCODER.reverse(POINTS[place_id])
    assert found is not None
    assert found.raw["distance_m"] == 0.0  # type: ignore[union-attr]
