"""A place's own statements and those about its area, in the order of their days; who joins a group."""

from __future__ import annotations

import pytest

from geodata.control import ControlRules
from geodata.errors import BadInput
from tests.geodata.control.told import day, holds, row, said, timeline


def test_the_settling_of_a_contest_is_no_word_against_an_area_statement_of_the_same_day() -> None:
    told = [said("v0", "held", "reds", 0), said("v0", "captured", "blues", 5, by="blue-press")]
    assert holds(timeline(*told), "v0", 8) == "blues"
    for on in (6, 7, 8, 9):
        made = timeline(*told, said("west", "captured", "lone", on))
        assert [holds(made, "v0", later) for later in (on, on + 1, 40)] == ["lone"] * 3


def test_a_contest_from_before_an_area_statement_is_over() -> None:
    made = timeline(
        said("v0", "held", "reds", 0),
        said("v0", "held", "greens", 0, by="other"),
        said("west", "captured", "lone", 8),
        said("v0", "contested", "blues", 20, lost="lone"),
    )
    assert row(made, "v0", 7)["parties"] == ("greens", "reds")
    assert row(made, "v0", 20)["parties"] == ("blues", "lone")


def test_whoever_left_the_area_does_not_come_back_by_a_claim_against_them() -> None:
    made = timeline(
        said("v0", "held", "reds", 0),
        said("west", "left", "reds", 10),
        said("v0", "captured", "blues", 12, by="blue-press"),
    )
    assert [holds(made, "v0", on) for on in (9, 10, 12, 30)] == ["reds", None, "blues", "blues"]
    assert row(made, "v0", 12)["uncertain"]


def test_a_first_word_about_the_place_goes_before_the_area_even_when_it_is_partisan() -> None:
    area = [said("west", "held", "reds", 0, by=by) for by in ("plain", "other", "unlisted")]
    made = timeline(*area, said("v0", "captured", "blues", 10, by="blue-press"))
    assert [holds(made, "v0", on) for on in (9, 10)] == ["reds", "blues"]


def test_who_has_a_place_by_an_area_statement_can_leave_it_or_be_denied_it() -> None:
    told = [said("v0", "held", "blues", -20), said("west", "captured", "reds", 0)]
    left = timeline(*told, said("v0", "left", "reds", 12))
    assert [holds(left, "v0", on) for on in (11, 12)] == ["reds", None]
    denied = timeline(*told, said("v0", "denied", "reds", 12))
    assert [holds(denied, "v0", on) for on in (11, 12)] == ["reds", "reds?"]
    confirmed = timeline(*told, said("v0", "held", "reds", 12, by="other"))
    assert row(confirmed, "v0", 12)["certainty"] == pytest.approx(0.91)
    assert row(confirmed, "v0", 12)["basis"] == "stated"


def test_holding_an_area_goes_before_what_is_only_implied() -> None:
    made = timeline(said("v0", "captured", "lone", 20, lost="reds"), said("west", "held", "blues", 5))
    assert [holds(made, "v0", on) for on in (4, 5, 19, 20)] == ["reds", "blues", "blues", "lone"]


def test_independent_words_about_areas_join_over_days_and_areas() -> None:
    days = timeline(said("west", "held", "reds", 0, name="one"), said("land", "held", "reds", 1, by="other"))
    assert row(days, "v0", 0)["certainty"] == pytest.approx(0.7)
    assert row(days, "v0", 1)["certainty"] == pytest.approx(0.91)
    assert "one" in row(days, "v0", 1)["statement_ids"]
    copied = timeline(said("west", "held", "reds", 0), said("land", "held", "reds", 1, by="copy"))
    assert row(copied, "v0", 1)["certainty"] == pytest.approx(0.7)
    one_day = timeline(said("west", "held", "reds", 0), said("land", "held", "reds", 0, by="other"))
    assert row(one_day, "v0", 0)["certainty"] == pytest.approx(0.91)


def test_after_mere_fighting_a_place_can_be_left_and_its_loser_is_told() -> None:
    fought = said("v0", "contested", "reds", 0, lost="blues")
    left = timeline(fought, said("v1", "held", "reds", 0), said("v0", "left", "reds", 10))
    assert [row(left, "v0", on)["basis"] for on in (1, 5, 10)] == ["stated", "implied", "stated"]
    assert holds(left, "v0", 10) is None
    taken = timeline(fought, said("v0", "captured", "blues", 20, lost="reds"))
    assert [holds(taken, "v0", on) for on in (2, 3, 19, 20)] == ["?", "reds", "reds", "blues"]


