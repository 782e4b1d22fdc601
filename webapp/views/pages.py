"""The pages that people read: the map, an event, the plain table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    render_template,
    send_from_directory,
    url_for,
)

from geodata.curated import CURATED
from geodata.exports import geojson
from geodata.index.event_index import Snapshot
from geodata.index.summaries import facets, span
from geodata.model.codebook import EVENT_TYPES, slug
from webapp import present
from webapp.atlas import atlas, snapshot
from webapp.facets import facets_json
from webapp.holders import control_config
from webapp.languages import DIRECTIONS, language, shown_language
from webapp.maps import embed, page_map
from webapp.maps.build import CENTRE
from webapp.messages import label, labels, page_messages
from webapp.params import PAGE_PARAMETERS, check_control_view, given, read_page, split, whole
from webapp.security import nonce
from webapp.views.api import counts, event_json

blueprint = Blueprint("pages", __name__)

INITIAL_VIEW = dict(zip(("lat", "lon", "zoom"), CENTRE, strict=True))
"""Where the map opens."""

_ROWS = 50


def _urls() -> dict[str, str]:
    return {
        "page": url_for("pages.index"),
        "map": url_for("api.map_items"),
        "timeline": url_for("api.timeline"),
        "facets": url_for("api.facets"),
        "events": url_for("api.events"),
        "event": url_for("api.event", event_id="{id}").replace("%7B", "{").replace("%7D", "}"),
        "event_page": url_for("pages.event", event_id="{id}").replace("%7B", "{").replace("%7D", "}"),
        "places": url_for("places.places"),
        "geocode": url_for("geocoding.geocode"),
        "export": url_for("exports.events", extension="geojson"),
        "events_page": url_for("pages.events"),
        "control": url_for("control.control"),
        "control_at": url_for("control.at"),
        "control_changes": url_for("control.changes"),
        "drawn": url_for("drawn.layers"),
        "export_control": url_for("exports.control", name="control"),
        "export_fronts": url_for("exports.control", name="fronts"),
        "basemap": url_for("pages.basemap", name="").rstrip("/"),
    }


def _config(now: Snapshot) -> dict[str, Any]:
    days = span(now)
    return {
        "lang": language(),
        "dir": DIRECTIONS[language()],
        "urls": _urls(),
        "messages": page_messages(),
        "labels": labels(),
        "initial": INITIAL_VIEW,
        "date_min": days[0].isoformat() if days else None,
        "date_max": days[1].isoformat() if days else None,
        "control": control_config(now),
        "online_layers": bool(current_app.config["ONLINE_LAYERS"]),
        "factions": {
            faction.faction_id: {
                "name": faction.name(language()),
                "colour": faction.colour,
                "is_group": faction.is_group,
            }
            for faction in now.factions.values()
        },
        "types": {
            slug(name): {"label": label("event_types", slug(name)), "shape": present.SHAPES[slug(name)]}
            for name in EVENT_TYPES
        },
    }


@blueprint.get("/")
def index() -> str:
    """Show the map page."""
    query, values = split(given(), PAGE_PARAMETERS)
    check_control_view(values)
    now = snapshot()
    return render_template(
        "map.html",
        config=_config(now),
        page_map=embed.with_nonce(page_map(language(), bool(current_app.config["ONLINE_LAYERS"])), nonce()),
        query_string=urlencode(query.pairs()),
        **counts(query, now),
    )


@blueprint.get("/events")
def events() -> str:
    """Show a plain table of the matching events, which needs no script."""
    query, values = split(given(), ("page", "lang", "sort"))
    number = whole(values, "page", 1, 1, 1_000_000)
    page = read_page({"limit": str(_ROWS), "sort": values.get("sort", "date")})
    now = snapshot()
    found = now.events(query, limit=page.limit, offset=(number - 1) * _ROWS, order=page.order)
    return render_template(
        "events.html",
        rows=[present.row(event, now) for event in found],
        page=number,
        per_page=_ROWS,
        sort=page.order,
        form=facets_json(facets(now, query), now),
        query_string=urlencode(query.pairs()),
        **counts(query, now),
    )


@blueprint.get("/events/<event_id>")
def event(event_id: str) -> str:
    """Show one event: what, when, where, who, and who says so."""
    split(given(), ("lang",))
    return render_template("event.html", event=event_json(event_id))


@blueprint.get("/healthz")
def healthz() -> dict[str, Any]:
    """Say that the atlas answers, and which revision of the data it shows."""
    return {"status": "ok", "revision": atlas().store.revision()}


@blueprint.get("/basemap/<path:name>")
def basemap(name: str) -> Response:
    """Serve the embedded base map's GeoJSON."""
    return send_from_directory(CURATED / "basemap", name, mimetype=geojson.MEDIA_TYPE, max_age=86_400)


def init_app(app: Flask) -> None:
    """Give every template the language that it is shown in and the nonce of its answer."""

    @app.context_processor
    def _shared() -> dict[str, Any]:
        shown = shown_language()
        return {"lang": shown, "dir": DIRECTIONS[shown], "nonce": nonce()}
