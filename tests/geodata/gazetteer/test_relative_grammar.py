"""Reading relative expressions: tables in both languages, and texts of any kind."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer.names import fold
from geodata.gazetteer.relative_grammar import RelativeExpression, parse_relative, relative_readings

N, NE, E, SE, S, SW, W, NW = (45.0 * step for step in range(8))


def one(text: str) -> tuple[str, str, str, float | None, float | None, str]:
    """Read an expression with one anchor: relation, anchor, kind, bearing, distance in metres, subject."""
    said = parse_relative(text)
    assert said is not None, text
    (anchor,) = said.anchors
    return said.relation, anchor.name, anchor.kind, said.bearing_deg, said.distance_m, said.subject


@pytest.mark.parametrize(
    ("text", "anchor", "bearing"),
    [
        ("شرق حماة", "حماة", E),
        ("شرقي حماة", "حماة", E),
        ("شَرْقَ حَمَـاة", "حماة", E),
        ("شرقاً من حماة", "حماة", E),
        ("في شمال شرقي حماة", "حماة", NE),
        ("شمال شرق حماة", "حماة", NE),
        ("شمالي شرق حماة", "حماة", NE),
        ("جنوب شرق إدلب", "إدلب", SE),
        ("جنوب-غرب إدلب", "إدلب", SW),
        ("غرب شمال إدلب", "إدلب", NW),
        ("إلى الشرق من حماة", "حماة", E),
        ("الشمال الشرقي من إدلب", "إدلب", NE),
        ("southeast of Idlib", "idlib", SE),
        ("south-east of Idlib", "idlib", SE),
        ("South East of Idlib", "idlib", SE),
        ("to the north of Deir ez-Zor", "deir ez zor", N),
        ("in the west of Aleppo", "aleppo", W),
        ("NW of Hama", "hama", NW),
        ("north of Ra's al-Ayn", "ras al ayn", N),
    ],
)
def test_in_a_direction(text: str, anchor: str, bearing: float) -> None:
    assert one(text) == ("of", fold(anchor), "", bearing, None, "")


@pytest.mark.parametrize(
    ("text", "anchor", "kind", "bearing"),
    [
        ("ريف إدلب الشرقي", "إدلب", "", E),
        ("ريف حماة الشمالي الشرقي", "حماة", "", NE),
        ("بريف حلب الجنوبي", "حلب", "", S),
        ("في ريف حلب الجنوبي", "حلب", "", S),
        ("الريف الشرقي لحماة", "حماة", "", E),
        ("الريف الشمالي للرقة", "الرقة", "", N),
        ("الريف الجنوبي لمحافظة إدلب", "إدلب", "governorate", S),
        ("بريف محافظة إدلب الجنوبي الشرقي", "إدلب", "governorate", SE),
        ("eastern Hama countryside", "hama", "", E),
        ("Hama's north-eastern countryside", "hama", "", NE),
        ("the western countryside of Raqqa", "raqqa", "", W),
        ("Idlib southern countryside", "idlib", "", S),
        ("eastern rural Hama", "hama", "", E),
        ("rural eastern Hama", "hama", "", E),
        ("countryside east of Hama", "hama", "", E),
    ],
)
def test_in_a_countryside(text: str, anchor: str, kind: str, bearing: float) -> None:
    assert one(text) == ("countryside", fold(anchor), kind, bearing, None, "")


@pytest.mark.parametrize("text", ["ريف حماة", "بريف حماة", "حماة countryside", "countryside of حماة"])
def test_a_countryside_as_a_whole(text: str) -> None:
    assert one(text) == ("countryside", fold("حماة"), "", None, None, "")


@pytest.mark.parametrize(
    ("text", "anchor", "kind", "bearing"),
    [
        ("northern Aleppo province", "aleppo", "governorate", N),
        ("Southeastern Idlib governorate", "idlib", "governorate", SE),
        ("north-western Deir ez Zor Governorate", "deir ez zor", "governorate", NW),
        ("northern Syria", "syria", "", N),
        ("northeast Hama", "hama", "", NE),
    ],
)
def test_part_of_an_area(text: str, anchor: str, kind: str, bearing: float) -> None:
    assert one(text) == ("part", anchor, kind, bearing, None, "")


@pytest.mark.parametrize(
    ("text", "anchor", "bearing", "metres"),
    [
        ("5 km north of Sinjar", "sinjar", N, 5000),
        ("5km to the north of Sinjar", "sinjar", N, 5000),
        ("about 2.5 kilometres south-west of Sinjar", "sinjar", SW, 2500),
        ("ten miles east of Sinjar", "sinjar", E, 16_093.4),
        ("500 metres west of Sinjar", "sinjar", W, 500),
        ("على بعد 5 كم شمال سنجار", "سنجار", N, 5000),
        ("على بعد ٥ كم شمال سنجار", "سنجار", N, 5000),
        ("٥كم شمالي سنجار", "سنجار", N, 5000),
        ("5 كيلومترات إلى الشمال من سنجار", "سنجار", N, 5000),
        ("على بعد نحو خمسة كيلومترات جنوب شرق سنجار", "سنجار", SE, 5000),
        ("كيلومترين غرب سنجار", "سنجار", W, 2000),
        ("٢٫٥ كيلومتر غرب سنجار", "سنجار", W, 2500),
        ("شمال سنجار بـ 5 كم", "سنجار", N, 5000),
    ],
)
def test_at_a_distance(text: str, anchor: str, bearing: float, metres: float) -> None:
    relation, name, _, way, distance, _ = one(text)
    assert (relation, name, way) == ("of", fold(anchor), bearing)
    assert distance == pytest.approx(metres)


@pytest.mark.parametrize(
    ("text", "relation", "anchor", "kind", "bearing"),
    [
        ("محيط قرية الخوين", "near", "الخوين", "settlement", None),
        ("في محيط الخوين", "near", "الخوين", "", None),
        ("قرب سراقب", "near", "سراقب", "", None),
        ("بالقرب من مدينة سراقب", "near", "سراقب", "city", None),
        ("بجوار الخوين", "near", "الخوين", "", None),
        ("near Saraqib", "near", "saraqib", "", None),
        ("around the town of Saraqib", "near", "saraqib", "settlement", None),
        ("in the vicinity of Khuwayn", "near", "khuwayn", "", None),
        ("Khuwayn surroundings", "near", "khuwayn", "", None),
        ("أطراف سراقب", "outskirts", "سراقب", "", None),
        ("على مشارف سراقب", "outskirts", "سراقب", "", None),
        ("outskirts of Idlib city", "outskirts", "idlib", "city", None),
        ("the eastern outskirts of Saraqib", "outskirts", "saraqib", "", E),
        ("الأطراف الشرقية لمدينة سراقب", "outskirts", "سراقب", "city", E),
        ("أطراف سراقب الشرقية", "outskirts", "سراقب", "", E),
    ],
)
def test_near(text: str, relation: str, anchor: str, kind: str, bearing: float | None) -> None:
    assert one(text) == (relation, fold(anchor), kind, bearing, None, "")


@pytest.mark.parametrize(
    ("text", "relation", "first", "second"),
    [
        ("بين أبو الظهور وسنجار", "between", "أبو الظهور", "سنجار"),
        ("المنطقة الواقعة بين أبو الظهور و سنجار", "between", "أبو الظهور", "سنجار"),
        ("بين قريتي الخوين وأم الخلاخيل", "between", "الخوين", "أم الخلاخيل"),
        ("between Abu al-Duhur and Sinjar", "between", "abu al duhur", "sinjar"),
        ("the area between Albu Kamal and Al Mayadin", "between", "albu kamal", "al mayadin"),
        ("Area between Abu Kamal and Al Mayadin by the Euphrates", "between", "abu kamal", "al mayadin"),
        ("طريق خناصر – أثريا", "road", "خناصر", "أثريا"),
        ("طريق خناصر - أثريا", "road", "خناصر", "أثريا"),
        ("طريق خناصر-أثريا", "road", "خناصر", "أثريا"),
        ("طريق خناصر أثريا", "road", "خناصر", "أثريا"),
        ("طريق حلب دمشق الدولي", "road", "حلب", "دمشق"),
        ("الطريق الواصل بين خناصر وأثريا", "road", "خناصر", "أثريا"),
        ("the Khanasir–Ithriya road", "road", "khanasir", "ithriya"),
        ("Khanasir-Aleppo road in Khanasir Subdistrict", "road", "khanasir", "aleppo"),
        ("Deir ez-Zor – al-Hasakah highway", "road", "deir ez zor", "al hasakah"),
        ("Road between As Sukhnah and Tadmur", "road", "as sukhnah", "tadmur"),
        ("the road from Homs to Tartus", "road", "homs", "tartus"),
        ("Road M-5 between Rastan and Hamah", "road", "rastan", "hamah"),
    ],
)
def test_between_two(text: str, relation: str, first: str, second: str) -> None:
    said = parse_relative(text)
    assert said is not None
    names = tuple(anchor.name for anchor in said.anchors)
    assert (said.relation, names, said.subject) == (relation, (fold(first), fold(second)), "")


def test_every_and_may_part_two_names() -> None:
    pairs = [
        tuple(anchor.name for anchor in said.anchors)
        for said in relative_readings("بين الوضيحي وخان طومان وسراقب")
    ]
    assert pairs == [(fold("الوضيحي"), fold("خان طومان وسراقب")), (fold("الوضيحي وخان طومان"), fold("سراقب"))]


@pytest.mark.parametrize(
    ("text", "subject", "relation", "anchor"),
    [
        ("بلدة الخوين جنوب شرق إدلب", "بلدة الخوين", "of", "إدلب"),
        ("village al-Khuwayn southeast of Idlib", "village al khuwayn", "of", "idlib"),
        ("al-Khuwayn, southeast of Idlib", "al khuwayn", "of", "idlib"),
        ("عقيربات في ريف حماة الشرقي", "عقيربات", "countryside", "حماة"),
        ("Khuwayn, southern Idlib countryside", "khuwayn", "countryside", "idlib"),
        ("Tall Maraq near Sinjar", "tall maraq", "near", "sinjar"),
        ("a village between Saraqib and Sinjar", "", "between", "saraqib"),
    ],
)
def test_a_place_and_where_it_lies(text: str, subject: str, relation: str, anchor: str) -> None:
    said = next(reading for reading in relative_readings(text) if reading.relation == relation)
    assert said.subject == fold(subject)
    assert said.anchors[0].name == fold(anchor)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "Idlib",
            "إدلب",
            "الخوين",
            "شرق",
            "north",
            "near",
            "between",
            "بين",
            "5 km",
            "km of",
            "road",
        ),
        *("Ra's al-Ayn", "الغوطة الشرقية", "كويرس شرقي", "الشرقية", "Westernport", "0 km north of Sinjar"),
        *("Jabar Eastern area", "999999 km north of Sinjar", "شرق شرق شرق", "a" * 400 + " north of Idlib"),
    ],
)
def test_what_is_no_relative_expression(text: str) -> None:
    assert parse_relative(text) is None


WORDS = (
    "شرق شمالي الشرقي ريف الريف حماة لحماة بين وسنجار و طريق محيط قرب من على بعد 5 ٥ كم قرية محافظة "
    "north eastern of near between and road km 5 2.5 Idlib Hama's governorate countryside – - , ، the"
).split()


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    for said in relative_readings(text):
        assert isinstance(said, RelativeExpression)
        assert said.anchors
        assert all(anchor.name and "<" not in anchor.name for anchor in said.anchors)
        assert said.bearing_deg is None or said.bearing_deg % 45 == 0


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(deadline=None)
def test_hostile_repetition_is_read_in_no_time(text: str) -> None:
    started = time.perf_counter()
    list(relative_readings(text))
    assert time.perf_counter() - started < 2.0
