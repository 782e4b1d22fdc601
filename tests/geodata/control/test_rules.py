"""Each rule of control, by a story of its own; days D−1, D and D+1 around every change."""

from __future__ import annotations

import pytest

from geodata.control import RULE_WORDS, ControlRules
from geodata.control.rules import RULES
from geodata.errors import BadInput
from tests.geodata.control.told import day, holds, row, said, timeline


def rule(made: object, place: str, on: int) -> str:
    return str(made.explain(place, day(on)).rule)  # type: ignore[attr-defined]  # a ControlTimeline


def test_claimed_the_first_word_gives_the_place_from_its_day_on() -> None:
    made = timeline(said("v7", "captured", "reds", 5))
    assert [holds(made, "v7", on) for on in (4, 5, 6)] == [None, "reds", "reds"]
    assert rule(made, "v7", 5) == "claimed"
    assert row(made, "v7", 5)["certainty"] == pytest.approx(0.7)


def test_a_range_of_days_ends_with_a_capture_and_begins_with_a_holding() -> None:
    made = timeline(said("v7", "captured", "reds", 5, until=8), said("v12", "held", "reds", 5, until=8))
    assert [row(made, "v7", on)["basis"] for on in (5, 7, 8)] == ["inferred", "inferred", "stated"]
    assert [row(made, "v12", on)["basis"] for on in (4, 5, 8)] == ["none", "stated", "stated"]


def test_confirmed_another_source_makes_it_firmer_and_renews_it() -> None:
    made = timeline(said("v7", "captured", "reds", 0), said("v7", "held", "reds", 4, by="other"))
    before, after = row(made, "v7", 3), row(made, "v7", 4)
    assert (before["certainty"], after["certainty"]) == (pytest.approx(0.7), pytest.approx(0.91))
    assert (before["uncertain"], after["uncertain"]) == (True, False)
    assert after["last_confirmed"].date() == day(4)
    assert after["valid_from"].date() == day(0)
    assert rule(made, "v7", 4) == "confirmed"
    assert len(after["statement_ids"]) == 2


def test_copies_of_one_source_count_once() -> None:
    made = timeline(said("v7", "captured", "reds", 0), said("v7", "held", "reds", 4, by="copy"))
    assert row(made, "v7", 4)["certainty"] == pytest.approx(0.7)
    assert row(made, "v7", 4)["last_confirmed"].date() == day(4)


def test_a_word_for_ones_own_side_a_list_and_a_doubtful_match_weigh_less() -> None:
    def certainty(**how: object) -> float:
        return float(row(timeline(said("v7", "held", "blues", 0, **how)), "v7", 0)["certainty"])  # type: ignore[arg-type]

    assert certainty(by="blue-press") == pytest.approx(0.45)
    assert certainty(by="red-press") == pytest.approx(0.7)  # against the publisher's own side
    assert certainty(certainty=2) == pytest.approx(0.7 * 0.85)
    assert certainty(match="low", certainty=3) == pytest.approx(0.7 * 0.25)


def test_flipped_a_plain_word_of_another_source_takes_the_place() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "captured", "blues", 5, by="other"))
    assert [holds(made, "v7", on) for on in (4, 5, 6)] == ["reds", "blues", "blues"]
    assert rule(made, "v7", 5) == "flipped"


def test_challenged_a_single_partisan_claim_contests_and_does_not_flip() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "captured", "blues", 5, by="blue-press"))
    assert [holds(made, "v7", on) for on in (4, 5, 7)] == ["reds", "reds?", "reds?"]
    assert row(made, "v7", 5)["parties"] == ("blues", "reds")
    assert rule(made, "v7", 5) == "challenged"
    assert len(made.explain("v7", day(5)).decisive) == 2


def test_two_independent_partisan_claims_flip_and_two_of_one_source_do_not() -> None:
    held = said("v7", "held", "reds", 0)
    first = said("v7", "captured", "blues", 5, by="blue-press")
    two = timeline(held, first, said("v7", "captured", "blues", 5, by="blue-radio"))
    assert holds(two, "v7", 5) == "blues"
    later = timeline(held, first, said("v7", "captured", "blues", 6, by="blue-radio"))
    assert [holds(later, "v7", on) for on in (5, 6)] == ["reds?", "blues"]
    same = timeline(held, first, said("v7", "held", "blues", 6, by="blue-press"))
    assert holds(same, "v7", 6) == "reds?"


def test_settled_without_another_word_the_claim_stands_after_some_days_uncertain() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "captured", "blues", 5, by="blue-press"))
    assert [holds(made, "v7", on) for on in (7, 8, 9)] == ["reds?", "blues", "blues"]
    assert rule(made, "v7", 8) == "settled"
    assert row(made, "v7", 8)["uncertain"]


