"""Atlases made by dice, and what plain Python says of a query over them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from geodata.gazetteer import fold
from geodata.geometry import BBox
from geodata.index import EventQuery
from geodata.model import Claim, Event, Faction, Figures, Membership, Party, Place, Publisher, Report
from geodata.model.codebook import SUBTYPE_SLUGS, TYPE_OF_SUBTYPE
from geodata.store import Store, rows

FIRST_DAY = date(2017, 12, 20)
WORDS = ("alpha", "beta", "Qal'at", "قرية", "إدلب", "ادلب", "١٢", "clash", "{{7*7}}", "%_'")
EVENTS = 120


class Atlas:
    """A generated atlas, and what plain Python says of a query over it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a test's own dice
        self.places = list(self._places())
        self.factions = [self._faction(number) for number in range(70)]  # more than one mask column holds
        self.memberships = [self._membership() for _ in range(40)]
        self.publishers = [
            Publisher(publisher_id=f"p{number}", name_en="P", name_ar="ن", alignment="unknown")
            for number in range(5)
        ]
        self.reports = [self._report(number) for number in range(20)]
        self.events = sorted(
            (self._event(number) for number in range(EVENTS)), key=lambda e: (e.date_start, e.event_id)
        )
        self.claims = [
            Claim(
                event_id=event.event_id, report_id=event.report_ids[0], field="deaths", figures=event.deaths
            )
            for event in self.events
        ]
        self.known_factions: dict[str, set[str]] = {}
        self.by_id = {place.place_id: place for place in self.places}
        self.report_by_id = {report.report_id: report for report in self.reports}

    def write(self, store: Store) -> None:
        with store.write("a generated atlas") as connection:
            rows.insert_places(connection, self.places)
            rows.insert_factions(connection, self.factions)
            rows.insert_reports(connection, self.publishers, self.reports)
            rows.insert_memberships(connection, self.memberships)
            rows.insert_events(connection, self.events, self.claims)

    def _text(self) -> str:
        return " ".join(self.random.choices(WORDS, k=3))

    def _places(self) -> Iterator[Place]:
        dice = self.random
        for number in range(30):
            parent = f"place{dice.randrange(number)}" if number and dice.random() < 0.8 else None
            lat = lon = None
            if dice.random() < 0.8:
                lat, lon = (
                    float(dice.randint(-9, 9) * 10),
                    float(dice.choice((-180, -179, -10, 0, 36, 179, 180))),
                )
            yield Place(
                place_id=f"place{number}", name_en=self._text(), name_ar=self._text(),
                variants=(self._text(),),
                parent_id=parent, lat=lat, lon=lon, uncertainty_m=dice.choice((None, 500.0, 60_000.0)),
            )  # fmt: skip

    def _faction(self, number: int) -> Faction:
        return Faction(
            faction_id=f"f{number}", name_en="F", name_ar="ف", long_name_en="F", long_name_ar="ف",
            kind="rebel_group", is_group=True, colour="#112233",
        )  # fmt: skip

    def _membership(self) -> Membership:
        group, member = self.random.sample(self.factions, 2)
        ends = sorted(FIRST_DAY + timedelta(days=self.random.randint(0, 60)) for _ in range(2))
        start, end = (None if self.random.random() < 0.3 else day for day in ends)
        return Membership(group_id=group.faction_id, member_id=member.faction_id, start=start, end=end)

    def _report(self, number: int) -> Report:
        publisher, origin = self.random.choices(self.publishers, k=2)
        return Report(
            report_id=f"r{number}", publisher_id=publisher.publisher_id, origin_id=origin.publisher_id,
            about="x", url=f"https://example.org/{number}", language="en",
        )  # fmt: skip

    def _event(self, number: int) -> Event:
        dice = self.random
        start = FIRST_DAY + timedelta(days=dice.randint(0, 60))
        figures = sorted(dice.randint(0, 9) for _ in range(3))
        sub_type = dice.choice(list(SUBTYPE_SLUGS))
        return Event(
            event_id=f"e{number:03}", date_start=start,
            date_end=start + timedelta(days=dice.choice((0, 0, 3, 20))),
            date_precision=1, event_type=TYPE_OF_SUBTYPE[sub_type], sub_event_type=sub_type,
            place_id=dice.choice([None, *(place.place_id for place in self.places)]),
            place_as_reported=self._text(), location_precision=dice.randint(1, 7),
            uncertainty_m=dice.choice((None, None, 7000.0)),
            parties=tuple(
                Party(faction.faction_id, dice.choice(("side_a", "side_b", "other")))
                for faction in dice.sample(self.factions, dice.randint(0, 3))
            ),
            deaths=Figures(*(value if dice.random() < 0.6 else None for value in figures)),
            summary_en=self._text(), summary_ar=self._text(), status="reported",
            aggregate=dice.random() < 0.2,
            report_ids=tuple(report.report_id for report in dice.sample(self.reports, dice.randint(1, 3))),
        )  # fmt: skip

    def query(self) -> EventQuery:
        dice = self.random
        ends = sorted(FIRST_DAY + timedelta(days=dice.randint(-5, 90)) for _ in range(2))
        first, last = (day if dice.random() < 0.5 else None for day in ends)
        choices: dict[str, list[object]] = {
            "factions": [faction.faction_id for faction in self.factions],
            "types": [*SUBTYPE_SLUGS, *TYPE_OF_SUBTYPE.values()],
            "places": [place.place_id for place in self.places],
            "sources": [*(f"p{n}" for n in range(5)), *(f"r{n}" for n in range(20))],
        }
        values: dict[str, object] = {}
        for name, ids in choices.items():
            if dice.random() < 0.3:
                values[name] = tuple(dict.fromkeys(dice.choices(ids, k=dice.randint(1, 6))))
        if dice.random() < 0.2:
            values["min_deaths"] = dice.randint(0, 9)
        if dice.random() < 0.2:
            values["location_precision_max"] = dice.randint(1, 7)
        if dice.random() < 0.2:
            values["text"] = " ".join(dice.choices(WORDS[:-1], k=dice.randint(1, 2)))
        if dice.random() < 0.4:
            values["bbox"] = self.box()
        return EventQuery(date_from=first, date_to=last, **values)  # type: ignore[arg-type]

    def box(self) -> BBox:
        dice = self.random
        south, north = sorted(dice.randint(-90, 90) for _ in range(2))
        west, east = (dice.choice((-180, -179, -90, -10, 0, 36, 90, 179, 180)) for _ in range(2))
        return BBox(west, south, east, north)

    # --- what plain Python says ---

    def above(self, place_id: str | None) -> list[str]:
        found = []
        while place_id:
            found.append(place_id)
            place_id = self.by_id[place_id].parent_id
        return found

    def factions_of(self, event: Event) -> set[str]:
        if event.event_id in self.known_factions:
            return self.known_factions[event.event_id]
        found = {party.faction_id for party in event.parties}
        for _ in self.memberships:
            found |= {
                item.group_id
                for item in self.memberships
                if item.member_id in found
                and (item.start or date.min) <= event.date_end
                and event.date_start < (item.end or date.max)
            }
        self.known_factions[event.event_id] = found
        return found

    def sources_of(self, event: Event) -> set[str]:
        reports = [self.report_by_id[name] for name in event.report_ids]
        return {name for r in reports for name in (r.report_id, r.publisher_id, r.origin_id)}

    def point(self, event: Event) -> tuple[float, float] | None:
        place = self.by_id.get(event.place_id or "")
        return None if place is None or place.lat is None or place.lon is None else (place.lat, place.lon)

    def holds(self, event: Event, query: EventQuery) -> bool:
        point, floor = self.point(event), event.deaths.floor
        place = self.by_id.get(event.place_id or "")
        names = [place.name_en, place.name_ar, *place.variants] if place else []
        texts = [fold(text) for text in (event.summary_en, event.summary_ar, event.place_as_reported, *names)]
        words = fold(query.text).split()
        return all(
            (
                query.date_from is None or event.date_end >= query.date_from,
                query.date_to is None or event.date_start <= query.date_to,
                not query.factions or set(query.factions) & self.factions_of(event),
                not query.types or {event.event_type, event.sub_event_type} & set(query.types),
                not query.places or set(query.places) & set(self.above(event.place_id)),
                not query.sources or set(query.sources) & self.sources_of(event),
                query.min_deaths is None or (floor is not None and floor >= query.min_deaths),
                query.location_precision_max is None
                or event.location_precision <= query.location_precision_max,
                not query.text or (words and all(any(word in text for text in texts) for word in words)),
                query.bbox is None or (point is not None and query.bbox.contains(*point)),
            )
        )

    def matching(self, query: EventQuery) -> list[Event]:
        return [event for event in self.events if self.holds(event, query)]
