"""Relative expressions as areas: sectors, rings, discs and corridors of a small gazetteer made in code."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geodata.gazetteer import Gazetteer
from geodata.gazetteer.nearness import distance_m
from geodata.gazetteer.outlines import Outlines
from geodata.gazetteer.relative import RelativePlace, RelativeResolver, parse_relative
from geodata.gazetteer.relative_areas import Drawing, corridor, part_of, ring_sector
from geodata.gazetteer.relative_grammar import Anchor, RelativeExpression
from scripts.benchmarks import relative as benchmark
from tests.geodata.gazetteer.sample import PLACES, place

MORE = (
    place("sy0701", "Sinjar|سنجار", "sy07", "subdistrict", "35.6,37.02"),
    place("c4200", "Sinjar|سنجار", "sy0701", "town", "35.5911,37.0056"),
    place("c3961", "Abu al-Duhur|أبو الظهور", "sy07", "town", "35.7367,37.0473"),
    place("c9101", "Twin|توأم", "sy05", "village", "35.2,37.3"),
    place("c9102", "Twin|توأم", "sy07", "village", "35.9,36.5"),
    place("c9103", "Partner|شريك", "sy07", "village", "35.85,36.55"),
)
OUTLINES = Outlines.from_basemap()
RESOLVER = RelativeResolver(Gazetteer((*PLACES, *MORE)), OUTLINES)
WAYS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


def found(text: str) -> RelativePlace:
    """Resolve an expression that is known to be found."""
    place = RESOLVER.resolve(text)
    assert place is not None, text
    return place


def area_m2(geometry: shapely.Geometry) -> float:
    """Return an area in square metres."""
    return float(Drawing((geometry.centroid.y, geometry.centroid.x)).on(geometry).area)


def covers(place: RelativePlace) -> bool:
    """Tell whether the point lies in the area and the radius covers it."""
    corners = shapely.get_coordinates(place.area).tolist()
    here = (place.lat, place.lon)
    return (
        place.area.is_valid
        and place.contains(*here)
        and all(distance_m(here, (lat, lon)) <= place.radius_m + 0.01 for lon, lat in corners)
    )


@pytest.mark.parametrize(
    ("text", "anchors", "method", "precision"),
    [
        ("شرق حماة", ["sy05"], "sector", 4),
        ("ريف إدلب الشرقي", ["sy07"], "sector", 4),
        ("northern Raqqa province", ["sy11"], "sector", 4),
        ("northern Syria", ["sy"], "sector", 5),
        ("ريف حماة", ["sy05"], "outline", 4),
        ("eastern Sinjar subdistrict", ["sy0701"], "sector", 3),
        ("east of Hama city", ["c2987"], "ring sector", 2),
        ("شرق سنجار", ["c4200"], "ring sector", 2),
        ("5 km north of Sinjar", ["c4200"], "ring sector", 2),
        ("على بعد 60 كم شمال سنجار", ["c4200"], "ring sector", 5),
        ("within 3 km of Sinjar", ["c4200"], "disc", 2),
        ("محيط قرية الخوين", ["c4091"], "disc", 2),
        ("outskirts of Saraqib", [], "", 0),
        ("بين أبو الظهور وسنجار", ["c3961", "c4200"], "corridor", 5),
        ("the Sinjar–Abu al-Duhur road", ["c4200", "c3961"], "corridor", 5),
        ("eastern Khuwayn", [], "", 0),
        ("north of ar-Raqqah", ["sy11"], "sector", 4),
        ("northern ar-Raqqah", ["sy11"], "sector", 4),
        ("بين النظام والمعارضة", [], "", 0),
        ("between Sinjar and Sinjar", [], "", 0),
        ("5 km north of Idlib governorate", [], "", 0),
        ("شرق القسطنطينية", [], "", 0),
    ],
)
def test_what_an_expression_points_to(text: str, anchors: list[str], method: str, precision: int) -> None:
    place = RESOLVER.resolve(text)
    if not anchors:
        assert place is None
        return
    assert place is not None
    assert [anchor.place_id for anchor in place.anchors] == anchors
    assert (place.method, place.location_precision) == (method, precision)
    assert covers(place)
    assert place.radius_m > 500


def test_an_area_known_by_its_circle_only() -> None:
    circle = place("sy0701", "Sinjar|سنجار", "sy07", "region", "35.6,37.02")
    resolver = RelativeResolver(Gazetteer((*PLACES, circle)), OUTLINES)
    there = resolver.resolve("ريف سنجار الشرقي")
    assert there is not None
    assert (there.method, there.location_precision) == ("sector", 5)
    assert there.contains(35.6, 37.2)
    assert not there.contains(35.6, 36.9)


@pytest.mark.parametrize(("name", "capital"), [("Idlib", "c3871"), ("Hama", "c2987"), ("Raqqa", "c5710")])
@pytest.mark.parametrize("wording", ["{} of {}", "{}ern {} governorate", "{}ern {} countryside"])
@pytest.mark.parametrize("way", WAYS)
def test_a_sector_is_a_part_of_its_governorate(name: str, capital: str, wording: str, way: str) -> None:
    there = found(wording.format(way, name))
    outline = OUTLINES.of(there.anchors[0])
    assert outline is not None
    assert covers(there)
    assert there.area.difference(outline).area < 1e-6 * outline.area
    assert area_m2(there.area) <= 0.6 * area_m2(outline)
    centre = outline.centroid
    origin = RESOLVER.gazetteer.place(capital)
    lat, lon = (centre.y, centre.x) if "governorate" in wording else (origin.lat or 0, origin.lon or 0)
    # A kilometre or so from the origin the point is in the direction; the centroid of the part is so roughly.
    bearing = math.degrees(math.atan2((there.lon - lon) * math.cos(math.radians(lat)), there.lat - lat))
    assert abs((bearing - 45 * WAYS.index(way) + 180) % 360 - 180) <= 67.5


def test_the_capital_is_the_origin_of_the_countryside() -> None:
    hamra = (35.3121, 37.088)  # east of the city of Hama, west of the governorate's middle
    assert found("شرق حماة").contains(*hamra)
    assert not found("eastern Hama governorate").contains(*hamra)


def test_a_distance_is_kept_with_some_slack() -> None:
    sinjar = RESOLVER.gazetteer.place("c4200")
    there = found("٥ كم شمال سنجار")
    assert there.contains((sinjar.lat or 0) + 5 / 111.2, sinjar.lon or 0)
    assert not there.contains(sinjar.lat or 0, sinjar.lon or 0)
    assert not there.contains((sinjar.lat or 0) - 5 / 111.2, sinjar.lon or 0)
    assert not there.contains((sinjar.lat or 0) + 12 / 111.2, sinjar.lon or 0)
    assert there.contains((sinjar.lat or 0) + 12 / 111.2, sinjar.lon or 0, slack_m=5000)


def test_namesakes_are_alternatives_and_the_nearest_pair_is_meant() -> None:
    assert {place.place_id for place, _ in found("near Twin").alternatives} | {
        place.place_id for place in found("near Twin").anchors
    } == {"c9101", "c9102"}
    pair = found("between Twin and Partner")
    assert [anchor.place_id for anchor in pair.anchors] == ["c9102", "c9103"]
    assert [place.place_id for place, _ in pair.alternatives] == ["c9101"]
    assert found("شرق حماة").alternatives == ()


def test_names_are_found_by_whoever_is_passed_in() -> None:
    asked: list[str] = []

    def find(name: str) -> list[tuple[object, float]]:
        asked.append(name)
        return [(RESOLVER.gazetteer.place("c4200"), 0.7)]

    there = RelativeResolver(RESOLVER.gazetteer, OUTLINES, find=find).resolve("near Sindjar")  # type: ignore[arg-type]
    assert there is not None
    assert (asked, there.score, there.anchors[0].place_id) == (["sindjar"], 0.7, "c4200")


def test_east_of_a_city_governorate_lies_outside_of_it() -> None:
    places = (
        place("sy01", "Damascus|دمشق", "sy", "governorate", "33.5188,36.2672"),
        place("sy03", "Rural Damascus|ريف دمشق", "sy", "governorate", "33.2592,37.0769"),
        place("c1001", "Damascus|دمشق", "sy01", "city", "33.5172,36.2767"),
    )
    resolver = RelativeResolver(Gazetteer((PLACES[0], *places)), OUTLINES)
    east, countryside = resolver.resolve("شرق دمشق"), resolver.resolve("ريف دمشق الشرقي")
    assert east is not None
    assert countryside is not None
    assert (east.method, east.anchors[0].place_id) == ("ring sector", "c1001")
    assert (countryside.method, countryside.anchors[0].place_id) == ("sector", "sy03")


def test_an_outline_is_that_of_the_place_not_of_a_namesake() -> None:
    assert OUTLINES.of(PLACES[1]) is not None
    assert OUTLINES.of(place("x", "Hama", None, "governorate", "10,10")) is None
    assert OUTLINES.of(place("x", "Hama", None, "city", "35.13,36.76")) is None
    assert OUTLINES.of(place("x", "Hama", None, "governorate")) is not None


BEARINGS = st.sampled_from([45.0 * step for step in range(8)])
LATS, LONS = st.floats(-75, 75), st.floats(-170, 170)


@given(LATS, LONS, BEARINGS, st.floats(0, 5000), st.floats(6000, 100_000))
@settings(max_examples=50, deadline=None)
def test_a_ring_sector_lies_where_it_says(
    lat: float, lon: float, bearing: float, nearest: float, farthest: float
) -> None:
    area = ring_sector((lat, lon), bearing, 45.0, nearest, farthest)
    assert area is not None
    assert area.geometry.covers(shapely.Point(area.lon, area.lat))
    distances = [distance_m((lat, lon), (y, x)) for x, y in shapely.get_coordinates(area.geometry).tolist()]
    assert max(distances) <= farthest * 1.01
    assert min(distances) >= nearest * 0.99 - 1.0
    assert area.radius_m <= 2 * farthest


@given(LATS, LONS, BEARINGS, st.floats(0.05, 2), st.floats(0.05, 2), st.floats(-1, 1), st.floats(-1, 1))
@settings(max_examples=50, deadline=None)
def test_parts_lie_in_their_outline_and_turn_with_the_direction(
    lat: float, lon: float, bearing: float, height: float, width: float, up: float, right: float
) -> None:
    outline = shapely.box(lon - width, lat - height, lon + width, lat + height)
    origin = (lat + up * height, lon + right * width)
    area = part_of(outline, origin, bearing, 67.5)
    opposite = part_of(outline, origin, (bearing + 180) % 360, 67.5)
    assert area is not None or opposite is not None
    assume(area is not None)
    assert area is not None
    assert area.geometry.covers(shapely.Point(area.lon, area.lat))
    assert area.geometry.difference(outline).area < 1e-6 * outline.area
    assert area.geometry.area <= 0.62 * outline.area
    if opposite is not None:
        assert area.geometry.intersection(opposite.geometry).area < 0.01 * outline.area


@given(LATS, LONS, st.floats(-2, 2), st.floats(-2, 2), st.floats(1000, 20_000))
@settings(max_examples=50, deadline=None)
def test_a_corridor_holds_both_ends(lat: float, lon: float, up: float, right: float, half: float) -> None:
    one, other = (lat, lon), (lat + up, lon + right)
    assume(distance_m(one, other) > 1000)
    area = corridor(one, other, half)
    assert area is not None
    for point in (one, other, (area.lat, area.lon)):
        assert area.geometry.covers(shapely.Point(point[1], point[0]))


@given(
    st.builds(
        RelativeExpression,
        st.sampled_from(["of", "part", "countryside", "near", "outskirts"]),
        st.sampled_from("hama idlib raqqa sinjar twin syria khuwayn talab nowhere".split()).flatmap(
            lambda name: st.sampled_from(["", "governorate", "district", "city", "settlement"]).map(
                lambda kind: (Anchor(name, kind),)
            )
        ),
        st.none() | BEARINGS,
        st.none() | st.floats(1, 300_000),
        st.just(""),
    )
)
@settings(max_examples=150, deadline=None)
def test_any_expression_is_answered_with_an_area_or_not_at_all(said: RelativeExpression) -> None:
    there = RESOLVER.resolve(said)
    assert there is None or (covers(there) and there.expression == said)


@given(st.text(max_size=40).map(lambda text: f"north of {text}") | st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_answered(text: str) -> None:
    there = RESOLVER.resolve(text)
    assert there is None or parse_relative(text) is not None


@pytest.mark.shared
@pytest.mark.parametrize("wording", benchmark.WORDINGS)
def test_ucdp_puts_its_parts_of_governorates_where_we_do(shared_data: Path, wording: str) -> None:
    resolver = RelativeResolver(Gazetteer.from_curated(None), OUTLINES)
    cases = benchmark.part_cases(shared_data / benchmark.UCDP.name)
    outcomes = benchmark.outcomes(cases, wording, resolver)
    assert len(outcomes) >= 20
    assert sum(outcome.inside for outcome in outcomes) >= 0.95 * len(outcomes)
    assert max(outcome.share for outcome in outcomes) <= 0.6
    ours, capitals = (
        sum(getattr(outcome, field) for outcome in outcomes) for field in ("error_m", "capital_error_m")
    )
    assert ours <= 0.5 * capitals
