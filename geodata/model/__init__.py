"""What the atlas talks about."""

from geodata.model.control import ControlArea, Side, Statement
from geodata.model.event import Claim, Event, Figures, Party
from geodata.model.faction import Faction, Membership
from geodata.model.place import Place
from geodata.model.report import Publisher, Report

__all__ = [
    "Claim",
    "ControlArea",
    "Event",
    "Faction",
    "Figures",
    "Membership",
    "Party",
    "Place",
    "Publisher",
    "Report",
    "Side",
    "Statement",
]
