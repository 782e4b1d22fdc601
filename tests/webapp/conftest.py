"""Fixtures of the web application's tests: an application over the sample, and its client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store, prepare
from tests.geodata.sample import write_sample
from webapp import create_app
from webapp.atlas import Atlas


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Return an application over a store on disk that holds the sample."""
    url = f"sqlite:///{tmp_path / 'atlas.sqlite'}"
    store = Store(url)
    prepare(store, write_sample(tmp_path / "curated"), countries=())
    store.close()
    app = create_app({"DATABASE": url, "TESTING": True, "EXPORTS_AT_ONCE": 2})
    yield app
    atlas: Atlas = app.extensions["atlas"]
    atlas.store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the application."""
    return app.test_client()
