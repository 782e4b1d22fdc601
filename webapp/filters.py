"""Template filters: dates, figures, distances and names of sources in the reader's language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from babel.dates import format_date
from flask import Flask
from flask_babel import format_decimal, get_locale, gettext

from webapp.messages import label


def reader_date(iso: str | datetime.date | None) -> str:
    """Return a date as the reader writes it: 13 February 2018, 13 شباط 2018.

    Parameters
    ----------
    iso : str or date or None
        ISO date; text that is none is returned unchanged.
    """
    if not iso:
        return ""
    try:
        day = iso if isinstance(iso, datetime.date) else datetime.date.fromisoformat(iso[:10])
    except ValueError:
        return str(iso)
    return format_date(day, format="d MMMM y", locale=get_locale())


def figures(value: Mapping[str, Any] | None) -> str:
    """Return ``low``–``high`` as text; empty when nothing is known, since unknown is never 0."""
    known = [value[name] for name in ("low", "best", "high") if value.get(name) is not None] if value else []
    if not known:
        return ""
    least, most = min(known), max(known)
    return format_decimal(least) if least == most else f"{format_decimal(least)}–{format_decimal(most)}"


def distance(metres: float) -> str:
    """Return a radius in metres in words, rounded as far as it is known."""
    if metres < 1000:
        text = gettext("%(num)s m", num=format_decimal(round(metres)))
    else:
        text = gettext("%(num)s km", num=format_decimal(round(metres / 1000, 1 if metres < 10_000 else 0)))
    return gettext("within about %(distance)s", distance=text)


def source_name(report: Mapping[str, Any]) -> str:
    """Return who published a report and whose text it is: "SMART via Micro Syria"."""
    publisher, origin = str(report.get("publisher") or ""), str(report.get("origin") or "")
    if not origin or origin == publisher:
        return publisher
    return gettext("%(origin)s via %(publisher)s", origin=origin, publisher=publisher)


def code_label(code: tuple[str, str | int | None]) -> str:
    """Return the label of ``(kind, code)`` of the codebook."""
    return label(*code)


def init_app(app: Flask) -> None:
    """Offer the filters to every template of the app."""
    for function in (reader_date, figures, distance, source_name, code_label):
        app.add_template_filter(function)
