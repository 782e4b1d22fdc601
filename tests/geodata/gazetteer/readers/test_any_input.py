"""Whatever a file holds, reading it ends in places, listed rows or one plain error."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import BadInput
from geodata.gazetteer.readers import READERS
from geodata.gazetteer.readers.ocha import read_places
from tests.geodata.gazetteer.readers.test_geonames_files import line
from tests.geodata.gazetteer.readers.test_ocha import GOOD, HEADER
from tests.hostile import TEXTS

CELL = st.text(max_size=12).map(lambda text: text.replace("\n", " ").replace("\r", " "))


@pytest.mark.parametrize("name", READERS)
@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes(name: str, data: bytes) -> None:
    with contextlib.suppress(BadInput):
        found = READERS[name].read(data)
        assert len(found.places) + len(found.rejected) + found.skipped >= 0


@given(st.lists(CELL, min_size=6, max_size=6))
def test_any_cells(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    found = read_places("\n".join([HEADER, *GOOD, quoted]).encode("utf-8", "surrogateescape"))
    assert {"c9001", "c9002"} <= set(found.places)
    # Blank cells and HXL tags are no rows.
    assert len(found.places) + len(found.rejected) == found.rows


@given(
    st.dictionaries(
        st.sampled_from(["alternates", "lat", "lon", "class", "code", "country", "population"]), CELL
    )
)
def test_any_fields_of_a_dump(more: dict[str, str]) -> None:
    clean = {key: value.replace("\t", " ") for key, value in more.items()}
    found = READERS["geonames"].read(
        "\n".join([line("1"), line("2", **clean)]).encode("utf-8", "surrogateescape")
    )
    assert "gn-1" in found.places
    assert len(found.places) + len(found.rejected) + found.skipped == found.rows


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_names_are_kept_as_they_are_or_refused(text: str) -> None:
    if "\n" in text or "\r" in text:
        return
    quoted = '"' + text.replace('"', '""') + '"'
    found = read_places(
        "\n".join([HEADER, *GOOD, f"{quoted},,C9009,SY07,35.5,36.8"]).encode("utf-8", "surrogateescape")
    )
    if place := found.places.get("c9009"):
        assert (
            place.name_en.replace(" ", "") in "".join(text.split())
            or not text.isprintable()
            or not text.isascii()
        )
    else:
        assert [fault.row for fault in found.rejected] == [4]
