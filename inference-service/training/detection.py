"""Measures detectors that answer as YuNet does, as the service uses them: what they find, and what they make up.

    python detection.py --shared ../../../shared --detector face_detector.onnx

Every number is given for the detector and for YuNet. The persons and the pictures without faces are those that training
never shows; found means that the largest face overlaps YuNet's largest by half of their union.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np

from crops import held_out
from faces import DETECTOR, Detector, Face, session

FIRST, SECOND, SMALL = 320, 640, 24  # DetectConfig of the service
HELD_OUT_PICTURES = ("noface-chelsea-cat.png", "noface-background.jpg")  # of photos/, never shown in training
TILTS = (0, 10, 20, 30, 40)  # degrees
WIDTHS = (12, 16, 24, 48, 96, 192)  # of a face, in pixels of the network's input


class Looks:
    """A first look at the picture shrunk to 320, and a second at 640 where that finds nothing or small faces only."""

    def __init__(self, file: Path, models: Path, threshold: float):
        self.first, self.second = (Detector(models, side, threshold) for side in (FIRST, SECOND))
        self.first.network = self.second.network = session(file)

    def __call__(self, picture: np.ndarray) -> list[Face]:
        found = self.first(picture)
        side = max(picture.shape[:2])
        if side > FIRST and (not found or found[0].box[3] * FIRST / side < SMALL):
            return self.second(picture) or found
        return found


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union of boxes (x, y, width, height)."""
    corner, other = np.minimum(a[:2] + a[2:], b[:2] + b[2:]), np.maximum(a[:2], b[:2])
    common = np.prod(np.maximum(corner - other, 0))
    return float(common / (a[2] * a[3] + b[2] * b[3] - common))


def agreement(own: Looks, teacher: Looks, pictures: list[np.ndarray]) -> dict[str, float]:
    """Shares of pictures in which each finds a face, and how far the five points are apart where both find the same."""
    found = both = others = 0
    errors: list[float] = []
    for picture in pictures:
        faces, wanted = own(picture), teacher(picture)
        others += len(wanted) > 0
        found += len(faces) > 0
        if faces and wanted and overlap(faces[0].box, wanted[0].box) >= 0.5:
            both += 1
            eyes = np.linalg.norm(wanted[0].points[0] - wanted[0].points[1])
            errors.append(float(np.linalg.norm(faces[0].points - wanted[0].points, axis=1).mean() / eyes))
    return {
        "pictures": len(pictures),
        "found": found / len(pictures),
        "yunet": others / len(pictures),
        "same": both / max(others, 1),
        "points": float(np.mean(errors)) if errors else float("nan"),
        "points_95": float(np.quantile(errors, 0.95)) if errors else float("nan"),
    }


def made_up(look: Looks, pictures: list[np.ndarray]) -> tuple[int, int]:
    """Faces found in pictures without any, and number of looks: whole, each quarter, each grey, each half as large."""
    found = looks = 0
    for picture in pictures:
        height, width = (side // 2 for side in picture.shape[:2])
        views = [picture, picture[:, ::-1], cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)]
        views += [picture[y : y + height, x : x + width] for y in (0, height) for x in (0, width)]
        views += [cv2.cvtColor(cv2.cvtColor(view, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR) for view in views]
        found += sum(len(look(np.ascontiguousarray(view))) for view in views)
        looks += len(views)
    return found, looks


def turned(picture: np.ndarray, degrees: float) -> np.ndarray:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)


def at_width(picture: np.ndarray, face: Face, width: int) -> np.ndarray:
    scale = width / face.box[2]
    size = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def without_face(picture: np.ndarray, face: Face) -> np.ndarray:
    """What a portrait shows below the face."""
    return picture[int(min(face.box[1] + 1.15 * face.box[3], picture.shape[0] - 40)) :]


def single_photos(shared: Path) -> list[Path]:
    skipped = ("noface", "group", "obama-partial")
    files = sorted((shared / "photos").glob("*.[jp][pn]g"))
    return [file for file in files if not file.name.startswith(skipped)]


def crowd(look: Looks, shared: Path, models: Path) -> int:
    """Faces of the Solvay conference found, out of 29; those count that YuNet also sees in the picture at full size."""
    picture = cv2.imread(str(shared / "photos/group-solvay1927.jpg"))
    true = Detector(models, side=2048, threshold=0.3)(picture)
    return sum(any(overlap(face.box, other.box) >= 0.3 for other in true) for face in look(picture))


