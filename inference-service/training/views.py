"""The views that a liveness network learns from and is judged by: people before a camera, and recaptured pictures."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

import pictures
import recapture
from faces import Face, crop
from recapture import LIVE, PRINTS, SCREENS, attack
from stage import Camera, Draw, People, Rooms, View

SCALES = (2.7, 4.0)  # sides of the crops in face boxes: the student's and its first teacher's, the second teacher's
SIDE = 80
LIVES = ("before a room", "portrait", "tight")
KINDS = LIVES + PRINTS + SCREENS
BACKGROUNDS = {False: ("background", "brick", "chelsea-cat"), True: ("coffee", "rocket")}  # by being held out


def label(kind: str) -> int:
    return LIVE if kind in LIVES else recapture.PRINT if kind in PRINTS else recapture.SCREEN


def crops(picture: np.ndarray, face: Face) -> tuple[np.ndarray, np.ndarray]:
    """A face with its surroundings in both scales, 80 x 80."""
    near, far = (crop(picture, face, scale, SIDE) for scale in SCALES)
    return near, far


class Scenes:
    """Draws views of every kind."""

    def __init__(self, people: People, rooms: Rooms):
        self.people, self.rooms, self.camera = people, rooms, Camera()

    def view(self, kind: str, draw: Draw) -> View:
        if kind in LIVES:
            return self.camera(self._person(kind, draw), draw)
        shown = self._person(LIVES[draw.random.choice(3, p=(0.45, 0.3, 0.25))], draw)
        scene = self._room(draw)
        if draw.chance(0.2):
            scene = self.people.before(scene, draw).pixels  # who holds the medium
        return self.camera(attack(kind, shown, scene, draw), draw)

    def _person(self, kind: str, draw: Draw) -> View:
        if kind == "tight":
            return enlarged(self.people.tight(draw), draw)
        if kind == "portrait":
            return enlarged(self.people.portrait(draw), draw)
        return self.people.before(self._room(draw), draw)

    def _room(self, draw: Draw) -> np.ndarray:
        long, short = int(draw(270, 440)), int(draw(200, 330))
        return self.rooms(*((short, long) if draw.chance(0.7) else (long, short)), draw)

    def crops(self, view: View, draw: Draw) -> tuple[np.ndarray, np.ndarray]:
        """With the box a little wrong, as detectors have it."""
        jitter = draw.random.normal(0, 0.03, 4) * view.box[2]
        face = Face(view.box + jitter, 1, np.empty(0))
        return crops(view.pixels, face)


def enlarged(view: View, draw: Draw) -> View:
    """As a camera of today would have taken it: with more pixels."""
    scale = draw(200, 330) / view.pixels.shape[1]
    return View(cv2.resize(view.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), view.box * scale)


def scenes(shared: Path, file: Path, held: bool) -> Scenes:
    """Of the persons and backgrounds for training, or of those held out; `file` is that of pictures.py."""
    pieces = [cv2.imread(str(next((shared / "photos").glob(f"noface-{name}.*")))) for name in BACKGROUNDS[held]]
    return Scenes(People(pictures.load(file, held)), Rooms(pieces))