def test_lapsed_a_claim_too_weak_to_settle_leaves_the_place_to_its_holder_less_sure() -> None:
    made = timeline(
        said("v7", "held", "reds", 0),
        said("v7", "held", "reds", 0, by="other"),
        said("v7", "captured", "blues", 5, by="blue-press", match="low"),
    )
    assert [holds(made, "v7", on) for on in (4, 5, 8)] == ["reds", "reds?", "reds"]
    assert rule(made, "v7", 8) == "lapsed"
    assert row(made, "v7", 8)["certainty"] < row(made, "v7", 4)["certainty"]


def test_the_later_word_stands_when_two_sides_contradict_each_other() -> None:
    made = timeline(
        said("v7", "held", "reds", 0),
        said("v7", "captured", "blues", 5, by="blue-press"),
        said("v7", "held", "reds", 6, by="red-press"),
    )
    assert [holds(made, "v7", on) for on in (5, 8, 9)] == ["reds?", "reds?", "reds"]
    assert row(made, "v7", 9)["uncertain"]


def test_a_faded_holder_gives_way_to_a_partisan_claim() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "captured", "blues", 80, by="blue-press"))
    assert [holds(made, "v7", on) for on in (79, 80)] == ["reds", "blues"]


def test_allegations_contest_a_place_and_never_take_it() -> None:
    alleged = [said("v7", "captured", "blues", 5, by=name, certainty=3) for name in ("one", "other", "third")]
    made = timeline(said("v7", "held", "reds", 0), *alleged)
    assert [holds(made, "v7", on) for on in (4, 5, 7, 8, 60)] == ["reds", "reds?", "reds?", "reds", "reds"]
    assert (rule(made, "v7", 5), rule(made, "v7", 8)) == ("challenged", "lapsed")
    ceded = timeline(said("v7", "held", "reds", 0), said("v7", "left", "reds", 5, to="blues", certainty=3))
    assert holds(ceded, "v7", 5) == "reds?"
    plain = timeline(said("v7", "held", "reds", 0), *alleged, said("v7", "held", "blues", 6, by="fourth"))
    assert holds(plain, "v7", 6) == "blues"
    first = timeline(*alleged)
    assert holds(first, "v7", 5) == "blues"


def test_rivals_two_equal_words_of_one_day_decide_nothing() -> None:
    made = timeline(said("v7", "captured", "reds", 5), said("v7", "captured", "blues", 5, by="other"))
    found = row(made, "v7", 30)
    assert (found["controller"], found["state"], found["parties"]) == (None, "contested", ("blues", "reds"))
    assert rule(made, "v7", 5) == "rivals"


def test_of_two_words_of_one_day_much_the_better_one_holds() -> None:
    made = timeline(said("v7", "captured", "reds", 5), said("v7", "captured", "blues", 5, by="blue-press"))
    assert holds(made, "v7", 5) == "reds"
    assert row(made, "v7", 5)["certainty"] == pytest.approx(0.7 * (1 - 0.45))


def test_fighting_a_contested_place_goes_back_to_its_holder_when_nobody_claims_it() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "contested", "blues", 5, lost="reds"))
    assert [holds(made, "v7", on) for on in (4, 5, 7, 8)] == ["reds", "reds?", "reds?", "reds"]
    assert (rule(made, "v7", 5), rule(made, "v7", 8)) == ("fighting", "lapsed")
    nobody = timeline(said("v7", "contested", "blues", 5, lost="reds"))
    assert row(nobody, "v7", 7)["parties"] == ("blues", "reds")


def test_left_nobody_has_it_until_the_next_word() -> None:
    made = timeline(
        said("v7", "held", "reds", 0), said("v7", "left", "reds", 5), said("v7", "captured", "blues", 9)
    )
    assert [holds(made, "v7", on) for on in (4, 5, 8, 9)] == ["reds", None, None, "blues"]
    assert rule(made, "v7", 5) == "left"
    other = timeline(said("v7", "held", "reds", 0), said("v7", "left", "blues", 5))
    assert holds(other, "v7", 5) == "reds"


def test_succeeded_who_leaves_to_another_is_not_contradicted() -> None:
    made = timeline(said("v7", "held", "reds", 0), said("v7", "left", "reds", 5, to="blues", by="blue-press"))
    assert [holds(made, "v7", on) for on in (4, 5)] == ["reds", "blues"]
    assert rule(made, "v7", 5) == "succeeded"
    fought = timeline(
        said("v7", "held", "reds", 0),
        said("v7", "captured", "blues", 5, by="blue-press"),
        said("v7", "left", "reds", 6),
    )
    assert [holds(fought, "v7", on) for on in (5, 6)] == ["reds?", "blues"]


