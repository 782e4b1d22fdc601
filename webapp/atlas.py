"""What the views share: the store and the index of the running application."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from flask import current_app

from geodata.gazetteer import Gazetteer, GazetteerGeocoder
from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.store import Store


@dataclass(frozen=True, slots=True)
class Atlas:
    """The store, the index over it, the turnstile of the exports, and the geocoder of a revision."""

    store: Store
    index: EventIndex
    exports: threading.BoundedSemaphore
    geocoders: dict[int, GazetteerGeocoder] = field(default_factory=dict)

    def geocoder(self) -> GazetteerGeocoder:
        """Return the geocoder over the places of the newest revision, made once for each."""
        now = self.index.snapshot()
        if now.revision not in self.geocoders:
            made = GazetteerGeocoder(Gazetteer(now.places.values()))
            self.geocoders.clear()
            self.geocoders[now.revision] = made
            return made
        return self.geocoders[now.revision]


def atlas() -> Atlas:
    """Return the atlas of the running application."""
    found: Atlas = current_app.extensions["atlas"]
    return found


def snapshot() -> Snapshot:
    """Return the newest state of the data; a request takes it once and keeps it."""
    return atlas().index.snapshot()
