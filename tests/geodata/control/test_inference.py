"""What is inferred, beside a plain computation day by day."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.control import ControlRules, ControlTimeline
from geodata.control.segments import NOBODY, NONE, at, ends
from geodata.model import Place, Statement
from tests.geodata.control.told import day, said, timeline


@st.composite
def stories(draw: st.DrawFn) -> ControlTimeline:
    """Return a timeline of places on a coarse grid, where many are equally far from each other."""
    spots = draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=4, max_size=16, unique=True)
    )
    places = [
        Place(place_id=f"p{number}", name_en="P", lat=34.96 + 0.03 * y, lon=36.96 + 0.04 * x)
        for number, (x, y) in enumerate(spots)
    ]
    told: list[Statement] = []
    for number in range(draw(st.integers(0, 10))):
        place = f"p{draw(st.integers(0, len(places) - 1))}"
        on = draw(st.integers(0, 20))
        party = draw(st.sampled_from(["reds", "greens", "blues"]))
        if draw(st.booleans()):
            lost = draw(st.sampled_from([None, "reds", "blues"]))
            told.append(said(place, "captured", party, on, lost=lost, name=f"s{number}"))
        else:
            told.append(said(place, draw(st.sampled_from(["held", "left"])), party, on, name=f"s{number}"))
    rules = ControlRules(
        reach_m=draw(st.sampled_from([2_500.0, 4_000.0, 8_000.0])),
        neighbours=draw(st.sampled_from([1, 2, 3, 5])),
        lookback_days=draw(st.sampled_from([0, 5, 60])),
    )
    return timeline(*told, places=places, rules=rules)


@settings(max_examples=40, deadline=None)
@given(stories())
def test_a_place_of_which_nothing_is_known_follows_its_nearest_known_places(made: ControlTimeline) -> None:
    points, rules = made.coverage.points_m, made.rules
    every = np.arange(len(points))
    for number in (-61, -60, -5, -1, *range(22), 40):
        ordinal = day(number).toordinal()
        known = made.known[at(made.known, every, ordinal)]
        whole = made.segments[at(made.segments, every, ordinal)]
        for cell in every[known["basis"] == NONE].tolist():
            apart = np.hypot(*(points - points[cell]).T)
            near = [
                other
                for other in sorted(every.tolist(), key=lambda item: (apart[item], item))
                if other != cell and known["holder"][other] != NOBODY and apart[other] <= rules.reach_m
            ][: rules.neighbours]
            found = whole[cell]
            if not near:
                assert found["holder"] == NOBODY
                continue
            votes: dict[int, float] = {}
            for other in near:
                holder = int(known["holder"][other])
                votes[holder] = votes.get(holder, 0.0) + 1 / apart[other]
            # Grid distances are equal but for rounding: of equal votes either may be taken.
            assert votes[int(found["holder"])] >= max(votes.values()) * (1 - 1e-3)
            theirs = [other for other in near if known["holder"][other] == found["holder"]]
            mean = sum(known["support"][other] / apart[other] for other in theirs) / sum(
                1 / apart[other] for other in theirs
            )
            share = votes[int(found["holder"])] / sum(votes.values())
            assert abs(found["support"] - share * mean * rules.inferred_factor) < 1e-6
            assert found["confirmed"] == max(known["confirmed"][other] for other in theirs)


@settings(max_examples=40, deadline=None)
@given(stories())
def test_what_is_known_is_never_replaced_by_what_is_inferred(made: ControlTimeline) -> None:
    stated = made.known[made.known["basis"] != NONE]
    last = ends(made.known)[made.known["basis"] != NONE]
    here = at(made.segments, stated["cell"], stated["start"])
    assert (made.segments[here] == stated).all()
    assert (ends(made.segments)[here] == last).all()
