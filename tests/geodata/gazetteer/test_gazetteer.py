"""The gazetteer: ids, names, hierarchy, nearness, and two sources laid over each other."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import BadInput, UnknownPlace
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.layers import lay_over
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.model import Place
from tests.geodata.gazetteer.sample import PLACES, gazetteer, place

SAMPLE = gazetteer()
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


def ids(found: object) -> list[str]:
    assert isinstance(found, list | tuple)
    return [each.place_id for each in found]


def test_places_are_found_by_id_and_code() -> None:
    assert SAMPLE.place("c4091").name_ar == "خوين الكبير"
    assert SAMPLE.by_code(" C4091 ") is SAMPLE.place("c4091")
    assert SAMPLE.by_code("SY0702") is SAMPLE.place("sy0702")
    assert SAMPLE.get("c0") is None
    assert "c4091" in SAMPLE
    assert len(list(SAMPLE)) == len(SAMPLE) == len(PLACES)
    with pytest.raises(UnknownPlace, match="c0"):
        SAMPLE.place("c0")


def test_the_hierarchy_is_read_both_ways() -> None:
    assert ids(SAMPLE.admin_of("c4091")) == ["sy070204", "sy0702", "sy07", "sy"]
    assert SAMPLE.admin_of("sy") == ()
    assert set(ids(SAMPLE.descendants("sy0702"))) == {"sy070204", "c4091", "c4032", "talab", "lost-one"}
    for each in SAMPLE:
        for above in SAMPLE.admin_of(each.place_id):
            assert each in SAMPLE.descendants(above.place_id)
    with pytest.raises(UnknownPlace):
        SAMPLE.admin_of("c0")
    with pytest.raises(UnknownPlace):
        SAMPLE.descendants("c0")


def test_a_parent_that_is_not_there_ends_the_hierarchy() -> None:
    assert Gazetteer([place("a", "A", "gone", "village")]).admin_of("a") == ()


def test_two_of_one_id_and_circles_are_refused() -> None:
    with pytest.raises(BadInput, match="'a'"):
        Gazetteer([place("a", "A", None, "village"), place("a", "B", None, "village")])
    with pytest.raises(BadInput, match="holds itself"):
        Gazetteer([place("a", "A", "b", "district"), place("b", "B", "a", "district")])
    with pytest.raises(BadInput, match="holds itself"):
        Gazetteer([place("a", "A", "a", "district")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uqayribat", [("c3315", "exact")]),
        ("  uqayribat ", [("c3315", "exact")]),
        ("‘Uqayribāt", [("c3315", "normalised")]),
        ("عُقيربات", [("c3315", "normalised")]),
        ("AQIRBAT", [("c3315", "exact")]),
        ("al-Hama", [("c5764", "exact"), ("sy05", "key"), ("sy0501", "key"), ("c2987", "key")]),
        ("الهامه", [("c5764", "normalised")]),
        ("خوين", [("c4091", "key")]),
        ("Sawran", [("c4300", "normalised")]),
        ("Sawran (Idlib)", [("c4300", "exact")]),
        ("Khan", []),
        ("", []),
        ("()", []),
        ("\u200f", []),
    ],
)
def test_names_match_by_three_methods(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(match.place.place_id, match.method) for match in SAMPLE.find(text)]
    assert sorted(found) == sorted(expected)


def test_every_name_finds_its_place() -> None:
    for each in PLACES:
        for name in filter(None, (each.name_en, each.name_ar, *each.variants)):
            assert [match.method for match in SAMPLE.find(name) if match.place is each] == ["exact"]


@given(st.text())
def test_finding_never_crashes(text: str) -> None:
    SAMPLE.find(text)


@given(LATS, LONS, st.integers(1, 8))
def test_nearest_is_what_brute_force_finds(lat: float, lon: float, count: int) -> None:
    found = SAMPLE.nearest(lat, lon, count=count, kinds={"city", "town", "village"})
    placed = [
        (distance_m((lat, lon), point), each.place_id)
        for each in PLACES
        if (point := point_of(each)) and each.kind in ("city", "town", "village")
    ]
    expected = sorted(placed)[:count]
    for (_, distance), (brute, _) in zip(found, expected, strict=True):
        assert distance == pytest.approx(brute, rel=1e-6, abs=0.5)


def test_nearest_keeps_to_kinds_and_distance() -> None:
    [(found, distance)] = SAMPLE.nearest(35.4790, 36.8360)
    assert (found.place_id, round(distance)) == ("c4091", 100)
    assert SAMPLE.nearest(0, 0, max_distance_m=1000) == []
    assert SAMPLE.nearest(35.4, 36.8, kinds=()) == []
    assert SAMPLE.nearest(35.4, 36.8, kinds={"region"})[0][0].place_id == "east-hama"
    for lat, lon in ((91.0, 0.0), (0.0, math.nan), (0.0, 181.0)):
        with pytest.raises(BadInput):
            SAMPLE.nearest(lat, lon)


@given(LATS, LONS, LATS, LONS)
def test_distances_are_symmetric_and_bounded(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    there = distance_m((lat, lon), (other_lat, other_lon))
    assert there == pytest.approx(distance_m((other_lat, other_lon), (lat, lon)), abs=1e-3)
    assert 0 <= there <= 20_015_200


def geonames(number: str, names: str, point: str, **more: str) -> Place:
    made = place(f"gn-{number}", names, more.get("parent", "sy"), "town", point, more.get("variants", ""))
    return replace(made, pcode=None, geonames_id=number, population=9000)


def test_the_same_place_of_two_sources_becomes_one() -> None:
    other = geonames("167891", "Al Khuwayn|الخُوين", "35.4783,36.8362", variants="Khuwein")
    laid = {each.place_id: each for each in lay_over(PLACES, [other])}
    assert set(laid) == {each.place_id for each in PLACES}
    merged = laid["c4091"]
    assert (merged.geonames_id, merged.population, merged.kind, merged.lat) == (
        "167891",
        9000,
        "village",
        35.4781,
    )
    assert merged.name_en == "Khuwayn al-Kabir"
    assert merged.variants == ("الخوين", "Khuwayn", "Al Khuwayn", "Khuwein")


@pytest.mark.parametrize(
    "other",
    [
        geonames("1", "Khuwayn|خوين", "35.5081,36.836"),  # 3.3 km away
        geonames("2", "Korin|كورين", "35.4781,36.836"),  # another name on the same spot
        geonames("3", "Talab|طلب", "35.5,36.9"),  # the curated one has no point to compare
        geonames("4", "Ma'arrat al-Nu'man", "35.57,36.8"),  # an area is not its seat
    ],
)
def test_places_that_are_not_surely_the_same_stay_two(other: Place) -> None:
    laid = lay_over(PLACES, [other])
    assert len(laid) == len(PLACES) + 1
    assert other in laid


def test_the_preferred_place_keeps_what_it_has() -> None:
    mine = replace(place("x", "Hamah", None, "city", "35.13,36.75"), geonames_id="5", population=1)
    [kept] = lay_over([mine], [geonames("6", "Hama", "35.131,36.751", variants="hamah")])
    assert (kept.geonames_id, kept.population, kept.variants) == ("5", 1, ("Hama",))
    [same_id] = lay_over([mine], [replace(geonames("5", "Epiphania", "35.9,36.9"))])
    assert same_id.variants == ("Epiphania",)


def test_laying_over_again_changes_nothing() -> None:
    others = [geonames("167891", "Khuwayn", "35.4783,36.8362"), geonames("9", "Elsewhere", "30.0,40.0")]
    once = lay_over(PLACES, others)
    assert lay_over(once, others) == once


def test_an_unknown_parent_becomes_the_country() -> None:
    laid = lay_over(PLACES, [geonames("9", "Elsewhere", "30.0,40.0", parent="sy99")])
    assert laid[-1].parent_id == "sy"
    [alone] = lay_over([], [geonames("9", "Elsewhere", "30.0,40.0")])
    assert alone.parent_id is None


def test_the_curated_places_load_without_geonames() -> None:
    curated = Gazetteer.from_curated(None)
    assert curated.place("c4091").name_ar == "خوين الكبير"
    assert [each.kind for each in curated.admin_of("c4091")] == [
        "subdistrict",
        "district",
        "governorate",
        "country",
    ]
