"""Reported events, and the claims that reports make about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """A count with its doubt: low ≤ best ≤ high, each None when unknown (never 0 for unknown)."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether anything is known at all."""
        return (self.low, self.best, self.high) != (None, None, None)

    def as_dict(self) -> dict[str, int | None] | None:
        """Return low, best and high by name, or None when nothing is known."""
        return {"low": self.low, "best": self.best, "high": self.high} if self.is_known else None

    @property
    def floor(self) -> int | None:
        """Return the best figure, or else the lowest; None where only "up to" is claimed."""
        return self.low if self.best is None else self.best

    @property
    def is_ordered(self) -> bool:
        """Tell whether low ≤ best ≤ high holds for those that are known, none being negative."""
        known = [value for value in (self.low, self.best, self.high) if value is not None]
        return known == sorted(known) and all(value >= 0 for value in known)


@dataclass(frozen=True, slots=True)
class Party:
    """A faction's part in an event; sides carry no blame (ACLED's actor 1 and 2)."""

    faction_id: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one report says of one event's field.

    Parameters
    ----------
    event_id, report_id : str
        Whose field, and who says so.
    field : str
        One of `geodata.model.codebook.CLAIM_FIELDS`.
    figures : Figures
        The numbers claimed.
    text_en, text_ar : str
        What is claimed, in our own neutral words.
    """

    event_id: str
    report_id: str
    field: str
    figures: Figures
    text_en: str = ""
    text_ar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing reported to have happened; it has at least one report.

    Parameters
    ----------
    event_id : str
        Stable id.
    date_start, date_end : date
        First and last day, both inclusive.
    date_precision : int
        UCDP GED ``date_prec``, 1 (the day) to 5 (more than a month).
    event_type, sub_event_type : str
        Slugs of ACLED's types (`geodata.model.codebook.TYPE_SLUGS`, ``SUBTYPE_SLUGS``).
    place_id : str or None
        Gazetteer place; None when the text names none that is known.
    place_as_reported : str
        The place in the words of the reports.
    location_precision : int
        UCDP GED ``where_prec``, 1 (exact) to 7.
    uncertainty_m : float or None
        Radius in metres where the text supports another than the codebook's.
    parties : tuple of Party
        Side a, side b and others.
    deaths, wounded, captured : Figures
        The editor's figures; every one is backed by claims.
    summary_en, summary_ar : str
        Neutral summaries in our own words.
    status : str
        reported, corroborated (two independent publishers) or disputed.
    aggregate : bool
        True for totals over several events, which are not added to single events.
    report_ids : tuple of str
        The reports, at least one.
    checked : date or None
        When the row was last compared with its source.
    note : str
        For editors and readers.
    """

    event_id: str
    date_start: date
    date_end: date
    date_precision: int
    event_type: str
    sub_event_type: str
    place_id: str | None
    place_as_reported: str
    location_precision: int
    uncertainty_m: float | None = None
    parties: tuple[Party, ...] = ()
    deaths: Figures = Figures()
    wounded: Figures = Figures()
    captured: Figures = Figures()
    summary_en: str
    summary_ar: str
    status: str
    aggregate: bool = False
    report_ids: tuple[str, ...]
    checked: date | None = None
    note: str = ""

    def summary(self, language: str) -> str:
        """Return the summary in ``ar`` or ``en``."""
        return self.summary_ar if language == "ar" else self.summary_en
