"""Make the own histories of all cells: one by one where much is said, at once where one thing is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from geodata.control.book import RULE_NUMBERS, Book
from geodata.control.evidence import CLAIM, NO_FACTION, Evidence
from geodata.control.place_history import PlaceHistory
from geodata.control.segments import (
    BEGIN,
    HELD,
    IMPLIED,
    NOBODY,
    STATED,
    Segments,
    blank,
    ends,
    ordered,
    rows,
)


def own_histories(book: Book, cells: Iterable[int]) -> Segments:
    """Return the rows of some cells that their own statements make, each cell beginning before all days."""
    said = {cell: book.reader.by_cell.get(cell, []) for cell in cells}
    simple = [(cell, items[0]) for cell, items in said.items() if len(items) == 1 and items[0].kind == CLAIM]
    many = [
        (cell, items) for cell, items in said.items() if len(items) > 1 or (items and items[0].kind != CLAIM)
    ]
    every = np.array(sorted(said), dtype=np.int64)
    parts = [blank(every)]
    parts[0]["rule"] = RULE_NUMBERS["unknown"]
    if simple:
        parts += _claims(book, simple)
    found = [row for cell, items in many for row in PlaceHistory(cell, book).run(items)]
    if found:
        parts.append(rows(found))
    return renamed(book, ordered(np.concatenate(parts)))


def _claims(book: Book, simple: list[tuple[int, Evidence]]) -> list[Segments]:
    """Return the rows of cells of which a single claim speaks, as `PlaceHistory` makes them."""
    rules = book.rules
    held = blank(np.array([cell for cell, _ in simple]))
    items = [item for _, item in simple]
    held["start"] = held["confirmed"] = [item.day for item in items]
    held["holder"] = [book.holder(item.faction, item.day) for item in items]
    held["faction"] = [item.faction for item in items]
    held["support"] = [item.weight for item in items]
    held["ids"] = [book.ids.number((item.number,)) for item in items]
    held["state"], held["basis"], held["rule"] = HELD, STATED, RULE_NUMBERS["claimed"]
    before: Segments = held.copy()
    loser = [book.holder(item.other, item.day) if item.other != NO_FACTION else NOBODY for item in items]
    before["holder"] = loser
    before["faction"] = [item.other for item in items]
    before["start"] = np.maximum(held["start"] - rules.lookback_days, 1)
    before["support"] *= rules.inferred_factor
    before["confirmed"] = 0
    before["basis"], before["rule"] = IMPLIED, RULE_NUMBERS["implied"]
    implied = (before["holder"] != NOBODY) & (before["holder"] != held["holder"])
    implied &= before["start"] < held["start"]
    return [before[implied], held]


def renamed(book: Book, table: Segments) -> Segments:
    """Call holders by what they count as on each row's days; cut rows where they join or leave a group."""
    if not book.renames or not len(table):
        return table
    last, cuts = ends(table), [table]
    factions = np.unique(table["faction"][table["holder"] >= 0]).tolist()
    days_of = {name: _joining_days(book, name) for name in factions}
    for faction in factions:
        theirs = (table["faction"] == faction) & (table["holder"] >= 0)
        for day in days_of[faction]:
            part: Segments = table[theirs & (table["start"] < day) & (day < last)].copy()
            part["start"] = day
            cuts.append(part)
    table = ordered(np.concatenate(cuts))
    for faction in factions:
        theirs = np.flatnonzero((table["faction"] == faction) & (table["holder"] >= 0))
        period = np.searchsorted(days_of[faction], table["start"][theirs], side="right")
        for number in np.unique(period).tolist():
            holder = book.holder(faction, days_of[faction][number - 1] if number else BEGIN + 1)
            _call(book, table, theirs[period == number], holder)
    return table


def _joining_days(book: Book, faction: int) -> list[int]:
    return [day for day in book.alliance.changes(book.reader.factions[faction]) if day > BEGIN + 1]


def _call(book: Book, table: Segments, rows_of: NDArray[np.int64], holder: int) -> None:
    """Write in some rows that they are a holder's, also among the parties."""
    for row in rows_of[table["holder"][rows_of] != holder].tolist():
        parties = book.parties.values[table["parties"][row]]
        swapped = {holder if party == table["holder"][row] else party for party in parties}
        table["parties"][row] = book.parties.number(tuple(sorted(swapped, key=book.name)))
        table["holder"][row] = holder
