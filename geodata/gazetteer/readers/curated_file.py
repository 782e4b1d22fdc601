"""A list in the form of the curated ``places.csv``: a team's own places."""

from __future__ import annotations

from collections import defaultdict

from geodata.curated.loader import COLUMNS, read_place
from geodata.curated.rows import Row
from geodata.errors import BadInput, Fault
from geodata.gazetteer.readers import values as read
from geodata.gazetteer.readers.result import PlaceFile, Progress, Rejected, RowFault, shorten
from geodata.gazetteer.readers.text import Source, csv_records, read_text

HEADER = COLUMNS["places"]


def read_curated_places(
    source: Source, *, encoding: str | None = None, progress: Progress | None = None
) -> PlaceFile:
    """Read places with the columns of ``geodata/curated/places.csv``; each row is checked as strictly.

    Raises
    ------
    BadInput
        When the header is another one.
    """
    records = csv_records(read_text(source, encoding))
    header = next(records, None)
    if header is None or tuple(header.values) != HEADER:
        raise BadInput(f"must begin with the header {','.join(HEADER)}")
    result = PlaceFile()
    for record in records:
        result.rows += 1
        faults: list[Fault] = []
        if record.fault:
            result.rejected.append(Rejected(record.row, "", shorten(record.values[0]), record.fault))
            continue
        cells = dict(zip(HEADER, record.values, strict=True))
        try:
            read.check_whole(cells)
            for column in ("name_en", "name_ar"):
                read.name(cells, column, required=column == "name_en")
            place = read_place(Row("", record.row, cells, faults))
            if (place.lat is None) != (place.lon is None):
                raise RowFault("lat", cells["lat"], "only half of the point is given")
            if place.has_point:
                read.point(cells, "lat", "lon", place.country_code)
            if not faults:
                result.add(place)
        except RowFault as refused:
            result.rejected.append(refused.at(record.row))
            continue
        by_field: dict[str, str] = defaultdict(str)
        for fault in faults:
            by_field[fault.field] = by_field[fault.field] or fault.reason
        result.rejected += [
            Rejected(record.row, name, shorten(cells.get(name, "")), reason)
            for name, reason in by_field.items()
        ]
        if progress and result.rows % 500 == 0:
            progress(result.rows, 0)
    return result
