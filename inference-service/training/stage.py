"""Pictures of people before a camera, as a liveness network should learn them: persons, rooms and the camera itself.

Portraits are cut out of their studio, put before other backgrounds and given shoulders as broad as the picture needs.
All pictures are BGR; what is `Draw`n for training and for the evaluation never comes from the same ranges.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from augment import tinted
from pictures import Pictures

BANDS = 8


class Draw:
    """Random numbers whose ranges are cut into bands: training gets the even ones, the evaluation the odd ones."""

    def __init__(self, seed: list[int], held: bool):
        self.random = np.random.default_rng(seed)
        self.held = held

    def __call__(self, low: float, high: float) -> float:
        band = 2 * self.random.integers(BANDS // 2) + self.held
        return low + (high - low) * float(band + self.random.random()) / BANDS

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def colour(self, low: float = 0, high: float = 255) -> np.ndarray:
        return np.array([self(low, high) for _ in range(3)], np.float32)

    def muted(self, low: float = 0, high: float = 255) -> np.ndarray:
        """A colour as rooms have them: mostly close to grey."""
        return np.clip(self(low, high) + self.colour(-25, 25) * (3 if self.chance(0.15) else 1), 0, 255)


@dataclass(frozen=True)
class View:
    """A picture h x w x 3, bytes, and the box (x, y, width, height) of the face that it is about."""

    pixels: np.ndarray
    box: np.ndarray

    def mapped(self, matrix: np.ndarray, width: int, height: int, pixels: np.ndarray | None = None) -> View:
        """Through a homography onto a canvas."""
        if pixels is None:
            pixels = warped(self.pixels, matrix, width, height)
        x, y, w, h = self.box
        corners = np.array([[[x, y], [x + w, y], [x, y + h], [x + w, y + h]]], np.float64)
        corners = cv2.perspectiveTransform(corners, matrix)[0]
        # The box of a turned face does not grow as the one around its corners would.
        sides = (corners[1] - corners[0] + corners[3] - corners[2]) / 2, (corners[2:] - corners[:2]).mean(0)
        size = np.array([np.hypot(*sides[0]), np.hypot(*sides[1])])
        return View(pixels, np.concatenate([corners.mean(0) - size / 2, size]))


def warped(pixels: np.ndarray, matrix: np.ndarray, width: int, height: int, border=cv2.BORDER_REPLICATE) -> np.ndarray:
    """Through a homography; averaged first where it shrinks."""
    shrink = 1 / np.sqrt(max(1e-6, abs(np.linalg.det(matrix[:2, :2]))))
    if shrink > 1.3:
        pixels = cv2.GaussianBlur(pixels, (0, 0), 0.4 * shrink)
    return cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border)


class People:
    """Persons to put before backgrounds: coloured portraits with mattes, and tight grey faces."""

    def __init__(self, pictures: Pictures):
        self.views = [View(p[:, :, ::-1].copy(), box) for p, box in zip(pictures.pixels, pictures.boxes)]
        self.coloured, self.grey = np.flatnonzero(pictures.colour), np.flatnonzero(~pictures.colour)
        self.mattes = {i: pictures.mattes[i].astype(np.float32) / 255 for i in self.coloured}

    def portrait(self, draw: Draw) -> View:
        """A portrait as it is, at times mirrored or shown closer."""
        return self._closer(self._mirrored(self.views[draw.random.choice(self.coloured)], draw), draw)

    def tight(self, draw: Draw) -> View:
        """A press picture, half of them with the colours of a portrait: nearly nothing but the face."""
        view = self.views[draw.random.choice(self.grey)]
        if draw.chance(0.5):
            other = self.views[draw.random.choice(self.coloured)]
            x, y, w, h = other.box
            side = max(w, h) * 1.35
            matrix = np.array([[160 / side, 0, 80 - (x + w / 2) * 160 / side], [0, 160 / side, 80 - (y + h / 2) * 160 / side]])
            size = view.pixels.shape[1::-1]
            chroma = cv2.warpAffine(other.pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE)
            view = View(tinted(view.pixels[:, :, ::-1], chroma[:, :, ::-1])[:, :, ::-1].copy(), view.box)
        return self._mirrored(view, draw)

    def before(self, background: np.ndarray, draw: Draw) -> View:
        """A portrait's person before a background, as large as he may be before a tablet."""
        i = draw.random.choice(self.coloured)
        view, mask = self.views[i], self.mattes[i]
        person, mask, box = broadened(view, mask, draw(0.3, 1.0), int(draw(0, 0.35) * len(view.pixels)))
        height, width = background.shape[:2]
        scale = width * draw(0.22, 0.5) / box[2]
        # The body ends at or below the lower edge of the picture.
        below = (person.shape[0] - box[1] - box[3] / 2) * scale
        x = width * draw(0.35, 0.65)
        y = max(height * draw(0.3, 0.6), height - below)
        matrix = np.array(
            [[scale, 0, x - (box[0] + box[2] / 2) * scale], [0, scale, y - (box[1] + box[3] / 2) * scale], [0, 0, 1]]
        )
        placed = View(person, box).mapped(matrix, width, height)
        mask = warped(mask, matrix, width, height, cv2.BORDER_CONSTANT)[:, :, None]
        light = np.divide(cv2.mean(background)[:3], cv2.mean(placed.pixels)[:3], dtype=np.float32)
        adapted = placed.pixels * np.clip(light, 0.75, 1.3) ** np.float32(draw(0, 0.8))
        pixels = adapted * mask + background * (1 - mask)
        return self._mirrored(View(np.clip(pixels, 0, 255).astype(np.uint8), placed.box), draw)

    def _mirrored(self, view: View, draw: Draw) -> View:
        if draw.chance(0.5):
            return view
        x, y, w, h = view.box
        return View(view.pixels[:, ::-1].copy(), np.array([view.pixels.shape[1] - x - w, y, w, h]))

    def _closer(self, view: View, draw: Draw) -> View:
        if draw.chance(0.6):
            return view
        x, y, w, h = view.box
        side, height, width = max(w, h) * draw(1.1, 1.6), *view.pixels.shape[:2]
        left, top = int(max(0, x + w / 2 - side / 2)), int(max(0, y + h / 2 - side / 2))
        right, bottom = int(min(width, left + side)), int(min(height, top + side))
        return View(view.pixels[top:bottom, left:right].copy(), np.array([x - left, y - top, w, h]))


