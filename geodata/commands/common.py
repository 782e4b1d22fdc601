"""What the commands share: where files and the store are, how they are stopped, which code they end with."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

from geodata.errors import GeodataError
from geodata.gazetteer.geonames import DEFAULT_COUNTRIES
from geodata.store import Store, prepare
from geodata.store.setup import is_prepared

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_DATABASE = "sqlite:///instance/atlas.sqlite"


def parser(name: str) -> argparse.ArgumentParser:
    """Return a parser that names the script; its help is the script's own."""
    return argparse.ArgumentParser(prog=f"./scripts/{name}", add_help=False, allow_abbrev=False)


def caller_path(text: str) -> Path:
    """Return a path as the caller meant it: the scripts go to the project's folder before Python starts."""
    return Path(os.environ.get("CALLER_PWD", "")) / text


def open_store(url: str | None = None) -> Store:
    """Return the atlas's store, set up with the curated data when it is new.

    Parameters
    ----------
    url : str, optional
        SQLAlchemy URL; without it that of ``ATLAS_DATABASE``.

    Raises
    ------
    StoreError
        When it cannot be opened.
    """
    store = Store(url or os.environ.get("ATLAS_DATABASE") or _DATABASE)
    store.migrate()
    if is_prepared(store):
        return store
    listed = os.environ.get("ATLAS_GAZETTEER_COUNTRIES", ",".join(DEFAULT_COUNTRIES))
    prepare(store, countries=[code.strip() for code in listed.split(",") if code.strip()])
    return store


def say(line: str) -> None:
    """Print a line for people at once, also into a pipe."""
    print(line, flush=True)


def complain(line: str) -> None:
    """Print a line to standard error."""
    print(line, file=sys.stderr, flush=True)


def run(work: Callable[[], int], interrupted: str) -> int:
    """Do the work and return the exit code; what goes wrong on purpose is said in one line.

    Parameters
    ----------
    work : callable
        Returns the exit code.
    interrupted : str
        What to say when somebody stops it.
    """
    # Set and not inherited: a shell starts background jobs with SIGINT ignored.
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        return work()
    except GeodataError as error:
        complain(str(error))
        return FAILED
    except BrokenPipeError:
        # Whoever reads us has seen enough; nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        complain(interrupted)
        return INTERRUPTED


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
