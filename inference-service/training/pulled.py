"""How steady the pulled attributes are: the numbers of their model cards.

There are no labels, so each picture is compared with itself mirrored, without colour, and shrunk to a face of about 40
pixels; points and pose also with what YuNet's five points say. All portraits show grown-up people.

    python pulled.py --shared ../../../shared
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

import faceapi
import faces
from reference import FSANET, SHARDS, corner, planes, square

SMALL = 40  # longer side of a small face's box in pixels
FIVE = (range(36, 42), range(42, 48), range(30, 31), range(48, 49), range(54, 55))  # of 68: eyes, nose tip, mouth


@dataclass(frozen=True)
class Estimate:
    """Years, share of male, shares of emotions, yaw, pitch and roll of each network in degrees, points in pixels."""

    age: float
    male: float
    emotion: np.ndarray
    poses: np.ndarray
    points: np.ndarray

    @property
    def pose(self) -> np.ndarray:
        return self.poses.mean(0)


class Pulled:
    def __init__(self, models: Path):
        shards = {name: faceapi.load(models / faceapi.FOLDER, name) for name in SHARDS}
        self.age_gender = faceapi.AgeGender(shards[faceapi.AGE_GENDER])
        self.expression = faceapi.Expression(shards[faceapi.EXPRESSION])
        self.landmarks = faceapi.Landmarks(shards[faceapi.LANDMARKS])
        self.pose = [faces.session(file) for file in sorted((models / FSANET).glob("*.onnx"))]

    def __call__(self, picture: np.ndarray, face: faces.Face) -> Estimate:
        narrow = planes(square(picture, face, 1.1, faceapi.SIDE))
        age, gender, _ = self.age_gender(narrow)
        left, top, side = corner(face, 1.2)
        points = self.landmarks(planes(square(picture, face, 1.2, faceapi.SIDE)))[0].numpy() * side + [left, top]
        head = (square(picture, face, 1.4, 64).transpose(2, 0, 1)[None].astype(np.float32) - 127.5) / 128
        poses = np.stack([network.run(None, {"input": head})[0][0] for network in self.pose]) * [-1, 1, 1]
        emotion = self.expression(narrow)[0][0].numpy()
        return Estimate(age.item(), gender[0, 0].item(), emotion, poses, points)


def mirrored(picture: np.ndarray, face: faces.Face) -> tuple[np.ndarray, faces.Face]:
    x, y, w, h = face.box
    return picture[:, ::-1].copy(), faces.Face(np.array([picture.shape[1] - x - w, y, w, h]), face.score, face.points)


def grey(picture: np.ndarray, face: faces.Face) -> tuple[np.ndarray, faces.Face]:
    return cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), face


def small(picture: np.ndarray, face: faces.Face) -> tuple[np.ndarray, faces.Face]:
    scale = min(1.0, SMALL / max(face.box[2:]))
    shrunk = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return shrunk, faces.Face(face.box * scale, face.score, face.points * scale)


def compare(name: str, pairs: list[tuple[Estimate, Estimate]], sign: tuple[int, int, int]) -> None:
    pose = np.mean([np.abs(a.pose - b.pose * sign) for a, b in pairs], 0)
    print(
        f"  {name:9s} age differs by {np.mean([abs(a.age - b.age) for a, b in pairs]):.1f} years,"
        f" gender in {np.mean([(a.male > 0.5) != (b.male > 0.5) for a, b in pairs]):.1%},"
        f" emotion in {np.mean([a.emotion.argmax() != b.emotion.argmax() for a, b in pairs]):.1%},"
        f" yaw, pitch, roll by {pose[0]:.1f}, {pose[1]:.1f}, {pose[2]:.1f} degrees"
    )


def summary(found: list[tuple[np.ndarray, faces.Face, Estimate]]) -> None:
    estimates = [estimate for _, _, estimate in found]
    ages = np.array([estimate.age for estimate in estimates])
    print(f"{len(found)} faces")
    low, middle, high = np.quantile(ages, (0.05, 0.5, 0.95))
    print(f"  ages: 5 % {low:.0f}, median {middle:.0f}, 95 % {high:.0f}; below 25: {np.mean(ages < 25):.1%}")
    print(f"  gender undecided (0.3 to 0.7): {np.mean([0.3 < e.male < 0.7 for e in estimates]):.1%}")
    top = np.bincount([e.emotion.argmax() for e in estimates], minlength=7) / len(estimates)
    print("  emotions:", ", ".join(f"{name} {share:.1%}" for name, share in zip(faceapi.EMOTIONS, top) if share))
    apart = np.mean([np.abs(e.poses[0] - e.poses[1]) for e in estimates], 0)
    print(f"  the two FSA-Nets differ by {apart[0]:.1f}, {apart[1]:.1f}, {apart[2]:.1f} degrees")
    yaw, pitch, roll = np.mean([e.pose for e in estimates], 0)
    print(f"  mean yaw {yaw:.1f}, pitch {pitch:.1f}, roll {roll:.1f} degrees")
    tilt = [np.degrees(np.arctan2(*(face.points[1] - face.points[0])[::-1])) for _, face, _ in found]
    apart = np.abs(np.array(tilt) - [e.pose[2] for e in estimates]).mean()
    print(f"  roll against the line through the eyes: {apart:.1f} degrees apart")
    errors = [
        np.mean([np.linalg.norm(e.points[list(part)].mean(0) - point) for part, point in zip(FIVE, face.points)])
        / np.linalg.norm(face.points[1] - face.points[0])
        for _, face, e in found
    ]
    mean, most = np.mean(errors), np.quantile(errors, 0.95)
    print(f"  points against YuNet's five: mean {mean:.1%}, 95 % {most:.1%} of the eyes' distance")


def measure(pulled: Pulled, detector: faces.Detector, files: list[Path]) -> None:
    found = []
    for file in files:
        picture = cv2.imread(str(file))
        for face in detector(picture)[:1]:
            found.append((picture, face, pulled(picture, face)))
    summary(found)
    changes: list[tuple[str, Callable, tuple[int, int, int]]] = [
        ("mirrored", mirrored, (-1, 1, -1)),
        ("grey", grey, (1, 1, 1)),
        ("small", small, (1, 1, 1)),
    ]
    for name, change, sign in changes:
        pairs = [(estimate, pulled(*change(picture, face))) for picture, face, estimate in found]
        compare(name, pairs, sign)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with models/ and faces/")
    shared = parser.parse_args().shared
    torch.set_num_threads(1)
    with torch.no_grad():
        files = sorted((shared / "faces/portraits-color-225").glob("*.jpg"))
        measure(Pulled(shared / "models"), faces.Detector(shared / "models"), files)


if __name__ == "__main__":
    main()
