"""The filter grammar: what it takes, what it refuses, and that it reads back what it writes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import BadFilter
from geodata.geometry import BBox
from geodata.index import FILTERS, EventQuery
from geodata.model.codebook import SUBTYPE_SLUGS, TYPE_SLUGS


def test_reads_every_parameter() -> None:
    query = EventQuery.parse(
        [
            ("from", "2018-02-01"),
            ("to", "٢٠١٨-٠٢-١٣"),
            ("faction", "is"),
            ("faction", "hts"),
            ("type", "battles"),
            ("place", "sy07"),
            ("source", "sohr"),
            ("min_deaths", "١٢"),
            ("location_precision_max", "2"),
            ("q", " الخوين "),
            ("bbox", "36,35,37.5,36"),
        ]
    )
    assert query == EventQuery(
        date_from=date(2018, 2, 1),
        date_to=date(2018, 2, 13),
        factions=("is", "hts"),
        types=("battles",),
        places=("sy07",),
        sources=("sohr",),
        min_deaths=12,
        location_precision_max=2,
        text="الخوين",
        bbox=BBox(36, 35, 37.5, 36),
    )


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        *[(name, "nan") for name in FILTERS if name not in {"q", "faction", "place", "source"}],
        *[
            ("min_deaths", bad)
            for bad in ("inf", "1e999", "1_0", " 5 ", "-1", "+1", "9" * 5000, str(2**63), "1.5")
        ],
        *[
            ("from", bad)
            for bad in ("2024-02-30", "0000-01-01", "2018-2-1", "20180201", " 2018-02-01", "today")
        ],
        *[
            ("bbox", bad)
            for bad in ("1,2,3", "nan,0,1,1", "0,91,1,92", "0,2,1,1", "181,0,182,1", "1e1,0,20,1")
        ],
        *[
            ("faction", bad)
            for bad in ("IS", "a b", "'; DROP TABLE events; --", "a" * 121, "\ud800", "a\x00")
        ],
        ("q", "a\x00b"),
        ("q", "\ud800"),
        ("q", "x" * 201),
        ("location_precision_max", "8"),
        ("location_precision_max", "0"),
        ("type", "Battles"),
        ("bogus", "1"),
        ("viewport", "0,0,1,1"),
    ],
)
def test_refuses_and_names_the_parameter(parameter: str, value: str) -> None:
    with pytest.raises(BadFilter) as caught:
        EventQuery.parse([(parameter, value)])
    assert caught.value.parameter == parameter
    assert len(str(caught.value)) < 1500
    str(caught.value).encode()  # what is said can be sent: no half of a surrogate pair


def test_refuses_a_single_parameter_given_twice() -> None:
    with pytest.raises(BadFilter, match="more than once"):
        EventQuery.parse([("from", "2018-02-01"), ("from", "2018-02-02")])


def test_refuses_days_in_the_wrong_order() -> None:
    with pytest.raises(BadFilter) as caught:
        EventQuery.parse([("from", "2018-02-02"), ("to", "2018-02-01")])
    assert caught.value.parameter == "to"


def test_refuses_a_flood_of_values() -> None:
    with pytest.raises(BadFilter, match="more than 100"):
        EventQuery.parse([("faction", f"f{number}") for number in range(101)])


def test_empty_values_count_as_not_given() -> None:
    assert EventQuery.parse([(name, "") for name in FILTERS]) == EventQuery()


slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
decimals = st.floats(0, 1).map(lambda value: round(value, 15))
lons = st.integers(-180, 180) | st.builds(
    lambda whole, part: round(whole + part, 15), st.integers(-180, 178), decimals
)
lats = st.lists(st.integers(-90, 90) | decimals, min_size=2, max_size=2).map(sorted)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=50).map(str.strip)
queries = st.builds(
    lambda ends, factions, types, places, sources, deaths, precision, text, box: EventQuery(
        ends[0], ends[1], factions, types, places, sources, deaths, precision, text, box
    ),
    st.lists(st.none() | days, min_size=2, max_size=2).map(
        lambda pair: sorted(pair) if None not in pair else pair
    ),
    *[
        st.lists(values, unique=True, max_size=4).map(tuple)
        for values in (slugs, st.sampled_from([*TYPE_SLUGS, *SUBTYPE_SLUGS]), slugs, slugs)
    ],
    st.none() | st.integers(0, 10_000_000),
    st.none() | st.integers(1, 7),
    words,
    st.none() | st.builds(lambda w, e, lat: BBox(w, lat[0], e, lat[1]), lons, lons, lats),
)


@given(queries)
def test_reads_back_what_it_writes(query: EventQuery) -> None:
    assert EventQuery.parse(query.pairs()) == query


@pytest.mark.parametrize("text", ["0.00001,-0.00001,36.123456789,35", "-180,-90,180,90", "179.5,1,-179.5,2"])
def test_a_box_keeps_every_decimal(text: str) -> None:
    query = EventQuery.parse([("bbox", text)])
    assert query.pairs() == [("bbox", text)]
    assert EventQuery.parse(query.pairs()) == query


@given(st.lists(st.tuples(st.sampled_from(list(FILTERS)), st.text(max_size=40)), max_size=6))
def test_any_text_is_read_or_refused_by_name(pairs: list[tuple[str, str]]) -> None:
    refused = None
    try:
        EventQuery.parse(pairs)
    except BadFilter as error:
        refused = error.parameter
    assert refused is None or refused in FILTERS


def test_without_drops_only_what_is_named() -> None:
    query = EventQuery(date_from=date(2018, 1, 1), factions=("is",))
    assert query.without("from", "to") == EventQuery(factions=("is",))
