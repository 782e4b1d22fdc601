"""Half-open intervals: each cell with one holder and state, each edge with one pair of holders, once each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.control.segments import (
    BASES,
    BEGIN,
    END,
    STATES,
    Segments,
    at,
    different,
    ends,
    keys,
    merged,
    offsets,
)

Ints = NDArray[np.int64]
SAME = ("holder", "state", "basis", "parties")
"""What a cell's interval keeps; its support and last confirmation may change within it."""

_EPOCH = 719_163
"""The ordinal of 1970-01-01."""

EDGE = np.dtype(
    [
        ("edge", np.int32),
        ("start", np.int32),
        ("end", np.int32),
        ("left", np.int16),
        ("right", np.int16),
        ("state", np.int8),
    ]
)
"""One row: the edge, its days [start, end), the holders left and right of it, the worse state of both."""


@dataclass(frozen=True, slots=True)
class Names:
    """What stands for the numbers in segments.

    Parameters
    ----------
    places : array (cells,)
        The place of each cell.
    holders, parties, ids : array
        Holder ids by number (the last, -1, is None); tuples of holder ids and of statement ids by number.
    """

    places: NDArray[np.object_]
    holders: NDArray[np.object_]
    parties: NDArray[np.object_]
    ids: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Intervals:
    """Every cell and edge once for each half-open time in which it stays the same.

    Parameters
    ----------
    cells : DataFrame
        ``cell`` (position in the coverage) and the columns of `geodata.control.ControlTimeline.areas`, but
        the geometry. A cell's intervals follow each other without gap; NaT is open. Certainty, last
        confirmation and statements are those at the interval's end; nothing has faded.
    edges : DataFrame
        ``edge``, ``left_cell``, ``right_cell`` (positions in the coverage), ``side_a``, ``side_b``,
        ``state``, ``valid_from``, ``valid_to``; only while the edge is a front.
    """

    cells: pd.DataFrame
    edges: pd.DataFrame


def as_days(ordinals: NDArray[Any]) -> NDArray[np.datetime64]:
    """Return ordinals as datetimes, those before and after all days as NaT."""
    found = (ordinals.astype(np.int64) - _EPOCH).astype("datetime64[D]").astype("datetime64[s]")
    found[(ordinals <= BEGIN) | (ordinals >= END)] = np.datetime64("NaT")
    return found


def or_none(names: NDArray[np.object_]) -> pd.Series:
    """Return a column of names in which nobody stays None: pandas would write NaN."""
    return pd.Series(names, dtype=object)


def edge_spans(table: Segments, edges: NDArray[np.int32]) -> NDArray[Any]:
    """Return the times in which edges are fronts: both sides held, by different holders.

    Parameters
    ----------
    table : Segments
        The whole history of every cell.
    edges : array (edges, 2)
        Cells to the left and right, -1 at the border.

    Returns
    -------
    array of `EDGE`
        By edge, then day; a front between the same two in the same state is one row.
    """
    rows: Segments = table[merged(table, ("holder", "state"))]
    first = offsets(rows, int(edges.max(initial=-1)) + 1)
    numbers = _ever_fronts(rows, first, edges)
    if not len(numbers):
        return np.zeros(0, dtype=EDGE)
    pairs = edges[numbers].ravel()
    count = np.diff(first)[pairs]
    each = np.repeat(np.arange(len(pairs)) >> 1, count)
    within = np.arange(len(each)) - np.repeat(np.cumsum(count) - count, count)
    number = different(keys(each, rows["start"][np.repeat(first[pairs], count) + within]))
    position = number >> 23
    day = number - (position << 23)
    sides = rows[at(rows, edges[numbers[position]].ravel(), np.repeat(day, 2))].reshape(-1, 2)
    found = np.zeros(len(number), dtype=EDGE)
    found["edge"], found["start"] = numbers[position], day
    found["left"], found["right"] = sides["holder"][:, 0], sides["holder"][:, 1]
    found["state"] = np.maximum(sides["state"][:, 0], sides["state"][:, 1])
    change = np.ones(len(found), dtype=bool)
    change[1:] = (
        (found["edge"][1:] != found["edge"][:-1])
        | (found["left"][1:] != found["left"][:-1])
        | (found["right"][1:] != found["right"][:-1])
        | (found["state"][1:] != found["state"][:-1])
    )
    found = found[change]
    found["end"] = END
    same = found["edge"][1:] == found["edge"][:-1]
    found["end"][:-1][same] = found["start"][1:][same]
    fronts: NDArray[Any] = found[
        (found["left"] >= 0) & (found["right"] >= 0) & (found["left"] != found["right"])
    ]
    return fronts


def _ever_fronts(rows: Segments, first: Ints, edges: NDArray[np.int32]) -> Ints:
    """Return the edges whose cells are not both, for all time, with one and the same holder or nobody's."""
    inner = np.flatnonzero(edges[:, 1] >= 0)
    pairs = edges[inner]
    several = (np.diff(first) > 1)[pairs]
    holder = rows["holder"][first[:-1][pairs]] if len(rows) else np.zeros(pairs.shape, dtype=np.int16)
    same = holder[:, 0] == holder[:, 1]
    nobody = (~several & (holder < 0)).any(axis=1)
    found: Ints = inner[~(nobody | (same & ~several.any(axis=1)))]
    return found


def intervals(table: Segments, spans: NDArray[Any], edges: NDArray[np.int32], names: Names) -> Intervals:
    """Return all intervals as tables.

    Parameters
    ----------
    table : Segments
        The whole history of every cell.
    spans : array of `EDGE`
        When which edge is a front.
    edges : array (edges, 2)
        Cells to the left and right, -1 at the border.
    names : Names
        What stands for the numbers.
    """
    new = merged(table, SAME)
    first = table[new]
    # What is confirmed within an interval is told as it stands at its end.
    last = table[np.append(np.flatnonzero(new)[1:], len(table)) - 1] if len(table) else table
    states, bases = np.array(STATES, dtype=object), np.array(BASES, dtype=object)
    holders = names.holders[np.column_stack([spans["left"], spans["right"]])]
    swap = holders[:, 0] > holders[:, 1]
    return Intervals(
        cells=pd.DataFrame(
            {
                "cell": first["cell"],
                "place_id": names.places[first["cell"]],
                "controller": or_none(names.holders[first["holder"]]),
                "state": states[first["state"]],
                "basis": bases[first["basis"]],
                "certainty": last["support"],
                "parties": names.parties[first["parties"]],
                "valid_from": as_days(first["start"]),
                "valid_to": as_days(ends(first)),
                "last_confirmed": as_days(last["confirmed"]),
                "statement_ids": names.ids[last["ids"]],
            }
        ),
        edges=pd.DataFrame(
            {
                "edge": spans["edge"],
                "left_cell": edges[spans["edge"], 0],
                "right_cell": edges[spans["edge"], 1],
                "side_a": np.where(swap, holders[:, 1], holders[:, 0]),
                "side_b": np.where(swap, holders[:, 0], holders[:, 1]),
                "state": states[spans["state"]],
                "valid_from": as_days(spans["start"]),
                "valid_to": as_days(spans["end"]),
            }
        ),
    )
