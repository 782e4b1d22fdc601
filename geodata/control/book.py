"""Keep the numbers by which holders, factions, parties and statements stand in segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geodata.control.alliance import Alliance
from geodata.control.evidence import NO_FACTION, Evidence, Reader
from geodata.control.rules import RULES, ControlRules
from geodata.control.segments import NOBODY, Pool

RULE_NUMBERS = {name: number for number, name in enumerate(RULES)}


class Book:
    """Number holders as they come up, and write rows of segments.

    Parameters
    ----------
    rules : ControlRules
        The rules.
    alliance : Alliance
        Who counts as one holder when.
    reader : Reader
        Knows the factions and statements by their positions.
    """

    def __init__(self, rules: ControlRules, alliance: Alliance, reader: Reader) -> None:
        self.rules, self.alliance, self.reader = rules, alliance, reader
        self.holders: list[str] = []
        self.parties = Pool()
        self.ids = Pool()
        self.told: dict[tuple[Any, ...], tuple[list[tuple[Any, ...]], bool]] = {}
        """Rows of cells whose own words were gone through again after a statement about their area."""
        self.renames = alliance.level == "room"
        self._numbers: dict[str, int] = {}
        self._of_faction: dict[int, int] = {}

    def holder(self, faction: int, day: int) -> int:
        """Return the number of the holder that a faction (its position) counts as on a day (ordinal)."""
        if not self.renames and (known := self._of_faction.get(faction)) is not None:
            return known
        name = self.alliance.holder_on(self.reader.factions[faction], day)
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.holders)
            self.holders.append(name)
        self._of_faction[faction] = number
        return number

    def name(self, holder: int) -> str:
        """Return the id of a holder."""
        return self.holders[holder]

    def faction_for(self, holder: int, day: int) -> int:
        """Return the faction, first by its id, that counts as a holder on a day (ordinal)."""
        names = self.reader.factions
        order = sorted(range(len(names)), key=names.__getitem__)
        return next((item for item in order if self.holder(item, day) == holder), NO_FACTION)

    def joining_days(self, evidence: Iterable[Evidence]) -> set[int]:
        """Return the days (ordinals) on which any who are named may join or leave a group."""
        if not self.renames:
            return set()
        named = {faction for item in evidence for faction in (item.faction, item.other)} - {NO_FACTION}
        return {day for faction in named for day in self.alliance.changes(self.reader.factions[faction])}

    def first_faction(self, one: int, other: int) -> int:
        """Return the position of the faction whose id sorts first; -1 is none."""
        if NO_FACTION in (one, other):
            return max(one, other)
        names = self.reader.factions
        return one if names[one] <= names[other] else other

    def row(
        self,
        cell: int,
        day: int,
        holder: int,
        faction: int,
        state: int,
        basis: int,
        rule: str,
        parties: Iterable[int],
        ids: Iterable[int],
        certainty: float,
        confirmed: int,
    ) -> tuple[Any, ...]:
        """Return a row in the order of `geodata.control.segments.SEGMENT`."""
        statements = self.reader.statements
        named = tuple(sorted(parties, key=self.name))
        deciding = tuple(sorted(ids, key=lambda index: statements[index].statement_id))
        return (
            *(cell, max(day, 1), holder, state, basis, RULE_NUMBERS[rule], faction),
            *(self.parties.number(named), self.ids.number(deciding), NOBODY, confirmed, certainty),
        )