def broadened(view: View, mask: np.ndarray, slope: float, down: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The person with shoulders that fall off by `slope` beyond the picture's sides, and a body `down` pixels longer."""
    side = view.pixels.shape[1]
    pads = (0, down, side, side)
    pixels = cv2.copyMakeBorder(view.pixels, *pads, cv2.BORDER_REPLICATE)
    mask = cv2.copyMakeBorder(mask, *pads, cv2.BORDER_REPLICATE)
    height, width = mask.shape
    across, along = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    beyond = np.maximum(0, np.maximum(side - across, across - (2 * side - 1)))
    # Further out everything comes from further up: the shoulder's line goes down.
    from_y = along - slope * beyond * (1 + beyond / side)
    pixels = cv2.remap(pixels, across, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.remap(mask, across, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return pixels, mask, view.box + np.array([side, 0, 0, 0], np.float32)


class Rooms:
    """Backgrounds: walls with frames, shelves, doors and lamps, and pieces of pictures without people."""

    def __init__(self, pieces: list[np.ndarray]):
        self.pieces = pieces

    def __call__(self, width: int, height: int, draw: Draw) -> np.ndarray:
        room = self._piece(width, height, draw) if draw.chance(0.35) else self._wall(width, height, draw)
        if draw.chance(0.7):
            for _ in range(int(draw(2, 14))):
                self._furnish(room, draw)
        if draw.chance(0.4):
            self._lamp(room, draw)
        blur = draw(0, 5) if draw.chance(0.7) else 0
        room = cv2.GaussianBlur(room, (0, 0), blur) if blur > 0.3 else room
        return np.clip(room, 0, 255).astype(np.uint8)

    def _wall(self, width: int, height: int, draw: Draw) -> np.ndarray:
        corners = draw.muted(40, 235) + np.stack([draw(-40, 40) + draw.colour(-8, 8) for _ in range(4)])
        grid = corners.reshape(2, 2, 3).astype(np.float32)
        return cv2.resize(grid, (width, height), interpolation=cv2.INTER_LINEAR)

    def _piece(self, width: int, height: int, draw: Draw) -> np.ndarray:
        """A part of a picture without people."""
        picture = self.pieces[draw.random.integers(len(self.pieces))]
        share = draw(0.3, 1)
        h, w = picture.shape[:2]
        cut = min(w, h * width / height) * share
        left, top = draw.random.uniform(0, w - cut), draw.random.uniform(0, max(0, h - cut * height / width))
        part = picture[int(top) : int(top + cut * height / width) + 1, int(left) : int(left + cut) + 1]
        return cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)

    def _furnish(self, room: np.ndarray, draw: Draw) -> None:
        """Something with straight edges, so that they alone betray nothing."""
        height, width = room.shape[:2]
        w, h = (int(width * draw(0.04, 0.9)), int(height * draw(0.02, 0.7)))
        x, y = int(draw.random.uniform(-w / 2, width - w / 2)), int(draw.random.uniform(-h / 2, height - h / 2))
        box, slant = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32), 0.06 * min(w, h)
        box += draw.random.normal(0, slant, (4, 2)).astype(np.float32)
        colour = draw.muted(5, 250)
        if draw.chance(0.6):
            cv2.fillPoly(room, [box.astype(np.int32)], colour.tolist(), cv2.LINE_AA)
        if draw.chance(0.5):
            edge = draw.muted(0, 255).tolist() if draw.chance(0.5) else [draw(0, 60)] * 3
            cv2.polylines(room, [box.astype(np.int32)], True, edge, int(1 + draw(0, 0.03) * width), cv2.LINE_AA)

    def _lamp(self, room: np.ndarray, draw: Draw) -> None:
        add_light(room, draw, strength=draw(60, 250), size=draw(0.02, 0.2))


def add_light(pixels: np.ndarray, draw: Draw, strength: float, size: float, length: float = 1) -> None:
    """Adds a soft bright spot in place, `size` of the width large and `length` times as long."""
    height, width = pixels.shape[:2]
    x, y = draw.random.uniform(0, 1, 2) * (width, height)
    angle = draw.random.uniform(0, np.pi)
    # Computed coarsely and enlarged: it is smooth.
    across, along = np.meshgrid(np.arange(0, width, 4, np.float32) - x, np.arange(0, height, 4, np.float32) - y)
    u = (across * np.cos(angle) + along * np.sin(angle)) / (size * width * length)
    v = (along * np.cos(angle) - across * np.sin(angle)) / (size * width)
    light = np.exp(-((u * u + v * v) ** 1.5)).astype(np.float32)
    pixels += cv2.resize(light, (width, height))[:, :, None] * np.float32(strength)


class Camera:
    """What every picture goes through, live or not: optics, exposure, white balance, noise, sharpening, JPEG."""

    def __call__(self, view: View, draw: Draw) -> View:
        pixels = view.pixels.astype(np.float32)
        if draw.chance(0.5):
            pixels = self._shade(pixels, draw)
        if draw.chance(0.5):
            pixels = cv2.GaussianBlur(pixels, (0, 0), draw(0.3, 1.8) * view.box[2] / 120)
        mean = sum(cv2.mean(pixels)) / 3
        pixels = (pixels - mean) * np.float32(draw(0.7, 1.3)) + mean + np.float32(draw(-35, 35))
        if draw.chance(0.6):
            pixels = pixels * np.array([draw(0.85, 1.15) for _ in range(3)], np.float32)
        if draw.chance(0.4):
            grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)[:, :, None]
            pixels = grey + (pixels - grey) * np.float32(draw(0.0, 1.5))
        if draw.chance(0.5):
            channels = 1 if draw.chance(0.5) else 3
            pixels += draw.random.standard_normal((*pixels.shape[:2], channels), np.float32) * np.float32(draw(1, 10))
        if draw.chance(0.4):
            soft = cv2.GaussianBlur(pixels, (0, 0), draw(0.8, 2))
            pixels = pixels + (pixels - soft) * np.float32(draw(0.3, 1.5))
        pixels = np.clip(pixels, 0, 255).astype(np.uint8)
        return View(jpeg(pixels, int(draw(40, 97))) if draw.chance(0.8) else pixels, view.box)

    def _shade(self, pixels: np.ndarray, draw: Draw) -> np.ndarray:
        """Light from one side."""
        corners = np.array([draw(0.6, 1.25) for _ in range(4)], np.float32).reshape(2, 2)
        return pixels * cv2.resize(corners, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR)[:, :, None]


def jpeg(pixels: np.ndarray, quality: int) -> np.ndarray:
    return cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
