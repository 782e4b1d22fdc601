"""Laws of the timeline of control, on statements that Hypothesis makes up."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.control import LEVELS, RULE_WORDS, ControlTimeline
from geodata.control.styles import STYLE_FIRM, STYLE_UNKNOWN
from geodata.model import Statement
from tests.geodata.control.told import DAY_ONE, SOURCES, day, facts, grid, said, timeline

LAST = 90
EARLIEST, LATEST = pd.Timestamp("1800-01-01"), pd.Timestamp("2200-01-01")
PARTIES = ("reds", "greens", "room", "blues", "lone")
WHERE = [(f"v{number}", None) for number in (0, 1, 2, 6, 7, 8, 12, 13, 18, 19)] + [
    *(("twin", None), ("west", None), ("land", None), ("plain", None), (None, "corner")),
    *(("lost", None), ("far", None), ("nowhere", None)),
]


@st.composite
def statements(draw: st.DrawFn, most: int = 14) -> list[Statement]:
    made = []
    for number in range(draw(st.integers(0, most))):
        place, area = draw(st.sampled_from(WHERE))
        status = draw(st.sampled_from(["captured", "captured", "held", "contested", "left", "denied"]))
        start = draw(st.integers(0, 40))
        made.append(
            said(
                place,
                status,
                draw(st.sampled_from(PARTIES)),
                start,
                until=start + draw(st.integers(-1, 2)),
                area=area,
                lost=draw(st.sampled_from([None, *PARTIES])) if status in ("captured", "contested") else None,
                to=draw(st.sampled_from([None, None, *PARTIES])) if status == "left" else None,
                by=draw(st.sampled_from([*SOURCES, "unlisted"])),
                certainty=draw(st.sampled_from([1, 1, 2, 3])),
                match=draw(st.sampled_from(["high", "medium", "low"])),
                name=f"s{number}",
            )
        )
    return made


def days() -> list[int]:
    return [-80, -61, -60, -1, *range(0, 46, 3), 60, LAST]


def assert_same(one: ControlTimeline, other: ControlTimeline) -> None:
    assert one.rejected == other.rejected
    assert one.day_range == other.day_range
    assert one.holders == other.holders
    assert one.styles() == other.styles()
    for number in days()[::2]:
        assert facts(one, number) == facts(other, number), number
    for name in ("cells", "edges"):
        first, second = (getattr(made.intervals(), name) for made in (one, other))
        pd.testing.assert_frame_equal(first, second)


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_adding_one_after_another_in_any_order_equals_a_rebuild(
    told: list[Statement], level: str, dice: random.Random
) -> None:
    grown = timeline(level=level)
    shuffled = list(told)
    dice.shuffle(shuffled)
    for statement in shuffled:
        grown.add(statement)
    assert_same(grown, timeline(*told, level=level))


@settings(max_examples=15, deadline=None)
@given(statements(8), st.randoms(use_true_random=False))
def test_adding_equals_a_rebuild_also_where_the_area_grows(
    told: list[Statement], dice: random.Random
) -> None:
    grown = timeline(area=None)
    shuffled = list(told)
    dice.shuffle(shuffled)
    for statement in shuffled:
        grown.add(statement)
    assert_same(grown, timeline(*told, area=None))


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_nothing(
    told: list[Statement], level: str, dice: random.Random
) -> None:
    shuffled = list(told)
    dice.shuffle(shuffled)
    assert_same(timeline(*shuffled, level=level), timeline(*told, level=level))


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(LEVELS))
def test_intervals_neither_overlap_nor_leave_gaps_and_agree_with_every_day(
    told: list[Statement], level: str
) -> None:
    made = timeline(*told, level=level)
    cells = made.intervals().cells
    for _, spans in cells.groupby("cell"):
        assert pd.isna(spans["valid_from"].iloc[0])
        assert pd.isna(spans["valid_to"].iloc[-1])
        assert list(spans["valid_from"].iloc[1:]) == list(spans["valid_to"].iloc[:-1])
        assert (spans["valid_from"].iloc[1:] < spans["valid_to"].iloc[1:].fillna(LATEST)).all()
        told_apart = ["controller", "state", "basis", "parties"]
        rows = [tuple(values) for values in spans[told_apart].astype(str).itertuples(index=False)]
        assert all(one != other for one, other in pairwise(rows))
    starts = cells["valid_from"].fillna(EARLIEST)
    ends = cells["valid_to"].fillna(LATEST)
    shown = ["place_id", "controller", "state", "basis", "parties", "valid_from", "valid_to"]
    for number in days():
        moment = pd.Timestamp(day(number))
        now = cells[(starts <= moment) & (moment < ends)].reset_index(drop=True)
        pd.testing.assert_frame_equal(now[shown], pd.DataFrame(made.areas(day(number))[shown]))


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(LEVELS))
def test_a_front_has_two_different_holders_and_stands_wherever_they_meet(
    told: list[Statement], level: str
) -> None:
    made = timeline(*told, level=level)
    edges = made.intervals().edges
    for _, spans in edges.sort_values(["edge", "valid_from"], na_position="first").groupby("edge"):
        ends = list(spans["valid_to"].fillna(LATEST))[:-1]
        assert all(end <= start for end, start in zip(ends, spans["valid_from"].iloc[1:], strict=True))
    sides = made.coverage.edges
    for number in days()[::2]:
        areas, fronts = made.areas(day(number)), made.fronts(day(number))
        holder = dict(zip(areas["place_id"], areas["controller"], strict=True))
        state = dict(zip(areas["place_id"], areas["state"], strict=True))
        certainty = dict(zip(areas["place_id"], areas["certainty"], strict=True))
        met = []
        for front in fronts.itertuples():
            pair = holder[front.left_place_id], holder[front.right_place_id]
            assert (front.side_a, front.side_b) == tuple(sorted(pair))
            assert front.side_a < front.side_b
            states = {state[front.left_place_id], state[front.right_place_id]}
            assert front.state == ("contested" if "contested" in states else "held")
            assert front.certainty == min(certainty[front.left_place_id], certainty[front.right_place_id])
            met.append((front.left_place_id, front.right_place_id))
        names = made.names.places
        expected = [
            (names[left], names[right])
            for left, right in sides.tolist()
            if right >= 0
            and None not in (pair := (holder[names[left]], holder[names[right]]))
            and len({*pair}) > 1
        ]
        assert sorted(met) == sorted(expected)
        assert not len(fronts) or shapely.length(fronts.geometry.to_numpy()).min() > 0


@settings(max_examples=15, deadline=None)
@given(statements(), st.sampled_from(days()))
def test_the_areas_of_a_day_fill_the_area_once(told: list[Statement], number: int) -> None:
    made = timeline(*told)
    whole = made.coverage.polygons_m
    assert shapely.coverage_is_valid(whole)
    areas = made.areas(day(number))
    assert areas.crs == "EPSG:4326"
    joined = made.areas(day(number), dissolve=True)
    total = shapely.area(areas.geometry.to_numpy()).sum()
    assert shapely.area(joined.geometry.to_numpy()).sum() == pytest.approx(total, rel=1e-9)
    assert joined["cells"].sum() == len(areas)


@settings(max_examples=30, deadline=None)
@given(statements(), st.sampled_from(days()), st.sampled_from(days()))
def test_changes_are_the_difference_of_two_days(told: list[Statement], one: int, other: int) -> None:
    made = timeline(*told)
    start, end = day(min(one, other)), day(max(one, other))
    before, after = made.areas(start), made.areas(end)
    expected = {
        place: (*old, *new)
        for place, old, new in zip(
            before["place_id"],
            zip(before["controller"], before["state"], strict=True),
            zip(after["controller"], after["state"], strict=True),
            strict=True,
        )
        if old != new
    }
    found = made.changes(start, end)
    assert {
        item.place_id: (item.from_controller, item.from_state, item.to_controller, item.to_state)
        for item in found.itertuples()
    } == expected
    assert all(pd.Timestamp(start) < item.day <= pd.Timestamp(end) for item in found.itertuples())


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(days()), st.sampled_from(LEVELS))
def test_explanations_agree_with_areas(told: list[Statement], number: int, level: str) -> None:
    made = timeline(*told, level=level)
    for item in made.areas(day(number)).itertuples():
        why = made.explain(item.place_id, day(number))
        assert (why.controller, why.state, why.basis) == (item.controller, item.state, item.basis)
        assert (why.parties, why.certainty) == (item.parties, item.certainty)
        assert tuple(statement.statement_id for statement in why.decisive) == item.statement_ids
        for named, shown in ((why.valid_from, item.valid_from), (why.valid_to, item.valid_to)):
            assert (named is None and pd.isna(shown)) or pd.Timestamp(named) == shown
        assert why.words == RULE_WORDS[why.rule]
        assert bool(why.neighbours) == (why.basis == "inferred")
        assert (why.area_statement is not None) == (why.basis == "area")
        if why.basis in ("stated", "area", "implied"):
            assert why.decisive
        if why.state == "contested":
            assert why.parties
        assert 0 <= why.certainty <= 1


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(LEVELS))
def test_the_drawn_history_says_what_areas_say_every_day(told: list[Statement], level: str) -> None:
    made = timeline(*told, level=level)
    histories = made.styles()
    assert len(histories) == len(made.coverage)
    for history in histories:
        assert history[0][0] == 0
        assert all(one[0] < other[0] and one[1:] != other[1:] for one, other in pairwise(history))
    for number in days():
        ordinal = day(number).toordinal()
        for item, history in zip(made.areas(day(number)).itertuples(), histories, strict=True):
            _, holder, style = [found for found in history if found[0] <= ordinal][-1]
            assert (made.holders[holder] if holder >= 0 else None) == item.controller
            if item.state != "held":
                expected = 4 if item.state == "contested" else STYLE_UNKNOWN
            elif item.basis in ("implied", "inferred"):
                expected = 3
            else:
                expected = 2 if item.uncertain else STYLE_FIRM
            assert style == expected


@settings(max_examples=20, deadline=None)
@given(statements(), st.sampled_from(LEVELS), st.sampled_from(PARTIES), st.sampled_from(WHERE))
def test_what_is_held_later_changes_no_earlier_day(
    told: list[Statement], level: str, party: str, where: tuple[str | None, str | None]
) -> None:
    # But for what is implied: that goes back from a place's first statement, which may become another.
    made = timeline(*(item for item in told if item.date_end < day(20)), level=level)
    shown = ["controller", "state", "basis", "certainty", "uncertain", "parties", "statement_ids"]
    before = {number: made.areas(day(number))[shown] for number in (-1, 10, 19)}
    made.add(said(where[0], "held", party, 20, area=where[1], name="later"))
    for number, areas in before.items():
        pd.testing.assert_frame_equal(pd.DataFrame(made.areas(day(number))[shown]), pd.DataFrame(areas))


def test_a_thousand_days_later_nothing_breaks() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "held", "reds", 0, by="other"))
    far = made.areas(DAY_ONE + timedelta(days=1000))
    assert np.isfinite(far["certainty"]).all()
    assert set(made.areas(date.min)["controller"]) == {None}
    assert "reds" in set(made.areas(date.max)["controller"])
    assert len(grid()) > len(far)
