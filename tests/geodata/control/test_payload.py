"""The compact arrays draw the same areas and fronts as the cells, within what rounding moves."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.control.cells import Coverage
from geodata.control.payload import STEP_DEG, Payload, payload
from tests.geodata.control.coverages import BOX, WITH_HOLE, areas, places_at, points, scattered

START = date(2018, 1, 1)
DAY = START.toordinal()
# Half a step by rounding and half by leaving corners out, on the diagonal.
OFF_DEG = 1.5 * STEP_DEG

Changes = tuple[tuple[int, int, int], ...]


@dataclass
class Drawn:
    """A timeline whose histories are given."""

    coverage: Coverage
    histories: Sequence[Changes]
    day_range: tuple[date, date] | None = (START, date(2018, 2, 28))
    holders: Sequence[str] = field(default_factory=lambda: ["government", "opposition", "is"])

    def styles(self) -> Sequence[Changes]:
        return self.histories


_changes = st.lists(st.tuples(st.integers(-20, 80), st.integers(-1, 2), st.integers(0, 4)), max_size=3).map(
    lambda rows: tuple((DAY + day, holder, style) for day, holder, style in sorted(rows))
)
_few = st.lists(
    st.sampled_from([((DAY, 0, 1),), ((DAY, 1, 1),), ((DAY, 0, 1), (DAY + 9, 1, 2)), ()]),
    min_size=60,
    max_size=60,
)
_many = st.lists(_changes, min_size=60, max_size=60)


@settings(deadline=None, max_examples=150)
@given(points, areas, st.one_of(_few, _many))
def test_regions_rebuild_the_cells(
    positions: list[tuple[float, float]], area: shapely.Geometry | None, histories: list[Changes]
) -> None:
    coverage = Coverage.of(places_at(positions), area)
    _assert_rebuilt(Drawn(coverage, histories[: len(coverage)]))


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_cells_are_rebuilt(seed: int) -> None:
    coverage = scattered(1000, seed, WITH_HOLE)
    kinds = np.random.default_rng(seed).integers(0, 40, len(coverage)).tolist()
    _assert_rebuilt(Drawn(coverage, [((DAY, kind % 3, 1), (DAY + kind, kind % 2, 2)) for kind in kinds]))


def _assert_rebuilt(drawn: Drawn) -> None:
    made = json.loads(json.dumps(payload(drawn)))
    by_day = [_at(made, day) for day in (0, 9, 30, 58)]
    coverage = drawn.coverage
    polygons = coverage.polygons
    regions = [_polygon(made, rings) for rings in made["regions"]]
    assert len(regions) == len(made["histories"])
    for left, right in made["arc_regions"]:
        assert left != right
        assert left >= 0
    for day, held in zip((0, 9, 30, 58), by_day, strict=True):
        wanted = [_styled(history, DAY + day) for history in drawn.styles()]
        assert set(held) == set(wanted)
        for look in set(wanted):
            cells = shapely.union_all(polygons[[one == look for one in wanted]])
            shown = shapely.union_all(
                [region for region, one in zip(regions, held, strict=True) if one == look]
            )
            apart = shapely.symmetric_difference(cells, shown).buffer(-OFF_DEG)
            assert apart.is_empty


def _line(made: Payload, number: int) -> list[list[float]]:
    written = np.array(made["arcs"][~number if number < 0 else number]).reshape(-1, 2).cumsum(axis=0)
    line: list[list[float]] = (np.array(made["origin"]) + written * made["step"]).tolist()
    return line[::-1] if number < 0 else line


def _polygon(made: Payload, rings: list[list[int]]) -> shapely.Geometry:
    """Fill rings by the even-odd rule, as a canvas does."""
    filled: shapely.Geometry = shapely.Polygon()
    for ring in rings:
        corners: list[list[float]] = []
        for number in ring:
            line = _line(made, number)
            assert not corners or corners[-1] == line[0]
            corners += line if not corners else line[1:]
        assert corners[0] == corners[-1]
        if len(corners) > 3:
            filled = shapely.symmetric_difference(filled, shapely.make_valid(shapely.Polygon(corners)))
    return filled


def _at(made: Payload, day: int) -> list[tuple[int, int]]:
    """Return holder and style of each region on a day, as the page reads them."""
    found = []
    for history in made["histories"]:
        rows = [tuple(history[at : at + 3]) for at in range(0, len(history), 3)]
        assert rows[0][0] == 0
        assert all(one[0] < other[0] for one, other in itertools.pairwise(rows))
        assert all(one[1:] != other[1:] for one, other in itertools.pairwise(rows))
        found.append([row[1:] for row in rows if row[0] <= day][-1])
    return [(holder, style) for holder, style in found]


def _styled(history: Changes, ordinal: int) -> tuple[int, int]:
    passed = [(holder, style) for day, holder, style in history if day <= ordinal]
    return passed[-1] if passed else (-1, 0)


def test_cells_with_equal_histories_are_one_region() -> None:
    coverage = scattered(80, 2)
    same: Changes = ((DAY - 30, 1, 1), (DAY, 1, 1))
    other: Changes = ((DAY - 3, 1, 1),)
    made = payload(Drawn(coverage, [same if cell % 2 else other for cell in range(80)]))
    assert len(made["regions"]) == 1
    assert made["histories"] == [[0, 1, 1]]
    assert len(made["arcs"]) == 1
    assert made["arc_regions"] == [[0, -1]]


def test_days_outside_the_time_are_not_told() -> None:
    coverage = scattered(1, 2)
    history: Changes = ((DAY - 30, 1, 1), (DAY - 3, 2, 2), (DAY + 5, 0, 1), (DAY + 59, 1, 1))
    made = payload(Drawn(coverage, [history]))
    assert (made["start"], made["end"]) == ("2018-01-01", "2018-03-01")
    assert made["histories"] == [[0, 2, 2, 5, 0, 1]]
    assert made["holders"] == ["government", "opposition", "is"]


def test_nothing_drawn_is_a_payload_too() -> None:
    made = payload(Drawn(Coverage.of([], BOX), [], None))
    assert made["start"] == made["end"]
    assert not any((made["arcs"], made["arc_regions"], made["regions"], made["histories"]))
    assert made["origin"] == [0.0, 0.0]


def test_a_front_is_the_arcs_between_two_holders() -> None:
    coverage = scattered(400, 7)
    west = coverage.points_m[:, 0] < np.median(coverage.points_m[:, 0])
    made = payload(Drawn(coverage, [((DAY, int(is_west), 1),) for is_west in west]))
    fronts = [at for at, sides in enumerate(made["arc_regions"]) if -1 not in sides]
    (line,) = [shapely.LineString(_line(made, at)) for at in fronts]
    assert line.bounds[3] - line.bounds[1] == pytest.approx(0.3, abs=1e-3)


def test_it_is_small() -> None:
    coverage = scattered(2000, 4)
    order = np.argsort(coverage.points_m[:, 1]).tolist()
    histories: list[Changes] = [((DAY, 0, 1),)] * 2000
    for day, cell in enumerate(order[900:1200]):
        histories[cell] = ((DAY, 0, 1), (DAY + day // 6, 1, 1))
    text = json.dumps(payload(Drawn(coverage, histories)), separators=(",", ":"))
    assert len(gzip.compress(text.encode())) < 20_000
