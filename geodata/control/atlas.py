"""The timeline of control of the whole atlas, at a level of alliance."""

from __future__ import annotations

from geodata.control.alliance import Alliance, Level
from geodata.control.rules import ControlRules
from geodata.control.sources import sources_of
from geodata.control.timeline import ControlTimeline
from geodata.gazetteer.layers import SETTLEMENT_KINDS
from geodata.index.event_index import Snapshot
from geodata.model.codebook import AREA_KINDS


def timeline_of(
    snapshot: Snapshot, level: Level = "side", *, rules: ControlRules | None = None
) -> ControlTimeline:
    """Derive the timeline of control from everything that a snapshot of the atlas holds.

    Places with a cell are those that statements name, and the gazetteer's settlements within
    ``rules.reach_m`` of them.

    Parameters
    ----------
    snapshot : Snapshot
        One revision of the atlas.
    level : str
        ``side``, ``room`` or ``faction``: who counts as one holder.
    rules : ControlRules, optional
        The numbers of the rules.

    Raises
    ------
    BadInput
        When the level is not one of `geodata.control.LEVELS`.
    """
    stated = {statement.place_id for statement in snapshot.statements}
    return ControlTimeline(
        (
            place
            for place in snapshot.places.values()
            if place.place_id in stated or place.kind in SETTLEMENT_KINDS or place.kind in AREA_KINDS
        ),
        snapshot.statements,
        rules=rules,
        sources=sources_of(snapshot.reports.values(), snapshot.publishers.values()),
        alliance=Alliance.of(
            snapshot.factions.values(), snapshot.memberships, snapshot.sides.values(), level=level
        ),
        areas=snapshot.areas,
    )
