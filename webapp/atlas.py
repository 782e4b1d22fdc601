"""What the views share: the store and the index of the running application."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from flask import current_app

from geodata.control.alliance import Level
from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from geodata.gazetteer.namesakes import namesakes
from geodata.gazetteer.suggest import Suggester
from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.model import Place
from geodata.store import Store
from webapp.control import Control, ControlKeeper
from webapp.drawn import DrawnShelf
from webapp.turnstile import Turnstile


@dataclass(frozen=True, slots=True)
class Atlas:
    """The store, the index over it, the turnstile of the exports, and what is derived of a revision."""

    store: Store
    index: EventIndex
    exports: Turnstile
    drawn: DrawnShelf
    controls: ControlKeeper
    _geocoders: dict[int, GazetteerGeocoder] = field(default_factory=dict)
    _suggesters: dict[int, Suggester] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def control(self, level: Level) -> Control:
        """Return the map of control at a level of alliance, of the newest data."""
        return self.controls.control(level)

    def geocoder(self, now: Snapshot) -> GazetteerGeocoder:
        """Return the geocoder over the places of a snapshot; that of the last one asked for is kept."""
        with self._lock:
            made = self._geocoders.get(now.revision)
            if made is None:
                made = GazetteerGeocoder(Gazetteer(now.places.values()))
                self._geocoders.clear()
                self._geocoders[now.revision] = made
            return made

    def suggester(self, now: Snapshot) -> Suggester:
        """Return what completes the names of a snapshot's places; that of the last one asked for is kept."""
        gazetteer = self.geocoder(now).gazetteer
        with self._lock:
            made = self._suggesters.get(now.revision)
            if made is None:
                made = Suggester(gazetteer)
                self._suggesters.clear()
                self._suggesters[now.revision] = made
            return made

    def alternatives(self, place_id: str | None, now: Snapshot) -> list[tuple[Place, float]]:
        """Return other places of a place's name, with their distances in metres; none without a place."""
        return namesakes(self.geocoder(now).gazetteer, place_id) if place_id else []


def atlas() -> Atlas:
    """Return the atlas of the running application."""
    found: Atlas = current_app.extensions["atlas"]
    return found


def snapshot() -> Snapshot:
    """Return the newest state of the data; a request takes it once and keeps it."""
    return atlas().index.snapshot()
