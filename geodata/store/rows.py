"""Turn what the atlas talks about into rows of the store and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

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
from geodata.store import schema


def _own(item: Any, table: Table) -> dict[str, Any]:  # noqa: ANN401 - any dataclass of the model
    return {field.name: getattr(item, field.name) for field in fields(item) if field.name in table.c}


def _parts(figures: Figures, prefix: str = "") -> dict[str, int | None]:
    return {f"{prefix}low": figures.low, f"{prefix}best": figures.best, f"{prefix}high": figures.high}


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _insert_names(
    connection: Connection, table: Table, key: str, items: Iterable[tuple[str, tuple[str, ...]]]
) -> None:
    _insert(
        connection,
        table,
        [
            {key: owner, "position": position, "name": name}
            for owner, names in items
            for position, name in enumerate(names)
        ],
    )


def insert_places(connection: Connection, places: Iterable[Place]) -> None:
    """Add places and their variants."""
    places = list(places)
    _insert(connection, schema.places, [_own(place, schema.places) for place in places])
    insert_variants(connection, places)


def insert_variants(connection: Connection, places: Iterable[Place]) -> None:
    """Add the variants of places that are there."""
    _insert_names(connection, schema.place_variants, "place_id", ((p.place_id, p.variants) for p in places))


def insert_sides(connection: Connection, sides: Iterable[Side]) -> None:
    """Add sides."""
    _insert(connection, schema.sides, [_own(side, schema.sides) for side in sides])


def insert_factions(connection: Connection, factions: Iterable[Faction]) -> None:
    """Add factions and their aliases."""
    factions = list(factions)
    _insert(connection, schema.factions, [_own(faction, schema.factions) for faction in factions])
    _insert_names(
        connection, schema.faction_aliases, "faction_id", ((f.faction_id, f.aliases) for f in factions)
    )


def insert_memberships(connection: Connection, memberships: Iterable[Membership]) -> None:
    """Add memberships."""
    _insert(connection, schema.memberships, [_own(item, schema.memberships) for item in memberships])


def insert_reports(
    connection: Connection, publishers: Iterable[Publisher], reports: Iterable[Report]
) -> None:
    """Add publishers and their reports."""
    publishers = list(publishers)
    _insert(connection, schema.publishers, [_own(item, schema.publishers) for item in publishers])
    copies = ((item.publisher_id, item.copies) for item in publishers)
    _insert_names(connection, schema.publisher_copies, "publisher_id", copies)
    _insert(connection, schema.reports, [_own(report, schema.reports) for report in reports])


def insert_events(connection: Connection, events: Iterable[Event], claims: Iterable[Claim]) -> None:
    """Add events with their parties and reports, and the claims about them."""
    events = list(events)
    rows = []
    for event in events:
        row = _own(event, schema.events)
        for name in FIGURES:
            row |= _parts(getattr(event, name), f"{name}_")
        rows.append(row)
    _insert(connection, schema.events, rows)
    parties = [
        {"event_id": event.event_id, "position": position, "faction_id": party.faction_id, "role": party.role}
        for event in events
        for position, party in enumerate(event.parties)
    ]
    _insert(connection, schema.event_parties, parties)
    _insert_names(connection, schema.event_reports, "event_id", ((e.event_id, e.report_ids) for e in events))
    told = [_own(claim, schema.claims) | _parts(claim.figures) for claim in claims]
    _insert(connection, schema.claims, told)


def insert_statements(
    connection: Connection, areas: Iterable[ControlArea], statements: Iterable[Statement]
) -> None:
    """Add drawn areas, and statements about places and them."""
    _insert(connection, schema.areas, [_own(area, schema.areas) for area in areas])
    _insert(connection, schema.statements, [_own(told, schema.statements) for told in statements])


def delete_all(connection: Connection) -> None:
    """Delete every row but the revisions and the layers of the gazetteer, children first."""
    kept = (schema.revisions, schema.layers, schema.layer_places)
    for table in reversed(schema.metadata.sorted_tables):
        if table not in kept:
            connection.execute(table.delete())


def read_revision(connection: Connection) -> int:
    """Return the number of the last write; 0 before the first."""
    return connection.scalar(select(func.coalesce(func.max(schema.revisions.c.revision), 0))) or 0


def _names(connection: Connection, table: Table, key: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for owner, name in connection.execute(
        select(table.c[key], table.c.name).order_by(table.c[key], table.c.position)
    ):
        found[owner].append(name)
    return {owner: tuple(names) for owner, names in found.items()}


def _all(connection: Connection, table: Table) -> list[dict[str, Any]]:
    order = list(table.primary_key.columns)
    return [dict(row) for row in connection.execute(select(table).order_by(*order)).mappings()]


def read_places(connection: Connection) -> list[Place]:
    """Return every place, by id."""
    variants = _names(connection, schema.place_variants, "place_id")
    return [
        Place(**row, variants=variants.get(row["place_id"], ())) for row in _all(connection, schema.places)
    ]


def read_sides(connection: Connection) -> list[Side]:
    """Return every side, by id."""
    return [Side(**row) for row in _all(connection, schema.sides)]


def read_factions(connection: Connection) -> list[Faction]:
    """Return every faction, by id."""
    aliases = _names(connection, schema.faction_aliases, "faction_id")
    return [
        Faction(**row, aliases=aliases.get(row["faction_id"], ()))
        for row in _all(connection, schema.factions)
    ]


def read_memberships(connection: Connection) -> list[Membership]:
    """Return every membership."""
    rows = _all(connection, schema.memberships)
    return [
        Membership(**{key: value for key, value in row.items() if key != "membership_id"}) for row in rows
    ]


def read_publishers(connection: Connection) -> list[Publisher]:
    """Return every publisher, by id."""
    copies = _names(connection, schema.publisher_copies, "publisher_id")
    rows = _all(connection, schema.publishers)
    return [Publisher(**row, copies=copies.get(row["publisher_id"], ())) for row in rows]


def read_reports(connection: Connection) -> list[Report]:
    """Return every report, by id."""
    return [Report(**row) for row in _all(connection, schema.reports)]


def _take_figures(row: dict[str, Any], prefix: str = "") -> Figures:
    return Figures(row.pop(f"{prefix}low"), row.pop(f"{prefix}best"), row.pop(f"{prefix}high"))


def read_events(connection: Connection) -> list[Event]:
    """Return every event with its parties and reports, by id."""
    reports = _names(connection, schema.event_reports, "event_id")
    parties: dict[str, list[Party]] = defaultdict(list)
    for row in _all(connection, schema.event_parties):
        parties[row["event_id"]].append(Party(row["faction_id"], row["role"]))
    events = []
    for row in _all(connection, schema.events):
        row |= {name: _take_figures(row, f"{name}_") for name in FIGURES}
        row |= {"parties": tuple(parties[row["event_id"]]), "report_ids": reports.get(row["event_id"], ())}
        events.append(Event(**row))
    return events


def read_claims(connection: Connection) -> list[Claim]:
    """Return every claim, in the order in which they were added."""
    claims = []
    for row in _all(connection, schema.claims):
        del row["claim_id"]
        claims.append(Claim(figures=_take_figures(row), **row))
    return claims


def read_areas(connection: Connection) -> list[ControlArea]:
    """Return every drawn area, by id."""
    return [ControlArea(**row) for row in _all(connection, schema.areas)]


def read_statements(connection: Connection) -> list[Statement]:
    """Return every statement, by id."""
    return [Statement(**row) for row in _all(connection, schema.statements)]
