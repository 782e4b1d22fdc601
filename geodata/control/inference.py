"""Infer who held a place of which nothing is reported, from its nearest known places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.control.book import RULE_NUMBERS
from geodata.control.rules import ControlRules
from geodata.control.segments import (
    BEGIN,
    END,
    HELD,
    INFERRED,
    NOBODY,
    NONE,
    Segments,
    at,
    blank,
    different,
    ends,
    keys,
    merged,
    offsets,
    ordered,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_NEAREST_M = 1.0
"""Places are at least this far apart; no weight is infinite."""


_STEPS, _CELLS = 1 << 22, 1 << 20


@dataclass(frozen=True, slots=True)
class Nearest:
    """The known cells within reach of some cells, nearest first.

    Parameters
    ----------
    cells : array
        The cells that ask, ascending.
    first : array (cells + 1,)
        Where each one's neighbours begin in the next two.
    known, distance_m : array
        The neighbours and how far they are.
    """

    cells: Ints
    first: Ints
    known: Ints
    distance_m: Floats


def nearest(points_m: Floats, cells: Ints, known: Ints, reach_m: float) -> Nearest:
    """Find the known cells within reach of each of some cells (ascending), nearest first.

    Parameters
    ----------
    points_m : array (all cells, 2)
        Easting, northing.
    cells, known : array
        Positions of cells.
    reach_m : float
        Metres.
    """
    tree = shapely.STRtree(shapely.points(points_m[known]))
    asking, found = tree.query(shapely.points(points_m[cells]), predicate="dwithin", distance=reach_m)
    found = known[found]
    other = found != cells[asking]
    asking, found = asking[other], found[other]
    apart = points_m[cells[asking]] - points_m[found]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    # Sorted by who asks, distance (in some four millionths of the reach) and cell: as one number, because
    # sorting by three takes ten times as long.
    steps = (distance * ((_STEPS - 1) / reach_m)).astype(np.int64)
    order = np.argsort((asking * _STEPS + steps) * _CELLS + found)
    asking, found, distance = asking[order], found[order], distance[order]
    first = np.searchsorted(asking, np.arange(len(cells) + 1))
    return Nearest(cells, first, found, np.maximum(distance, _NEAREST_M))


def inferred(points_m: Floats, cells: Ints, table: Segments, rules: ControlRules) -> Segments:
    """Return rows for every time in which nothing is known of some cells of their own.

    Parameters
    ----------
    points_m : array (all cells, 2)
        Easting, northing.
    cells : array
        The cells that ask, ascending.
    table : Segments
        What is known of every cell; where the basis is none, something may be inferred.
    rules : ControlRules
        Reach, number of neighbours and factor.

    Returns
    -------
    Segments
        Rows of the cells, in order, for the times without a basis only; the first of each such time stands
        on its first day.
    """
    asked = np.zeros(len(points_m), dtype=bool)
    asked[cells] = True
    gaps = asked[table["cell"]] & (table["basis"] == NONE)
    cell, start, end = table["cell"][gaps], table["start"][gaps], ends(table)[gaps]
    if not len(cell):
        return blank(cell)
    known = _flagged(table["cell"][table["holder"] >= 0], len(points_m))
    # Before anything is known anywhere, nothing can be inferred: that settles most cells of a full map.
    held = table["start"][table["holder"] >= 0]
    hopeful = end > (held.min() if len(held) else END)
    asking = _flagged(cell[hopeful], len(points_m))
    around = nearest(points_m, asking, known, rules.reach_m)
    events = _events(around, table, (cell[hopeful], start[hopeful], end[hopeful]), points_m, rules)
    fresh = follow(around, table, *events, rules)
    changed = merged(fresh, ("holder", "support", "confirmed"))
    changed |= np.isin(keys(fresh["cell"], fresh["start"]), keys(cell, start))
    rest = blank(cell[~hopeful])
    rest["start"], rest["rule"] = start[~hopeful], RULE_NUMBERS["unknown"]
    return ordered(np.concatenate([rest, fresh[changed]]))


def _flagged(cells: NDArray[Any], count: int) -> Ints:
    """Return the different cells, ascending."""
    found = np.zeros(count, dtype=bool)
    found[cells] = True
    return np.flatnonzero(found)


def _events(
    around: Nearest, table: Segments, gaps: tuple[Ints, Ints, Ints], points_m: Floats, rules: ControlRules
) -> tuple[Ints, Ints]:
    """Return (position of the asking cell, day) of everything that may change what it is inferred to be."""
    cell, start, end = gaps
    asking = np.repeat(np.arange(len(around.cells)), np.diff(around.first))
    first = offsets(table, len(points_m))
    enough = _enough_nearer(around, asking, _known_for_good(table, first)[around.known], rules.neighbours)
    rows = np.diff(first)[around.known]
    pair = np.repeat(np.arange(len(around.known)), rows)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(rows) - rows, rows)
    day = table["start"][first[around.known][pair] + within].astype(np.int64)
    useful = (day > BEGIN) & (day < enough[pair])
    who, day = asking[pair[useful]], day[useful]
    # Only days inside a time of which nothing is known.
    own = np.searchsorted(around.cells, cell)
    number = different(np.concatenate([keys(who, day), keys(own, start.astype(np.int64))]))
    position = number >> 23
    day = number - (position << 23)
    gap = np.searchsorted(keys(own, start), number, side="right") - 1
    inside = (gap >= 0) & (own[gap] == position) & (day < end[gap])
    return position[inside], day[inside]


def _known_for_good(table: Segments, first: Ints) -> Ints:
    """Return for each cell the day from which on it always has a holder, given where its rows begin."""
    # Walking back from a cell's last row while there is a holder.
    without = np.flatnonzero(table["holder"] < 0)
    last = first[1:] - 1
    stop = np.append(-1, without)[np.searchsorted(without, last, side="right")]
    head = np.maximum(first[:-1], stop + 1)
    found = np.where(head > last, END, table["start"][np.minimum(head, len(table) - 1)])
    return found.astype(np.int64)


def _enough_nearer(around: Nearest, asking: Ints, settled: Ints, neighbours: int) -> Ints:
    """Return for each pair the day from which on enough nearer cells are known for good."""
    best = np.full((len(around.cells), neighbours), np.iinfo(np.int64).max)
    enough = np.full(len(settled), np.iinfo(np.int64).max)
    rank = np.arange(len(settled)) - around.first[asking]
    order = np.argsort(rank, kind="stable")
    for positions in _runs(rank[order], order):
        who = asking[positions]
        enough[positions] = best[who, -1]
        best[who, -1] = np.minimum(best[who, -1], settled[positions])
        best[who] = np.sort(best[who], axis=1)
    return enough


def _runs(values: Ints, order: Ints) -> Iterator[Ints]:
    """Yield the parts of `order` with equal values, which are sorted."""
    cuts = np.flatnonzero(values[1:] != values[:-1]) + 1
    yield from np.split(order, cuts) if len(order) else []


def follow(around: Nearest, table: Segments, asking: Ints, day: Ints, rules: ControlRules) -> Segments:
    """Return what cells (positions in `around`) are inferred to be on days, one row each.

    The holder with the greatest sum of inverse distances among the nearest known cells; of equal ones that
    of the nearest. Its support is their mean support, by the same weights, times its share and the factor.
    """
    count = rules.neighbours
    row = np.full((len(asking), count), -1, dtype=np.int64)
    distance = np.ones((len(asking), count))
    have = np.zeros(len(asking), dtype=np.int64)
    next_one, last = around.first[asking].copy(), around.first[asking + 1]
    active = np.flatnonzero(next_one < last)
    table_keys = keys(table["cell"], table["start"])
    holders = table["holder"]
    while len(active):
        pair = next_one[active]
        found = np.searchsorted(table_keys, keys(around.known[pair], day[active]), side="right") - 1
        held = holders[found] >= 0
        where = active[held]
        row[where, have[where]] = found[held]
        distance[where, have[where]] = around.distance_m[pair[held]]
        have[where] += 1
        next_one[active] += 1
        active = active[(next_one[active] < last[active]) & (have[active] < count)]
    return _voted(around.cells[asking], day, table, row, distance, rules)


def _voted(
    cell: Ints, day: Ints, table: Segments, row: Ints, distance: Floats, rules: ControlRules
) -> Segments:
    fresh = blank(cell)
    fresh["start"] = day
    fresh["rule"] = RULE_NUMBERS["unknown"]
    some = row[:, 0] >= 0
    row, distance = row[some], distance[some]
    holder = np.where(row >= 0, table["holder"][row], NOBODY)
    weight = np.where(row >= 0, 1.0 / distance, 0.0)
    same = holder[:, :, None] == holder[:, None, :]
    votes = (same * weight[:, None, :]).sum(axis=2) * (row >= 0)
    best = votes.argmax(axis=1)
    line = np.arange(len(row))
    winner = holder[line, best]
    theirs = (holder == winner[:, None]) & (row >= 0)
    mean = (theirs * weight * table["support"][row]).sum(axis=1) / (theirs * weight).sum(axis=1)
    share = votes[line, best] / weight.sum(axis=1)
    found = np.flatnonzero(some)
    fresh["holder"][found] = winner
    fresh["faction"][found] = table["faction"][row[line, best]]
    fresh["state"][found], fresh["basis"][found] = HELD, INFERRED
    fresh["rule"][found] = RULE_NUMBERS["inferred"]
    fresh["support"][found] = share * mean * rules.inferred_factor
    fresh["confirmed"][found] = np.where(theirs, table["confirmed"][row], 0).max(axis=1)
    return fresh


def filled(points_m: Floats, cells: Ints, table: Segments, rules: ControlRules) -> Segments:
    """Return the whole history of some cells: what is known of them, and between it what is inferred."""
    asked = np.zeros(len(points_m), dtype=bool)
    asked[cells] = True
    kept = table[asked[table["cell"]] & (table["basis"] != NONE)]
    return ordered(np.concatenate([kept, inferred(points_m, cells, table, rules)]))


def on_day(points_m: Floats, cells: Ints, table: Segments, day: int, rules: ControlRules) -> Segments:
    """Return one row a cell (ascending): what is known of it or inferred on one day."""
    every = np.arange(len(points_m))
    today = table[at(table, every, day)]
    known = np.flatnonzero(today["holder"] >= 0)
    rows: Segments = today[cells].copy()
    gaps = np.flatnonzero(rows["basis"] == NONE)
    around = nearest(points_m, cells[gaps], known, rules.reach_m)
    rows[gaps] = follow(around, today_only(today), np.arange(len(gaps)), np.full(len(gaps), day), rules)
    return rows


def today_only(today: Segments) -> Segments:
    """Return one row a cell as a table that begins before all days."""
    found: Segments = today.copy()
    found["start"] = BEGIN
    return found
