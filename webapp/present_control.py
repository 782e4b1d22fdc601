"""Turn what the map of control knows into JSON for the page, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import shapely

from geodata.control.explain import Explanation
from geodata.control.payload import payload
from geodata.control.styles import (
    STYLE_CONTESTED,
    STYLE_FIRM,
    STYLE_INFERRED,
    STYLE_UNCERTAIN,
    STYLE_UNKNOWN,
)
from geodata.exports.features import Row, geometry_json, iso, records
from geodata.exports.geojson import json_text
from geodata.geometry import split_at_antimeridian
from geodata.index.columns import lineage
from geodata.model import Place, Statement
from webapp import present
from webapp.control import Control
from webapp.control_words import area_name, notes, why
from webapp.holders import holder_json, levels_json
from webapp.languages import days, language
from webapp.messages import label


def _holder(holder_id: str | None, control: Control) -> dict[str, str] | None:
    """Return who holds ground, None when that is not known."""
    return holder_json(control.holder(holder_id)) if holder_id else None


def _place(place: Place, control: Control) -> dict[str, Any]:
    """Return a place with both its names, its point and what it lies in."""
    other = "en" if language() == "ar" else "ar"
    above = lineage(place.place_id, control.now.places)[1:]
    return {
        "id": place.place_id,
        "name": place.name(language()),
        "name_other": place.name(other),
        "kind": label("place_kinds", place.kind),
        "lat": place.lat,
        "lon": place.lon,
        "admin": [control.now.places[name].name(language()) for name in above],
    }


def _party(faction_id: str | None, control: Control) -> dict[str, str] | None:
    if faction_id is None:
        return None
    faction = control.now.factions.get(faction_id)
    return {"id": faction_id, "name": faction.name(language()) if faction else faction_id}


def _statement(item: Statement, control: Control, *, decisive: bool) -> dict[str, Any]:
    return {
        "id": item.statement_id,
        "status": item.status,
        "status_label": label("statement_statuses", item.status),
        "faction": _party(item.faction_id, control),
        "from": _party(item.from_faction_id, control),
        "to": _party(item.to_faction_id, control),
        "date_start": item.date_start.isoformat(),
        "date_end": item.date_end.isoformat(),
        "date": days(item.date_start, item.date_end, 1),
        "certainty": item.certainty,
        "certainty_label": label("certainties", item.certainty),
        "match": item.match,
        "match_label": label("matches", item.match),
        "place_as_reported": item.place_as_reported,
        "area": area_name(item, control),
        "decisive": decisive,
        "note": item.note,
        "report": present.report(control.now.reports[item.report_id], control.now),
    }


def _newest_first(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda item: (item.date_end, item.date_start), reverse=True)


def _statements(found: Explanation, control: Control) -> list[dict[str, Any]]:
    """Return the statements of an explanation, those that decided first; each once, the newest first."""
    decisive = _newest_first([*found.decisive, *filter(None, [found.area_statement])])
    told = {item.statement_id: _statement(item, control, decisive=True) for item in decisive}
    for item in _newest_first(found.others):
        told.setdefault(item.statement_id, _statement(item, control, decisive=False))
    return list(told.values())


def _style(found: Explanation) -> int:
    """Return how a cell is drawn on a day, as `geodata.control.styles.style_of` says of its row."""
    if found.state == "contested":
        return STYLE_CONTESTED
    if found.state == "unknown":
        return STYLE_UNKNOWN
    if found.basis in ("implied", "inferred"):
        return STYLE_INFERRED
    return STYLE_UNCERTAIN if found.uncertain else STYLE_FIRM


def _explanation(found: Explanation, control: Control) -> dict[str, Any]:
    holders = [control.holder(name) for name in found.parties]
    places = control.now.places
    neighbours = [places[name].name(language()) for name in found.neighbours if name in places]
    style = _style(found)
    return {
        "state": found.state,
        "state_label": label("control_states", found.state),
        "style": style,
        "style_label": label("control_styles", style),
        "holder": _holder(found.controller, control),
        "parties": [holder_json(holder) for holder in holders],
        "certainty": round(found.certainty, 2),
        "since": iso(found.valid_from),
        "until": iso(found.valid_to),
        "last_confirmed": iso(found.last_confirmed),
        "basis": found.basis,
        "basis_label": label("control_bases", found.basis),
        "rule_id": found.rule,
        "rule": why(found, control, [holder.name(language()) for holder in holders], neighbours),
        "statements": _statements(found, control),
    }


def at_json(control: Control, cell: int, day: date) -> dict[str, Any]:
    """Return who is reported to hold a cell on a day, since when, how sure that is, and why."""
    coverage = control.timeline.coverage
    place_id = control.timeline.names.places[cell]
    outline = shapely.transform(coverage.polygons_m[cell], coverage.zone.to_degrees)
    return {
        "on": day.isoformat(),
        "level": control.level,
        "place": _place(control.now.places[place_id], control),
        "cell": geometry_json(split_at_antimeridian(outline)),
        **_explanation(control.timeline.explain(place_id, day), control),
    }


def changes_json(control: Control, first: date, last: date) -> dict[str, Any]:
    """Return what differs between two days: how often whom whom follows, and every place."""
    found = [_change(row, control) for row in records(control.timeline.changes(first, last))]
    found.sort(key=lambda one: (one["day"], one["place"]["name"], one["place"]["id"]))
    sums = Counter((_id(one["from"]["holder"]), _id(one["to"]["holder"])) for one in found)
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0][0] or "", item[0][1] or ""))
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "level": control.level,
        "count": len(found),
        "summary": [
            {"from": _holder(before, control), "to": _holder(after, control), "count": count}
            for (before, after), count in ranked
        ],
        "changes": found,
    }


def _id(holder: dict[str, str] | None) -> str | None:
    return holder["id"] if holder else None


def _change(row: Row, control: Control) -> dict[str, Any]:
    place = control.now.places[row["place_id"]]
    statements = [control.statements[name] for name in row["statement_ids"]]
    return {
        "place": {
            "id": place.place_id,
            "name": place.name(language()),
            "lat": place.lat,
            "lon": place.lon,
        },
        "day": iso(row["day"]),
        "from": {"holder": _holder(row["from_controller"], control), "state": row["from_state"]},
        "to": {"holder": _holder(row["to_controller"], control), "state": row["to_state"]},
        "sources": len(control.origins(statements)),
    }


def payload_bytes(control: Control) -> bytes:
    """Return the whole time as compact arrays: the geometry once, and each region's history."""
    arrays = payload(control.timeline)
    document = {
        "revision": control.now.revision,
        "level": control.level,
        "levels": levels_json(),
        **arrays,
        "holders": [holder_json(control.holder(name)) for name in arrays["holders"]],
        "sides": [control.side(name) for name in arrays["holders"]],
        "statements": len(control.now.statements),
        "not_drawn": len(control.timeline.rejected),
        "notes": notes(control),
    }
    return json_text(document).encode()
