"""Read the curated data: CSV files kept in git, checked whole, every fault named by file, row and field."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from geodata.curated.atlas import CuratedAtlas
from geodata.curated.checks import check_atlas
from geodata.curated.control import read_area, read_side, read_statement
from geodata.curated.rows import Row, read_rows
from geodata.errors import CuratedFaults, Fault
from geodata.model import Claim, Event, Faction, Figures, Membership, Party, Place, Publisher, Report
from geodata.model.codebook import (
    ALIGNMENTS,
    CLAIM_FIELDS,
    DATE_PRECISIONS,
    EVENT_TYPES,
    FACTION_KINDS,
    LOCATION_PRECISIONS,
    PLACE_KINDS,
    ROLES,
    STATUSES,
    SUBTYPE_SLUGS,
    slug,
)

CURATED = Path(__file__).parent
"""The folder of the curated data that comes with the library."""

_LARGEST_M = 2_000_000.0
_EARLIEST = date(1900, 1, 1)


def _figures(row: Row, prefix: str = "") -> Figures:
    return Figures(*(row.integer(f"{prefix}{part}") for part in ("low", "best", "high")))


def read_place(row: Row) -> Place:
    """Return the place of a row of ``places.csv``; faults are noted in the row."""
    return Place(
        place_id=row.slug("place_id"),
        name_en=row.text("name_en", required=True),
        name_ar=row.arabic("name_ar", required=False),
        variants=row.many("variants"),
        kind=row.choice("kind", PLACE_KINDS),
        parent_id=row.text("parent_id") or None,
        pcode=row.text("pcode") or None,
        lat=row.number("lat", -90, 90),
        lon=row.number("lon", -180, 180),
        uncertainty_m=row.number("uncertainty_m", 1, _LARGEST_M),
        coordinate_source=row.text("coordinate_source"),
        note=row.text("note"),
    )


def _faction(row: Row) -> Faction:
    return Faction(
        faction_id=row.slug("faction_id"),
        name_en=row.text("name_en", required=True),
        name_ar=row.arabic("name_ar"),
        long_name_en=row.text("long_name_en", required=True),
        long_name_ar=row.arabic("long_name_ar"),
        aliases=row.many("aliases"),
        kind=row.choice("kind", FACTION_KINDS),
        is_group=row.flag("is_group"),
        colour=row.colour("colour"),
        side_id=row.text("side_id") or None,
        note=row.text("note"),
    )


def _membership(row: Row) -> Membership:
    return Membership(
        group_id=row.slug("group_id"),
        member_id=row.slug("member_id"),
        start=row.day("from"),
        end=row.day("to"),
        report_id=row.text("report_id") or None,
        note=row.text("note"),
    )


def _publisher(row: Row) -> Publisher:
    return Publisher(
        publisher_id=row.slug("publisher_id"),
        name_en=row.text("name_en", required=True),
        name_ar=row.arabic("name_ar"),
        alignment=row.choice("alignment", ALIGNMENTS),
        copies=row.many("copies"),
        note=row.text("note"),
    )


def _report(row: Row) -> Report:
    return Report(
        report_id=row.slug("report_id"),
        publisher_id=row.slug("publisher_id"),
        origin_id=row.slug("origin_id"),
        about=row.text("about", required=True),
        url=row.url("url"),
        language=row.text("language", required=True),
        published=row.day("published", latest=date.today()),
        note=row.text("note"),
    )


def _event(row: Row) -> Event:
    columns = dict(zip(ROLES, ("side_a", "side_b", "other_parties"), strict=True))
    start = row.day("date_start", required=True, latest=date.today()) or _EARLIEST
    return Event(
        event_id=row.slug("event_id"),
        date_start=start,
        date_end=row.day("date_end", required=True, latest=date.today()) or start,
        date_precision=row.precision("date_precision", DATE_PRECISIONS),
        event_type=slug(row.choice("event_type", list(EVENT_TYPES))),
        sub_event_type=slug(row.choice("sub_event_type", list(SUBTYPE_SLUGS.values()))),
        place_id=row.text("place_id") or None,
        place_as_reported=row.text("place_as_reported", required=True),
        location_precision=row.precision("location_precision", LOCATION_PRECISIONS),
        uncertainty_m=row.number("uncertainty_m", 1, _LARGEST_M),
        parties=tuple(Party(name, role) for role, column in columns.items() for name in row.many(column)),
        deaths=_figures(row, "deaths_"),
        wounded=_figures(row, "wounded_"),
        captured=_figures(row, "captured_"),
        summary_en=row.text("summary_en", required=True),
        summary_ar=row.arabic("summary_ar"),
        status=row.choice("status", STATUSES),
        aggregate=row.flag("aggregate"),
        report_ids=row.many("report_ids", required=True),
        checked=row.day("checked", latest=date.today()),
        note=row.text("note"),
    )


def _claim(row: Row) -> Claim:
    return Claim(
        event_id=row.slug("event_id"),
        report_id=row.slug("report_id"),
        field=row.choice("field", CLAIM_FIELDS),
        figures=_figures(row),
        text_en=row.text("text_en"),
        text_ar=row.arabic("text_ar", required=False),
    )


COLUMNS: dict[str, tuple[str, ...]] = {
    "places": (
        *("place_id", "name_en", "name_ar", "variants", "kind", "parent_id", "pcode"),
        *("lat", "lon", "uncertainty_m", "coordinate_source", "note"),
    ),
    "sides": ("side_id", "name_en", "name_ar", "colour", "note"),
    "factions": (
        *("faction_id", "name_en", "name_ar", "long_name_en", "long_name_ar"),
        *("aliases", "kind", "is_group", "colour", "side_id", "note"),
    ),
    "memberships": ("group_id", "member_id", "from", "to", "report_id", "note"),
    "publishers": ("publisher_id", "name_en", "name_ar", "alignment", "copies", "note"),
    "reports": ("report_id", "publisher_id", "origin_id", "about", "url", "language", "published", "note"),
    "events": (
        *("event_id", "date_start", "date_end", "date_precision", "event_type", "sub_event_type"),
        *("place_id", "place_as_reported", "location_precision", "uncertainty_m"),
        *("side_a", "side_b", "other_parties"),
        *("deaths_low", "deaths_best", "deaths_high"),
        *("wounded_low", "wounded_best", "wounded_high"),
        *("captured_low", "captured_best", "captured_high"),
        *("summary_en", "summary_ar", "status", "aggregate", "report_ids", "checked", "note"),
    ),
    "claims": ("event_id", "report_id", "field", "low", "best", "high", "text_en", "text_ar"),
    "areas": ("area_id", "name_en", "name_ar", "outline", "note"),
    "statements": (
        *("statement_id", "place_id", "area_id", "place_as_reported"),
        *("status", "faction_id", "from_faction_id", "to_faction_id", "date_start", "date_end"),
        *("report_id", "certainty", "match", "checked", "note"),
    ),
}
"""The columns of each curated table, in order."""


def read_curated(folder: Path = CURATED) -> CuratedAtlas:
    """Read and check all curated tables of a folder.

    Parameters
    ----------
    folder : Path
        Holds ``places.csv``, ``factions.csv`` … as `COLUMNS` names them.

    Raises
    ------
    CuratedFaults
        Listing every fault by file, row and field, when there is any.
    """
    faults: list[Fault] = []

    rows = {name: list(read_rows(folder / f"{name}.csv", COLUMNS[name], faults)) for name in COLUMNS}
    atlas = CuratedAtlas(
        places=tuple(map(read_place, rows["places"])),
        sides=tuple(map(read_side, rows["sides"])),
        factions=tuple(map(_faction, rows["factions"])),
        memberships=tuple(map(_membership, rows["memberships"])),
        publishers=tuple(map(_publisher, rows["publishers"])),
        reports=tuple(map(_report, rows["reports"])),
        events=tuple(map(_event, rows["events"])),
        claims=tuple(map(_claim, rows["claims"])),
        areas=tuple(map(read_area, rows["areas"])),
        statements=tuple(map(read_statement, rows["statements"])),
    )
    check_atlas(atlas, rows)
    if faults:
        raise CuratedFaults(sorted(faults, key=lambda fault: (fault.file, fault.row, fault.field)))
    return atlas


def fingerprint(folder: Path = CURATED) -> str:
    """Return the SHA-256 of all curated tables: the same data has the same fingerprint.

    A table that is missing counts as empty; it is `read_curated` that says so.
    """
    digest = hashlib.sha256()
    for name in COLUMNS:
        path = folder / f"{name}.csv"
        digest.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()
