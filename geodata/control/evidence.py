"""Read statements into evidence: what each says of which cell, on which day, with which weight."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from geodata.control.alliance import PARTISAN_SIDES, Alliance
from geodata.control.rules import ControlRules
from geodata.control.sources import Source
from geodata.model import Statement
from geodata.model.codebook import STATEMENT_STATUSES

YEARS = range(1900, 2101)
"""Statements of other years are rejected: no report that this atlas could hold speaks of them."""

CLAIM, CONTEST, LEFT, DENIAL = range(4)
NO_FACTION = -1
ALLEGED = 3


@dataclass(frozen=True, slots=True)
class Rejection:
    """A statement that is left out, and why; the others are drawn.

    Parameters
    ----------
    statement_id : str
        Which.
    field : str
        The field that is wrong.
    reason : str
        What is wrong with it.
    """

    statement_id: str
    field: str
    reason: str


class Evidence(NamedTuple):
    """What one statement says.

    ``day`` is an ordinal; ``kind`` CLAIM, CONTEST, LEFT or DENIAL; ``faction`` and ``other`` are positions
    in `Reader.factions` (``other`` had the place before, or is the other party; -1 not said); ``origin``
    numbers the independent source; ``number`` is the statement's position in `Reader.statements`;
    ``captured`` tells a taking from a holding, ``ceded`` that ``other`` left it to ``faction``, ``alleged``
    that the report itself only alleges it.
    """

    day: int
    kind: int
    faction: int
    other: int
    origin: int
    weight: float
    number: int
    captured: bool
    ceded: bool
    alleged: bool


class Reader:
    """Reads statements one by one, keeps those that can be used, and lists the others.

    Parameters
    ----------
    rules : ControlRules
        Weights.
    sources : mapping of report id to Source
        A report that is not in it is a source of its own, on no side.
    alliance : Alliance
        Knows the sides, and the factions when it knows any.
    locate : callable
        Takes a statement; returns the cell, or the area's id, or the Rejection's (field, reason).
    """

    def __init__(
        self,
        rules: ControlRules,
        sources: Mapping[str, Source],
        alliance: Alliance,
        locate: Callable[[Statement], int | str | tuple[str, str]],
    ) -> None:
        self.rules, self.sources, self.alliance, self.locate = rules, sources, alliance, locate
        self.statements: list[Statement] = []
        self.rejected: list[Rejection] = []
        self.factions: list[str] = []
        self.by_cell: dict[int, list[Evidence]] = defaultdict(list)
        self.by_area: dict[str, list[Evidence]] = defaultdict(list)
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._positions: dict[str, int] = {}
        self._origins: dict[str, int] = {}
        self._seen: set[str] = set()

    def needs_rebuild(self, statement: Statement) -> bool:
        """Tell whether reading this statement would change what was decided about others."""
        if statement.statement_id in self._seen:
            return True
        if self.alliance.known is not None:
            return False
        return any(
            (known := self._spellings.get(name.casefold())) is not None and set(known) != {name}
            for name in _factions(statement)
        )

    def read_all(self, statements: Iterable[Statement]) -> None:
        """Read many statements; of two with one id, the one whose text sorts first is taken."""
        found = list(statements)
        ids = Counter(item.statement_id for item in found)
        if len(ids) < len(found):
            found.sort(key=lambda item: repr(item) if ids[item.statement_id] > 1 else "")
        if self.alliance.known is None:
            for item in found:
                self._count(item)
        for item in found:
            self._read(item)
        self.rejected.sort(key=lambda item: (item.statement_id, item.field, item.reason))

    def read(self, statement: Statement) -> int | str | None:
        """Read one more statement; return the cell or the area that it is about, None when rejected."""
        if self.alliance.known is None:
            self._count(statement)
        where = self._read(statement)
        self.rejected.sort(key=lambda item: (item.statement_id, item.field, item.reason))
        return where

    def _count(self, statement: Statement) -> None:
        for name in _factions(statement):
            self._spellings[name.casefold()][name] += 1

    def _read(self, statement: Statement) -> int | str | None:
        fault = self._fault(statement)
        where = self.locate(statement) if fault is None else fault
        if isinstance(where, tuple):
            self.rejected.append(Rejection(statement.statement_id, *where))
            return None
        self._seen.add(statement.statement_id)
        evidence = self._evidence(statement)
        self.statements.append(statement)
        if isinstance(where, str):
            self.by_area[where].append(evidence)
        else:
            self.by_cell[where].append(evidence)
        return where

    def _fault(self, statement: Statement) -> tuple[str, str] | None:
        """Return the field that makes a statement unusable, and why."""
        if statement.statement_id in self._seen:
            return "statement_id", f"{statement.statement_id!r:.60} stands twice"
        if statement.status not in STATEMENT_STATUSES:
            return "status", f"{statement.status!r:.40} is not one of {', '.join(STATEMENT_STATUSES)}"
        if statement.date_end < statement.date_start:
            return "date_end", f"{statement.date_end} lies before date_start {statement.date_start}"
        for name in ("date_start", "date_end"):
            if (day := getattr(statement, name)).year not in YEARS:
                return name, f"{day} is not in the years {YEARS[0]} to {YEARS[-1]}"
        if statement.certainty not in self.rules.certainty_weights:
            return "certainty", f"{statement.certainty!r:.40} has no weight in the rules"
        if statement.match not in self.rules.match_weights:
            return "match", f"{statement.match!r:.40} has no weight in the rules"
        for name in ("faction_id", "from_faction_id", "to_faction_id"):
            value = getattr(statement, name)
            reason = self._faction_fault(value) if value or name == "faction_id" else None
            if reason:
                return name, reason
        return None

    def _faction_fault(self, name: str) -> str | None:
        known = self.alliance.known
        if not name:
            return "names no faction"
        if known is None:
            spellings = self._spellings[name.casefold()]
            if len(spellings) < 2:
                return None
            kept = max(spellings, key=lambda item: (spellings[item], item))
        elif name in known:
            return None
        else:
            kept = next((item for item in known if item.casefold() == name.casefold()), "")
        if kept == name:
            return None
        if kept:
            return f"{name!r:.60} and {kept!r:.60} differ in capitals only: write {kept!r:.60} for both"
        return f"no faction has the id {name!r:.60}"

    def _evidence(self, statement: Statement) -> Evidence:
        status = statement.status
        faction, other = statement.faction_id, statement.from_faction_id
        kind, ceded = CLAIM, False
        if status == "left":
            kind, ceded = (CLAIM, True) if statement.to_faction_id else (LEFT, False)
            faction, other = (
                (statement.to_faction_id, faction) if statement.to_faction_id else (faction, None)
            )
        elif status == "contested":
            kind = CONTEST
        elif status == "denied":
            kind = DENIAL
        complete = status in ("captured", "left")
        return Evidence(
            day=(statement.date_end if complete else statement.date_start).toordinal(),
            kind=kind,
            faction=self._position(faction),
            other=self._position(other) if other else NO_FACTION,
            origin=self._origin(statement.report_id),
            weight=self._weight(statement, faction, denied=kind == DENIAL),
            number=len(self.statements),
            captured=status == "captured",
            ceded=ceded,
            alleged=statement.certainty == ALLEGED,
        )

    def _weight(self, statement: Statement, faction: str, *, denied: bool) -> float:
        rules = self.rules
        source = self.sources.get(statement.report_id)
        partisan = source is not None and source.is_self_serving(self.alliance.side(faction))
        if denied and source is not None:
            # A denial serves the other side: it is plain only from somebody who stands on none.
            partisan = not partisan and source.alignment in PARTISAN_SIDES
        weight = rules.partisan_weight if partisan else rules.neutral_weight
        return weight * rules.certainty_weights[statement.certainty] * rules.match_weights[statement.match]

    def _position(self, faction: str) -> int:
        found = self._positions.get(faction)
        if found is None:
            found = self._positions[faction] = len(self.factions)
            self.factions.append(faction)
        return found

    def _origin(self, report_id: str) -> int:
        source = self.sources.get(report_id)
        # A report without a source must not share the name of an origin.
        name = f"origin {source.origin}" if source else f"report {report_id}"
        return self._origins.setdefault(name, len(self._origins))


def _factions(statement: Statement) -> Iterable[str]:
    names = (statement.faction_id, statement.from_faction_id, statement.to_faction_id)
    return [name for name in names if name]
