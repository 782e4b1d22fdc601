"""A small made-up country and short ways to say who held what in it; every name is invented."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pandas as pd
import shapely

from geodata.control import Alliance, ControlTimeline, Source
from geodata.model import ControlArea, Faction, Membership, Place, Side, Statement

DAY_ONE = date(2020, 5, 1)
AREA = shapely.box(36.95, 34.95, 37.15, 35.1)

SIDES = [
    Side(side_id=name, name_en=name, name_ar=name, colour="#000000") for name in ("opposition", "government")
]
FACTIONS = [
    Faction(
        faction_id=name,
        name_en=name,
        name_ar=name,
        long_name_en=name,
        long_name_ar=name,
        kind="rebel_group",
        is_group=name == "room",
        colour="#000000",
        side_id=side,
    )
    for name, side in (
        ("reds", "opposition"),
        ("greens", "opposition"),
        ("room", "opposition"),
        ("blues", "government"),
        ("lone", None),
    )
]
MEMBERS = [Membership(group_id="room", member_id="greens", start=DAY_ONE + timedelta(days=10))]

SOURCES = {
    "plain": Source("plain", "monitor"),
    "other": Source("other", "agency"),
    "copy": Source("plain", "monitor"),
    "blue-press": Source("blue-press", "pro_government"),
    "blue-radio": Source("blue-radio", "pro_government"),
    "red-press": Source("red-press", "opposition"),
}


def grid() -> list[Place]:
    """Return the country: 20 villages some 3 km apart, two at one spot, in two districts of a land."""
    places = [
        Place(place_id="land", name_en="Land", kind="country"),
        Place(place_id="west", name_en="West", kind="district", parent_id="land"),
        Place(place_id="east", name_en="East", kind="district", parent_id="land"),
        Place(place_id="plain", name_en="Plain", kind="region", lat=35.0, lon=37.0, uncertainty_m=3000.0),
        Place(place_id="lost", name_en="Lost", kind="village", parent_id="west"),
        Place(place_id="far", name_en="Far", kind="village", parent_id="east", lat=36.0, lon=38.0),
    ]
    for number in range(20):
        column, row = number % 5, number // 5
        places.append(
            Place(
                place_id=f"v{number}",
                name_en=f"V{number}",
                parent_id="west" if column < 2 else "east",
                lat=34.97 + 0.03 * row + 0.004 * ((number * 7) % 5) / 5,
                lon=36.97 + 0.04 * column + 0.004 * ((number * 3) % 5) / 5,
            )
        )
    twin = places[-1]
    places.append(Place(place_id="twin", name_en="Twin", parent_id="east", lat=twin.lat, lon=twin.lon))
    return places


DRAWN = {
    "corner": ControlArea(
        area_id="corner",
        name_en="Corner",
        name_ar="",
        outline="POLYGON ((36.9 34.9, 37.06 34.9, 37.06 35.02, 36.9 35.02, 36.9 34.9))",
    )
}

_numbers = count()


def day(number: int) -> date:
    """Return a day of the story, counted from its first."""
    return DAY_ONE + timedelta(days=number)


def said(
    place: str | None,
    status: str,
    faction: str,
    on: int,
    *,
    until: int | None = None,
    lost: str | None = None,
    to: str | None = None,
    by: str = "plain",
    area: str | None = None,
    certainty: int = 1,
    match: str = "high",
    name: str | None = None,
) -> Statement:
    """Return a statement of the story."""
    return Statement(
        statement_id=name or f"s{next(_numbers)}",
        place_id=place,
        area_id=area,
        place_as_reported=place or area or "",
        status=status,
        faction_id=faction,
        from_faction_id=lost,
        to_faction_id=to,
        date_start=day(on),
        date_end=day(on if until is None else until),
        report_id=by,
        certainty=certainty,
        match=match,
    )


def timeline(*statements: Statement, level: str | None = None, **values: object) -> ControlTimeline:
    """Return the timeline of the country; at a level of alliance, or with every faction by itself."""
    given: dict[str, Any] = {
        "sources": SOURCES,
        "areas": DRAWN,
        "area": AREA,
        "alliance": Alliance.of(FACTIONS, MEMBERS, SIDES, level=level or "faction"),  # type: ignore[arg-type]
    } | dict(values)
    places = given.pop("places", None) or grid()
    return ControlTimeline(places, statements, **given)


def row(made: ControlTimeline, place: str, on: int) -> pd.Series:
    """Return what the areas of a day say of a place."""
    areas = made.areas(day(on))
    return areas.iloc[made.coverage.cell_of[place]]


def holds(made: ControlTimeline, place: str, on: int) -> str | None:
    """Return who holds a place on a day, with a question mark while it is contested."""
    found = row(made, place, on)
    mark = "?" if found["state"] == "contested" else ""
    return f"{found['controller'] or ''}{mark}" or None


def facts(made: ControlTimeline, on: int) -> list[tuple[object, ...]]:
    """Return everything that the areas of a day say but the geometry, to compare."""
    areas = made.areas(day(on)).drop(columns="geometry")
    return [
        tuple(round(value, 9) if isinstance(value, float) else str(value) for value in values)
        for values in areas.itertuples(index=False)
    ]
