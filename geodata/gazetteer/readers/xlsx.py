"""Rows of an Excel workbook, through openpyxl; a formula is a fault, its last result is not believed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from geodata.errors import BadInput
from geodata.gazetteer.readers.text import Record, Source, content

_MOST_BYTES = 200_000_000
_MOST_RATIO = 100
_MOST_MEMBERS = 200
_MOST_COLUMNS = 200


def is_workbook(source: Source) -> bool:
    """Tell whether a file begins as an XLSX workbook (a zip archive) does."""
    if isinstance(source, bytes):
        return source.startswith(b"PK\x03\x04")
    with source.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def sheets(source: Source) -> Iterator[tuple[str, Iterator[Record]]]:
    """Yield each sheet's name and its rows, each cell as text; numbers as Python writes them.

    Raises
    ------
    BadInput
        When the file is no workbook, or would expand to far more than it says.
    """
    data = content(source)
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        raise BadInput(f"is no XLSX workbook that can be read ({type(error).__name__}: {error})") from error
    try:
        for sheet in book.worksheets:
            # The size that a sheet says of itself may be wrong: read what is there.
            sheet.reset_dimensions()
            yield sheet.title, _records(sheet)
    finally:
        book.close()


def _records(sheet: Any) -> Iterator[Record]:  # noqa: ANN401 - openpyxl publishes no types
    width = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        texts = [_text(cell) for cell in cells]
        values = [text for text, _ in texts]
        if not any(values):
            continue
        width = width or len(values)
        padded = (*values, *[""] * (width - len(values)))
        bad = {column: fault for column, (_, fault) in enumerate(texts) if fault}
        yield Record(number, padded[:width], bad=bad)


def _text(cell: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return str(value), "is a formula: save the sheet as values"
    if cell.data_type == "e":
        return str(value), "is an error of the spreadsheet"
    if isinstance(value, bool | date | datetime | time):
        return str(value), "is a date or a truth value, neither name nor number"
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value!r}"), ""
    return str(value), ""


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInput(f"is no XLSX workbook: {error}") from error
    expanded = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or expanded > _MOST_BYTES or expanded > _MOST_RATIO * max(len(data), 1):
        raise BadInput(
            f"expands from {len(data):,} to {expanded:,} bytes in {len(members)} parts: too much for a list"
        )
