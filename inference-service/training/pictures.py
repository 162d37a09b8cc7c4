"""Packs whole training pictures with the box of their face into one file: for networks that see more than the face.

The file is a NumPy archive with the JPEG bytes end to end as they were found (`bytes`, `ends`), the box of the largest
face (`box`: x, y, width, height), its person (`person`), whether it is coloured (`colour`) and whether it belongs to
the evaluation (`held`, the split of crops.py). Coloured pictures have a matte of the person (`mattes`, `matte_ends`:
PNG bytes end to end, none for grey pictures).

    python pictures.py --shared ../../../shared --out pictures.npz
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from crops import UPSCALE, held_pictures
from faces import Detector

COLOURED = "portraits-color-225"
GREY = "news-gray-160"


@dataclass(frozen=True)
class Pictures:
    """Decoded pictures, h x w x 3, RGB, bytes; boxes n x 4 in their pixels; persons' names; which are coloured.

    Mattes are h x w, 0 to 255 where the person is, and empty for grey pictures.
    """

    pixels: list[np.ndarray]
    boxes: np.ndarray
    persons: np.ndarray
    colour: np.ndarray
    mattes: list[np.ndarray]

    def __len__(self) -> int:
        return len(self.pixels)

    def every(self, step: int) -> Pictures:
        """The first of each `step` pictures."""
        rest = self.boxes[::step], self.persons[::step], self.colour[::step], self.mattes[::step]
        return Pictures(self.pixels[::step], *rest)


def load(file: Path, held: bool, colour: bool | None = None) -> Pictures:
    """The pictures of the training, or those of the evaluation; only coloured or only grey ones if asked for."""
    with np.load(file) as archive:
        wanted = archive["held"] == held
        if colour is not None:
            wanted &= archive["colour"] == colour
        chosen = np.flatnonzero(wanted)
        whole, mattes = _parts(archive, "bytes", "ends", chosen), _parts(archive, "mattes", "matte_ends", chosen)
        pixels = [cv2.imdecode(data, cv2.IMREAD_COLOR)[:, :, ::-1].copy() for data in whole]
        none = np.zeros((0, 0), np.uint8)
        mattes = [cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if len(data) else none for data in mattes]
        return Pictures(pixels, archive["box"][chosen], archive["person"][chosen], archive["colour"][chosen], mattes)


def _parts(archive, name: str, ends: str, chosen: np.ndarray) -> list[np.ndarray]:
    data, last = archive[name], archive[ends]
    first = np.concatenate([[0], last[:-1]])
    return [data[first[i] : last[i]] for i in chosen]


def cut(picture: np.ndarray, box: np.ndarray, scale: float, side: int, angle: float = 0) -> np.ndarray:
    """A square around the box's centre, `scale` x its longer side wide, as the service cuts it, or turned by radians.

    Bilinear, averaged over as many samples as a target pixel covers; edge pixels are repeated outside the picture.
    """
    x, y, w, h = box
    length = max(w, h) * scale
    samples = int(np.clip(np.ceil(length / side), 1, 8))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    step = length / (side * samples)
    # Pixel centres lie at halves of the grid that the box is measured on.
    start = np.array([x + w / 2, y + h / 2]) - 0.5 + turn @ np.full(2, step / 2 - length / 2)
    matrix = np.concatenate([turn * step, start[:, None]], 1)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    wide = cv2.warpAffine(picture, matrix, (side * samples,) * 2, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return wide if samples == 1 else cv2.resize(wide, (side, side), interpolation=cv2.INTER_AREA)


def matte(picture: np.ndarray, box: np.ndarray) -> np.ndarray:
    """Where the person is, 0 to 255: grown from the face and the shoulders, at half the resolution."""
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    height, width = half.shape[:2]
    x, y, w, h = box / 2
    centre, chin = x + w / 2, y + h
    marks = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    marks[: max(2, int(y * 0.3))] = cv2.GC_BGD
    marks[: int(chin), :3] = marks[: int(chin), -3:] = cv2.GC_BGD
    body = np.array([[centre - w * 0.5, chin], [centre + w * 0.5, chin], [width, height], [0, height]], np.int32)
    cv2.fillPoly(marks, [body], cv2.GC_PR_FGD)
    cv2.ellipse(marks, (int(centre), int(y + h * 0.4)), (int(w * 0.75), int(h * 0.8)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(marks, (int(centre), int(y + h * 0.5)), (int(w * 0.45), int(h * 0.5)), 0, 0, 360, cv2.GC_FGD, -1)
    marks[-4:, int(width * 0.3) : int(width * 0.7)] = cv2.GC_FGD
    cv2.grabCut(half, marks, None, np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    inside = np.where((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD), np.uint8(255), np.uint8(0))
    whole = cv2.resize(inside, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.GaussianBlur(whole, (0, 0), 1.2)


def pack(shared: Path, out: Path) -> None:
    detector = Detector(shared / "models", side=480)
    folders = [shared / "faces" / name for name in (GREY, COLOURED)]
    files = [file for folder in folders for file in sorted(folder.glob("*.jpg"))]

    def one(file: Path):
        data = np.fromfile(file, np.uint8)
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
        colour = file.parent.name == COLOURED
        enlarged = 1 if colour else UPSCALE
        if not colour:
            picture = cv2.resize(picture, None, fx=UPSCALE, fy=UPSCALE, interpolation=cv2.INTER_LINEAR)
        found = detector(picture)
        if not found:
            return None
        box = found[0].box / enlarged
        mask = cv2.imencode(".png", matte(picture, box))[1].ravel() if colour else np.empty(0, np.uint8)
        return data, box, mask, file.stem if colour else file.stem.rsplit("_", 1)[0], colour

    with ThreadPoolExecutor(2) as pool:
        packed = [part for part in pool.map(one, files) if part]
    data, boxes, mattes, persons, colour = zip(*packed)
    np.savez(
        out,
        bytes=np.concatenate(data),
        ends=np.cumsum([len(part) for part in data]),
        mattes=np.concatenate(mattes),
        matte_ends=np.cumsum([len(part) for part in mattes]),
        box=np.array(boxes, np.float32),
        person=np.array(persons),
        colour=np.array(colour),
        held=held_pictures(np.array(persons)),
    )
    print(f"{len(packed)} of {len(files)} pictures have a face; {out.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with models/ and faces/")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pack(options.shared, options.out)


if __name__ == "__main__":
    main()
