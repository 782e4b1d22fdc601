"""Say whose word a report is: which reports are one source, and on which side it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.control.alliance import PARTISAN_SIDES
from geodata.curated.checks import origin_groups
from geodata.model import Publisher, Report


@dataclass(frozen=True, slots=True)
class Source:
    """Whose word a report is.

    Parameters
    ----------
    origin : str
        Reports of one origin count once, however many there are.
    alignment : str
        One of `geodata.model.codebook.ALIGNMENTS`.
    """

    origin: str
    alignment: str = "unknown"

    def is_self_serving(self, side_id: str) -> bool:
        """Tell whether the source speaks for the side that it says has a place."""
        return PARTISAN_SIDES.get(self.alignment) == side_id


def sources_of(reports: Iterable[Report], publishers: Iterable[Publisher]) -> dict[str, Source]:
    """Return the source of each report: origins who copy each other are one.

    They are grouped as `geodata.curated.checks.origin_groups` does for events. The alignment is that of the
    publisher whose reporting it is.

    Returns
    -------
    dict of report id to Source
    """
    reports = tuple(reports)
    known = {item.publisher_id: item for item in publishers}
    groups = origin_groups((report.origin_id for report in reports), known)
    source_of = {origin: min(group) for group in groups for origin in group}
    return {
        report.report_id: Source(
            source_of[report.origin_id],
            known[report.origin_id].alignment if report.origin_id in known else "unknown",
        )
        for report in reports
    }
