"""One module a format: `EXPORTS` by extension for events, `CONTROL_EXPORTS` by name for control."""

from geodata.exports.registry import CONTROL_EXPORTS, EXPORTS

__all__ = ["CONTROL_EXPORTS", "EXPORTS"]
