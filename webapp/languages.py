"""The languages of the interface: which one a reader gets, and its words for sentences."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from babel.dates import format_date
from flask import g, request
from flask_babel import get_translations

from geodata.errors import BadFilter
from geodata.index.sentence import Wording, days_in_words
from geodata.model.codebook import TYPE_SLUGS
from webapp.messages import label
from webapp.params import LANGUAGES

LOCALES = {"en": "en_GB", "ar": "ar_SY"}
"""Babel's locale of each language; ``ar_SY`` has the Levantine months (شباط)."""

DIRECTIONS = {"en": "ltr", "ar": "rtl"}


def language() -> str:
    """Return ``en`` or ``ar``: the ``lang`` parameter, else what the browser asks for, else English.

    Raises
    ------
    BadFilter
        When ``lang`` is something else.
    """
    if "language" not in g:
        asked = request.args.get("lang")
        if asked and asked not in LANGUAGES:
            raise BadFilter("lang", f"is not one of {', '.join(LANGUAGES)}")
        g.language = asked or request.accept_languages.best_match(LANGUAGES) or "en"
    return str(g.language)


def shown_language() -> str:
    """Return the language of this answer: the reader's, or English when what was asked for is not one."""
    try:
        return language()
    except BadFilter:
        return "en"


def locale() -> str:
    """Return the Babel locale of this answer."""
    return LOCALES[shown_language()]


def type_label(slug: str) -> str:
    """Return the label of an event type or sub-type in the reader's language."""
    return label("event_types" if slug in TYPE_SLUGS else "sub_types", slug)


def wording() -> Wording:
    """Return the words of sentences in the reader's language."""
    translations = get_translations()
    return Wording(
        language=language(),
        locale=locale(),
        gettext=lambda message: str(translations.gettext(message)),
        ngettext=lambda singular, plural, number: str(translations.ngettext(singular, plural, number)),
        type_label=type_label,
    )


def days(first: date, last: date, precision: int) -> str:
    """Return the days of an event in words; a month-long precision shows the month only where it is whole."""
    whole_month = first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])
    if precision == 4 and whole_month:
        return format_date(first, "MMMM y", locale=locale())
    return days_in_words(first, last, locale(), "MMM")
