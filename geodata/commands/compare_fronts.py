"""``scripts/compare_fronts``: our fronts and areas beside those that somebody else drew, a line a day."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from geodata.commands.common import DONE, FAILED, USAGE, caller_path, complain, open_store, parser, run, say
from geodata.commands.fronts_table import Compared, as_json, as_lines
from geodata.control.alliance import LEVELS
from geodata.control.atlas import timeline_of
from geodata.control.compare import STEP_M
from geodata.control.compare_days import FrontComparison
from geodata.control.drawn import DrawnFields, DrawnFronts, RefusedDrawing, read_drawn
from geodata.control.drawn_features import RefusedFeature
from geodata.control.drawn_names import check_holders, match_names, names_of_holders
from geodata.dates import iso_date
from geodata.errors import BadInput
from geodata.gazetteer.readers.result import ascii_marks
from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.progress import ProgressBar

_LISTED = 50
_MOST_DAYS = 3_660


def main(arguments: Sequence[str]) -> int:
    """Compare as the arguments say; return the exit code."""
    options = _parse(arguments)
    wrong = ""
    if options.on and (options.first or options.last):
        wrong = "say --on or --from and --to, not both"
    elif bool(options.first) != bool(options.last):
        wrong = "--from and --to go together"
    elif options.first and not 0 <= (options.last - options.first).days < _MOST_DAYS:
        wrong = f"--to must not lie before --from, nor {_MOST_DAYS:,} days after it"
    if wrong:
        complain(f"./scripts/compare_fronts: {wrong}")
        return USAGE
    return run(lambda: _work(options), "Interrupted: nothing was changed.")


def _parse(arguments: Sequence[str]) -> Namespace:
    made = parser("compare_fronts")
    made.add_argument("drawn", metavar="DRAWN")
    made.add_argument("--on", type=_day, metavar="DAY")
    made.add_argument("--from", dest="first", type=_day, metavar="DAY")
    made.add_argument("--to", dest="last", type=_day, metavar="DAY")
    made.add_argument("--database", metavar="URL")
    made.add_argument("--level", choices=LEVELS, default="side")
    made.add_argument("--match", type=_pair, action="append", default=[], metavar="NAME=HOLDER")
    made.add_argument("--between", type=_between, metavar="A,B")
    made.add_argument("--band-km", type=_kilometres, default=10.0, metavar="KM")
    made.add_argument("--day-property", metavar="NAME")
    made.add_argument("--holder-property", metavar="NAME")
    made.add_argument("--strict", action="store_true")
    made.add_argument("--all-rejected", action="store_true")
    made.add_argument("--json", action="store_true")
    return made.parse_args(arguments)


def _work(options: Namespace) -> int:
    most = None if options.all_rejected else _LISTED
    fields = DrawnFields()
    if options.day_property:
        fields = replace(fields, day=(options.day_property,), start=(), end=(), last=())
    if options.holder_property:
        fields = replace(fields, controller=(options.holder_property,))
    try:
        theirs = read_drawn(caller_path(options.drawn), fields=fields, strict=options.strict)
    except RefusedDrawing as refused:
        complain(ascii_marks(f"{options.drawn}: {refused}"))
        _tell(refused.rejected[1:], most)
        return FAILED
    _tell(theirs.rejected, most)
    store = open_store(options.database)
    try:
        snapshot = EventIndex(store).snapshot()
    finally:
        store.close()
    found = _compare(snapshot, theirs, options)
    if options.json:
        say(json.dumps(as_json(found), indent=1))
    else:
        for line in as_lines(found):
            say(line)
    if found.nothing:
        complain("Nothing could be compared on any of these days.")
        return FAILED
    return DONE


def _compare(snapshot: Snapshot, theirs: DrawnFronts, options: Namespace) -> Compared:
    known = names_of_holders(snapshot.factions.values(), snapshot.sides.values(), options.level)
    check_holders(known, options.between or ())
    match = match_names(theirs.controllers, known, dict(options.match))
    timeline = timeline_of(snapshot, level=options.level)
    days = _days(theirs, timeline.day_range, options)
    band_m = 1000.0 * options.band_km
    comparison = FrontComparison(timeline, theirs, match=match, between=options.between, band_m=band_m)
    bar = ProgressBar("Comparing days")
    compared = []
    for number, day in enumerate(days, start=1):
        compared.append(comparison.on(day))
        bar(number, len(days))
    bar.close()
    settings = {
        "level": options.level,
        "between": options.between,
        "band_m": band_m,
        "step_m": STEP_M,
    }
    return Compared(theirs, match, settings, len(timeline.rejected), compared)


def _days(theirs: DrawnFronts, ours: tuple[date, date] | None, options: Namespace) -> list[date]:
    """Return the days asked for; without any, those on which their map changes, within the time of ours."""
    if options.on:
        return [options.on]
    if options.first:
        return [
            options.first + timedelta(days=number)
            for number in range((options.last - options.first).days + 1)
        ]
    if ours is None:
        raise BadInput("our map has no statement to go by")
    days = [day for day in theirs.days if ours[0] <= day <= ours[1]]
    if not days:
        told = f"{theirs.days[0]} to {theirs.days[-1]}" if theirs.days else "no day"
        raise BadInput(
            f"their map changes on no day of ours, {ours[0]} to {ours[1]} (theirs: {told}): say --on DAY"
        )
    return days[:_MOST_DAYS]


def _tell(rejected: Sequence[RefusedFeature], most: int | None) -> None:
    for fault in rejected[:most]:
        complain(ascii_marks(f"  rejected: {fault}"))
    if most is not None and len(rejected) > most:
        complain(f"  … and {len(rejected) - most:,} more rejected (--all-rejected lists them all)")


def _day(text: str) -> date:
    try:
        return iso_date(text)
    except BadInput as error:
        raise ArgumentTypeError(str(error)) from error


def _pair(text: str) -> tuple[str, str]:
    name, equals, holder = text.rpartition("=")
    if not (equals and name.strip() and holder.strip()):
        raise ArgumentTypeError(f"{text!r:.60} is not NAME=HOLDER, such as 'Regime=government'")
    return name.strip(), holder.strip()


def _between(text: str) -> tuple[str, str]:
    first, _, second = (part.strip() for part in text.partition(","))
    if not first or not second or "," in second or first == second:
        raise ArgumentTypeError(f"{text!r:.60} is not two holders, such as government,opposition")
    return first, second


def _kilometres(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", text) or not 0 < float(text) <= 500:
        raise ArgumentTypeError(f"{text!r:.20} is not a number above 0 and up to 500, such as 10")
    return float(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
