"""Which rows an export of control has: each interval that overlaps the days asked for, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.control.timeline import ControlTimeline
from geodata.exports.control_common import ControlSelection
from geodata.exports.features import Row, records

_DAY = timedelta(days=1)
_CONCLUDED = frozenset({"implied", "inferred"})


def areas(timeline: ControlTimeline, selection: ControlSelection) -> Iterator[Row]:
    """Yield the areas that hold on some day of a selection, by the last of their days in it.

    Their certainty, last confirmation and statements are those of that day. Dissolved ones are cut to the
    days of the selection.
    """
    if selection.dissolve:
        yield from _stretches(timeline, selection, _dissolved_areas)
    else:
        yield from _intervals(selection, timeline.intervals().cells["valid_to"], timeline.areas)


def fronts(timeline: ControlTimeline, selection: ControlSelection) -> Iterator[Row]:
    """Yield the pieces of front that hold on some day of a selection, as `areas` does."""
    if selection.dissolve:
        yield from _stretches(timeline, selection, _dissolved_fronts)
    else:
        yield from _intervals(selection, timeline.intervals().edges["valid_to"], timeline.fronts)


def _intervals(
    selection: ControlSelection, valid_to: pd.Series, frame_of: Callable[[date], gpd.GeoDataFrame]
) -> Iterator[Row]:
    ending = {end.date() - _DAY for end in valid_to.dropna().unique()}
    for day in sorted(day for day in ending if selection.first <= day < selection.last):
        frame = frame_of(day)
        yield from records(frame[frame["valid_to"] == pd.Timestamp(day + _DAY)])
    yield from records(frame_of(selection.last))


def _stretches(
    timeline: ControlTimeline,
    selection: ControlSelection,
    rows_of: Callable[[ControlTimeline, date], dict[object, dict[str, Any]]],
) -> Iterator[Row]:
    """Yield joined shapes with the days through which they stay the same."""
    first, last = selection.first, selection.last
    ordinals = {start for history in timeline.styles() for start, _, _ in history}
    changes = sorted(day for day in ordinals if first.toordinal() < day <= last.toordinal())
    standing: dict[object, tuple[bytes, dict[str, Any]]] = {}
    for day in [first, *map(date.fromordinal, changes)]:
        found = {
            key: (shapely.to_wkb(shapely.normalize(row["geometry"])), row)
            for key, row in rows_of(timeline, day).items()
        }
        for key, (shape, row) in list(standing.items()):
            if key not in found or found[key][0] != shape:
                del standing[key]
                yield row | {"valid_to": day}
        for key, (shape, row) in found.items():
            standing.setdefault(key, (shape, row | {"valid_from": day}))
    for _, row in standing.values():
        yield row | {"valid_to": last + _DAY if last < date.max else None}


def _statement_ids(rows: Iterable[Row], key_of: Callable[[Row], object]) -> dict[object, set[str]]:
    found: dict[object, set[str]] = defaultdict(set)
    for row in rows:
        found[key_of(row)].update(row["statement_ids"])
    return found


def _dissolved_areas(timeline: ControlTimeline, day: date) -> dict[object, dict[str, Any]]:
    ids = _statement_ids(
        records(timeline.areas(day)),
        lambda row: (row["controller"], row["state"], row["basis"] in _CONCLUDED, row["uncertain"]),
    )
    found: dict[object, dict[str, Any]] = {}
    for row in records(timeline.areas(day, dissolve=True)):
        key = (row["controller"], row["state"], row["inferred"], row["uncertain"])
        basis = "none" if row["state"] == "unknown" else "inferred" if row["inferred"] else "stated"
        found[key] = {**row, "basis": basis, "parties": (), "statement_ids": sorted(ids[key])}
    return found


def _dissolved_fronts(timeline: ControlTimeline, day: date) -> dict[object, dict[str, Any]]:
    pieces: dict[object, list[Row]] = defaultdict(list)
    for row in records(timeline.fronts(day)):
        pieces[row["side_a"], row["side_b"], row["state"], row["uncertain"]].append(row)
    return {
        key: {
            **rows[0],
            "geometry": shapely.line_merge(shapely.union_all([row["geometry"] for row in rows])),
            "certainty": min(row["certainty"] for row in rows),
            "last_confirmed": max(
                (row["last_confirmed"] for row in rows if pd.notna(row["last_confirmed"])), default=None
            ),
            "statement_ids": sorted({name for row in rows for name in row["statement_ids"]}),
        }
        for key, rows in pieces.items()
    }
