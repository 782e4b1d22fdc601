"""The timeline of control: who held which place when, from dated statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.control import frames
from geodata.control.alliance import Alliance
from geodata.control.area_statements import with_areas
from geodata.control.book import Book
from geodata.control.cells import Coverage
from geodata.control.evidence import Reader, Rejection
from geodata.control.explain import Explanation, explain
from geodata.control.ground import Ground
from geodata.control.inference import filled
from geodata.control.intervals import Intervals, Names, edge_spans, intervals
from geodata.control.own import own_histories
from geodata.control.rules import ControlRules
from geodata.control.segments import NOBODY, Segments, differing, replaced
from geodata.control.sources import Source
from geodata.control.styles import Break, drawn_histories
from geodata.errors import BadInput
from geodata.model import ControlArea, Place, Statement


class ControlTimeline:
    """Derive who held which place on any day from dated statements.

    Parameters
    ----------
    places : iterable of Place
        What has a cell (places with a point), and the administrative areas that statements speak of.
    statements : iterable of Statement
        In any order. What cannot be used is listed in `rejected`.
    area : Polygon or MultiPolygon, optional
        EPSG:4326 (longitude, latitude); without it everything within ``rules.reach_m`` of a stated place.
    rules : ControlRules
        The numbers of the rules.
    sources : mapping of report id to Source, optional
        Whose word each report is (`geodata.control.sources_of`); a report without one is a source of its own.
    alliance : Alliance, optional
        Who counts as one holder; without it every faction by itself.
    areas : mapping of area id to ControlArea, optional
        Drawn areas that statements speak of.

    Raises
    ------
    BadInput
        When the area is no polygon.
    ControlFault
        When no valid cells can be drawn.
    """

    def __init__(
        self,
        places: Iterable[Place],
        statements: Iterable[Statement],
        area: shapely.Geometry | None = None,
        *,
        rules: ControlRules | None = None,
        sources: Mapping[str, Source] | None = None,
        alliance: Alliance | None = None,
        areas: Mapping[str, ControlArea] | None = None,
    ) -> None:
        self.rules = rules or ControlRules()
        self.alliance = alliance or Alliance()
        self.sources = dict(sources or {})
        self.drawn_areas = dict(areas or {})
        self._places = {place.place_id: place for place in places}
        self._area = area
        self._build(list(statements))

    def _build(self, given: list[Statement]) -> None:
        # First, because it may fail: what stands then stays as it is.
        self.ground = Ground(self._places, self.drawn_areas, given, self._area, self.rules.reach_m)
        self._given = given
        self.reader = Reader(self.rules, self.sources, self.alliance, self.ground.locate)
        self.book = Book(self.rules, self.alliance, self.reader)
        self.reader.read_all(self._given)
        every = np.arange(len(self.coverage))
        self._own = own_histories(self.book, every.tolist())
        self.known = self._with_areas()
        """What statements about places and areas say, without what is inferred: the rows of `segments`."""
        self.segments = filled(self.coverage.points_m, every, self.known, self.rules)
        """Everything derived: one row (`geodata.control.segments.SEGMENT`) whenever anything changes."""
        self._forget()

    def _with_areas(self) -> Segments:
        found = with_areas(self.book, self._own, self.coverage.points_m, self.ground.cells_in).copy()
        # However many say so, nothing that is only reported is sure.
        found["support"] = np.minimum(found["support"], self.rules.most_certain)
        return found

    def _forget(self) -> None:
        for name in ("day_range", "names", "holders", "_spans", "_cell_spans"):
            self.__dict__.pop(name, None)
        self._days: dict[int, frames.Day] = {}

    @property
    def coverage(self) -> Coverage:
        """Return the cells."""
        return self.ground.coverage

    @property
    def rejected(self) -> tuple[Rejection, ...]:
        """Return the statements that are left out, and why, by their ids."""
        return tuple(self.reader.rejected)

    @cached_property
    def day_range(self) -> tuple[date, date] | None:
        """Return the first and last day of the statements that are used, None when there are none."""
        used = self.reader.statements
        if not used:
            return None
        return min(item.date_start for item in used), max(item.date_end for item in used)

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Return the ids of all who ever hold or contest a place, sorted: `styles` tells positions."""
        numbers = set(np.unique(self.segments["holder"]).tolist()) - {NOBODY}
        for number in np.unique(self.segments["parties"]).tolist():
            numbers.update(self.book.parties.values[number])
        return tuple(sorted(self.book.holders[number] for number in numbers))

    @cached_property
    def names(self) -> Names:
        """Return what stands for the numbers in segments."""
        places = np.full(len(self.coverage), None, dtype=object)
        # Of places at one spot the one that stands first names the cell.
        for name, cell in reversed(list(self.coverage.cell_of.items())):
            places[cell] = name
        holders = [*self.book.holders, None]
        statements = self.reader.statements
        return Names(
            places=places,
            holders=_objects(holders),
            parties=_objects(
                [tuple(self.book.holders[party] for party in value) for value in self.book.parties.values]
            ),
            ids=_objects(
                [tuple(statements[number].statement_id for number in value) for value in self.book.ids.values]
            ),
        )

    @cached_property
    def _spans(self) -> NDArray[Any]:
        return edge_spans(self.segments, self.coverage.edges)

    @cached_property
    def _cell_spans(self) -> frames.Spans:
        return frames.Spans.of(self.segments)

    def on_day(self, day: date) -> frames.Day:
        """Return each cell's row of `segments` on a day, with its certainty that day."""
        number = day.toordinal()
        found = self._days.get(number)
        if found is None:
            found = frames.on_day(self.coverage, self.segments, self._cell_spans, number, self.rules)
            # Put down and not changed: other threads may be reading the days that were kept.
            kept = list(self._days.items())[1 - _DAYS_KEPT :]
            self._days = {**dict(kept), number: found}
        return found

    def areas(self, day: date, dissolve: bool = False) -> gpd.GeoDataFrame:
        """Return who held what on a day.

        Parameters
        ----------
        day : date
            Any day.
        dissolve : bool
            Join the cells of one holder, state, inferred or not, uncertain or not.

        Returns
        -------
        GeoDataFrame, EPSG:4326
            A row a cell: ``place_id``, ``controller`` (None when unknown), ``state`` (held, contested,
            unknown), ``basis`` (stated, area, implied, inferred, none), ``certainty`` (0 to 1, that day),
            ``uncertain``, ``parties`` (when contested), ``valid_from`` and ``valid_to`` (half-open; NaT is
            open), ``last_confirmed``, ``statement_ids``. Joined: ``controller``, ``state``, ``inferred``,
            ``uncertain``, ``certainty`` (mean), ``cells`` (how many), ``last_confirmed`` (the latest).
        """
        today = self.on_day(day)
        if dissolve:
            return frames.dissolved_frame(self.coverage, today, self.names)
        return frames.areas_frame(self.coverage, today, self.names)

    def fronts(self, day: date) -> gpd.GeoDataFrame:
        """Return the edges between different holders on a day.

        Returns
        -------
        GeoDataFrame, EPSG:4326
            A row an edge: ``side_a`` and ``side_b`` (in the order of their ids), ``state`` (contested when
            one of both cells is), ``certainty`` (the lesser), ``uncertain`` (when one of both is),
            ``valid_from`` and ``valid_to`` (half-open), ``last_confirmed`` (the later), ``statement_ids``,
            ``left_place_id``, ``right_place_id``, seen along the line.
        """
        return frames.fronts_frame(self.coverage, self._spans, self.on_day(day), self.names, day.toordinal())

    def intervals(self) -> Intervals:
        """Return every cell and edge once for each half-open time in which it stays the same."""
        return intervals(self.segments, self._spans, self.coverage.edges, self.names)

    def changes(self, start: date, end: date) -> pd.DataFrame:
        """Return what differs between two days.

        Returns
        -------
        DataFrame
            ``place_id``, ``from_controller``, ``to_controller``, ``from_state``, ``to_state``, ``day`` (since
            when it is as on the second day), ``statement_ids``.

        Raises
        ------
        BadInput
            When the second day lies before the first.
        """
        if end < start:
            raise BadInput(f"{end} lies before {start}: give the earlier day first", where="to")
        return frames.changes_frame(self.on_day(start), self.on_day(end), self.names)

    def explain(self, place_id: str, day: date) -> Explanation:
        """Say why a place counts as its holder's on a day: which statements, under which rule.

        Raises
        ------
        UnknownPlace
            When the place has no cell.
        """
        return explain(self, place_id, day)

    def styles(self) -> list[list[Break]]:
        """Return for each cell how it is drawn from when: (first day, position in `holders`, style).

        The day is an ordinal, 0 for before all days; nobody is -1. Style 0 is unknown, 1 firm, 2 uncertain,
        3 inferred or implied, 4 contested. A day on which certainty near a front falls below
        ``rules.firm_support``, or the front moves away again, is a break of its own.
        """
        place = {name: position for position, name in enumerate(self.holders)}
        positions = np.array([*(place.get(name, NOBODY) for name in self.book.holders), NOBODY])
        return drawn_histories(self.coverage, self.segments, self._spans, self.rules, positions)

    def add(self, statement: Statement) -> None:
        """Take one more statement: only what it touches is derived again.

        Afterwards everything is as if the statement had been there from the start. Everything is derived
        again when it makes the default area larger or changes which others can be used (a second spelling
        of a faction, an id that stands twice).
        """
        if self.reader.needs_rebuild(statement) or self.ground.would_grow(statement):
            self._build([*self._given, statement])
            return
        self._given.append(statement)
        where = self.reader.read(statement)
        self._forget()
        if where is None:
            return
        if isinstance(where, int):
            fresh = own_histories(self.book, [where])
            self._own = replaced(self._own, np.array([where]), fresh)
        before, self.known = self.known, self._with_areas()
        changed = differing(before, self.known, len(self.coverage))
        cells = self._within_reach(changed)
        fresh = filled(self.coverage.points_m, cells, self.known, self.rules)
        self.segments = replaced(self.segments, cells, fresh)

    def _within_reach(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the cells (ascending) that may be inferred from some cells, and these."""
        points = self.coverage.points_m
        near = np.zeros(len(points), dtype=bool)
        near[cells] = True
        if len(cells) < _FEW:
            for middle in points[cells]:
                near |= ((points - middle) ** 2).sum(axis=1) <= self.rules.reach_m**2
        else:
            tree = shapely.STRtree(shapely.points(points[cells]))
            asking, _ = tree.query(shapely.points(points), predicate="dwithin", distance=self.rules.reach_m)
            near[asking] = True
        return np.flatnonzero(near)


_DAYS_KEPT = 8
_FEW = 20
"""As many cells are compared with all others one by one in less time than a tree of all takes to make."""


def _objects(values: list[Any]) -> NDArray[np.object_]:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
