"""One module a format; `EXPORTS` finds them by their extension."""

from geodata.exports.registry import EXPORTS

__all__ = ["EXPORTS"]
