"""Packs aligned training crops into one file that is easy to move to another machine, and splits them by person.

A crop is 144 x 144: the ArcFace template of 112 x 112 with 16 pixels around it, so that training can shift, turn and
scale without black borders. The file is a NumPy archive with JPEG bytes end to end (`bytes`, `ends`), the person of
each crop (`person`), whether it is coloured (`colour`) and whether it belongs to the evaluation (`held`). Beside it the
persons of the evaluation are listed, for `menso models evaluate --persons`.

    python crops.py --shared ../../../shared --out crops.npz
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from faces import TEMPLATE, Detector, align

SIDE = 144
MARGIN = 16
UPSCALE = 2  # of the grey crops of 160 x 160, before the detector looks
HELD_OUT = 51  # of 256 persons are kept for the evaluation, chosen by the digest of their name
FREQUENT = 100  # pictures; who has more is learned from, lest one person decide the evaluation


def held_out(person: str) -> bool:
    """Whether a person is kept apart from all training; a fifth of them is."""
    return hashlib.sha256(person.encode()).digest()[0] < HELD_OUT


def held_pictures(persons: np.ndarray) -> np.ndarray:
    """Which pictures, given the person of each, belong to the evaluation."""
    frequent = {person for person, count in Counter(persons.tolist()).items() if count > FREQUENT}
    return np.array([held_out(person) and person not in frequent for person in persons])


@dataclass(frozen=True)
class Crops:
    """Decoded crops: n x 144 x 144 x 3, RGB, bytes; persons' names; which are coloured."""

    pixels: np.ndarray
    persons: np.ndarray
    colour: np.ndarray

    def inner(self) -> np.ndarray:
        """The 112 x 112 in the middle, as the service aligns it."""
        return self.pixels[:, MARGIN : SIDE - MARGIN, MARGIN : SIDE - MARGIN]


def load(file: Path, held: bool) -> Crops:
    """The crops of the training, or those of the evaluation."""
    with np.load(file) as archive:
        chosen = np.flatnonzero(archive["held"] == held)
        data, ends = archive["bytes"], archive["ends"]
        starts = np.concatenate([[0], ends[:-1]])
        pixels = np.empty((len(chosen), SIDE, SIDE, 3), np.uint8)
        for row, i in enumerate(chosen):
            pixels[row] = cv2.imdecode(data[starts[i] : ends[i]], cv2.IMREAD_COLOR)[:, :, ::-1]
        return Crops(pixels, archive["person"][chosen], archive["colour"][chosen])


def pack(shared: Path, out: Path, quality: int) -> None:
    detector = Detector(shared / "models", side=480)
    files = sorted((shared / "faces/news-gray-160").glob("*.jpg")) + sorted(
        (shared / "faces/portraits-color-225").glob("*.jpg")
    )

    def one(file: Path):
        colour = "portraits" in file.parent.name
        picture = cv2.imread(str(file))
        if not colour:
            picture = cv2.resize(picture, None, fx=UPSCALE, fy=UPSCALE, interpolation=cv2.INTER_LINEAR)
        found = detector(picture)
        if not found:
            return None
        crop = align(picture, found[0].points, TEMPLATE + MARGIN, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
        if not colour:
            crop = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
        encoded = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].ravel()
        person = file.stem if colour else file.stem.rsplit("_", 1)[0]
        return encoded, person, colour

    with ThreadPoolExecutor(2) as pool:
        packed = [crop for crop in pool.map(one, files) if crop]
    persons = np.array([person for _, person, _ in packed])
    held = held_pictures(persons)
    np.savez(
        out,
        bytes=np.concatenate([encoded for encoded, _, _ in packed]),
        ends=np.cumsum([len(encoded) for encoded, _, _ in packed]),
        person=persons,
        colour=np.array([colour for _, _, colour in packed]),
        held=held,
    )
    out.with_suffix(".held.txt").write_text("".join(f"{person}\n" for person in sorted(set(persons[held]))))
    print(f"{len(packed)} of {len(files)} pictures have a face; {out.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with models/ and faces/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quality", type=int, default=92, help="of the JPEG, 1 to 100")
    options = parser.parse_args()
    pack(options.shared, options.out, options.quality)


if __name__ == "__main__":
    main()
