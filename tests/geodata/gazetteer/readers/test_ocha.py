"""OCHA's lists in their spellings, and every way in which a row of them can be wrong."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from geodata.errors import BadInput
from geodata.gazetteer.readers.ocha import read_admin, read_places
from geodata.gazetteer.readers.result import PlaceFile

HEADER = "name_en,name_ar,pcode,adm3_pcode,lat,lon"
GOOD = ("Alpha,ألفا,C9001,SY070204,35.5,36.8", "Beta,بيتا,C9002,SY070204,35.6,36.9")


def places(*rows: str, header: str = HEADER) -> PlaceFile:
    return read_places("\n".join([header, *rows]).encode())


def workbook(
    *rows: tuple[object, ...], title: str = "Admin4", more: dict[str, list[object]] | None = None
) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, cells in (more or {}).items():
        book.create_sheet(name).append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_place() -> None:
    place = places(*GOOD).places["c9001"]
    assert (place.name_en, place.name_ar, place.kind, place.pcode) == ("Alpha", "ألفا", "village", "C9001")
    assert (place.parent_id, place.country_code, place.lat, place.lon) == ("sy070204", "SY", 35.5, 36.8)
    assert place.coordinate_source == "OCHA COD-PP C9001"


@pytest.mark.parametrize(
    "header",
    [
        "ADM4_EN,ADM4_AR,ADM4_PCODE,ADM3_PCODE,LATITUDE,LONGITUDE",
        "admin4Name_en,admin4Name_ar,admin4Pcode,admin3Pcode,Latitude_Y,Longitude_X",
        "NAME_EN,NAME_AR,PCODE,ADM3_PCODE,POINT_LAT,LON".replace("POINT_LAT", "Y").replace("LON", "X"),
        "adm4_name,adm4_name_ar,adm4_pcode,adm3_pcode,lat,long",
        "Name,Name (AR),P-Code,Admin3 Pcode,Lat,Lon",
    ],
)
def test_spellings_of_columns(header: str) -> None:
    found = places(*GOOD, header=header)
    assert found.places == places(*GOOD).places
    assert not found.rejected


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (",,C1,SY07,35.5,36.8", "name_en", "empty"),
        ("Alpha,Alfa,C1,SY07,35.5,36.8", "name_ar", "no Arabic letter"),
        ("=1+1,,C1,SY07,35.5,36.8", "name_en", "formula"),
        ("@SUM(A1),,C1,SY07,35.5,36.8", "name_en", "formula"),
        ("NaN,,C1,SY07,35.5,36.8", "name_en", "missing value"),
        ("12345,,C1,SY07,35.5,36.8", "name_en", "no letter"),
        ("Al\x00pha,,C1,SY07,35.5,36.8", "name_en", "NUL"),
        ("Al\x07pha,,C1,SY07,35.5,36.8", "name_en", "control"),
        ("Ø§Ù„Ø®ÙˆÙŠÙ†,,C1,SY07,35.5,36.8", "name_en", "garbled"),
        ("x" * 201 + ",,C1,SY07,35.5,36.8", "name_en", "201 characters"),
        ("Alpha,,,SY07,35.5,36.8", "pcode", "P-code"),
        ("Alpha,,C 1,SY07,35.5,36.8", "pcode", "P-code"),
        ("Alpha,,C1,,35.5,36.8", "pcode", "country is not known"),
        ("Alpha,,C1,SY07,nan,36.8", "lat", "plainly"),
        ("Alpha,,C1,SY07,inf,36.8", "lat", "plainly"),
        ("Alpha,,C1,SY07,1e1,36.8", "lat", "plainly"),
        ("Alpha,,C1,SY07,٣٥.5,36.8", "lat", "plainly"),
        ('Alpha,,C1,SY07,"35,5",36.8', "lat", "plainly"),
        ("Alpha,,C1,SY07,,36.8", "lat", "empty"),
        ("Alpha,,C1,SY07,95.5,36.8", "lat", "between -90 and 90"),
        ("Alpha,,C1,SY07,35.5,236.8", "lon", "between -180 and 180"),
        ("Alpha,,C1,SY07,36.8,35.5", "lat", None),
        ("Alpha,,C1,SY07,39.5,35.2", "lat", "swapped"),
        ("Alpha,,C1,SY07,0,0", "lat", "0/0"),
        ("Alpha,,C9001,SY07,35.5,36.8", "id", "twice"),
        ('Alpha,"open,C1,SY07,35.5,36.8', "", "quote opens"),
        ("Alpha,,C1,SY07,35.5", "", "has 5 fields"),
        ("x" * 131_073 + ",,C1,SY07,35.5,36.8", "", "field limit"),
    ],
)
def test_a_bad_row_is_listed_and_the_others_taken(row: str, field: str, reason: str | None) -> None:
    found = places(GOOD[0], row, GOOD[1])
    assert {"c9001", "c9002"} <= set(found.places)
    if reason is None:  # 36.8, 35.5 lies in Syria's box both ways: nothing to say
        assert not found.rejected
        return
    [rejected] = found.rejected
    assert (rejected.row, rejected.field, found.rows) == (3, field, 3)
    assert reason in rejected.reason
    assert len(str(rejected)) < 300
    assert str(rejected).isprintable()


def test_bytes_of_another_encoding_cost_their_row() -> None:
    data = "\n".join([HEADER, *GOOD]).encode() + b"\n" + "Gamma,غاما,C9,SY07,35.5,36.8".encode("windows-1256")
    found = read_places(data)
    assert len(found.places) == 2
    assert [(fault.row, fault.field) for fault in found.rejected] == [(4, "name_ar")]


def test_a_place_in_another_country_is_taken_and_listed() -> None:
    found = places(*GOOD, "Far,بعيد,C9003,SY070204,48.9,2.3")
    assert found.places["c9003"].lat == 48.9
    assert [(each.row, each.field) for each in found.warnings] == [(4, "lat")]


def test_mostly_rejected() -> None:
    assert places(GOOD[0], "x", "y").mostly_rejected
    assert not places(*GOOD, "x", "y").mostly_rejected


@pytest.mark.parametrize(
    "header", ["a,b,c", "name_en,pcode,lat", "name_en,name_en,pcode,lat,lon", "lat,Latitude,x,y"]
)
def test_a_header_without_what_is_needed(header: str) -> None:
    with pytest.raises(BadInput):
        places("1,2,3", header=header)


def test_a_workbook_with_dates_hxl_tags_and_formulas() -> None:
    data = workbook(
        ("ADM4_EN", "ADM4_AR", "ADM4_PCODE", "ADM3_PCODE", "LATITUDE", "LONGITUDE", "validOn"),
        ("#adm4+name+en", "#adm4+name+ar", "#adm4+code", "#adm3+code", "#geo+lat", "#geo+lon", "#date"),
        ("Alpha", "ألفا", "C9001", "SY070204", 35.5, 36.8, date(2020, 1, 1)),
        ("=A3", "بيتا", "C9002", "SY070204", 35.6, 36.9, None),
        ("Gamma", "غاما", "C9003", "SY070204", "=E3", 36.9, None),
        ("Delta", "دلتا", "C9004", "SY070204", True, 36.9, None),
        ("Beta", "بيتا", "C9005", "SY070204", 35.6, 36.9, "=TODAY()"),
        ("Eta", "إيتا", "C9006", "SY070204", 35.6, 37, None),
        more={"Notes": ["nothing here"]},
    )
    found = read_places(data)
    assert sorted(found.places) == ["c9001", "c9005", "c9006"]
    assert found.places["c9001"].name_ar == "ألفا"
    assert found.places["c9006"].lon == 37.0
    assert [(fault.row, fault.field, fault.sheet) for fault in found.rejected] == [
        (4, "ADM4_EN", "Admin4"),
        (5, "LATITUDE", "Admin4"),
        (6, "LATITUDE", "Admin4"),
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04nothing", workbook(("a", "b"), (1, 2))])
def test_a_workbook_that_is_none_of_ours(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_places(data)


def test_a_workbook_that_expands_too_much(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    with pytest.raises(BadInput, match="expands"):
        read_places(path)


def test_areas_of_every_level() -> None:
    rows = (
        "admin0Name_en,admin0Pcode,admin1Name_en,admin1Name_ar,admin1Pcode,admin2Name_en,admin2RefName,admin2Pcode",
        "Syria,SYR,Idleb,إدلب,SY07,Harim,Harem,SY0703",
        "Syria,SYR,Idleb,إدلب,SY07,Ariha,,SY0705",
    )
    found = read_admin("\n".join(rows).encode())
    assert not found.rejected
    assert sorted(found.places) == ["sy", "sy07", "sy0703", "sy0705"]
    harim = found.places["sy0703"]
    assert (harim.kind, harim.parent_id, harim.variants, harim.has_point) == (
        "district",
        "sy07",
        ("Harem",),
        False,
    )
    assert (found.places["sy07"].parent_id, found.places["sy"].kind) == ("sy", "country")


def test_one_code_for_two_areas_is_refused() -> None:
    rows = "ADM1_EN,ADM1_PCODE\nIdleb,SY07\nIDLEB,SY07\nHama,SY07\nNowhere,\n"
    found = read_admin(rows.encode())
    assert sorted(found.places) == ["sy07"]
    assert [(fault.row, fault.field) for fault in found.rejected] == [(4, "name"), (5, "")]


@pytest.mark.shared
def test_the_real_list_is_read_whole(shared_data: Path) -> None:
    found = read_places(shared_data / "ocha_syria_places.csv")
    assert (len(found.places), found.rejected, found.warnings) == (found.rows, [], [])
    assert found.rows == 6744
    assert found.places["c4091"].name_ar == "خوين الكبير"
