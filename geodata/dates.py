"""Read dates as people and reports write them, in English and Arabic, and say how precise they are.

Precision follows UCDP GED's ``date_prec``: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer.
What cannot be read with certainty is None, never a guess.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.date_words import ASCII_DIGITS, plain, shape_of, tokens_of
from geodata.errors import BadInput

_LONGEST_TEXT = 120
_SHOWN = 40
_LAST_DAY = 31
_YEARS = range(1900, 2101)
_NEAREST_DAYS = 183
"""A day without a year is read from its report's date only when it lies this near before it."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days within which something happened.

    Parameters
    ----------
    start, end : date
        First and last day, both inclusive.
    precision : int
        UCDP's ``date_prec``, 1 (the day) to 5 (longer than a month).

    Raises
    ------
    BadInput
        When the end lies before the start, or the precision is not 1 to 5.
    """

    start: date
    end: date
    precision: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadInput(f"the range ends on {self.end}, before its start {self.start}")
        if self.precision not in range(1, 6):
            raise BadInput(f"date precision {self.precision} is not 1 to 5")

    @property
    def days(self) -> int:
        """Return the number of days, at least 1."""
        return (self.end - self.start).days + 1


def iso_date(text: str) -> date:
    """Read a date written exactly YYYY-MM-DD, in ASCII or Arabic digits.

    Raises
    ------
    BadInput
        For everything else: blanks, other separators, other digits, days that do not exist, year 0.
    """
    match = _ISO.fullmatch(text.translate(ASCII_DIGITS))
    found = _day(*match.groups()) if match else None
    if found is None:
        raise BadInput(f"{text[:_SHOWN]!r} is not a date written YYYY-MM-DD")
    return found


def reject_future(day: date, today: date, *, where: str = "") -> date:
    """Return the day when it is not after today.

    Raises
    ------
    BadInput
        When it lies in the future.
    """
    if day > today:
        raise BadInput(f"{day} lies in the future (today is {today})", where=where)
    return day


def parse_date(text: str, *, language: str | None = None, published: date | None = None) -> DateRange | None:
    """Read a date or a span of days from text that says nothing else.

    Parameters
    ----------
    text : str
        Such as ``13 February 2018``, ``٩-١٣ شباط ٢٠١٨``, ``late Feb 2018``, ``مطلع شباط/فبراير 2018``.
    language : str, optional
        ``ar`` or ``en`` reads that language's words only. ``13/2/2018`` is day first in Arabic;
        otherwise it is read only where a single order is possible.
    published : date, optional
        The report's day: needed for ``yesterday``, ``أمس`` and days written without a year.

    Returns
    -------
    DateRange or None
        None when the text is not understood, contradicts itself (a weekday that is not that day's)
        or has two readings.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    simple = plain(text)
    tokens, weekday = tokens_of(simple, "ar" if language and language.lower().startswith("ar") else language)
    if tokens is None:
        return None
    day_first = (language or "").lower().startswith("ar") or bool(re.search("[\u0621-\u064a]", simple))
    found = _read(tokens, _Context(day_first, published))
    if found and weekday is not None and (found.days > 1 or found.start.weekday() != weekday):
        return None
    return found


def span(start: date, end: date) -> DateRange | None:
    """Return the range of two days with the precision that its length has; None when it ends too early."""
    if end < start:
        return None
    days = (end - start).days + 1
    limits = ((1, 1), (6, 2), (7, 3), (31, 4))
    return DateRange(start, end, next((precision for longest, precision in limits if days <= longest), 5))


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Context:
    day_first: bool
    published: date | None


def _read(tokens: list[str], context: _Context) -> DateRange | None:
    line = " ".join(tokens)
    line = re.sub(r"\b(m[0-9]{2}) [/(] \1\b", r"\1", line)  # two calendars' names of one month: شباط/فبراير
    line = re.sub(r"\b([0-9]{1,2}) [-/] (m[0-9]{2}) [-/] ([0-9]{4})\b", r"\1 \2 \3", line)
    line = re.sub(r"\bmid - ", "mid ", line)
    tokens = line.split()
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].startswith("ago"):
        return _days_before(context.published, int(tokens[0][3:]))
    halves = _halves(tokens)
    if halves is None or len(halves) == 1:
        return _one(halves[0], context) if halves else None
    return _range(halves[0], halves[1], context)


