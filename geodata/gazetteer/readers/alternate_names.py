"""GeoNames' table of alternate names (``alternateNamesV2.txt``, or a country's part of it)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import BadInput
from geodata.gazetteer.geonames import best_arabic
from geodata.gazetteer.names import fold, is_arabic
from geodata.gazetteer.readers import values as read
from geodata.gazetteer.readers.result import PlaceFile, Progress, RowFault
from geodata.gazetteer.readers.text import Record, Source, tab_records
from geodata.model import Place

COLUMNS = (
    *("alternateNameId", "geonameid", "isolanguage", "alternate name", "isPreferredName"),
    *("isShortName", "isColloquial", "isHistoric", "from", "to"),
)
LANGUAGES = frozenset({"", "ar", "en", "ku", "ckb", "kmr", "tr", "fr", "de", "apc", "arc", "fa"})
"""Names in these languages are spellings that reports use; links, codes and other languages are not."""

_WIDTHS = (4, 8, len(COLUMNS))
_EVERY = 20_000


@dataclass(slots=True)
class _Found:
    english: list[tuple[bool, str]] = field(default_factory=list)
    arabic: list[tuple[bool, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_alternates(
    source: Source,
    *,
    encoding: str | None = None,
    progress: Progress | None = None,
    wanted: Collection[str] | None = None,
) -> PlaceFile:
    """Read alternate names: places with a GeoNames id and names, and nothing else of their own.

    Parameters
    ----------
    source : Path or bytes
        The unpacked text file: read line by line, so the whole world's needs no memory.
    encoding : str, optional
        Must be UTF-8, as GeoNames writes.
    progress : callable, optional
        Told the bytes read so far and in all.
    wanted : collection of str, optional
        The GeoNames ids whose names are taken; all when nothing is said.

    Returns
    -------
    PlaceFile
        Names in Arabic or Latin script in the `LANGUAGES`; a short or former name is a spelling too.
    """
    if encoding not in (None, "utf-8"):
        raise BadInput(f"is read as UTF-8, as GeoNames writes it, not as {encoding}")
    total = source.stat().st_size if isinstance(source, Path) else len(source)
    result = PlaceFile()
    found: dict[str, _Found] = {}
    for record, done in tab_records(source, len(COLUMNS)):
        result.rows += 1
        if progress and result.rows % _EVERY == 0:
            progress(done, total)
        try:
            if not _take(record, found, wanted):
                result.skipped += 1
        except RowFault as fault:
            result.rejected.append(fault.at(record.row))
    for number, names in found.items():
        place = _place(number, names)
        result.places[place.place_id] = place
    return result


def is_alternates(record: Record) -> bool:
    """Tell whether a record looks like one of the table of alternate names."""
    values = record.values
    return len(values) in _WIDTHS and values[0].isdigit() and values[1].isdigit() and len(values[2]) <= 7


def _take(record: Record, found: dict[str, _Found], wanted: Collection[str] | None) -> bool:
    # Older tables end after eight columns, or four.
    if len(record.values) not in _WIDTHS:
        raise RowFault("", record.values[0], record.fault)
    cells = dict(zip(COLUMNS, (*record.values, *[""] * len(COLUMNS)), strict=False))
    number, language = cells["geonameid"], cells["isolanguage"].casefold()
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise RowFault("geonameid", number, "is no GeoNames id")
    if language not in LANGUAGES or (wanted is not None and number not in wanted):
        return False
    read.check_whole(cells)
    name = read.name(cells, "alternate name", required=True)
    if not is_arabic(name) and not _is_latin(name):
        return False
    names = found.setdefault(number, _Found())
    preferred = cells["isPreferredName"] == "1" and cells["isHistoric"] != "1"
    if language == "ar" and is_arabic(name):
        names.arabic.append((preferred, name))
    elif language == "en" and not is_arabic(name):
        names.english.append((preferred, name))
    else:
        names.others.append(name)
    return True


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 or letter in "‘’ʿʾʼ" for letter in name)


def _place(number: str, names: _Found) -> Place:
    english = [name for _, name in sorted(names.english, key=lambda each: not each[0])]
    arabic = [name for _, name in sorted(names.arabic, key=lambda each: not each[0])]
    preferred = next((name for is_preferred, name in names.arabic if is_preferred), "")
    name_ar = preferred or (best_arabic(english[0], arabic) if english else "") or next(iter(arabic), "")
    name_en = next(iter(english), "")
    known = {fold(name_en), fold(name_ar), ""}
    spellings = {fold(name): name for name in (*english, *arabic, *names.others) if fold(name) not in known}
    return Place(
        place_id=f"gn-{number}",
        name_en=name_en,
        name_ar=name_ar,
        variants=tuple(spellings.values()),
        geonames_id=number,
        country_code="",
    )
