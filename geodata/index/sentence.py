"""Say in one sentence what a query shows: "23 events involving IS, 1–13 February 2018"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from geodata.index.event_index import Snapshot
from geodata.index.query import FILTERS, EventQuery
from geodata.model.codebook import SUBTYPE_SLUGS, TYPE_SLUGS


def _plural(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural


def _plain_type(type_id: str) -> str:
    return {**TYPE_SLUGS, **SUBTYPE_SLUGS}[type_id]


def days_in_words(first: date, last: date, locale: str, month: str = "MMMM") -> str:
    """Return "13 February 2018", "1–13 February 2018" or "28 January – 13 February 2018".

    Parameters
    ----------
    first, last : date
        Both inclusive.
    locale : str
        Babel's locale.
    month : str
        CLDR pattern of the month, ``MMMM`` or ``MMM``.
    """
    end = format_date(last, f"d {month} y", locale=locale)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = format_date(first, f"d {month}" if first.year == last.year else f"d {month} y", locale=locale)
    return f"{start} – {end}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; the default is English.

    Parameters
    ----------
    language : str
        ``en`` or ``ar``: which names are taken.
    locale : str
        Babel's locale for days and lists (``en_GB``, ``ar_SY``).
    gettext : callable
        Translates a message id.
    ngettext : callable
        Picks a plural form: (singular id, plural id, number).
    type_label : callable
        Names an event type or sub-type slug.
    """

    language: str = "en"
    locale: str = "en_GB"
    gettext: Callable[[str], str] = str
    ngettext: Callable[[str, str, int], str] = _plural
    type_label: Callable[[str], str] = _plain_type

    def either(self, names: Sequence[str]) -> str:
        """Join alternatives: "A, B or C"."""
        return format_list(list(names), style="or", locale=self.locale)

    def days(self, first: date | None, last: date | None) -> str:
        """Return a day, an interval or a half-open one in words; empty when neither end is given."""
        if first and last:
            return days_in_words(first, last, self.locale)
        if first:
            return self.gettext("from %(day)s") % {"day": format_date(first, "d MMMM y", locale=self.locale)}
        if last:
            return self.gettext("until %(day)s") % {"day": format_date(last, "d MMMM y", locale=self.locale)}
        return ""


ENGLISH = Wording()


def _values(query: EventQuery, attribute: str, snapshot: Snapshot, wording: Wording) -> str:
    value = getattr(query, attribute)
    if attribute == "factions":
        return wording.either([snapshot.factions[name].name(wording.language) for name in value])
    if attribute == "types":
        return wording.either([wording.type_label(name) for name in value])
    if attribute == "places":
        return wording.either([snapshot.places[name].name(wording.language) for name in value])
    if attribute == "sources":
        found = [snapshot.publishers.get(name) for name in value]
        return wording.either(
            [p.name(wording.language) if p else name for p, name in zip(found, value, strict=True)]
        )
    return str(value)


def sentence(query: EventQuery, total: int, snapshot: Snapshot, wording: Wording = ENGLISH) -> str:
    """Return the sentence that says what is shown.

    Parameters
    ----------
    query : EventQuery
        The filters in force, all of whose ids the snapshot knows.
    total : int
        How many events match.
    snapshot : Snapshot
        Gives the names of factions, places and sources.
    wording : Wording
        The language.
    """
    words = [wording.ngettext("%(num)s event", "%(num)s events", total) % {"num": total}]
    for item in FILTERS.values():
        if item.phrase and getattr(query, item.attribute) not in (None, "", ()):
            values = _values(query, item.attribute, snapshot, wording)
            words.append(wording.gettext(item.phrase) % {"values": values})
    days = wording.days(query.date_from, query.date_to)
    comma = "، " if wording.language == "ar" else ", "
    return " ".join(words) + (comma + days if days else "")
