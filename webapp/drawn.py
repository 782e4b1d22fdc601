"""Frontlines drawn by others, from the folder of a setting: read once, and again when a file changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from geodata.control.drawn import read_drawn_folder
from geodata.control.drawn_layer import DrawnFronts
from geodata.errors import BadInput, StoreError
from webapp.errors import UnknownLayer

log = logging.getLogger(__name__)

Listing = tuple[tuple[str, int, int], ...]


class DrawnShelf:
    """Hands out the layers of a folder by their id; an id is looked up in what was read, never in the folder.

    Parameters
    ----------
    folder : str
        Where the files lie; empty for no layers.

    Raises
    ------
    BadInput
        When there is no such folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None
        if self._folder is not None and not self._folder.is_dir():
            raise BadInput(f"{folder!r:.200} is no folder", where="ATLAS_DRAWN_FRONTS")
        self._lock = threading.Lock()
        self._read: tuple[Listing, Mapping[str, DrawnFronts]] = ((), MappingProxyType({}))

    def layers(self) -> Mapping[str, DrawnFronts]:
        """Return the layers by id, read again when a file came, went or changed.

        Raises
        ------
        StoreError
            When the folder can no longer be read.
        """
        if self._folder is None:
            return self._read[1]
        try:
            listing = _listing(self._folder)
            if listing == self._read[0]:
                return self._read[1]
            with self._lock:
                if listing != self._read[0]:
                    found = {layer.layer_id: layer for layer in read_drawn_folder(self._folder)}
                    self._read = (listing, MappingProxyType(found))
                    for layer in found.values():
                        for refused in layer.rejected:
                            log.warning("drawn layer %s: %r", layer.layer_id, str(refused))
        except (OSError, BadInput) as error:
            raise StoreError(f"the drawn frontlines cannot be read: {error}") from error
        return self._read[1]

    def layer(self, layer_id: str) -> DrawnFronts:
        """Return one layer.

        Raises
        ------
        UnknownLayer
            When there is none of this id.
        """
        found = self.layers().get(layer_id)
        if found is None:
            raise UnknownLayer(f"there is no drawn layer {layer_id!r:.80}")
        return found


def _listing(folder: Path) -> Listing:
    """Return name, size and time of every file of a folder and of those in it, one level deep."""
    entries = list(folder.iterdir())
    entries += [inner for entry in entries if entry.is_dir() for inner in entry.iterdir()]
    states = [(str(entry.relative_to(folder)), entry.stat()) for entry in sorted(entries) if entry.exists()]
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)
