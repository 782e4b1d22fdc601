"""Segments: what is known of each cell from a day on, as one table that numpy works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

BEGIN = 0
"""Start of every cell's first segment: the ordinal before all days, shown as open."""

END = 4_000_000
"""End of every cell's last segment: the ordinal after all days, shown as open."""

STATES = ("unknown", "held", "contested")
BASES = ("none", "stated", "area", "implied", "inferred")
UNKNOWN, HELD, CONTESTED = range(3)
NONE, STATED, AREA, IMPLIED, INFERRED = range(5)
NOBODY = -1

SEGMENT = np.dtype(
    [
        ("cell", np.int32),
        ("start", np.int32),
        ("holder", np.int16),
        ("state", np.int8),
        ("basis", np.int8),
        ("rule", np.int8),
        ("faction", np.int16),
        ("parties", np.int32),
        ("ids", np.int32),
        ("area", np.int32),
        ("confirmed", np.int32),
        ("support", np.float64),
    ]
)
"""One row: the cell, its first day (ordinal), the holder and the faction that stands for it (positions, -1
nobody), state, basis and rule (positions in `STATES`, `BASES`, `geodata.control.rules.RULES`), parties and
deciding statements (positions in pools), the area statement (position, -1 none), the day of the last
confirmation and the support on that day. It lasts until the cell's next row."""

Segments = NDArray[Any]
Keys = NDArray[np.int64]

_DAYS = np.int64(1 << 23)


def rows(values: Sequence[tuple[Any, ...]]) -> Segments:
    """Return a table of rows written as tuples in the order of `SEGMENT`."""
    found: Segments = np.array(list(values), dtype=SEGMENT)
    return found


def blank(cells: NDArray[Any], start: int = BEGIN) -> Segments:
    """Return one row of nothing known for each of some cells, from a day on."""
    found = np.zeros(len(cells), dtype=SEGMENT)
    found["cell"], found["start"] = cells, start
    found["holder"] = found["faction"] = found["area"] = NOBODY
    return found


def keys(cell: NDArray[Any], day: NDArray[Any] | int) -> Keys:
    """Return one number a (cell, day) that sorts by cell, then day."""
    found: Keys = cell.astype(np.int64) * _DAYS + day
    return found


def offsets(table: Segments, cells: int) -> NDArray[np.int64]:
    """Return where each cell's rows begin in a sorted table, and the table's length: cells + 1 numbers."""
    found = np.zeros(cells + 1, dtype=np.int64)
    np.cumsum(np.bincount(table["cell"], minlength=cells), out=found[1:])
    return found


def different(numbers: Keys) -> Keys:
    """Return the different numbers, sorted; several times as fast as `numpy.unique` on long ones."""
    found = np.sort(numbers)
    new = np.ones(len(found), dtype=bool)
    new[1:] = found[1:] != found[:-1]
    kept: Keys = found[new]
    return kept


def ordered(table: Segments) -> Segments:
    """Return the rows sorted by cell and day; of several with the same the last in the table stays."""
    number = keys(table["cell"], table["start"])
    if (number[1:] > number[:-1]).all():
        return table
    order = np.argsort(number, kind="stable")
    number = number[order]
    last = np.append(number[1:] != number[:-1], True)
    kept: Segments = table[order[last]]
    return kept


def ends(table: Segments) -> NDArray[np.int32]:
    """Return the day after the last of each row of a sorted table."""
    found = np.full(len(table), END, dtype=np.int32)
    if len(table):
        same = table["cell"][1:] == table["cell"][:-1]
        found[:-1][same] = table["start"][1:][same]
    return found


def at(table: Segments, cell: NDArray[Any], day: NDArray[Any] | int) -> NDArray[np.int64]:
    """Return the position of the row in force for each (cell, day); each cell begins at `BEGIN`."""
    found: NDArray[np.int64] = (
        np.searchsorted(keys(table["cell"], table["start"]), keys(cell, day), side="right") - 1
    )
    return found


def replaced(table: Segments, cells: NDArray[np.int64], fresh: Segments) -> Segments:
    """Return a sorted table with all rows of some cells exchanged for fresh ones, sorted too."""
    gone = np.zeros(int(max(table["cell"].max(initial=0), cells.max(initial=0))) + 1, dtype=bool)
    gone[cells] = True
    kept = table[~gone[table["cell"]]]
    found: Segments = np.insert(kept, np.searchsorted(kept["cell"], fresh["cell"]), fresh)
    return found


def differing(one: Segments, other: Segments, cells: int) -> NDArray[np.int64]:
    """Return the cells whose rows differ between two sorted tables of the same cells."""
    count = np.bincount(one["cell"], minlength=cells)
    differ = count != np.bincount(other["cell"], minlength=cells)
    first, second = one[~differ[one["cell"]]], other[~differ[other["cell"]]]
    differ[first["cell"][first != second]] = True
    return np.flatnonzero(differ)


def merged(table: Segments, names: Sequence[str]) -> NDArray[np.bool_]:
    """Tell for each row of a sorted table whether it differs from the row before it in one of some fields."""
    if not len(table):
        return np.zeros(0, dtype=bool)
    new = np.ones(len(table), dtype=bool)
    new[1:] = table["cell"][1:] != table["cell"][:-1]
    for name in names:
        new[1:] |= table[name][1:] != table[name][:-1]
    return new


class Pool:
    """Keep each tuple once and give it a number; 0 is the empty one."""

    def __init__(self) -> None:
        self.values: list[tuple[int, ...]] = [()]
        self._numbers: dict[tuple[int, ...], int] = {(): 0}

    def number(self, value: tuple[int, ...]) -> int:
        """Return the number of a tuple."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found
