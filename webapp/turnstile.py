"""Lets a set number of answers through at once; whoever comes beyond it is told to come back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from webapp.errors import TooBusy


class Turnstile:
    """Count who is inside; never waits.

    Parameters
    ----------
    places : int
        How many may be inside at once.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._lock = threading.Lock()

    @property
    def free(self) -> int:
        """Return how many more may enter now."""
        return self._free

    def enter(self) -> Callable[[], None]:
        """Take a place and return the function that gives it back, once, however often it is called.

        Raises
        ------
        TooBusy
            When no place is free.
        """
        with self._lock:
            if self._free < 1:
                raise TooBusy("as many exports as may run at once are running; try again in a few seconds")
            self._free -= 1
        inside = [True]

        def leave() -> None:
            # A server may close an answer twice, or close it in another thread than the one that ran it.
            with self._lock:
                if inside:
                    inside.clear()
                    self._free += 1

        return leave
