"""The sample with a little ground to hold: three more villages around Alpha and what is said of them."""

from __future__ import annotations

import csv
from pathlib import Path

from geodata.curated.loader import COLUMNS
from geodata.store import Store, prepare
from tests.geodata.sample import write_sample

_VILLAGE = {"kind": "village", "parent_id": "sy07", "uncertainty_m": "1000", "coordinate_source": "OCHA"}

MORE: dict[str, list[dict[str, str]]] = {
    "places": [
        _VILLAGE | {"place_id": "c3", "name_en": "Gamma", "name_ar": "غاما", "lat": "35.53", "lon": "36.86"},
        _VILLAGE | {"place_id": "c4", "name_en": "Delta", "name_ar": "دلتا", "lat": "35.47", "lon": "36.86"},
        _VILLAGE
        | {"place_id": "c5", "name_en": "Silent", "name_ar": "الصامتة", "lat": "35.52", "lon": "36.77"},
    ],
    "statements": [
        {"statement_id": "t-1", "place_id": "c3", "place_as_reported": "Gamma", "status": "held"}
        | {"faction_id": "reds", "date_start": "2018-01-20", "date_end": "2018-01-20"}
        | {"report_id": "h-1", "certainty": "1", "match": "high"},
        {"statement_id": "t-2", "place_id": "c3", "place_as_reported": "Gamma", "status": "held"}
        | {"faction_id": "reds", "date_start": "2018-02-04", "date_end": "2018-02-04"}
        | {"report_id": "g-1", "certainty": "1", "match": "high"},
        {"statement_id": "t-3", "place_id": "c4", "place_as_reported": "Delta", "status": "held"}
        | {"faction_id": "reds", "date_start": "2018-01-20", "date_end": "2018-01-20"}
        | {"report_id": "h-1", "certainty": "1", "match": "high"},
        {"statement_id": "t-4", "place_id": "c4", "place_as_reported": "Delta", "status": "captured"}
        | {"faction_id": "blues", "from_faction_id": "reds", "date_start": "2018-02-06"}
        | {"date_end": "2018-02-06", "report_id": "m-1", "certainty": "3", "match": "low"},
    ],
}
"""On 5 February Alpha is held by blues (side west), Gamma and Delta by reds (side east), Silent is inferred;
on 6 February a single weak word of the other side contests Delta."""


def write_control_sample(folder: Path) -> Path:
    """Write the sample's tables with these rows after theirs, and return the folder."""
    write_sample(folder)
    for name, rows in MORE.items():
        with (folder / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], restval="", lineterminator="\n")
            writer.writerows(rows)
    return folder


def control_store(folder: Path) -> Store:
    """Return a store on disk that holds this sample."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(f"sqlite:///{folder / 'atlas.sqlite'}")
    prepare(store, write_control_sample(folder / "curated"), countries=())
    return store
