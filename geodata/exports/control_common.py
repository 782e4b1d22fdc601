"""What both exports of control share: what is asked for, the head of the collection, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from geodata.control.holders import holder_of
from geodata.control.timeline import ControlTimeline
from geodata.exports.geojson import ATTRIBUTION, LICENCE
from geodata.index.event_index import Snapshot
from geodata.index.sentence import ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSelection:
    """Which map of control is exported: one day, or every interval that overlaps a range of days.

    Parameters
    ----------
    level : str
        Of alliance: ``side``, ``room`` or ``faction``.
    first, last : date
        Both inclusive; the same day twice for the map of one day.
    is_one_day : bool
        Whether a day was asked for and not a range.
    dissolve : bool
        Whether neighbouring cells of one holder are joined.
    """

    level: str
    first: date
    last: date
    is_one_day: bool
    dissolve: bool = False


@dataclass(frozen=True, slots=True)
class ControlSource:
    """Where an export is made from: the timeline of a level, and the snapshot that it was derived from."""

    timeline: ControlTimeline
    snapshot: Snapshot
    level: str

    def named(self, holder_id: str | None, prefix: str) -> dict[str, str | None]:
        """Return a holder's id and names as properties: ``side_a``, ``side_a_en``, ``side_a_ar``."""
        if holder_id is None:
            return {prefix: None, f"{prefix}_en": None, f"{prefix}_ar": None}
        holder = holder_of(
            holder_id, level=self.level, sides=self.snapshot.sides, factions=self.snapshot.factions
        )
        return {prefix: holder.holder_id, f"{prefix}_en": holder.name_en, f"{prefix}_ar": holder.name_ar}

    def place(self, place_id: str | None, prefix: str = "place") -> dict[str, str | None]:
        """Return a place's id and names as properties: ``place_id``, ``place_en``, ``place_ar``."""
        place = self.snapshot.places.get(place_id or "")
        return {
            f"{prefix}_id": place_id,
            f"{prefix}_en": place.name_en or None if place else None,
            f"{prefix}_ar": place.name_ar or None if place else None,
        }


def _rule(value: object) -> object:
    return {str(key): weight for key, weight in value.items()} if isinstance(value, Mapping) else value


def head(
    name: str, description: str, source: ControlSource, selection: ControlSelection
) -> dict[str, object]:
    """Return the members of the collection beside its features: what this is, from what, under which rules.

    Parameters
    ----------
    name : str
        ``control`` or ``fronts``.
    description : str
        What is shown, in words, without the days.
    source, selection
        What is exported.
    """
    timeline = source.timeline
    rejected = timeline.rejected
    days = (
        {"on": selection.first} if selection.is_one_day else {"from": selection.first, "to": selection.last}
    )
    return {
        "type": "FeatureCollection",
        "name": name,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "description": f"{description}, {ENGLISH.days(selection.first, selection.last)}. "
        "Derived from dated statements of public reports by the rules below; it is no survey on the ground.",
        **{parameter: day.isoformat() for parameter, day in days.items()},
        "level": selection.level,
        "dissolve": selection.dissolve,
        "revision": source.snapshot.revision,
        "rules": {item.name: _rule(getattr(timeline.rules, item.name)) for item in fields(timeline.rules)},
        "statements": len(source.snapshot.statements),
        "not_drawn": {
            "count": len(rejected),
            "by_field": dict(sorted(Counter(item.field for item in rejected).items())),
            "statements": [asdict(item) for item in rejected],
        },
    }
