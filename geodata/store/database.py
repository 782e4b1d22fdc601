"""The store: every write one transaction and one revision, in SQLite or PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from geodata.errors import StoreError
from geodata.store import schema
from geodata.store.rows import read_revision

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_S = 30


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder {folder} of the database: {error.strerror}") from error


def _open(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            # A reader must see one state over several queries, as it does in SQLite.
            return create_engine(parsed, isolation_level="REPEATABLE READ")
    except ArgumentError as error:
        shown = re.sub("//[^/]*@", "//***@", url)
        raise StoreError(f"the database address {shown!r} is not a SQLAlchemy URL") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"the database address begins with {parsed.drivername!r}, whose driver is not installed ({error})"
        ) from error
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError(
            "a database in memory is lost with its connection: give a file, sqlite:///atlas.sqlite"
        )
    if not parsed.database.startswith("file:"):  # SQLite's own addresses: file:atlas.sqlite?mode=ro
        _make_folder(Path(parsed.database).parent)
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
    """The atlas's database: reports, events, claims, statements, places and factions.

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
            When the database cannot be opened, is not the atlas's or is that of a newer atlas; it stays
            as it was.
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
        except CommandError as error:
            raise StoreError(
                f"the database {self.shown_url} was made by another version of the atlas, likely a newer "
                f"one ({error}): start that version, or choose another database with ATLAS_DATABASE"
            ) from error

    @property
    def shown_url(self) -> str:
        """Return the address without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def revision(self) -> int:
        """Return the number of the last write; 0 before the first.

        Raises
        ------
        StoreError
            When the database cannot be read.
        """
        with self.read() as connection:
            return read_revision(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the database.

        Raises
        ------
        StoreError
            When the database cannot be reached, is damaged, lacks tables or is locked for 30 s.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
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
            When the database refuses (full disk, broken rule, locked for 30 s, a number or text that it
            cannot hold); nothing is kept then.
        """
        try:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                row = {"revision": read_revision(connection) + 1, "written_at": datetime.now(UTC), "why": why}
                connection.execute(insert(schema.revisions), row)
                yield connection
        except DBAPIError as error:
            raise StoreError(f"cannot write to the database {self.shown_url}: {error.orig}") from error
        except (OverflowError, UnicodeEncodeError) as error:  # 2^63, half a surrogate pair
            raise StoreError(f"cannot write to the database {self.shown_url}: {error}") from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
