"""The geocoder on bad, hostile and odd input, and the way back from points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from geopy.exc import GeocoderQueryError, GeopyError
from geopy.point import Point
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from tests.geodata.gazetteer.sample import gazetteer

GEOCODER = GazetteerGeocoder(gazetteer())
ASK: Callable[..., Any] = GEOCODER.geocode
REVERSE: Callable[..., Any] = GEOCODER.reverse


@pytest.mark.parametrize(
    "query", [None, 5, b"Hama", ["Hama"], {"city": "Hama"}, "x" * 301, "Ha\x00ma", "Hama\ud800"]
)
def test_bad_queries_are_geopy_errors(query: object) -> None:
    with pytest.raises(GeocoderQueryError):
        ASK(query)


@pytest.mark.parametrize(
    "query", ["", " ", "!?", "\u200f", "{{7*7}}", "${alert(1)}", "' OR 1=1 --", "ال", "٪"]
)
def test_what_names_nothing_finds_nothing(query: str) -> None:
    assert ASK(query) is None
    assert ASK(query, exactly_one=False) is None


@pytest.mark.parametrize(
    "options",
    [
        {"limit": 0},
        {"limit": -1},
        {"limit": 1.5},
        {"limit": True},
        {"country_codes": "syria"},
        {"country_codes": []},
        {"viewbox": [(1, 2)]},
        {"viewbox": "x"},
        {"viewbox": [(91, 0), (0, 0)]},
        {"viewbox": [None, None]},
        {"viewbox": [("nan", 0), (0, 0)]},
        {"viewbox": 5},
        {"language": 7},
        {"admin": 5},
        {"country_codes": "سو"},
    ],
)
def test_bad_options_are_geopy_errors(options: dict[str, object]) -> None:
    with pytest.raises(GeocoderQueryError):
        ASK("Hama", **options)


@given(
    st.text()
    | st.lists(st.sampled_from("Hama حماة , ، of governorate محافظة ريف Idlib sub district".split())).map(
        " ".join
    )
)
def test_any_text_gives_places_with_points_or_nothing(query: str) -> None:
    try:
        locations = ASK(query, exactly_one=False) or []
    except GeopyError:
        return
    scores = [location.raw["score"] for location in locations]
    assert scores == sorted(scores, reverse=True)
    for location in locations:
        if location.raw["method"] == "relative":
            assert location.raw["area"]["coordinates"]
            continue
        there = GEOCODER.gazetteer.place(location.raw["place_id"])
        assert (location.latitude, location.longitude) == (there.lat, there.lon)


def test_reverse_finds_the_nearest_settlement() -> None:
    location = REVERSE("35.4790, 36.8360", language="ar")
    assert location.raw["place_id"] == "c4091"
    assert location.raw["distance_m"] == pytest.approx(100, abs=1)
    assert location.address.startswith("خوين الكبير، ")
    several = REVERSE(Point(35.479, 36.836), exactly_one=False, limit=3)
    distances = [each.raw["distance_m"] for each in several]
    assert len(several) == 3
    assert distances == sorted(distances)
    assert REVERSE((0, 0), max_distance_m=50_000) is None
    assert REVERSE((0, 0), exactly_one=False, max_distance_m=50_000) is None


@pytest.mark.parametrize(
    "point", ["", "somewhere", None, 5, (1,), (91, 0), ("nan", "nan"), (1e999, 0), {}, "95, 200"]
)
def test_bad_points_are_geopy_errors(point: object) -> None:
    with pytest.raises(GeocoderQueryError):
        REVERSE(point)


def test_an_empty_gazetteer_answers_too() -> None:
    empty = GazetteerGeocoder(Gazetteer([]))
    assert empty.geocode("Hama") is None
    assert empty.reverse((35, 36)) is None
