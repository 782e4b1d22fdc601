"""Bytes into rows: encodings are asked for and never guessed, one bad row is never the end of a file."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import BadInput

Source = Path | bytes
ENCODINGS = ("utf-8", "utf-16", "windows-1256", "iso-8859-6")
"""What `read_text` can be told a file is written in."""

_BREAK = re.compile("\r\n|\r|\n")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOST = re.compile("[\udc80-\udcff]")


def content(source: Source) -> bytes:
    """Return the bytes of a path, or the bytes themselves."""
    return source if isinstance(source, bytes) else source.read_bytes()


def read_text(source: Source, encoding: str | None = None) -> str:
    """Return the text of a file; bytes that are not UTF-8 become half characters, and their rows refused.

    Parameters
    ----------
    source : Path or bytes
        UTF-8 with or without a byte order mark, UTF-16 with one, or what `encoding` says.
    encoding : str, optional
        One of `ENCODINGS`.

    Raises
    ------
    BadInput
        When the file is in another encoding: it says which bytes, and how to name the encoding.
    """
    data = content(source)
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError) as error:
            raise BadInput(f"is not {encoding}: {error}") from error
    for mark, marked in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(marked).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise BadInput(f"begins like {marked} and is not: {error}") from error
    if data[:400].count(0) > len(data[:400]) // 20:
        raise BadInput(
            "looks like UTF-16 without its byte order mark: say --encoding utf-16, or save it as UTF-8"
        )
    text = data.decode("utf-8", errors="surrogateescape")
    if _LOST.search(text):
        _refuse_if_another_encoding(text)
    return text


def _refuse_if_another_encoding(text: str) -> None:
    """Raise when most lines with anything but ASCII are not UTF-8; a few broken ones are their rows' own."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    bad = [line for line in lines if _LOST.search(line)]
    if 2 * len(bad) > len(lines):
        raise BadInput(
            f"is not UTF-8 ({len(bad)} of {len(lines)} lines with letters beyond ASCII): save it as UTF-8, or"
            f" name its encoding, such as --encoding windows-1256 for Arabic Windows"
        )


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table.

    Parameters
    ----------
    row : int
        Its line number, or row number in a sheet.
    values : tuple of str
        Its cells.
    fault : str
        Why the row as a whole is useless; empty when it is not.
    bad : mapping of int to str
        By column, why a cell is (a formula, an error): of no matter where nobody reads that column.
    """

    row: int
    values: tuple[str, ...]
    fault: str = ""
    bad: Mapping[int, str] = field(default_factory=dict)


def csv_records(text: str) -> Iterator[Record]:
    """Yield the records of comma- or semicolon-separated text, the header first, empty lines left out.

    A record that is not well formed costs its first line only: reading goes on after the line where the
    quote opened.
    """
    lines = [part + "\n" for part in _BREAK.split(text)]
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    width = 0
    start = 0
    while start < len(lines):
        begin = start
        reader = csv.reader((lines[at] for at in range(start, len(lines))), strict=True, delimiter=delimiter)
        try:
            for values in reader:
                end = start + reader.line_num
                width = width or len(values)
                if values and len(values) != width and end - begin > 1:
                    raise csv.Error("a stray quote joined several lines")
                if values:
                    fault = f"has {len(values)} fields, must have {width}" if len(values) != width else ""
                    yield Record(begin + 1, tuple(values), fault)
                begin = end
            return
        except csv.Error as error:
            opened = "a quote opens here that is never closed" if '"' in lines[begin] else str(error)
            yield Record(begin + 1, (lines[begin].strip(),), opened)
            start = begin + 1


def tab_records(source: Source, width: int) -> Iterator[tuple[Record, int]]:
    """Yield the records of a GeoNames table (UTF-8, tabs, no quotes, no header), and the bytes read so far.

    The file is read line by line: the table of all alternate names has 16 million.
    """
    lines = source.splitlines(keepends=True) if isinstance(source, bytes) else source.open("rb")
    try:
        done = 0
        for number, line in enumerate(lines, start=1):
            done += len(line)
            if number == 1:
                if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"PK\x03\x04")):
                    raise BadInput("is not text in UTF-8: unpack it, or save it as UTF-8")
                line = line.removeprefix(codecs.BOM_UTF8)
            text = line.decode("utf-8", errors="surrogateescape").rstrip("\r\n")
            if text:
                values = tuple(text.split("\t"))
                fault = f"has {len(values)} fields, must have {width}" if len(values) != width else ""
                yield Record(number, values, fault), done
    finally:
        if not isinstance(lines, list):
            lines.close()
