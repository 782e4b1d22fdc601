"""Layers of places: which two are one, and what becomes of parents."""

from __future__ import annotations

from dataclasses import replace

from geodata.gazetteer.layers import stack
from tests.geodata.gazetteer.sample import place

SYRIA = place("sy", "Syria", None, "country")
IDLIB = place("sy07", "Idlib|إدلب", "sy", "governorate")


def test_two_p_codes_are_two_places_however_near() -> None:
    one, other = (place(f"c{n}", "Alpha|ألفا", "sy07", "village", "35.5,36.8") for n in (1, 2))
    made = stack([[SYRIA, IDLIB, one], [other]])
    assert [each.place_id for each in made.places] == ["sy", "sy07", "c1", "c2"]
    assert made.became == {}


def test_areas_of_one_name_kind_and_parent_are_one_and_keep_their_children() -> None:
    theirs = replace(place("gn-1", "Idlib", "sy", "governorate"), geonames_id="1", pcode=None)
    child = replace(place("gn-2", "Alpha", "gn-1", "village", "35.5,36.8"), pcode=None)
    made = stack([[SYRIA, IDLIB], [child, theirs]])
    kept = {each.place_id: each for each in made.places}
    assert made.became == {"gn-1": "sy07"}
    assert kept["sy07"].geonames_id == "1"
    assert kept["gn-2"].parent_id == "sy07"


def test_a_third_layer_finds_what_the_second_became() -> None:
    curated = replace(place("slug", "Alpha", "sy07", "village", "35.5,36.8"), pcode=None)
    dump = replace(
        place("gn-3", "Alpha", "sy07", "village", "35.501,36.801", "Alfa"), geonames_id="3", pcode=None
    )
    cities = replace(place("gn-3", "Alphaville", "sy07", "town", "35.6,36.9"), geonames_id="3", pcode=None)
    made = stack([[SYRIA, IDLIB, curated], [dump], [cities]])
    assert made.became == {"gn-3": "slug"}
    assert made.places[-1].variants == ("Alfa", "Alphaville")


def test_the_nearest_known_area_stands_in_for_an_unknown_one() -> None:
    far = place("c9", "Alpha", "sy070299", "village", "35.5,36.8")
    district = place("sy0702", "Ma'arra", "sy07", "district")
    assert stack([[SYRIA, IDLIB, district], [far]]).places[-1].parent_id == "sy0702"
    assert stack([[SYRIA, IDLIB], [far]]).places[-1].parent_id == "sy07"
    assert stack([[SYRIA], [far]]).places[-1].parent_id == "sy"
    assert stack([[far]]).places[-1].parent_id is None


def test_a_place_without_a_point_gains_that_of_the_same_id() -> None:
    bare, known = place("c9", "Alpha", "sy", "village"), place("c9", "Alfa", "sy", "village", "35.5,36.8")
    [_, made] = stack([[SYRIA, bare], [known]]).places
    assert (made.lat, made.coordinate_source, made.variants) == (35.5, "made for the tests", ("Alfa",))