def speed(file: Path, other: Path, side: int, runs: int = 60) -> tuple[float, float]:
    """Milliseconds of processor time for one picture of `side` x `side`, medians of runs in turn."""
    networks = session(file), session(other)
    planes = np.random.default_rng(1).uniform(0, 255, (1, 3, side, side)).astype(np.float32)
    times = np.empty((runs + 5, 2))
    for run in times:
        for which, network in enumerate(networks):
            start = time.thread_time()
            network.run(None, {"input": planes})
            run[which] = 1000 * (time.thread_time() - start)
    own, others = np.median(times[5:], axis=0)
    return float(own), float(others)


def read(files: list[Path], most: int | None) -> list[np.ndarray]:
    step = max(1, len(files) // most) if most else 1
    return [cv2.imread(str(file)) for file in files[::step][:most]]


def held_faces(shared: Path, most: int | None) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Portraits and press pictures of persons held out."""
    portraits = [f for f in sorted((shared / "faces/portraits-color-225").glob("*.jpg")) if held_out(f.stem)]
    news = sorted((shared / "faces/news-gray-160").glob("*.jpg"))
    news = [file for file in news if held_out(file.stem.rsplit("_", 1)[0])]
    return read(portraits, most), read(news, most)


def summary(file: Path, shared: Path, threshold: float = 0.6, most: int | None = None) -> dict:
    """What can be said in a minute or so: `most` pictures of each kind."""
    models = shared / "models"
    own, teacher = Looks(file, models, threshold), Looks(models / DETECTOR, models, threshold)
    portraits, news = held_faces(shared, most)
    empty = read([shared / "photos" / name for name in HELD_OUT_PICTURES], None)
    photos = single_photos(shared)
    missed = [f.name for f, picture in zip(photos, read(photos, None)) if not own(picture)]
    return {
        "threshold": threshold,
        "portraits": agreement(own, teacher, portraits),
        "news": agreement(own, teacher, news),
        "news_doubled": agreement(own, teacher, [cv2.resize(p, None, fx=2, fy=2) for p in news]),
        "photos": {"pictures": len(photos), "missed": missed},
        "solvay": {"found": crowd(own, shared, models), "yunet": crowd(teacher, shared, models)},
        "made_up": {"found": made_up(own, empty), "yunet": made_up(teacher, empty)},
    }


def details(file: Path, shared: Path, empty: Path | None, threshold: float) -> dict:
    """By colour, tilt and size of the face; more pictures without faces; speed."""
    models = shared / "models"
    own, teacher = Looks(file, models, threshold), Looks(models / DETECTOR, models, threshold)
    portraits, _ = held_faces(shared, None)
    portraits = [(p, faces[0]) for p in portraits if (faces := teacher(p))]
    pictures = [picture for picture, _ in portraits]
    grey = [cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR) for p in pictures]
    clothes = [without_face(*portrait) for portrait in portraits]
    kinds = {"clothes": clothes}
    if empty:
        kinds["scenery"] = read(sorted(empty.iterdir()), None)
    return {
        "colour": agreement(own, teacher, pictures),
        "grey": agreement(own, teacher, grey),
        "tilt": {degrees: agreement(own, teacher, [turned(p, degrees) for p in pictures]) for degrees in TILTS},
        "width": {w: agreement(own, teacher, [at_width(p, f, w) for p, f in portraits]) for w in WIDTHS},
        "made_up": {
            kind: {"found": made_up(own, views), "yunet": made_up(teacher, views)} for kind, views in kinds.items()
        },
        "milliseconds": {
            side: dict(zip(("own", "yunet"), speed(file, models / DETECTOR, side))) for side in (FIRST, SECOND)
        },
    }


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with models/, faces/ and photos/")
    parser.add_argument("--detector", type=Path, required=True, help="ONNX file")
    parser.add_argument("--empty", type=Path, help="folder of further pictures without people")
    parser.add_argument("--threshold", type=float, default=0.6)
    parser.add_argument("--most", type=int, help="pictures of a kind; absent: all")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    result = summary(options.detector, options.shared, options.threshold, options.most)
    result["details"] = details(options.detector, options.shared, options.empty, options.threshold)
    print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
