"""Armed and political parties, and who belongs to which group when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Faction:
    """An armed or political party as reports name it.

    Parameters
    ----------
    faction_id : str
        Stable slug.
    name_en, name_ar : str
        Short neutral names.
    long_name_en, long_name_ar : str
        Full neutral names.
    aliases : tuple of str
        Names as reports write them; for matching, never shown as our own words.
    kind : str
        One of `geodata.model.codebook.FACTION_KINDS` (ACLED's actor types).
    is_group : bool
        True when the party stands for members (see `Membership`).
    colour : str
        ``#rrggbb``.
    side_id : str or None
        The side on which it holds ground (`geodata.model.Side`); None for civilians, protesters and
        parties that nobody identified.
    note : str
        For editors and readers.
    """

    faction_id: str
    name_en: str
    name_ar: str
    long_name_en: str
    long_name_ar: str
    aliases: tuple[str, ...] = ()
    kind: str
    is_group: bool = False
    colour: str
    side_id: str | None = None
    note: str = ""

    def name(self, language: str) -> str:
        """Return the short name in ``ar`` or ``en``."""
        return self.name_ar if language == "ar" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A member of a group during [start, end), half-open; None is unbounded; `report_id` says so."""

    group_id: str
    member_id: str
    start: date | None = None
    end: date | None = None
    report_id: str | None = None
    note: str = ""

    def overlaps(self, first: date, last: date) -> bool:
        """Tell whether the membership holds on some day of [first, last], both inclusive."""
        return (self.start is None or self.start <= last) and (self.end is None or self.end > first)
