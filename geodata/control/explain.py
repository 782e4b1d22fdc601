"""Say why a place counts as its holder's on a day: which statements, under which rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from geodata.control.inference import nearest
from geodata.control.rules import RULE_WORDS, RULES
from geodata.control.segments import BASES, BEGIN, END, INFERRED, NOBODY, STATES, at
from geodata.errors import UnknownPlace
from geodata.model import Statement

if TYPE_CHECKING:
    from geodata.control.timeline import ControlTimeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a place counts as its holder's on a day.

    Parameters
    ----------
    place_id : str
        Which place.
    day : date
        The day.
    controller : str or None
        Holder; None when unknown.
    state : str
        held, contested or unknown.
    basis : str
        stated, area, implied, inferred or none.
    parties : tuple of str
        Holders who contest it.
    rule : str
        A key of `geodata.control.RULE_WORDS`.
    certainty : float
        0 to 1, on that day.
    uncertain : bool
        Whether it is drawn as uncertain.
    valid_from, valid_to : date or None
        Since when and until when (exclusive) it is so; None is open.
    last_confirmed : date or None
        The last day on which anybody said so.
    decisive : tuple of Statement
        What made it so, both sides of a contest included.
    others : tuple of Statement
        What else is said of the place, on any day.
    area_statement : Statement or None
        The statement about a whole area that decided.
    neighbours : tuple of str
        The known places that it was inferred from, nearest first.
    """

    place_id: str
    day: date
    controller: str | None
    state: str
    basis: str
    parties: tuple[str, ...]
    rule: str
    certainty: float
    uncertain: bool
    valid_from: date | None
    valid_to: date | None
    last_confirmed: date | None
    decisive: tuple[Statement, ...]
    others: tuple[Statement, ...]
    area_statement: Statement | None
    neighbours: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return what the rule says."""
        return RULE_WORDS[self.rule]


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if BEGIN < ordinal < END else None


def explain(timeline: ControlTimeline, place_id: str, day: date) -> Explanation:
    """Say why a place counts as its holder's on a day.

    Raises
    ------
    UnknownPlace
        When the place has no cell: it is not known, has no point or lies outside the area.
    """
    cell = timeline.coverage.cell_of.get(place_id)
    if cell is None:
        raise UnknownPlace(
            f"{place_id!r:.60} has no cell: it is unknown, has no point or lies outside the area"
        )
    today = timeline.on_day(day)
    row = today.rows[cell]
    statements = timeline.reader.statements
    deciding = timeline.book.ids.values[row["ids"]]
    said = sorted(
        (statements[item.number] for item in timeline.reader.by_cell.get(cell, ())),
        key=lambda item: (item.date_start, item.statement_id),
    )
    decisive = tuple(statements[number] for number in deciding)
    return Explanation(
        place_id=place_id,
        day=day,
        controller=timeline.book.holders[row["holder"]] if row["holder"] != NOBODY else None,
        state=STATES[row["state"]],
        basis=BASES[row["basis"]],
        parties=tuple(timeline.book.holders[party] for party in timeline.book.parties.values[row["parties"]]),
        rule=RULES[row["rule"]],
        certainty=float(today.certainty[cell]),
        uncertain=bool(today.uncertain[cell]),
        valid_from=_day(int(today.start[cell])),
        valid_to=_day(int(today.end[cell])),
        last_confirmed=_day(int(row["confirmed"])),
        decisive=decisive,
        others=tuple(item for item in said if item not in decisive),
        area_statement=statements[row["area"]] if row["area"] != NOBODY else None,
        neighbours=_neighbours(timeline, cell, day) if row["basis"] == INFERRED else (),
    )


def _neighbours(timeline: ControlTimeline, cell: int, day: date) -> tuple[str, ...]:
    known = timeline.known
    points = timeline.coverage.points_m
    rows = known[at(known, np.arange(len(points)), day.toordinal())]
    holders = np.flatnonzero(rows["holder"] >= 0)
    around = nearest(points, np.array([cell]), holders, timeline.rules.reach_m)
    names = timeline.names.places
    return tuple(names[number] for number in around.known[: timeline.rules.neighbours].tolist())
