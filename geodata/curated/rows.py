"""Read rows of curated CSV files strictly, collecting every fault instead of stopping at the first."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from geodata.dates import iso_date
from geodata.errors import Fault

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]"
)
_SHOWN = 40


def _short(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")


class Row:
    """One row of a table: each method reads a field, notes a fault when it is bad, and returns a stand-in."""

    def __init__(self, file: str, line: int, values: dict[str, str], faults: list[Fault]) -> None:
        self.file = file
        self.line = line
        self._values = values
        self._faults = faults

    def fault(self, field: str, reason: str) -> None:
        """Note that a field of this row is wrong."""
        self._faults.append(Fault(self.file, self.line, field, reason))

    def text(self, field: str, *, required: bool = False) -> str:
        """Return the field's text, without control, zero-width or bidi characters."""
        value = self._values[field]
        if value != value.strip():
            self.fault(field, f"has blanks around it: {_short(value)}")
        if _FORBIDDEN.search(value):
            self.fault(field, f"has a control, zero-width or bidi character: {_short(value)}")
        if required and not value:
            self.fault(field, "must not be empty")
        return value

    def arabic(self, field: str, *, required: bool = True) -> str:
        """Return text that must have Arabic letters when it is not empty."""
        value = self.text(field, required=required)
        if value and not re.search("[\u0621-\u064a]", value):
            self.fault(field, f"has no Arabic letter: {_short(value)}")
        return value

    def slug(self, field: str) -> str:
        """Return an id: lower-case ASCII letters, digits and single hyphens."""
        value = self.text(field, required=True)
        if value and not _ID.fullmatch(value):
            self.fault(field, f"is not an id of a-z, 0-9 and single hyphens: {_short(value)}")
        return value

    def many(self, field: str, *, required: bool = False) -> tuple[str, ...]:
        """Return the parts of a ``|``-list; empty and repeated parts are faults."""
        value = self.text(field, required=required)
        parts = tuple(value.split("|")) if value else ()
        if any(part != part.strip() or not part for part in parts):
            self.fault(field, f"has an empty or padded part: {_short(value)}")
        if len(set(parts)) != len(parts):
            self.fault(field, f"names a part twice: {_short(value)}")
        return parts

    def choice(self, field: str, allowed: Sequence[str]) -> str:
        """Return a value that must be one of `allowed`."""
        value = self.text(field, required=True)
        if value and value not in allowed:
            self.fault(field, f"is {_short(value)}, not one of {', '.join(allowed)}")
        return value

    def flag(self, field: str) -> bool:
        """Return ``true`` or ``false`` as a bool."""
        return self.choice(field, ("true", "false")) == "true"

    def integer(self, field: str) -> int | None:
        """Return a whole number ≥ 0 written plainly, or None when empty."""
        value = self.text(field)
        if not value:
            return None
        if not _INTEGER.fullmatch(value):
            self.fault(field, f"is not a whole number from 0 to 999999999: {_short(value)}")
            return None
        return int(value)

    def precision(self, field: str, allowed: Sequence[int]) -> int:
        """Return a precision code, which is required."""
        codes = [str(code) for code in allowed]
        value = self.choice(field, codes)
        return int(value) if value in codes else allowed[-1]

    def number(self, field: str, low: float, high: float) -> float | None:
        """Return a finite decimal within [low, high], or None when empty."""
        value = self.text(field)
        if not value:
            return None
        if not _NUMBER.fullmatch(value) or not math.isfinite(float(value)):
            self.fault(field, f"is not a plain decimal number: {_short(value)}")
            return None
        if not low <= float(value) <= high:
            self.fault(field, f"is {value}, not between {low:g} and {high:g}")
        return float(value)

    def day(self, field: str, *, required: bool = False, latest: date | None = None) -> date | None:
        """Return an ISO date, or None when empty; a day after `latest` is a fault."""
        value = self.text(field, required=required)
        if not value:
            return None
        try:
            day = iso_date(value)
        except ValueError:
            self.fault(field, f"is not a date written YYYY-MM-DD: {_short(value)}")
            return None
        if latest is not None and day > latest:
            self.fault(field, f"is {day}, after {latest}")
        return day

    def url(self, field: str) -> str:
        """Return an http or https address."""
        value = self.text(field, required=True)
        if value and not re.fullmatch(r"https?://[^\s/?#<>\"'\\]+\.[^\s<>\"\\]+", value):
            self.fault(field, f"is not an http(s) address: {_short(value)}")
        return value

    def colour(self, field: str) -> str:
        """Return a colour ``#rrggbb`` in lower case."""
        value = self.text(field, required=True)
        if value and not _COLOUR.fullmatch(value):
            self.fault(field, f"is not a colour #rrggbb: {_short(value)}")
        return value


def read_rows(path: Path, columns: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file that has exactly these columns; a byte order mark is let pass.

    A missing file, another encoding or header, an unclosed quote, a field of more than 131,072 characters
    or a row of another length is noted as a fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "", "is missing"))
        return
    except OSError as error:
        faults.append(Fault(path.name, 0, "", f"cannot be read: {error.strerror}"))
        return
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, 0, "", f"is not UTF-8: byte {error.start} ({error.reason})"))
        return
    start = 1
    # Lines end where a line feed is; str.splitlines() would also break a row at U+2028 or U+0085.
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        if header != list(columns):
            faults.append(
                Fault(path.name, 1, "", f"header is {','.join(header)!r:.200}, must be {','.join(columns)!r}")
            )
            return
        start = reader.line_num + 1
        for values in reader:
            if len(values) != len(columns):
                faults.append(
                    Fault(path.name, start, "", f"has {len(values)} fields, must have {len(columns)}")
                )
            else:
                yield Row(path.name, start, dict(zip(columns, values, strict=True)), faults)
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(path.name, start, "", f"is not well-formed CSV from here on: {error}"))
