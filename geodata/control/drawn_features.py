"""Features of a GeoJSON file as fronts and areas that others drew; whatever is refused is listed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import shapely

from geodata.control.drawn_fields import FieldFault, FileTimes, text_of
from geodata.control.drawn_geometry import POINTS, GeometryFault, read_geometry
from geodata.control.drawn_json import Doubled, fault_in
from geodata.errors import BadInput

_MOST_FEATURES = 50_000
_DEGREES = re.compile(
    r"(urn:ogc:def:crs:)?(OGC:([0-9.]*:)?CRS84|EPSG:([0-9.]*:)?4326)"
    r"|https?://www\.opengis\.net/def/crs/(OGC/[0-9.]+/CRS84|EPSG/[0-9.]+/4326)"
)
"""Names of longitude and latitude on WGS 84, as GDAL and older writers put them into files."""


@dataclass(frozen=True, slots=True)
class RefusedFeature:
    """A feature that was not taken, or a whole file.

    Parameters
    ----------
    file : str
        File name.
    feature : int or None
        Its place in the file's list, the first being 0; None for the file as a whole.
    field : str
        The property or member; empty for the feature as a whole.
    reason : str
        What is wrong with it.
    """

    file: str
    feature: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        where = [self.file] if self.feature is None else [self.file, f"feature {self.feature}"]
        return f"{', '.join([*where, *([self.field] if self.field else [])])}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFeature:
    """A line or an area that somebody else drew.

    Parameters
    ----------
    controller : str
        Who holds the area, in the words of whoever drew it; empty when it does not say.
    side_a, side_b : str
        Who face each other along a line, in the same words; empty when it does not say.
    valid_from : date
        The first day on which it holds.
    valid_to : date or None
        The first day on which it no longer does; None is open.
    drawn_on : date or None
        The day of the snapshot that it stands in; None when it has a time of its own.
    geometry : shapely geometry
        EPSG:4326 (longitude, latitude): (Multi)Polygon or (Multi)LineString, valid.
    original : shapely geometry or None
        The area as it was drawn, when it crossed itself and had to be repaired.
    file : str
        File name.
    feature : int
        Its place in the file's list, the first being 0.
    """

    controller: str
    side_a: str
    side_b: str
    valid_from: date
    valid_to: date | None
    drawn_on: date | None
    geometry: shapely.Geometry
    original: shapely.Geometry | None
    file: str
    feature: int

    @property
    def is_area(self) -> bool:
        """Tell whether it is an area and not a line."""
        return bool(shapely.get_dimensions(self.geometry) == 2)


@dataclass(slots=True)
class DrawnFile:
    """What one file gives.

    Parameters
    ----------
    features : list of DrawnFeature
        What was taken.
    rejected : list of RefusedFeature
        What was not, each with its reason.
    skipped : int
        Points, which are neither fronts nor areas.
    members : dict of str to str
        Texts at the top of the file: title, source, licence, attribution.
    """

    features: list[DrawnFeature] = field(default_factory=list)
    rejected: list[RefusedFeature] = field(default_factory=list)
    skipped: int = 0
    members: dict[str, str] = field(default_factory=dict)

    @property
    def mostly_rejected(self) -> bool:
        """Tell whether more than half of the lines and areas were refused: the file is wrong then."""
        return len(self.rejected) > len(self.features)


_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "name"),
    "source": ("source", "url"),
    "licence": ("licence", "license"),
    "attribution": ("attribution", "copyright", "author"),
}


def read_features(document: Mapping[str, object], file: str, times: FileTimes) -> DrawnFile:
    """Read the features of a parsed GeoJSON file.

    Parameters
    ----------
    document : mapping
        As `geodata.control.drawn_json.read_json` returns it.
    file : str
        Its name, for what is said about it.
    times : FileTimes
        Tells when they hold, and which properties are read.

    Raises
    ------
    BadInput
        When the file as a whole is of no use: no GeoJSON, in another CRS, with more than 50,000 features.
    """
    made = DrawnFile()
    features = _features_of(document)
    if "crs" in document:
        _check_crs(document["crs"])
    for name, keys in _MEMBERS.items():
        found = next(
            (text for key in keys if isinstance(text := document.get(key), str) and text.strip()), ""
        )
        made.members[name] = "" if fault_in(found) else " ".join(found.split())[:1000]
    for index, feature in enumerate(features):
        try:
            taken = _feature(feature, file, index, times)
        except FieldFault as fault:
            made.rejected.append(RefusedFeature(file, index, fault.field, fault.message))
        except GeometryFault as fault:
            made.rejected.append(RefusedFeature(file, index, "geometry", fault.message))
        else:
            if taken:
                made.features.append(taken)
            else:
                made.skipped += 1
    return made


def _features_of(document: Mapping[str, object]) -> Sequence[object]:
    """Return the features of a collection; a feature or a geometry alone is one."""
    if isinstance(document, Doubled):
        raise BadInput(f"member {document.key[:40]!r} stands twice at the top of the file")
    kind = document.get("type")
    if kind == "Feature":
        return [document]
    if kind != "FeatureCollection":
        if "coordinates" in document:
            return [{"type": "Feature", "properties": None, "geometry": document}]
        raise BadInput(f"is no GeoJSON: its type is {str(kind)[:40]!r}, not FeatureCollection")
    features = document.get("features")
    if not isinstance(features, list):
        raise BadInput("is no GeoJSON: it has no list of features")
    if len(features) > _MOST_FEATURES:
        raise BadInput(f"has {len(features):,} features, more than {_MOST_FEATURES:,}")
    return features


def _check_crs(member: object) -> None:
    """Refuse a file in another CRS: RFC 7946 knows longitude and latitude on WGS 84 only."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not (isinstance(name, str) and _DEGREES.fullmatch(name)):
        told = str(name if name is not None else member)[:80]
        raise BadInput(f"its crs is {told!r}: convert it to longitude and latitude (EPSG:4326)")


def _feature(feature: object, file: str, index: int, times: FileTimes) -> DrawnFeature | None:
    """Read one feature; None for a point, which is neither a front nor an area."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise FieldFault("type", "is not Feature")
    if isinstance(feature, Doubled):
        raise FieldFault(feature.key[:40], "stands twice in one object")
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") in POINTS:
        return None
    properties = feature.get("properties")
    if properties is None:
        properties = {}
    if not isinstance(properties, dict):
        raise FieldFault("properties", "is no object")
    if fault := fault_in(properties):
        raise FieldFault(fault[0][:40], fault[1])
    if isinstance(geometry, Doubled):
        raise FieldFault(geometry.key[:40], "stands twice in one object")
    when = times.of(properties)
    drawn = read_geometry(geometry)
    return DrawnFeature(
        controller=text_of(properties, times.fields.controller),
        side_a=text_of(properties, times.fields.side_a),
        side_b=text_of(properties, times.fields.side_b),
        valid_from=when.start,
        valid_to=when.end,
        drawn_on=when.start if when.snapshot else None,
        geometry=drawn.geometry,
        original=drawn.original,
        file=file,
        feature=index,
    )
