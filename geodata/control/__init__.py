"""Areas of control and frontlines on any day, derived from dated statements, and fronts drawn by others."""

from __future__ import annotations

from geodata.control.alliance import LEVELS, Alliance, Level
from geodata.control.atlas import timeline_of
from geodata.control.cells import Coverage
from geodata.control.evidence import Rejection
from geodata.control.explain import Explanation
from geodata.control.intervals import Intervals
from geodata.control.rules import RULE_WORDS, ControlRules
from geodata.control.sources import Source, sources_of
from geodata.control.timeline import ControlTimeline

__all__ = [
    "LEVELS",
    "RULE_WORDS",
    "Alliance",
    "ControlRules",
    "ControlTimeline",
    "Coverage",
    "Explanation",
    "Intervals",
    "Level",
    "Rejection",
    "Source",
    "sources_of",
    "timeline_of",
]
