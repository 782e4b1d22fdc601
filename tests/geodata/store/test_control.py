"""The store keeps statements of control, drawn areas and sides, also one that was made before them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert

from geodata.curated import read_curated
from geodata.errors import StoreError
from geodata.index import EventIndex
from geodata.store import Store, prepare, rows, schema
from geodata.store.database import MIGRATIONS
from tests.geodata.sample import change
from tests.hostile import TEXTS, fill

OLDER = (
    "revisions datasets layers layer_places places place_variants factions faction_aliases publishers "
    "publisher_copies reports memberships events event_parties event_reports claims"
).split()
"""The tables of schema 0002, parents first."""


@pytest.fixture
def older(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Return a store of schema 0002 with the sample's events, loaded from an older edition of it."""
    made = Store(f"sqlite:///{tmp_path / 'older.sqlite'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with made.engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.commit()
    made.close()
    with sqlite3.connect(tmp_path / "older.sqlite", isolation_level=None) as file:
        file.execute("ATTACH ? AS filled", [str(store.engine.url.database)])
        for table in OLDER:
            names = ", ".join(f'"{row[1]}"' for row in file.execute(f"PRAGMA table_info({table})"))
            file.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM filled.{table}")
        file.execute("UPDATE datasets SET fingerprint = 'of an older edition'")
    file.close()
    yield made
    made.close()


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of the tables that schema 0002 had, without the columns that came later."""
    with store.read() as connection:
        found = {}
        for table in OLDER:
            columns = (column.name for column in schema.metadata.tables[table].c)
            names = ", ".join(f'"{name}"' for name in columns if name != "side_id")
            found[table] = [tuple(row) for row in connection.exec_driver_sql(f"SELECT {names} FROM {table}")]
        return found


def test_a_store_of_the_second_schema_keeps_its_data(older: Store, store: Store) -> None:
    before = content(older)
    assert len(before["events"]) == 3
    older.migrate()
    assert content(older) == before
    with older.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert {faction.side_id for faction in rows.read_factions(connection)} == {None}
        assert rows.read_statements(connection) == []
    assert older.revision() == store.revision()


def test_a_store_with_older_curated_data_is_loaded_again(older: Store, sample_folder: Path) -> None:
    atlas = read_curated(sample_folder)
    assert prepare(older, sample_folder, countries=())
    now = EventIndex(older).snapshot()
    assert now.revision == 2
    assert now.statements == atlas.statements
    assert tuple(now.areas.values()) == atlas.areas
    assert tuple(now.sides.values()) == atlas.sides
    assert now.factions["blues"].side_id == "west"
    assert not prepare(older, sample_folder, countries=())


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("sides", {"name_en": "Eastern side"}),
        ("areas", {"note": "drawn again"}),
        ("statements", {"certainty": "2"}),
        ("factions", {"side_id": "west"}),
    ],
)
def test_a_changed_table_is_loaded_as_one_revision(
    store: Store, sample_folder: Path, table: str, values: dict[str, str]
) -> None:
    change(sample_folder, table, 2, **values)
    assert prepare(store, sample_folder, countries=())
    assert store.revision() == 2
    atlas, now = read_curated(sample_folder), EventIndex(store).snapshot()
    assert (now.statements, tuple(now.areas.values())) == (atlas.statements, atlas.areas)
    assert tuple(now.sides.values()) == atlas.sides
    assert now.factions == {faction.faction_id: faction for faction in atlas.factions}


def test_the_new_tables_can_be_taken_back(store: Store) -> None:
    before = content(store)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        connection.commit()
    assert content(store) == before
    store.migrate()
    assert content(store) == before
    with store.read() as connection:
        assert rows.read_statements(connection) == []


def test_hostile_texts_come_out_as_they_went_in(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hostile.sqlite'}")
    store.migrate()
    fill(store)
    assert store.revision() == 1
    with store.read() as connection:
        statements, areas = rows.read_statements(connection), rows.read_areas(connection)
        sides = rows.read_sides(connection)
    assert [told.place_as_reported for told in statements] == [text for text in TEXTS for _ in range(2)]
    assert [told.note for told in statements if told.area_id] == list(TEXTS)
    assert [area.name_ar for area in areas] == [side.name_en for side in sides] == list(TEXTS)
    assert [(area.note, area.name("en")) for area in areas] == [(text, text) for text in TEXTS]
    store.close()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"area_id": "middle"}, "CHECK"),
        ({"place_id": None}, "CHECK"),
        ({"date_end": date(2018, 1, 1)}, "CHECK"),
        ({"faction_id": "greens"}, "FOREIGN KEY"),
        ({"to_faction_id": "greens"}, "FOREIGN KEY"),
        ({"report_id": "x-1"}, "FOREIGN KEY"),
        ({"statement_id": "s-1"}, "UNIQUE"),
        ({"note": "half \ud800"}, "surrogate"),
    ],
)
def test_the_schema_refuses_a_statement_that_cannot_be(
    store: Store, values: dict[str, object], said: str
) -> None:
    with store.read() as connection:
        told = asdict(rows.read_statements(connection)[0]) | {"statement_id": "s-9"} | values
    with pytest.raises(StoreError, match=said), store.write("a bad statement") as connection:
        connection.execute(insert(schema.statements), told)
    assert store.revision() == 1
    with store.read() as connection:
        assert len(rows.read_statements(connection)) == 4
