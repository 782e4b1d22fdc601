"""Counts over the index: clusters of a viewport, the timeline, the facets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from geodata.geometry import BBox
from geodata.index.event_index import Snapshot
from geodata.index.query import FILTERS, MASK_BITS, EventQuery

TILE_PX = 256
CELL_PX = 64
"""Side of a cluster cell on screen; cells are anchored to the world, so panning moves no cluster."""

COLOURINGS: Mapping[str, str] = {"faction": "lead", "type": "event_type"}
"""What a map may be coloured by, and the column that holds it."""


@dataclass(slots=True)
class Cell:
    """What stands in one cell of the map: how many events, where, and of which parts."""

    count: int = 0
    deaths: int = 0
    lat_sum: float = 0.0
    lon_sum: float = 0.0
    west: float = 180.0
    south: float = 90.0
    east: float = -180.0
    north: float = -90.0
    parts: Counter[str] = field(default_factory=Counter)
    first: int = -1

    @property
    def is_spot(self) -> bool:
        """Tell whether all its events share one point."""
        return self.west == self.east and self.south == self.north


@dataclass(frozen=True, slots=True)
class Totals:
    """How many events match, how many of them have a point, and the deaths reported in single events."""

    total: int
    with_point: int
    deaths_low: int | None
    deaths_best: int | None
    deaths_high: int | None


def totals(snapshot: Snapshot, query: EventQuery) -> Totals:
    """Count the matching events and add up their reported deaths, aggregates left out.

    Each sum is a bound by itself: an event without a lowest figure adds nothing to the lowest sum. Where no
    event has such a figure the sum is None, not 0.
    """
    condition, values = snapshot.condition(query)
    single = "FILTER (NOT e.aggregate)"
    most = "coalesce(e.deaths_high, e.deaths)"
    row = snapshot.fetch(
        "SELECT count(*), count(e.lat), "  # noqa: S608
        f"sum(e.deaths_low) {single}, sum(e.deaths) {single}, sum({most}) {single} "
        f"FROM events e WHERE {condition}",
        values,
    )[0]
    sums = [None if value is None else int(value) for value in row[2:]]
    return Totals(int(row[0]), int(row[1]), *sums)


def cells(snapshot: Snapshot, query: EventQuery, *, zoom: int, viewport: BBox, colour: str) -> list[Cell]:
    """Group the matching events of a viewport into the cells of a zoom level.

    Parameters
    ----------
    snapshot : Snapshot
        What to read.
    query : EventQuery
        Which events.
    zoom : int
        Web map zoom level; a cell is `CELL_PX` of 256 · 2^zoom pixels wide.
    viewport : BBox
        Degrees, EPSG:4326.
    colour : str
        A key of `COLOURINGS`: what the parts of a cell are counted by.
    """
    condition, values = snapshot.condition(query)
    box, corners = FILTERS["bbox"].sql(viewport, snapshot.bits)
    scale = TILE_PX * 2**zoom / CELL_PX
    rows = snapshot.fetch(
        "SELECT floor(e.x * ?)::INT AS cx, floor(e.y * ?)::INT AS cy, "  # noqa: S608
        f"e.{COLOURINGS[colour]} AS part, count(*), "
        "coalesce(sum(e.deaths) FILTER (NOT e.aggregate), 0), sum(e.lat), sum(e.lon), "
        "min(e.lon), min(e.lat), max(e.lon), max(e.lat), min(e.ord) "
        f"FROM events e WHERE e.lat IS NOT NULL AND ({condition}) AND ({box}) "
        "GROUP BY cx, cy, part ORDER BY cx, cy, part",
        [scale, scale, *values, *corners],
    )
    found: dict[tuple[Any, Any], Cell] = defaultdict(Cell)
    for cx, cy, part, count, deaths, lat_sum, lon_sum, west, south, east, north, first in rows:
        cell = found[cx, cy]
        cell.count += count
        cell.deaths += deaths
        cell.lat_sum += lat_sum
        cell.lon_sum += lon_sum
        cell.west, cell.south = min(cell.west, west), min(cell.south, south)
        cell.east, cell.north = max(cell.east, east), max(cell.north, north)
        cell.parts[part] += count
        cell.first = first if cell.first < 0 else min(cell.first, first)
    return list(found.values())


def rings(
    snapshot: Snapshot, query: EventQuery, *, viewport: BBox
) -> list[tuple[str, float, float, float, int, int]]:
    """Return the doubt about what has location precision 2 or worse, one ring a place and radius.

    Returns
    -------
    list of (place id, lat, lon, radius in metres, smallest location precision, count)
    """
    condition, values = snapshot.condition(query)
    box, corners = FILTERS["bbox"].sql(viewport, snapshot.bits)
    return snapshot.fetch(
        "SELECT e.place_id, e.lat, e.lon, e.radius_m, min(e.location_precision), count(*) FROM events e "  # noqa: S608
        f"WHERE e.lat IS NOT NULL AND e.location_precision >= 2 AND ({condition}) AND ({box}) "
        "GROUP BY ALL ORDER BY e.radius_m DESC, e.place_id",
        [*values, *corners],
    )


def span(snapshot: Snapshot) -> tuple[date, date] | None:
    """Return the first and the last day of all events, None when there are none."""
    first, last = snapshot.fetch("SELECT min(date_start), max(date_end) FROM events", [])[0]
    return None if first is None else (first, last)


def timeline(snapshot: Snapshot, query: EventQuery) -> tuple[date, list[int], list[int]] | None:
    """Count the matching events day by day, each once on its first day; the query's days are set aside.

    Returns
    -------
    (first day, events a day, deaths a day) over the whole span of the atlas, None when it is empty
        Deaths are best figures (else the lowest) of single events, aggregates left out.
    """
    days = span(snapshot)
    if days is None:
        return None
    condition, values = snapshot.condition(query.without("from", "to"))
    length = (days[1] - days[0]) // timedelta(days=1) + 1
    counts, deaths = [0] * length, [0] * length
    for day, count, dead in snapshot.fetch(
        "SELECT e.date_start, count(*), coalesce(sum(e.deaths) FILTER (NOT e.aggregate), 0) "  # noqa: S608
        f"FROM events e WHERE {condition} GROUP BY e.date_start",
        values,
    ):
        place = (day - days[0]).days
        counts[place], deaths[place] = count, int(dead)
    return days[0], counts, deaths


def last_day(first: date, length: int) -> date:
    """Return the last day of a timeline."""
    return first + timedelta(days=length - 1)


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by id, each dimension under all the filters but its own."""

    factions: Mapping[str, int]
    types: Mapping[str, int]
    sub_types: Mapping[str, int]
    places: Mapping[str, int]
    sources: Mapping[str, int]
    location_precision: Mapping[int, int]


