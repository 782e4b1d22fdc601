"""Import gazetteer files: read, compare with what the store has, keep as a layer, lay all layers again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from geodata.errors import BadInput
from geodata.gazetteer.layers import Stack
from geodata.gazetteer.readers import READERS, PlaceFile, Reader, Rejected
from geodata.gazetteer.readers.result import Progress
from geodata.store.database import Store
from geodata.store.layers import (
    Layer,
    became_one,
    decode,
    encode,
    read_layers,
    read_records,
    rebuild,
    remove_layer,
    stacked,
    write_layer,
)

READERS_VERSION = "1"
"""Raised when the readers take something else from the same file, so that it is read again."""

NAMES_ONLY = frozenset(reader.name for reader in READERS.values() if reader.names_only)
_CHUNK = 1 << 20


class RefusedFile(BadInput):
    """Say that a file was not imported, and list its rejected rows."""

    def __init__(self, message: str, read: PlaceFile) -> None:
        super().__init__(message)
        self.read = read


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import of one file did.

    Parameters
    ----------
    dataset : str
        The layer's id.
    source : str
        The name of its reader.
    rows, skipped : int
        Rows of the file; those in order and of no use here.
    added, merged, changed, unchanged : int
        Its places: new ones; those that are one with a place of another layer; other than at the last
        import; as they were.
    removed : int
        Places that the last import of the data set had and this one has not.
    rejected, warnings : tuple of Rejected
        Rows refused, and rows to look at.
    known : bool
        Whether the very same file was imported before: then nothing was read or written.
    """

    dataset: str
    source: str
    rows: int = 0
    skipped: int = 0
    added: int = 0
    merged: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[Rejected, ...] = ()
    known: bool = False


def dataset_of(path: Path, reader: Reader) -> str:
    """Return the id of the layer that a file becomes: the same name is an edition of the same data set."""
    stem = re.sub("[^a-z0-9._-]+", "-", path.stem.casefold()).strip("-") or "file"
    return f"{reader.name}:{stem}"[:120]


def stack_of(connection: Connection) -> Stack:
    """Return what all layers of the store come to."""
    layers = [(layer, read_records(connection, layer.dataset)) for layer in read_layers(connection)]
    return _stack(layers)


def import_file(
    store: Store,
    path: Path,
    reader: Reader,
    *,
    encoding: str | None = None,
    strict: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Import one file in one transaction; the same file again changes nothing.

    Parameters
    ----------
    store : Store
        Migrated and prepared.
    path : Path
        The file.
    reader : Reader
        One of `geodata.gazetteer.readers.READERS`.
    encoding : str, optional
        Of a file that is not UTF-8.
    strict : bool
        Import nothing when any row is rejected.
    dry_run : bool
        Say what would be done and write nothing.
    progress : callable, optional
        Told how far reading is.

    Raises
    ------
    RefusedFile
        When more than half of the rows are rejected, or any and `strict`.
    BadInput
        When the file as a whole cannot be read, or holds nothing of use.
    StoreError
        When the database refuses; nothing is kept then.
    """
    dataset = dataset_of(path, reader)
    with store.read() as connection:
        layers = [(layer, read_records(connection, layer.dataset)) for layer in read_layers(connection)]
    wanted = _geonames_ids(layers) if reader.names_only else None
    fingerprint = _fingerprint(path, reader, encoding, wanted)
    before = next((records for layer, records in layers if layer.dataset == dataset), {})
    if any(layer.dataset == dataset and layer.fingerprint == fingerprint for layer, _ in layers):
        return Imported(dataset, reader.name, unchanged=len(before), known=True)

    read = partial(reader.read, path, encoding=encoding, progress=progress)
    found: PlaceFile = read() if wanted is None else read(wanted=wanted)
    _check(found, reader, strict=strict)
    layer = Layer(
        dataset,
        reader.name,
        reader.rank,
        reader.title,
        reader.licence,
        reader.attribution,
        path.name,
        fingerprint,
    )
    records = {place.place_id: encode(place) for place in found.places.values()}
    others = [(each, told) for each, told in layers if each.dataset != dataset]
    laid = sorted([*others, (layer, records)], key=lambda pair: (pair[0].rank, pair[0].dataset))
    made = _stack(laid)
    shared = records.keys() if reader.names_only else became_one(laid, made)
    done = _counted(Imported(dataset, reader.name), before, records, shared)
    if not dry_run:
        with store.write(f"import {dataset}") as connection:
            write_layer(connection, layer, found.places.values())
            # Laid again from what the transaction sees: another import may have come between.
            rebuild(connection, stack_of(connection))
    return replace(
        done,
        rows=found.rows,
        skipped=found.skipped,
        rejected=tuple(found.rejected),
        warnings=tuple(found.warnings),
    )


def remove_dataset(store: Store, dataset: str) -> None:
    """Take an imported data set out again.

    Raises
    ------
    BadInput
        When no imported data set has this id.
    """
    with store.write(f"remove {dataset}") as connection:
        known = [layer.dataset for layer in read_layers(connection) if layer.source in READERS]
        if dataset not in known:
            raise BadInput(
                f"no imported data set is called {dataset!r}; there are: {', '.join(known) or 'none'}"
            )
        remove_layer(connection, dataset)
        rebuild(connection, stack_of(connection))


def _stack(layers: list[tuple[Layer, Mapping[str, str]]] | list[tuple[Layer, dict[str, str]]]) -> Stack:
    return stacked(
        [(layer, [decode(record) for record in told.values()]) for layer, told in layers], NAMES_ONLY
    )


def _check(found: PlaceFile, reader: Reader, *, strict: bool) -> None:
    refused = len(found.rejected)
    if found.rejected and strict:
        raise RefusedFile(f"has rejected rows ({refused}), and --strict takes none: nothing imported", found)
    if found.rejected and found.mostly_rejected:
        raise RefusedFile(f"more than half of its {found.rows} rows are rejected: nothing imported", found)
    if not found.places:
        hint = ": import the GeoNames country dumps first" if reader.names_only else ""
        raise RefusedFile(f"has nothing for this gazetteer{hint}", found)


def _counted(
    empty: Imported,
    before: Mapping[str, str],
    records: Mapping[str, str],
    shared: Collection[str],
) -> Imported:
    counts: Counter[str] = Counter()
    for place_id, record in records.items():
        if before.get(place_id) == record:
            counts["unchanged"] += 1
        elif place_id in before:
            counts["changed"] += 1
        else:
            counts["merged" if place_id in shared else "added"] += 1
    return replace(
        empty,
        added=counts["added"],
        merged=counts["merged"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        removed=len(before.keys() - records.keys()),
    )


def _geonames_ids(layers: list[tuple[Layer, dict[str, str]]]) -> frozenset[str]:
    places = (
        decode(record) for layer, told in layers if layer.source not in NAMES_ONLY for record in told.values()
    )
    return frozenset(place.geonames_id for place in places if place.geonames_id)


def _fingerprint(path: Path, reader: Reader, encoding: str | None, wanted: frozenset[str] | None) -> str:
    told = f"{READERS_VERSION} {reader.name} {encoding or ''} {' '.join(sorted(wanted or ()))}"
    digest = hashlib.sha256(told.encode())
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
