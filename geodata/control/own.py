"""Make the own histories of all cells: one by one where much is said, at once where one thing is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

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
    """Cut rows where the faction that holds the cell joins or leaves a group."""
    if not book.renames or not len(table):
        return table
    last, fresh = ends(table), []
    for faction in np.unique(table["faction"][table["holder"] >= 0]):
        for day in book.alliance.changes(book.reader.factions[faction]):
            if day <= BEGIN + 1:
                continue
            cut = (table["faction"] == faction) & (table["holder"] >= 0)
            cut &= (table["start"] < day) & (day < last)
            part: Segments = table[cut].copy()
            holder = book.holder(int(faction), day)
            for row in part:
                parties = book.parties.values[row["parties"]]
                swapped = {holder if party == row["holder"] else party for party in parties}
                row["parties"] = book.parties.number(tuple(sorted(swapped, key=book.name)))
            part["start"], part["holder"] = day, holder
            fresh.append(part)
    return ordered(np.concatenate([table, *fresh])) if fresh else table