def _grouped(snapshot: Snapshot, query: EventQuery, parameter: str, sql: str) -> dict[Any, int]:
    condition, values = snapshot.condition(query.without(parameter))
    return dict(snapshot.fetch(sql.format(condition=condition), values))


def facets(snapshot: Snapshot, query: EventQuery) -> Facets:
    """Count the matching events by faction, type, place, source and precision, exactly."""
    condition, values = snapshot.condition(query.without("faction"))
    by_mask = [
        f"count(*) FILTER ((e.mask{bit // MASK_BITS} & {1 << bit % MASK_BITS}::BIGINT) <> 0)"
        for bit in snapshot.bits.values()
    ]
    columns = ", ".join(by_mask) or "0"
    sums = snapshot.fetch(f"SELECT {columns} FROM events e WHERE {condition}", values)[0]  # noqa: S608
    plain = "SELECT e.{column}, count(*) FROM events e WHERE {{condition}} GROUP BY e.{column}"
    paired = (
        "SELECT p.{column}, count(*) FROM events e JOIN {table} p USING (ord) "
        "WHERE {{condition}} GROUP BY p.{column}"
    )
    return Facets(
        factions=dict(zip(snapshot.bits, sums, strict=False)),
        types=_grouped(snapshot, query, "type", plain.format(column="event_type")),
        sub_types=_grouped(snapshot, query, "type", plain.format(column="sub_event_type")),
        places=_grouped(snapshot, query, "place", paired.format(column="place_id", table="event_places")),
        sources=_grouped(snapshot, query, "source", paired.format(column="source_id", table="event_sources")),
        location_precision=_grouped(
            snapshot, query, "location_precision_max", plain.format(column="location_precision")
        ),
    )
