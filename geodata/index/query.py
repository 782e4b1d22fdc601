"""The one filter grammar: parameters of a URL ↔ `EventQuery`, and each filter's SQL beside its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any

from geodata.errors import BadFilter, BadInput
from geodata.gazetteer.names import fold
from geodata.geometry import BBox
from geodata.index import reading

MASK_BITS = 62
"""Parties per mask column of the index: a signed 64-bit integer without its top bits."""

Condition = tuple[str, list[object]]

_MOST_VALUES = 100


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a message for the catalogue; whoever shows it translates it."""
    return message


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its parameter, the field it fills, how it reads, its SQL and its help.

    Parameters
    ----------
    parameter : str
        Name in a URL.
    attribute : str
        Field of `EventQuery`.
    read : callable
        Turns the text of one value into the value, or raises `BadInput`.
    sql : callable
        Turns the value and the bit position of each faction into a condition over ``events e`` of the
        index and its bound parameters.
    phrase : str
        What the filter says in a sentence, a message id with ``%(values)s``; empty for the days.
    repeatable : bool
        Whether the parameter may stand several times (any of its values may hold).
    help : str
        One line for the documentation.
    """

    parameter: str
    attribute: str
    read: Callable[[str], object]
    sql: Callable[[Any, Mapping[str, int]], Condition]
    phrase: str
    help: str
    repeatable: bool = False


def _compare(sql: str) -> Callable[[Any, Mapping[str, int]], Condition]:
    return lambda value, _bits: (sql, [list(value) if isinstance(value, tuple) else value] * sql.count("?"))


def _any_faction(factions: tuple[str, ...], bits: Mapping[str, int]) -> Condition:
    masks: dict[int, int] = {}
    for faction in factions:
        column, bit = divmod(bits[faction], MASK_BITS)
        masks[column] = masks.get(column, 0) | 1 << bit
    tests = [f"(e.mask{column} & ?::BIGINT) <> 0" for column in masks]
    return f"({' OR '.join(tests)})", list(masks.values())


def _all_words(text: str, _bits: Mapping[str, int]) -> Condition:
    # A text of signs alone folds to no word: nothing mentions it, rather than everything.
    words = fold(text).split()
    return " AND ".join(["contains(e.folded, ?)"] * len(words)) or "false", list(words)


def _in_box(box: BBox, _bits: Mapping[str, int]) -> Condition:
    join = "AND" if box.west <= box.east else "OR"
    return f"e.lat BETWEEN ? AND ? AND (e.lon >= ? {join} e.lon <= ?)", [
        box.south,
        box.north,
        box.west,
        box.east,
    ]


_PLACE_SQL = "e.ord IN (SELECT ord FROM event_places WHERE place_id IN (SELECT unnest(?)))"
_SOURCE_SQL = "e.ord IN (SELECT ord FROM event_sources WHERE source_id IN (SELECT unnest(?)))"
_TYPE_SQL = "(e.event_type IN (SELECT unnest(?)) OR e.sub_event_type IN (SELECT unnest(?)))"

_TABLE = (
    Filter("from", "date_from", reading.day, _compare("e.date_end >= ?"), "", "first day, ISO, inclusive"),
    Filter("to", "date_to", reading.day, _compare("e.date_start <= ?"), "", "last day, ISO, inclusive"),
    Filter(
        "faction",
        "factions",
        reading.identifier,
        _any_faction,
        N_("involving %(values)s"),
        "a party; a group stands for its members on the event's days",
        repeatable=True,
    ),
    Filter(
        "type",
        "types",
        reading.type_slug,
        _compare(_TYPE_SQL),
        N_("of the type %(values)s"),
        "an event type or sub-type",
        repeatable=True,
    ),
    Filter(
        "place",
        "places",
        reading.identifier,
        _compare(_PLACE_SQL),
        N_("in %(values)s"),
        "a place with all that lies in it",
        repeatable=True,
    ),
    Filter(
        "source",
        "sources",
        reading.identifier,
        _compare(_SOURCE_SQL),
        N_("reported by %(values)s"),
        "a publisher or a report",
        repeatable=True,
    ),
    Filter(
        "min_deaths",
        "min_deaths",
        reading.whole_number,
        _compare("e.deaths >= ?"),
        N_("with at least %(values)s reported deaths"),
        "the best figure, else the lowest; events without a figure do not count",
    ),
    Filter(
        "location_precision_max",
        "location_precision_max",
        reading.location_precision,
        _compare("e.location_precision <= ?"),
        N_("placed with precision code %(values)s or better"),
        "largest UCDP location precision code, 1 (exact) to 7",
    ),
    Filter(
        "q",
        "text",
        reading.words,
        _all_words,
        N_("mentioning “%(values)s”"),
        "words that all stand in summaries or place names, in either script",
    ),
    Filter(
        "bbox",
        "bbox",
        reading.parse_bbox,
        _in_box,
        N_("inside the box %(values)s"),
        "west,south,east,north in degrees; west > east crosses the antimeridian",
    ),
)

FILTERS: Mapping[str, Filter] = MappingProxyType({item.parameter: item for item in _TABLE})
"""Every filter by its parameter, in canonical order."""


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are meant; parsed once at the edge, the same for page, API, exports and permalinks.

    Parameters
    ----------
    date_from, date_to : date or None
        Inclusive; an event counts when its date range overlaps.
    factions : tuple of str
        Faction ids; any of them may be a party. A group stands for its members on the event's days.
    types : tuple of str
        Slugs of ACLED types or sub-types.
    places : tuple of str
        Place ids; an event in a lower place of the hierarchy counts.
    sources : tuple of str
        Publisher or report ids.
    min_deaths : int or None
        Compared with the best figure, else the lowest; events without a figure do not count.
    location_precision_max : int or None
        Largest UCDP ``where_prec``.
    text : str
        Words that must all stand in summaries or place names, folded.
    bbox : BBox or None
        Degrees, EPSG:4326; events without a point do not count.
    """

    date_from: date | None = None
    date_to: date | None = None
    factions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    min_deaths: int | None = None
    location_precision_max: int | None = None
    text: str = ""
    bbox: BBox | None = field(default=None)

    def __post_init__(self) -> None:
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise BadFilter("to", f"{self.date_to} lies before from, {self.date_from}")

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> EventQuery:
        """Read (parameter, value) pairs; empty values count as not given.

        Raises
        ------
        BadFilter
            Naming the parameter that is unknown, repeated when it may not be, or has a bad value.
        """
        values: dict[str, list[object]] = {}
        for parameter, text in pairs:
            item = FILTERS.get(parameter)
            if item is None:
                raise BadFilter(parameter, f"unknown parameter; known are {', '.join(FILTERS)}")
            if text == "":
                continue
            found = values.setdefault(item.attribute, [])
            try:
                value = item.read(text)
            except BadInput as error:
                raise BadFilter(parameter, f"{reading.shown(text)} {error.message}") from error
            if found and not item.repeatable:
                raise BadFilter(parameter, "stands more than once")
            if value not in found:
                found.append(value)
            if len(found) > _MOST_VALUES:
                raise BadFilter(parameter, f"has more than {_MOST_VALUES} values")
        repeatable = {item.attribute for item in FILTERS.values() if item.repeatable}
        known = {name: tuple(found) if name in repeatable else found[0] for name, found in values.items()}
        return cls(**known)  # type: ignore[arg-type]  # each reader gives its own field's type

    def pairs(self) -> list[tuple[str, str]]:
        """Return the canonical (parameter, value) pairs; `parse` reads them back to an equal query."""
        found: list[tuple[str, str]] = []
        for item in FILTERS.values():
            value = getattr(self, item.attribute)
            if value in (None, "", ()):
                continue
            found += [(item.parameter, str(part)) for part in (value if item.repeatable else [value])]
        return found

    def without(self, *parameters: str) -> EventQuery:
        """Return the query without some of its filters."""
        dropped = {FILTERS[parameter].attribute for parameter in parameters}
        return EventQuery(**{f.name: getattr(self, f.name) for f in fields(self) if f.name not in dropped})
