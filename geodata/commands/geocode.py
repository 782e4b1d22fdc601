"""``scripts/geocode``: the places of a CSV file's column, written beside it; goes on where it was stopped."""

from __future__ import annotations

import csv
import io
import re
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from geodata.commands.common import DONE, USAGE, caller_path, complain, open_store, parser, run, say
from geodata.errors import BadInput
from geodata.gazetteer import GazetteerGeocoder
from geodata.gazetteer.batch import Answer, describe, geocode_many
from geodata.gazetteer.readers.text import ENCODINGS, Record, csv_records, read_text
from geodata.progress import ProgressBar
from geodata.store import gazetteer_of

ADDED = (
    *("lat", "lon", "score", "matched_name", "location_precision"),
    *("place_id", "place_name", "alternatives", "geocoding"),
)
"""The columns that are added, after the file's own."""

SURE_ENOUGH = 0.8
"""Below it a row gets candidates and no point. On UCDP's names with the governorate given, answers from 0.8
on were right (within 5 km) 957 times in 1,000 and covered 73 % of the names; all answers 822 times."""

_TOGETHER = 200
_FORMULA = ("=", "+", "-", "@", "\t")


def main(arguments: Sequence[str]) -> int:
    """Geocode a file as the arguments say; return the exit code."""
    made = parser("geocode")
    made.add_argument("file", metavar="FILE.csv")
    made.add_argument("--column", required=True, metavar="NAME")
    made.add_argument("--admin", metavar="NAME")
    made.add_argument("--report", metavar="NAME")
    made.add_argument("--out", metavar="FILE")
    made.add_argument("--encoding", choices=ENCODINGS)
    made.add_argument("--min-score", type=_share, default=SURE_ENOUGH, metavar="SHARE")
    made.add_argument("--restart", action="store_true")
    options = made.parse_args(arguments)
    source = caller_path(options.file)
    target = caller_path(options.out) if options.out else source.with_suffix(".geocoded.csv")
    if target.resolve() == source.resolve():
        complain("./scripts/geocode: --out must be another file")
        return USAGE
    return run(
        lambda: _work(options, source, target),
        f"Interrupted: what is done is kept in {target}; run it again and it goes on from there.",
    )


