"""Synthetic recapture: a picture of a face shown on paper or on a screen, held before a camera.

Every kind of attack takes a view, makes what a printer or a screen makes of it, and puts it into another scene, with its
edges visible or not. What is done here stands for real attacks as far as it goes; real ones have not been seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from stage import Camera, Draw, View, add_light, jpeg, warped

PRINTS = ("print filling the view", "print with edges", "bent print", "hand-held photo")
SCREENS = ("screen filling the view", "screen with bezel")
PRINT, LIVE, SCREEN = 0, 1, 2


@dataclass(frozen=True)
class Medium:
    """A printed or displayed picture as it lies before the camera, with its own frame, and where it is opaque."""

    view: View
    opaque: np.ndarray


def attack(kind: str, shown: View, scene: np.ndarray, draw: Draw) -> View:
    """The view recaptured as `kind` says, before `scene`, whose size the result has."""
    shown = Camera()(shown, draw)
    if draw.chance(0.6):
        shown = View(jpeg(shown.pixels, int(draw(35, 95))), shown.box)
    # Dots and pixels are finer than what is shown.
    finer = max(1, scene.shape[1] / shown.pixels.shape[1])
    shown = View(cv2.resize(shown.pixels, None, fx=finer, fy=finer, interpolation=cv2.INTER_CUBIC), shown.box * finer)
    medium = displayed(shown, kind, draw) if kind in SCREENS else printed(shown, kind, draw)
    return place(medium, scene, kind, draw)


def filling(kind: str) -> bool:
    """Whether the medium's edges are out of sight."""
    return kind.endswith("filling the view")


def printed(shown: View, kind: str, draw: Draw) -> Medium:
    """Ink on paper: fewer colours, dots, the paper's white, a margin, at times bent.

    Dots show always where edges do not, and seldom where edges do: cameras mostly do not resolve them.
    """
    pixels = gamut(shown.pixels, draw, black=(15, 80), white=(180, 248), saturation=(0.45, 1.0))
    if draw.chance(0.9 if filling(kind) else 0.3):
        pixels = halftone(pixels, shown.box[2], draw)
    paper = np.full(3, draw(205, 255)) + draw.colour(-15, 10)
    margin = int(draw(0, 0.12) * pixels.shape[1]) if draw.chance(0.6) else 0
    view = framed(View(pixels, shown.box), margin, margin, paper)
    if kind == "bent print" or (kind == "hand-held photo" and draw.chance(0.4)):
        view = bent(view, draw)
    if draw.chance(0.35):
        sheet = view.pixels.astype(np.float32)
        add_light(sheet, draw, draw(40, 160), draw(0.05, 0.25), draw(1, 4))
        view = View(np.clip(sheet, 0, 255).astype(np.uint8), view.box)
    return Medium(view, np.ones(view.pixels.shape[:2], np.float32))


def displayed(shown: View, kind: str, draw: Draw) -> Medium:
    """Light from pixels: a grid that beats with the camera's, a cold or glaring picture, reflections, a bezel."""
    pixels = gamut(shown.pixels, draw, black=(0, 60), white=(200, 300), saturation=(0.8, 1.5)).astype(np.float32)
    pixels *= np.array([draw(0.95, 1.25), draw(0.92, 1.1), draw(0.75, 1.05)], np.float32)
    if draw.chance(0.9 if filling(kind) else 0.35):
        pixels *= grid(pixels.shape[:2], draw)
    if draw.chance(0.8 if filling(kind) else 0.25):
        pixels *= beats(pixels.shape[:2], draw)
    if draw.chance(0.5):
        reflection = draw.colour(0, 60)
        pixels = pixels * np.float32(1 - draw(0, 0.25)) + reflection
    for _ in range(draw.random.integers(0, 3)):
        add_light(pixels, draw, draw(60, 255), draw(0.01, 0.15), draw(1, 5))
    view = View(np.clip(pixels, 0, 255).astype(np.uint8), shown.box)
    sides, ends = (int(draw(a, b) * pixels.shape[1]) for a, b in ((0.01, 0.08), (0.02, 0.2)))
    casing = np.full(3, draw(0, 45)) if draw.chance(0.8) else np.full(3, draw(170, 250))
    view = framed(view, sides, ends, casing)
    return Medium(view, rounded(view.pixels.shape[:2], draw(0, 0.1)))


