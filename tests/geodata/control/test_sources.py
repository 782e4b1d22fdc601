"""Which reports are one source, and on which side it stands."""

from __future__ import annotations

from geodata.control import Source, sources_of
from geodata.model import Publisher, Report


def publisher(name: str, alignment: str = "agency", copies: tuple[str, ...] = ()) -> Publisher:
    return Publisher(publisher_id=name, name_en=name, name_ar=name, alignment=alignment, copies=copies)


def report(name: str, origin: str) -> Report:
    return Report(
        report_id=name,
        publisher_id="any",
        origin_id=origin,
        about="",
        url=f"https://example.org/{name}",
        language="en",
    )


def test_publishers_who_copy_each_other_are_one_origin_also_by_way_of_a_third() -> None:
    found = sources_of(
        [report(name, name) for name in ("herald", "mirror", "echo", "gazette")],
        [
            publisher("herald"),
            publisher("mirror", copies=("herald",)),
            publisher("echo", copies=("mirror",)),
            publisher("gazette", "pro_government"),
        ],
    )
    assert found["herald"].origin == found["mirror"].origin == found["echo"].origin
    assert found["gazette"].origin != found["herald"].origin


def test_the_side_is_that_of_whose_reporting_it_is() -> None:
    found = sources_of(
        [report("a", "gazette"), report("b", "nobody")],
        [publisher("any", "opposition"), publisher("gazette", "pro_government")],
    )
    assert found["a"].alignment == "pro_government"
    assert found["b"] == Source("nobody", "unknown")


def test_a_word_is_self_serving_for_ones_own_side_only() -> None:
    assert Source("x", "pro_government").is_self_serving("government")
    assert not Source("x", "pro_government").is_self_serving("opposition")
    assert Source("x", "kurdish_led").is_self_serving("sdf")
    assert not Source("x", "monitor").is_self_serving("government")
