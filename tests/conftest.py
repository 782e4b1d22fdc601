"""What every test may use: the shared data folder, and reasons for what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads the shared data where there is none, saying so."""
    if SHARED_DATA.is_dir():
        return
    skip = pytest.mark.skip(reason=f"needs {SHARED_DATA}, which this machine does not have")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared data; a test that uses it carries the marker ``shared``."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs {SHARED_DATA}, which this machine does not have")
    return SHARED_DATA
