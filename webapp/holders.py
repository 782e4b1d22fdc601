"""Levels of alliance and who holds ground at each, as the page and the API name them."""

from __future__ import annotations

from typing import Any

from geodata.control.alliance import LEVELS, Alliance, Level
from geodata.control.holders import Holder, holder_of
from geodata.index.event_index import Snapshot
from webapp.languages import language
from webapp.messages import label


def holder_json(holder: Holder) -> dict[str, str]:
    """Return who holds ground: id, name in the reader's language, colour."""
    return {"id": holder.holder_id, "name": holder.name(language()), "colour": holder.colour}


def levels_json() -> list[dict[str, str]]:
    """Return the levels of alliance with their labels."""
    return [{"id": level, "label": label("control_levels", level)} for level in LEVELS]


def _holders(now: Snapshot, level: Level) -> list[dict[str, str]]:
    """Return everyone whom a statement may make a holder at a level."""
    named = {
        faction_id
        for item in now.statements
        for faction_id in (item.faction_id, item.from_faction_id, item.to_faction_id)
        if faction_id
    }
    alliance = Alliance.of(now.factions.values(), now.memberships, now.sides.values(), level)
    days = {item.date_start for item in now.statements} | {item.date_end for item in now.statements}
    found = {alliance.holder(faction_id, day) for faction_id in named for day in days}
    holders = [holder_of(name, level=level, sides=now.sides, factions=now.factions) for name in sorted(found)]
    return [holder_json(holder) for holder in holders]


def control_config(now: Snapshot) -> dict[str, Any]:
    """Return what the page must know of control before it asks: levels, holders, first and last day."""
    starts = [item.date_start for item in now.statements]
    ends = [item.date_end for item in now.statements]
    return {
        "levels": levels_json(),
        "default_level": LEVELS[0],
        "holders": {level: _holders(now, level) for level in LEVELS},
        "date_min": min(starts).isoformat() if starts else None,
        "date_max": max(ends).isoformat() if ends else None,
    }
