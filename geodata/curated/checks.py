"""The rules between curated rows: ids, references, corroboration, backed figures, the admin tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.curated.atlas import CuratedAtlas
from geodata.curated.checks_control import check_control
from geodata.curated.checks_ids import check_unique, refer
from geodata.curated.rows import Row
from geodata.model import Claim, Event, Faction, Figures, Membership, Place, Publisher, Report
from geodata.model.codebook import ADMIN_KINDS, AREA_KINDS, FIGURE_CLAIMS, TYPE_OF_SUBTYPE


def origin_groups(origins: Iterable[str], publishers: Mapping[str, Publisher]) -> list[set[str]]:
    """Group publisher ids into independent sources: those who copy each other are one.

    Copying is followed through (a copies b, c copies b: all three are one), but only among the origins given:
    an outlet that carries two others does not make these one.

    Parameters
    ----------
    origins : iterable of str
        Publisher ids whose reporting it is.
    publishers : mapping of publisher id to Publisher
        Tells who copies whom.
    """
    groups: list[set[str]] = []
    for origin in sorted(set(origins)):
        kin = {origin, *publishers[origin].copies} if origin in publishers else {origin}
        linked = [
            group
            for group in groups
            if kin & group
            or any(origin in publishers[other].copies for other in group if other in publishers)
        ]
        merged = {origin}.union(*linked)
        groups = [group for group in groups if group not in linked] + [merged]
    return groups


def independent_origins(origins: Iterable[str], publishers: Mapping[str, Publisher]) -> int:
    """Count the independent sources among publisher ids; see `origin_groups`."""
    return len(origin_groups(origins, publishers))


def derived_status(event: Event, reports: Mapping[str, Report], publishers: Mapping[str, Publisher]) -> str:
    """Return the status that an event's reports give it; ``disputed`` is the editor's finding and stays."""
    if event.status == "disputed":
        return "disputed"
    origins = [reports[name].origin_id for name in event.report_ids if name in reports]
    return "corroborated" if independent_origins(origins, publishers) >= 2 else "reported"


def _check_place(row: Row, place: Place, places: Mapping[str, Place]) -> None:
    refer(row, "parent_id", [place.parent_id], places)
    if (place.lat is None) != (place.lon is None):
        row.fault("lat", "latitude and longitude must both be given or both be empty")
    if place.has_point and not place.coordinate_source:
        row.fault("coordinate_source", "must say where the coordinates were read")
    if place.has_point and not place.uncertainty_m:
        row.fault("uncertainty_m", "must be given with a point")
    level = ADMIN_KINDS.index(place.kind) if place.kind in ADMIN_KINDS else -1
    parent = places.get(place.parent_id or "")
    if parent is None:
        if place.kind != "country" and not place.parent_id:
            row.fault("parent_id", "must name the next higher administrative place")
    elif parent.kind not in ADMIN_KINDS or ADMIN_KINDS.index(parent.kind) <= level:
        row.fault("parent_id", f"{parent.place_id!r} ({parent.kind}) is not above a {place.kind}")


def _check_figures(row: Row, field: str, figures: Figures, claimed: Sequence[Figures]) -> None:
    if not figures.is_ordered:
        row.fault(f"{field}_low", "low ≤ best ≤ high does not hold")
    known = [(claim.low, claim.best, claim.high) for claim in claimed if claim.is_known]
    values = [[value for value in claim if value is not None] for claim in known]
    given = [value for value in (figures.low, figures.best, figures.high) if value is not None]
    if not given:
        return
    if not values:
        row.fault(f"{field}_best", f"no claim of this event gives a number of {field}")
        return
    lowest, total = min(map(min, values)), sum(map(max, values))
    if min(given) < lowest or max(given) > total:
        row.fault(f"{field}_best", f"lies outside what is claimed: {lowest} to {total} in all")


@dataclass(frozen=True, slots=True)
class _Known:
    places: Mapping[str, Place]
    factions: Mapping[str, Faction]
    publishers: Mapping[str, Publisher]
    reports: Mapping[str, Report]
    events: Mapping[str, Event]


def _check_precision(row: Row, event: Event, place: Place | None) -> None:
    if place is None:
        return
    is_area = place.kind in AREA_KINDS
    if event.location_precision == 1 and is_area:
        row.fault("location_precision", f"1 (exact) at a {place.kind}: an area is not a point")
    if event.location_precision >= 3 and not is_area:
        reason = f"{event.location_precision} at a {place.kind}: name the area, or the pin is false"
        row.fault("location_precision", reason)


def _check_event(row: Row, event: Event, claims: Sequence[Claim], known: _Known) -> None:
    refer(row, "place_id", [event.place_id], known.places)
    refer(row, "report_ids", event.report_ids, known.reports)
    for party in event.parties:
        column = "other_parties" if party.role == "other" else party.role
        refer(row, column, [party.faction_id], known.factions)
    if len({party.faction_id for party in event.parties}) != len(event.parties):
        row.fault("side_a", "a faction stands in two roles")
    if event.date_end < event.date_start:
        row.fault("date_end", "lies before date_start")
    if event.date_precision == 1 and event.date_end != event.date_start:
        row.fault("date_precision", "1 means one day, but date_end differs from date_start")
    _check_precision(row, event, known.places.get(event.place_id or ""))
    if TYPE_OF_SUBTYPE.get(event.sub_event_type, event.event_type) != event.event_type:
        row.fault("sub_event_type", f"{event.sub_event_type!r} does not belong to {event.event_type!r}")
    for field, fields in FIGURE_CLAIMS.items():
        backing = [claim.figures for claim in claims if claim.field in fields]
        _check_figures(row, field, getattr(event, field), backing)


def _check_claim(row: Row, claim: Claim, events: Mapping[str, Event]) -> None:
    event = events.get(claim.event_id)
    if event is None:
        row.fault("event_id", f"{claim.event_id!r} is not in its table")
    elif claim.report_id not in event.report_ids:
        row.fault("report_id", f"{claim.report_id!r} is not among the reports of {claim.event_id!r}")
    if not claim.figures.is_ordered:
        row.fault("low", "low ≤ best ≤ high does not hold")
    if not claim.figures.is_known and not claim.text_en:
        row.fault("text_en", "a claim needs a number or a text")
    if bool(claim.text_en) != bool(claim.text_ar):
        row.fault("text_ar", "text_en and text_ar must both be given or both be empty")


def check_atlas(atlas: CuratedAtlas, rows: Mapping[str, Sequence[Row]]) -> None:
    """Note every broken rule between the tables as a fault of the row that breaks it.

    Parameters
    ----------
    atlas : CuratedAtlas
        The parsed tables.
    rows : mapping of table name to its rows
        Each at the same position as the parsed object.
    """
    known = _Known(
        places={place.place_id: place for place in atlas.places},
        factions={faction.faction_id: faction for faction in atlas.factions},
        publishers={publisher.publisher_id: publisher for publisher in atlas.publishers},
        reports={report.report_id: report for report in atlas.reports},
        events={event.event_id: event for event in atlas.events},
    )
    check_unique(rows["places"], "place_id", [place.place_id for place in atlas.places])
    check_unique(rows["factions"], "faction_id", [faction.faction_id for faction in atlas.factions])
    check_unique(rows["publishers"], "publisher_id", [item.publisher_id for item in atlas.publishers])
    check_unique(rows["reports"], "report_id", [report.report_id for report in atlas.reports])
    check_unique(rows["reports"], "url", [report.url for report in atlas.reports])
    check_unique(rows["events"], "event_id", [event.event_id for event in atlas.events])
    for row, place in zip(rows["places"], atlas.places, strict=True):
        _check_place(row, place, known.places)
    for row, publisher in zip(rows["publishers"], atlas.publishers, strict=True):
        refer(row, "copies", publisher.copies, known.publishers)
    for row, report in zip(rows["reports"], atlas.reports, strict=True):
        refer(row, "publisher_id", [report.publisher_id], known.publishers)
        refer(row, "origin_id", [report.origin_id], known.publishers)
    for row, member in zip(rows["memberships"], atlas.memberships, strict=True):
        _check_membership(row, member, known)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for row, claim in zip(rows["claims"], atlas.claims, strict=True):
        claims[claim.event_id].append(claim)
        _check_claim(row, claim, known.events)
    for row, event in zip(rows["events"], atlas.events, strict=True):
        _check_event(row, event, claims[event.event_id], known)
        derived = derived_status(event, known.reports, known.publishers)
        if event.status != derived:
            row.fault("status", f"is {event.status!r}, but its reports make it {derived!r}")
    check_control(atlas, rows)


def _check_membership(row: Row, member: Membership, known: _Known) -> None:
    refer(row, "group_id", [member.group_id], known.factions)
    refer(row, "member_id", [member.member_id], known.factions)
    refer(row, "report_id", [member.report_id], known.reports)
    group = known.factions.get(member.group_id)
    if group is not None and not group.is_group:
        row.fault("group_id", f"{member.group_id!r} is not marked as a group")
    if member.group_id == member.member_id:
        row.fault("member_id", "is the group itself")
    if member.start and member.end and member.start >= member.end:
        row.fault("to", "does not lie after from")
