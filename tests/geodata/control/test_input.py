"""Bad input to the timeline of control: listed or named, and the rest is still drawn."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import shapely

from geodata.control import ControlTimeline, Rejection
from geodata.errors import BadInput, UnknownPlace
from geodata.model import ControlArea, Place, Statement
from tests.geodata.control.told import AREA, DRAWN, day, grid, holds, said, timeline

GOOD = said("v7", "held", "reds", 0, name="good")


def rejections(*statements: Statement, areas: dict[str, ControlArea] = DRAWN) -> list[tuple[str, str]]:
    made = timeline(GOOD, *statements, areas=areas)
    assert holds(made, "v7", 0) == "reds"
    return [(item.statement_id, item.field) for item in made.rejected]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (said("nowhere", "held", "reds", 0, name="x"), "place_id"),
        (said("lost", "held", "reds", 0, name="x"), "place_id"),
        (said("far", "held", "reds", 0, name="x"), "place_id"),
        (said(None, "held", "reds", 0, name="x"), "place_id"),
        (said("v1", "held", "reds", 0, area="corner", name="x"), "place_id"),
        (said(None, "held", "reds", 0, area="nowhere", name="x"), "area_id"),
        (said(None, "held", "reds", 0, area="broken", name="x"), "area_id"),
        (said(None, "held", "reds", 0, area="line", name="x"), "area_id"),
        (said("v7", "captured", "nobody", 1, name="x"), "faction_id"),
        (said("v7", "captured", "", 1, name="x"), "faction_id"),
        (said("v7", "captured", "blues", 1, lost="nobody", name="x"), "from_faction_id"),
        (said("v7", "left", "reds", 1, to="nobody", name="x"), "to_faction_id"),
        (said("v7", "captured", "blues", 3, until=2, name="x"), "date_end"),
        (said("v7", "freed", "blues", 3, name="x"), "status"),
        (said("v7", "captured", "blues", 3, certainty=4, name="x"), "certainty"),
        (said("v7", "captured", "blues", 3, match="good", name="x"), "match"),
    ],
)
def test_what_cannot_be_used_is_listed_and_the_rest_is_drawn(bad: Statement, field: str) -> None:
    areas = DRAWN | {
        name: ControlArea(area_id=name, name_en=name, name_ar="", outline=outline)
        for name, outline in (("broken", "POLYGON ((1 2, 3"), ("line", "LINESTRING (36 35, 37 36)"))
    }
    assert rejections(bad, areas=areas) == [(bad.statement_id, field)]


def test_two_capitals_of_spelling_are_rejected_naming_both() -> None:
    [found] = timeline(GOOD, said("v1", "held", "Reds", 0, name="x")).rejected
    assert found == Rejection("x", "faction_id", found.reason)
    assert "'Reds'" in found.reason
    assert "'reds'" in found.reason
    # Without a list of factions the spelling that more statements use stays, in whatever order they come.
    told = [GOOD, said("v1", "held", "REDS", 0, name="x"), said("v2", "held", "reds", 0)]
    for order in (told, told[::-1]):
        made = timeline(*order, alliance=None)
        assert [(item.statement_id, item.field) for item in made.rejected] == [("x", "faction_id")]
        assert holds(made, "v2", 0) == "reds"


def test_of_two_statements_with_one_id_one_is_taken_whatever_their_order() -> None:
    told = [said("v7", "held", name, 3, name="x") for name in ("reds", "blues")]
    for order in (told, told[::-1]):
        made = timeline(*order)
        assert [(item.statement_id, item.field) for item in made.rejected] == [("x", "statement_id")]
        assert holds(made, "v7", 3) == "blues"


def test_the_dates_at_the_ends_of_the_calendar_are_rejected() -> None:
    for odd in (date.min, date.max, date(1899, 12, 31), date(2101, 1, 1)):
        bad = Statement(
            statement_id="x",
            place_id="v1",
            place_as_reported="",
            status="captured",
            faction_id="reds",
            date_start=min(odd, day(0)),
            date_end=max(odd, day(0)),
            report_id="plain",
            certainty=1,
            match="high",
        )
        [(name, field)] = rejections(bad)
        assert name == "x"
        assert field in ("date_start", "date_end")


@pytest.mark.parametrize("area", [None, AREA])
def test_without_statements_everything_is_unknown(area: shapely.Geometry) -> None:
    made = timeline(area=area)
    assert set(made.areas(day(0))["state"]) <= {"unknown"}
    assert len(made.areas(day(0), dissolve=True)) <= 1
    assert (len(made.fronts(day(0))), len(made.changes(day(0), day(9)))) == (0, 0)
    assert (made.day_range, made.rejected, made.holders) == (None, (), ())
    assert all(len(history) == 1 for history in made.styles())
    assert len(made.intervals().cells) == len(made.coverage)


def test_without_places_every_statement_is_rejected() -> None:
    made = ControlTimeline([], [GOOD])
    assert [item.field for item in made.rejected] == ["place_id"]
    assert len(made.areas(day(0))) == len(made.fronts(day(0))) == len(made.styles()) == 0
    assert len(made.intervals().cells) == 0


def test_one_place_has_the_whole_area_to_itself() -> None:
    place = Place(place_id="v7", name_en="Only", lat=35.0, lon=37.0)
    made = ControlTimeline([place], [GOOD])
    [found] = made.areas(day(0)).itertuples()
    assert (found.controller, found.state) == ("reds", "held")
    metres = made.coverage.polygons_m[0]
    assert metres.area == pytest.approx(3.14159 * 8000**2, rel=0.05)
    assert len(made.fronts(day(0))) == 0


def test_the_default_area_is_what_lies_within_reach_of_stated_places() -> None:
    made = timeline(said("v0", "held", "reds", 0), area=None)
    assert 0 < len(made.coverage) < len(timeline(area=AREA).coverage)
    made.add(said("far", "held", "blues", 3))
    assert holds(made, "far", 3) == "blues"


def test_a_day_before_another_and_a_place_without_a_cell_are_named_errors() -> None:
    made = timeline(GOOD)
    with pytest.raises(BadInput, match="earlier day first"):
        made.changes(day(3), day(2))
    for name in ("nowhere", "lost", "far", "west"):
        with pytest.raises(UnknownPlace, match=name):
            made.explain(name, day(0))
    with pytest.raises(BadInput, match="area"):
        timeline(GOOD, area=shapely.Point(37, 35))


def test_nobody_is_none_and_an_open_end_is_nat() -> None:
    areas = timeline(GOOD).areas(day(-1))
    assert set(areas["controller"]) == {None}
    assert areas["valid_from"].isna().all()
    assert pd.Timestamp(day(0)) in set(areas["valid_to"])
    assert len(grid()) > len(areas)


def test_a_loop_among_parents_ends() -> None:
    places = [
        *(place for place in grid() if place.place_id != "land"),
        Place(place_id="land", name_en="Land", kind="country", parent_id="west"),
    ]
    made = timeline(said("east", "held", "reds", 0), places=places)
    assert holds(made, "v19", 0) == "reds"
    assert made.explain("v0", day(0)).basis == "inferred"


def test_a_statement_that_cannot_be_added_leaves_the_timeline_as_it_was() -> None:
    places = [
        Place(place_id="here", name_en="Here", kind="village", lat=35.0, lon=37.0),
        Place(place_id="opposite", name_en="Opposite", kind="village", lat=35.0, lon=-143.0),
    ]
    made = ControlTimeline(places, [said("here", "held", "reds", 0)])
    with pytest.raises(BadInput, match="80° wide"):
        made.add(said("opposite", "held", "reds", 0))
    assert holds(made, "here", 1) == "reds"
    made.add(said("here", "left", "reds", 3))
    assert [holds(made, "here", on) for on in (2, 3)] == ["reds", None]
