"""The loader names every fault of curated data by file, row and field, and takes what is right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geodata.curated import fingerprint, read_curated
from geodata.curated.__main__ import main
from geodata.curated.loader import COLUMNS
from geodata.errors import CuratedFaults
from geodata.model import Figures, Party
from tests.geodata.sample import change

HEADER = ",".join(COLUMNS["claims"])


def faults(folder: Path) -> list[str]:
    with pytest.raises(CuratedFaults) as caught:
        read_curated(folder)
    return [str(fault) for fault in caught.value.faults]


def test_reads_every_table(sample_folder: Path) -> None:
    atlas = read_curated(sample_folder)
    assert atlas.counts() == {
        "places": 6,
        "sides": 2,
        "factions": 3,
        "memberships": 1,
        "publishers": 3,
        "reports": 3,
        "events": 3,
        "claims": 3,
        "areas": 1,
        "statements": 4,
    }
    event = atlas.events[0]
    assert event.parties == (Party("reds", "side_a"), Party("blues", "side_b"))
    assert event.deaths == Figures(3, 3, 5)
    assert event.wounded == Figures()
    assert atlas.places[3].variants == ("al-Alfa", "الألفا")
    assert [faction.side_id for faction in atlas.factions] == ["east", "west", None]


@pytest.mark.parametrize(
    ("table", "line", "values", "expected"),
    [
        ("events", 2, {"date_start": "2018-02-30"}, "events.csv:2:date_start: is not a date"),
        ("events", 2, {"date_start": "0000-01-01"}, "events.csv:2:date_start: is not a date"),
        ("events", 2, {"date_end": "2999-01-01"}, "events.csv:2:date_end: is 2999-01-01, after"),
        ("events", 2, {"date_end": "2018-01-01"}, "events.csv:2:date_end: lies before date_start"),
        ("events", 3, {"date_precision": "1"}, "events.csv:3:date_precision: 1 means one day"),
        ("events", 2, {"event_type": "Battle"}, "events.csv:2:event_type: is 'Battle'"),
        (
            "events",
            2,
            {"sub_event_type": "Suicide bomb"},
            "events.csv:2:sub_event_type: 'suicide-bomb' does not",
        ),
        ("events", 2, {"place_id": "c9"}, "events.csv:2:place_id: 'c9' is not in its table"),
        ("events", 2, {"place_id": "sy07"}, "events.csv:2:location_precision: 1 (exact) at a governorate"),
        ("events", 2, {"location_precision": "4"}, "events.csv:2:location_precision: 4 at a village"),
        ("events", 2, {"location_precision": "٢"}, "events.csv:2:location_precision: is '٢', not one of"),
        ("events", 2, {"side_a": "greens"}, "events.csv:2:side_a: 'greens' is not in its table"),
        ("events", 2, {"side_b": "reds"}, "events.csv:2:side_a: a faction stands in two roles"),
        ("events", 2, {"deaths_best": "9"}, "events.csv:2:deaths_low: low ≤ best ≤ high does not hold"),
        ("events", 2, {"deaths_low": "1"}, "events.csv:2:deaths_best: lies outside what is claimed: 3 to 8"),
        ("events", 2, {"deaths_high": "9"}, "events.csv:2:deaths_best: lies outside what is claimed: 3 to 8"),
        (
            "events",
            2,
            {"wounded_best": "1"},
            "events.csv:2:wounded_best: no claim of this event gives a number",
        ),
        ("events", 2, {"deaths_low": "-1"}, "events.csv:2:deaths_low: is not a whole number"),
        ("events", 2, {"deaths_low": "1_0"}, "events.csv:2:deaths_low: is not a whole number"),
        (
            "events",
            2,
            {"status": "corroborated"},
            "events.csv:2:status: is 'corroborated', but its reports make it",
        ),
        ("events", 3, {"status": "reported"}, "events.csv:3:status: is 'reported', but its reports make it"),
        ("events", 2, {"report_ids": "h-1||m-1"}, "events.csv:2:report_ids: has an empty or padded part"),
        ("events", 2, {"report_ids": "h-1|h-1"}, "events.csv:2:report_ids: names a part twice"),
        ("events", 2, {"report_ids": ""}, "events.csv:2:report_ids: must not be empty"),
        ("events", 2, {"summary_ar": "English"}, "events.csv:2:summary_ar: has no Arabic letter"),
        (
            "events",
            2,
            {"summary_en": "a\u202eb"},
            "events.csv:2:summary_en: has a control, zero-width or bidi",
        ),
        ("events", 2, {"aggregate": "yes"}, "events.csv:2:aggregate: is 'yes', not one of true, false"),
        ("events", 3, {"event_id": "e1"}, "events.csv:3:event_id: 'e1' stands twice"),
        ("places", 5, {"lat": "nan"}, "places.csv:5:lat: is not a plain decimal number"),
        ("places", 5, {"lat": "1e999"}, "places.csv:5:lat: is not a plain decimal number"),
        ("places", 5, {"lat": "95"}, "places.csv:5:lat: is 95, not between -90 and 90"),
        ("places", 5, {"lon": ""}, "places.csv:5:lat: latitude and longitude must both"),
        ("places", 5, {"coordinate_source": ""}, "places.csv:5:coordinate_source: must say where"),
        ("places", 5, {"uncertainty_m": ""}, "places.csv:5:uncertainty_m: must be given with a point"),
        ("places", 5, {"parent_id": "c2"}, "places.csv:5:parent_id: 'c2' (village) is not above a village"),
        ("places", 5, {"parent_id": ""}, "places.csv:5:parent_id: must name the next higher"),
        ("places", 5, {"kind": "hamlet"}, "places.csv:5:kind: is 'hamlet', not one of"),
        ("places", 5, {"place_id": "C 1"}, "places.csv:5:place_id: is not an id"),
        ("factions", 2, {"colour": "red"}, "factions.csv:2:colour: is not a colour #rrggbb"),
        (
            "memberships",
            2,
            {"group_id": "reds"},
            "memberships.csv:2:group_id: 'reds' is not marked as a group",
        ),
        ("memberships", 2, {"member_id": "room"}, "memberships.csv:2:member_id: is the group itself"),
        ("memberships", 2, {"to": "2018-01-01"}, "memberships.csv:2:to: does not lie after from"),
        ("reports", 2, {"url": "javascript:alert(1)"}, "reports.csv:2:url: is not an http(s) address"),
        ("reports", 2, {"url": "//example.org/a"}, "reports.csv:2:url: is not an http(s) address"),
        (
            "reports",
            3,
            {"url": "https://example.org/h-1"},
            "reports.csv:3:url: 'https://example.org/h-1' stands twice",
        ),
        ("publishers", 2, {"copies": "nobody"}, "publishers.csv:2:copies: 'nobody' is not in its table"),
        ("claims", 2, {"report_id": "g-1"}, "claims.csv:2:report_id: 'g-1' is not among the reports of 'e1'"),
        ("claims", 3, {"low": "", "high": ""}, "claims.csv:3:text_en: a claim needs a number or a text"),
        ("claims", 2, {"text_ar": ""}, "claims.csv:2:text_ar: text_en and text_ar must both"),
        ("claims", 2, {"event_id": "e9"}, "claims.csv:2:event_id: 'e9' is not in its table"),
    ],
)
def test_names_each_fault(
    sample_folder: Path, table: str, line: int, values: dict[str, str], expected: str
) -> None:
    change(sample_folder, table, line, **values)
    found = faults(sample_folder)
    assert any(fault.startswith(expected) for fault in found), found


def test_collects_faults_of_all_files_at_once(sample_folder: Path) -> None:
    change(sample_folder, "places", 5, lat="95")
    change(sample_folder, "claims", 2, event_id="e9")
    assert {fault.partition(":")[0] for fault in faults(sample_folder)} == {"places.csv", "claims.csv"}


def test_an_unclosed_quote_is_named_where_it_opened(sample_folder: Path) -> None:
    path = sample_folder / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = 'e1,h-1,deaths,,3,,"three,ثلاثة'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any(fault.startswith("claims.csv:2: is not well-formed CSV") for fault in faults(sample_folder))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe", "claims.csv: is not UTF-8: byte 0"),
        ((HEADER + "\n").encode("utf-16"), "claims.csv: is not UTF-8: byte 0"),
        ((HEADER + "\n").encode("utf-16-le"), "claims.csv:1: header is"),
        ((HEADER + "\ne1,h-1,deaths,,3,,three,ثلاثة\n").encode("cp1256"), "claims.csv: is not UTF-8: byte"),
        (f"{HEADER}\ne1,h-1,deaths,,3,,{'x' * 131_073},ثلاثة\n".encode(), "claims.csv:2: is not well-formed"),
        (f"{HEADER}\ne1,h-1,deaths,,3,,a\x00b,ثلاثة\n".encode(), "claims.csv:2:text_en: has a control"),
        (f"{HEADER}\ne1,h-1,deaths,,3,,a\u2028b,ثلاثة\n".encode(), "claims.csv:2:text_en: has a control"),
        (f"{HEADER}\ne1,h-1,deaths,,3,,a\x85b,ثلاثة\n".encode(), "claims.csv:2:text_en: has a control"),
        (f'{HEADER}\ne1,h-1,deaths,,3,,"a\nb",ثلاثة\n'.encode(), "claims.csv:2:text_en: has a control"),
        (b"event_id,report_id\n", "claims.csv:1: header is"),
        (
            b"event_id,report_id,field,low,best,high,text_en,text_ar\ne1,h-1\n",
            "claims.csv:2: has 2 fields, must have 8",
        ),
    ],
)
def test_a_file_that_is_not_the_table(sample_folder: Path, content: bytes, expected: str) -> None:
    (sample_folder / "claims.csv").write_bytes(content)
    assert any(fault.startswith(expected) for fault in faults(sample_folder))


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_marks_and_other_line_ends_are_let_pass(
    sample_folder: Path, line_end: str, mark: str
) -> None:
    whole = read_curated(sample_folder)
    for path in sample_folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("\n", line_end)
        path.write_bytes((mark + text).encode())
    assert read_curated(sample_folder) == whole


@pytest.mark.parametrize("count", [200, 10_000])
def test_a_fault_does_not_say_a_long_value_back_whole(sample_folder: Path, count: int) -> None:
    change(sample_folder, "events", 2, event_id="x " * count, place_id="y" * count)
    assert max(map(len, faults(sample_folder))) < 200


def test_a_file_that_cannot_be_read_is_a_fault(sample_folder: Path) -> None:
    (sample_folder / "claims.csv").unlink()
    (sample_folder / "claims.csv").mkdir()
    assert "claims.csv: cannot be read: Is a directory" in faults(sample_folder)


def test_the_command_counts_rows_or_names_faults(
    sample_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(sample_folder)]) == 0
    assert "events           3" in capsys.readouterr().out
    change(sample_folder, "places", 5, lat="95")
    assert main([str(sample_folder)]) == 1
    assert "places.csv:5:lat: is 95" in capsys.readouterr().err


def test_the_command_runs_without_a_warning(sample_folder: Path, root: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "geodata.curated", str(sample_folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert (done.stderr, done.stdout.split()[:2]) == ("", ["places", "6"])


def test_a_missing_file_is_a_fault(sample_folder: Path) -> None:
    (sample_folder / "claims.csv").unlink()
    assert "claims.csv: is missing" in faults(sample_folder)


def test_the_fingerprint_follows_the_content(sample_folder: Path) -> None:
    before = fingerprint(sample_folder)
    assert fingerprint(sample_folder) == before
    change(sample_folder, "claims", 2, best="4")
    assert fingerprint(sample_folder) != before
