"""Readers in many threads while another process writes: each sees one revision, whole."""

from __future__ import annotations

import subprocess
import sys
import threading

from geodata.geometry import BBox
from geodata.index import EventIndex, EventQuery, summaries
from geodata.index.event_index import Snapshot
from geodata.store import Store
from tests.conftest import ROOT

WRITES = 12
WAIT_S = 120
WRITER = """
import sys
from geodata.store import Store, schema
store = Store(sys.argv[1])
for number in range(3, 3 + int(sys.argv[2])):
    with store.write(f"write {number}") as connection:
        connection.execute(schema.events.update().values(summary_en=f"revision {number}"))
        connection.execute(schema.claims.update().values(text_en=f"revision {number}"))
        connection.execute(schema.places.update().values(note=f"revision {number}"))
"""


def test_every_reader_sees_one_revision_while_another_process_writes(store: Store) -> None:
    index = EventIndex(store)
    with store.write("the first of the writer's kind") as connection:
        connection.exec_driver_sql("UPDATE events SET summary_en = 'revision 2'")
        connection.exec_driver_sql("UPDATE claims SET text_en = 'revision 2'")
        connection.exec_driver_sql("UPDATE places SET note = 'revision 2'")
    mixed: list[object] = []
    seen: set[int] = set()
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                now = index.snapshot()
                said = {event.summary_en for event in now.iter_events(EventQuery())}
                said |= {claim.text_en for claims in now.claims.values() for claim in claims}
                said |= {place.note for place in now.places.values()}
                if said != {f"revision {now.revision}"} or now.count(EventQuery()) != 3:
                    mixed.append((now.revision, said))
                seen.add(now.revision)
        except BaseException as error:
            mixed.append(error)

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    done = subprocess.run(
        [sys.executable, "-c", WRITER, store.url, str(WRITES)],
        cwd=ROOT,
        timeout=WAIT_S,
        capture_output=True,
        text=True,
        check=False,
    )
    stop.set()
    for reader in readers:
        reader.join(WAIT_S)
    assert (done.returncode, done.stderr) == (0, "")
    assert mixed == []
    assert len(seen) > 1
    assert index.snapshot().revision == 2 + WRITES


def answers(now: Snapshot) -> tuple[object, ...]:
    return (
        summaries.totals(now, EventQuery()),
        summaries.facets(now, EventQuery()),
        summaries.timeline(now, EventQuery()),
        summaries.rings(now, EventQuery(), viewport=BBox(-180, -90, 180, 90)),
        [event.event_id for event in now.iter_events(EventQuery())],
    )


def test_threads_share_one_snapshot(store: Store) -> None:
    now = EventIndex(store).snapshot()
    wanted, wrong = answers(now), list[object]()

    def ask() -> None:
        try:
            for _ in range(20):
                found = answers(now)
                if found != wanted:
                    wrong.append(found)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert wrong == []
