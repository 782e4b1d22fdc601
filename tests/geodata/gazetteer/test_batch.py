"""Batches: an answer for every name, whatever the others are; places of one report help each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import GazetteerGeocoder
from geodata.gazetteer.batch import Answer, describe, geocode_many, geocode_near
from tests.geodata.gazetteer.sample import gazetteer

GEOCODER = GazetteerGeocoder(gazetteer())
IDLIB_AQRABATS = {"c3866", "c4127"}


def ids(answers: list[Answer]) -> list[str | None]:
    return [answer.location.raw["place_id"] if answer.location else None for answer in answers]


def test_one_bad_name_empties_no_other() -> None:
    answers = geocode_many(GEOCODER, ["الخوين", "Qqqqq Zzzzz", "x" * 301, "\x00", "", "Idlib"])
    assert [answer.name for answer in answers] == ["الخوين", "Qqqqq Zzzzz", "x" * 301, "\x00", "", "Idlib"]
    found = ids(answers)
    assert (found[0], found[5]) == ("c4091", "c3871")
    assert found[1:5] == [None] * 4
    assert answers[1].status == answers[4].status == "not found"
    assert "301 characters" in answers[2].status
    assert "NUL" in answers[3].status


def test_one_bad_area_empties_no_other() -> None:
    answers = geocode_many(GEOCODER, ["Idlib", "Idlib", "Raqqa"], admins=["Mars", "إدلب", None])
    assert ids(answers) == [None, "c3871", "c5710"]
    assert "Mars" in answers[0].error
    with pytest.raises(ValueError, match="1 admins for 2 names"):
        geocode_many(GEOCODER, ["a", "b"], admins=["Idlib"])


def test_the_places_of_a_report_choose_between_namesakes() -> None:
    north = (36.26, 36.7)
    [alone] = geocode_many(GEOCODER, ["عقربات"])
    assert alone.status == "ambiguous"
    assert not alone.location.raw["helped_by_context"]  # type: ignore[union-attr]
    [near] = geocode_many(GEOCODER, ["عقربات"], near=[north])
    assert ids([near]) == ["c4127"]
    assert near.status == "ambiguous, the nearest taken"
    assert {other["place_id"] for other in near.location.raw["alternatives"]} & IDLIB_AQRABATS == {"c3866"}  # type: ignore[union-attr]


def test_names_beyond_doubt_are_not_moved() -> None:
    assert ids(geocode_many(GEOCODER, ["خوين الشعر"], near=[(35.9, 39.0)])) == ["c4032"]


def test_far_context_does_not_choose() -> None:
    [answer] = geocode_many(GEOCODER, ["عقربات"], near=[(30.0, 45.0)])
    assert answer.status == "ambiguous"


def test_near_orders_equally_good_places() -> None:
    found = geocode_near(GEOCODER, "عقربات", [(36.26, 36.7)], limit=1)
    assert [location.raw["place_id"] for location in found] == ["c4127"]


@given(st.lists(st.one_of(st.sampled_from(["Hama", "خوين", "Aqrabat", "nowhere", ""]), st.text(max_size=12))))
def test_as_many_answers_as_names_in_their_order(names: list[str]) -> None:
    answers = geocode_many(GEOCODER, names)
    assert [answer.name for answer in answers] == names


def test_alternatives_in_a_line() -> None:
    told = [{"name": "A", "admin": ["B", "C", "D"], "score": 0.5}, {"name": "E", "admin": [], "score": 0.25}]
    assert describe(told) == "A (B, C) 0.50 | E 0.25"
