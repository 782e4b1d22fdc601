"""Lay statements about whole areas over what is known of single places, in the order of their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from geodata.control.book import RULE_NUMBERS, Book
from geodata.control.contest import Case
from geodata.control.evidence import CLAIM, LEFT, NO_FACTION, Evidence
from geodata.control.inference import on_day
from geodata.control.own import renamed
from geodata.control.segments import (
    AREA,
    CONTESTED,
    HELD,
    INFERRED,
    NOBODY,
    NONE,
    UNKNOWN,
    Segments,
    added,
    blank,
    ordered,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_CONCLUDED = np.array([name in ("implied", "settled", "lapsed") for name in RULE_NUMBERS])
"""Rows of a place that no statement of their own day makes: a statement about the area overrides them."""


def with_areas(
    book: Book,
    own: Segments,
    points_m: Floats,
    cells_of: Callable[[str], Ints],
) -> Segments:
    """Return what is known of each cell from statements about it and about areas that it lies in.

    Parameters
    ----------
    book : Book
        Rules, holders and the statements read.
    own : Segments
        Own histories of all cells, each beginning before all days.
    points_m : array (cells, 2)
        Easting, northing.
    cells_of : callable
        Takes the id of an area; returns its cells, ascending.
    """
    days: dict[int, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for area, items in book.reader.by_area.items():
        for item in items:
            if item.kind in (CLAIM, LEFT):
                days[item.day][area].append(item)
    table = own
    for day in sorted(days):
        fresh = _on_day(book, table, points_m, days[day], cells_of, day)
        if len(fresh):
            # A place's own statement of the same day is the more precise one.
            table = _resumed(book, _overridden(added(table, fresh)))
    return renamed(book, table) if days else table


def _overridden(table: Segments) -> Segments:
    """Drop what was only concluded of a place, where a statement about its area came before it."""
    while True:
        drop = np.zeros(len(table), dtype=bool)
        drop[1:] = (
            (table["cell"][1:] == table["cell"][:-1])
            & (table["basis"][:-1] == AREA)
            & _CONCLUDED[table["rule"][1:]]
        )
        if not drop.any():
            return table
        table = table[~drop]


def _resumed(book: Book, table: Segments) -> Segments:
    """Let whoever has a place by a statement about its area have it during and after mere fighting."""
    table = table.copy()
    fought = (table["state"] == CONTESTED) & (table["holder"] == NOBODY) & (table["basis"] != AREA)
    for position in np.flatnonzero(fought[1:] & (table["cell"][1:] == table["cell"][:-1])) + 1:
        before = table[position - 1]
        if before["basis"] == AREA and before["holder"] in book.parties.values[table["parties"][position]]:
            for name in ("holder", "faction", "confirmed"):
                table[name][position] = before[name]
    lapsed = (table["rule"] == RULE_NUMBERS["lapsed"]) & (table["basis"] == NONE)
    for position in np.flatnonzero(lapsed[2:]) + 2:
        held = table[position - 2]
        if held["cell"] == table["cell"][position] and held["basis"] == AREA:
            start = table["start"][position]
            table[position] = held
            table["start"][position] = start
    return table


def _on_day(
    book: Book,
    table: Segments,
    points_m: Floats,
    said: Mapping[str, list[Evidence]],
    cells_of: Callable[[str], Ints],
    day: int,
) -> Segments:
    """Return the rows that a day's statements about areas make, all judged by the day before."""
    inside = {area: np.zeros(len(points_m), dtype=bool) for area in said}
    for area, flags in inside.items():
        flags[cells_of(area)] = True
    cells = np.flatnonzero(np.logical_or.reduce(list(inside.values())))
    if not len(cells):
        return blank(cells)
    before = on_day(points_m, cells, table, day - 1, book.rules)
    outcome: dict[tuple[str, int, int], tuple[str, Case, set[int]]] = {}
    for area in sorted(said):
        here = inside[area][cells]
        for item in said[area]:
            holder, leaver, rule, hit = _effect(book, before, item, day)
            _, case, positions = outcome.setdefault((area, holder, leaver), (rule, Case(), set()))
            case.add(item)
            case.faction = book.first_faction(case.faction, item.faction)
            positions.update(np.flatnonzero(hit & here).tolist())
    parts = []
    # The last one stays: whoever names a holder before whoever names none, then the better supported.
    for key in sorted(outcome, key=lambda key: _order(book, key, outcome[key][1])):
        rule, case, positions = outcome[key]
        hit = np.array(sorted(positions), dtype=np.int64)
        if len(hit):
            parts.append(_rows(book, before[hit], key[1], key[2], rule, case, day))
    return ordered(np.concatenate(parts)) if parts else blank(cells[:0])


