"""Names as they are typed: in either script, whole names before words in them, doubt said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import name_key
from geodata.gazetteer.suggest import Suggester, shares_its_name
from tests.geodata.gazetteer.sample import gazetteer

SAMPLE = gazetteer()
SUGGESTER = Suggester(SAMPLE)


def ids(text: str, limit: int = 10) -> list[str]:
    return [found.place.place_id for found in SUGGESTER.complete(text, limit)]


def test_a_beginning_in_either_script() -> None:
    assert ids("khuw") == ids("خوي") == ids("الخوي") == ["c4091", "c4032"]
    assert ids("khuwayn al-s") == ["c4032"]


def test_the_larger_place_first_and_words_inside_last() -> None:
    assert ids("ham")[:3] == ["c2987", "sy05", "c3096"]
    assert ids("nu'man") == ["sy0702"]
    assert ids("ha", limit=1) == ["c2987"]


def test_too_little_completes_nothing() -> None:
    assert ids("") == ids("h") == ids("ا") == ids(" - ") == []


@given(st.sampled_from(SAMPLE.places), st.integers(2, 6))
def test_every_name_is_met_by_its_beginning(place: object, letters: int) -> None:
    key = name_key(place.name_en)  # type: ignore[attr-defined]
    if len(key[:letters].replace(" ", "")) >= 2:
        assert place.place_id in ids(key[:letters], limit=100)  # type: ignore[attr-defined]


@given(st.text(max_size=30))
def test_any_text_is_taken(text: str) -> None:
    assert len(SUGGESTER.complete(text, 3)) <= 3


def test_doubt() -> None:
    assert shares_its_name(SAMPLE, SAMPLE.place("c4127"))
    assert not shares_its_name(SAMPLE, SAMPLE.place("c4091"))
    assert not shares_its_name(SAMPLE, SAMPLE.place("c2987"))
