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
    "factions": [
        {"faction_id": name, "name_en": name.title(), "name_ar": "فصيل", "long_name_en": f"The {name}"}
        | {"long_name_ar": "الفصيل", "kind": "rebel_group", "is_group": group, "colour": colour}
        for name, group, colour in (
            ("reds", "false", "#aa0000"),
            ("blues", "false", "#0000aa"),
            ("room", "true", "#00aa00"),
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
