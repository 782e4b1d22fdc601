"""A small, complete set of curated tables, made in code; every name and number in it is invented."""

from __future__ import annotations

import csv
from pathlib import Path

from geodata.curated.loader import COLUMNS

ROWS: dict[str, list[dict[str, str]]] = {
    "places": [
        {"place_id": "sy", "name_en": "Syria", "name_ar": "سوريا", "kind": "country"},
        {"place_id": "sy07", "name_en": "Idlib", "name_ar": "إدلب", "kind": "governorate", "parent_id": "sy"}
        | {"lat": "35.8", "lon": "36.7", "uncertainty_m": "60000", "coordinate_source": "computed"},
        {"place_id": "sy05", "name_en": "Hama", "name_ar": "حماة", "kind": "governorate", "parent_id": "sy"},
        {"place_id": "c1", "name_en": "Alpha", "name_ar": "ألفا", "kind": "village", "parent_id": "sy07"}
        | {"variants": "al-Alfa|الألفا", "lat": "35.5", "lon": "36.8", "uncertainty_m": "1000"}
        | {"coordinate_source": "OCHA C1"},
        {"place_id": "c2", "name_en": "Beta", "name_ar": "بيتا", "kind": "village", "parent_id": "sy05"}
        | {"lat": "35.25", "lon": "37.25", "uncertainty_m": "1000", "coordinate_source": "OCHA C2"},
        {"place_id": "lost", "name_en": "Lost", "name_ar": "الضائعة", "kind": "village", "parent_id": "sy05"},
    ],
    "sides": [
        {"side_id": "east", "name_en": "East", "name_ar": "الشرق", "colour": "#aa0000"},
        {
            "side_id": "west",
            "name_en": "West",
            "name_ar": "الغرب",
            "colour": "#0000aa",
            "note": "two parties",
        },
    ],
    "factions": [
        {"faction_id": name, "name_en": name.title(), "name_ar": "فصيل", "long_name_en": f"The {name}"}
        | {"long_name_ar": "الفصيل", "kind": "rebel_group", "is_group": group, "colour": colour}
        | {"side_id": side}
        for name, group, colour, side in (
            ("reds", "false", "#aa0000", "east"),
            ("blues", "false", "#0000aa", "west"),
            ("room", "true", "#00aa00", ""),
        )
    ],
    "memberships": [{"group_id": "room", "member_id": "blues", "from": "2018-02-03", "to": "2018-02-20"}],
    "publishers": [
        {
            "publisher_id": name,
            "name_en": name.title(),
            "name_ar": "ناشر",
            "alignment": side,
            "copies": copies,
        }
        for name, side, copies in (
            ("herald", "agency", ""),
            ("mirror", "opposition", "herald"),
            ("gazette", "pro_government", ""),
        )
    ],
    "reports": [
        {"report_id": name, "publisher_id": publisher, "origin_id": publisher, "about": f"what {name} says"}
        | {"url": f"https://example.org/{name}", "language": "en", "published": "2018-02-14"}
        for name, publisher in (("h-1", "herald"), ("m-1", "mirror"), ("g-1", "gazette"))
    ],
    "events": [
        {"event_id": "e1", "date_start": "2018-02-01", "date_end": "2018-02-01", "date_precision": "1"}
        | {
            "event_type": "Battles",
            "sub_event_type": "Armed clash",
            "place_id": "c1",
            "place_as_reported": "Alpha",
        }
        | {
            "location_precision": "1",
            "side_a": "reds",
            "side_b": "blues",
            "deaths_low": "3",
            "deaths_best": "3",
        }
        | {
            "deaths_high": "5",
            "summary_en": "Clash at Alpha.",
            "summary_ar": "اشتباك في ألفا.",
            "status": "reported",
        }
        | {"aggregate": "false", "report_ids": "h-1|m-1"},
        {"event_id": "e2", "date_start": "2018-02-10", "date_end": "2018-02-12", "date_precision": "2"}
        | {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "place_id": "c2"}
        | {
            "place_as_reported": "near Beta",
            "location_precision": "2",
            "side_a": "blues",
            "status": "corroborated",
        }
        | {"summary_en": "Strikes near Beta.", "summary_ar": "غارات قرب بيتا.", "aggregate": "false"}
        | {"report_ids": "h-1|g-1"},
        {"event_id": "e3", "date_start": "2018-02-25", "date_end": "2018-02-25", "date_precision": "1"}
        | {
            "event_type": "Strategic developments",
            "sub_event_type": "Other",
            "place_as_reported": "somewhere",
        }
        | {"location_precision": "6", "side_a": "blues", "other_parties": "reds", "status": "disputed"}
        | {"summary_en": "A statement.", "summary_ar": "بيان.", "aggregate": "true", "report_ids": "g-1"}
        | {"deaths_low": "100", "deaths_high": "200"},
    ],
    "claims": [
        {
            "event_id": "e1",
            "report_id": "h-1",
            "field": "deaths",
            "best": "3",
            "text_en": "three",
            "text_ar": "ثلاثة",
        },
        {"event_id": "e1", "report_id": "m-1", "field": "deaths", "low": "3", "high": "5"},
        {"event_id": "e3", "report_id": "g-1", "field": "deaths", "low": "100", "high": "200"},
    ],
    "areas": [
        {"area_id": "middle", "name_en": "The middle", "name_ar": "الوسط", "note": "drawn around Alpha"}
        | {"outline": "POLYGON ((36.7 35.4, 37 35.4, 37 35.6, 36.7 35.6, 36.7 35.4))"},
    ],
    "statements": [
        {"statement_id": "s-1", "place_id": "c1", "place_as_reported": "Alpha", "status": "captured"}
        | {"faction_id": "blues", "from_faction_id": "reds", "date_start": "2018-02-01"}
        | {"date_end": "2018-02-02", "report_id": "h-1", "certainty": "1", "match": "high"}
        | {"checked": "2018-03-01", "note": "in the afternoon"},
        {"statement_id": "s-2", "place_id": "lost", "place_as_reported": "Lost", "status": "denied"}
        | {"faction_id": "reds", "date_start": "2018-02-05", "date_end": "2018-02-05"}
        | {"report_id": "g-1", "certainty": "3", "match": "low"},
        {"statement_id": "s-3", "area_id": "middle", "place_as_reported": "the middle", "status": "left"}
        | {"faction_id": "blues", "to_faction_id": "reds", "date_start": "2018-02-10"}
        | {"date_end": "2018-02-10", "report_id": "m-1", "certainty": "2", "match": "medium"},
        {"statement_id": "s-4", "place_id": "sy05", "place_as_reported": "Hama", "status": "held"}
        | {"faction_id": "room", "date_start": "2018-02-11", "date_end": "2018-02-12"}
        | {"report_id": "h-1", "certainty": "1", "match": "high"},
    ],
}


def write_sample(folder: Path) -> Path:
    """Write the sample tables to a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in ROWS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def change(folder: Path, table: str, line: int, **values: str) -> None:
    """Put other values into one row of a table; line 2 is the first row."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[line - 2] |= values
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[table], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
