"""The index over events: a DuckDB in memory, rebuilt from the store and swapped in whole."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import duckdb

from geodata.errors import BadFilter, UnknownEvent
from geodata.index.columns import event_columns, place_pairs, source_pairs
from geodata.index.query import FILTERS, Condition, EventQuery
from geodata.model import (
    Claim,
    ControlArea,
    Event,
    Faction,
    Figures,
    Membership,
    Party,
    Place,
    Publisher,
    Report,
    Side,
    Statement,
)
from geodata.model.codebook import FIGURES
from geodata.store import Store, rows

_BATCH = 2_000
_EVENT_COLUMNS = (
    *("event_id", "date_start", "date_end", "date_precision", "event_type", "sub_event_type"),
    *("place_id", "place_as_reported", "location_precision", "uncertainty_m"),
    *("summary_en", "summary_ar", "status", "aggregate", "checked", "note"),
    *("faction_ids", "roles", "report_ids"),
    *(f"{name}_{part}" for name in FIGURES for part in ("low", "best", "high")),
)
ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "date": "e.date_start, e.ord",
        "-date": "e.date_start DESC, e.ord DESC",
        "deaths": "e.deaths DESC NULLS LAST, e.ord",
        "place": "e.place_as_reported, e.ord",
    }
)
"""How rows may be sorted."""


def _event(row: tuple[Any, ...]) -> Event:
    values: dict[str, Any] = dict(zip(_EVENT_COLUMNS, row, strict=True))
    parties = zip(values.pop("faction_ids"), values.pop("roles"), strict=True)
    for name in FIGURES:
        values[name] = Figures(*(values.pop(f"{name}_{part}") for part in ("low", "best", "high")))
    values["parties"] = tuple(Party(*pair) for pair in parties)
    values["report_ids"] = tuple(values["report_ids"])
    return Event(**values)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One revision of the atlas, complete and unchanging: what one request sees.

    Parameters
    ----------
    revision : int
        Of the store, when this was read.
    database : duckdb.DuckDBPyConnection
        In memory, with the tables ``events``, ``event_places`` and ``event_sources``.
    places, factions, publishers, reports : mapping of id to object
        What events refer to.
    memberships : tuple of Membership
        Who belongs to which group when.
    claims : mapping of event id to tuple of Claim
        What reports say of each event.
    statements : tuple of Statement
        What reports say of who held what, by id.
    areas, sides : mapping of id to object
        The drawn areas that statements speak of; the sides that factions stand on.
    bits : mapping of faction id to bit position
        In the mask columns.
    """

    revision: int
    database: duckdb.DuckDBPyConnection
    places: Mapping[str, Place]
    factions: Mapping[str, Faction]
    publishers: Mapping[str, Publisher]
    reports: Mapping[str, Report]
    memberships: tuple[Membership, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    statements: tuple[Statement, ...]
    areas: Mapping[str, ControlArea]
    sides: Mapping[str, Side]
    bits: Mapping[str, int]

    def condition(self, query: EventQuery) -> Condition:
        """Return the SQL condition over ``events e`` of a query, and its parameters.

        Raises
        ------
        BadFilter
            When the query names a faction, place or source that the atlas does not know.
        """
        known = {
            "faction": self.factions,
            "place": self.places,
            "source": self.publishers.keys() | self.reports.keys(),
        }
        tests: list[str] = []
        values: list[object] = []
        for item in FILTERS.values():
            value = getattr(query, item.attribute)
            if value in (None, "", ()):
                continue
            for name in value if item.parameter in known else ():
                if name not in known[item.parameter]:
                    raise BadFilter(item.parameter, f"{name!r} is not known here")
            sql, bound = item.sql(value, self.bits)
            tests.append(f"({sql})")
            values += bound
        return " AND ".join(tests) or "true", values

    def fetch(self, sql: str, values: list[object]) -> list[tuple[Any, ...]]:
        """Run a query of this package's own SQL with bound values, on a cursor of its own."""
        with self.database.cursor() as cursor:
            return cursor.execute(sql, values).fetchall()

    def count(self, query: EventQuery) -> int:
        """Return the number of events that match."""
        condition, values = self.condition(query)
        return int(self.fetch(f"SELECT count(*) FROM events e WHERE {condition}", values)[0][0])  # noqa: S608

    def events(self, query: EventQuery, *, limit: int, offset: int = 0, order: str = "date") -> list[Event]:
        """Return a page of the matching events.

        Parameters
        ----------
        query : EventQuery
            Which events.
        limit, offset : int
            Page size and events to skip.
        order : str
            A key of `ORDERS`.
        """
        condition, values = self.condition(query)
        sql = (
            f"SELECT {', '.join(_EVENT_COLUMNS)} FROM events e WHERE {condition} "  # noqa: S608
            f"ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
        )
        return [_event(row) for row in self.fetch(sql, [*values, limit, offset])]

    def iter_events(self, query: EventQuery) -> Iterator[Event]:
        """Yield the matching events by day, a batch in memory at a time.

        Each batch is asked for on its own: DuckDB would hold the whole of one sorted result (150 MB of
        200,000 events), and a reader who goes away would leave it open.
        """
        condition, values = self.condition(query)
        sql = (
            f"SELECT {', '.join(_EVENT_COLUMNS)} FROM events e "  # noqa: S608
            f"WHERE e.ord >= ? AND e.ord < ? AND ({condition}) ORDER BY e.ord"
        )
        end = self.fetch("SELECT count(*) FROM events", [])[0][0]
        for first in range(0, end, _BATCH):
            yield from map(_event, self.fetch(sql, [first, first + _BATCH, *values]))

    def events_at(self, positions: Sequence[int]) -> dict[int, Event]:
        """Return the events at some positions (``ord``) of the index."""
        sql = f"SELECT ord, {', '.join(_EVENT_COLUMNS)} FROM events e WHERE ord IN (SELECT unnest(?::INT[]))"  # noqa: S608
        return {row[0]: _event(row[1:]) for row in self.fetch(sql, [list(positions)])}

    def event(self, event_id: str) -> Event:
        """Return one event.

        Raises
        ------
        UnknownEvent
            When no event has this id.
        """
        sql = f"SELECT {', '.join(_EVENT_COLUMNS)} FROM events e WHERE event_id = ?"  # noqa: S608
        found = self.fetch(sql, [event_id])
        if not found:
            raise UnknownEvent(f"there is no event {event_id!r:.130}")
        return _event(found[0])


def build_snapshot(store: Store) -> Snapshot:
    """Read the whole store into a new snapshot."""
    with store.read() as connection:
        places = {place.place_id: place for place in rows.read_places(connection)}
        factions = {faction.faction_id: faction for faction in rows.read_factions(connection)}
        publishers = {item.publisher_id: item for item in rows.read_publishers(connection)}
        reports = {report.report_id: report for report in rows.read_reports(connection)}
        memberships = tuple(rows.read_memberships(connection))
        events = sorted(rows.read_events(connection), key=lambda event: (event.date_start, event.event_id))
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in rows.read_claims(connection):
            claims[claim.event_id].append(claim)
        statements = tuple(rows.read_statements(connection))
        areas = {area.area_id: area for area in rows.read_areas(connection)}
        sides = {side.side_id: side for side in rows.read_sides(connection)}
        revision = rows.read_revision(connection)
    bits = {name: position for position, name in enumerate(sorted(factions))}
    database = duckdb.connect(":memory:", config={"threads": 2, "enable_external_access": False})
    tables = {
        "events": event_columns(events, places, bits, memberships),
        "event_places": place_pairs(events, places),
        "event_sources": source_pairs(events, reports),
    }
    for name, table in tables.items():
        database.register("incoming", table)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
        database.unregister("incoming")
    return Snapshot(
        revision=revision,
        database=database,
        places=MappingProxyType(places),
        factions=MappingProxyType(factions),
        publishers=MappingProxyType(publishers),
        reports=MappingProxyType(reports),
        memberships=memberships,
        claims=MappingProxyType({name: tuple(found) for name, found in claims.items()}),
        statements=statements,
        areas=MappingProxyType(areas),
        sides=MappingProxyType(sides),
        bits=MappingProxyType(bits),
    )


class EventIndex:
    """Hands out the newest snapshot of a store; readers keep the one that they have.

    Parameters
    ----------
    store : Store
        The truth; the index is never written on its own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._snapshot = build_snapshot(store)

    def snapshot(self) -> Snapshot:
        """Return the newest snapshot, read again when the store has a newer revision."""
        if self._store.revision() != self._snapshot.revision:
            with self._lock:
                if self._store.revision() != self._snapshot.revision:
                    self._snapshot = build_snapshot(self._store)
        return self._snapshot
