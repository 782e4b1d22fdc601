"""Publishers, and the reports that they published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes reports, from which side, and whom it is known to copy.

    Parameters
    ----------
    publisher_id : str
        Stable slug.
    name_en, name_ar : str
        Names.
    alignment : str
        One of `geodata.model.codebook.ALIGNMENTS`.
    copies : tuple of str
        Publishers whose texts it habitually carries: together they count as one source.
    note : str
        For editors and readers.
    """

    publisher_id: str
    name_en: str
    name_ar: str
    alignment: str
    copies: tuple[str, ...] = ()
    note: str = ""

    def name(self, language: str) -> str:
        """Return the name in ``ar`` or ``en``, falling back on English."""
        return (self.name_ar or self.name_en) if language == "ar" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published text, or one row of a published data set.

    Parameters
    ----------
    report_id : str
        Stable slug.
    publisher_id : str
        Who published this URL.
    origin_id : str
        The publisher whose reporting it is: another one when the text is a copy.
    about : str
        What it says, in a few words of our own.
    url : str
        http or https.
    language : str
        ISO 639-1 of the text.
    published : date or None
        Day of publication; None when the page shows none.
    retrieved : date or None
        Day on which the text was received; None when nobody noted it.
    sha256 : str or None
        Digest of what was received; None when nothing was kept.
    note : str
        For editors and readers.
    """

    report_id: str
    publisher_id: str
    origin_id: str
    about: str
    url: str
    language: str
    published: date | None = None
    retrieved: date | None = None
    sha256: str | None = None
    note: str = ""
