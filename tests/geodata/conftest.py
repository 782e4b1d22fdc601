"""Fixtures of the library's tests: sample tables, a store filled with them, a snapshot of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.store import Store, prepare
from tests.geodata.sample import write_sample


@pytest.fixture
def sample_folder(tmp_path: Path) -> Path:
    """Return a folder with a small, valid set of curated tables."""
    return write_sample(tmp_path / "curated")


@pytest.fixture
def store(tmp_path: Path, sample_folder: Path) -> Iterator[Store]:
    """Return a store on disk that holds the sample."""
    store = Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}")
    prepare(store, sample_folder, countries=())
    yield store
    store.close()


@pytest.fixture
def sample(store: Store) -> Snapshot:
    """Return a snapshot of the sample."""
    return EventIndex(store).snapshot()
