"""One module a format; `EXPORTS` finds them by their extension."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from geodata.exports import geojson

EXPORTS: Mapping[str, ModuleType] = MappingProxyType({module.EXTENSION: module for module in (geojson,)})
"""Formats by extension; each module has MEDIA_TYPE, EXTENSION and ``stream(query, snapshot)``."""

__all__ = ["EXPORTS"]
