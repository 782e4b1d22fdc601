"""Turn the parameters of a request into typed values, once, at the edge."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote_to_bytes

from flask import request

from geodata.control.alliance import LEVELS, Level
from geodata.errors import BadFilter, BadInput
from geodata.geometry import BBox
from geodata.index import FILTERS, EventQuery
from geodata.index.event_index import ORDERS
from geodata.index.reading import day, parse_bbox, shown
from geodata.index.summaries import COLOURINGS

LANGUAGES = ("en", "ar")
CONTROL_SHOWN = ("areas", "front", "off")
COMPARISONS = ("changes", "swipe")

PAGE_PARAMETERS = (
    *("lang", "z", "lat", "lon", "colour", "view", "event", "base"),
    *("control", "level", "compare"),
)
"""What the page keeps in its address beside the filters: where the reader looks and how."""

_LARGEST_ZOOM = 22

_MOST_POINTS = 50

Pairs = Iterable[tuple[str, str]]


def given() -> list[tuple[str, str]]:
    """Return the request's (parameter, value) pairs.

    Raises
    ------
    BadFilter
        Naming a parameter that is not UTF-8 (half a surrogate pair, another encoding), which werkzeug
        would hand on with its bytes as text.
    """
    for part in request.query_string.split(b"&"):
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError as error:
            name = unquote_to_bytes(part.partition(b"=")[0]).decode(errors="replace")
            raise BadFilter(name, "is not written in UTF-8") from error
    return list(request.args.items(multi=True))


def _single(pairs: Pairs, parameter: str) -> str | None:
    found = [value for name, value in pairs if name == parameter and value != ""]
    if len(found) > 1:
        raise BadFilter(parameter, "stands more than once")
    return found[0] if found else None


def split(pairs: Pairs, extra: Collection[str]) -> tuple[EventQuery, dict[str, str]]:
    """Return the query, and the values of the `extra` parameters that a view takes beside it.

    Raises
    ------
    BadFilter
        Naming a parameter that is unknown to both, repeated, or has a bad value.
    """
    pairs = list(pairs)
    for name, _ in pairs:
        if name not in FILTERS and name not in extra:
            known = ", ".join([*FILTERS, *extra])
            raise BadFilter(name, f"unknown parameter; known are {known}")
    query = EventQuery.parse((name, value) for name, value in pairs if name in FILTERS)
    given = {name: _single(pairs, name) for name in extra}
    values = {name: value for name, value in given.items() if value is not None}
    choice(values, "lang", LANGUAGES, LANGUAGES[0])
    return query, values


def alone(pairs: Pairs, known: Collection[str]) -> dict[str, str]:
    """Return the values of a view that takes these parameters, once each, and no filter of events.

    Raises
    ------
    BadFilter
        Naming a parameter that is unknown here or repeated, or ``lang`` when its value is bad.
    """
    pairs = list(pairs)
    for name, _ in pairs:
        if name not in known:
            raise BadFilter(name, f"unknown parameter; known are {', '.join(known)}")
    found = {name: _single(pairs, name) for name in known}
    values = {name: value for name, value in found.items() if value is not None}
    choice(values, "lang", LANGUAGES, LANGUAGES[0])
    return values


def read_day(values: dict[str, str], name: str) -> date | None:
    """Return a day (ISO, ASCII or Arabic digits), None when not given, or raise `BadFilter`."""
    text = values.get(name)
    if text is None:
        return None
    try:
        return day(text)
    except BadInput as error:
        raise BadFilter(name, f"{shown(text)} {error.message}") from error


def read_days(values: dict[str, str]) -> tuple[date | None, date | None]:
    """Return the days ``from`` and ``to``, both inclusive, or raise `BadFilter`; each may be missing."""
    first, last = read_day(values, "from"), read_day(values, "to")
    if first and last and first > last:
        raise BadFilter("to", f"{last} lies before from, {first}")
    return first, last


def read_level(values: dict[str, str]) -> Level:
    """Return the level of alliance that is asked for, that of sides when none is, or raise `BadFilter`."""
    text = choice(values, "level", LEVELS, LEVELS[0])
    return next(level for level in LEVELS if level == text)


def check_control_view(values: dict[str, str]) -> None:
    """Raise `BadFilter` when the page's address asks for a view of control that there is not."""
    read_level(values)
    choice(values, "control", CONTROL_SHOWN, CONTROL_SHOWN[0])
    if "compare" in values:
        choice(values, "compare", COMPARISONS, COMPARISONS[0])


def whole(values: dict[str, str], name: str, default: int, low: int, high: int) -> int:
    """Return a whole number between `low` and `high`, or raise `BadFilter` naming the parameter."""
    text = values.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
        raise BadFilter(name, f"is not a whole number from {low} to {high}")
    return int(text)


def degrees(values: dict[str, str], name: str, most: int) -> float:
    """Return decimal degrees from -`most` to `most`, or raise `BadFilter`; they are required."""
    text = values.get(name, "")
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", text) or not -most <= float(text) <= most:
        raise BadFilter(name, f"must be decimal degrees from -{most} to {most}, such as 35.48")
    return float(text)


def points(values: dict[str, str], name: str) -> list[tuple[float, float]]:
    """Return points written ``lat,lon`` and separated by ``;``, or raise `BadFilter`; none when not given."""
    found = []
    for text in filter(None, values.get(name, "").split(";")):
        lat, _, lon = text.partition(",")
        try:
            found.append((degrees({name: lat}, name, 90), degrees({name: lon}, name, 180)))
        except BadFilter as error:
            raise BadFilter(name, "must be latitude,longitude; several: 35.48,36.84;35.93,36.63") from error
    if len(found) > _MOST_POINTS:
        raise BadFilter(name, f"has {len(found)} points, more than {_MOST_POINTS}")
    return found


def choice(values: dict[str, str], name: str, allowed: Collection[str], default: str) -> str:
    """Return one of `allowed`, or raise `BadFilter` naming the parameter."""
    text = values.get(name, default)
    if text not in allowed:
        raise BadFilter(name, f"is not one of {', '.join(allowed)}")
    return text


@dataclass(frozen=True, slots=True)
class View:
    """What part of the map is on screen: web map zoom, box in degrees (EPSG:4326), what colours it."""

    zoom: int
    viewport: BBox
    colour: str


VIEW_PARAMETERS = ("zoom", "viewport", "colour", "lang")


def read_viewport(values: dict[str, str]) -> BBox:
    """Return the box on screen, the whole world when none is given."""
    text = values.get("viewport")
    if text is None:
        return BBox(-180, -90, 180, 90)
    try:
        return parse_bbox(text)
    except BadInput as error:
        raise BadFilter("viewport", error.message) from error


def read_view(values: dict[str, str]) -> View:
    """Return what part of the map is asked for."""
    return View(
        zoom=whole(values, "zoom", 8, 0, _LARGEST_ZOOM),
        viewport=read_viewport(values),
        colour=choice(values, "colour", tuple(COLOURINGS), "faction"),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: how many rows, after how many, in which order."""

    limit: int
    offset: int
    order: str


LIST_PARAMETERS = ("limit", "offset", "sort", "lang")


def read_page(values: dict[str, str]) -> Page:
    """Return which rows of a list are asked for."""
    return Page(
        limit=whole(values, "limit", 50, 1, 500),
        offset=whole(values, "offset", 0, 0, 100_000_000),
        order=choice(values, "sort", tuple(ORDERS), "date"),
    )
