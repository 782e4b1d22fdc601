"""Whose names those on a drawn map are: the holders of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geodata.errors import BadInput
from geodata.gazetteer.readers.result import shorten
from geodata.model import Faction, Side

_LISTED = 20


def names_of_holders(
    factions: Iterable[Faction], sides: Iterable[Side], level: str
) -> dict[str, frozenset[str]]:
    """Return holder ids by every name that parties and sides are known by, case folded.

    At the level of sides a party's names stand for its side. A name that several holders share gives all of
    them; of a side and a party with the same name, the side.
    """
    found: dict[str, set[str]] = {}
    for faction in factions:
        holder = faction.side_id if level == "side" and faction.side_id else faction.faction_id
        names = (faction.name_en, faction.name_ar, faction.long_name_en, faction.long_name_ar)
        for name in (faction.faction_id, *names, *faction.aliases):
            found.setdefault(_fold(name), set()).add(holder)
    if level == "side":
        for side in sides:
            for name in (side.side_id, side.name_en, side.name_ar):
                found[_fold(name)] = {side.side_id}
    return {name: frozenset(holders) for name, holders in found.items() if name}


def match_names(
    theirs: Iterable[str], known: Mapping[str, frozenset[str]], given: Mapping[str, str]
) -> dict[str, str]:
    """Return holder ids by the drawer's names: as given, else where the name is one holder's own.

    Raises
    ------
    BadInput
        When a given name is not on their map, or a given holder is unknown.
    """
    theirs = tuple(theirs)
    folded = {_fold(name): name for name in theirs}
    found = {name: next(iter(known[_fold(name)])) for name in theirs if len(known.get(_fold(name), ())) == 1}
    for name, holder in given.items():
        if _fold(name) not in folded:
            raise BadInput(f"{name!r:.60} is not on their map; it has: {_listed(theirs)}")
        check_holders(known, [holder])
        found |= {their: holder for their in theirs if _fold(their) == _fold(name)}
    return found


def check_holders(known: Mapping[str, frozenset[str]], holders: Iterable[str]) -> None:
    """Refuse a holder id that is nobody's.

    Raises
    ------
    BadInput
        When one is unknown: it lists those that are there.
    """
    ids = {holder for found in known.values() for holder in found}
    for holder in holders:
        if holder not in ids:
            raise BadInput(f"{holder!r:.60} is nobody here; there are: {', '.join(sorted(ids))}")


def _listed(names: Sequence[str]) -> str:
    told = ", ".join(shorten(name) for name in names[:_LISTED])
    return f"{told} …" if len(names) > _LISTED else told or "no names"


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
