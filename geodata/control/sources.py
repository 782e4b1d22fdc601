"""Say whose word a report is: which reports are one source, and on which side it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.control.alliance import PARTISAN_SIDES
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

    Copying is followed through (a copies b, c copies b: all three are one), as
    `geodata.curated.checks.independent_origins` does for events; an outlet that only carries two others
    does not make these one. The alignment is that of the publisher whose reporting it is.

    Returns
    -------
    dict of report id to Source
    """
    reports = tuple(reports)
    origins = {report.origin_id for report in reports}
    known = {item.publisher_id: item for item in publishers}
    group: dict[str, str] = {}

    def root(name: str) -> str:
        while group.get(name, name) != name:
            name = group[name]
        return name

    for origin in sorted(origins & known.keys()):
        for other in origins.intersection(known[origin].copies):
            first, second = sorted((root(origin), root(other)))
            group[second] = first
    return {
        report.report_id: Source(
            root(report.origin_id),
            known[report.origin_id].alignment if report.origin_id in known else "unknown",
        )
        for report in reports
    }
