"""Decide who held one place when, from its own statements alone: forward in time, a day's words at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from geodata.control.book import Book
from geodata.control.contest import Case, Contest, Day, day_of, top_of
from geodata.control.evidence import CLAIM, NO_FACTION, Evidence
from geodata.control.segments import CONTESTED, END, HELD, IMPLIED, NOBODY, NONE, STATED, UNKNOWN

Row = tuple[Any, ...]


class PlaceHistory:
    """The state of one place while its statements are gone through.

    Parameters
    ----------
    cell : int
        Position of the cell.
    book : Book
        The rules, and who counts as one holder.
    """

    def __init__(self, cell: int, book: Book) -> None:
        self.cell, self.book, self.rules = cell, book, book.rules
        self.rows: list[Row] = []
        self.holder, self.case = NOBODY, Case()
        self.contest: Contest | None = None

    def run(self, evidence: Sequence[Evidence]) -> list[Row]:
        """Return the rows (as `geodata.control.segments.SEGMENT`) that the evidence, in any order, makes."""
        for day, items in groupby(sorted(evidence, key=attrgetter("day")), key=attrgetter("day")):
            self._settle(day)
            if self.book.renames and self.holder != NOBODY:
                self.holder = self.book.holder(self.case.faction, day)
            said = day_of(self.book, day, list(items))
            if not self.rows:
                self._imply(said)
            self._leave(said)
            if self.contest is None:
                self._meet(said)
            else:
                self._dispute(self.contest, said)
        self._settle(END)
        return self.rows

    def _imply(self, said: Day) -> None:
        """Give the place, before its first statement, to whom it was taken from or who left it."""
        losers: dict[int, Case] = {}
        for item in said.items:
            if item.kind != CLAIM or item.other == NO_FACTION:
                continue
            loser = self.book.holder(item.other, said.day)
            if loser != self.book.holder(item.faction, said.day):
                losers.setdefault(loser, Case(faction=item.other)).add(item)
        for holder, item in said.left:
            losers.setdefault(holder, Case(faction=item.faction)).add(item)
        if len(losers) != 1 or not self.rules.lookback_days:
            return
        holder, case = losers.popitem()
        certainty = case.support * self.rules.inferred_factor
        self._write(said.day - self.rules.lookback_days, holder, case, HELD, IMPLIED, "implied", certainty, 0)
        if said.left:
            self.holder, self.case = holder, case

    def _leave(self, said: Day) -> None:
        for holder, item in said.left:
            if holder in said.claims:
                continue
            if self.contest is not None:
                self._leave_contest(self.contest, holder, item, said.day)
            elif holder == self.holder:
                self.case = Case(ids={item.number}, faction=NO_FACTION)
                self.holder = NOBODY
                self._write(said.day, NOBODY, self.case, UNKNOWN, STATED, "left", item.weight, said.day)

    def _leave_contest(self, contest: Contest, holder: int, item: Evidence, day: int) -> None:
        if holder not in contest.parties:
            return
        contest.parties.discard(holder)
        contest.cases.pop(holder, None)
        contest.against.ids.add(item.number)
        if holder == self.holder:
            self.holder, self.case = NOBODY, Case()
        if len(contest.parties) > 1:
            self._write_contest(contest, day)
            return
        self.contest = None
        if not contest.parties:
            self._write(day, NOBODY, contest.against, UNKNOWN, STATED, "left", item.weight, day)
            return
        heir = contest.parties.pop()
        case = contest.cases.get(heir, Case(faction=contest.factions.get(heir, NO_FACTION)))
        if heir == self.holder:
            case, kept = self.case, case
            case.join(kept)
        case.ids.add(item.number)
        case.words.setdefault(item.origin, item.weight)
        case.last = day
        self._take(day, heir, case, "succeeded")

    def _meet(self, said: Day) -> None:
        """Meet a day's words while nothing is contested."""
        claims, denied = said.claims, {holder for holder, _ in said.denied}
        others = {holder: case for holder, case in claims.items() if holder != self.holder}
        if said.fought:
            self._open(said, "fighting")
        elif self.holder != NOBODY and self.holder in denied:
            self._open(said, "denied")
        elif denied & others.keys():
            self._open(said, "rivals" if self.holder == NOBODY else "challenged")
        elif not others:
            if claims:
                self._confirm(said.day, claims[self.holder], 0.0)
        elif self.holder in claims:
            self._weigh(said, claims[self.holder], others)
        elif len(others) == 1:
            self._challenge(said, *next(iter(others.items())))
        else:
            best, second = top_of(self.book, others)
            strong = others[best].support
            enough = self.holder == NOBODY or strong >= self.rules.flip_support
            if enough and strong >= self.rules.dominance * second:
                self._scaled_take(said.day, best, others[best], second)
            else:
                self._open(said, "rivals")

    def _challenge(self, said: Day, rival: int, case: Case) -> None:
        strong = case.support
        if self.holder == NOBODY:
            self._take(said.day, rival, case, "claimed")
        elif (self.holder, rival) in said.ceded:
            self._take(said.day, rival, case, "succeeded")
        elif strong >= self.rules.flip_support or strong >= self.rules.dominance * self._faded(said.day):
            self._take(said.day, rival, case, "flipped")
        else:
            self._open(said, "challenged")

    def _weigh(self, said: Day, own: Case, others: dict[int, Case]) -> None:
        """Weigh two words of one day, one of which is for the holder."""
        best, _ = top_of(self.book, others)
        strong = others[best].support
        if strong >= max(self.rules.flip_support, self.rules.dominance * own.support):
            self._scaled_take(said.day, best, others[best], own.support)
        elif own.support >= self.rules.dominance * strong:
            self._confirm(said.day, own, strong)
        else:
            self._open(said, "rivals")

    def _faded(self, day: int) -> float:
        age = max(0, day - self.case.last)
        return float(self.case.support * 0.5 ** (age / self.rules.half_life_days))

    def _confirm(self, day: int, case: Case, doubt: float) -> None:
        self.case.join(case)
        self._doubted(self.case, doubt)
        self._write(day, self.holder, self.case, HELD, STATED, "confirmed", self.case.support, self.case.last)

    def _take(self, day: int, holder: int, case: Case, rule: str) -> None:
        self.holder, self.case, self.contest = holder, case, None
        self._write(day, holder, case, HELD, STATED, rule, case.support, case.last)

    def _scaled_take(self, day: int, holder: int, case: Case, doubt: float) -> None:
        rule = "claimed" if self.holder == NOBODY else "flipped"
        self._doubted(case, doubt)
        self._take(day, holder, case, rule)

    @staticmethod
    def _doubted(case: Case, doubt: float) -> None:
        if doubt:
            case.words = {origin: weight * (1.0 - doubt) for origin, weight in case.words.items()}

    def _open(self, said: Day, rule: str) -> None:
        """Open a contest with what is said on a day."""
        contest = Contest(last=said.day, rule=rule)
        if self.holder != NOBODY:
            contest.parties.add(self.holder)
        self.contest = contest
        contest.count(self.book, self.holder, self.case.faction, said)
        self._write_contest(contest, said.day)

    def _dispute(self, contest: Contest, said: Day) -> None:
        """Meet a day's words while the place is contested."""
        if not (said.claims or said.fought or said.denied):
            return
        for loser, heir in sorted(said.ceded):
            if loser == self.holder and len(said.claims) == 1:
                self._take(said.day, heir, said.claims[heir], "succeeded")
                return
        contest.count(self.book, self.holder, self.case.faction, said)
        if contest.cases:
            best, second = top_of(self.book, contest.cases)
            strong = contest.cases[best].support
            if strong >= max(self.rules.flip_support, self.rules.dominance * second):
                self._resolve(contest, best, said.day, "confirmed" if best == self.holder else "flipped")
                return
        self._write_contest(contest, said.day)

    def _settle(self, day: int) -> None:
        """End a contest about which nothing more was said for some days."""
        contest = self.contest
        if contest is None or contest.endless or contest.last + self.rules.settle_days > day:
            return
        due = contest.last + self.rules.settle_days
        able = {
            name: case
            for name, case in contest.cases.items()
            if name == self.holder
            or (name not in contest.denied and case.support >= self.rules.settle_support)
        }
        if self.holder != NOBODY and not able.keys() - {self.holder}:
            self._resolve(contest, self.holder, due, "lapsed")
            return
        if self.holder == NOBODY and not contest.cases:
            # Mere fighting says nothing of later days: areas and neighbours speak for it again.
            self.contest = None
            self._write(due, NOBODY, Case(), UNKNOWN, NONE, "lapsed", 0.0, 0)
            return
        best, _ = top_of(self.book, able) if able else (NOBODY, 0.0)
        second = contest.best_other(best, self.holder)
        lately = contest.last_claimants & able.keys()
        if able and able[best].support >= self.rules.dominance * second:
            winner = best
        elif len(lately) == 1 == len(contest.last_claimants):
            winner = lately.pop()
        else:
            contest.endless = True
            return
        self._resolve(contest, winner, due, "lapsed" if winner == self.holder else "settled")

    def _resolve(self, contest: Contest, winner: int, day: int, rule: str) -> None:
        case = contest.cases.get(winner, Case(faction=self.case.faction, last=self.case.last))
        if winner == self.holder:
            case, fresh = self.case, case
            case.join(fresh)
        self._doubted(case, contest.best_other(winner, self.holder))
        self._take(day, winner, case, rule)

    def _write_contest(self, contest: Contest, day: int) -> None:
        every = self.case.ids.union(contest.against.ids, *(case.ids for case in contest.cases.values()))
        shown = Case(ids=every, faction=self.case.faction if self.holder != NOBODY else NO_FACTION)
        certainty = 0.0
        if self.holder != NOBODY:
            certainty = self.case.support * (1.0 - contest.best_other(self.holder, self.holder))
        last = self.case.last if self.holder != NOBODY else 0
        self._write(
            day, self.holder, shown, CONTESTED, STATED, contest.rule, certainty, last, contest.parties
        )

    def _write(
        self,
        day: int,
        holder: int,
        case: Case,
        state: int,
        basis: int,
        rule: str,
        certainty: float,
        confirmed: int,
        parties: Iterable[int] = (),
    ) -> None:
        row = self.book.row(
            self.cell, day, holder, case.faction, state, basis, rule, parties, case.ids, certainty, confirmed
        )
        if self.rows and self.rows[-1][1] == row[1]:
            self.rows.pop()
        self.rows.append(row)
