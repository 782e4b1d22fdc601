"""Cells of control: nobody's cell is another's, nothing is left out, and neighbours meet exactly."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from geodata.control import cells
from geodata.control.cells import Coverage
from geodata.control.reach import area_within
from geodata.errors import BadInput, ControlFault
from geodata.model import Place
from tests.geodata.control.coverages import (
    AREAS,
    BOX,
    IN_PARTS,
    WITH_HOLE,
    areas,
    places_at,
    points,
    scattered,
)

# The four points of https://github.com/shapely/shapely/issues/2264: one cell covers the three others.
FAULTY = [
    (366.99763488064747, -45.610000000000014),
    (366.2381975042589, -45.339682883479995),
    (366.0603171165201, -45.161802495741185),
    (365.7900000000001, -44.40236511935221),
]


@settings(deadline=None, max_examples=150)
@given(points, areas)
def test_cells_fill_the_area_once(
    positions: list[tuple[float, float]], area: shapely.Geometry | None
) -> None:
    places = places_at(positions)
    coverage = Coverage.of(places, area)
    assert set(coverage.cell_of) | set(coverage.outside) == {place.place_id for place in places}
    assert set(coverage.cell_of.values()) == set(range(len(coverage)))
    if not len(coverage):
        return
    polygons = coverage.polygons_m
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    whole = coverage.zone.project(area_within(places, 8000.0) if area is None else area)
    assert shapely.area(polygons).sum() == pytest.approx(whole.area, rel=1e-7)
    own = shapely.points(coverage.points_m)
    assert shapely.dwithin(polygons, own, 0.002).all()
    place, cell = shapely.STRtree(polygons).query(own, predicate="within")
    assert (place == cell).all()
    assert shapely.is_valid(coverage.polygons).all()


@settings(deadline=None, max_examples=100)
@given(points, areas)
def test_edges_know_the_cells_on_both_sides(
    positions: list[tuple[float, float]], area: shapely.Geometry | None
) -> None:
    coverage = Coverage.of(places_at(positions), area)
    left, right = coverage.edges.T
    assert (left != right).all()
    assert (left >= 0).all()
    ends = coverage.vertices_m[coverage.edge_vertices]
    lengths = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    assert (lengths > 0).all()
    around = np.bincount(left, lengths, len(coverage))
    around += np.bincount(right[right >= 0], lengths[right >= 0], len(coverage))
    assert around == pytest.approx(shapely.length(coverage.polygons_m))
    # A step to the left of an edge's middle lies in the left cell, as far as the cells are that wide.
    for (one, other), cells_beside in zip(ends.tolist(), coverage.edges.tolist(), strict=True):
        middle = (np.add(one, other)) / 2
        assert shapely.dwithin(coverage.polygons_m[cells_beside[0]], shapely.Point(middle), 0.002)
    assert (coverage.edge_parts[:, 0] >= 0).all()
    assert (coverage.part_cells[coverage.edge_parts[:, 0]] == left).all()


@settings(deadline=None, max_examples=60)
@given(points)
def test_a_cell_is_what_lies_nearest_to_its_place(positions: list[tuple[float, float]]) -> None:
    coverage = Coverage.of(places_at(positions), BOX)
    if not len(coverage):
        return
    where = np.random.default_rng(1).uniform(0, 1, (200, 2)) * [0.3, 0.3] + [36.95, 35.45]
    asked = coverage.zone.to_metres(where)
    distances = np.hypot(*(asked[:, None] - coverage.points_m[None]).transpose(2, 0, 1))
    at, cell = shapely.STRtree(coverage.polygons_m).query(shapely.points(asked), predicate="intersects")
    assert np.unique(at).size > 190
    assert (distances[at, cell] <= distances[at].min(axis=1) + 0.05).all()


def test_a_fault_of_the_diagram_is_not_ours() -> None:
    plain = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(FAULTY)))
    if shapely.coverage_is_valid(plain):
        pytest.skip("this GEOS draws the four points right")
    local = np.array(FAULTY) * 1000 - [366_000, -45_000]
    ground = shapely.box(-3000, -3000, 3000, 3000)
    mesh = cells._drawn(local, ground)
    assert shapely.coverage_is_valid(mesh.polygons_m)
    assert shapely.area(mesh.polygons_m).sum() == pytest.approx(ground.area)


def test_a_faulty_diagram_is_noticed_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shapely.box(-1000, -1000, 1000, 1000)
    monkeypatch.setattr(cells, "_voronoi", lambda points, _ground: np.array([whole] * len(points)))
    with pytest.raises(ControlFault, match="gaps or overlaps"):
        cells._drawn(np.array([[0.0, 0.0], [100.0, 0.0]]), whole)
    left, right = shapely.box(-1000, -1000, 50, 1000), shapely.box(50, -1000, 1000, 1000)
    monkeypatch.setattr(cells, "_voronoi", lambda *_: np.array([right, left]))
    with pytest.raises(ControlFault, match="outside its own cell"):
        cells._drawn(np.array([[0.0, 0.0], [100.0, 0.0]]), whole)


@pytest.mark.parametrize("area", AREAS[1:])
def test_no_place_no_cell(area: shapely.Geometry) -> None:
    coverage = Coverage.of([], area)
    assert len(coverage) == len(coverage.edges) == len(coverage.vertices) == 0
    assert coverage.cell_of == {}
    assert len(Coverage.of([])) == 0


def test_one_place_has_the_whole_area() -> None:
    coverage = Coverage.of(places_at([(3, 4)]), IN_PARTS)
    assert len(coverage) == 1
    assert len(coverage.part_cells) == 2
    assert shapely.area(coverage.polygons_m[0]) == pytest.approx(coverage.zone.project(IN_PARTS).area)
    assert (coverage.edges[:, 1] == -1).all()


def test_two_places_share_one_line() -> None:
    coverage = Coverage.of(places_at([(3, 4), (9, 7)]), BOX)
    shared = coverage.edges[:, 1] >= 0
    assert {tuple(sorted(pair)) for pair in coverage.edges[shared].tolist()} == {(0, 1)}
    # Straight in metres is not straight in degrees: long edges have corners every 5 km at most.
    ends = coverage.vertices_m[coverage.edge_vertices]
    assert np.hypot(*(ends[:, 1] - ends[:, 0]).T).max() <= 5000.01
    assert shapely.line_merge(shapely.multilinestrings(coverage.edge_lines(np.flatnonzero(shared)))).is_simple


def test_places_in_one_spot_share_a_cell() -> None:
    places = [
        *places_at([(1, 1), (5, 5), (1, 1)]),
        Place(place_id="near", name_en="", lat=35.510004, lon=37.01),
    ]
    coverage = Coverage.of(places, BOX)
    assert len(coverage) == 2
    assert coverage.cell_of == {"p0": 0, "p1": 1, "p2": 0, "near": 0}


def test_places_without_a_cell_are_told() -> None:
    places = [
        *places_at([(1, 1), (400, 1), (10, 10)]),
        Place(place_id="nowhere", name_en="Nowhere"),
    ]
    coverage = Coverage.of(places, WITH_HOLE)
    assert coverage.outside == ("nowhere", "p1", "p2")
    assert coverage.cell_of == {"p0": 0}


@pytest.mark.parametrize(
    ("lons", "lats", "crs"),
    [
        ((37.0, 37.2), (35.5, 35.6), "EPSG:32637"),
        ((35.9, 35.8), (35.5, 35.6), "EPSG:32636"),
        ((179.9, -179.9, -179.8), (-17.0, -17.1, -17.2), "EPSG:32701"),
        ((179.9, -179.95), (65.0, 65.1), "EPSG:32660"),
    ],
)
def test_the_zone_is_that_of_the_data(lons: tuple[float, ...], lats: tuple[float, ...], crs: str) -> None:
    places = [
        Place(place_id=f"p{at}", name_en="", lat=lat, lon=lon)
        for at, (lon, lat) in enumerate(zip(lons, lats, strict=True))
    ]
    coverage = Coverage.of(places)
    assert coverage.zone.crs == crs
    assert len(coverage) == len(places)
    assert np.ptp(coverage.vertices[:, 0]) < 1.5
    drawn = coverage.polygons
    assert shapely.is_valid(drawn).all()
    assert shapely.bounds(drawn)[:, [0, 2]].min() >= -180
    assert shapely.bounds(drawn)[:, [0, 2]].max() <= 180
    assert shapely.bounds(coverage.edge_lines())[:, 2].max() <= 180
    assert shapely.area(drawn).sum() == pytest.approx(
        shapely.area(
            shapely.set_coordinates(coverage.polygons_m.copy(), coverage.vertices[coverage._corners])
        ).sum()
    )


def test_an_area_cut_at_the_antimeridian_is_one() -> None:
    area = shapely.union_all([shapely.box(179.5, -18, 180, -16), shapely.box(-180, -18, -179.5, -16)])
    places = [
        Place(place_id="east", name_en="", lat=-17.2, lon=179.8),
        Place(place_id="west", name_en="", lat=-17, lon=-179.9),
    ]
    coverage = Coverage.of(places, area)
    assert len(coverage) == 2
    assert len(coverage.part_cells) == 2


def test_an_area_must_be_polygons() -> None:
    with pytest.raises(BadInput, match="LineString"):
        Coverage.of([], shapely.LineString([(0, 0), (1, 1)]))
    with pytest.raises(BadInput, match="finite"):
        Coverage.of([], shapely.Polygon([(0, 0), (1, float("inf")), (1, 1)]))
    bow_tie = shapely.Polygon([(36.9, 35.4), (37.4, 35.9), (37.4, 35.4), (36.9, 35.9)])
    assert len(Coverage.of(places_at([(1, 10), (30, 10)]), bow_tie)) == 2


def test_data_around_the_world_are_refused() -> None:
    wide = [Place(place_id=str(lon), name_en="", lat=0.0, lon=lon) for lon in (-50.0, 0.0, 50.0)]
    with pytest.raises(BadInput, match="UTM"):
        Coverage.of(wide)


def test_seven_thousand_places_are_drawn_at_once() -> None:
    positions = np.random.default_rng(5).uniform(0, 100, (7000, 2)).tolist()
    started = time.process_time()
    coverage = Coverage.of(places_at([(x, y) for x, y in positions]), None)
    # Generous: ./scripts/bench control measures it.
    assert time.process_time() - started < 3.0
    assert len(coverage) > 6990


def test_a_coverage_is_the_same_each_time() -> None:
    one, other = scattered(60, 3), scattered(60, 3)
    assert (one.vertices == other.vertices).all()
    assert (one.edges == other.edges).all()


def test_a_place_on_the_border_has_a_cell_and_one_off_the_earth_costs_nobody_theirs() -> None:
    area = shapely.box(36.95, 34.95, 37.15, 35.1)
    places = [
        Place(place_id=name, name_en=name, lat=lat, lon=lon)
        for name, lat, lon in (
            *(("side", 35.0, 36.95), ("corner", 34.95, 36.95), ("within", 35.02, 37.0)),
            *(("beyond", 35.0, 36.949), ("broken", float("nan"), 37.0), ("above", 95.0, 37.0)),
        )
    ]
    coverage = Coverage.of(places, area)
    assert set(coverage.cell_of) == {"side", "corner", "within"}
    assert set(coverage.outside) == {"beyond", "broken", "above"}
    assert shapely.dwithin(coverage.polygons_m, coverage.sites, 0.01).all()
    assert set(Coverage.of(places).cell_of) == {"side", "corner", "within", "beyond"}
