"""Areas of control and frontlines on any day, derived from dated statements, and fronts drawn by others."""

from __future__ import annotations

__all__: list[str] = []
