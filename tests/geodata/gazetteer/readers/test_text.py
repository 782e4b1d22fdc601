"""Bytes into rows: encodings are never guessed, and one bad row is one bad row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import BadInput
from geodata.gazetteer.readers.text import csv_records, read_text, tab_records

ARABIC = "name_ar\nخوين الكبير\nإدلب\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ARABIC.encode("utf-8"), None),
        (ARABIC.encode("utf-8-sig"), None),
        (ARABIC.encode("utf-16"), None),
        (b"\xfe\xff" + ARABIC.encode("utf-16-be"), None),
        (ARABIC.encode("windows-1256"), "windows-1256"),
        (ARABIC.encode("utf-16-le"), "utf-16"),
    ],
)
def test_encodings(data: bytes, encoding: str | None) -> None:
    assert read_text(data, encoding) == ARABIC


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ARABIC.encode("windows-1256"), "--encoding windows-1256"),
        (ARABIC.encode("utf-16-le") * 9, "--encoding utf-16"),
        (("a,b\n" * 50).encode("utf-16-le"), "--encoding utf-16"),
        (b"\xff\xfeabc", "begins like utf-16"),
    ],
)
def test_an_unknown_encoding_is_asked_for(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_text(data)


def test_an_encoding_that_is_wrong_is_said() -> None:
    with pytest.raises(BadInput, match="is not utf-8"):
        read_text(ARABIC.encode("windows-1256"), "utf-8")


def test_a_few_broken_bytes_are_their_rows_matter() -> None:
    text = read_text("خوين\nإدلب\n".encode() + b"\xe3\xe4\n")
    assert text.splitlines()[:2] == ["خوين", "إدلب"]
    assert "\udce3" in text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    records = list(csv_records(end.join(("a,b", "1,2", "", "3,4", ""))))
    assert [(record.row, record.values, record.fault) for record in records] == [
        (1, ("a", "b"), ""),
        (2, ("1", "2"), ""),
        (4, ("3", "4"), ""),
    ]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ('"open,2', "quote opens here"),
        ('"a"x,2', "quote opens here"),
        ("1", "has 1 fields, must have 2"),
        ("1,2,3", "has 3 fields, must have 2"),
        ("x" * 131_073 + ",2", "field larger than field limit"),
    ],
)
def test_a_bad_row_costs_itself_only(bad: str, fault: str) -> None:
    good = [f"{number},x" for number in range(20)]
    records = list(csv_records("\n".join(["a,b", *good[:10], bad, *good[10:]])))
    assert [record.values[0] for record in records if not record.fault] == [
        "a",
        *(str(number) for number in range(20)),
    ]
    [refused] = [record for record in records if record.fault]
    assert refused.row == 12
    assert fault in refused.fault


def test_two_stray_quotes_do_not_swallow_what_stands_between() -> None:
    records = list(csv_records('a,b\n"1,2\n3,4\n"5,6\n7,8\n'))
    assert [record.row for record in records if record.fault] == [2, 4]
    assert [record.values for record in records if not record.fault] == [("a", "b"), ("3", "4"), ("7", "8")]


def test_a_quoted_cell_may_have_lines() -> None:
    records = list(csv_records('a,b\n"1\n2",3\n4,5\n'))
    assert [(record.row, record.values) for record in records[1:]] == [(2, ("1\n2", "3")), (4, ("4", "5"))]


@given(st.lists(st.tuples(st.text(alphabet='ab",;\n ', min_size=1), st.text(alphabet="ابx"))))
def test_what_a_csv_writer_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("one", "two"), *rows])
    records = list(csv_records(file.getvalue()))
    assert [record.values for record in records] == [("one", "two"), *rows]
    assert not any(record.fault for record in records)


@given(st.text(alphabet='a,"\n\r\x00;', max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    rows = [record.row for record in csv_records(text)]
    assert rows == sorted(set(rows))


def test_tab_records_take_quotes_as_letters(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes('\ufeff1\t"Ayn\n2\tb\tc\n\n3\td'.encode())
    found = [(record.row, record.values, record.fault) for record, _ in tab_records(path, 2)]
    assert found == [
        (1, ("1", '"Ayn'), ""),
        (2, ("2", "b", "c"), "has 3 fields, must have 2"),
        (4, ("3", "d"), ""),
    ]
    assert [done for _, done in tab_records(path.read_bytes(), 2)][-1] == path.stat().st_size


def test_an_archive_is_no_table() -> None:
    with pytest.raises(BadInput, match="unpack it"):
        list(tab_records(b"PK\x03\x04rest", 19))
