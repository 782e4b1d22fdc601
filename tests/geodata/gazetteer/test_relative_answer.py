"""Relative expressions as geopy locations, and places that are said to lie in some direction."""

from __future__ import annotations

import json

import pytest
from geopy.location import Location
from shapely.geometry import Point, shape

from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from geodata.gazetteer.relative_answer import relative_location
from tests.geodata.gazetteer.sample import PLACES, place

MORE = (
    place("c4200", "Sinjar|سنجار", "sy07", "town", "35.5911,37.0056"),
    place("c3961", "Abu al-Duhur|أبو الظهور", "sy07", "town", "35.7367,37.0473"),
    place("east-atshana", "Eastern Atshana|عطشانة شرقية", "sy07", "village", "35.7,36.9"),
)
GEOCODER = GazetteerGeocoder(Gazetteer((*PLACES, *MORE)))


def found(text: str, language: str | None = None) -> Location:
    """Return the location of an expression that is known to be found."""
    location = relative_location(text, GEOCODER, language)
    assert location is not None, text
    return location


def test_a_location_says_all_that_a_reader_needs() -> None:
    location = found("شرق حماة")
    raw = location.raw
    assert location.address == "شرق حماة"
    assert (raw["method"], raw["relation"], raw["shape"]) == ("relative", "of", "sector")
    assert (raw["location_precision"], raw["bearing_deg"], raw["distance_m"]) == (4, 90.0, None)
    assert raw["anchors"] == [{"place_id": "sy05", "name": "حماة"}]
    assert (raw["admin"], raw["admin_ids"]) == (["حماة", "سوريا"], ["sy05", "sy"])
    assert (raw["place_id"], raw["country_code"], raw["ambiguous"], raw["alternatives"]) == (
        None,
        "SY",
        False,
        [],
    )
    assert raw["uncertainty_m"] == raw["radius_m"] > 20_000
    area = shape(json.loads(json.dumps(raw["area"])))
    assert area.covers(Point(location.longitude, location.latitude))


def test_a_location_has_every_field_of_a_place_by_name() -> None:
    location = GEOCODER.geocode("Aqrabat")
    assert isinstance(location, Location)
    by_name, relative = location.raw, found("near Aqrabat").raw
    assert set(by_name) <= set(relative)
    assert set(by_name["alternatives"][0]) <= set(relative["alternatives"][0])


def test_names_are_in_the_language_asked_for() -> None:
    assert found("شرق حماة", "en").raw["anchors"][0]["name"] == "Hama"
    assert found("east of Hama").raw["admin"] == ["Hama", "Syria"]


def test_a_region_of_the_whole_name_lends_its_id() -> None:
    raw = found("ريف حماة الشرقي").raw
    assert (raw["place_id"], raw["method"], raw["location_precision"]) == ("east-hama", "relative", 5)
    assert raw["shape"] == "sector"


@pytest.mark.parametrize("text", ["Hama", "الخوين", "Eastern Atshana", "عطشانة شرقية", "", "شرق القسطنطينية"])
def test_other_texts_are_left_to_the_geocoder(text: str) -> None:
    assert relative_location(text, GEOCODER) is None


@pytest.mark.parametrize(
    ("text", "place_id", "precision", "method"),
    [
        ("بلدة الخوين جنوب شرق إدلب", "c4091", 1, "exact"),
        ("village al-Khuwayn southeast of Idlib", "c4091", 1, "normalised"),
        ("Aqrabat, southwest of Idlib", "c3866", 1, "exact"),
        ("Aqrabat, northern Idlib countryside", "c4127", 1, "exact"),
        ("عقيربات شرق حماة", "c3315", 1, "exact"),
        ("منطقة الحمراء شرق حماة", "c3096", 2, "exact"),
    ],
)
def test_a_place_that_lies_where_it_is_said_to_lie(
    text: str, place_id: str, precision: int, method: str
) -> None:
    raw = found(text).raw
    assert (raw["place_id"], raw["location_precision"]) == (place_id, precision)
    assert raw["method"] in {method, "exact", "normalised", "key", "sound"}
    assert raw["within"]["method"] == "relative"


def test_a_place_elsewhere_in_the_governorate_is_in_doubt() -> None:
    raw = found("Khuwayn al-Kabir, northwest of Idlib").raw
    assert (raw["place_id"], raw["ambiguous"], raw["within"]["contains_place"]) == ("c4091", True, False)
    there = found("Aqrabat, northern Idlib countryside").raw
    assert (there["place_id"], there["ambiguous"], there["within"]["contains_place"]) == (
        "c4127",
        False,
        True,
    )


@pytest.mark.parametrize("text", ["قرية القسطنطينية شرق حماة", "Uqayribat, northwest of Idlib"])
def test_a_place_that_is_not_there_leaves_the_area(text: str) -> None:
    raw = found(text).raw
    assert (raw["method"], raw["place_id"]) == ("relative", None)
    assert raw["subject"]


def test_what_holds_the_anchors_need_not_hold_the_area() -> None:
    places = (
        place("sy01", "Damascus|دمشق", "sy", "governorate", "33.5188,36.2672"),
        place("c1001", "Damascus|دمشق", "sy01", "city", "33.5172,36.2767"),
    )
    geocoder = GazetteerGeocoder(Gazetteer((PLACES[0], *places)))
    location = relative_location("شرق دمشق", geocoder)
    assert location is not None
    assert location.raw["admin_ids"] == ["sy"]


def test_anchors_are_looked_up_with_the_geocoders_options() -> None:
    both = relative_location("near Aqrabat", GEOCODER, None, {"viewbox": [(35.7, 36.3), (36.0, 36.6)]})
    one = relative_location("near Aqrabat", GEOCODER, None, {"admin": "sy07", "country_codes": "SY"})
    assert both is not None
    assert one is not None
    assert both.raw["anchors"][0]["place_id"] == "c3866"
    assert both.raw["ambiguous"]
    assert [other["place_id"] for other in both.raw["alternatives"]] == ["c4127"]
