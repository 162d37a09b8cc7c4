"""From cosines of pairs to the calibration of an embedding: cosine, score and false match rate (decision H4).

Of several sets of impostor pairs the one with more false matches counts, where it has enough pairs to tell. The score is
a logistic curve that is 0.5 at the cosine of FMR 1e-4, 0 at cosine -1 and 1 at cosine 1.
"""

from __future__ import annotations

import numpy as np

BINS = 200_000  # of the histogram of cosines from -1 to 1: steps of 1e-5
LANDMARKS = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)
SUPPORT = 20  # pairs that must lie at or above a cosine before a rate is believed
STEEPNESS = 10.0


def histograms(vectors: np.ndarray, persons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Histograms of the cosines of impostor pairs and of genuine pairs."""
    impostor, genuine = np.zeros(BINS, np.int64), np.zeros(BINS, np.int64)
    for start in range(0, len(vectors), 500):
        rows = np.arange(start, min(start + 500, len(vectors)))
        cosines = np.clip(vectors[rows] @ vectors.T, -1, 1)
        later = rows[:, None] < np.arange(len(vectors))[None]
        same = persons[rows][:, None] == persons[None]
        for histogram, mask in ((impostor, later & ~same), (genuine, later & same)):
            histogram += np.histogram(cosines[mask], BINS, (-1, 1))[0]
    return impostor, genuine


def at_or_above(histogram: np.ndarray, cosine: float) -> float:
    """Share of the pairs at or above a cosine."""
    return histogram[round((cosine + 1) / 2 * BINS) :].sum() / histogram.sum()


def cosine_at(histogram: np.ndarray, rate: float) -> float:
    """Smallest cosine, to four digits, with at most that share of pairs at or above it."""
    above = np.concatenate([np.cumsum(histogram[::-1])[::-1], [0]]) / histogram.sum()
    return float(np.ceil((np.argmax(above <= rate) / BINS * 2 - 1) * 1e4) / 1e4)


def score(cosine: float, centre: float) -> float:
    def logistic(x: float) -> float:
        return 1 / (1 + np.exp(-STEEPNESS * (x - centre)))

    if cosine < centre:
        return 0.5 * (logistic(cosine) - logistic(-1)) / (0.5 - logistic(-1))
    return 0.5 + 0.5 * (logistic(cosine) - 0.5) / (logistic(1) - 0.5)


def worst_cosine_at(histograms: list[np.ndarray], rate: float) -> float:
    """The largest cosine that a set needs for a rate, among the sets large enough to tell."""
    return max(cosine_at(histogram, rate) for histogram in histograms if histogram.sum() * rate >= SUPPORT)


def worst_rate(histograms: list[np.ndarray], cosine: float) -> float:
    """The largest rate of a set at a cosine; a set with too few pairs there is not asked unless it is the largest."""
    largest = max(histograms, key=np.sum)
    rates = [(h, at_or_above(h, cosine)) for h in histograms]
    return max(rate for h, rate in rates if h is largest or h.sum() * rate >= SUPPORT)


def table(histograms: list[np.ndarray]) -> list[tuple[float, float, float]]:
    """Rows of cosine, score and false match rate: a grid, and the round rates that people ask for."""
    landmarks = {worst_cosine_at(histograms, rate): rate for rate in LANDMARKS}
    centre = worst_cosine_at(histograms, 1e-4)
    grid = [-1.0, -0.5, -0.25, *np.round(np.arange(-0.1, 0.96, 0.05), 2).tolist(), 1.0]
    # A grid point beside a landmark says nothing new.
    grid = [c for c in grid if all(abs(c - landmark) > 0.012 for landmark in landmarks)]
    rows, last = [], 1.0
    for cosine in sorted({*grid, *landmarks}):
        last = min(last, landmarks.get(cosine, worst_rate(histograms, cosine)))
        rows.append((cosine, score(cosine, centre), last))
    return rows


def decimal(value: float, digits: int) -> str:
    """The number without an exponent, which not every YAML reader takes for a number."""
    text = np.format_float_positional(value, precision=digits, fractional=False, trim="-")
    return "0" if text in ("0.", "-0") else text