def gamut(pixels: np.ndarray, draw: Draw, black: tuple, white: tuple, saturation: tuple) -> np.ndarray:
    """Into the range between the medium's black and white, with another gamma and saturation."""
    low, high = draw(*black), draw(*white)
    x = (pixels.astype(np.float32) / 255) ** np.float32(draw(0.7, 1.4))
    grey = cv2.cvtColor(x, cv2.COLOR_BGR2GRAY)[:, :, None]
    x = grey + (x - grey) * np.float32(draw(*saturation))
    tint = draw.colour(-10, 10)
    return np.clip(low + x * (high - low) + tint, 0, 255).astype(np.uint8)


def waves(shape: tuple[int, int], period: float, angle: float, phase: float) -> np.ndarray:
    """Cosines -1 to 1 of straight waves."""
    along, across = np.arange(shape[0], dtype=np.float32)[:, None], np.arange(shape[1], dtype=np.float32)[None]
    turn = np.float32(2 * np.pi / period)
    return np.cos(across * (turn * np.cos(angle)) + along * (turn * np.sin(angle)) + np.float32(phase))


def halftone(pixels: np.ndarray, face: float, draw: Draw) -> np.ndarray:
    """Dots of three inks, each screen turned by its own angle."""
    period, share, hard = face * draw(0.012, 0.05), np.float32(draw(0.1, 0.6)), np.float32(draw(0.02, 0.06))
    period = max(1.6, period)
    start = draw(0, np.pi)
    planes = []
    for plane, angle in zip(cv2.split(pixels.astype(np.float32)), (0.0, 1.31, 0.26)):
        dots = waves(pixels.shape[:2], period, start + angle, 0) + waves(pixels.shape[:2], period, start + angle + 1.571, 0)
        inked = 255 / (1 + np.exp(np.clip((128 + 60 * dots - plane) * hard, -30, 30)))
        planes.append(plane * (1 - share) + inked * share)
    return np.clip(cv2.merge(planes), 0, 255).astype(np.uint8)


def grid(shape: tuple[int, int], draw: Draw) -> np.ndarray:
    """Stripes of red, green and blue and the gaps between rows; where they are finer than pixels they beat."""
    period, depth = draw(1.2, 4.5), np.float32(draw(0.03, 0.3))
    angle = draw.random.normal(0, 0.08)
    columns = [waves(shape, period, angle, phase) for phase in (0, 2.094, 4.189)]
    rows = waves(shape, period, angle + 1.571, 0)
    return 1 + depth * (0.7 * np.stack(columns, 2) + 0.3 * rows[:, :, None])


def beats(shape: tuple[int, int], draw: Draw) -> np.ndarray:
    """Moire: broad, curved, slightly coloured waves."""
    period, angle, bend = shape[1] * draw(0.015, 0.15), draw(0, np.pi), draw(0, 6)
    along, across = np.arange(shape[0], dtype=np.float32)[:, None], np.arange(shape[1], dtype=np.float32)[None]
    u = (across * np.cos(angle) + along * np.sin(angle)) * (2 * np.pi / period)
    v = (along * np.cos(angle) - across * np.sin(angle)) / shape[1]
    phase = u + bend * v * v * 6
    depth = draw(0.01, 0.12)
    return np.stack([1 + np.float32(depth) * np.cos(phase + draw(0, 2)) for _ in range(3)], 2).astype(np.float32)


def framed(view: View, sides: int, ends: int, colour: np.ndarray) -> View:
    pixels = cv2.copyMakeBorder(
        view.pixels, ends, ends, sides, sides, cv2.BORDER_CONSTANT, value=np.clip(colour, 0, 255).tolist()
    )
    return View(pixels, view.box + np.array([sides, ends, 0, 0]))


def rounded(shape: tuple[int, int], radius: float) -> np.ndarray:
    """1 inside a rectangle with round corners, `radius` in widths."""
    height, width = shape
    r = max(1, int(radius * width))
    opaque = np.zeros(shape, np.float32)
    cv2.rectangle(opaque, (r, 0), (width - 1 - r, height - 1), 1, -1)
    cv2.rectangle(opaque, (0, r), (width - 1, height - 1 - r), 1, -1)
    for corner in ((r, r), (width - 1 - r, r), (r, height - 1 - r), (width - 1 - r, height - 1 - r)):
        cv2.circle(opaque, corner, r, 1, -1)
    return opaque


