"""The store keeps everything it acknowledged, one revision a write, and its migrations build its schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select

from geodata.curated import read_curated
from geodata.errors import StoreError
from geodata.store import Store, prepare, rows, schema
from tests.geodata.sample import change


def test_migrations_build_the_schema(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_what_goes_in_comes_out(store: Store, sample_folder: Path) -> None:
    atlas = read_curated(sample_folder)
    with store.read() as connection:
        assert sorted(rows.read_places(connection), key=str) == sorted(atlas.places, key=str)
        assert tuple(rows.read_sides(connection)) == atlas.sides
        assert sorted(rows.read_factions(connection), key=str) == sorted(atlas.factions, key=str)
        assert tuple(rows.read_memberships(connection)) == atlas.memberships
        assert sorted(rows.read_publishers(connection), key=str) == sorted(atlas.publishers, key=str)
        assert sorted(rows.read_reports(connection), key=str) == sorted(atlas.reports, key=str)
        assert tuple(rows.read_events(connection)) == atlas.events
        assert tuple(rows.read_claims(connection)) == atlas.claims
        assert tuple(rows.read_areas(connection)) == atlas.areas
        assert tuple(rows.read_statements(connection)) == atlas.statements


def test_loading_again_changes_nothing_and_changed_data_is_a_new_revision(
    store: Store, sample_folder: Path
) -> None:
    assert store.revision() == 1
    assert not prepare(store, sample_folder, countries=())
    assert store.revision() == 1
    change(sample_folder, "events", 2, summary_en="Another summary.")
    assert prepare(store, sample_folder, countries=())
    assert store.revision() == 2
    with store.read() as connection:
        assert rows.read_events(connection)[0].summary_en == "Another summary."


def test_faulty_data_leaves_the_store_as_it_was(store: Store, sample_folder: Path) -> None:
    change(sample_folder, "events", 2, date_start="2018-02-30")
    with pytest.raises(ValueError, match="date_start"):
        prepare(store, sample_folder, countries=())
    assert store.revision() == 1
    with store.read() as connection:
        assert len(rows.read_events(connection)) == 3


def test_a_write_is_kept_whole_or_not_at_all(store: Store) -> None:
    def fail_half_way() -> None:
        with store.write("fails") as connection:
            connection.execute(schema.claims.delete())
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    assert store.revision() == 1
    with store.read() as connection:
        assert len(rows.read_claims(connection)) == 3


def test_a_broken_reference_is_refused(store: Store) -> None:
    row = {"event_id": "nowhere", "report_id": "h-1", "field": "deaths", "text_en": "", "text_ar": ""}
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write("an orphan") as connection:
        connection.execute(insert(schema.claims), row)
    assert store.revision() == 1


def test_every_write_says_why(store: Store) -> None:
    with store.write("a reason"):
        pass
    with store.read() as connection:
        whys = connection.scalars(select(schema.revisions.c.why).order_by(schema.revisions.c.revision)).all()
    assert whys == ["load the curated data", "a reason"]


def test_sqlite_is_opened_safely(store: Store) -> None:
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_reader_sees_one_state_while_another_process_writes(store: Store) -> None:
    other = Store(store.url)
    with store.read() as connection:
        before = rows.read_revision(connection)
    with other.write("from elsewhere"):
        pass
    assert store.revision() == before + 1
    other.close()


@pytest.mark.parametrize("url", ["not a url", "nosuch://x"])
def test_an_address_that_is_no_database(url: str) -> None:
    with pytest.raises(StoreError, match="database address"):
        Store(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("just text, " * 100, encoding="utf-8")
    store = Store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="cannot open or migrate"):
        store.migrate()
    store.close()
    assert path.read_text(encoding="utf-8").startswith("just text")
