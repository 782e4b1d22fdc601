"""The store: every write one transaction and one revision, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from geodata.errors import StoreError
from geodata.store import schema
from geodata.store.rows import read_revision

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_S = 30


def _open(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed)
    except ArgumentError as error:
        raise StoreError(f"the database address {url!r} is not a SQLAlchemy URL ({error})") from error
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": _BUSY_S})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        # pysqlite begins transactions late and only for writes: we begin them ourselves.
        connection.isolation_level = None
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Store:
    """The atlas's database: reports, events, claims, places and factions.

    Parameters
    ----------
    url : str
        A SQLAlchemy URL, such as ``sqlite:///instance/atlas.sqlite``. SQLite runs with a rollback
        journal, synchronous=FULL and foreign keys on; its folder is made when it is missing.

    Raises
    ------
    StoreError
        When the address is no URL, or (later) the database cannot be reached or migrated.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _open(url)

    def migrate(self) -> None:
        """Bring the schema to the newest version; does nothing when it is there.

        Raises
        ------
        StoreError
            When the database cannot be opened or is not the atlas's.
        """
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        try:
            with self.engine.connect().execution_options(writes=True) as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.commit()
        except DBAPIError as error:
            raise StoreError(f"cannot open or migrate the database {self.shown_url}: {error.orig}") from error

    @property
    def shown_url(self) -> str:
        """Return the address without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def revision(self) -> int:
        """Return the number of the last write; 0 before the first."""
        with self.read() as connection:
            return read_revision(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the database."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise StoreError(f"cannot read the database {self.shown_url}: {error.orig}") from error

    @contextmanager
    def write(self, why: str) -> Iterator[Connection]:
        """Open one transaction that is one revision: all of it is kept, or nothing.

        Parameters
        ----------
        why : str
            What the write is for; kept with the revision.

        Raises
        ------
        StoreError
            When the database refuses (full disk, broken rule, locked for 30 s); nothing is kept then.
        """
        try:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                row = {"revision": read_revision(connection) + 1, "written_at": datetime.now(UTC), "why": why}
                connection.execute(insert(schema.revisions), row)
                yield connection
        except DBAPIError as error:
            raise StoreError(f"cannot write to the database {self.shown_url}: {error.orig}") from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
