"""Say in one sentence why the map of control shows what it shows: a sentence a rule, no claim of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from babel.lists import format_list
from flask_babel import gettext, ngettext

from geodata.control.explain import Explanation
from geodata.model import Statement
from geodata.model.codebook import AREA_KINDS
from webapp.control import Control
from webapp.labels import N_
from webapp.languages import days, language, locale

RULE_SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "claimed": N_(
            "Reported held or taken by %(holder)s (%(day)s), according to %(sources)s. "
            "Nothing reported before says otherwise."
        ),
        "confirmed": N_("Reported held by %(holder)s, last on %(day)s, according to %(sources)s."),
        "flipped": N_(
            "Reported taken by %(holder)s (%(day)s), according to %(sources)s. "
            "These newer reports outweigh the earlier ones."
        ),
        "challenged": N_(
            "Contested: %(parties)s. A single or weak claim (%(day)s), according to %(sources)s, contradicts "
            "who was reported to hold it before."
        ),
        "rivals": N_(
            "Contested: each of these is reported to hold it (%(day)s), according to %(sources)s: "
            "%(parties)s. No report outweighs the other."
        ),
        "fighting": N_("Reported contested (%(day)s), according to %(sources)s: %(parties)s."),
        "denied": N_("It is denied that %(subject)s holds it (%(day)s), according to %(sources)s."),
        "settled": N_(
            "Claimed for %(holder)s (%(day)s), according to %(sources)s, and not contradicted since: "
            "the claim stands, uncertain."
        ),
        "lapsed": N_(
            "Still taken as held by %(holder)s, uncertain: the claim against it was too weak or was answered "
            "(%(day)s, according to %(sources)s)."
        ),
        "left": N_(
            "Reported left by %(subject)s (%(day)s), according to %(sources)s. No successor is named, "
            "so who holds it is not known."
        ),
        "succeeded": N_("Reported left by %(subject)s to %(holder)s (%(day)s), according to %(sources)s."),
        "implied": N_(
            "Later reported (%(day)s) as taken from or left by %(holder)s, according to %(sources)s, "
            "so it is taken as held by them before."
        ),
        "area-left": N_(
            "The whole area “%(area)s” is reported left by %(subject)s (%(day)s), according to %(sources)s."
        ),
        "area-taken": N_(
            "The whole area “%(area)s” is reported taken by %(holder)s (%(day)s), according to %(sources)s."
        ),
        "area-held": N_(
            "The whole area “%(area)s” is reported held by %(holder)s (%(day)s), according to %(sources)s. "
            "Before, nothing was reported of the place itself."
        ),
        "inferred": N_(
            "Nothing is reported of this place for this day. It is drawn like the nearest places with "
            "reports (%(neighbours)s): %(holder)s."
        ),
        "unknown": N_("Nothing is reported of this place for this day, nor of any place near enough."),
    }
)
"""The sentence of each rule of `geodata.control.rules.RULE_WORDS`, to be filled and translated."""


_CLAIMS = frozenset({"captured", "held", "left"})
_ON_NO_SIDE = frozenset({"monitor", "agency", "independent"})
_WHERE = frozenset({"place_id", "area_id"})


def and_list(names: Iterable[str]) -> str:
    """Join names in the reader's language: "A, B and C"."""
    return str(format_list(list(names), locale=locale()))


def sources_in_words(statements: Sequence[Statement], control: Control) -> str:
    """Return "SOHR and 2 others": one publisher by name, and how many others do not draw on the same one.

    Named is one that stands on no side, if there is one, and of those the last.
    """
    reports, publishers = control.now.reports, control.now.publishers

    def rank(item: Statement) -> tuple[bool, int, str]:
        alignment = publishers[reports[item.report_id].origin_id].alignment
        return alignment not in _ON_NO_SIDE, -item.date_end.toordinal(), item.statement_id

    names = [
        publishers[name].name(language()) for name in control.origins(sorted(statements, key=rank)).values()
    ]
    if not names:
        return str(gettext("no report"))
    first, *others = names
    if not others:
        return first
    return str(ngettext("%(name)s and %(num)s other", "%(name)s and %(num)s others", len(others), name=first))


