"""Who held what, as reports say it: statements, the areas they speak of, the sides parties stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one report says of who held, took or left one place or area.

    Parameters
    ----------
    statement_id : str
        Stable slug.
    place_id, area_id : str or None
        What it is about: exactly one of them. A place of an administrative kind or a region stands for
        the whole of its area.
    place_as_reported : str
        The name as the report writes it.
    status : str
        One of `geodata.model.codebook.STATEMENT_STATUSES`.
    faction_id : str
        Who captured, held, contested or left it; with ``denied``, who is said not to have it.
    from_faction_id : str or None
        Who lost it (``captured``) or the other party (``contested``); None when it is not said.
    to_faction_id : str or None
        Only with ``left``: the successor that the report names.
    date_start, date_end : date
        The earliest and the latest day, both inclusive.
    report_id : str
        Who says so.
    certainty : int
        One of `geodata.model.codebook.CERTAINTIES`.
    match : str
        How sure the reported name was matched to this place: one of `geodata.model.codebook.MATCHES`.
    checked : date or None
        When it was compared with its source again.
    note : str
        For editors and readers.
    """

    statement_id: str
    place_id: str | None = None
    area_id: str | None = None
    place_as_reported: str
    status: str
    faction_id: str
    from_faction_id: str | None = None
    to_faction_id: str | None = None
    date_start: date
    date_end: date
    report_id: str
    certainty: int
    match: str
    checked: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlArea:
    """An area that reports speak of and no gazetteer has, drawn by the editor.

    Parameters
    ----------
    area_id : str
        Stable slug.
    name_en, name_ar : str
        Short neutral names.
    outline : str
        WKT POLYGON or MULTIPOLYGON, longitude before latitude, degrees, EPSG:4326.
    note : str
        From what it was drawn.
    """

    area_id: str
    name_en: str
    name_ar: str
    outline: str
    note: str = ""

    def name(self, language: str) -> str:
        """Return the name in ``ar`` or ``en``."""
        return self.name_ar if language == "ar" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side of the conflict: parties that hold ground together on the map (`Faction.side_id`).

    Parameters
    ----------
    side_id : str
        Stable slug.
    name_en, name_ar : str
        Short neutral names.
    colour : str
        ``#rrggbb``.
    note : str
        For editors and readers.
    """

    side_id: str
    name_en: str
    name_ar: str
    colour: str
    note: str = ""

    def name(self, language: str) -> str:
        """Return the name in ``ar`` or ``en``."""
        return self.name_ar if language == "ar" else self.name_en