def _work(options: Namespace, source: Path, target: Path) -> int:
    header, records = _read(source, options)
    if options.restart:
        target.unlink(missing_ok=True)
    known = _kept(target, header, records)
    if known:
        say(f"{target}: goes on after the {known:,} rows that are there")
    geocoder = _geocoder() if known < len(records) else None
    counts: dict[str, int] = {}
    bar = ProgressBar(f"Geocoding {source.name}")
    try:
        with target.open("a", encoding="utf-8", errors="surrogateescape", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if file.tell() == 0:
                writer.writerow([*header, *ADDED])
            done = known
            for group in _groups(records[known:], header, options):
                assert geocoder is not None
                for record, answer in zip(group, _answers(geocoder, group, header, options), strict=True):
                    cells = _cells(answer, options.min_score)
                    writer.writerow([*_padded(record, header), *cells])
                    status = cells[-1] if answer.location or not answer.error else "not asked"
                    counts[status] = counts.get(status, 0) + 1
                file.flush()
                done += len(group)
                bar(done, len(records))
    except OSError as error:
        raise BadInput(f"{target}: {error.strerror}") from error
    finally:
        bar.close()
    told = (
        ", ".join(f"{count:,} {status}" for status, count in sorted(counts.items())) or "nothing left to do"
    )
    say(f"{target}: {len(records):,} rows; now {told}")
    return DONE


def _read(source: Path, options: Namespace) -> tuple[tuple[str, ...], list[Record]]:
    try:
        records = list(csv_records(read_text(source, options.encoding)))
    except OSError as error:
        raise BadInput(f"{source}: {error.strerror}") from error
    except BadInput as error:
        raise BadInput(f"{source}: {error}") from error
    if not records:
        raise BadInput(f"{source}: is empty")
    header = records[0].values
    for name in filter(None, (options.column, options.admin, options.report)):
        if header.count(name) != 1:
            raise BadInput(
                f"{source}: has no column {name!r}, or has it twice; there are: {', '.join(header)}"
            )
    if taken := [name for name in ADDED if name in header]:
        raise BadInput(f"{source}: has columns of the names that are added ({', '.join(taken)}): rename them")
    return header, records[1:]


def _kept(target: Path, header: Sequence[str], records: Sequence[Record]) -> int:
    """Return how many rows are done; a last one that was cut off while it was written is taken off."""
    if not target.exists() or target.stat().st_size == 0:
        return 0
    data = target.read_bytes()
    rows_there: list[list[str]] = []
    sound = 0
    lines = list(io.StringIO(data.decode("utf-8", errors="surrogateescape"), newline=""))
    reader = csv.reader(iter(lines), strict=True)
    try:
        for row in reader:
            if len(row) != len(header) + len(ADDED) or not lines[reader.line_num - 1].endswith("\n"):
                break
            rows_there.append(row)
            sound = reader.line_num
    except csv.Error:
        pass
    if rows_there[:1] != [[*header, *ADDED]] or len(rows_there) - 1 > len(records):
        raise BadInput(
            f"{target}: is there and was not made from this file: name another --out, or say --restart"
        )
    for row, record in zip(rows_there[1:], records, strict=False):
        if tuple(row[: len(header)]) != _padded(record, header):
            raise BadInput(f"{target}: row {record.row} of the file is another one there: say --restart")
    with target.open("r+b") as file:
        file.truncate(len("".join(lines[:sound]).encode("utf-8", errors="surrogateescape")))
    return len(rows_there) - 1


def _padded(record: Record, header: Sequence[str]) -> tuple[str, ...]:
    return (*record.values, *[""] * len(header))[: len(header)]


def _geocoder() -> GazetteerGeocoder:
    store = open_store()
    try:
        return GazetteerGeocoder(gazetteer_of(store))
    finally:
        store.close()


def _groups(records: Sequence[Record], header: Sequence[str], options: Namespace) -> Iterator[list[Record]]:
    """Yield what is asked at once: the rows of one report, or some rows that are strangers."""
    if options.report:
        at = header.index(options.report)
        for _, group in groupby(records, key=lambda record: _padded(record, header)[at]):
            yield list(group)
    else:
        for start in range(0, len(records), _TOGETHER):
            yield list(records[start : start + _TOGETHER])


def _answers(
    geocoder: GazetteerGeocoder, group: Sequence[Record], header: Sequence[str], options: Namespace
) -> list[Answer]:
    def cells(column: str) -> list[str]:
        at = header.index(column)
        return [_padded(record, header)[at] for record in group]

    names = cells(options.column)
    admins = [area.strip() or None for area in cells(options.admin)] if options.admin else None
    answers = geocode_many(geocoder, names, admins=admins, together=bool(options.report))
    return [
        Answer(name, error=record.fault)
        if record.fault
        else Answer(name, error="empty")
        if not name.strip()
        else answer
        for name, record, answer in zip(names, group, answers, strict=True)
    ]


def _share(text: str) -> float:
    if not re.fullmatch(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?", text):
        raise ArgumentTypeError(f"{text!r:.20} is not a share from 0 to 1, such as 0.8")
    return float(text)


def _cells(answer: Answer, min_score: float) -> list[str]:
    if answer.location is None:
        return [*[""] * (len(ADDED) - 1), answer.status]
    raw = answer.location.raw
    if raw["score"] < min_score:
        # Nobody may take a guess for a finding: candidates to choose from, but no point.
        candidates = _text(describe([raw, *raw["alternatives"]]))
        return ["", "", f"{raw['score']:.4f}", "", "", "", "", candidates, "unsure"]
    return [
        f"{answer.location.latitude:.6f}",
        f"{answer.location.longitude:.6f}",
        f"{raw['score']:.4f}",
        _text(raw["matched"]),
        str(raw["location_precision"]),
        _text(raw["place_id"] or ""),
        _text(answer.location.address),
        _text(describe(raw["alternatives"])),
        answer.status,
    ]


def _text(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