def _latest(statements: Sequence[Statement]) -> str:
    if not statements:
        return str(gettext("day not known"))
    last = max(statements, key=lambda item: (item.date_end, item.date_start))
    return days(last.date_start, last.date_end, 1)


def _area(statement: Statement | None, control: Control) -> str:
    if statement is None:
        return ""
    area = control.now.areas.get(statement.area_id or "")
    place = control.now.places.get(statement.place_id or "")
    found = area or place
    return found.name(language()) if found else statement.place_as_reported


def area_name(statement: Statement, control: Control) -> str | None:
    """Return the name of the whole area that a statement speaks of, None when it speaks of one place."""
    place = control.now.places.get(statement.place_id or "")
    if statement.area_id is None and (place is None or place.kind not in AREA_KINDS):
        return None
    return _area(statement, control)


def notes(control: Control) -> list[str]:
    """Return in words how many statements are not drawn, and why."""
    fields = [rejection.field for rejection in control.timeline.rejected]
    unplaced = sum(name in _WHERE for name in fields)
    faulty = len(fields) - unplaced
    found = []
    if unplaced:
        found.append(
            ngettext(
                "%(num)s statement is not drawn: nobody has found its place.",
                "%(num)s statements are not drawn: nobody has found their places.",
                unplaced,
            )
        )
    if faulty:
        found.append(
            ngettext(
                "%(num)s statement is not drawn: it contradicts itself.",
                "%(num)s statements are not drawn: they contradict themselves.",
                faulty,
            )
        )
    return found


def _telling(found: Explanation, control: Control) -> list[Statement]:
    """Return the statements that say what the sentence of a rule says, and not what they outweigh."""
    decisive = list(
        {item.statement_id: item for item in (*found.decisive, found.area_statement) if item}.values()
    )
    holder = control.timeline.alliance.holder

    def claims(item: Statement) -> bool:
        taker = item.to_faction_id if item.status == "left" else item.faction_id
        named = taker is not None and item.status in _CLAIMS
        return named and holder(taker or "", item.date_end) == found.controller

    def concedes(item: Statement) -> bool:
        loser = item.faction_id if item.status == "left" else item.from_faction_id
        return loser is not None and holder(loser, item.date_end) == found.controller

    tests: dict[str, Callable[[Statement], bool]] = {
        **dict.fromkeys(("claimed", "confirmed", "flipped", "settled", "area-taken", "area-held"), claims),
        **dict.fromkeys(("challenged", "lapsed"), lambda item: not claims(item)),
        **dict.fromkeys(("left", "succeeded", "area-left"), lambda item: item.status == "left"),
        "denied": lambda item: item.status == "denied",
        "implied": concedes,
    }
    test = tests.get(found.rule)
    return [item for item in decisive if test(item)] or decisive if test else decisive


def why(found: Explanation, control: Control, parties: Sequence[str], neighbours: Sequence[str]) -> str:
    """Return the sentence that says why a place is shown as it is, in the reader's language.

    Parameters
    ----------
    found : Explanation
        The rule and the statements that decided.
    control : Control
        Gives names.
    parties, neighbours : sequence of str
        Names of those who contest it, and of the places that it was inferred from.
    """
    telling = _telling(found, control)
    nobody = gettext("nobody known")
    subject = control.now.factions.get(telling[-1].faction_id) if telling else None
    words = {
        "holder": control.holder(found.controller).name(language()) if found.controller else nobody,
        "subject": subject.name(language()) if subject else nobody,
        "parties": gettext(", ").join(parties),
        "sources": sources_in_words(telling, control),
        "day": _latest(telling),
        "area": _area(found.area_statement, control),
        "neighbours": and_list(neighbours),
    }
    return str(gettext(RULE_SENTENCES[found.rule])) % words