def _order(book: Book, key: tuple[str, int, int], case: Case) -> tuple[bool, float, str, str]:
    area, holder, _ = key
    return holder != NOBODY, case.support, book.name(holder) if holder != NOBODY else "", area


def _effect(
    book: Book, before: Segments, item: Evidence, day: int
) -> tuple[int, int, str, NDArray[np.bool_]]:
    """Return who has what a statement concerns from its day on, who left it, the rule, and the rows."""
    holder = book.holder(item.faction, day)
    if item.kind == LEFT:
        return NOBODY, holder, "area-left", _has(book, before, holder)
    loser = book.holder(item.other, day) if item.other != NO_FACTION else NOBODY
    known_from_area = (before["basis"] == AREA) & (before["holder"] == holder)
    if not (item.captured or item.ceded):
        free = (before["holder"] == NOBODY) & (before["state"] == UNKNOWN)
        return holder, NOBODY, "area-held", free | (before["basis"] == INFERRED) | known_from_area
    if loser in (NOBODY, holder):
        return holder, NOBODY, "area-taken", (before["holder"] != holder) | known_from_area
    return holder, NOBODY, "area-taken", _has(book, before, loser) | known_from_area


def _has(book: Book, before: Segments, holder: int) -> NDArray[np.bool_]:
    """Tell which rows the holder has or contests."""
    found: NDArray[np.bool_] = before["holder"] == holder
    for position in np.flatnonzero(before["state"] == CONTESTED):
        found[position] |= holder in book.parties.values[before["parties"][position]]
    return found


def _rows(
    book: Book, before: Segments, holder: int, leaver: int, rule: str, case: Case, day: int
) -> Segments:
    fresh = blank(before["cell"], day)
    fresh["holder"], fresh["faction"] = holder, case.faction if holder != NOBODY else NO_FACTION
    fresh["state"] = HELD if holder != NOBODY else UNKNOWN
    fresh["basis"], fresh["rule"] = AREA, RULE_NUMBERS[rule]
    ids = tuple(sorted(case.ids, key=lambda number: book.reader.statements[number].statement_id))
    fresh["ids"], fresh["area"] = book.ids.number(ids), ids[0]
    fresh["confirmed"], fresh["support"] = day, case.support
    again = (before["basis"] == AREA) & (before["holder"] == holder) & (holder != NOBODY)
    fresh["support"][again] = np.maximum(before["support"][again], case.support)
    if holder == NOBODY:
        for position in np.flatnonzero(before["state"] == CONTESTED):
            _leave_contest(book, fresh, before, position, leaver, day)
    return fresh


def _leave_contest(
    book: Book, fresh: Segments, before: Segments, position: np.intp, leaver: int, day: int
) -> None:
    """Give a contested place, which one of two parties has left, to the other."""
    parties = set(book.parties.values[before["parties"][position]]) - {leaver}
    if len(parties) != 1:
        return
    heir = parties.pop()
    fresh["holder"][position], fresh["state"][position] = heir, HELD
    fresh["faction"][position] = book.faction_for(heir, day)