def bent(view: View, draw: Draw) -> View:
    """Paper that curves around an axis, with the shading that this makes."""
    height, width = view.pixels.shape[:2]
    upright = draw.chance(0.7)
    length = width if upright else height
    t = np.linspace(-1, 1, length, dtype=np.float32)
    middle, depth = draw.random.uniform(-0.5, 0.5), draw(0.1, 0.6) * draw.random.choice([-1, 1])
    away = (t - middle) ** 2
    shift = np.float32(0.12 * abs(depth)) * (t - middle) * (1 - away) * length
    shade = (1 + np.float32(0.5 * depth) * (t - middle)).clip(0.4, 1.4)
    across, along = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lift = np.float32(0.08 * depth) * away * length
    if upright:
        across, along, shade = across + shift[None], along + lift[None], shade[None, :, None]
    else:
        across, along, shade = across + lift[:, None], along + shift[:, None], shade[:, None, None]
    pixels = cv2.remap(view.pixels, across, along, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return View(np.clip(pixels * shade, 0, 255).astype(np.uint8), view.box)


def place(medium: Medium, scene: np.ndarray, kind: str, draw: Draw) -> View:
    """The medium before the scene, seen at an angle; so close that its edges are out of sight where it fills the view."""
    height, width = scene.shape[:2]
    fills = filling(kind)
    box, (h, w) = medium.view.box, medium.view.pixels.shape[:2]
    scale = width * draw(0.25, 0.55) / box[2]
    centre = np.array([draw(0.38, 0.62), draw(0.38, 0.62)]) * (width, height)
    if fills:
        scale = max(scale, 1.02 * width / w, 1.02 * height / h)
    elif draw.chance(0.7):
        scale = min(scale, width * draw(0.7, 1.1) / w)
    quad = _seen(w, h, box, scale, centre, 0.02 if fills else 0.06, draw)
    if fills:
        quad = _covering(quad, width, height)
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, quad.astype(np.float32)).astype(np.float64)
    border = cv2.BORDER_REPLICATE if fills else cv2.BORDER_CONSTANT
    view = medium.view.mapped(matrix, width, height, warped(medium.view.pixels, matrix, width, height))
    opaque = np.ones((height, width), np.float32) if fills else warped(medium.opaque, matrix, width, height, border)
    canvas = scene.astype(np.float32)
    if not fills and draw.chance(0.7):
        canvas *= 1 - np.float32(draw(0, 0.6)) * cv2.GaussianBlur(opaque, (0, 0), draw(2, 12))[:, :, None]
    pixels = canvas + (view.pixels - canvas) * opaque[:, :, None]
    if kind == "hand-held photo" or (not fills and draw.chance(0.4)):
        fingers(pixels, quad, draw)
    return View(np.clip(pixels, 0, 255).astype(np.uint8), view.box)


def _seen(w: int, h: int, box: np.ndarray, scale: float, centre: np.ndarray, tilt: float, draw: Draw) -> np.ndarray:
    """Corners of the medium on the canvas, its face at `centre`, turned and in perspective."""
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64) - (box[:2] + box[2:] / 2)
    angle = draw.random.normal(0, 0.8 * tilt + 0.02)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    away = 1 + draw.random.normal(0, tilt, 2) @ (corners / max(w, h)).T
    return (corners @ turn.T) * scale / away[:, None] + centre


def _covering(quad: np.ndarray, width: int, height: int) -> np.ndarray:
    """Moves a medium that should fill the view so that it does as far as it can."""
    low = np.maximum(quad[0], [quad[3][0], quad[1][1]])
    high = np.minimum(quad[2], [quad[1][0], quad[3][1]])
    shift = np.maximum(0, np.array([width, height]) - high) - np.maximum(0, low)
    return quad + shift


def fingers(pixels: np.ndarray, quad: np.ndarray, draw: Draw) -> None:
    """Draws, in place, what is seen of a hand that holds the medium at its edges."""
    width = pixels.shape[1]
    skin = np.array([90, 120, 170], np.float32) * np.float32(draw(0.5, 1.3)) + draw.colour(-15, 15)
    for _ in range(draw.random.integers(1, 3)):
        side = draw.random.integers(4)
        start, end = quad[side], quad[(side + 1) % 4]
        inward = quad.mean(0) - (start + end) / 2
        inward /= np.hypot(*inward) + 1e-6
        for finger in range(draw.random.integers(1, 5)):
            at = start + (end - start) * (draw.random.uniform(0.15, 0.85) + 0.02 * finger)
            long, broad = width * draw(0.05, 0.14), width * draw(0.02, 0.045)
            angle = np.degrees(np.arctan2(inward[1], inward[0])) + draw.random.normal(0, 15)
            shade = (skin * np.float32(draw(0.85, 1.1))).tolist()
            cv2.ellipse(pixels, (at - inward * long * 0.4).astype(int).tolist(), (int(long), int(broad)), angle, 0, 360, shade, -1, cv2.LINE_AA)
