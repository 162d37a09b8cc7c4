"""Computes the calibration of an embedding: cosine against score and false match rate (decision H4).

Every pair of pictures of different persons is an impostor pair, every pair of one person a genuine pair. Of the grey
press pictures and the colour portraits the one with more false matches counts, where it has enough pairs to tell. The
score is a logistic curve that is 0.5 at the cosine of FMR 1e-4, 0 at cosine -1 and 1 at cosine 1.

Beyond a cosine of 0.55 the rates no longer fall as they should, because some persons of the press pictures appear under
two names; what stands there is too high rather than too low.

    python calibrate.py --shared ../../../shared --out calibration.yaml
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from calibration import LANDMARKS, at_or_above, cosine_at, decimal, histograms, table
from faces import Detector, Embedder

def embed(files: list[Path], models: Path, upscale: int) -> tuple[np.ndarray, list[str]]:
    """Embeddings of the pictures in which exactly one face, or a clearly largest one, is found."""
    detector, embedder = Detector(models, side=480), Embedder(models)

    def one(file: Path):
        picture = cv2.imread(str(file))
        enlarged = cv2.resize(picture, None, fx=upscale, fy=upscale, interpolation=cv2.INTER_LINEAR)
        found = detector(enlarged)
        return (embedder(enlarged, found[0]), file.stem) if found else None

    with ThreadPoolExecutor(2) as pool:
        results = [result for result in pool.map(one, files) if result]
    print(f"{len(results)} of {len(files)} pictures have a face")
    return np.array([vector for vector, _ in results], np.float32), [name for _, name in results]


def report(name: str, impostor: np.ndarray, genuine: np.ndarray) -> None:
    print(f"{name}: {impostor.sum()} impostor pairs, {genuine.sum()} genuine pairs")
    for rate in LANDMARKS:
        cosine = cosine_at(impostor, rate)
        found = f", true match rate {at_or_above(genuine, cosine):.4f}" if genuine.any() else ""
        print(f"  FMR {rate:.0e} at cosine {cosine:.4f}{found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with models/ and faces/")
    parser.add_argument("--out", type=Path, required=True, help="where the rows for model.yaml are written")
    arguments = parser.parse_args()
    models, faces = arguments.shared / "models", arguments.shared / "faces"

    news, names = embed(sorted((faces / "news-gray-160").glob("*.jpg")), models, upscale=2)
    persons = np.unique([name.rsplit("_", 1)[0] for name in names], return_inverse=True)[1]
    impostor, genuine = histograms(news, persons)
    report("news-gray-160", impostor, genuine)

    portraits, names = embed(sorted((faces / "portraits-color-225").glob("*.jpg")), models, upscale=1)
    strangers, none = histograms(portraits, np.arange(len(names)))
    report("portraits-color-225", strangers, none)

    rows = table([impostor, strangers])
    lines = [f"  - {{cosine: {c:g}, score: {decimal(s, 4)}, fmr: {decimal(f, 3)}}}" for c, s, f in rows]
    arguments.out.write_text("calibration:\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
