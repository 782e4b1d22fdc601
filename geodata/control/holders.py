"""Names and colours of whoever holds ground, at each level of alliance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.model import Faction, Side


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds ground at one level of alliance: a side, an operations room or a single party.

    Parameters
    ----------
    holder_id : str
        Of the side or of the faction.
    name_en, name_ar : str
        Short neutral names.
    colour : str
        ``#rrggbb``.
    """

    holder_id: str
    name_en: str
    name_ar: str
    colour: str

    def name(self, language: str) -> str:
        """Return the name in ``ar`` or ``en``."""
        return self.name_ar if language == "ar" else self.name_en


_NOBODY_KNOWS = "#777777"


def holder_of(
    holder_id: str, *, level: str, sides: Mapping[str, Side], factions: Mapping[str, Faction]
) -> Holder:
    """Return the holder of an id that `geodata.control.Alliance.holder` gave at a level.

    A side and a party may share their id ("is"); at the level of sides the side is meant. A party that is on
    no side stands for itself, and an id that nobody knows is shown as it is.
    """
    known: Side | Faction | None = sides.get(holder_id) if level == "side" else None
    known = known or factions.get(holder_id)
    if known is None:
        return Holder(holder_id, holder_id, holder_id, _NOBODY_KNOWS)
    return Holder(holder_id, known.name_en, known.name_ar or known.name_en, known.colour)
