"""Whose word a report is: copies are one source, and carrying two outlets does not make them one."""

from __future__ import annotations

from geodata.control.sources import sources_of
from geodata.curated import read_curated
from geodata.model import Publisher, Report


def publisher(publisher_id: str, *copies: str) -> Publisher:
    return Publisher(
        publisher_id=publisher_id,
        name_en=publisher_id,
        name_ar="",
        alignment="unknown",
        copies=copies,
        note="",
    )


def report(report_id: str, publisher_id: str, origin_id: str) -> Report:
    return Report(
        report_id=report_id,
        publisher_id=publisher_id,
        origin_id=origin_id,
        about="",
        url=f"https://example.org/{report_id}",
        language="en",
        published=None,
        note="",
    )


def test_a_blog_that_carries_two_outlets_does_not_make_them_one() -> None:
    blog = publisher("blog", "one", "two")
    reports = [report("a", "blog", "one"), report("b", "blog", "two"), report("c", "one", "one")]
    sources = sources_of(reports, [blog, publisher("one"), publisher("two")])
    assert sources["a"] == sources["c"]
    assert sources["a"].origin != sources["b"].origin


def test_an_origin_that_copies_another_is_one_with_it() -> None:
    copyist, third = publisher("copyist", "one"), publisher("third", "one")
    reports = [report("a", "copyist", "copyist"), report("b", "one", "one"), report("c", "third", "third")]
    sources = sources_of(reports, [copyist, third, publisher("one")])
    assert len({source.origin for source in sources.values()}) == 1


def test_the_big_outlets_of_the_curated_data_stay_apart() -> None:
    atlas = read_curated()
    sources = sources_of(atlas.reports, atlas.publishers)
    origin = {report.origin_id: sources[report.report_id].origin for report in atlas.reports}
    assert origin["iswnews"] == origin["south-front"]
    apart = ("al-masdar-news", "south-front", "sana", "fars-news", "sohr", "smart", "afp")
    assert len({origin[name] for name in apart}) == len(apart)
