"""GeoNames' own tables, the curated form, and how a file's kind is recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.curated import CURATED, read_curated
from geodata.errors import BadInput
from geodata.gazetteer.readers import recognise
from geodata.gazetteer.readers.alternate_names import read_alternates
from geodata.gazetteer.readers.curated_file import HEADER, read_curated_places
from geodata.gazetteer.readers.geonames_dump import read_dump
from tests.geodata.gazetteer.readers.test_ocha import GOOD, workbook
from tests.geodata.gazetteer.readers.test_ocha import HEADER as OCHA_HEADER


def line(number: str = "167891", name: str = "Al Khuwayn", **more: str) -> str:
    """Return a line of a country dump; its village is that of the brief, everything else is made up."""
    usual = {"lat": "35.4783", "lon": "36.8362", "class": "P", "code": "PPL", "country": "SY", "admin1": "12"}
    blank = dict.fromkeys(("alternates", "admin2", "admin3"), "")
    cells = usual | blank | {"population": "0"} | more
    return "\t".join(
        (
            *(
                number,
                name,
                name,
                cells["alternates"],
                cells["lat"],
                cells["lon"],
                cells["class"],
                cells["code"],
            ),
            *(
                cells["country"],
                "",
                cells["admin1"],
                cells["admin2"],
                cells["admin3"],
                "",
                cells["population"],
            ),
            *("", "300", "Asia/Damascus", "2020-01-01"),
        )
    )


def dump(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_village_of_a_dump() -> None:
    found = read_dump(dump(line(alternates="Khuwein,الخوين,الخُوين,OSKH,http://x")))
    place = found.places["gn-167891"]
    assert (place.name_en, place.name_ar, place.kind, place.parent_id) == (
        "Al Khuwayn",
        "الخوين",
        "village",
        "sy07",
    )
    assert (place.geonames_id, place.country_code, place.population) == ("167891", "SY", None)
    assert place.variants == ("Khuwein",)
    assert found.rows == 1


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"population": "200000"}, "city"),
        ({"population": "6000"}, "town"),
        ({"code": "PPLA2"}, "town"),
        ({"code": "PPLX"}, "neighbourhood"),
        ({"code": "PPLF"}, "farm"),
        ({"class": "T", "code": "HLL"}, "hill"),
        ({"class": "S", "code": "AIRB"}, "site"),
        ({"class": "A", "code": "ADM1"}, "governorate"),
    ],
)
def test_kinds(more: dict[str, str], kind: str) -> None:
    [place] = read_dump(dump(line(**more))).places.values()
    assert place.kind == kind


def test_a_syrian_governorate_has_its_p_code_and_lower_areas_are_left_to_ocha() -> None:
    found = read_dump(
        dump(
            line("1", "Idlib", **{"class": "A", "code": "ADM1"}),
            line("2", "Harim", **{"class": "A", "code": "ADM2"}),
        )
    )
    assert [(place.place_id, place.pcode, place.geonames_id) for place in found.places.values()] == [
        ("sy07", "SY07", "1")
    ]
    assert found.skipped == 1


def test_areas_elsewhere_hold_what_their_codes_say() -> None:
    iraq = {"country": "IQ", "lat": "36.3", "lon": "43.1", "admin1": "15"}
    found = read_dump(
        dump(
            line("3", "Village", **iraq, admin2="77"),
            line("1", "Nineveh", **iraq | {"class": "A", "code": "ADM1"}),
            line("2", "Mosul District", **iraq | {"class": "A", "code": "ADM2", "admin2": "77"}),
            line("4", "Other", **iraq | {"admin1": "99"}),
        )
    )
    parents = {place.place_id: place.parent_id for place in found.places.values()}
    assert parents == {"gn-3": "gn-2", "gn-1": "iq", "gn-2": "gn-1", "gn-4": "iq"}


def test_what_is_no_place_of_events_is_skipped_and_what_is_wrong_is_listed() -> None:
    found = read_dump(
        dump(
            line(),
            line("2", "A school", **{"class": "S", "code": "SCH"}),
            line("x3"),
            line("4", lat="91"),
            line("5", lat="0", lon="0"),
            line("6", lat="40.5", lon="35.1"),
            line("7", country="sy"),
            line("8", population="many"),
            line("9", name="NaN"),
            line("10", name="Al\x00pha"),
            line("167891"),
            "1\ttoo short",
            line("12", alternates="x" * 131_073),
        )
    )
    assert list(found.places) == ["gn-167891"]
    assert found.skipped == 1
    assert [(fault.row, fault.field) for fault in found.rejected] == [
        (3, "geonameid"),
        (4, "latitude"),
        (5, "latitude"),
        (6, "latitude"),
        (7, "country code"),
        (8, "population"),
        (9, "name"),
        (10, "name"),
        (11, "id"),
        (12, ""),
        (13, "alternatenames"),
    ]
    assert "swapped" in found.rejected[3].reason


def test_alternate_names() -> None:
    rows = (
        "1\t5\tar\tخوين\t\t\t\t\t\t",
        "2\t5\tar\tالخوين\t1\t\t\t\t\t",
        "3\t5\ten\tKhuwayn\t\t\t\t\t\t",
        "4\t5\t\tKhwein\t\t\t\t\t\t",
        "5\t5\tlink\thttps://example.org\t\t\t\t\t\t",
        "6\t5\tru\tХувейн\t\t\t\t\t\t",
        "7\t6\ten\tElsewhere\t\t\t\t\t\t",
        "8\tfive\ten\tBad\t\t\t\t\t\t",
        "9\t5\ten",
        "10\t5\ten\tEight\t\t\t\t",
        "11\t5\ten\t\t\t\t\t\t\t",
    )
    found = read_alternates(dump(*rows), wanted={"5"})
    place = found.places["gn-5"]
    assert (place.name_ar, place.name_en, place.variants) == (
        "الخوين",
        "Khuwayn",
        ("Eight", "خوين", "Khwein"),
    )
    assert found.skipped == 3
    assert [fault.row for fault in found.rejected] == [8, 9, 11]
    assert set(read_alternates(dump(*rows)).places) == {"gn-5", "gn-6"}


def test_the_curated_file_reads_as_the_curated_loader_reads_it() -> None:
    found = read_curated_places(CURATED / "places.csv")
    assert not found.rejected
    assert tuple(found.places.values()) == read_curated().places


def test_faults_of_a_curated_file() -> None:
    rows = (
        "own-1,One,واحد,,village,sy07,,35.5,36.8,1000,own survey,",
        "Own 2,Two,,,village,sy07,,35.5,36.8,1000,own survey,",
        "own-3,Three,,,castle,sy07,,35.5,36.8,1000,own survey,",
        "own-4,Four,,,village,sy07,,35.5,,1000,own survey,",
        "own-5,Five,,,village,sy07,,nan,36.8,1000,own survey,",
        "own-1,Six,,,village,sy07,,35.5,36.8,1000,own survey,",
        "short,row",
    )
    found = read_curated_places("\n".join([",".join(HEADER), *rows]).encode())
    assert list(found.places) == ["own-1"]
    assert [(fault.row, fault.field) for fault in found.rejected] == [
        (3, "place_id"),
        (4, "kind"),
        (5, "lat"),
        (6, "lat"),
        (7, "id"),
        (8, ""),
    ]
    with pytest.raises(BadInput, match="header"):
        read_curated_places(b"a,b\n")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", dump(line()), "geonames"),
        ("SY.txt", b"\xef\xbb\xbf" + dump(line()), "geonames"),
        ("b.txt", b"1\t5\tar\tx\t\t\t\t\t\t\n", "geonames-alternate"),
        ("c.csv", (CURATED / "places.csv").read_bytes(), "curated"),
        ("d.csv", "\n".join([OCHA_HEADER, *GOOD]).encode("utf-16"), "ocha"),
        ("e.csv", b"ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE\n", "ocha-admin"),
        ("f.bin", workbook(("ADM4_EN", "ADM4_PCODE", "ADM3_PCODE", "lat", "lon")), "ocha"),
        ("g.xlsx", workbook(("ADM3_EN", "ADM3_PCODE", "center_lat", "center_lon")), "ocha-admin"),
    ],
)
def test_a_file_is_recognised_by_what_it_holds(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert recognise(tmp_path / name).name == kind


@pytest.mark.parametrize(
    "data", [b"", b"just text", b"a,b\n1,2\n", b"PK\x03\x04", b"\x00" * 100, workbook(("a",))]
)
def test_what_nobody_knows_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(BadInput):
        recognise(tmp_path / "x")