def test_denied_a_denied_claim_never_settles_by_itself() -> None:
    made = timeline(
        said("v7", "held", "reds", 0),
        said("v7", "captured", "blues", 5, by="blue-press"),
        said("v7", "denied", "blues", 6, by="red-press"),
    )
    assert [holds(made, "v7", on) for on in (5, 6, 8, 9, 60)] == ["reds?", "reds?", "reds?", "reds", "reds"]
    assert row(made, "v7", 9)["uncertain"]
    alone = timeline(said("v7", "denied", "blues", 6))
    assert holds(alone, "v7", 6) is None
    of_holder = timeline(said("v7", "held", "reds", 0), said("v7", "denied", "reds", 6, by="blue-press"))
    assert holds(of_holder, "v7", 6) == "reds?"
    assert rule(of_holder, "v7", 6) == "denied"


def test_implied_whoever_lost_a_place_had_it_before() -> None:
    made = timeline(said("v7", "captured", "blues", 5, lost="reds"))
    assert [holds(made, "v7", on) for on in (-56, -55, 4, 5)] == [None, "reds", "reds", "blues"]
    before = row(made, "v7", 4)
    assert (before["basis"], before["certainty"]) == ("implied", pytest.approx(0.35))
    assert rule(made, "v7", 4) == "implied"
    gone = timeline(said("v7", "left", "reds", 5))
    assert [holds(gone, "v7", on) for on in (4, 5)] == ["reds", None]


def test_inferred_a_silent_place_follows_its_nearest_neighbours_and_is_less_sure() -> None:
    made = timeline(
        said("v6", "held", "reds", 0), said("v8", "held", "reds", 0), said("v2", "held", "blues", 0)
    )
    found = row(made, "v7", 0)
    assert (found["controller"], found["basis"]) == ("reds", "inferred")
    assert 0 < found["certainty"] < 0.35
    assert row(made, "v7", -1)["state"] == "unknown"
    assert set(made.explain("v7", day(0)).neighbours) == {"v2", "v6", "v8"}


def test_unknown_beyond_reach_nothing_is_inferred() -> None:
    made = timeline(said("v0", "held", "reds", 0))
    assert row(made, "v1", 0)["state"] == "held"
    assert row(made, "v19", 0)["state"] == "unknown"
    short = timeline(said("v0", "held", "reds", 0), rules=ControlRules(reach_m=100.0))
    assert row(short, "v1", 0)["state"] == "unknown"


def test_confidence_halves_near_a_front_and_nowhere_else() -> None:
    told = [
        *(said("v6", "held", "reds", 0, by=by) for by in ("plain", "other", "red-press")),
        said("v7", "held", "blues", 0),
        said("v19", "held", "blues", 0),
    ]
    near, far = timeline(*told), timeline(*told, rules=ControlRules(front_near_m=1.0))
    assert row(near, "v6", 45)["certainty"] == pytest.approx(row(near, "v6", 0)["certainty"] / 2)
    assert (row(near, "v6", 0)["uncertain"], row(near, "v6", 45)["uncertain"]) == (False, True)
    assert row(far, "v6", 45)["certainty"] == row(far, "v6", 0)["certainty"]


def test_a_pocket_held_up_by_one_source_stays_and_is_uncertain() -> None:
    around = [f"v{number}" for number in (1, 2, 3, 6, 8, 11, 12, 13)]
    told = [said(name, "held", "blues", 0, by=by) for name in around for by in ("plain", "other")]
    made = timeline(*told, said("v7", "held", "reds", 0, by="red-press"))
    for on in (0, 30, 365):
        found = row(made, "v7", on)
        assert (found["controller"], found["state"], found["uncertain"]) == ("reds", "held", True)
    assert len(made.fronts(day(365))) > 2


def test_places_at_one_spot_share_a_cell_and_their_statements() -> None:
    made = timeline(said("v19", "held", "reds", 0), said("twin", "held", "reds", 3, by="other"))
    assert made.coverage.cell_of["v19"] == made.coverage.cell_of["twin"]
    assert row(made, "v19", 3)["certainty"] == pytest.approx(0.91)
    assert made.explain("twin", day(3)).certainty == made.explain("v19", day(3)).certainty


def test_every_rule_has_words_and_the_rules_refuse_what_cannot_be_meant() -> None:
    assert list(RULES) == list(RULE_WORDS)
    for bad in (
        {"reach_m": 0.0},
        {"neutral_weight": 1.5},
        {"half_life_days": float("nan")},
        {"match_weights": {"high": 0.0}},
        {"dominance": 0.5},
        {"lookback_days": -1},
    ):
        with pytest.raises(BadInput):
            ControlRules(**bad)


def test_mere_fighting_over_a_place_that_nobody_is_known_to_hold_says_nothing_of_later_days() -> None:
    fought = said("v7", "contested", "blues", 5, lost="reds")
    made = timeline(said("v6", "held", "reds", 0), fought)
    assert [row(made, "v7", on)["basis"] for on in (4, 5, 7, 8)] == [
        "inferred",
        "stated",
        "stated",
        "inferred",
    ]
    area = timeline(said("land", "held", "reds", 0), fought)
    assert [holds(area, "v7", on) for on in (4, 5, 7, 8)] == ["reds", "reds?", "reds?", "reds"]
    assert rule(area, "v7", 8) == "area-held"
