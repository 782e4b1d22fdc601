"""Every setting of the web application in one table; the environment overrides each as ``ATLAS_<NAME>``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from geodata.errors import BadInput
from geodata.gazetteer.geonames import DEFAULT_COUNTRIES

Value = str | int | bool

_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default (whose type it keeps) and what it does."""

    name: str
    default: Value
    help: str

    @property
    def variable(self) -> str:
        """Return the environment variable that overrides it."""
        return f"ATLAS_{self.name}"


SETTINGS = (
    Setting("DATABASE", "sqlite:///instance/atlas.sqlite", "SQLAlchemy URL of the store"),
    Setting(
        "GAZETTEER_COUNTRIES",
        ",".join(DEFAULT_COUNTRIES),
        "countries whose GeoNames places are taken over at set-up",
    ),
    Setting("ONLINE_LAYERS", True, "offer OpenStreetMap and satellite layers to readers who switch them on"),
    Setting("EXPORTS_AT_ONCE", 4, "exports running at once; a further one is answered 503 with Retry-After"),
    Setting("DRAWN_FRONTS", "", "folder of frontlines drawn by others, as GeoJSON; empty shows none"),
    Setting("TRUSTED_HOSTS", "", "comma-separated host names to answer to; empty answers to all"),
    Setting("MAX_CONTENT_LENGTH", 1_000_000, "largest request body in bytes"),
)
"""The settings that `webapp.create_app` reads."""


def comma_separated(text: str) -> list[str]:
    """Return the parts of a list written with commas, without blanks around them and without empty ones."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _read(setting: Setting, text: str) -> Value:
    if isinstance(setting.default, bool):
        if text.lower() not in {"true", "false", "1", "0"}:
            raise BadInput(f"is {text!r:.80}, must be true or false", where=setting.variable)
        return text.lower() in {"true", "1"}
    if isinstance(setting.default, int):
        if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
            raise BadInput(f"is {text!r:.80}, must be a whole number", where=setting.variable)
        return int(text)
    return text


def read_settings(environment: Mapping[str, str] = os.environ) -> dict[str, Value]:
    """Return every setting, from the environment where it is set there, else its default.

    Raises
    ------
    BadInput
        Naming the variable whose value does not fit.
    """
    return {
        item.name: _read(item, environment[item.variable]) if environment.get(item.variable) else item.default
        for item in SETTINGS
    }
