"""How well vectors tell persons apart: pairs accuracy by ten folds and true accept rates at false accept rates."""

from __future__ import annotations

import numpy as np

RATES = (1e-2, 1e-3, 1e-4)
FOLDS = 10


def scores(vectors: np.ndarray, persons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cosines of all genuine pairs and of all impostor pairs."""
    rows, columns = np.triu_indices(len(vectors), 1)
    cosines = (vectors @ vectors.T)[rows, columns]
    same = persons[rows] == persons[columns]
    return cosines[same], cosines[~same]


def accuracy(genuine: np.ndarray, impostor: np.ndarray, seed: int = 0) -> float:
    """Share of right answers on as many impostor as genuine pairs, each fold with the other nine's best threshold."""
    random = np.random.default_rng(seed)
    impostor = random.choice(impostor, len(genuine), replace=False)
    genuine = random.permutation(genuine)
    right = []
    for fold in range(FOLDS):
        test = np.arange(len(genuine)) % FOLDS == fold
        train = np.sort(np.concatenate([genuine[~test], impostor[~test]]))
        accepted = len(genuine[~test]) - np.searchsorted(np.sort(genuine[~test]), train)
        refused = np.searchsorted(np.sort(impostor[~test]), train)
        threshold = train[np.argmax(accepted + refused)]
        right.append(((genuine[test] >= threshold).mean() + (impostor[test] < threshold).mean()) / 2)
    return float(np.mean(right))


def summary(vectors: np.ndarray, persons: np.ndarray) -> dict[str, float]:
    """`pairs` and `tar@...` for unit vectors n x d."""
    genuine, impostor = scores(vectors, persons)
    result = {"pairs": accuracy(genuine, impostor)}
    impostor = np.sort(impostor)
    for rate in RATES:
        result[f"tar@{rate:g}"] = float((genuine > impostor[int(np.ceil((1 - rate) * len(impostor))) - 1]).mean())
    return result
