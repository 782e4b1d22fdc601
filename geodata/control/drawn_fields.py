"""Which properties say when and who on maps that others drew, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from geodata.dates import iso_date, parse_date, reject_future
from geodata.errors import BadInput

_SHOWN = 40
_LONGEST_NAME = 200
_COMPACT = re.compile(r"[0-9]{8}")
_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
    r"( ?(Z|UTC|[+-][0-9:]{2,6}))?"
)
_IN_NAME = re.compile(r"(?<![0-9])([0-9]{4})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_YEARS = range(1900, 2101)
_OPEN_YEAR = 9999
_SECONDS = range(10**8, 42 * 10**8)
_MILLISECONDS = range(10**11, 42 * 10**11)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFields:
    """The names of properties that are read, each list in the order in which they are looked for.

    Names are compared without regard to capitals, blanks and hyphens (``Valid From`` is ``valid_from``).

    Parameters
    ----------
    day : tuple of str
        The day of a snapshot: valid until the next one.
    start : tuple of str
        The first day.
    end : tuple of str
        The first day on which it is no longer so (half-open).
    last : tuple of str
        The last day on which it is so (inclusive).
    controller : tuple of str
        Who holds the area.
    side_a, side_b : tuple of str
        Who face each other along a line.
    """

    day: tuple[str, ...] = (
        *("date", "day", "as_of", "snapshot", "snapshot_date", "map_date"),
        *("datetime", "timestamp", "time"),
    )
    start: tuple[str, ...] = (
        *("valid_from", "from", "start", "start_date", "date_start", "begin", "begins"),
        *("date_from", "since"),
    )
    end: tuple[str, ...] = ("valid_to", "valid_until")
    last: tuple[str, ...] = ("to", "until", "end", "end_date", "date_end", "ends", "date_to", "last_day")
    controller: tuple[str, ...] = (
        *("controller", "controlled_by", "control", "holder", "faction", "side", "party", "actor", "group"),
        *("owner", "name", "title"),
    )
    side_a: tuple[str, ...] = ("side_a",)
    side_b: tuple[str, ...] = ("side_b",)


@dataclass(frozen=True, slots=True)
class Times:
    """When a drawn feature holds: [start, end), half-open; a snapshot has its day as start and no end yet."""

    start: date
    end: date | None
    snapshot: bool


class FieldFault(BadInput):
    """Say that one property makes its feature useless."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason, where=field)
        self.field = field


def day_of_name(name: str) -> date | None:
    """Return the day that a file name holds (``2018-02-13``, ``20180213``, ``2018_02_13``), or None.

    Raises
    ------
    BadInput
        When it holds several days.
    """
    found: set[date] = set()
    for year, _, month, day in _IN_NAME.findall(name):
        try:
            found.add(iso_date(f"{year}-{month}-{day}"))
        except BadInput:
            continue
    days = {day for day in found if day.year in _YEARS}
    if len(days) > 1:
        raise BadInput(f"its name holds several days: {', '.join(map(str, sorted(days)))}")
    return next(iter(days), None)


def name_without_day(name: str) -> str:
    """Return a file's name without the day in it: what the files of one layer have in common."""
    return _IN_NAME.sub("", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTimes:
    """When the features of one file hold.

    Parameters
    ----------
    fields : DrawnFields
        Which properties are read.
    today : date
        Later days are refused.
    day : date or None
        The day of the whole file, when it is one of a series: the features' own dates are not read then.
    fallback : date or None
        The day of features that say nothing of their own.
    """

    fields: DrawnFields
    today: date
    day: date | None = None
    fallback: date | None = None

    def of(self, properties: Mapping[str, object]) -> Times:
        """Return when a feature with these properties holds.

        Raises
        ------
        FieldFault
            When nothing says so, a date cannot be read as one day or lies in the future, or the end does not
            come after the start.
        """
        day = self.day
        if day is None:
            if times := self._own(properties):
                return times
            day = self.fallback
        if day is None:
            looked = ", ".join((*self.fields.day[:2], *self.fields.start[:2]))
            raise FieldFault(
                "date", f"is missing: no property says when ({looked} …), nor does the file's name"
            )
        return Times(day, None, snapshot=True)

    def _own(self, properties: Mapping[str, object]) -> Times | None:
        fields = self.fields
        start = _found(properties, fields.start) or _found(properties, fields.day)
        end = _found(properties, fields.end) or _found(properties, fields.last)
        if start is None:
            if end is not None:
                raise FieldFault(end[0], "says when it ends, but nothing says since when")
            return None
        field, begins = start[0], _read_day(*start)
        if begins is None:
            raise FieldFault(field, "is no day")
        try:
            reject_future(begins, self.today)
        except BadInput as error:
            raise FieldFault(field, error.message) from error
        ends = _read_day(*end) if end else None
        if end and ends and _is_one_of(end[0], fields.last):
            ends += timedelta(days=1)
        if end and ends and ends <= begins:
            raise FieldFault(end[0], f"ends before it begins ({field} is {begins})")
        return Times(begins, ends, snapshot=end is None and _is_one_of(field, fields.day))


def text_of(properties: Mapping[str, object], names: Sequence[str]) -> str:
    """Return the text of the first of the properties that has one, or an empty text.

    Raises
    ------
    FieldFault
        When it is neither text nor number, or longer than a name.
    """
    found = _found(properties, names)
    if found is None:
        return ""
    field, value = found
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FieldFault(field, f"is a {type(value).__name__}, not a name")
    text = " ".join(str(value).split())
    if len(text) > _LONGEST_NAME:
        raise FieldFault(field, f"has {len(text)} characters: no name")
    return text


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    return re.sub(r"[\s_-]+", "_", key.strip().casefold())


def _is_one_of(key: str, names: Sequence[str]) -> bool:
    return _folded(key) in map(_folded, names)


def _found(properties: Mapping[str, object], names: Sequence[str]) -> tuple[str, object] | None:
    """Return the first property, in the order of `names`, that is there and says something."""
    for name in names:
        for key, value in properties.items():
            if _folded(key) == _folded(name) and value is not None and str(value).strip():
                return key, value
    return None


def _read_day(field: str, value: object) -> date | None:
    """Return the day of a value; None for year 9999, with which tables say that there is no end."""
    day = _day_of_text(value.strip()) if isinstance(value, str) else _day_of_number(value)
    if day is None:
        raise FieldFault(field, f"is not one day written YYYY-MM-DD: {str(value)[:_SHOWN]!r}")
    if day.year == _OPEN_YEAR:
        return None
    if day.year not in _YEARS:
        raise FieldFault(field, f"is {day}, not within {_YEARS[0]}–{_YEARS[-1]}")
    return day


def _day_of_text(text: str) -> date | None:
    stamp = _STAMP.fullmatch(text)
    if stamp or _COMPACT.fullmatch(text):
        written = stamp[1] if stamp else f"{text[:4]}-{text[4:6]}-{text[6:]}"
    else:
        written = text
    try:
        # Of a time stamp the day counts as it is written, whatever its zone: no map is drawn by the hour.
        return iso_date(written)
    except BadInput:
        span = parse_date(text)
        return span.start if span and span.days == 1 else None


def _day_of_number(value: object) -> date | None:
    """Read 20180213, or seconds or milliseconds since 1970 (UTC): no number is two of them."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    number = int(value)
    if number in _SECONDS:
        return datetime.fromtimestamp(number, UTC).date()
    if number in _MILLISECONDS:
        return datetime.fromtimestamp(number // 1000, UTC).date()
    return _day_of_text(str(number)) if _COMPACT.fullmatch(str(number)) else None
