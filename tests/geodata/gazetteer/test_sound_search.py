"""Finding by sound: reporters' spellings, names that must not be confused, doubt, context."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.point import Point
from hypothesis import given
from hypothesis import strategies as st

from geodata.curated.loader import read_curated
from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from geodata.gazetteer.areas import areas_named
from geodata.gazetteer.layers import lay_over
from geodata.gazetteer.readers.ocha import read_places
from geodata.gazetteer.search import Context, search
from geodata.gazetteer.wording import alternatives
from tests.geodata.gazetteer.sample import PLACES, gazetteer, place

KORIN = place("c4288", "Korin|كورين", "sy07", "village", "35.864,36.570")
ZARZUR = (
    place("c7885", "Ard al-Zarzur|أرض الزرزور", "sy070204", "village", "35.4946,36.8576", "Zarzur|زرزور"),
    place("c4238", "Zarzur|زرزور", "sy07", "village", "35.954,36.341"),
)
SAMPLE = Gazetteer([*PLACES, KORIN, *ZARZUR])
ASK: Callable[..., Any] = GazetteerGeocoder(SAMPLE).geocode
BARE: Callable[..., Any] = GazetteerGeocoder(gazetteer()).geocode
VARIANTS = Path(__file__).parent / "variants.csv"


def found(query: str, **options: object) -> str | None:
    location = ASK(query, **options)
    return None if location is None else str(location.raw["place_id"])


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Khwein", "c4091"),
        ("al-Khowayn", "c4091"),
        ("Khuwein al-Kebir", "c4091"),
        ("Big Khwein", "c4091"),
        ("خوين كبير", "c4091"),
        ("Khwein Elshaer", "c4032"),
        ("Khuwein ash-Shaar", "c4032"),
        ("Kourine", "c4288"),
        ("Koreen", "c4288"),
        ("Oqeiribat", "c3315"),
        ("Ukayribat", "c3315"),
        ("Salqin", None),
        ("Ar Rakkah", "c5710"),
        ("Hamat", "c2987"),
        ("Edleb", "c3871"),
        ("قريه الخوين", "c4091"),
        ("Khwein, Idleb", "c4091"),
        ("Khwein, southern Idlib countryside", "c4091"),
        ("Khwein Idlib", "c4091"),
        ("خوين إدلب", "c4091"),
        ("بلدة الخوين جنوب شرق إدلب", "c4091"),
        ("Atlantis/Khwein", "c4091"),
        ("Khwein (Atlantis)", "c4091"),
    ],
)
def test_reporters_spellings_are_found(query: str, place_id: str | None) -> None:
    assert found(query) == place_id


@pytest.mark.parametrize(
    ("query", "never"),
    [
        ("Khan", {"c4091", "c4032"}),
        ("خان", {"c4091", "c4032"}),
        ("Korin", {"c4091", "c4032"}),
        ("كورين", {"c4091", "c4032"}),
        ("Khwein al-Sha'r", {"c4091"}),
        ("خوين الشعر", {"c4091"}),
        ("Khwein al-Kabir", {"c4032"}),
        ("Aqrabat", {"c3315"}),
        ("عقربات", {"c3315"}),
        ("Uqayribat", {"c3866", "c4127"}),
        ("عقيربات", {"c3866", "c4127"}),
        ("الهامة", {"c2987"}),
        ("حماة", {"c5764"}),
        ("أرض الزرزور", {"c4238"}),
        ("Ard az-Zarzur", {"c4238"}),
    ],
)
@pytest.mark.parametrize("ask", [ASK, BARE])
def test_hard_negatives_are_never_confused(ask: Callable[..., Any], query: str, never: set[str]) -> None:
    location = ask(query)
    assert location is None or location.raw["place_id"] not in never


def test_a_governorate_decides_between_names_that_sound_alike() -> None:
    assert found("Okerbat", admin="Hama") == "c3315"
    assert found("Okerbat", admin="Idlib") in {"c3866", "c4127"}
    assert found("Okerbat", admin=["Hama", "SY05"]) == "c3315"
    assert found("Zarzur", admin="Hama") is None


def test_it_abstains_and_says_why_it_may_be_wrong() -> None:
    for query in ("Atlantis", "Qwxzt", "نيويورك", "Khan al-Asal"):
        assert ASK(query) is None
    raw = ASK("Khwein").raw
    assert raw["method"] == "sound"
    assert raw["ambiguous"] is False
    assert 0.7 < raw["score"] <= 1
    others = ASK("Aqrabat").raw
    assert others["ambiguous"] is True
    assert others["score"] <= 0.8
    assert all(0 < other["score"] <= others["score"] for other in others["alternatives"])
    assert ASK("Khan", min_score=0.1) is not None
    assert ASK("Khwein", min_score=0.999) is None


def test_near_places_of_the_report_come_first() -> None:
    north, west = "c4127", "c3866"
    assert found("Aqrabat", near=(36.26, 36.70)) == north
    assert found("Aqrabat", near=Point(35.9, 36.45)) == west
    assert found("Aqrabat", near=[(36.26, 36.70), (36.2, 36.8)]) == north
    assert found("Aqrabat", near="c4091") == west
    assert found("Aqrabat", near=["C4091", (35.9, 36.4)]) == west
    assert ASK("Aqrabat", near=(36.26, 36.70)).raw["score"] > ASK("Aqrabat").raw["score"]
    for bad in (5, "nowhere", [(91, 0)], [None]):
        with pytest.raises(GeocoderQueryError):
            ASK("Aqrabat", near=bad)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Hamah Governorate", "sy05"),
        ("Mintaqat Markaz Hamah district", "sy0501"),
        ("Ar Raqqah Governorate", "sy11"),
        ("Maarat al-Numaan district", "sy0702"),
        ("منطقة معرة النعمان", "sy0702"),
        ("Markaz Hama", "sy0501"),
        ("Uqayribat district", "c3315"),
        ("Atlantis district", None),
    ],
)
def test_areas_are_understood_as_files_write_them(text: str, area: str | None) -> None:
    assert [found.place_id for found in areas_named(SAMPLE, text)] == ([area] if area else [])


def test_a_place_just_outside_its_district_is_found_at_a_lower_score() -> None:
    [inside] = search(SAMPLE, "Khuwayn al-Kabir", Context((areas_named(SAMPLE, "sy070204"),)))[:1]
    outside = search(SAMPLE, "Khuwayn al-Sha'r", Context((areas_named(SAMPLE, "sy070204"),)))
    assert inside.place.place_id == "c4091"
    assert outside[0].place.place_id == "c4032"
    assert outside[0].score < search(SAMPLE, "Khuwayn al-Sha'r")[0].score


def test_the_seat_has_the_names_of_its_area() -> None:
    district = place("sy0405", "Tadmur|تدمر", None, "district", "34.4,38.7", "Palmyra")
    seat = place("c2889", "Tadmur|تدمر", "sy0405", "town", "34.55,38.28")
    ask: Callable[..., Any] = GazetteerGeocoder(Gazetteer([district, seat])).geocode
    assert ask("Palmyra").raw["place_id"] == "c2889"
    assert ask("Palmyra district").raw["place_id"] == "sy0405"


def test_alternatives_of_a_text() -> None:
    assert alternatives("Al Izmu/Ibizimu") == ["Al Izmu", "Ibizimu"]
    assert alternatives("Aaliyah (Qurujah)") == ["Aaliyah", "Qurujah"]
    assert alternatives("()") == ["()"]


def test_a_rate_limiter_and_a_partial_work_with_context() -> None:
    limited = RateLimiter(partial(ASK, admin="Idlib", near="c4091"), min_delay_seconds=0, max_retries=0)
    assert [each and each.raw["place_id"] for each in map(limited, ["Khwein", "Atlantis", "Kourine"])] == [
        "c4091",
        None,
        "c4288",
    ]


@given(st.text(), st.sampled_from([None, "Idlib", "sy0702"]))
def test_any_text_is_answered_in_order_of_score(text: str, admin: str | None) -> None:
    areas = (areas_named(SAMPLE, admin),) if admin else ()
    scores = [each.score for each in search(SAMPLE, text, Context(areas), min_score=0)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.shared
def test_hand_made_variants_find_their_places(shared_data: Path) -> None:
    communities = read_places(shared_data / "ocha_syria_places.csv").places.values()
    ask: Callable[..., Any] = GazetteerGeocoder(
        Gazetteer(lay_over(read_curated().places, communities))
    ).geocode
    right = asked = 0
    with VARIANTS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= 60
    for row in rows:
        names = row["names"].split("|")
        assert len(names) >= 6
        for name in names:
            location = ask(name, admin=row["admin"])
            right += location is not None and location.raw["place_id"] == row["place_id"]
            asked += 1
    assert right / asked >= 0.97
