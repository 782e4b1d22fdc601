"""Tables with geometry: the areas and the fronts of one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.control.cells import Coverage
from geodata.control.dissolve import dissolve
from geodata.control.intervals import SAME, Names, as_days, or_none
from geodata.control.nearness import faded, front_edges, near_front
from geodata.control.rules import ControlRules
from geodata.control.segments import (
    BASES,
    CONTESTED,
    HELD,
    IMPLIED,
    INFERRED,
    STATES,
    Segments,
    at,
    ends,
    merged,
)
from geodata.geometry import WGS84

Objects = NDArray[np.object_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Day:
    """The row in force of each cell on one day, with its certainty that day and its interval's ends."""

    rows: Segments
    certainty: NDArray[np.float64]
    uncertain: NDArray[np.bool_]
    start: NDArray[Any]
    end: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Spans:
    """The intervals of cells: the first row of each, its first day and the day after its last."""

    row: Ints
    start: NDArray[Any]
    end: NDArray[Any]

    @classmethod
    def of(cls, table: Segments) -> Spans:
        """Find the intervals in a sorted table."""
        row = np.flatnonzero(merged(table, SAME))
        first = table[row]
        return cls(row, first["start"].copy(), ends(first))


def on_day(coverage: Coverage, table: Segments, spans: Spans, day: int, rules: ControlRules) -> Day:
    """Return each cell's row on a day (ordinal), what is left of its certainty, and since when it is so."""
    found = at(table, np.arange(len(coverage)), day)
    rows: Segments = table[found]
    near = near_front(coverage, front_edges(coverage, rows), rules.front_near_m)
    certainty = rows["support"].copy()
    certainty[near] = faded(rows["support"][near], rows["confirmed"][near], day, rules)
    certainty[rows["holder"] < 0] = 0.0
    uncertain = (rows["state"] == CONTESTED) | ((rows["state"] == HELD) & (certainty < rules.firm_support))
    span = np.searchsorted(spans.row, found, side="right") - 1
    return Day(rows, certainty, uncertain, spans.start[span], spans.end[span])


def areas_frame(coverage: Coverage, today: Day, names: Names) -> gpd.GeoDataFrame:
    """Return one row a cell; see `geodata.control.ControlTimeline.areas`."""
    rows = today.rows
    return gpd.GeoDataFrame(
        {
            "place_id": names.places,
            "controller": or_none(names.holders[rows["holder"]]),
            "state": np.array(STATES, dtype=object)[rows["state"]],
            "basis": np.array(BASES, dtype=object)[rows["basis"]],
            "certainty": today.certainty,
            "uncertain": today.uncertain,
            "parties": names.parties[rows["parties"]],
            "valid_from": as_days(today.start),
            "valid_to": as_days(today.end),
            "last_confirmed": as_days(rows["confirmed"]),
            "statement_ids": names.ids[rows["ids"]],
        },
        geometry=coverage.polygons,
        crs=WGS84,
    )


def dissolved_frame(coverage: Coverage, today: Day, names: Names) -> gpd.GeoDataFrame:
    """Return one row a holder, state, whether inferred and whether uncertain."""
    rows = today.rows
    inferred = np.isin(rows["basis"], (IMPLIED, INFERRED))
    number = rows["holder"].astype(np.int64) + 1
    key = ((number * len(STATES) + rows["state"]) * 2 + inferred) * 2 + today.uncertain
    joined = dissolve(coverage, key)
    cells = [np.flatnonzero(key == name) for name in joined]
    first = np.array([found[0] for found in cells], dtype=np.int64)
    return gpd.GeoDataFrame(
        {
            "controller": or_none(names.holders[rows["holder"][first]]),
            "state": np.array(STATES, dtype=object)[rows["state"][first]],
            "inferred": inferred[first],
            "uncertain": today.uncertain[first],
            "certainty": [float(today.certainty[found].mean()) for found in cells],
            "cells": [len(found) for found in cells],
            "last_confirmed": as_days(
                np.array([rows["confirmed"][found].max() for found in cells], dtype=np.int64)
            ),
        },
        geometry=list(joined.values()),
        crs=WGS84,
    )


def fronts_frame(
    coverage: Coverage, spans: NDArray[Any], today: Day, names: Names, day: int
) -> gpd.GeoDataFrame:
    """Return one row an edge that is a front on a day; see `geodata.control.ControlTimeline.fronts`."""
    now = spans[(spans["start"] <= day) & (day < spans["end"])]
    cells = coverage.edges[now["edge"]]
    holders = names.holders[np.column_stack([now["left"], now["right"]])]
    swap = holders[:, 0] > holders[:, 1]
    sides = np.where(swap[:, None], holders[:, ::-1], holders)
    rows = today.rows[cells]
    return gpd.GeoDataFrame(
        {
            "side_a": sides[:, 0],
            "side_b": sides[:, 1],
            "state": np.array(STATES, dtype=object)[now["state"]],
            "certainty": today.certainty[cells].min(axis=1),
            "uncertain": today.uncertain[cells].any(axis=1),
            "valid_from": as_days(now["start"]),
            "valid_to": as_days(now["end"]),
            "last_confirmed": as_days(rows["confirmed"].max(axis=1)),
            "statement_ids": _both(names.ids[rows["ids"]]),
            "left_place_id": names.places[cells[:, 0]],
            "right_place_id": names.places[cells[:, 1]],
        },
        geometry=coverage.edge_lines(now["edge"]),
        crs=WGS84,
    )


def _both(ids: Objects) -> Objects:
    found = np.empty(len(ids), dtype=object)
    for position, (left, right) in enumerate(ids):
        found[position] = tuple(dict.fromkeys([*left, *right]))
    return found


def changes_frame(before: Day, after: Day, names: Names) -> pd.DataFrame:
    """Return the cells whose holder or state differs between two days."""
    differ = np.flatnonzero(
        (before.rows["holder"] != after.rows["holder"]) | (before.rows["state"] != after.rows["state"])
    )
    old, new = before.rows[differ], after.rows[differ]
    states = np.array(STATES, dtype=object)
    return pd.DataFrame(
        {
            "place_id": names.places[differ],
            "from_controller": or_none(names.holders[old["holder"]]),
            "to_controller": or_none(names.holders[new["holder"]]),
            "from_state": states[old["state"]],
            "to_state": states[new["state"]],
            "day": as_days(after.start[differ]),
            "statement_ids": names.ids[new["ids"]],
        }
    )
