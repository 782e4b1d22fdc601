"""The geocoder: geopy's contract, what it finds, what it refuses, and what it leaves in doubt."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import pytest
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from tests.geodata.gazetteer.sample import gazetteer, place

GEOCODER = GazetteerGeocoder(gazetteer(), timeout=3, user_agent="tests")
ASK: Callable[..., Any] = GEOCODER.geocode
REVERSE: Callable[..., Any] = GEOCODER.reverse


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def one(query: object, **options: object) -> Location:
    location = ASK(query, **options)
    assert isinstance(location, Location)
    return location


def found(query: object, **options: object) -> str | None:
    return None if ASK(query, **options) is None else str(one(query, **options).raw["place_id"])


def found_all(query: str, **options: object) -> list[str]:
    return [location.raw["place_id"] for location in ASK(query, exactly_one=False, **options)]


def test_it_is_a_geopy_geocoder() -> None:
    assert isinstance(GEOCODER, Geocoder)
    assert (GEOCODER.timeout, GEOCODER.headers) == (3, {"User-Agent": "tests"})
    location = GEOCODER.geocode("Khuwayn", timeout=10)
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (35.4781, 36.836)
    address, (lat, lon) = location
    assert address == "Khuwayn al-Kabir, al-Tamanah, Ma'arrat al-Nu'man, Idlib, Syria"
    assert (lat, lon) == (35.4781, 36.836)
    with GazetteerGeocoder(gazetteer()) as geocoder:
        assert geocoder.geocode("nowhere at all") is None


def test_it_can_make_no_network_call() -> None:
    for ask in (GEOCODER.adapter.get_json, GEOCODER.adapter.get_text):
        with pytest.raises(GeocoderUnavailable):
            ask("https://example.org", timeout=1, headers={})


def test_a_rate_limiter_and_a_partial_work_around_it() -> None:
    limited = RateLimiter(partial(GEOCODER.geocode, language="ar"), min_delay_seconds=0, max_retries=0)
    names = ["الخوين", "nowhere", "Uqayribat"]
    assert [location and location.raw["name"] for location in map(limited, names)] == [
        "خوين الكبير",
        None,
        "عقيربات",
    ]
    reverse = RateLimiter(GEOCODER.reverse, min_delay_seconds=0)
    assert reverse((35.48, 36.84)).raw["place_id"] == "c4091"


def test_raw_says_what_was_found_and_what_else_it_may_be() -> None:
    raw = one("Aqrabat").raw
    assert raw.keys() >= {
        "place_id",
        "name",
        "matched",
        "method",
        "score",
        "location_precision",
        "alternatives",
    }
    assert (raw["method"], raw["matched"], raw["location_precision"]) == ("exact", "Aqrabat", 1)
    assert (raw["admin"], raw["admin_ids"]) == (["Idlib", "Syria"], ["sy07", "sy"])
    assert raw["uncertainty_m"] == 1000
    assert raw["ambiguous"] is True
    assert {raw["place_id"], *(other["place_id"] for other in raw["alternatives"])} == {"c3866", "c4127"}
    assert all(0 < other["score"] <= 1 for other in (raw, *raw["alternatives"]))


@pytest.mark.parametrize(
    ("query", "place_id", "method", "precision"),
    [
        ("Hama", "c2987", "exact", 1),
        ("حماه", "c2987", "normalised", 1),
        ("Hama governorate", "sy05", "exact", 4),
        ("محافظة حماة", "sy05", "normalised", 4),
        ("Governorate of Idlib", "sy07", "exact", 4),
        ("Hama district", "sy0501", "exact", 3),
        ("ناحية الحمراء", "sy050103", "normalised", 3),
        ("al-Hamra sub-district", "sy050103", "normalised", 3),
        ("بلدة الحمرا", "c3096", "normalised", 1),
        ("town of Khuwayn", "c4091", "exact", 1),
        ("Syria", "sy", "exact", 6),
        ("ريف حماة الشرقي", "east-hama", "relative", 5),
        ("al-Khuwayn", "c4091", "key", 1),
        ("خوين", "c4091", "key", 1),
        ("الخُوَيْن\u200f", "c4091", "normalised", 1),
        ("الرقه", "c5710", "normalised", 1),
        ("ar-Raqqah", "c5710", "exact", 1),
        ("Sawran", "c4300", "normalised", 1),
    ],
)
def test_names_are_found(query: str, place_id: str, method: str, precision: int) -> None:
    raw = one(query).raw
    assert (raw["place_id"], raw["method"], raw["location_precision"]) == (place_id, method, precision)


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("خوين الشعر", "c4032"),
        ("Khuwayn al-Sha'r", "c4032"),
        ("Aqrabat", "c3866"),
        ("عقربات", "c3866"),
        ("عقيربات", "c3315"),
        ("Aqirbat", "c3315"),
        ("al-Hama", "c5764"),
        ("الهامة", "c5764"),
        ("حماة", "c2987"),
        ("Hamra", "c3001"),
        ("al-Hamra", "c3096"),
        ("Khan", None),
        ("خان", None),
        ("كورين", None),
        ("Korin", None),
    ],
)
def test_names_that_must_not_be_confused(query: str, place_id: str | None) -> None:
    assert found(query) == place_id


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Khuwayn, Idlib", "c4091"),
        ("الخوين، إدلب", "c4091"),
        ("الخوين، محافظة إدلب، سوريا", "c4091"),
        ("الخوين، ريف إدلب الجنوبي الشرقي", "c4091"),
        ("Khuwayn, southern Idlib countryside", "c4091"),
        ("قرية الخوين؛ معرة النعمان", "c4091"),
        ("Uqayribat, East Hama countryside", "c3315"),
        ("Khuwayn, Hama", None),
        ("Khuwayn, Raqqa governorate", None),
        ("Khuwayn, some unknown area", None),
        ("Hama, Hama governorate", "c2987"),
        (",,,", None),
        ("a,b,c,d,e,f,g", None),
    ],
)
def test_qualified_names(query: str, place_id: str | None) -> None:
    assert found(query) == place_id


@pytest.mark.parametrize(
    "admin", ["sy07", "SY07", "Idlib", "إدلب", "Idlib governorate", "ريف إدلب", "sy0702", "SY070204"]
)
def test_admin_narrows_by_name_code_and_id(admin: str) -> None:
    assert found("Khuwayn", admin=admin) == "c4091"
    assert found("Hama", admin=admin) is None


def test_an_unknown_admin_is_an_error() -> None:
    for admin in ("Atlantis", "c4091", "", "sy99"):
        with pytest.raises(GeocoderQueryError, match="admin"):
            GEOCODER.geocode("Khuwayn", admin=admin)


def test_country_viewbox_and_limit() -> None:
    both = ["c3866", "c4127"]
    assert found_all("Aqrabat") == both
    assert found_all("Aqrabat", limit=1) == both[:1]
    assert found_all("Aqrabat", country_codes="sy") == both
    assert found_all("Aqrabat", country_codes=["SY", "iq"]) == both
    assert found("Aqrabat", country_codes="iq,tr") is None
    north = [(36.2, 36.6), Point(36.4, 36.9)]
    assert found_all("Aqrabat", viewbox=north) == both[::-1]
    assert found_all("Aqrabat", viewbox=north[::-1], bounded=True) == ["c4127"]
    assert found("Aqrabat", viewbox=["10,10", "11,11"], bounded=True) is None
    assert found("Aqrabat", bounded=True) == "c3866"


def test_the_address_is_in_the_language_asked_for_or_of_the_query() -> None:
    arabic = "خوين الكبير، التمانعة، معرة النعمان، إدلب، سوريا"
    assert one("الخوين").address == one("Khuwayn", language="ar-SY").address == arabic
    assert one("الخوين", language="en").address.startswith("Khuwayn al-Kabir, ")


def test_the_seat_comes_before_its_district_however_its_name_is_noted() -> None:
    town = place("town", "Ayn al-Arab (Kobani)", "sy0206", "town", "36.889,38.352", "Ayn al-Arab")
    district = place("sy0206", "Ayn al-Arab", None, "district", "36.54,38.29")
    ask: Callable[..., Any] = GazetteerGeocoder(Gazetteer([district, town])).geocode
    raw = ask("Ayn al-Arab").raw
    assert (raw["place_id"], raw["method"], raw["ambiguous"]) == ("town", "exact", False)


def test_a_place_that_nobody_has_found_gets_no_point() -> None:
    assert found("Talab") is None
    # al-Mafqud has no point: another village called Mafqud must not stand in for it …
    assert found("المفقود") is None
    # … but is found under its own name, with the other one among the alternatives.
    raw = one("مفقود").raw
    assert raw["place_id"] == "c9001"
    assert [(other["place_id"], other["lat"]) for other in raw["alternatives"]] == [("lost-one", None)]
    namesakes = [place("a", "Twin", None, "village"), place("b", "Twin", None, "village", "35,36")]
    twins: Callable[..., Any] = GazetteerGeocoder(Gazetteer(namesakes)).geocode
    location = twins("Twin")
    assert (location.raw["place_id"], location.raw["ambiguous"]) == ("b", True)


def test_only_namesakes_far_apart_are_ambiguous() -> None:
    assert one("Hama").raw["ambiguous"] is False
    assert one("Uqayribat").raw["ambiguous"] is False
    assert one("Aqrabat", viewbox=[(36.2, 36.6), (36.4, 36.9)], bounded=True).raw["ambiguous"] is False
