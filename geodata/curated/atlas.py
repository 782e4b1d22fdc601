"""The curated tables as objects."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.model import (
    Claim,
    ControlArea,
    Event,
    Faction,
    Membership,
    Place,
    Publisher,
    Report,
    Side,
    Statement,
)


@dataclass(frozen=True, slots=True)
class CuratedAtlas:
    """All curated data, checked: ids are unique and every reference resolves."""

    places: tuple[Place, ...]
    sides: tuple[Side, ...]
    factions: tuple[Faction, ...]
    memberships: tuple[Membership, ...]
    publishers: tuple[Publisher, ...]
    reports: tuple[Report, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    areas: tuple[ControlArea, ...]
    statements: tuple[Statement, ...]

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        return {name: len(getattr(self, name)) for name in self.__slots__}
