"""Dates: strict ISO, English and Arabic wording, and what must stay unread."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import DateRange, iso_date, parse_date, reject_future, span
from geodata.errors import BadInput

PUBLISHED = date(2018, 2, 14)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
LEVANTINE = (
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
)
GREGORIAN = "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر".split("|")


@given(st.dates())
def test_iso_date_reads_what_date_writes(day: date) -> None:
    assert iso_date(day.isoformat()) == day
    assert iso_date(day.isoformat().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2024-02-30",
        "0000-01-01",
        "2024-2-3",
        " 2018-02-13",
        "2018-02-13 ",
        "2018-02-13\n",
        "2018_02_13",
        "20_8-02-13",
        "2018-02-1\ud800",
        "\ud800",
        "2018-02-13\x00",
        "20180213",
        "2018-W07-2",
        "+2018-02-13",
        "-2018-02-13",
        "२०१८-०२-१३",
        "12018-02-13",
        "9" * 5000,
        "2018-13-01",
        "nan",
        "2018-02-13T00:00:00",
    ],
)
def test_iso_date_refuses_everything_else(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        iso_date(text)
    assert len(str(caught.value).encode()) < 400


@given(st.text())
def test_iso_date_raises_only_bad_input(text: str) -> None:
    with contextlib.suppress(BadInput):
        iso_date(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2018-02-13", "2018-02-13", "2018-02-13", 1),
        ("2018-02-13 to 2018-02-15", "2018-02-13", "2018-02-15", 2),
        ("13 February 2018", "2018-02-13", "2018-02-13", 1),
        ("the 13th of February, 2018", "2018-02-13", "2018-02-13", 1),
        ("Tuesday, 13 February 2018", "2018-02-13", "2018-02-13", 1),
        ("FEB. 13, 2018", "2018-02-13", "2018-02-13", 1),
        ("13-Feb-2018", "2018-02-13", "2018-02-13", 1),
        ("13.02.2018", "2018-02-13", "2018-02-13", 1),
        ("13/2/2018", "2018-02-13", "2018-02-13", 1),
        ("2/13/2018", "2018-02-13", "2018-02-13", 1),
        ("9–13 February 2018", "2018-02-09", "2018-02-13", 2),
        ("between 9 and 15 February 2018", "2018-02-09", "2018-02-15", 3),
        ("from 1 to 13 February 2018", "2018-02-01", "2018-02-13", 4),
        ("9 and 10 February 2018", "2018-02-09", "2018-02-10", 2),
        ("Feb 9-13, 2018", "2018-02-09", "2018-02-13", 2),
        ("28 December 2017 - 3 January 2018", "2017-12-28", "2018-01-03", 3),
        ("October 2017 – February 2018", "2017-10-01", "2018-02-28", 5),
        ("February 2018", "2018-02-01", "2018-02-28", 4),
        ("February 2016", "2016-02-01", "2016-02-29", 4),
        ("2017", "2017-01-01", "2017-12-31", 5),
        ("early February 2018", "2018-02-01", "2018-02-10", 4),
        ("mid-February 2018", "2018-02-11", "2018-02-20", 4),
        ("late February 2018", "2018-02-21", "2018-02-28", 4),
        ("١٣ شباط/فبراير ٢٠١٨", "2018-02-13", "2018-02-13", 1),
        ("الثلاثاء 13 شباط (فبراير) 2018", "2018-02-13", "2018-02-13", 1),
        ("يوم الثلاثاء 13 من شباط من عام 2018", "2018-02-13", "2018-02-13", 1),
        ("في ٢/٣/٢٠١٨م", "2018-03-02", "2018-03-02", 1),
        ("من ٩ إلى ١٣ شباط ٢٠١٨", "2018-02-09", "2018-02-13", 2),
        ("بين 9 و13 شباط 2018", "2018-02-09", "2018-02-13", 2),
        ("كانون الثاني 2018", "2018-01-01", "2018-01-31", 4),
        ("كانون الأول ٢٠١٧", "2017-12-01", "2017-12-31", 4),
        ("مطلع شباط 2018", "2018-02-01", "2018-02-10", 4),
        ("منتصف شهر شباط 2018", "2018-02-11", "2018-02-20", 4),
        ("أواخر شباط 2018", "2018-02-21", "2018-02-28", 4),
        ("شُبَاط ۲۰۱۸", "2018-02-01", "2018-02-28", 4),
    ],
)
def test_parse_date_reads(text: str, start: str, end: str, precision: int) -> None:
    assert parse_date(text) == DateRange(iso_date(start), iso_date(end), precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Tuesday",
        "30 February 2018",
        "Monday, 13 February 2018",
        "2/3/2018",
        "كانون 2018",
        "12",
        "شباط/آذار 2018",
        "5 شعبان 1439",
        "9 and 13 February 2018",
        "13 Febuary 2018",
        "13 February 2018 in Idlib",
        "13 February 2018 9 March 2018",
        "13 شباط",
        "أمس",
        "yesterday",
        "13 February 0000",
        "9-9-9",
        "- -",
        "و",
        "13 February 2018 - 9 February 2018",
        "between 9 February 2018",
        "13\x00 February 2018",
        "9" * 5000,
    ],
)
def test_parse_date_leaves_the_doubtful_unread(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2018-02-14"),
        ("Yesterday", "2018-02-13"),
        ("yesterday, Tuesday", "2018-02-13"),
        ("the day before yesterday", "2018-02-12"),
        ("اليوم", "2018-02-14"),
        ("أمس الثلاثاء", "2018-02-13"),
        ("أول أمس", "2018-02-12"),
        ("13 شباط", "2018-02-13"),
        ("December 30", "2017-12-30"),
    ],
)
def test_parse_date_counts_from_the_publication_day(text: str, day: str) -> None:
    assert parse_date(text, published=PUBLISHED) == DateRange(iso_date(day), iso_date(day), 1)
    assert parse_date(text) is None


def test_parse_date_does_not_stretch_the_publication_day() -> None:
    assert parse_date("15 February", published=PUBLISHED) is None
    assert parse_date("29 February", published=PUBLISHED) is None
    assert parse_date("yesterday, Monday", published=PUBLISHED) is None
    assert parse_date("yesterday", published=date.min) is None


def test_parse_date_keeps_to_the_language_asked_for() -> None:
    assert parse_date("13 شباط 2018", language="en") is None
    assert parse_date("13 February 2018", language="ar") is None
    assert parse_date("2/3/2018", language="ar-SY") == DateRange(date(2018, 3, 2), date(2018, 3, 2), 1)


@given(DAYS)
def test_parse_date_reads_every_day_in_both_languages(day: date) -> None:
    expected = DateRange(day, day, 1)
    assert parse_date(f"{day.day} {day:%B} {day.year}") == expected
    assert parse_date(f"{day:%A} {day:%b} {day.day}, {day.year}") == expected
    for months in (LEVANTINE, GREGORIAN):
        assert parse_date(f"{day.day} {months[day.month - 1]} {day.year}") == expected


@given(DAYS, st.integers(0, 400))
def test_ranges_keep_their_ends_and_grow_less_precise(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    found = span(start, end)
    assert found is not None
    assert (found.start, found.end, found.days) == (start, end, days + 1)
    shorter = span(start, max(start, end - timedelta(days=1)))
    assert shorter is not None
    assert shorter.precision <= found.precision


WORDS = st.sampled_from(
    "13 9 31 2018 1439 February Feb. mid late between and to of - / ( ) , . شباط كانون الثاني مطلع بين"
    " و13 إلى أمس today Tuesday الثلاثاء 13/2/2018 2018-02-13 #1 m02 ago1".split()
)


@given(st.lists(WORDS, max_size=7).map(" ".join) | st.text(), st.sampled_from([None, "ar", "en", "fr"]))
def test_parse_date_never_crashes(text: str, language: str | None) -> None:
    found = parse_date(text, language=language, published=PUBLISHED)
    assert found is None or found.start <= found.end


def test_a_range_is_whole() -> None:
    with pytest.raises(BadInput):
        DateRange(date(2018, 2, 2), date(2018, 2, 1), 1)
    with pytest.raises(BadInput):
        DateRange(date(2018, 2, 1), date(2018, 2, 1), 6)
    assert span(date(2018, 2, 2), date(2018, 2, 1)) is None


def test_reject_future_names_the_field() -> None:
    assert reject_future(PUBLISHED, PUBLISHED) == PUBLISHED
    with pytest.raises(BadInput) as caught:
        reject_future(date(2027, 1, 1), date(2026, 11, 22), where="events.csv:7:date_start")
    assert caught.value.where == "events.csv:7:date_start"
