"""GeoNames' country dumps (``SY.txt``): 19 tab-separated columns, UTF-8, no header, quotes are letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from geodata.errors import BadInput
from geodata.gazetteer.geonames import SYRIAN_GOVERNORATES, place_of
from geodata.gazetteer.readers import values as read
from geodata.gazetteer.readers.result import PlaceFile, Progress, Rejected, RowFault
from geodata.gazetteer.readers.text import Record, Source, tab_records
from geodata.model import Place

COLUMNS = (
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude"),
    *("feature class", "feature code", "country code", "cc2"),
    *("admin1 code", "admin2 code", "admin3 code", "admin4 code"),
    *("population", "elevation", "dem", "timezone", "modification date"),
)

_LEVELS = MappingProxyType({"ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict"})
_KINDS = MappingProxyType(
    {
        **dict.fromkeys(("PPLX",), "neighbourhood"),
        **dict.fromkeys(("PPLF", "FRM", "FRMS"), "farm"),
        **dict.fromkeys(("HLL", "HLLS", "MT", "PK"), "hill"),
        **dict.fromkeys(("CMP", "CMPRF"), "camp"),
        **dict.fromkeys(
            ("AIRB", "AIRF", "AIRP", "MILB", "INSM", "DAM", "BRKS", "FT", "OILF", "OILR"), "site"
        ),
    }
)
"""The kind by feature code; other populated places (class P) go by their population."""

_PLAIN_POPULATED = "P"
_GONE = MappingProxyType(
    {"PPLQ": "abandoned", "PPLW": "destroyed", "PPLH": "historical", "PPLCH": "historical"}
)
_UNCERTAINTY_M = MappingProxyType({"governorate": 60_000.0, "district": 25_000.0, "subdistrict": 12_000.0})
_SEATS = frozenset({"PPLC", "PPLA", "PPLA2", "PPLA3"})
_LARGE, _TOWN = 100_000, 5_000
_EVERY = 2000


def read_dump(source: Source, *, encoding: str | None = None, progress: Progress | None = None) -> PlaceFile:
    """Read a country dump: populated places, hills, camps and military sites, and administrative areas.

    Parameters
    ----------
    source : Path or bytes
        The unpacked text file.
    encoding : str, optional
        Must be UTF-8, as GeoNames writes; here for the readers' common call.
    progress : callable, optional
        Told the bytes read so far and in all.

    Returns
    -------
    PlaceFile
        Ids ``gn-<GeoNames id>``, points in degrees, EPSG:4326. In Syria governorates have their P-codes and
        lower areas are left to OCHA's lists; elsewhere the parent is the lowest area that the row names.

    Raises
    ------
    BadInput
        When the file is no such table.
    """
    if encoding not in (None, "utf-8"):
        raise BadInput(f"is read as UTF-8, as GeoNames writes it, not as {encoding}")
    total = source.stat().st_size if isinstance(source, Path) else len(source)
    result = PlaceFile()
    codes: dict[tuple[str, ...], str] = {}
    chains: dict[str, tuple[str, ...]] = {}
    for record, done in tab_records(source, len(COLUMNS)):
        result.rows += 1
        if progress and result.rows % _EVERY == 0:
            progress(done, total)
        try:
            _take(result, record, codes, chains)
        except RowFault as fault:
            result.rejected.append(fault.at(record.row))
    for place_id, chain in chains.items():
        place = result.places[place_id]
        result.places[place_id] = replace(place, parent_id=_parent(place, chain, codes))
    return result


def is_dump(record: Record) -> bool:
    """Tell whether a record looks like one of a country dump."""
    return len(record.values) == len(COLUMNS) and record.values[0].isdigit() and len(record.values[6]) <= 1


def _take(
    result: PlaceFile,
    record: Record,
    codes: dict[tuple[str, ...], str],
    chains: dict[str, tuple[str, ...]],
) -> None:
    if record.fault:
        raise RowFault("", record.values[0], record.fault)
    cells = dict(zip(COLUMNS, record.values, strict=True))
    read.check_whole(cells)
    number, country = cells["geonameid"], cells["country code"]
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise RowFault("geonameid", number, "is no GeoNames id")
    code = cells["feature code"]
    level = _LEVELS.get(code)
    population = read.count(cells, "population")
    kind = level or _kind(cells["feature class"], code, population)
    if kind is None or (level and country == "SY" and code != "ADM1"):
        result.skipped += 1
        return
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise RowFault("country code", country, "is no ISO 3166-1 code")
    read.name(cells, "name", required=True)
    lat, lon = read.point(cells, "latitude", "longitude", country)
    chain = tuple(_chain(cells, country))
    place = place_of(
        {
            "geonameid": number,
            "name": cells["name"],
            "alternatenames": [name for name in cells["alternatenames"].split(",") if name.strip()],
            "countrycode": country,
            "admin1code": cells["admin1 code"],
            "population": population or 0,
            "latitude": lat,
            "longitude": lon,
        },
        kind,
    )
    if level:
        place = _area(place, cells, country)
        depth = 2 + list(_LEVELS).index(code)
        codes[chain[:depth]] = place.place_id
        chain = chain[: depth - 1]
    if code in _GONE:
        place = replace(place, note=f"{_GONE[code]}, says GeoNames")
    result.add(place)
    chains[place.place_id] = chain
    if read.outside(lat, lon, country):
        shown = f"{lat}, {lon}"
        result.warnings.append(Rejected(record.row, "latitude", shown, f"lies outside {country}: look at it"))


def _area(place: Place, cells: Mapping[str, str], country: str) -> Place:
    place = replace(place, uncertainty_m=_UNCERTAINTY_M[place.kind])
    if country == "SY" and (code := SYRIAN_GOVERNORATES.get(cells["admin1 code"])):
        return replace(place, place_id=code, pcode=code.upper())
    return place


def _chain(cells: Mapping[str, str], country: str) -> Iterator[str]:
    """Yield the country and the codes of the areas that hold a place, from the highest down."""
    yield country
    for field in ("admin1 code", "admin2 code", "admin3 code"):
        if cells[field] in ("", "00"):
            return
        yield cells[field]


def _parent(place: Place, chain: tuple[str, ...], codes: Mapping[tuple[str, ...], str]) -> str:
    for length in range(len(chain), 1, -1):
        if (found := codes.get(chain[:length])) and found != place.place_id:
            return found
    if place.country_code == "SY" and place.kind != "governorate" and len(chain) > 1:
        return SYRIAN_GOVERNORATES.get(chain[1], "sy")
    return place.country_code.lower()


def _kind(feature_class: str, code: str, population: int | None) -> str | None:
    if code in _KINDS:
        return _KINDS[code]
    if feature_class != _PLAIN_POPULATED:
        return None
    if (population or 0) >= _LARGE:
        return "city"
    # A seat of an administrative area is a town even where nobody counted.
    return "town" if (population or 0) >= _TOWN or code in _SEATS else "village"
