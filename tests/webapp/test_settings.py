"""Settings come from one table, and the environment overrides each."""

from __future__ import annotations

import pytest

from geodata.errors import BadInput
from webapp.settings import SETTINGS, read_settings


def test_defaults() -> None:
    assert read_settings({}) == {item.name: item.default for item in SETTINGS}


def test_the_environment_overrides() -> None:
    read = read_settings(
        {"ATLAS_DATABASE": "sqlite:///x", "ATLAS_ONLINE_LAYERS": "false", "ATLAS_EXPORTS_AT_ONCE": "9"}
    )
    assert (read["DATABASE"], read["ONLINE_LAYERS"], read["EXPORTS_AT_ONCE"]) == ("sqlite:///x", False, 9)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ATLAS_ONLINE_LAYERS", "perhaps"),
        ("ATLAS_EXPORTS_AT_ONCE", "4.5"),
        ("ATLAS_EXPORTS_AT_ONCE", "٤"),
        ("ATLAS_EXPORTS_AT_ONCE", "9" * 5000),
        ("ATLAS_MAX_CONTENT_LENGTH", "-1"),
    ],
)
def test_a_value_that_does_not_fit_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(BadInput, match=variable):
        read_settings({variable: value})
