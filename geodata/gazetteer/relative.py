"""Relative place expressions ("east of Hama", ريف إدلب الشرقي) as areas, never as bare points.

How each relation is drawn, and why so:

- Part of a governorate ("northern Aleppo province", "southeastern Idlib governorate"): what of its outline
  lies within ±67.5° of the direction from the outline's centroid, as UCDP places such events (21 of 21
  distinct points of the shared file lie in it; the mean share of the governorate is 0.37, the largest
  0.46).
- East of a capital, the eastern countryside of a governorate: the same angle, but from the capital, which
  is what reporters reckon from (of 687 UCDP villages whose report says so, 81 % lie in it, 62 % in the
  sector from the centroid). It is narrowed to ±45° and then cut short until it is at most 58 % of the
  governorate.
- East of a town or village, which has no outline: a ring sector from the place to `relative_sizes.REACH_M`.
- "5 km north of": ±45°, the distance give or take a quarter and the size of the place.
- Between, road: a corridor along the straight line, wider the longer it is, since roads bend.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from types import MappingProxyType

import shapely

from geodata.errors import BadInput
from geodata.gazetteer import relative_areas as areas
from geodata.gazetteer import relative_sizes as sizes
from geodata.gazetteer.gazetteer import Gazetteer
from geodata.gazetteer.nearness import distance_m, point_of
from geodata.gazetteer.outlines import Outlines
from geodata.gazetteer.relative_grammar import Anchor, RelativeExpression, parse_relative, relative_readings
from geodata.gazetteer.relative_place import RelativePlace
from geodata.gazetteer.relative_words import RURAL_NAMES
from geodata.gazetteer.search import search
from geodata.geometry import lon_lat
from geodata.model import Place
from geodata.model.codebook import AREA_KINDS, NEAR_RADIUS_M

__all__ = ["RelativeExpression", "RelativePlace", "RelativeResolver", "parse_relative", "relative_readings"]

Found = tuple[Place, float]
Finder = Callable[[str], Sequence[Found]]
"""Returns the places that a name may mean with their scores (0 to 1), best first."""

SAME_SCORE = 0.1
SAME_SPOT_M = 5000.0
_MOST_PAIRED = 8
_PRECISION = MappingProxyType({"governorate": 4, "district": 3, "subdistrict": 3})
_REGION_PRECISION = 5


class RelativeResolver:
    """Find the areas of relative expressions.

    Parameters
    ----------
    gazetteer : Gazetteer
        The places that expressions lean on.
    outlines : Outlines
        Of governorates and countries.
    find : callable, optional
        Name → (place, score), best first; the gazetteer's exact and normalised names when nothing is given.
    """

    def __init__(self, gazetteer: Gazetteer, outlines: Outlines, *, find: Finder | None = None) -> None:
        self.gazetteer = gazetteer
        self.outlines = outlines
        self._find = find or self._search

    def resolve(self, expression: RelativeExpression | str) -> RelativePlace | None:
        """Return where an expression points to; None when it is none or the gazetteer lacks its anchors."""
        readings = relative_readings(expression) if isinstance(expression, str) else (expression,)
        for reading in readings:
            try:
                place = self._paired(reading) if len(reading.anchors) > 1 else self._single(reading)
            except BadInput:  # a name that is too odd to look up
                continue
            if place is not None:
                return place
        return None

    def _search(self, name: str) -> list[Found]:
        return [(candidate.place, candidate.score) for candidate in search(self.gazetteer, name)]

    def _found(self, anchor: Anchor) -> list[Found]:
        found = [one for one in self._find(anchor.name) if one[0].has_point]
        if found:
            # Governorate, district and town of one name may be meant; what sounds a little like it is not.
            best, keys = found[0][1], self.gazetteer.keys_of(found[0][0].place_id)
            found = [
                (place, score)
                for place, score in found
                if score >= best - SAME_SCORE or keys & self.gazetteer.keys_of(place.place_id)
            ]
        wanted = [one for one in found if _is_kind(one[0], anchor.kind)]
        if not wanted and anchor.kind in _PRECISION:  # whoever is asked may know better what is meant
            wanted = [one for one in self._find(f"{anchor.name} {anchor.kind}") if one[0].kind == anchor.kind]
        return wanted if wanted or anchor.kind == "governorate" else found

    def _single(self, said: RelativeExpression) -> RelativePlace | None:
        anchor = said.anchors[0]
        found = self._found(anchor)
        spots = [one for one in found if one[0].kind not in AREA_KINDS]
        if said.distance_m is None and (not spots or said.relation in ("of", "part", "countryside")):
            in_outline = self._in_outline(said, anchor, found, spots)
            if in_outline is not None:
                return in_outline
            if said.relation == "part" and anchor.kind not in ("district", "subdistrict"):
                return None
        circles = [one for one in found if one[0].kind in AREA_KINDS and one[0].uncertainty_m]
        prefer_circles = said.relation in ("part", "countryside")
        if circles and said.distance_m is None and (prefer_circles or not spots):
            return self._in_circle(said, circles, spots)
        if said.relation == "countryside" and said.bearing_deg is None:
            return None
        return self._around(said, spots)

    def _in_outline(
        self, said: RelativeExpression, anchor: Anchor, found: list[Found], spots: list[Found]
    ) -> RelativePlace | None:
        """Answer with the part of a governorate or country that lies in the direction said."""
        if anchor.kind not in ("", "governorate") or (
            said.relation == "of" and self._is_a_city(found, spots)
        ):
            return None
        governed = [one for one in found if one[0].kind in ("governorate", "country")]
        if not governed and spots:  # the spelling may be the capital's only
            keys = self.gazetteer.keys_of(spots[0][0].place_id)
            above = self.gazetteer.admin_of(spots[0][0].place_id)
            governed = [
                (place, spots[0][1])
                for place in above
                if place.kind == "governorate" and keys & self.gazetteer.keys_of(place.place_id)
            ]
        if anchor.kind == "" and (said.relation == "part" or said.bearing_deg is None):
            # "Eastern X" and "rural X" may be a village's own name: only an area's very own name counts.
            very = {match.place.place_id for match in self.gazetteer.find(anchor.name)}
            governed = [
                one for one in governed if very & {one[0].place_id, *(spot.place_id for spot, _ in spots)}
            ]
        if said.relation == "countryside":
            rural = [pattern.format(anchor.name) for pattern in RURAL_NAMES]
            named = [match.place for name in rural for match in self.gazetteer.find(name)]
            governed = [(place, 1.0) for place in named if place.kind == "governorate"] + governed
        for holder in governed:
            outline = self.outlines.of(holder[0])
            if outline is None:
                continue
            middle = (float(outline.centroid.y), float(outline.centroid.x))
            seat = _nearest(spots, outline)
            if said.bearing_deg is None:
                drawn = areas.without_disc(
                    outline, seat or middle, sizes.FOOTPRINT_M["city"] if seat else 0.0
                )
                return self._place(said, drawn, [holder], "outline", found)
            from_middle = seat is None or anchor.kind == "governorate" or said.relation == "part"
            for origin in (middle,) if from_middle else (seat or middle, middle):
                drawn = areas.part_of(outline, origin, said.bearing_deg, sizes.SECTOR_HALF_DEG)
                if drawn is not None:  # else the capital is at that border
                    return self._place(said, drawn, [holder], "sector", found)
        return None

    def _is_a_city(self, found: list[Found], spots: list[Found]) -> bool:
        """Tell whether "east of X" is to be drawn around the settlement X: its governorate is as small."""
        governorates = [self.outlines.of(place) for place, _ in found if place.kind == "governorate"]
        return bool(spots) and any(
            outline is not None
            and areas.Drawing((outline.centroid.y, outline.centroid.x)).on(outline).area
            < sizes.CITY_GOVERNORATE_M2
            for outline in governorates
        )

    def _in_circle(
        self, said: RelativeExpression, circles: list[Found], spots: list[Found]
    ) -> RelativePlace | None:
        """Answer with a part of a district, sub-district or region, of which only the circle is known."""
        place, centre, radius = circles[0][0], _point(circles[0][0]), circles[0][0].uncertainty_m or 0.0
        whole = areas.disc(centre, radius)
        if whole is None or said.bearing_deg is None:
            return self._place(said, whole, circles[:1], "disc", circles)
        seat = next((_point(spot) for spot, _ in spots if distance_m(_point(spot), centre) < radius), centre)
        drawn = None
        for origin in (seat, centre):
            drawn = drawn or areas.part_of(whole.geometry, origin, said.bearing_deg, sizes.SECTOR_HALF_DEG)
        return self._place(said, drawn, [(place, circles[0][1])], "sector", circles)

    def _around(self, said: RelativeExpression, found: list[Found]) -> RelativePlace | None:
        """Answer with what lies around a place of which only the point is known."""
        if not found:
            return None
        here, size = _point(found[0][0]), sizes.footprint_m(found[0][0])
        if said.distance_m is not None:
            slack = sizes.STATED_SHARE * said.distance_m + size
            nearest, farthest, half = (
                max(0.0, said.distance_m - slack),
                said.distance_m + slack,
                sizes.STATED_HALF_DEG,
            )
        else:
            reach = sizes.reach_m(found[0][0]) * sizes.NEAR_SHARE.get(said.relation, 1.0)
            nearest, farthest, half = size / 2, max(reach, 2 * size), sizes.SECTOR_HALF_DEG
        if said.bearing_deg is None:
            return self._place(said, areas.disc(here, farthest), found[:1], "disc", found)
        drawn = areas.ring_sector(here, said.bearing_deg, half, nearest, farthest)
        return self._place(said, drawn, found[:1], "ring sector", found)

    def _paired(self, said: RelativeExpression) -> RelativePlace | None:
        """Answer with the corridor between the two places of these names that are nearest to each other."""
        both = [_likeliest(self._found(anchor)) for anchor in said.anchors]
        pairs = [pair for pair in product(*both) if pair[0][0].place_id != pair[1][0].place_id]
        if not pairs:
            return None
        best = min(pairs, key=_unlikeliness_m)
        one, other = (_point(place) for place, _ in best)
        length = distance_m(one, other)
        if length > sizes.MOST_LENGTH_M:
            return None
        share, least, most = sizes.CORRIDOR[said.relation]
        drawn = areas.corridor(one, other, min(max(share * length, least), most))
        return self._place(said, drawn, list(best), "corridor", [found for side in both for found in side])

    def _place(
        self,
        said: RelativeExpression,
        drawn: areas.Area | None,
        anchors: list[Found],
        method: str,
        found: list[Found],
    ) -> RelativePlace | None:
        if drawn is None:
            return None
        kind = anchors[0][0].kind
        if method in ("sector", "outline") or (method == "disc" and kind in AREA_KINDS):
            precision = _PRECISION.get(kind, _REGION_PRECISION)
        else:
            near = method != "corridor" and drawn.radius_m <= NEAR_RADIUS_M
            precision = 2 if near else _REGION_PRECISION
        used = tuple(place for place, _ in anchors)
        others = {
            place.place_id: (place, score)
            for place, score in found
            if (place.kind in AREA_KINDS) == (kind in AREA_KINDS)
            and not any(self._is_same(place, anchor) for anchor in used)
        }
        return RelativePlace(
            said,
            drawn.geometry,
            drawn.lat,
            drawn.lon,
            drawn.radius_m,
            precision,
            used,
            method,
            min(score for _, score in anchors),
            tuple(others.values()),
        )

    def _is_same(self, place: Place, other: Place) -> bool:
        """Tell whether two places are one spot, or one lies in the other (Hama's district)."""
        above, other_above = (self.gazetteer.admin_of(one.place_id) for one in (place, other))
        return (
            place == other
            or other in above
            or place in other_above
            or distance_m(_point(place), _point(other)) <= SAME_SPOT_M
        )


def _unlikeliness_m(pair: tuple[Found, ...]) -> float:
    (one, score), (other, other_score) = pair
    return distance_m(_point(one), _point(other)) - sizes.SCORE_WORTH_M * (score + other_score)


def _is_kind(place: Place, kind: str) -> bool:
    if kind in _PRECISION:
        return place.kind == kind
    return kind == "" or place.kind not in AREA_KINDS


def _likeliest(found: list[Found]) -> list[Found]:
    """Return the settlements among some places, or else all, that score almost like the best."""
    kept = [one for one in found if one[0].kind not in AREA_KINDS] or found
    return [one for one in kept if one[1] >= kept[0][1] - SAME_SCORE][:_MOST_PAIRED]


def _nearest(spots: list[Found], outline: shapely.Geometry) -> areas.Point | None:
    """Return the point of the first settlement in or by an outline."""
    for place, _ in spots:
        if shapely.dwithin(outline, shapely.Point(lon_lat(*_point(place))), 0.2):
            return _point(place)
    return None


def _point(place: Place) -> areas.Point:
    point = point_of(place)
    assert point is not None  # places without one are left out where names are looked up
    return point
