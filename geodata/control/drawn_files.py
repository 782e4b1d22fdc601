"""Files into layers: which belong together, which day each stands for, what is left out."""

from __future__ import annotations

import re
import stat
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from geodata.control.drawn_features import DrawnFeature, DrawnFile, RefusedFeature, read_features
from geodata.control.drawn_fields import DrawnFields, FileTimes, day_of_name, name_without_day
from geodata.control.drawn_json import LARGEST_FILE, read_json
from geodata.control.drawn_layer import DrawnFronts
from geodata.errors import BadInput

_SUFFIXES = (".geojson", ".json")
_MOST_FILES = 4_000
_LARGEST_FOLDER = 512_000_000


class RefusedDrawing(BadInput):
    """Say that a file is not taken at all, with every feature that was found wrong in it."""

    def __init__(self, message: str, rejected: Sequence[RefusedFeature]) -> None:
        super().__init__(message)
        self.rejected = tuple(rejected)


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read."""

    fields: DrawnFields
    today: date
    strict: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one layer; `dated` when the day in a file's name is the day of all that it holds."""

    name: str
    files: tuple[Path, ...]
    dated: bool


def _day_of(file: Path) -> date | None:
    try:
        return day_of_name(file.stem)
    except BadInput:
        return None


def groups_of(folder: Path) -> list[Group]:
    """Return the layers of a folder, by name."""
    # Only plain files: to open a pipe would wait for ever.
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES and one.is_file())
    size = sum(file.stat().st_size for file in files)
    if len(files) > _MOST_FILES or size > _LARGEST_FOLDER:
        raise BadInput(f"{folder}: {len(files):,} files of {size:,} bytes are more than is read at once")
    found: dict[tuple[str, bool], list[Path]] = defaultdict(list)
    for file in files:
        dated = _day_of(file) is not None
        name = name_without_day(file.stem).strip("-_. ") if dated else file.stem
        found[name or folder.name, dated].append(file)
    return [Group(name, tuple(found[name, dated]), dated) for name, dated in sorted(found)]


def series_of(folder: Path, reading: Reading) -> DrawnFronts:
    """Read a folder with a file a day; files without a day in their names are listed as refused."""
    groups = groups_of(folder)
    dated = [group for group in groups if group.dated]
    if len(dated) != 1:
        told = ", ".join(group.name for group in dated) or "none"
        raise BadInput(
            f"{folder}: must hold the dated files of one layer (2018-02-13.geojson …); found: {told}"
        )
    layer = layer_of(dated[0], reading)
    left_out = [
        RefusedFeature(file.name, None, "", "has no day in its name, or several")
        for group in groups
        if not group.dated
        for file in group.files
    ]
    return replace(layer, rejected=(*layer.rejected, *left_out))


def layer_of(group: Group, reading: Reading) -> DrawnFronts:
    """Read the files of one layer; one that is refused is listed with its features, the others are taken."""
    features: list[DrawnFeature] = []
    rejected: list[RefusedFeature] = []
    snapshots: dict[date, str] = {}
    members: dict[str, str] = {}
    skipped = 0
    for file in group.files:
        day = _day_of(file) if group.dated else None
        try:
            if day in snapshots:
                raise BadInput(f"is of the same day as {snapshots[day]}, which was taken")
            read = _read(file, day, reading)
        except BadInput as error:
            found = error.rejected if isinstance(error, RefusedDrawing) else ()
            rejected += [RefusedFeature(file.name, None, "", error.message), *found]
            continue
        if day:
            snapshots[day] = file.name
        features += read.features
        rejected += read.rejected
        skipped += read.skipped
        members |= {key: text for key, text in read.members.items() if text}
    days = sorted({*snapshots, *(one.drawn_on for one in features if one.drawn_on)})
    return DrawnFronts(
        layer_id=re.sub("[^a-z0-9]+", "-", group.name.casefold()).strip("-") or "drawn",
        title=group.name if group.dated else members.get("title", group.name),
        source=members.get("source", ""),
        licence=members.get("licence", ""),
        attribution=members.get("attribution", ""),
        features=tuple(sorted(_until_the_next(features, days), key=lambda one: one.valid_from)),
        rejected=tuple(rejected),
        skipped=skipped,
        snapshots=tuple(days),
    )


def _read(file: Path, day: date | None, reading: Reading) -> DrawnFile:
    if day and day > reading.today:
        raise BadInput(f"its name says {day}, which lies in the future (today is {reading.today})")
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise BadInput("is no plain file")
        if status.st_size > LARGEST_FILE:
            raise BadInput(f"has {status.st_size:,} bytes, more than {LARGEST_FILE:,}: split it")
        document = read_json(file.read_bytes())
    except OSError as error:
        raise BadInput(str(error.strerror)) from error
    times = FileTimes(fields=reading.fields, today=reading.today, day=day, fallback=_day_of(file))
    read = read_features(document, file.name, times)
    if read.rejected and (reading.strict or read.mostly_rejected):
        bad, all_ = len(read.rejected), len(read.rejected) + len(read.features)
        why = "and none is taken then (strict)" if reading.strict else "more than half: the file is wrong"
        raise RefusedDrawing(f"{bad} of {all_} features are bad, {why}", read.rejected)
    return read


def _until_the_next(features: Iterable[DrawnFeature], days: Sequence[date]) -> list[DrawnFeature]:
    """End each snapshot on the day of the next one; the last has no end."""
    following = dict(pairwise(days))
    return [replace(one, valid_to=following.get(one.drawn_on)) if one.drawn_on else one for one in features]
