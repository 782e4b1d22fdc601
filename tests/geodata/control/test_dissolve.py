"""Areas of a day equal the unions of their cells, and fronts the edges between them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.control.cells import Coverage
from geodata.control.dissolve import dissolve, front_lines
from geodata.errors import BadInput
from geodata.model import Place
from tests.geodata.control.coverages import BOX, WITH_HOLE, areas, places_at, points, scattered


@settings(deadline=None, max_examples=200)
@given(points, areas, st.lists(st.integers(-1, 2), min_size=60, max_size=60))
def test_areas_equal_the_unions_of_their_cells(
    positions: list[tuple[float, float]], area: shapely.Geometry | None, labels: list[int]
) -> None:
    coverage = Coverage.of(places_at(positions), area)
    keys = np.array(labels)[: len(coverage)]
    found = dissolve(coverage, keys)
    assert list(found) == sorted(set(keys.tolist()))
    for key, geometry in found.items():
        _assert_sound(geometry)
        union = shapely.union_all(coverage.polygons[keys == key])
        assert geometry.area == pytest.approx(union.area, rel=1e-9)
        assert shapely.symmetric_difference(geometry, union).area <= 1e-9 * union.area
        assert len(geometry.geoms) == len(shapely.get_parts(union))


@settings(deadline=None, max_examples=100)
@given(points, areas, st.lists(st.integers(-1, 2), min_size=60, max_size=60))
def test_fronts_are_what_two_holders_share(
    positions: list[tuple[float, float]], area: shapely.Geometry | None, labels: list[int]
) -> None:
    coverage = Coverage.of(places_at(positions), area)
    keys = np.array(labels)[: len(coverage)]
    areas_of = dissolve(coverage, keys)
    fronts = front_lines(coverage, keys)
    for (low, high), line in fronts.items():
        assert 0 <= low < high
        assert line.is_valid
        shared = areas_of[low].boundary.intersection(areas_of[high].boundary)
        assert line.length == pytest.approx(shared.length)
        step = line.geoms[0]
        assert step.length > 0
    held = [key for key in areas_of if key >= 0]
    for low in held:
        for high in held:
            if low < high and (low, high) not in fronts:
                assert areas_of[low].boundary.intersection(areas_of[high].boundary).length < 1e-12


@pytest.mark.parametrize("seed", range(6))
def test_thousands_of_cells_with_three_holders(seed: int) -> None:
    coverage = scattered(1500, seed, WITH_HOLE)
    keys = np.random.default_rng(seed).integers(0, 3, len(coverage))
    found = dissolve(coverage, keys)
    for key, geometry in found.items():
        _assert_sound(geometry)
        assert geometry.area == pytest.approx(shapely.area(coverage.polygons[keys == key]).sum())


def test_corners_that_touch_do_not_join_areas() -> None:
    # A chess board of 6 × 6 cells: all fields of a colour touch at their corners only.
    positions = [(x, y) for x in range(6) for y in range(6)]
    coverage = Coverage.of(places_at(positions), BOX)
    keys = np.array([(int(x) + int(y)) % 2 for x, y in positions])
    found = dissolve(coverage, keys)
    for geometry in found.values():
        _assert_sound(geometry)
    assert sum(len(geometry.geoms) for geometry in found.values()) >= 18


def test_an_island_in_a_lake_on_an_island() -> None:
    positions = [(x, y) for x in range(7) for y in range(7)]
    coverage = Coverage.of(places_at(positions), BOX)
    keys = np.array([max(abs(x - 3), abs(y - 3)) % 2 for x, y in positions])
    found = dissolve(coverage, keys)
    for geometry in found.values():
        _assert_sound(geometry)
        assert len(geometry.geoms) == 2
    assert sum(len(part.interiors) for geometry in found.values() for part in geometry.geoms) == 3


def test_no_cells_no_areas() -> None:
    coverage = Coverage.of([], BOX)
    assert dissolve(coverage, np.empty(0, dtype=int)) == {}
    assert front_lines(coverage, np.empty(0, dtype=int)) == {}


def test_each_cell_needs_a_key() -> None:
    coverage = scattered(5, 1)
    with pytest.raises(BadInput, match="5 cells"):
        dissolve(coverage, np.zeros(4, dtype=int))
    with pytest.raises(BadInput, match="5 cells"):
        front_lines(coverage, np.zeros(6, dtype=int))


def test_areas_are_cut_at_the_antimeridian() -> None:
    places = [
        Place(place_id=str(lon), name_en="", lat=-17.0, lon=lon) for lon in (179.9, 179.97, -179.95, -179.85)
    ]
    coverage = Coverage.of(places)
    found = dissolve(coverage, np.array([0, 0, 0, 1]))
    for geometry in found.values():
        _assert_sound(geometry)
    west, _, east, _ = found[0].bounds
    assert (west, east) == (-180.0, 180.0)
    assert len(found[0].geoms) == 2
    assert -180 < found[1].bounds[0] < found[1].bounds[2] < -179
    (line,) = front_lines(coverage, np.array([0, 0, 0, 1])).values()
    assert -180 <= line.bounds[0] < line.bounds[2] < -179
    both = dissolve(coverage, np.array([1, 1, 1, 1]))[1]
    whole = sum(geometry.area for geometry in found.values())
    assert both.area == pytest.approx(whole)


def _assert_sound(geometry: shapely.MultiPolygon) -> None:
    assert geometry.geom_type == "MultiPolygon"
    assert geometry.is_valid
    for part in geometry.geoms:
        assert shapely.is_ccw(part.exterior)
        assert not any(shapely.is_ccw(hole) for hole in part.interiors)
