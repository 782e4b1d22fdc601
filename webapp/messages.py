"""The words that JavaScript and the API need, each one a gettext constant.

``N_`` and ``NP_`` only mark text for extraction (``pybabel extract -k N_ -k NP_:1,2``); the translation is
looked up when a page is made, in the language of its reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import get_locale, get_translations

from webapp.labels import LABELS, N_

PluralForms = tuple[str, str]


def NP_(singular: str, plural: str) -> PluralForms:  # noqa: N802 (gettext's convention)
    """Mark a pair of plural forms for extraction and return it unchanged."""
    return singular, plural


MESSAGES: Final[Mapping[str, str]] = {
    # The whole page
    "app.title": N_("Incident Atlas"),
    "retry": N_("Try again"),
    "close": N_("Close"),
    "list_comma": N_(", "),
    # Sentence, counts and states
    "no_match": N_("No events match."),
    "show_all_dates": N_("Show all dates"),
    "request_failed": N_("The atlas did not answer. The last view is still shown."),
    "bad_request": N_("The atlas could not read this request: %(message)s"),
    "bbox_filter": N_("Only inside a map area"),
    "remove_filter": N_("Remove this filter"),
    "link_copied": N_("Link copied"),
    "summary.deaths": N_("deaths as reported: %(figures)s"),
    "figures.up_to": N_("up to %(num)s"),
    "figures.at_least": N_("at least %(num)s"),
    # Filters
    "facets.factions": N_("Factions"),
    "facets.types": N_("Types of event"),
    "facets.places": N_("Places"),
    "facets.sources": N_("Sources"),
    "facets.dates": N_("Dates"),
    "facets.limits": N_("Deaths and precision"),
    "facets.min_deaths": N_("Deaths, at least"),
    "facets.precision": N_("Place known at least to"),
    "facets.search_sources": N_("Find a source"),
    "facets.no_source": N_("No source of that name"),
    "facets.search_factions": N_("Find a faction"),
    "facets.no_faction": N_("No faction of that name"),
    "facets.show_all": N_("Show all %(count)s"),
    "facets.show_fewer": N_("Show fewer"),
    "facets.members": N_("Members of %(name)s"),
    "facets.sub_types": N_("Kinds of %(name)s"),
    "facets.districts": N_("Districts of %(name)s"),
    "facets.group": N_("group"),
    "facets.any_precision": N_("any precision"),
    # Search
    "search.several": N_("Several places have this name"),
    # Time bar
    "time.play": N_("Play"),
    "time.pause": N_("Pause"),
    "time.first_day": N_("First day"),
    "time.last_day": N_("Last day"),
    "time.bar": N_("%(date)s: %(events)s"),
    "time.histogram": N_("Events by day, %(range)s"),
    # Event panel
    "detail.what": N_("What"),
    "detail.when": N_("When"),
    "detail.where": N_("Where"),
    "detail.who": N_("Who"),
    "detail.claims": N_("As claimed by each source"),
    "detail.sources": N_("Sources"),
    "detail.status": N_("Status"),
    "detail.deaths": N_("Deaths"),
    "detail.wounded": N_("Wounded"),
    "detail.captured": N_("Captured or surrendered"),
    "detail.source_alignment": N_("Source and alignment"),
    "detail.words": N_("In its words, summarised"),
    "detail.figure": N_("Figure"),
    "detail.not_reported": N_("not reported"),
    "detail.no_place": N_("Place not known well enough for the map"),
    "detail.as_reported": N_("As reported: %(place)s"),
    "detail.alternatives": N_("Other places of this name, with their distance:"),
    "detail.coordinates": N_("Coordinates:"),
    "detail.origin_alignment": N_("origin: %(alignment)s"),
    "detail.uncertainty": N_("within about %(distance)s"),
    "detail.metres": N_("%(num)s m"),
    "detail.kilometres": N_("%(num)s km"),
    "detail.aggregate": N_("A total over several events; not added to the others."),
    "detail.via": N_("%(origin)s via %(publisher)s"),
    "detail.no_date": N_("date not shown"),
    "detail.open_source": N_("Open the source"),
    "detail.permalink": N_("Page of this event"),
    "detail.note": N_("Note"),
    "detail.checked": N_("Compared with its source again on %(date)s"),
    "detail.unknown_event": N_("This event is not in the atlas."),
    "detail.failed": N_("The event could not be loaded."),
    "detail.back_to_list": N_("Back to the list"),
    "spot.here": N_("Events at this spot"),
    "spot.without_place": N_("Events without a place on the map"),
    # Table
    "table.date": N_("Date"),
    "table.event": N_("Event"),
    "table.place": N_("Place"),
    "table.parties": N_("Parties"),
    "table.deaths": N_("Deaths"),
    "table.status": N_("Status"),
    "table.sources": N_("Sources"),
    "table.label": N_("Events"),
    "table.pages": N_("Pages of the table"),
    "table.page": N_("%(first)s–%(last)s of %(total)s"),
    "table.previous": N_("Previous page"),
    "table.next": N_("Next page"),
    "table.show_map": N_("Map"),
    "table.show_table": N_("Table"),
    # Map and legend
    "map.label": N_("Map of reported events"),
    "map.zoom_in": N_("Zoom in"),
    "map.zoom_out": N_("Zoom out"),
    "map.natural_earth": N_("Made with Natural Earth"),
    "map.osm_credit": N_("© OpenStreetMap contributors"),
    "map.esri_credit": N_("Imagery © Esri and its suppliers"),
    "map.symbols": N_("Events on the map"),
    "map.legend": N_("Legend"),
    "map.colour_by": N_("Colour by"),
    "map.by_faction": N_("By faction"),
    "map.by_type": N_("By type"),
    "map.base": N_("Base map"),
    "map.base_embedded": N_("Built in, works offline"),
    "map.base_osm": N_("OpenStreetMap (online)"),
    "map.base_satellite": N_("Satellite (online)"),
    "map.colours": N_("Colours"),
    "map.shapes": N_("Shapes"),
    "map.size": N_("Size: deaths as reported"),
    "map.size_least": N_("unknown or up to %(count)s"),
    "map.territory": N_("Territory changes hands"),
    "map.cluster": N_("Several events, divided by colour"),
    "map.hollow": N_("Approximate place"),
    "map.ring": N_("The event lies somewhere in this ring; point at a symbol to see its own"),
    "map.approximate": N_("at an approximate place: %(count)s"),
    "map.disputed": N_("Disputed"),
    "map.no_party": N_("No party named"),
    "map.more_colours": N_("and %(count)s more"),
    "map.within": N_("within about %(km)s km"),
    "map.spot_label": N_("%(events)s at %(place)s: %(parts)s. Open the list"),
    "map.cluster_label": N_("%(events)s close together: %(parts)s. Zoom in"),
    # Areas of control
    "control.switch": N_("Control"),
    "control.areas": N_("Areas"),
    "control.front": N_("Front"),
    "control.off": N_("Off"),
    "control.level": N_("Whose control"),
    "control.as_of": N_("Control as of %(date)s, as reported"),
    "control.as_of_last": N_("Control as of %(date)s, the last day reported"),
    "control.none": N_("Control on %(date)s: not known"),
    "control.failed": N_("Areas of control did not load."),
    "control.legend": N_("Control, %(date)s"),
    "control.share": N_("of the area drawn"),
    "control.share_least": N_("< 1 %"),
    "control.percent": N_("%(num)s %"),
    "control.sign_firm": N_("Held, as reported"),
    "control.sign_single": N_("Held: one source, or long unconfirmed"),
    "control.sign_inferred": N_("No own report: as in places nearby"),
    "control.sign_contested": N_("Contested"),
    "control.sign_front": N_("Front: each party's colour on its own side"),
    "control.sign_dashed": N_("Front where a side is uncertain"),
    "control.sign_within": N_("Between parties of one side: no front"),
    "control.sign_unknown": N_("No colour: not known"),
    "control.panel": N_("Area of control"),
    "control.holder": N_("Held by"),
    "control.parties": N_("Between"),
    "control.nobody": N_("Not known"),
    "control.since": N_("Since"),
    "control.until": N_("Until"),
    "control.confirmed": N_("Last confirmed"),
    "control.basis": N_("Known from"),
    "control.certainty": N_("Certainty"),
    "control.certainty_note": N_("by the rules of this atlas, from sources and their age; no probability"),
    "control.why": N_("Why"),
    "control.decisive": N_("Statements that decide"),
    "control.others": N_("Other statements about this place"),
    "control.about_area": N_("About the area: %(name)s"),
    "control.from_party": N_("from %(name)s"),
    "control.against_party": N_("against %(name)s"),
    "control.to_party": N_("to %(name)s"),
    "control.on_day": N_("On %(date)s"),
    "control.outside": N_("No statement reaches this place."),
    "control.here": N_("Who holds the map's centre"),
    "control.compare": N_("Compare"),
    "control.changes": N_("What changed"),
    "control.swipe": N_("Two days"),
    "control.changes_title": N_("What changed hands, %(range)s"),
    "control.changes_none": N_("Nothing changed hands between these two days, as far as reports say."),
    "control.unknown": N_("not known"),
    "control.swipe_label": N_("Line between the two days"),
    "control.swipe_value": N_("%(left)s on the left, %(right)s on the right, line at %(num)s %"),
    "control.swipe_close": N_("End the comparison"),
    "control.export_areas": N_("Areas of control, %(date)s"),
    "control.export_fronts": N_("Fronts, %(date)s"),
    "control.drawn": N_("Drawn by others"),
    "control.drawn_failed": N_("This layer did not load."),
    "control.changes_state": N_("Same holder, otherwise reported"),
    # Theme and sheet
    "theme.light": N_("Light colours"),
    "theme.dark": N_("Dark colours"),
    "sheet.more": N_("Show filters"),
    "sheet.less": N_("Hide filters"),
}

PLURALS: Final[Mapping[str, PluralForms]] = {
    "map.events": NP_("%(num)s event", "%(num)s events"),
    "events": NP_("%(num)s event", "%(num)s events"),
    "search.offers": NP_("%(num)s place offered", "%(num)s places offered"),
    "without_place": NP_("%(num)s without a place", "%(num)s without a place"),
    "control.statements": NP_("from %(num)s statement in all", "from %(num)s statements in all"),
    "control.places": NP_("%(num)s place", "%(num)s places"),
    "control.sources": NP_("%(num)s source", "%(num)s sources"),
}

# One count for each plural category of the languages we speak (CLDR), to ask the catalogue for its form.
_SAMPLES: Final[Mapping[str, Mapping[str, int]]] = {
    "en": {"one": 1, "other": 2},
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
}


def _gettext(message: str) -> str:
    """Translate without interpolation: the placeholders are filled in the browser."""
    return str(get_translations().gettext(message))


def page_messages() -> dict[str, str | dict[str, str]]:
    """Return every message of the page in the reader's language.

    Returns
    -------
    dict
        Key to text; for messages that count, key to ``{CLDR plural category: text}``.
    """
    locale = get_locale()
    samples = _SAMPLES["ar" if locale is not None and locale.language == "ar" else "en"]
    translations = get_translations()
    words: dict[str, str | dict[str, str]] = {key: _gettext(text) for key, text in MESSAGES.items()}
    for key, (singular, plural) in PLURALS.items():
        words[key] = {
            form: str(translations.ngettext(singular, plural, count)) for form, count in samples.items()
        }
    return words


def labels() -> dict[str, dict[str, str]]:
    """Return the labels of every code of the codebook, by kind, in the reader's language."""
    return {kind: {code: _gettext(text) for code, text in codes.items()} for kind, codes in LABELS.items()}


def label(kind: str, code: str | int | None) -> str:
    """Return the label of one code in the reader's language; the code itself when it has none.

    Parameters
    ----------
    kind : str
        A key of ``LABELS``, e.g. ``"statuses"``.
    code : str or int or None
        The code as the API writes it: slugs for types and sub-types, numbers for precisions.
    """
    text = LABELS[kind].get(str(code)) if code is not None else ""
    return _gettext(text) if text else str(code if code is not None else "")
