"""The export formats by their extension."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from geodata.exports import geojson

EXPORTS: Mapping[str, ModuleType] = MappingProxyType({module.EXTENSION: module for module in (geojson,)})
"""Formats by extension; each module has MEDIA_TYPE, EXTENSION and ``stream(query, snapshot)``."""
