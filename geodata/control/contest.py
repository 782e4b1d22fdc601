"""What speaks for whom: the cases of holders, a day's words, and a contest between parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from geodata.control.book import Book
from geodata.control.evidence import CLAIM, CONTEST, DENIAL, LEFT, NO_FACTION, Evidence
from geodata.control.rules import ControlRules
from geodata.control.segments import NOBODY


def support(words: Iterable[float]) -> float:
    """Return 1 − Π(1 − w) of the weights of independent sources, 0 of none."""
    doubt = 1.0
    for weight in sorted(words):
        doubt *= 1.0 - weight
    return 1.0 - doubt


@dataclass(slots=True)
class Case:
    """What speaks for one holder: the best word of each independent source."""

    words: dict[int, float] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)
    faction: int = NO_FACTION
    last: int = 0
    is_plain: bool = False
    """Whether any word is more than an allegation: allegations contest a place but never take it."""

    def add(self, item: Evidence) -> None:
        """Count a statement; one source counts once, with its best word."""
        self.words[item.origin] = max(item.weight, self.words.get(item.origin, 0.0))
        self.ids.add(item.number)
        self.last = item.day
        self.is_plain = self.is_plain or not item.alleged

    def join(self, other: Case) -> None:
        """Take over what speaks for the same holder elsewhere."""
        for origin, weight in other.words.items():
            self.words[origin] = max(weight, self.words.get(origin, 0.0))
        self.ids |= other.ids
        self.last = max(self.last, other.last)
        self.is_plain = self.is_plain or other.is_plain

    @property
    def support(self) -> float:
        """Return the support of the case."""
        return support(self.words.values())

    def faded(self, day: int, rules: ControlRules) -> float:
        """Return what is left on a day (ordinal) of the support that the last word gave."""
        return rules.faded(self.support, max(0, day - self.last))

    def may_take(self, holder: int) -> bool:
        """Tell whether this is more than allegations, or contradicts nobody (holder -1)."""
        return self.is_plain or holder == NOBODY

    def doubt(self, by: float) -> None:
        """Weigh every word less by the support of what contradicts it."""
        if by:
            self.words = {origin: weight * (1.0 - by) for origin, weight in self.words.items()}

    def copy(self) -> Case:
        """Return a case of its own that says the same."""
        return Case(dict(self.words), set(self.ids), self.faction, self.last, self.is_plain)


@dataclass(frozen=True, slots=True)
class Decree:
    """What statements about a whole area make of one place: from its day on, until the place's own next word.

    Parameters
    ----------
    day : int
        Ordinal.
    holder : int
        Number of the holder, -1 nobody.
    case : Case
        What speaks for the holder.
    row : tuple
        The row of `geodata.control.segments.SEGMENT` that it makes.
    """

    day: int
    holder: int
    case: Case
    row: tuple[Any, ...]


@dataclass(slots=True)
class Day:
    """What is said of the place on one day."""

    day: int
    items: list[Evidence]
    claims: dict[int, Case]
    left: list[tuple[int, Evidence]]
    fought: list[Evidence]
    denied: list[tuple[int, Evidence]]
    ceded: set[tuple[int, int]]

    def losers(self, book: Book) -> dict[int, Case]:
        """Return who is said to have had the place until this day, and what says so."""
        found: dict[int, Case] = {}
        for item in self.items:
            if item.kind != CLAIM or item.other == NO_FACTION:
                continue
            loser = book.holder(item.other, self.day)
            if loser != book.holder(item.faction, self.day):
                found.setdefault(loser, Case(faction=item.other)).add(item)
        for holder, item in self.left:
            found.setdefault(holder, Case(faction=item.faction)).add(item)
        return found


@dataclass(slots=True)
class Contest:
    """What has been said since a place became contested: for whom, and who spoke last."""

    last: int
    rule: str
    cases: dict[int, Case] = field(default_factory=dict)
    parties: set[int] = field(default_factory=set)
    factions: dict[int, int] = field(default_factory=dict)
    last_claimants: set[int] = field(default_factory=set)
    denied: set[int] = field(default_factory=set)
    against: Case = field(default_factory=Case)
    """Denials that the holder has it, and words that it is contested: they speak for nobody."""
    endless: bool = False

    def best_other(self, holder: int, current: int) -> float:
        """Return the greatest support among the others, counting denials against the present holder."""
        rivals = [case.support for name, case in self.cases.items() if name != holder]
        return max([*rivals, self.against.support if holder == current else 0.0], default=0.0)

    def count(self, book: Book, holder: int, faction: int, said: Day) -> None:
        """Count a day's words about a place that a holder, for whom a faction stands, has (-1: nobody)."""
        spoken = set(said.claims)
        for claimant, case in said.claims.items():
            self.cases.setdefault(claimant, Case(faction=case.faction)).join(case)
        for item in said.fought:
            for party in (item.faction, item.other):
                if party != NO_FACTION:
                    self.parties.add(self._named(book, party, said.day))
            self.against.ids.add(item.number)
        for denied, item in said.denied:
            if denied == holder:
                self.against.add(item)
                continue
            self.denied.add(self._named(book, item.faction, said.day))
            self.against.ids.add(item.number)
            if holder != NOBODY:
                # Who denies that another took it says that its holder still has it.
                self.cases.setdefault(holder, Case(faction=faction)).add(item)
                spoken.add(holder)
        self.parties |= self.cases.keys()
        for name, case in self.cases.items():
            self.factions.setdefault(name, case.faction)
        self.last, self.endless = said.day, False
        self.last_claimants = spoken or self.last_claimants

    def _named(self, book: Book, faction: int, day: int) -> int:
        holder = book.holder(faction, day)
        self.factions[holder] = book.first_faction(self.factions.get(holder, NO_FACTION), faction)
        return holder

    def rename(self, book: Book, day: int, before: int, holder: int) -> bool:
        """Call all by what they count as on a day, the holder as given; tell whether anything changed."""
        fresh = {name: book.holder(faction, day) for name, faction in self.factions.items()} | {
            before: holder
        }
        if all(name == renamed for name, renamed in fresh.items()):
            return False
        cases: dict[int, Case] = {}
        for name, case in self.cases.items():
            cases.setdefault(fresh[name], Case(faction=case.faction)).join(case)
        factions: dict[int, int] = {}
        for name, faction in self.factions.items():
            known = factions.get(fresh[name], NO_FACTION)
            factions[fresh[name]] = book.first_faction(known, faction)
        self.cases, self.factions = cases, factions
        self.parties = {fresh[name] for name in self.parties}
        self.denied = {fresh[name] for name in self.denied}
        self.last_claimants = {fresh[name] for name in self.last_claimants}
        return True

    def outcome(self, book: Book, holder: int) -> int | None:
        """Return who has the place when nothing more is said (-1: nobody), None when nobody can tell."""
        able = {
            name: case
            for name, case in self.cases.items()
            if name == holder
            or (
                name not in self.denied
                and case.support >= book.rules.settle_support
                and case.may_take(holder)
            )
        }
        if not able.keys() - {holder} and (holder != NOBODY or not self.cases):
            return holder
        best, _ = top_of(book, able) if able else (NOBODY, 0.0)
        if able and able[best].support >= book.rules.dominance * self.best_other(best, holder):
            return best
        lately = self.last_claimants & able.keys()
        return lately.pop() if len(lately) == 1 == len(self.last_claimants) else None


def day_of(book: Book, day: int, items: list[Evidence]) -> Day:
    """Sort what is said of a place on one day (ordinal) by whom it speaks for."""
    said = Day(day, items, {}, [], [], [], set())
    for item in items:
        holder = book.holder(item.faction, day)
        if item.kind == CLAIM:
            case = said.claims.setdefault(holder, Case())
            case.add(item)
            case.faction = book.first_faction(case.faction, item.faction)
            if item.ceded:
                said.ceded.add((book.holder(item.other, day), holder))
        elif item.kind == LEFT:
            said.left.append((holder, item))
        elif item.kind == DENIAL:
            said.denied.append((holder, item))
        elif item.kind == CONTEST and (item.other == NO_FACTION or book.holder(item.other, day) != holder):
            # Fighting among those who count as one is no contest.
            said.fought.append(item)
    return said


def top_of(book: Book, cases: dict[int, Case]) -> tuple[int, float]:
    """Return the best supported holder, and the support of the next."""
    order = sorted(cases, key=lambda name: (-cases[name].support, book.name(name)))
    return order[0], cases[order[1]].support if len(order) > 1 else 0.0
