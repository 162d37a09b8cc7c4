"""Labelled samples in a folder, made piece by piece, so that making them can be stopped at any time and goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

Samples = dict[str, np.ndarray]


def fill(folder: Path, count: int, make: Callable[[int], Samples], minutes: float | None = None) -> bool:
    """Makes those of the pieces 0 to `count` - 1 that are missing; whether all are there now."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [piece for piece in range(count) if not _file(folder, piece).exists()]
    start = shown = time.time()
    for done, piece in enumerate(missing):
        if minutes and time.time() - start > 60 * minutes:
            return False
        beside = _file(folder, piece).with_suffix(".tmp")
        with open(beside, "wb") as out:
            np.savez(out, **make(piece))
        beside.rename(_file(folder, piece))
        if time.time() - shown > 15:
            shown = time.time()
            each = (shown - start) / (done + 1)
            left = each * (len(missing) - done - 1) / 60
            print(f"{piece + 1:>5} of {count} pieces  {each:5.1f} s each  {left:5.0f} min left", flush=True)
    return True


def load(folder: Path, count: int) -> Samples:
    """All pieces one after another."""
    pieces = [np.load(_file(folder, piece)) for piece in range(count)]
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0].files}


def _file(folder: Path, piece: int) -> Path:
    return folder / f"{piece:05}.npz"
