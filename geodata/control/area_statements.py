"""Lay statements about whole areas over what is known of single places, in the order of their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from geodata.control.book import RULE_NUMBERS, Book
from geodata.control.contest import Case, Decree
from geodata.control.evidence import CLAIM, LEFT, NO_FACTION, Evidence
from geodata.control.inference import on_day
from geodata.control.own import renamed
from geodata.control.place_history import PlaceHistory, Row
from geodata.control.segments import (
    AREA,
    CONTESTED,
    HELD,
    IMPLIED,
    INFERRED,
    NOBODY,
    UNKNOWN,
    Segments,
    blank,
    ordered,
    rows,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


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
    days: dict[int, list[tuple[str, Evidence]]] = defaultdict(list)
    for area, items in book.reader.by_area.items():
        for item in items:
            if item.kind in (CLAIM, LEFT):
                days[item.day].append((area, item))
    overlay = _Overlay(book, own, points_m, cells_of)
    for day in sorted(days):
        overlay.hear(days[day], day)
    return overlay.table


class _Overlay:
    """What is known of every cell while the days on which areas are spoken of are gone through."""

    def __init__(self, book: Book, own: Segments, points_m: Floats, cells_of: Callable[[str], Ints]) -> None:
        self.book, self.table, self.points_m, self.cells_of = book, own, points_m, cells_of
        self.decrees: dict[int, Decree] = {}
        """The last one of each cell with words of its own."""
        self.cases: list[tuple[int, Case]] = []
        """Holders, and what statements about areas say for them."""
        self.case_of = np.full(len(points_m), -1, dtype=np.int64)
        """The case of each cell, as it was last spoken of."""

    def hear(self, said: Sequence[tuple[str, Evidence]], day: int) -> None:
        """Apply a day's statements about areas, all judged by the day before."""
        statements = self.book.reader.statements
        said = sorted(said, key=lambda pair: statements[pair[1].number].statement_id)
        inside = np.zeros((len(said), len(self.points_m)), dtype=bool)
        for flags, (area, _) in zip(inside, said, strict=True):
            flags[self.cells_of(area)] = True
        cells = np.flatnonzero(inside.any(axis=0))
        if not len(cells):
            return
        before = on_day(self.points_m, cells, self.table, day - 1, self.book.rules)
        items = [item for _, item in said]
        hit = np.array([_concerns(self.book, before, item, day) for item in items]) & inside[:, cells]
        some = hit.any(axis=0)
        if some.any():
            self._apply(items, hit[:, some], before[some], day)

    def _apply(self, items: Sequence[Evidence], hit: Flags, before: Segments, day: int) -> None:
        """Apply statements to the cells (columns) that each of them (rows) concerns."""
        cells = before["cell"]
        known = np.where(before["basis"] == AREA, self.case_of[cells], -1)
        parties = np.where(before["state"] == CONTESTED, before["parties"], 0)
        kinds, kind_of = np.unique(
            np.column_stack([hit.T.astype(np.int64), known, parties]), axis=0, return_inverse=True
        )
        fresh, case_of = blank(cells, day), np.zeros(len(cells), dtype=np.int64)
        kind_of = kind_of.ravel()
        for number, kind in enumerate(kinds):
            chosen = [item for item, is_hit in zip(items, kind, strict=False) if is_hit]
            where = kind_of == number
            holder, case, row = _decided(self.book, chosen, *self._earlier(int(kind[-2])), int(kind[-1]), day)
            case_of[where] = len(self.cases)
            self.cases.append((holder, case))
            for name, value in row.items():
                fresh[name][where] = value
        self._lay(fresh, case_of, day)

    def _earlier(self, number: int) -> tuple[int, Case]:
        return self.cases[number] if number >= 0 else (NOBODY, Case())

    def _lay(self, fresh: Segments, case_of: Ints, day: int) -> None:
        """Put rows in, and go through the own words of those cells again that have any from their day on."""
        after = np.zeros(len(self.points_m), dtype=bool)
        after[self.table["cell"][self.table["start"] >= day]] = True
        hit = np.zeros(len(self.points_m), dtype=bool)
        hit[fresh["cell"]] = True
        told = np.zeros(len(fresh), dtype=bool)
        again: list[Row] = []
        for number, cell in enumerate(fresh["cell"].tolist()):
            if not (words := self.book.reader.by_cell.get(cell)):
                continue
            holder, case = self.cases[case_of[number]]
            decree = Decree(day, holder, case, fresh[number].item())
            if after[cell] or any(item.day >= day for item in words):
                told[number] = True
                found, is_obeyed = self._told_again(cell, words, decree)
                again += found
                if not is_obeyed:
                    case_of[number] = self.case_of[cell]
                    continue
            self.decrees[cell] = decree
        self.case_of[fresh["cell"]] = case_of
        kept = self.table[~hit[self.table["cell"]] | (self.table["start"] < day)]
        made = renamed(self.book, ordered(np.concatenate([fresh[~told], rows(again)])))
        self.table = ordered(np.concatenate([kept, made]))

    def _told_again(self, cell: int, words: Sequence[Evidence], decree: Decree) -> tuple[list[Row], bool]:
        """Return a cell's rows from a decree's day on, and whether it counts beside the words of that day."""
        last = self.decrees.get(cell)
        # Words are only ever added: with as many as before they are the same.
        key = (cell, len(words), decree.row, last.row if last else None)
        if (known := self.book.told.get(key)) is not None:
            return known
        decrees = [decree]
        if last is not None:
            # What was said before it has no bearing any more.
            decrees.append(last)
            words = [item for item in words if item.day > last.day]
        made = PlaceHistory(cell, self.book).run(words, decrees)
        found = [row for row in made if row[1] >= decree.day], decree.row in made
        self.book.told[key] = found
        return found


