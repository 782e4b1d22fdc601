"""The export formats by their extension."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from geodata.exports import control, fronts, geojson

EXPORTS: Mapping[str, ModuleType] = MappingProxyType({module.EXTENSION: module for module in (geojson,)})
"""Formats by extension; each module has MEDIA_TYPE, EXTENSION and ``stream(query, snapshot)``."""

CONTROL_EXPORTS: Mapping[str, ModuleType] = MappingProxyType({one.NAME: one for one in (control, fronts)})
"""Exports of control by name; each module has MEDIA_TYPE, EXTENSION and ``stream(source, selection)``."""
