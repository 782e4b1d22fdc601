"""The columnar index that maps, filters and exports read."""

from geodata.index.event_index import EventIndex
from geodata.index.query import FILTERS, EventQuery, Filter

__all__ = ["FILTERS", "EventIndex", "EventQuery", "Filter"]