def _concerns(book: Book, before: Segments, item: Evidence, day: int) -> Flags:
    """Tell which rows a statement concerns, given how they were the day before."""
    holder = book.holder(item.faction, day)
    if item.kind == LEFT:
        return _has(book, before, holder)
    loser = book.holder(item.other, day) if item.other != NO_FACTION else NOBODY
    found: Flags
    if not (item.captured or item.ceded):
        found = (before["holder"] == NOBODY) & (before["state"] == UNKNOWN)
        found |= np.isin(before["basis"], (IMPLIED, INFERRED))
    elif loser in (NOBODY, holder):
        found = before["holder"] != holder
    else:
        found = _has(book, before, loser)
    found |= (before["basis"] == AREA) & (before["holder"] == holder)
    return found


def _has(book: Book, before: Segments, holder: int) -> Flags:
    """Tell which rows the holder has or contests."""
    named = np.array([holder in parties for parties in book.parties.values])
    found: Flags = (before["holder"] == holder) | ((before["state"] == CONTESTED) & named[before["parties"]])
    return found


def _decided(
    book: Book, items: Sequence[Evidence], earlier: int, known: Case, parties: int, day: int
) -> tuple[int, Case, Mapping[str, float]]:
    """Return who has a cell by statements about areas, what speaks for it, and the fields of its row.

    Parameters
    ----------
    book : Book
    items : sequence of Evidence
        The statements of a day, by their ids.
    earlier : int
        The holder by earlier statements about areas, -1 nobody.
    known : Case
        What spoke for it.
    parties : int
        Number of the parties that contested the cell the day before.
    day : int
        Ordinal.
    """
    cases: dict[int, Case] = {}
    for item in items:
        holder = book.holder(item.faction, day) if item.kind == CLAIM else NOBODY
        case = cases.setdefault(holder, Case(faction=NO_FACTION))
        case.add(item)
        if holder != NOBODY:
            case.faction = book.first_faction(case.faction, item.faction)
    # Whoever names a holder goes before whoever names none, then the better supported.
    holder = max(
        cases,
        key=lambda name: (name != NOBODY, cases[name].support, book.name(name) if name != NOBODY else ""),
    )
    case, rule = cases[holder], "area-left"
    if holder != NOBODY:
        numbers = case.ids.copy()
        taken = any(item.captured or item.ceded for item in items if item.number in numbers)
        rule = "area-taken" if taken else "area-held"
        if holder == earlier:
            case.join(known)
    else:
        left = {book.holder(item.faction, day) for item in items}
        heirs = set(book.parties.values[parties]) - left
        if len(heirs) == 1:
            # A contested place, which one of two parties has left, is the other's.
            holder = heirs.pop()
            case.faction = book.faction_for(holder, day)
    statements = book.reader.statements
    ids = tuple(sorted(case.ids, key=lambda number: statements[number].statement_id))
    row = {
        "holder": holder,
        "faction": case.faction,
        "state": UNKNOWN if holder == NOBODY else HELD,
        "basis": AREA,
        "rule": RULE_NUMBERS[rule],
        "ids": book.ids.number(ids),
        "area": next(item.number for item in items if item.number in case.ids),
        "confirmed": day,
        "support": case.support,
    }
    return holder, case, row
