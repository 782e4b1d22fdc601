"""When the disk, the file or another process is in the way, the store says so and loses nothing."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql

from geodata.errors import CuratedFaults, StoreError
from geodata.index import EventIndex, EventQuery
from geodata.store import Store, database, prepare, rows, schema
from tests.conftest import ROOT
from tests.geodata.sample import change, write_sample

START_S = 60


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_S", 0.2)


@pytest.fixture
def path(store: Store) -> Path:
    """Return the file of the filled store."""
    return Path(str(store.engine.url.database))


@pytest.fixture
def other(store: Store) -> Iterator[sqlite3.Connection]:
    """Return another process's connection to the same file."""
    connection = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
    yield connection
    connection.close()


def unchanged(store: Store) -> bool:
    with store.read() as connection:
        return (rows.read_revision(connection), len(rows.read_events(connection))) == (1, 3)


def test_a_file_that_may_only_be_read(store: Store, path: Path) -> None:
    only_read = Store(f"sqlite:///file:{path}?mode=ro&uri=true")
    only_read.migrate()  # there is nothing to do: what is up to date may be served
    with pytest.raises(StoreError, match="readonly database"), only_read.write("refused"):
        pass
    assert unchanged(only_read)
    only_read.close()
    assert unchanged(store)
    assert not Path("file:").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file")
    with pytest.raises(StoreError, match="cannot make the folder"):
        Store(f"sqlite:///{tmp_path}/notes/below/atlas.sqlite")


def test_an_address_that_cannot_be_read_keeps_its_password() -> None:
    with pytest.raises(StoreError, match="address") as caught:
        Store("postgresql//atlas:secret@localhost/atlas")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_that_would_be_lost_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="lost with its connection"):
        Store(url)


def test_a_driver_that_is_not_installed_is_named() -> None:
    with pytest.raises(StoreError, match="driver is not installed") as caught:
        Store("postgresql+pg8000://atlas:secret@localhost/atlas")
    assert "secret" not in str(caught.value)


def test_a_full_disk_keeps_what_was_there(store: Store) -> None:
    def fill() -> None:
        with store.write("too much") as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            row = {"name_en": "", "name_ar": "", "alignment": "unknown", "note": "x" * 5000}
            connection.execute(
                insert(schema.publishers), [row | {"publisher_id": f"p{number}"} for number in range(100)]
            )

    with pytest.raises(StoreError, match="full"):
        fill()
    assert unchanged(store)


def test_a_write_waits_for_another_process_and_then_says_so(
    store: Store, other: sqlite3.Connection, sample_folder: Path
) -> None:
    change(sample_folder, "events", 2, summary_en="Another summary.")
    patient = Store(store.url)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        prepare(patient, sample_folder, countries=())
    assert unchanged(store)  # readers are not in its way
    other.execute("ROLLBACK")
    assert prepare(patient, sample_folder, countries=())
    patient.close()


def test_a_read_during_another_process_s_commit_says_so(store: Store, other: sqlite3.Connection) -> None:
    index = EventIndex(store)
    reader = Store(store.url)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        reader.revision()
    other.execute("ROLLBACK")
    assert index.snapshot().count(EventQuery()) == 3
    reader.close()


def test_a_damaged_file_is_said_to_be_damaged(store: Store, path: Path) -> None:
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="malformed"):
        EventIndex(store)
    with pytest.raises(StoreError, match="malformed"):
        prepare(store, countries=())
    store.close()
    assert path.read_bytes() == content


def test_a_store_of_a_newer_atlas_is_left_alone(store: Store, path: Path, sample_folder: Path) -> None:
    with store.write("a newer atlas migrates") as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    content = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer one.*9999.*ATLAS_DATABASE"):
        prepare(store, sample_folder, countries=())
    store.close()
    assert path.read_bytes() == content


