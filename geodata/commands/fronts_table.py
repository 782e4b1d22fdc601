"""What ``scripts/compare_fronts`` prints: a table of days for people, one document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any

from geodata.control.compare import FrontDistances
from geodata.control.compare_days import DayComparison
from geodata.control.drawn import DrawnFronts
from geodata.gazetteer.readers.result import ascii_marks

_HEAD = (
    "             theirs       front, km       ours to theirs, km   theirs to ours, km",
    "day          drawn on     ours    theirs  mean    95 %         mean    95 %        IoU    by holder",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that one run of the command found.

    Parameters
    ----------
    theirs : DrawnFronts
        The drawn layer.
    match : mapping of str to str
        Holder ids by their names.
    settings : mapping
        What was asked for: level, between, band_m, step_m.
    left_out : int
        Statements that our map does not use.
    days : sequence of DayComparison
        In order.
    """

    theirs: DrawnFronts
    match: Mapping[str, str]
    settings: Mapping[str, Any]
    left_out: int
    days: Sequence[DayComparison]

    @property
    def unmatched(self) -> list[str]:
        """Return the names on their map that are nobody's here."""
        return [name for name in self.theirs.controllers if name not in self.match]

    @property
    def nothing(self) -> bool:
        """Tell whether nothing could be measured on any day."""
        return all(found.distances is None and found.iou_all is None for found in self.days)


def as_lines(found: Compared) -> Iterator[str]:
    """Yield the table for people, line by line."""
    theirs = found.theirs
    terms = "; ".join(filter(None, (theirs.source, theirs.licence, theirs.attribution)))
    drawn = f"{len(theirs.features):,} lines and areas, {len(theirs.snapshots):,} snapshots"
    yield ascii_marks(f"{theirs.title}: {drawn}" + (f" ({terms})" if terms else ""))
    settings = found.settings
    which = f"front between {' and '.join(settings['between'])}" if settings["between"] else "all fronts"
    yield (
        f"Compared by {settings['level']}: {which}, a point every {settings['step_m']:g} m;"
        f" areas within {settings['band_m'] / 1000:g} km of either front."
    )
    if found.match:
        pairs = (f"{name} = {holder}" for name, holder in found.match.items())
        yield ascii_marks(f"Their names: {', '.join(pairs)}")
    if found.unmatched:
        yield ascii_marks(f"Not matched (--match NAME=HOLDER): {', '.join(found.unmatched)}")
    if found.left_out:
        yield f"{found.left_out:,} statements are not used by our map."
    yield ""
    yield from _HEAD
    yield from (_line(one) for one in found.days)
    measured = [one.distances for one in found.days if one.distances]
    if len(measured) > 1:
        mean = FrontDistances(
            *(sum(each) / len(measured) for each in zip(*map(_four, measured), strict=True))
        )
        yield f"{f'mean of {len(measured):,} days':42}{_distances(mean)}".rstrip()
    told = list(_notes(found.days))
    if told:
        yield ""
        yield from told


def as_json(found: Compared) -> dict[str, Any]:
    """Return everything as one JSON document; lengths in metres and kilometres as their names say."""
    theirs = found.theirs
    return {
        "drawn": {
            "id": theirs.layer_id,
            "title": theirs.title,
            "source": theirs.source,
            "licence": theirs.licence,
            "attribution": theirs.attribution,
            "features": len(theirs.features),
            "skipped": theirs.skipped,
            "snapshots": [day.isoformat() for day in theirs.snapshots],
            "rejected": [asdict(fault) for fault in theirs.rejected],
        },
        "settings": dict(found.settings),
        "match": dict(found.match),
        "unmatched": found.unmatched,
        "statements_left_out": found.left_out,
        "days": [
            {
                "day": one.day.isoformat(),
                "drawn_on": one.drawn_on.isoformat() if one.drawn_on else None,
                "our_km": round(one.our_km, 3),
                "their_km": round(one.their_km, 3),
                "distances": _rounded(one.distances),
                "iou": {holder: _share(iou) for holder, iou in one.iou.items()},
                "iou_all": _share(one.iou_all),
                "notes": list(one.notes),
            }
            for one in found.days
        ],
    }


def _line(one: DayComparison) -> str:
    shares = ", ".join(f"{holder} {'–' if iou is None else f'{iou:.2f}'}" for holder, iou in one.iou.items())
    iou = "–" if one.iou_all is None else f"{one.iou_all:.2f}"
    fronts = f"{one.our_km:<8.1f}{one.their_km:<8.1f}"
    begins = f"{one.day}   {one.drawn_on or '–'!s:13}{fronts}"
    return f"{begins}{_distances(one.distances)}{iou:7}{shares}".rstrip()


def _distances(found: FrontDistances | None) -> str:
    numbers = ["–"] * 4 if found is None else [f"{metres / 1000:.2f}" for metres in _four(found)]
    return f"{numbers[0]:8}{numbers[1]:13}{numbers[2]:8}{numbers[3]:12}"


def _four(found: FrontDistances) -> tuple[float, float, float, float]:
    return (
        found.mean_to_theirs_m,
        found.p95_to_theirs_m,
        found.mean_to_ours_m,
        found.p95_to_ours_m,
    )


def _notes(days: Sequence[DayComparison]) -> Iterator[str]:
    """Yield what was noted, once for each run of days with the same notes."""
    for notes, group in groupby(days, key=lambda one: one.notes):
        run: list[date] = [one.day for one in group]
        when = str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}"
        yield from (ascii_marks(f"{when}: {note}") for note in notes)


def _rounded(found: FrontDistances | None) -> dict[str, float] | None:
    return None if found is None else {name: round(metres, 1) for name, metres in asdict(found).items()}


def _share(iou: float | None) -> float | None:
    return None if iou is None else round(iou, 4)
