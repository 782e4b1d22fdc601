"""The history of each cell as it is drawn: holder and style, with a break wherever one of them changes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.control.cells import Coverage
from geodata.control.nearness import days_near
from geodata.control.rules import ControlRules
from geodata.control.segments import CONTESTED, HELD, IMPLIED, INFERRED, Segments, ends, merged

STYLE_UNKNOWN, STYLE_FIRM, STYLE_UNCERTAIN, STYLE_INFERRED, STYLE_CONTESTED = range(5)

Break = tuple[int, int, int]
"""From this day (ordinal; 0 is before all days) on: this holder (position, -1 nobody), this style."""


def style_of(table: Segments, certainty: NDArray[np.float64], rules: ControlRules) -> NDArray[np.int8]:
    """Return the style of rows with a certainty."""
    style = np.full(len(table), STYLE_UNKNOWN, dtype=np.int8)
    held = table["state"] == HELD
    style[held] = np.where(certainty[held] < rules.firm_support, STYLE_UNCERTAIN, STYLE_FIRM)
    style[held & np.isin(table["basis"], (IMPLIED, INFERRED))] = STYLE_INFERRED
    style[table["state"] == CONTESTED] = STYLE_CONTESTED
    return style


def drawn_histories(
    coverage: Coverage,
    table: Segments,
    spans: NDArray[Any],
    rules: ControlRules,
    positions: NDArray[np.int64],
) -> list[list[Break]]:
    """Return for each cell its drawn history, beginning before all days.

    Parameters
    ----------
    coverage : Coverage
    table : Segments
        The whole history of every cell.
    spans : array of `geodata.control.intervals.EDGE`
        When which edge is a front.
    rules : ControlRules
        Says from when on a certainty near a front is no longer firm.
    positions : array
        The position by which each holder is told, the last one -1 for nobody.
    """
    style = style_of(table, table["support"], rules)
    fading = _fading(coverage, table, spans, style, rules)
    first = merged(table, ("holder",))
    first[1:] |= style[1:] != style[:-1]
    keep = first.copy()
    for row in fading:
        keep[row] = True
        if row + 1 < len(table):
            keep[row + 1] = True
    found: list[list[Break]] = [[] for _ in range(len(coverage))]
    rows = np.flatnonzero(keep)
    for row, cell, start, holder, drawn in zip(
        rows.tolist(),
        table["cell"][rows].tolist(),
        table["start"][rows].tolist(),
        positions[table["holder"][rows]].tolist(),
        style[rows].tolist(),
        strict=True,
    ):
        breaks = [(start, drawn), *fading.get(row, ())]
        for day, kind in breaks:
            history = found[cell]
            if history and history[-1][0] == day:
                history.pop()
            if not history or history[-1][1:] != (holder, kind):
                history.append((day, holder, kind))
    return found


def _fading(
    coverage: Coverage, table: Segments, spans: NDArray[Any], style: NDArray[np.int8], rules: ControlRules
) -> dict[int, list[tuple[int, int]]]:
    """Return for rows that are firm at first the days on which they change style near a front."""
    last = ends(table)
    confirmed = table["confirmed"].astype(np.int64)
    firm = np.flatnonzero((style == STYLE_FIRM) & (confirmed > 0))
    ratio = np.log2(table["support"][firm] / rules.firm_support) * rules.half_life_days
    falls = confirmed[firm] + np.floor(ratio).astype(np.int64)
    falls = np.array(
        [
            _first_below(support, day, guess, rules)
            for support, day, guess in zip(
                table["support"][firm].tolist(), confirmed[firm].tolist(), falls.tolist(), strict=True
            )
        ],
        dtype=np.int64,
    )
    fades = falls < last[firm]
    firm, falls = firm[fades], falls[fades]
    if not len(firm):
        return {}
    cells = np.unique(table["cell"][firm]).astype(np.int64)
    near = defaultdict(list)
    found_near = days_near(coverage, cells, spans, rules.front_near_m)
    for cell, start, end in zip(*(part.tolist() for part in found_near), strict=True):
        near[cell].append((start, end))
    found = {}
    for row, cell, begin, fall, end in zip(
        *(values.tolist() for values in (firm, table["cell"][firm], table["start"][firm], falls, last[firm])),
        strict=True,
    ):
        breaks = []
        for start, stop in near[cell]:
            low, high = max(start, fall, begin), min(stop, end)
            if low < high:
                breaks.append((low, STYLE_UNCERTAIN))
                if high < end:
                    breaks.append((high, STYLE_FIRM))
        if breaks:
            found[row] = breaks
    return found


def _first_below(support: float, confirmed: int, guess: int, rules: ControlRules) -> int:
    """Return the first day on which the faded support is below firm, by the very formula that areas use."""
    day = max(confirmed, guess - 1)
    while rules.faded(support, day - confirmed) >= rules.firm_support:
        day += 1
    return day
