"""Distances between fronts and agreement of areas: known answers, and laws."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point, box

from geodata.control.compare import Overlap, area_overlaps, front_distances, front_distances_lonlat, utm_zone
from geodata.errors import BadInput, NothingToCompare

COORDINATES = st.integers(-20_000, 20_000)
LINES = (
    st.lists(st.tuples(COORDINATES, COORDINATES), min_size=2, max_size=8, unique=True)
    .map(LineString)
    .filter(lambda line: line.length > 0)
)


def test_a_front_moved_by_a_kilometre_lies_a_kilometre_away_both_ways() -> None:
    ours = LineString([(0, 0), (0, 30_000)])
    theirs = LineString([(1000, 0), (1000, 30_000)])
    found = front_distances(ours, theirs)
    assert (found.mean_to_theirs_m, found.mean_to_ours_m) == pytest.approx((1000, 1000), abs=1e-6)
    assert (found.p95_to_theirs_m, found.p95_to_ours_m) == pytest.approx((1000, 1000), abs=1e-6)


def test_the_two_directions_are_told_apart() -> None:
    # Theirs follows the first 10 km of ours, and says nothing of the other 30.
    ours = LineString([(0, 0), (40_000, 0)])
    theirs = LineString([(0, 0), (10_000, 0)])
    found = front_distances(ours, theirs)
    assert (found.mean_to_ours_m, found.p95_to_ours_m) == (0, 0)
    # The mean over 40 km is 30 km / 2 × ¾; 95 % of ours end 2 km before its far end.
    assert found.mean_to_theirs_m == pytest.approx(11_250, abs=1)
    assert found.p95_to_theirs_m == pytest.approx(28_000, abs=51)


def test_a_stray_bit_of_line_weighs_as_much_as_it_is_long() -> None:
    ours = LineString([(0, 0), (99_000, 0)])
    stray = MultiLineString([ours.coords, [(0, 50_000), (1000, 50_000)]])
    found = front_distances(ours, stray)
    assert found.mean_to_ours_m == pytest.approx(500, abs=0.01)
    assert (found.p95_to_ours_m, found.mean_to_theirs_m) == (0, 0)


@pytest.mark.parametrize("pieces", [1, 7, 300])
def test_how_a_line_is_cut_up_does_not_matter(pieces: int) -> None:
    ours = LineString([(0, 0), (30_000, 10_000)])
    ends = [ours.interpolate(number / pieces, normalized=True) for number in range(pieces + 1)]
    cut = MultiLineString([LineString(pair) for pair in pairwise(ends)])
    other = LineString([(0, 3000), (30_000, 0)])
    whole, parts = front_distances(ours, other), front_distances(cut, other)
    assert parts.mean_to_theirs_m == pytest.approx(whole.mean_to_theirs_m, rel=1e-3)
    assert parts.p95_to_theirs_m == pytest.approx(whole.p95_to_theirs_m, abs=100)
    assert parts.mean_to_ours_m == pytest.approx(whole.mean_to_ours_m)


def test_degrees_are_measured_in_the_utm_zone_of_the_data() -> None:
    # 0.01° of latitude is 1,109.4 m on the ellipsoid at 35.5° N; UTM's scale there is within 0.1 %.
    ours = LineString([(36.5, 35.5), (37.5, 35.5)])
    theirs = LineString([(36.5, 35.51), (37.5, 35.51)])
    found = front_distances_lonlat(ours, theirs)
    assert found.mean_to_theirs_m == pytest.approx(1109.4, rel=2e-3)


def test_what_cannot_be_measured_is_said() -> None:
    line = LineString([(0, 0), (1000, 0)])
    for empty in (LineString(), MultiLineString(), LineString([(5, 5), (5, 5)])):
        with pytest.raises(NothingToCompare, match="no front"):
            front_distances(line, empty)
        with pytest.raises(NothingToCompare, match="no front"):
            front_distances(empty, line)
    with pytest.raises(NothingToCompare):
        front_distances_lonlat(LineString(), LineString())
    for step in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(BadInput, match="step"):
            front_distances(line, line, step_m=step)
    with pytest.raises(BadInput, match="longer step"):
        front_distances(line, line, step_m=0.0001)
    with pytest.raises(BadInput, match="finite"):
        front_distances(line, LineString([(0, 0), (math.inf, 0)]))


@settings(deadline=None)
@given(LINES)
def test_a_line_lies_nowhere_but_on_itself(line: LineString) -> None:
    found = front_distances(line, line)
    assert max(found.p95_to_ours_m, found.mean_to_theirs_m) < 1e-6


@settings(deadline=None)
@given(LINES, LINES)
def test_swapping_the_sides_swaps_the_answers(first: LineString, second: LineString) -> None:
    there, back = front_distances(first, second), front_distances(second, first)
    assert (there.mean_to_theirs_m, there.p95_to_theirs_m) == (back.mean_to_ours_m, back.p95_to_ours_m)
    assert (there.mean_to_ours_m, there.p95_to_ours_m) == (back.mean_to_theirs_m, back.p95_to_theirs_m)


@settings(deadline=None)
@given(LINES, LINES, COORDINATES, COORDINATES)
def test_distances_stay_below_hausdorffs_and_move_with_the_map(
    first: LineString, second: LineString, dx: int, dy: int
) -> None:
    found = front_distances(first, second)
    # Densified, for the farthest point of a line need not be one of its corners.
    farthest = shapely.hausdorff_distance(first, second, densify=0.01)
    slack = max(first.length, second.length) * 0.01 + 1e-6
    assert max(found.p95_to_theirs_m, found.p95_to_ours_m) <= farthest + slack
    moved = [shapely.transform(line, lambda xy: np.add(xy, (dx, dy))) for line in (first, second)]
    assert front_distances(*moved).mean_to_ours_m == pytest.approx(found.mean_to_ours_m, abs=1e-3)


BOXES = st.tuples(COORDINATES, COORDINATES, st.integers(1, 9000), st.integers(1, 9000)).map(
    lambda box_: box(box_[0], box_[1], box_[0] + box_[2], box_[1] + box_[3])
)
BAND = Point(0, 0).buffer(40_000)


def test_areas_are_compared_inside_the_band_only() -> None:
    ours = {"reds": box(-50, 0, 0, 100), "blues": box(0, 0, 50, 100)}
    theirs = {"reds": box(-50, 0, 10, 100), "blues": box(10, 0, 50, 100), "greens": box(900, 0, 950, 100)}
    found = area_overlaps(ours, theirs, box(-20, 0, 20, 100))
    assert found == {"blues": Overlap(1000, 2000), "greens": Overlap(0, 0), "reds": Overlap(2000, 3000)}
    assert [overlap.iou for overlap in found.values()] == [0.5, None, pytest.approx(2 / 3)]


@settings(deadline=None)
@given(BOXES, BOXES)
def test_laws_of_agreement(first: shapely.Polygon, second: shapely.Polygon) -> None:
    assert area_overlaps({"a": first}, {"a": first}, BAND)["a"].iou == pytest.approx(1)
    there = area_overlaps({"a": first}, {"a": second}, BAND)["a"]
    back = area_overlaps({"a": second}, {"a": first}, BAND)["a"]
    assert there.iou == pytest.approx(back.iou, abs=1e-9)
    assert 0 <= (there.iou or 0) <= 1


def test_the_zone_is_that_of_the_data() -> None:
    line = LineString([(36.5, 35.5), (37.5, 35.5)])
    zone = utm_zone(line, LineString())
    assert zone.crs == "EPSG:32637"
    assert zone.project(line).length == pytest.approx(90_700, rel=0.01)
    with pytest.raises(BadInput, match="finite"):
        utm_zone(LineString([(36, 35), (math.inf, 35)]))
