"""The tables of the store, in SQLAlchemy Core; migrations build the same (a test compares them)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

_ID = String(120)


def _reference(column: str, *, deferred: bool = False) -> ForeignKey:
    if deferred:
        return ForeignKey(column, deferrable=True, initially="DEFERRED")
    return ForeignKey(column)


def _figures(prefix: str) -> list[Column[int]]:
    return [Column(f"{prefix}{part}", Integer) for part in ("low", "best", "high")]


revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("why", Text, nullable=False),
)

datasets = Table(
    "datasets",
    metadata,
    Column("dataset", _ID, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("revision", Integer, _reference("revisions.revision"), nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("place_id", _ID, primary_key=True),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent_id", _ID, _reference("places.place_id", deferred=True)),
    Column("pcode", String(20)),
    Column("geonames_id", String(20)),
    Column("country_code", String(2), nullable=False),
    Column("population", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("uncertainty_m", Float),
    Column("coordinate_source", Text, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
    CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="point_in_range"),
)

place_variants = Table(
    "place_variants",
    metadata,
    Column("place_id", _ID, _reference("places.place_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)

layers = Table(
    "layers",
    metadata,
    Column("dataset", _ID, primary_key=True),
    Column("source", String(40), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("revision", Integer, _reference("revisions.revision"), nullable=False),
)
"""The data sets that `places` is made of: each lies over those of a higher rank."""

layer_places = Table(
    "layer_places",
    metadata,
    Column("dataset", _ID, _reference("layers.dataset"), primary_key=True),
    Column("place_id", _ID, primary_key=True),
    Column("record", Text, nullable=False),
)
"""Each data set's places as it had them (JSON), to lay the layers over one another again."""

sides = Table(
    "sides",
    metadata,
    Column("side_id", _ID, primary_key=True),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("colour", String(7), nullable=False),
    Column("note", Text, nullable=False),
)

factions = Table(
    "factions",
    metadata,
    Column("faction_id", _ID, primary_key=True),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("long_name_en", Text, nullable=False),
    Column("long_name_ar", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("is_group", Boolean, nullable=False),
    Column("colour", String(7), nullable=False),
    Column("side_id", _ID, _reference("sides.side_id")),
    Column("note", Text, nullable=False),
)

faction_aliases = Table(
    "faction_aliases",
    metadata,
    Column("faction_id", _ID, _reference("factions.faction_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)

publishers = Table(
    "publishers",
    metadata,
    Column("publisher_id", _ID, primary_key=True),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("alignment", String(20), nullable=False),
    Column("note", Text, nullable=False),
)

publisher_copies = Table(
    "publisher_copies",
    metadata,
    Column("publisher_id", _ID, _reference("publishers.publisher_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", _ID, _reference("publishers.publisher_id"), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("report_id", _ID, primary_key=True),
    Column("publisher_id", _ID, _reference("publishers.publisher_id"), nullable=False),
    Column("origin_id", _ID, _reference("publishers.publisher_id"), nullable=False),
    Column("about", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("published", Date),
    Column("retrieved", Date),
    Column("sha256", String(64)),
    Column("note", Text, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("membership_id", Integer, primary_key=True),
    Column("group_id", _ID, _reference("factions.faction_id"), nullable=False),
    Column("member_id", _ID, _reference("factions.faction_id"), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("report_id", _ID, _reference("reports.report_id")),
    Column("note", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("event_id", _ID, primary_key=True),
    Column("date_start", Date, nullable=False),
    Column("date_end", Date, nullable=False),
    Column("date_precision", Integer, nullable=False),
    Column("event_type", String(40), nullable=False),
    Column("sub_event_type", String(60), nullable=False),
    Column("place_id", _ID, _reference("places.place_id")),
    Column("place_as_reported", Text, nullable=False),
    Column("location_precision", Integer, nullable=False),
    Column("uncertainty_m", Float),
    *_figures("deaths_"),
    *_figures("wounded_"),
    *_figures("captured_"),
    Column("summary_en", Text, nullable=False),
    Column("summary_ar", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("aggregate", Boolean, nullable=False),
    Column("checked", Date),
    Column("note", Text, nullable=False),
    CheckConstraint("date_start <= date_end", name="days_in_order"),
)

event_parties = Table(
    "event_parties",
    metadata,
    Column("event_id", _ID, _reference("events.event_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("faction_id", _ID, _reference("factions.faction_id"), nullable=False),
    Column("role", String(10), nullable=False),
)

event_reports = Table(
    "event_reports",
    metadata,
    Column("event_id", _ID, _reference("events.event_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", _ID, _reference("reports.report_id"), nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("claim_id", Integer, primary_key=True),
    Column("event_id", _ID, _reference("events.event_id"), nullable=False),
    Column("report_id", _ID, _reference("reports.report_id"), nullable=False),
    Column("field", String(20), nullable=False),
    *_figures(""),
    Column("text_en", Text, nullable=False),
    Column("text_ar", Text, nullable=False),
    Index(None, "event_id"),
)

areas = Table(
    "areas",
    metadata,
    Column("area_id", _ID, primary_key=True),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("outline", Text, nullable=False),
    Column("note", Text, nullable=False),
)
"""Areas that statements speak of and no gazetteer has, drawn by the editor (WKT)."""

statements = Table(
    "statements",
    metadata,
    Column("statement_id", _ID, primary_key=True),
    Column("place_id", _ID, _reference("places.place_id")),
    Column("area_id", _ID, _reference("areas.area_id")),
    Column("place_as_reported", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("faction_id", _ID, _reference("factions.faction_id"), nullable=False),
    Column("from_faction_id", _ID, _reference("factions.faction_id")),
    Column("to_faction_id", _ID, _reference("factions.faction_id")),
    Column("date_start", Date, nullable=False),
    Column("date_end", Date, nullable=False),
    Column("report_id", _ID, _reference("reports.report_id"), nullable=False),
    Column("certainty", Integer, nullable=False),
    Column("match", String(10), nullable=False),
    Column("checked", Date),
    Column("note", Text, nullable=False),
    CheckConstraint("(place_id IS NULL) <> (area_id IS NULL)", name="place_or_area"),
    CheckConstraint("date_start <= date_end", name="days_in_order"),
)
"""Who held, took or left a place or an area, as one report says; the map of control derives from them."""
