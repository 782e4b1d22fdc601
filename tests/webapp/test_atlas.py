"""What the views share holds when many threads ask at once."""

from __future__ import annotations

import threading
from dataclasses import replace

from flask import Flask

from webapp.atlas import Atlas


def test_one_geocoder_a_revision_whatever_the_order_of_asking(app: Flask) -> None:
    atlas: Atlas = app.extensions["atlas"]
    now = atlas.index.snapshot()
    revisions = [now, replace(now, revision=now.revision + 1)]
    found: list[object] = []

    def ask(number: int) -> None:
        for turn in range(20):
            found.append(atlas.geocoder(revisions[(number + turn) % 2]).geocode("Alpha"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 160
    assert None not in found
    assert atlas.geocoder(now) is atlas.geocoder(now)
