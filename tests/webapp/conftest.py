"""Fixtures of the web application's tests: an application over the sample, and its client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store, prepare
from tests.geodata.sample import write_sample
from webapp import create_app
from webapp.atlas import Atlas
from webapp.settings import Value


@contextmanager
def sample_app(folder: Path, **config: Value) -> Iterator[Flask]:
    """Make an application over a store on disk that holds the sample, and close it."""
    url = f"sqlite:///{folder / 'atlas.sqlite'}"
    store = Store(url)
    prepare(store, write_sample(folder / "curated"), countries=())
    store.close()
    app = create_app({"DATABASE": url, **config})
    yield app
    atlas: Atlas = app.extensions["atlas"]
    atlas.store.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Return an application over a store on disk that holds the sample."""
    with sample_app(tmp_path, TESTING=True, EXPORTS_AT_ONCE=2) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the application."""
    return app.test_client()