def _days_before(published: date | None, days: int) -> DateRange | None:
    if published is None or published.toordinal() <= days:
        return None
    day = published - timedelta(days=days)
    return DateRange(day, day, 1)


def _numeric(text: str, *, day_first: bool) -> DateRange | None:
    first, second, third = (int(part) for part in re.split("[-/.]", text))
    year_first, year_last = re.match("[0-9]{4}[^0-9]", text), re.search("[^0-9][0-9]{4}$", text)
    if year_first and third <= _LAST_DAY:
        readings = {_day(first, second, third)}
    elif year_last and first <= _LAST_DAY:
        readings = {_day(third, second, first)}
        if not day_first and "." not in text:
            readings.add(_day(third, first, second))
    else:
        return None
    days = {day for day in readings if day is not None and day.year in _YEARS}
    if len(days) != 1:
        return None
    day = days.pop()
    return DateRange(day, day, 1)


def _halves(tokens: Sequence[str]) -> list[list[str]] | None:
    """Return the one date or the two ends of a range that the tokens name."""
    between = tokens[0] == "between"
    halves: list[list[str]] = [[]]
    for word in tokens[1:] if between else tokens:
        if word in ("-", "and"):
            halves.append(["and"] if word == "and" and not between else [])
        else:
            halves[-1].append(word)
    return halves if len(halves) == (2 if between else min(len(halves), 2)) else None


def _range(first: list[str], last: list[str], context: _Context) -> DateRange | None:
    # "on the 9th and 13th" is two days, not five: only neighbours joined by "and" make a range.
    neighbours = last[:1] == ["and"]
    first, last = _completed(first, last[1:] if neighbours else last)
    start, end = _one(first, context), _one(last, context)
    if start is None or end is None or start.precision != end.precision:
        return None
    if neighbours and (end.start - start.end).days != 1:
        return None
    return span(start.start, end.end)


def _completed(first: list[str], last: list[str]) -> tuple[list[str], list[str]]:
    """Give each half of a range the month and year that only the other one has."""
    shapes = (shape_of(first), shape_of(last))
    if shapes in (("D", "D M Y"), ("D", "D M")):
        return first + last[1:], last
    if shapes in (("M D", "D Y"), ("M D", "D")):
        return [*first, *last[1:]], [first[0], *last]
    if shapes in (("D M", "D M Y"), ("M D", "M D Y"), ("M", "M Y")):
        return [*first, last[-1]], last
    return first, last


def _one(tokens: Sequence[str], context: _Context) -> DateRange | None:
    """Read one day, month, part of a month or year."""
    shape = shape_of(tokens)
    if shape == "N":
        return _numeric(tokens[0][1:], day_first=context.day_first)
    months = [int(token[1:]) for token in tokens if re.fullmatch("m[0-9]{2}", token)]
    numbers = [int(token) for token in tokens if token.isdigit()]
    if "Y" in shape and numbers[-1] not in _YEARS:
        return None
    if shape in ("D M Y", "M D Y"):
        day = _day(numbers[1], months[0], numbers[0])
        return DateRange(day, day, 1) if day else None
    if shape in ("D M", "M D"):
        return _without_year(months[0], numbers[0], context.published)
    if shape == "Y":
        return DateRange(date(numbers[0], 1, 1), date(numbers[0], 12, 31), 5)
    if shape in ("M Y", "early M Y", "mid M Y", "late M Y"):
        length = calendar.monthrange(numbers[0], months[0])[1]
        parts = {"M": (1, length), "early": (1, 10), "mid": (11, 20), "late": (21, length)}
        start, end = parts[shape.split(" ")[0]]
        return DateRange(date(numbers[0], months[0], start), date(numbers[0], months[0], end), 4)
    return None


def _without_year(month: int, day: int, published: date | None) -> DateRange | None:
    if published is None:
        return None
    days = [
        found for year in (published.year, published.year - 1) if year and (found := _day(year, month, day))
    ]
    near = [found for found in days if 0 <= (published - found).days <= _NEAREST_DAYS]
    return DateRange(near[0], near[0], 1) if near else None
