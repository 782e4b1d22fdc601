"""Decide who held one place when, from its own statements alone: forward in time, a day's words at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from geodata.control.book import Book
from geodata.control.contest import Case, Contest, Day, Decree, day_of, top_of
from geodata.control.evidence import NO_FACTION, Evidence
from geodata.control.segments import CONTESTED, END, HELD, IMPLIED, NOBODY, NONE, STATED, UNKNOWN

Row = tuple[Any, ...]

_START, _BASIS = 1, 4  # positions in a row


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
        # The word about its area that still stands, whatever is contested.
        self.decree: Decree | None = None
        self.is_told = False

    def run(self, evidence: Sequence[Evidence], decrees: Iterable[Decree] = ()) -> list[Row]:
        """Return the rows (as `geodata.control.segments.SEGMENT`) that the evidence, in any order, makes.

        Parameters
        ----------
        evidence : sequence of Evidence
            About the place.
        decrees : iterable of Decree
            What statements about areas make of it, one a day; the day's words about the place go before.
        """
        ordered = sorted(evidence, key=attrgetter("day"))
        days = {day: list(items) for day, items in groupby(ordered, key=attrgetter("day"))}
        decreed = {decree.day: decree for decree in decrees}
        for day in sorted({*days, *decreed, *self.book.joining_days(ordered)}):
            self._settle(day)
            if self.book.renames:
                self._rename(day)
            self.is_told = False
            if day in days:
                self._hear(day_of(self.book, day, days[day]))
            if day in decreed and not self.is_told:
                self._obey(decreed[day])
        self._settle(END)
        return self.rows

    def _hear(self, said: Day) -> None:
        if not self.rows or self.rows[-1][_BASIS] == NONE:
            self._imply(said)
        self._leave(said)
        if self.contest is None:
            self._meet(said)
        else:
            self._dispute(self.contest, said)

    def _obey(self, decree: Decree) -> None:
        self.holder, self.case, self.contest, self.decree = decree.holder, decree.case.copy(), None, decree
        self._append(decree.row)

    def _rename(self, day: int) -> None:
        before, contest = self.holder, self.contest
        if before != NOBODY:
            self.holder = self.book.holder(self.case.faction, day)
        if contest is None:
            return
        count = len(contest.parties)
        if not contest.rename(self.book, day, before, self.holder):
            return
        winner = min(contest.parties, key=self.book.name)
        if len(contest.parties) == 1 < count and winner in (self.holder, *contest.cases):
            # Who fought each other are one now.
            self._resolve(contest, winner, day, "lapsed" if winner == self.holder else "settled")
        else:
            self._write_contest(contest, day)

    def _imply(self, said: Day) -> None:
        """Give the place, before its first statement, to whom it was taken from or who left it."""
        losers = said.losers(self.book)
        if len(losers) != 1 or not self.rules.lookback_days:
            return
        holder, case = losers.popitem()
        certainty = case.support * self.rules.inferred_factor
        start = max(said.day - self.rules.lookback_days, self.rows[-1][_START] if self.rows else 0)
        self._write(start, holder, case, HELD, IMPLIED, "implied", certainty, 0)
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
                self.holder, self.decree = NOBODY, None
                self._write(said.day, NOBODY, self.case, UNKNOWN, STATED, "left", item.weight, said.day)

    def _leave_contest(self, contest: Contest, holder: int, item: Evidence, day: int) -> None:
        if holder not in contest.parties:
            return
        contest.parties.discard(holder)
        contest.cases.pop(holder, None)
        contest.against.ids.add(item.number)
        if holder == self.holder:
            self.holder, self.case, self.decree = NOBODY, Case(), None
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
            enough = (self._is_open or strong >= self.rules.flip_support) and others[best].may_take(
                self.holder
            )
            if enough and strong >= self.rules.dominance * second:
                self._scaled_take(said.day, best, others[best], second)
            else:
                self._open(said, "rivals")

    def _challenge(self, said: Day, rival: int, case: Case) -> None:
        strong = case.support
        if not case.may_take(self.holder):
            self._open(said, "challenged")
        elif self._is_open:
            self._take(said.day, rival, case, "claimed" if self.holder == NOBODY else "flipped")
        elif (self.holder, rival) in said.ceded:
            self._take(said.day, rival, case, "succeeded")
        elif strong >= self.rules.flip_support or strong >= self.rules.dominance * self.case.faded(
            said.day, self.rules
        ):
            self._take(said.day, rival, case, "flipped")
        else:
            self._open(said, "challenged")

    def _weigh(self, said: Day, own: Case, others: dict[int, Case]) -> None:
        """Weigh two words of one day, one of which is for the holder."""
        best, _ = top_of(self.book, others)
        strong = others[best].support
        enough = strong >= max(self.rules.flip_support, self.rules.dominance * own.support)
        if enough and others[best].may_take(self.holder):
            self._scaled_take(said.day, best, others[best], own.support)
        elif own.support >= self.rules.dominance * strong:
            self._confirm(said.day, own, strong)
        else:
            self._open(said, "rivals")

    @property
    def _is_open(self) -> bool:
        """Whether nothing is reported of the place itself that a first word about it would contradict."""
        return self.holder == NOBODY or self.decree is not None

    def _confirm(self, day: int, case: Case, doubt: float) -> None:
        self.case.join(case)
        self.case.doubt(doubt)
        self.decree = None
        self._write(day, self.holder, self.case, HELD, STATED, "confirmed", self.case.support, self.case.last)

    def _take(self, day: int, holder: int, case: Case, rule: str) -> None:
        self.holder, self.case, self.contest, self.decree = holder, case, None, None
        self._write(day, holder, case, HELD, STATED, rule, case.support, case.last)

    def _scaled_take(self, day: int, holder: int, case: Case, doubt: float) -> None:
        case.doubt(doubt)
        self._take(day, holder, case, "claimed" if self.holder == NOBODY else "flipped")

    def _open(self, said: Day, rule: str) -> None:
        """Open a contest with what is said on a day."""
        contest = Contest(last=said.day, rule=rule)
        if self.holder != NOBODY:
            contest.parties.add(self.holder)
            contest.factions[self.holder] = self.case.faction
        self.contest = contest
        contest.count(self.book, self.holder, self.case.faction, said)
        self._write_contest(contest, said.day)

    def _dispute(self, contest: Contest, said: Day) -> None:
        """Meet a day's words while the place is contested."""
        if not (said.claims or said.fought or said.denied):
            return
        for loser, heir in sorted(said.ceded):
            if loser == self.holder and len(said.claims) == 1 and said.claims[heir].may_take(loser):
                self._take(said.day, heir, said.claims[heir], "succeeded")
                return
        contest.count(self.book, self.holder, self.case.faction, said)
        if contest.cases:
            best, _ = top_of(self.book, contest.cases)
            strong, other = contest.cases[best].support, contest.best_other(best, self.holder)
            enough = strong >= max(self.rules.flip_support, self.rules.dominance * other)
            if enough and (best == self.holder or contest.cases[best].may_take(self.holder)):
                self._resolve(contest, best, said.day, "confirmed" if best == self.holder else "flipped")
                return
        self._write_contest(contest, said.day)

    def _settle(self, day: int) -> None:
        """End a contest about which nothing more was said for some days."""
        contest = self.contest
        if contest is None or contest.endless or contest.last + self.rules.settle_days > day:
            return
        due = contest.last + self.rules.settle_days
        winner = contest.outcome(self.book, self.holder)
        if winner is None:
            contest.endless = True
        elif self.decree is not None and not contest.cases and not contest.against.words:
            self.contest = None
            self._append((self.cell, due, *self.decree.row[2:]))
        elif winner == NOBODY:
            # Mere fighting says nothing of later days: neighbours speak for it again.
            self.contest = None
            self._write(due, NOBODY, Case(), UNKNOWN, NONE, "lapsed", 0.0, 0)
        else:
            self._resolve(contest, winner, due, "lapsed" if winner == self.holder else "settled")

    def _resolve(self, contest: Contest, winner: int, day: int, rule: str) -> None:
        case = contest.cases.get(winner, Case(faction=self.case.faction, last=self.case.last))
        if winner == self.holder:
            case, fresh = self.case, case
            case.join(fresh)
        case.doubt(contest.best_other(winner, self.holder))
        self._take(day, winner, case, rule)

    def _write_contest(self, contest: Contest, day: int) -> None:
        every = self.case.ids.union(contest.against.ids, *(case.ids for case in contest.cases.values()))
        own = self.case if self.holder != NOBODY else Case()
        shown = Case(ids=every, faction=own.faction)
        certainty = own.support * (1.0 - contest.best_other(self.holder, self.holder))
        rule, parties = contest.rule, contest.parties
        self._write(day, self.holder, shown, CONTESTED, STATED, rule, certainty, own.last, parties)

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
        self.is_told = True
        self._append(row)

    def _append(self, row: Row) -> None:
        if self.rows and self.rows[-1][_START] == row[_START]:
            self.rows.pop()
        self.rows.append(row)