def test_only_those_who_claim_or_fight_are_parties() -> None:
    made = timeline(
        said("v0", "contested", "reds", 0, lost="blues"),
        said("v0", "captured", "greens", 0, certainty=3),
        said("v0", "denied", "lone", 0),
        said("v0", "left", "blues", 1),
        said("v0", "contested", "reds", 2, lost="greens"),
    )
    assert row(made, "v0", 0)["parties"] == ("blues", "greens", "reds")
    assert row(made, "v0", 1)["parties"] == ("greens", "reds")
    assert row(made, "v0", 2)["parties"] == ("greens", "reds")


def test_fighting_among_those_who_count_as_one_is_no_contest() -> None:
    told = [said("v0", "held", "reds", 0), said("v0", "contested", "reds", 5, lost="greens")]
    assert row(timeline(*told, level="faction"), "v0", 5)["state"] == "contested"
    assert row(timeline(*told, level="side"), "v0", 5)["state"] == "held"


def test_joining_a_group_brings_nobody_back_and_hides_no_word_of_the_day() -> None:
    held = said("v0", "held", "greens", 0)
    for on in (5, 10):
        made = timeline(held, said("west", "captured", "blues", on), level="room")
        assert [holds(made, "v0", later) for later in (on, 10, 11, 40)] == ["blues"] * 4
    left = timeline(said("west", "held", "greens", 0), said("west", "left", "greens", 12), level="room")
    assert [holds(left, "v0", on) for on in (9, 10, 11, 12)] == ["greens", "room", "room", None]


def test_before_joining_a_group_a_loser_is_itself() -> None:
    made = timeline(said("v0", "captured", "blues", 20, lost="greens"), level="room")
    assert [holds(made, "v0", on) for on in (0, 9, 10, 19)] == ["greens", "greens", "room", "room"]


def test_a_contest_goes_on_when_a_party_joins_a_group() -> None:
    made = timeline(
        said("v0", "held", "blues", 0, by="blue-press"),
        said("v0", "captured", "greens", 9, by="red-press", certainty=2),
        said("v0", "captured", "greens", 11, by="unlisted", certainty=3),
        level="room",
    )
    assert [row(made, "v0", on)["parties"] for on in (9, 10)] == [("blues", "greens"), ("blues", "room")]
    assert holds(made, "v0", 11) == "room"
    allies = timeline(
        said("v1", "held", "room", 0),
        said("v1", "captured", "greens", 9, by="red-press"),
        level="room",
    )
    assert [holds(allies, "v1", on) for on in (8, 9, 10)] == ["room", "room?", "room"]


def test_nothing_is_sure_however_many_say_so() -> None:
    many = [said("v7", "held", "reds", 0, by=f"source {number}") for number in range(60)]
    many += [said("west", "held", "reds", 0, by=f"source {number}") for number in range(60)]
    made = timeline(*many)
    assert made.areas(day(0))["certainty"].max() == 0.95
    assert made.intervals().cells["certainty"].max() == 0.95
    assert made.explain("v7", day(0)).certainty == 0.95
    with pytest.raises(BadInput, match="firm"):
        ControlRules(firm_support=0.9, most_certain=0.8)


def test_a_denial_counts_until_more_is_said_for_the_holder_than_against() -> None:
    told = [said("v0", "held", "reds", 0), said("v0", "denied", "reds", 5)]
    again = said("v0", "held", "reds", 6, by="other")
    assert [holds(timeline(*told, again), "v0", on) for on in (4, 5, 6)] == ["reds", "reds?", "reds?"]
    twice = timeline(*told, again, said("v0", "held", "reds", 7, by="unlisted"))
    assert holds(twice, "v0", 7) == "reds?"  # 0.91 is less than 1.5 times 0.7
    weak = timeline(said("v0", "held", "reds", 0), said("v0", "denied", "reds", 5, certainty=3), again)
    assert holds(weak, "v0", 6) == "reds"