def test_a_store_that_nobody_migrated(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with pytest.raises(StoreError, match="no such table"):
        EventIndex(store)
    store.close()


def test_a_missing_table_is_a_fault_and_not_a_crash(store: Store, sample_folder: Path) -> None:
    (sample_folder / "claims.csv").unlink()
    with pytest.raises(CuratedFaults, match=r"claims\.csv: is missing"):
        prepare(store, sample_folder, countries=())
    assert unchanged(store)


@pytest.mark.parametrize(
    "values", [{"name_en": "half \ud800"}, {"population": 2**63}], ids=["surrogate", "2^63"]
)
def test_what_sqlite_cannot_hold_is_refused_whole(store: Store, values: dict[str, object]) -> None:
    row = {"place_id": "x", "name_en": "", "name_ar": "", "kind": "village", "country_code": "SY"}
    row |= {"coordinate_source": "", "note": ""}
    with pytest.raises(StoreError, match="cannot write"), store.write("too large") as connection:
        connection.execute(insert(schema.places), row | values)
    assert unchanged(store)


@pytest.mark.parametrize("values", [{"lat": 1.0}, {"lat": 91.0, "lon": 0.0}, {"lat": 0.0, "lon": 181.0}])
def test_points_out_of_range_are_refused_by_the_schema(store: Store, values: dict[str, float]) -> None:
    row = {"place_id": "x", "name_en": "", "name_ar": "", "kind": "village", "country_code": "SY"}
    row |= {"coordinate_source": "", "note": ""}
    with pytest.raises(StoreError, match="CHECK"), store.write("nowhere") as connection:
        connection.execute(insert(schema.places), row | values)
    assert unchanged(store)


def test_two_processes_that_start_at_once_load_the_data_once(tmp_path: Path) -> None:
    folder, url = write_sample(tmp_path / "curated"), f"sqlite:///{tmp_path / 'new.sqlite'}"
    script = (
        "import sys; from pathlib import Path; from geodata.store import Store, prepare; "
        "sys.stdin.read(); print(prepare(Store(sys.argv[1]), Path(sys.argv[2]), countries=()))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdin
        process.stdin.close()
    said = []
    for process in started:
        assert process.stdout
        with process.stdout:
            said.append(process.stdout.read().strip())
        assert process.wait(START_S) == 0
    assert sorted(said) == ["False", "False", "True"]
    store = Store(url)
    assert unchanged(store)
    store.close()


def test_a_reader_keeps_its_snapshot_while_another_process_writes(store: Store) -> None:
    index, writer = EventIndex(store), Store(store.url)
    exported = index.snapshot().iter_events(EventQuery())
    first = next(exported)
    with writer.write("all claims and events go") as connection:
        for table in (schema.claims, schema.event_parties, schema.event_reports, schema.events):
            connection.execute(table.delete())
    assert [first.event_id, *(event.event_id for event in exported)] == ["e1", "e2", "e3"]
    assert index.snapshot().count(EventQuery()) == 0
    writer.close()


def test_the_migrations_are_postgresql_too() -> None:
    written = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written}
    )
    scripts = ScriptDirectory(str(database.MIGRATIONS))
    with Operations.context(context):
        for script in reversed(list(scripts.walk_revisions())):
            script.module.upgrade()
    sql = written.getvalue()
    for table in schema.metadata.tables:
        assert f"CREATE TABLE {table} (" in sql
    assert "DEFERRABLE INITIALLY DEFERRED" in sql
    assert "TIMESTAMP WITH TIME ZONE" in sql
    assert "start DATE" in sql
    assert '"end" DATE' in sql
    assert "CREATE INDEX ix_claims_event_id ON claims (event_id)" in sql
    assert "claim_id SERIAL" in sql
    assert "PRAGMA" not in sql


def test_every_read_and_write_compiles_for_postgresql() -> None:
    for table in schema.metadata.sorted_tables:
        for statement in (select(table), insert(table), table.delete()):
            assert str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
