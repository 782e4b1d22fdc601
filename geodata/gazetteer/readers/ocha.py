"""OCHA's lists: populated places (COD-PP) and administrative names (COD-AB), as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from geodata.errors import BadInput
from geodata.gazetteer.names import fold, is_arabic
from geodata.gazetteer.readers import values as read
from geodata.gazetteer.readers.columns import Columns, Names, understand
from geodata.gazetteer.readers.result import PlaceFile, Progress, Rejected, RowFault, shorten
from geodata.gazetteer.readers.text import Record, Source, csv_records, read_text
from geodata.gazetteer.readers.xlsx import is_workbook, sheets
from geodata.model import Place

_KIND_OF_LEVEL = {0: "country", 1: "governorate", 2: "district", 3: "subdistrict"}
_UNCERTAINTY_M = 1000.0
_EVERY = 500

Table = tuple[Columns, list[str], Iterator[Record]]


def read_places(
    source: Source, *, encoding: str | None = None, progress: Progress | None = None
) -> PlaceFile:
    """Read populated places with their points.

    Parameters
    ----------
    source : Path or bytes
        CSV or XLSX; see `geodata.gazetteer.readers.columns` for the headings that are understood.
    encoding : str, optional
        Of a CSV that is neither UTF-8 nor UTF-16 with its mark.
    progress : callable, optional
        Told the rows read so far and in all.

    Returns
    -------
    PlaceFile
        Ids are the P-codes in lower case, points degrees in EPSG:4326, parents the P-code of the lowest
        administrative level that the row names.

    Raises
    ------
    BadInput
        When the file as a whole cannot be read, or no table in it has names, P-codes and coordinates.
    """
    return _read(source, encoding, progress, points=True)


def read_admin(source: Source, *, encoding: str | None = None, progress: Progress | None = None) -> PlaceFile:
    """Read administrative areas: names and P-codes of every level that a row names, a point where it has one.

    Parameters and errors are those of `read_places`. Levels 0 to 3 are country, governorate, district and
    sub-district; lower ones are left out. An area that many rows name is taken once.
    """
    return _read(source, encoding, progress, points=False)


def is_ocha(header: Iterable[str]) -> str:
    """Return which reader a header asks for: ``ocha``, ``ocha-admin``, or nothing."""
    try:
        columns = understand(list(header))
    except BadInput:
        return ""
    if _own_names(columns) and columns.lat and columns.lon and not _deepest_is_area(columns):
        return "ocha"
    return "ocha-admin" if _areas(columns) else ""


def _read(source: Source, encoding: str | None, progress: Progress | None, *, points: bool) -> PlaceFile:
    result = PlaceFile()
    understood = 0
    for title, records in _tables(source, encoding):
        header = next(records, None)
        if header is None:
            continue
        columns = understand([value.strip() for value in header.values if value.strip()])
        if not ((_own_names(columns) and columns.lat and columns.lon) if points else _areas(columns)):
            continue
        understood += 1
        before = len(result.rejected)
        headings = [value.strip() for value in header.values]
        for done, record in enumerate(records, start=1):
            if done == 1 and all(value.startswith("#") for value in record.values if value):
                continue  # the row of HXL tags under the headings
            result.rows += 1
            _take(result, record, headings, columns, points=points)
            if progress and done % _EVERY == 0:
                progress(done, 0)
        result.rejected[before:] = [replace(fault, sheet=title) for fault in result.rejected[before:]]
    if not understood:
        wanted = "a name, a P-code, latitude and longitude" if points else "names and P-codes of areas"
        raise BadInput(f"has no table whose headings give {wanted}")
    return result


def _tables(source: Source, encoding: str | None) -> Iterator[tuple[str, Iterator[Record]]]:
    if is_workbook(source):
        yield from sheets(source)
    else:
        yield "", csv_records(read_text(source, encoding))


def _take(result: PlaceFile, record: Record, headings: list[str], columns: Columns, *, points: bool) -> None:
    if record.fault:
        first = record.values[0] if record.values else ""
        result.rejected.append(Rejected(record.row, "", shorten(first), record.fault))
        return
    cells = dict(zip(headings, record.values, strict=False))
    try:
        read.check_whole(cells)
        used = columns.used()
        for column, reason in record.bad.items():
            if headings[column] in used:
                raise RowFault(headings[column], record.values[column], reason)
        if points:
            _take_place(result, record.row, cells, columns)
        else:
            _take_areas(result, cells, columns)
    except RowFault as fault:
        result.rejected.append(fault.at(record.row))


def _take_place(result: PlaceFile, row: int, cells: dict[str, str], columns: Columns) -> None:
    names, level = _own(columns)
    code = read.pcode(cells, names.pcode)
    parents = _codes(cells, columns, below=level)
    parent = next((parent for parent in parents if parent != code), "")
    country = read.country_of(parent or code)
    if not parent and (len(code) < 4 or code[:2].isdigit() or not code[:2].isalpha()):
        raise RowFault(names.pcode, code, "belongs to no administrative P-code: its country is not known")
    lat, lon = read.point(cells, columns.lat, columns.lon, country)
    place = Place(
        place_id=code.lower(),
        **_names(cells, names),  # type: ignore[arg-type]  # names and variants
        kind="village",
        parent_id=parent.lower() or country.lower(),
        pcode=code,
        country_code=country,
        population=read.count(cells, columns.population),
        lat=lat,
        lon=lon,
        uncertainty_m=_UNCERTAINTY_M,
        coordinate_source=f"OCHA COD-PP {code}",
    )
    result.add(place)
    if read.outside(lat, lon, country):
        shown = f"{lat}, {lon}"
        result.warnings.append(Rejected(row, columns.lat, shown, f"lies outside {country}: look at it"))


def _take_areas(result: PlaceFile, cells: dict[str, str], columns: Columns) -> None:
    levels = sorted(level for level in columns.levels if level in _KIND_OF_LEVEL)
    deepest = max(columns.levels)
    found: list[Place] = []
    for level in levels:
        names = columns.levels[level]
        if not names.pcode or not names.by_language:
            continue
        code = read.pcode(cells, names.pcode, required=False)
        if not code:
            continue
        country = read.country_of(code)
        above = next(iter(_codes(cells, columns, below=level)), "")
        if level == 0:
            code = country
        lat = lon = None
        if level == deepest and columns.lat and columns.lon and cells[columns.lat].strip():
            lat, lon = read.point(cells, columns.lat, columns.lon, country)
        found.append(
            Place(
                place_id=code.lower(),
                **_names(cells, names),  # type: ignore[arg-type]  # names and variants
                kind=_KIND_OF_LEVEL[level],
                parent_id=_area_parent(above, country) if level else None,
                pcode=code,
                country_code=country,
                lat=lat,
                lon=lon,
                coordinate_source=f"OCHA COD-AB {code}, centre" if lat is not None else "",
            )
        )
    if not found:
        raise RowFault("", "", "names no area with a P-code")
    for place in found:
        before = result.places.get(place.place_id)
        if before and fold(before.name_en) != fold(place.name_en):
            raise RowFault("name", place.name_en, f"{place.pcode} is {before.name_en!r} in another row")
        if before is None or (place.has_point and not before.has_point):
            result.places[place.place_id] = place


def _area_parent(above: str, country: str) -> str:
    return country.lower() if not above or read.ISO_OF_THREE.get(above) else above.lower()


def _codes(cells: dict[str, str], columns: Columns, *, below: int) -> Iterator[str]:
    """Yield the P-codes of the areas above a level, the lowest first."""
    for level in sorted((each for each in columns.levels if each < below), reverse=True):
        names = columns.levels[level]
        if names.pcode and (code := read.pcode(cells, names.pcode, required=False)):
            yield code


def _names(cells: dict[str, str], names: Names) -> dict[str, str | tuple[str, ...]]:
    found = {language: read.name(cells, column) for language, column in names.by_language.items()}
    others = [read.name(cells, column) for column in names.others]
    english, arabic = found.pop("en", ""), found.pop("ar", "")
    others = [*found.values(), *others]
    if is_arabic(english) and not arabic:
        english, arabic = "", english
    if arabic and not is_arabic(arabic):
        column = names.by_language.get("ar", "name_ar")
        raise RowFault(column, arabic, "has no Arabic letter")
    if not english:
        english = next((name for name in others if name and not is_arabic(name)), "")
    if not english and not arabic:
        raise RowFault(names.by_language.get("en", "name"), "", "must not be empty")
    known = {fold(english), fold(arabic), ""}
    spellings = {fold(name): name for name in others if fold(name) not in known}
    return {"name_en": english, "name_ar": arabic, "variants": tuple(spellings.values())}


def _own(columns: Columns) -> tuple[Names, int]:
    """Return the columns of the place itself and the level under which it stands."""
    if columns.place.pcode and columns.place.by_language:
        return columns.place, max(columns.levels, default=-1) + 1
    whole = [level for level, names in columns.levels.items() if names.pcode and names.by_language]
    deepest = max(whole, default=-1)
    return (columns.levels[deepest], deepest) if deepest >= 0 else (Names(), -1)


def _own_names(columns: Columns) -> bool:
    return bool(_own(columns)[0].pcode)


def _deepest_is_area(columns: Columns) -> bool:
    names, level = _own(columns)
    return names is not columns.place and level in _KIND_OF_LEVEL


def _areas(columns: Columns) -> bool:
    return any(names.pcode and names.by_language for names in columns.levels.values())
