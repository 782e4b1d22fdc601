"""Measure the geocoder and print the table of the figures to reach; see ``./scripts/bench --help``."""

from __future__ import annotations

import argparse
import gc
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import names as measured
import relative
from names import Case, Found, Way

from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from geodata.gazetteer.likeness import Written, likeness
from geodata.gazetteer.nearness import distance_m
from geodata.gazetteer.search import search
from geodata.gazetteer.sounds import sound_key, sounds_of_key
from geodata.gazetteer.wording import alternatives
from geodata.model import Place

Line = tuple[str, str, str, str, str, str]

_CONTEXTS = (("no context", "0.66"), ("governorate given", "0.82"), ("governorate and district", "0.86"))
_ANSWERED = 0.65


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 3 where the shared data is absent."""
    parser = argparse.ArgumentParser(prog="./scripts/bench geocoder", description=__doc__)
    parser.add_argument("--errors", nargs="?", type=int, const=30, default=0, metavar="COUNT")
    parser.add_argument("--load", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.load:
        print(*_load(options.load))
        return 0
    if not measured.OCHA.is_file() or not measured.UCDP.is_file():
        print(
            f"The geocoder is measured on {measured.SHARED}, which this machine does not have.",
            file=sys.stderr,
        )
        return 3
    gazetteer = measured.make_gazetteer()
    geocoder = GazetteerGeocoder(gazetteer)
    ways = {"ours": measured.ours(geocoder), **measured.compared(gazetteer)}
    cases = measured.ucdp_cases()
    answers = {
        name: [[way(case, areas) for case in cases] for areas in range(3)] for name, way in ways.items()
    }
    _table(
        "On one core of this machine; ours beside exact match and rapidfuzz",
        [
            *_accuracy(cases, answers),
            _within_reach(gazetteer, cases),
            *_every_place(ways),
            _variants(ways),
            _confusions(ways["ours"]),
            _arabic(gazetteer, ways),
            *_speeds(gazetteer, ways, cases),
            _loading(),
        ],
    )
    print("\nRelative expressions")
    for row in relative.measure():
        print(f"  {row.measure} | {row.to_reach} | {row.ours} | {row.compared}")
    if options.errors:
        _print_errors(gazetteer, cases, answers["ours"][2], options.errors)
    return 0


def _accuracy(cases: Sequence[Case], answers: dict[str, list[list[Found | None]]]) -> Iterable[Line]:
    half = len(cases) // 2
    for areas, (context, wanted) in enumerate(_CONTEXTS):
        shares = {name: _share(cases, found[areas]) for name, found in answers.items()}
        yield (f"within 5 km, {context} ({len(cases)} names)", f"≥ {wanted}", *_four(shares))
        tuned = _share(cases[:half], answers["ours"][areas][:half])
        held = _share(cases[half:], answers["ours"][areas][half:])
        yield (f"  tuned-on half / held-out half, {context}", "", f"{tuned:.3f} / {held:.3f}", "", "", "")
    for areas in (1, 2):
        precisions = {name: _precision(cases, found[areas]) for name, found in answers.items()}
        wanted = "≥ 0.96" if areas == 1 else ""
        yield (f"precision at ≥ 65 % answered, {_CONTEXTS[areas][0]}", wanted, *_four(precisions))


def _every_place(ways: dict[str, Way]) -> Iterable[Line]:
    cases = measured.ucdp_cases(kinds_only=False)
    for areas, (context, _) in enumerate(_CONTEXTS):
        shares = {name: _share(cases, [way(case, areas) for case in cases]) for name, way in ways.items()}
        yield (f"  with bases, hills, roads too ({len(cases)}), {context}", "", *_four(shares))


def _variants(ways: dict[str, Way]) -> Line:
    cases = measured.variant_cases()
    shares = {name: _share(cases, [way(case, 1) for case in cases]) for name, way in ways.items()}
    places = len({case.place_id for case in cases})
    return (f"variants: {len(cases)} of {places} places, top-1, governorate given", "≥ 0.97", *_four(shares))


def _confusions(way: Way) -> Line:
    wrong = []
    for name, admin, wanted, never in measured.CONFUSIONS:
        found = way(Case(name, admin), len(admin))
        place = found.place_id if found else "nothing"
        if place in never or (wanted and place != wanted):
            wrong.append(f"{name}→{place}")
    return (
        f"listed confusions ({len(measured.CONFUSIONS)} queries)",
        "0",
        " ".join((str(len(wrong)), *wrong)),
        "",
        "",
        "",
    )


def _arabic(gazetteer: Gazetteer, ways: dict[str, Way]) -> Line:
    cases = measured.arabic_cases(gazetteer)
    shares = {
        name: _share(cases, [way(case, 2) for case in cases])
        for name, way in ways.items()
        if name != "WRatio"
    }
    return ("OCHA's Arabic names, governorate and district", "≥ 0.995", *_four(shares))


def _speeds(gazetteer: Gazetteer, ways: dict[str, Way], cases: Sequence[Case]) -> Iterable[Line]:
    exact = [name for place in gazetteer for name in (place.name_en, place.name_ar) if name][:8000]
    yield (
        "names a second, exact: search / geocode",
        "≥ 50,000",
        f"{_rate(lambda name: search(gazetteer, name), exact):,.0f} / "
        f"{_rate(lambda name: ways['ours'](Case(name, ()), 0), exact[:2000]):,.0f}",
        *(
            f"{_rate(lambda name, way=way: ways[way](Case(name, ()), 0), exact[:many]):,.0f}"  # type: ignore[misc]
            for way, many in (("exact", 8000), ("ratio", 200), ("WRatio", 40))
        ),
    )
    unlike = [case.name for case in cases if not any(m.method != "key" for m in gazetteer.find(case.name))]
    yield (
        "names a second, by sound: search / geocode",
        "≥ 3,000",
        f"{_rate(lambda name: search(gazetteer, name), unlike):,.0f} / "
        f"{_rate(lambda name: ways['ours'](Case(name, ()), 0), unlike):,.0f}",
        "",
        "",
        "",
    )


def _loading() -> Line:
    command = [sys.executable, __file__, "--load", "100000"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    seconds, index, memory = map(float, done.stdout.split())
    return (
        "load of 100,000 names: seconds (and sounds); memory",
        "≤ 3 s; ≤ 200 MB",
        f"{seconds:.1f} s (+ {index:.1f} s); {memory:.0f} MB",
        "",
        "",
        "",
    )


def _load(count: int) -> tuple[float, float, float]:
    """Return the seconds of loading names and of hearing them, and the megabytes that both need."""
    rng = random.Random(measured.SEED)  # noqa: S311 - no secret
    known = [place for place in measured.make_gazetteer() if place.name_ar]
    english = sorted({word for place in known for word in place.name_en.split()})
    arabic = sorted({word for place in known for word in place.name_ar.split()})

    def name(words: Sequence[str]) -> str:
        return " ".join(rng.choices(words, k=rng.choice((1, 2, 2, 3))))

    places = [
        Place(
            place_id=f"x{at}",
            name_en=name(english),
            name_ar=name(arabic),
            lat=35.0 + at % 1000 / 1000,
            lon=36.0 + at / count,
        )
        for at in range(count // 2)
    ]
    del known
    before = _resident_mb()
    started = time.process_time()
    gazetteer = Gazetteer(places)
    loaded = time.process_time()
    search(gazetteer, "Qirbata Khushunta")
    heard = time.process_time()
    return loaded - started, heard - loaded, _resident_mb() - before


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _rate(ask: Callable[[str], object], asked: Sequence[str]) -> float:
    ask(asked[0])
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for name in asked:
            ask(name)
        best = min(best, time.process_time() - started)
    return len(asked) / best


def _share(cases: Sequence[Case], found: Sequence[Found | None]) -> float:
    return sum(map(measured.is_right, cases, found)) / len(cases)


def _precision(cases: Sequence[Case], found: Sequence[Found | None]) -> str:
    """Return how many of the surest 65 % are right, and at which score; dash when fewer are answered."""
    ranked = sorted(
        (
            (answer.score, measured.is_right(case, answer))
            for case, answer in zip(cases, found, strict=True)
            if answer
        ),
        key=lambda pair: -pair[0],
    )
    wanted = -(-len(cases) * 65 // 100)
    if len(ranked) < wanted:
        return f"– (answers {len(ranked) / len(cases):.2f})"
    # All that score as much as the last one are answered too.
    least = ranked[wanted - 1][0]
    taken = [right for score, right in ranked if score >= least]
    return f"{sum(taken) / len(taken):.3f} (score ≥ {least:.3g}, {len(taken) / len(cases):.2f})"


def _four(values: dict[str, float] | dict[str, str]) -> tuple[str, str, str, str]:
    texts = [
        f"{value:.3f}" if isinstance(value, float) else str(value or "")
        for value in (values.get(name, "") for name in ("ours", "exact", "ratio", "WRatio"))
    ]
    return texts[0], texts[1], texts[2], texts[3]


def _table(title: str, lines: Sequence[Line]) -> None:
    heads: Line = ("measure", "to reach", "ours", "exact", "ratio ≥ 75", "WRatio ≥ 75")
    widths = [max(len(line[at]) for line in (heads, *lines)) for at in range(6)]
    print(title, flush=True)
    for line in (heads, *lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _within_reach(gazetteer: Gazetteer, cases: Sequence[Case]) -> Line:
    """Return how many names our list could answer: those with a place, or a like-named one, near by."""
    alike = [_most_alike(gazetteer, case)[0] for case in cases]
    shares = [f"{sum(score >= least for score in alike) / len(cases):.3f}" for least in (0.01, 0.5, 0.7)]
    return (
        "  our list has within 5 km: any place / one ≥ 0.5 / ≥ 0.7 alike",
        "",
        " / ".join(shares),
        "",
        "",
        "",
    )


def _most_alike(gazetteer: Gazetteer, case: Case) -> tuple[float, str]:
    """Return the place within 5 km of a case's point whose name is most like it."""
    assert case.point is not None
    near = gazetteer.nearest(*case.point, count=100, max_distance_m=measured.WITHIN_M)
    names = [Written(key, sounds_of_key(key)) for key in map(sound_key, alternatives(case.name)) if key]
    scored = [
        (likeness(name, gazetteer.sounds.spellings(gazetteer.positions[place.place_id]))[0], place.name_en)
        for place, _ in near
        for name in names
    ]
    return max(scored, default=(0.0, "no place"))


def _print_errors(
    gazetteer: Gazetteer, cases: Sequence[Case], found: Sequence[Found | None], count: int
) -> None:
    wrong = []
    for case, answer in zip(cases, found, strict=True):
        if case.point is not None and not measured.is_right(case, answer):
            away = -1.0 if answer is None else distance_m(case.point, answer.point) / 1000
            wrong.append((away, case, answer))
    wrong.sort(key=lambda line: (-line[0], line[1].name))
    silent = sum(answer is None for _, _, answer in wrong)
    print(
        f"\nThe {count} largest of {len(wrong)} errors ({silent} unanswered), governorate and district given;"
    )
    print("behind the bar what our list has within 5 km of UCDP's point that sounds most alike")
    for away, case, answer in wrong[:count]:
        said = "nothing" if answer is None else f"{answer.label} {answer.score:.2f}, {away:.0f} km away"
        alike, name = _most_alike(gazetteer, case)
        print(f"  {case.name} [{', '.join(case.admin)}] → {said} | {name} {alike:.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
