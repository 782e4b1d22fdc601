"""Statements about whole areas, and the levels at which holders are compared."""

from __future__ import annotations

import pytest

from geodata.control import LEVELS, Alliance, Level
from geodata.errors import BadInput
from tests.geodata.control.told import FACTIONS, MEMBERS, SIDES, day, holds, row, said, timeline


def test_whoever_leaves_an_area_leaves_every_cell_that_they_held_there() -> None:
    made = timeline(
        said("v0", "held", "reds", 0),
        said("v6", "held", "blues", 0),
        said("v13", "captured", "blues", 20, lost="reds"),
        said("v19", "held", "reds", 0),
        said("west", "left", "reds", 10, name="gone"),
    )
    assert [holds(made, "v0", on) for on in (9, 10, 11)] == ["reds", None, None]
    assert row(made, "v0", 10)["basis"] == "area"
    assert holds(made, "v6", 10) == "blues"  # not theirs
    assert holds(made, "v19", 10) == "reds"  # not in the area
    assert [holds(made, "v5", on) for on in (9, 10)] == ["reds", None]  # inferred
    why = made.explain("v0", day(10))
    assert (why.rule, why.area_statement and why.area_statement.statement_id) == ("area-left", "gone")


def test_a_named_successor_has_what_was_left() -> None:
    made = timeline(said("v0", "held", "reds", 0), said("land", "left", "reds", 10, to="blues"))
    assert [holds(made, "v0", on) for on in (9, 10)] == ["reds", "blues"]
    assert made.explain("v0", day(10)).rule == "area-taken"


def test_a_later_word_about_the_village_overrides_and_so_does_one_of_the_same_day() -> None:
    made = timeline(
        said("v0", "held", "reds", 0),
        said("v1", "held", "reds", 0),
        said("west", "left", "reds", 10),
        said("v0", "held", "reds", 12, by="other"),
        said("v1", "held", "reds", 10, by="other"),
    )
    assert [holds(made, "v0", on) for on in (10, 11, 12)] == [None, None, "reds"]
    assert [holds(made, "v1", on) for on in (9, 10, 11)] == ["reds", "reds", "reds"]
    assert made.explain("v0", day(12)).area_statement is None


def test_what_was_only_implied_does_not_come_back_after_a_word_about_the_area() -> None:
    made = timeline(said("v0", "captured", "blues", 70, lost="reds"), said("west", "captured", "lone", 5))
    assert [holds(made, "v0", on) for on in (4, 5, 69, 70)] == [None, "lone", "lone", "blues"]


def test_an_area_is_taken_from_its_loser_only_or_from_everyone() -> None:
    told = [said("v0", "held", "reds", 0), said("v6", "held", "greens", 0)]
    from_reds = timeline(*told, said("west", "captured", "blues", 10, lost="reds"))
    assert (holds(from_reds, "v0", 10), holds(from_reds, "v6", 10)) == ("blues", "greens")
    from_all = timeline(*told, said("west", "captured", "blues", 10))
    assert (holds(from_all, "v0", 10), holds(from_all, "v6", 10)) == ("blues", "blues")


def test_holding_an_area_fills_what_nothing_is_reported_of() -> None:
    made = timeline(said("v0", "held", "reds", 0), said("west", "held", "blues", 10))
    assert [holds(made, "v6", on) for on in (9, 10)] == ["reds", "blues"]
    assert holds(made, "v0", 10) == "reds"
    assert made.explain("v6", day(10)).rule == "area-held"
    assert row(made, "v6", 10)["uncertain"]


def test_a_contested_cell_goes_to_the_one_who_did_not_leave() -> None:
    told = [said("v0", "held", "reds", 0), said("v0", "captured", "blues", 9, by="blue-press")]
    assert holds(timeline(*told, said("west", "left", "reds", 10)), "v0", 10) == "blues"
    stayed = timeline(*told, said("west", "left", "blues", 10))
    assert [holds(stayed, "v0", on) for on in (9, 10, 30)] == ["reds?", "reds", "reds"]


def test_regions_and_drawn_areas_are_areas_too() -> None:
    made = timeline(said("plain", "held", "reds", 0), said(None, "held", "blues", 5, area="corner"))
    held = {name for name in made.coverage.cell_of if row(made, name, 0)["basis"] == "area"}
    assert held
    assert "v19" not in held
    found = made.areas(day(5))
    drawn = set(found["place_id"][(found["controller"] == "blues") & (found["basis"] == "area")])
    assert drawn
    assert drawn.isdisjoint({"v4", "v19"})


def test_fighting_in_an_area_contests_none_of_its_cells() -> None:
    made = timeline(said("v0", "held", "reds", 0), said("west", "contested", "blues", 3, lost="reds"))
    assert holds(made, "v0", 3) == "reds"
    assert made.rejected == ()


def test_two_words_about_an_area_on_one_day_from_two_sources_are_firmer() -> None:
    one = timeline(said("west", "held", "reds", 3))
    two = timeline(said("west", "held", "reds", 3), said("west", "held", "reds", 3, by="other"))
    assert (row(one, "v0", 3)["certainty"], row(two, "v0", 3)["certainty"]) == (
        pytest.approx(0.7),
        pytest.approx(0.91),
    )


def test_the_same_statements_at_three_levels() -> None:
    told = [said("v1", "held", "reds", 0), said("v2", "held", "greens", 0), said("v3", "held", "blues", 0)]
    made = {level: timeline(*told, level=level) for level in LEVELS}

    def faces(level: Level, on: int) -> set[tuple[str, str]]:
        fronts = made[level].fronts(day(on))
        return set(zip(fronts["side_a"], fronts["side_b"], strict=True))

    assert {("greens", "reds"), ("blues", "greens")} <= faces("faction", 12)
    assert ("greens", "reds") in faces("room", 9)
    assert ("reds", "room") in faces("room", 10)
    assert faces("side", 12) == {("government", "opposition")}


def test_a_place_counts_as_its_groups_from_the_day_its_holder_joins() -> None:
    made = timeline(said("v2", "held", "greens", 0), level="room")
    assert [holds(made, "v2", on) for on in (9, 10, 11)] == ["greens", "room", "room"]
    allies = timeline(
        said("v2", "held", "greens", 0), said("v2", "captured", "room", 12, by="blue-press"), level="room"
    )
    assert holds(allies, "v2", 12) == "room"
    assert row(allies, "v2", 12)["state"] == "held"


def test_an_alliance_answers_whose_a_faction_is() -> None:
    room = Alliance.of(FACTIONS, MEMBERS, SIDES, level="room")
    assert [room.holder("greens", day(on)) for on in (9, 10)] == ["greens", "room"]
    assert room.holder("lone", day(0)) == "lone"
    assert room.changes("greens") == (day(10).toordinal(),)
    assert Alliance.of(FACTIONS, MEMBERS, SIDES).holder("reds", day(0)) == "opposition"
    assert Alliance().holder("anyone", day(0)) == "anyone"
    with pytest.raises(BadInput, match="level"):
        Alliance.of(FACTIONS, level="army")  # type: ignore[arg-type]  # a bad level
