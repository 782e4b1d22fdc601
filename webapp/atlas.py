"""What the views share: the store and the index of the running application."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from flask import current_app

from geodata.index import EventIndex
from geodata.index.event_index import Snapshot
from geodata.store import Store


@dataclass(frozen=True, slots=True)
class Atlas:
    """The store, the index over it, and the turnstile of the exports."""

    store: Store
    index: EventIndex
    exports: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(4))


def atlas() -> Atlas:
    """Return the atlas of the running application."""
    found: Atlas = current_app.extensions["atlas"]
    return found


def snapshot() -> Snapshot:
    """Return the newest state of the data; a request takes it once and keeps it."""
    return atlas().index.snapshot()
