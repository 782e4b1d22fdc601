"""Say who counts as one holder: each faction, its operations room, or its side."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from geodata.errors import BadInput
from geodata.model import Faction, Membership, Side

Level = Literal["side", "room", "faction"]
LEVELS: tuple[Level, ...] = get_args(Level)

PARTISAN_SIDES: Mapping[str, str] = MappingProxyType(
    {"pro_government": "government", "opposition": "opposition", "kurdish_led": "sdf"}
)
"""Which side a publisher of an alignment speaks for: its word for that side is self-serving."""


@dataclass(frozen=True, slots=True)
class Alliance:
    """Map factions to the holders that are compared with each other.

    Parameters
    ----------
    level : str
        ``side``, ``room`` (any group that the faction belongs to that day) or ``faction``.
    sides : mapping of faction id to side id
        Also says at every level whose word is self-serving.
    rooms : mapping of faction id to (ordinals, group ids)
        From each day on (`datetime.date.toordinal`, ascending) the group; None where it belongs to none.
    known : frozenset of str, optional
        All faction ids; None accepts any.
    """

    level: Level = "faction"
    sides: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, tuple[tuple[int, ...], tuple[str | None, ...]]] = field(default_factory=dict)
    known: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        factions: Iterable[Faction],
        memberships: Iterable[Membership] = (),
        sides: Iterable[Side] = (),
        level: Level = "side",
    ) -> Alliance:
        """Make the alliance of a level from the atlas's parties.

        A faction in several groups at once counts with the one that it joined last.

        Raises
        ------
        BadInput
            When the level is not one of `LEVELS`.
        """
        if level not in LEVELS:
            raise BadInput(f"{level!r:.40} is not one of {', '.join(LEVELS)}", where="level")
        factions = tuple(factions)
        side_ids = {side.side_id for side in sides}
        return cls(
            level=level,
            sides={
                item.faction_id: item.side_id
                for item in factions
                if item.side_id and item.side_id in side_ids
            },
            rooms=_rooms(memberships) if level == "room" else {},
            known=frozenset(item.faction_id for item in factions),
        )

    def side(self, faction_id: str) -> str:
        """Return the side of a faction, itself when it has none."""
        return self.sides.get(faction_id, faction_id)

    def holder(self, faction_id: str, day: date) -> str:
        """Return whom a faction counts as on a day: a side, a group or itself."""
        return self.holder_on(faction_id, day.toordinal())

    def holder_on(self, faction_id: str, day: int) -> str:
        """Return the same as `holder` for a day's ordinal."""
        if self.level == "side":
            return self.side(faction_id)
        seen = {faction_id}
        while group := self._room(faction_id, day):
            if group in seen:
                break
            seen.add(group)
            faction_id = group
        return faction_id

    def changes(self, faction_id: str) -> tuple[int, ...]:
        """Return the days (ordinals) on which the holder of a faction may become another."""
        days: set[int] = set()
        waiting, seen = [faction_id], {faction_id}
        while waiting:
            starts, groups = self.rooms.get(waiting.pop(), ((), ()))
            days.update(starts)
            fresh = {group for group in groups if group} - seen
            seen |= fresh
            waiting += fresh
        return tuple(sorted(days))

    def _room(self, faction_id: str, day: int) -> str | None:
        starts, groups = self.rooms.get(faction_id, ((), ()))
        position = bisect_right(starts, day)
        return groups[position - 1] if position else None


def _rooms(
    memberships: Iterable[Membership],
) -> dict[str, tuple[tuple[int, ...], tuple[str | None, ...]]]:
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for item in memberships:
        start = item.start.toordinal() if item.start else date.min.toordinal()
        end = item.end.toordinal() if item.end else date.max.toordinal()
        spans[item.member_id].append((start, end, item.group_id))
    rooms = {}
    for member, found in spans.items():
        # An open end is no day on which anything changes.
        days = sorted({day for start, end, _ in found for day in (start, end)} - {date.max.toordinal()})
        groups = [
            max(((start, group) for start, end, group in found if start <= day < end), default=(0, None))[1]
            for day in days
        ]
        rooms[member] = (tuple(days), tuple(groups))
    return rooms
