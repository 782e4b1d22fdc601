"""Our map beside a drawn one on a day: a straight front and its copies, moved, turned round or left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping

from geodata.control.compare_days import DayComparison, FrontComparison
from geodata.control.drawn import read_drawn
from geodata.control.drawn_names import match_names, names_of_holders
from geodata.errors import BadInput
from geodata.geometry import WGS84, UtmZone
from geodata.model import Faction, Side
from tests.geodata.control.drawings import collection, feature, write

DAY = date(2018, 2, 13)
ZONE = UtmZone(37, south=False)
WEST, SOUTH, EAST, NORTH = 300_000.0, 3_900_000.0, 360_000.0, 3_940_000.0
MIDDLE = 330_000.0
MATCH = {"Reds": "reds", "Blues": "blues"}


def degrees(geometry: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shapely.segmentize(geometry, 500), ZONE.to_degrees)


def upright(x: float) -> shapely.Geometry:
    """Return a line from the south edge of the ground to the north one, in degrees."""
    return degrees(shapely.LineString([(x, SOUTH), (x, NORTH)]))


def block(west: float, east: float) -> shapely.Geometry:
    return degrees(shapely.box(west, SOUTH, east, NORTH))


@dataclass(frozen=True, slots=True)
class Straight:
    """Reds hold the west, blues the east of a ground of 60 by 40 km; between them runs a straight front."""

    front: float | None = MIDDLE
    unknown_from: float = EAST
    ground: bool = True

    def areas(self, day: date, dissolve: bool = False) -> gpd.GeoDataFrame:
        assert (day, dissolve) == (DAY, True)
        if not self.ground:
            return gpd.GeoDataFrame({"controller": []}, geometry=[], crs=WGS84)
        if self.front is None:
            return gpd.GeoDataFrame({"controller": ["reds"]}, geometry=[block(WEST, EAST)], crs=WGS84)
        blocks = {"reds": (WEST, self.front), "blues": (self.front, self.unknown_from)}
        if self.unknown_from < EAST:
            blocks[""] = (self.unknown_from, EAST)
        controllers = [holder or None for holder in blocks]
        return gpd.GeoDataFrame(
            {"controller": controllers}, geometry=[block(*ends) for ends in blocks.values()], crs=WGS84
        )

    def fronts(self, day: date) -> gpd.GeoDataFrame:
        assert day == DAY
        lines = [] if self.front is None else [upright(self.front)]
        sides = {"side_a": ["blues"] * len(lines), "side_b": ["reds"] * len(lines)}
        return gpd.GeoDataFrame(sides, geometry=lines, crs=WGS84)


def drawn(folder: Path, *shapes: tuple[shapely.Geometry, dict[str, Any]], on: str = "2018-02-13") -> Any:  # noqa: ANN401 (a layer)
    features = [feature(mapping(shape), date=on, **properties) for shape, properties in shapes]
    return read_drawn(write(folder / "theirs.geojson", collection(*features)))


def compared(theirs: Any, ours: Straight | None = None, **options: Any) -> DayComparison:  # noqa: ANN401 (a layer)
    return FrontComparison(ours or Straight(), theirs, match=MATCH, **options).on(DAY)


def four(found: DayComparison) -> list[float]:
    assert found.distances is not None
    measured = found.distances
    return [
        measured.mean_to_theirs_m,
        measured.p95_to_theirs_m,
        measured.mean_to_ours_m,
        measured.p95_to_ours_m,
    ]


def halves(
    x: float, gap: float = 0.0, *, beyond: float = 5000.0
) -> list[tuple[shapely.Geometry, dict[str, Any]]]:
    """Return reds' and blues' areas as somebody draws them, up to a line at x, reaching beyond our ground."""
    south, north = SOUTH - beyond, NORTH + beyond
    return [
        (degrees(shapely.box(WEST - beyond, south, x - gap / 2, north)), {"controller": "Reds"}),
        (degrees(shapely.box(x + gap / 2, south, EAST + beyond, north)), {"controller": "Blues"}),
    ]


def test_a_line_moved_by_a_kilometre_lies_a_kilometre_away_both_ways(tmp_path: Path) -> None:
    found = compared(drawn(tmp_path, (upright(MIDDLE + 1000), {})))
    assert four(found) == pytest.approx([1000] * 4, abs=0.5)
    assert (found.our_km, found.their_km) == pytest.approx((40, 40), abs=0.01)
    assert (found.drawn_on, found.iou, found.iou_all) == (DAY, {}, None)
    assert found.notes == ("no area of theirs has a holder that is known here: areas are not compared",)


def test_areas_moved_by_a_kilometre(tmp_path: Path) -> None:
    found = compared(drawn(tmp_path, *halves(MIDDLE + 1000)))
    assert four(found) == pytest.approx([1000] * 4, abs=0.5)
    # The band reaches 10 km beyond either front: of reds' 11 km there, 10 are in both maps.
    assert found.iou == {"blues": pytest.approx(10 / 11, abs=1e-3), "reds": pytest.approx(10 / 11, abs=1e-3)}
    assert found.iou_all == pytest.approx(20 / 22, abs=1e-3)
    narrow = compared(drawn(tmp_path, *halves(MIDDLE + 1000)), band_m=1000.0)
    assert narrow.iou_all == pytest.approx(2 / 4, abs=1e-3)


@pytest.mark.parametrize("gap", [-300.0, 200.0])
def test_hands_leave_gaps_and_overlaps(tmp_path: Path, gap: float) -> None:
    found = compared(drawn(tmp_path, *halves(MIDDLE, gap)))
    assert four(found)[2:] == pytest.approx([abs(gap) / 2] * 2, abs=0.5)
    assert found.their_km == pytest.approx(80, abs=0.1)


def test_areas_that_do_not_meet_make_no_front(tmp_path: Path) -> None:
    found = compared(drawn(tmp_path, *halves(MIDDLE, 2000)))
    assert (found.distances, found.their_km) == (None, 0)
    assert "their map has no front on our ground" in found.notes
    assert found.iou_all == pytest.approx(18 / 20, abs=1e-3)


def test_their_front_beyond_our_ground_is_not_measured_but_near_it_counts(tmp_path: Path) -> None:
    long = degrees(shapely.LineString([(MIDDLE, SOUTH - 300_000), (MIDDLE, NORTH + 30_000)]))
    found = compared(drawn(tmp_path, (long, {})))
    assert four(found) == pytest.approx([0] * 4, abs=0.5)
    assert found.their_km == pytest.approx(40, abs=0.01)
    # Just outside: ours is measured to it, and nothing of it from there.
    outside = compared(drawn(tmp_path, (upright(EAST + 500), {})))
    assert (outside.distances, outside.their_km) == (None, 0)


def test_half_a_front_is_near_ours_but_not_the_other_way_round(tmp_path: Path) -> None:
    half = degrees(shapely.LineString([(MIDDLE, SOUTH), (MIDDLE, (SOUTH + NORTH) / 2)]))
    to_theirs, _, to_ours, p95_to_ours = four(compared(drawn(tmp_path, (half, {}))))
    assert (to_ours, p95_to_ours) == pytest.approx((0, 0), abs=0.5)
    assert to_theirs == pytest.approx(5000, abs=1)


def test_who_is_drawn_alone_is_outlined(tmp_path: Path) -> None:
    pocket = (degrees(shapely.box(MIDDLE, SOUTH - 5000, EAST + 5000, NORTH + 5000)), {"controller": "Blues"})
    found = compared(drawn(tmp_path, pocket))
    assert four(found) == pytest.approx([0] * 4, abs=0.5)
    assert found.notes == (
        "their map shows only blues: where blues meets nobody else is taken for the front",
    )
    # Reds are left white on their map: that is no word on where they are.
    assert found.iou == {"blues": pytest.approx(1, abs=1e-4)}


def test_who_is_never_drawn_is_the_background(tmp_path: Path) -> None:
    blues = (block(MIDDLE + 1000, EAST), {"controller": "Blues"})
    greens = (block(MIDDLE - 9000, MIDDLE + 1000), {"controller": "Greens"})
    theirs = drawn(tmp_path, blues, greens)
    known = {"Blues": "blues", "Greens": "greens"}
    found = FrontComparison(Straight(), theirs, match=known, between=("reds", "greens")).on(DAY)
    assert (
        found.notes[0] == "their map never shows reds: where greens meets nobody else is taken for the front"
    )
    assert found.their_km == pytest.approx(40 + 2 * 10, abs=1)
    # They do draw reds, elsewhere or on other days: then they say that there is no such front.
    shown = FrontComparison(
        Straight(), theirs, match=known | {"Reds": "reds"}, between=("reds", "greens")
    ).on(DAY)
    assert shown.their_km == 0


def test_only_the_front_between_two(tmp_path: Path) -> None:
    lines = [
        (upright(MIDDLE + 1000), {"side_a": "Reds", "side_b": "Blues"}),
        (upright(MIDDLE - 9000), {"side_a": "Reds", "side_b": "Greens"}),
    ]
    both, one = ("reds", "blues"), compared(drawn(tmp_path, *lines), between=("reds", "blues"))
    assert four(one)[2:] == pytest.approx([1000] * 2, abs=0.5)
    assert four(compared(drawn(tmp_path, *lines)))[2] == pytest.approx(5000, abs=1)
    silent = compared(drawn(tmp_path, (upright(MIDDLE), {})), between=both)
    assert "1 of their lines do not say who faces whom" in silent.notes[0]
    other = compared(drawn(tmp_path, *lines), between=("reds", "greens"))
    assert "our map has no front between reds and greens on that day" in other.notes
    greens = (block(WEST, WEST + 5000), {"controller": "Greens"})
    three = compared(drawn(tmp_path, greens, *halves(MIDDLE + 1000)), between=both)
    assert four(three)[2:] == pytest.approx([1000] * 2, abs=0.5)


def test_what_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    theirs = drawn(tmp_path, *halves(MIDDLE))
    assert compared(theirs, Straight(ground=False)).notes == ("our map covers no ground",)
    late = compared(drawn(tmp_path, *halves(MIDDLE), on="2018-02-14"))
    assert (late.notes, late.drawn_on) == (("their map shows nothing on that day",), None)
    quiet = compared(theirs, Straight(front=None))
    assert quiet.notes == ("our map has no front on that day",)
    assert quiet.iou["blues"] == 0
    far = (shapely.box(10, 50, 11, 51), {"controller": "Reds"})
    away = compared(drawn(tmp_path, far), Straight(front=None))
    assert away.notes[-2:] == (
        "their map has no front on our ground",
        "without a front there is no band in which to compare areas",
    )
    swapped = shapely.transform(halves(MIDDLE)[0][0], lambda positions: positions[:, ::-1])
    there = compared(drawn(tmp_path, (swapped, {"controller": "Reds"})))
    assert any("with longitude and latitude swapped" in note for note in there.notes)


def test_ground_that_nobody_is_known_to_hold_is_nobodys(tmp_path: Path) -> None:
    found = compared(drawn(tmp_path, *halves(MIDDLE)), Straight(unknown_from=MIDDLE + 5000))
    assert found.iou == {"blues": pytest.approx(0.5, abs=1e-3), "reds": pytest.approx(1, abs=1e-3)}


@settings(max_examples=15, deadline=None)
@given(st.floats(WEST + 12_000, EAST - 12_000), st.floats(WEST + 12_000, EAST - 12_000))
def test_swapping_the_maps_swaps_the_answers(
    tmp_path_factory: pytest.TempPathFactory, first: float, second: float
) -> None:
    folder = tmp_path_factory.mktemp("swap")
    there = compared(drawn(folder, *halves(second)), Straight(first))
    back = compared(drawn(folder, *halves(first)), Straight(second))
    to_theirs, p95_to_theirs, to_ours, p95_to_ours = four(there)
    assert four(back) == pytest.approx([to_ours, p95_to_ours, to_theirs, p95_to_theirs], abs=0.5)
    assert four(there) == pytest.approx([abs(first - second)] * 4, abs=0.5)
    assert there.iou_all == pytest.approx(back.iou_all, abs=1e-4)
    same = compared(drawn(folder, *halves(first)), Straight(first))
    assert four(same) == pytest.approx([0] * 4, abs=0.5)
    assert same.iou_all == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"band_m": 0.0}, "band of 0 km"),
        ({"band_m": float("nan")}, "band of nan km"),
        ({"band_m": 600_000.0}, "up to 500 km"),
        ({"between": ("reds", "reds")}, "between reds and itself"),
        ({"step_m": -1.0}, "step is -1"),
    ],
)
def test_wrong_options(tmp_path: Path, options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        compared(drawn(tmp_path, *halves(MIDDLE)), **options)


# Whose names theirs are.


def faction(name: str, side: str | None = None, *aliases: str) -> Faction:
    return Faction(
        faction_id=name,
        name_en=name.title(),
        name_ar="فصيل",
        long_name_en=f"The {name}",
        long_name_ar="",
        kind="rebel_group",
        colour="#aa0000",
        side_id=side,
        aliases=aliases,
    )


FACTIONS = [faction("is", "is", "ISIS", "داعش"), faction("army", "government", "SAA"), faction("guard")]
SIDES = [
    Side(side_id="government", name_en="Government", name_ar="الحكومة", colour="#aa0000"),
    Side(side_id="is", name_en="IS", name_ar="داعش", colour="#000000"),
]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (
            "side",
            {"isis": "is", "داعش": "is", " the  Army": "government", "SAA": "government", "GUARD": "guard"},
        ),
        ("faction", {"isis": "is", "داعش": "is", " the  Army": "army", "SAA": "army", "GUARD": "guard"}),
    ],
)
def test_names_are_matched_at_each_level(level: str, expected: dict[str, str]) -> None:
    known = names_of_holders(FACTIONS, SIDES, level)
    # فصيل is every party's name here: nobody's own.
    assert match_names([*expected, "Strangers", "فصيل"], known, {}) == expected


def test_names_can_be_given_and_are_checked() -> None:
    known = names_of_holders(FACTIONS, SIDES, "side")
    assert match_names(["Zone 1", "SAA"], known, {"zone 1": "is", "SAA": "guard"}) == {
        "Zone 1": "is",
        "SAA": "guard",
    }
    with pytest.raises(BadInput, match="'Zone 2' is not on their map; it has: Zone 1"):
        match_names(["Zone 1"], known, {"Zone 2": "is"})
    with pytest.raises(BadInput, match="'martians' is nobody here; there are: government, guard, is"):
        match_names(["Zone 1"], known, {"Zone 1": "martians"})
