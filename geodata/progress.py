"""Progress of long work: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_BAR = 30
_TERMINAL_S, _LOG_S = 0.1, 5.0


class ProgressBar:
    """Show how far a piece of work is, on standard error.

    Parameters
    ----------
    title : str
        What is being done.
    stream : file, optional
        Where to show it.
    """

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self._title = title
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._began = self._shown = time.monotonic()
        self._drawn = False

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell how much is done, of how much in all (0 when nobody knows)."""
        now = time.monotonic()
        if now - self._shown < (_TERMINAL_S if self._terminal else _LOG_S):
            return
        self._shown = now
        share = min(1.0, done / total) if total else 0.0
        if not self._terminal:
            part = f"{share:.0%}" if total else f"{done:,}"
            print(f"{self._title}: {part}, {now - self._began:.0f} s", file=self._stream, flush=True)
            return
        filled = int(share * _BAR)
        bar = f"[{'#' * filled}{'-' * (_BAR - filled)}] {share:4.0%}" if total else f"{done:,}"
        print(f"\r{self._title} {bar} ", end="", file=self._stream, flush=True)
        self._drawn = True

    def close(self) -> None:
        """Clear the bar from the terminal."""
        if self._drawn:
            print("\r\033[K", end="", file=self._stream, flush=True)
            self._drawn = False
