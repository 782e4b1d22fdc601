"""Fronts and areas that others drew, read from GeoJSON: one dated file, or a folder with a file a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from geodata.control.drawn_fields import DrawnFields
from geodata.control.drawn_files import Group, Reading, RefusedDrawing, groups_of, layer_of, series_of
from geodata.control.drawn_layer import DrawnFronts
from geodata.errors import BadInput

__all__ = ["DrawnFields", "DrawnFronts", "RefusedDrawing", "read_drawn", "read_drawn_folder"]

_FIELDS = DrawnFields()


def read_drawn(
    path: Path,
    *,
    fields: DrawnFields = _FIELDS,
    strict: bool = False,
    today: date | None = None,
    title: str = "",
    source: str = "",
    licence: str = "",
    attribution: str = "",
) -> DrawnFronts:
    """Read one layer: a GeoJSON file, or a folder with a file a day.

    Parameters
    ----------
    path : Path
        A file whose features say when they hold (or whose name has a day, ``front-2018-02-13.geojson``), or
        a folder of files with a day in each name: snapshots, whose features' own dates are not read.
    fields : DrawnFields
        The properties that say when and who.
    strict : bool
        Refuse a file with a single bad feature; otherwise those with more than half.
    today : date, optional
        Later days are refused; the machine's own when not given.
    title, source, licence, attribution : str
        Instead of what the file says.

    Raises
    ------
    RefusedDrawing
        When nothing can be taken: the file is refused, or every file of the folder.
    BadInput
        When there is no such file, or a folder holds no dated file or those of several layers.
    """
    reading = Reading(fields, today or date.today(), strict)
    if path.is_dir():
        layer = series_of(path, reading)
    else:
        layer = layer_of(Group(path.stem, (path,), dated=False), reading)
    if not layer.features and not layer.snapshots:
        told = "has neither lines nor areas"
        if layer.rejected:
            told = str(layer.rejected[0]) if path.is_dir() else layer.rejected[0].reason
        raise RefusedDrawing(told, layer.rejected)
    return replace(
        layer,
        title=title or layer.title,
        source=source or layer.source,
        licence=licence or layer.licence,
        attribution=attribution or layer.attribution,
    )


def read_drawn_folder(
    path: Path, *, fields: DrawnFields = _FIELDS, today: date | None = None
) -> list[DrawnFronts]:
    """Read every layer of a folder, by id: files, and series of files with a day in their names.

    Files whose names differ in the day only are one layer, also in a folder of their own (one level deep).
    A layer whose files are all refused has no features and says why in `rejected`.

    Raises
    ------
    BadInput
        When there is no such folder, or it is too large.
    """
    if not path.is_dir():
        raise BadInput(f"{path}: is no folder")
    folders = [path, *sorted(inner for inner in path.iterdir() if inner.is_dir())]
    reading = Reading(fields, today or date.today(), strict=False)
    layers: dict[str, DrawnFronts] = {}
    for group in (group for folder in folders for group in groups_of(folder)):
        # A single dated file is no series: what its features say of time is more than its name does.
        layer = layer_of(replace(group, dated=group.dated and len(group.files) > 1), reading)
        number, layer_id = 2, layer.layer_id
        while layer_id in layers:
            layer_id, number = f"{layer.layer_id}-{number}", number + 1
        layers[layer_id] = replace(layer, layer_id=layer_id)
    return [layers[layer_id] for layer_id in sorted(layers)]
