"""What cameras, codecs and people do to an aligned face, and mixtures of faces, for teaching by function matching."""

from __future__ import annotations

import cv2
import numpy as np

from crops import SIDE, Crops

OUT = 112
COLOURED = 0.15  # of a batch are drawn from the few coloured crops
TINTED = 0.35  # of the grey crops borrow the colours of a portrait


def tinted(grey: np.ndarray, coloured: np.ndarray) -> np.ndarray:
    """Lightness of one picture, chroma of another of the same sides."""
    lab = cv2.cvtColor(coloured, cv2.COLOR_RGB2LAB)
    lab[:, :, 0] = grey[:, :, 0]
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


class Augmenter:
    """Draws batches of augmented faces: n x 112 x 112 x 3, RGB, bytes."""

    def __init__(self, crops: Crops, seed: int):
        self.crops = crops
        self.random = np.random.default_rng(seed)
        self.grey = np.flatnonzero(~crops.colour)
        self.coloured = np.flatnonzero(crops.colour)

    def batch(self, size: int) -> np.ndarray:
        random = self.random
        drawn = np.where(
            random.random(size) < COLOURED, random.choice(self.coloured, size), random.choice(self.grey, size)
        )
        faces = np.stack([self._face(i) for i in drawn]).astype(np.float32)
        self._mix(faces)
        self._cut(faces)
        self._light(faces)
        for i in range(size):
            self._degrade(faces, i)
        return np.clip(np.rint(faces), 0, 255).astype(np.uint8)

    def _face(self, i: int) -> np.ndarray:
        picture = self.crops.pixels[i]
        if not self.crops.colour[i] and self.random.random() < TINTED:
            picture = self._tint(picture)
        elif self.crops.colour[i] and self.random.random() < 0.3:
            picture = np.repeat(picture.mean(2, keepdims=True).astype(np.uint8), 3, 2)
        return self._shift(picture)

    def _tint(self, grey: np.ndarray) -> np.ndarray:
        """Lightness of the face, chroma of a portrait that lies over it because both are aligned."""
        return tinted(grey, self.crops.pixels[self.random.choice(self.coloured)])

    def _shift(self, picture: np.ndarray) -> np.ndarray:
        """A little rotation, scale and shift around the template, and a flip."""
        random = self.random
        angle, scale = random.normal(0, 4), np.exp(random.normal(0, 0.05))
        matrix = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), angle, scale)
        matrix[:, 2] += (OUT - SIDE) / 2 + random.normal(0, 2.5, 2)
        if random.random() < 0.5:
            matrix[0] *= -1
            matrix[0, 2] += OUT - 1
        return cv2.warpAffine(picture, matrix, (OUT, OUT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def _mix(self, faces: np.ndarray) -> None:
        """Mixtures of two faces for half of the batch."""
        random = self.random
        weight = np.where(random.random(len(faces)) < 0.5, random.uniform(0.3, 1, len(faces)), 1.0).astype(np.float32)
        weight = weight[:, None, None, None]
        faces[:] = weight * faces + (1 - weight) * faces[random.permutation(len(faces))]

    def _cut(self, faces: np.ndarray) -> None:
        """A rectangle of another face, or of one tone, for a quarter of the batch."""
        random = self.random
        other = faces[random.permutation(len(faces))].copy()
        for i in np.flatnonzero(random.random(len(faces)) < 0.25):
            h, w = random.integers(16, 80, 2)
            y, x = random.integers(0, OUT - h), random.integers(0, OUT - w)
            part = other[i, y : y + h, x : x + w]
            faces[i, y : y + h, x : x + w] = part if random.random() < 0.6 else random.uniform(0, 255)

    def _light(self, faces: np.ndarray) -> None:
        """Contrast, brightness, gamma and the colour of the light."""
        random, n = self.random, len(faces)
        mean = faces.mean((1, 2, 3), keepdims=True)
        contrast = random.uniform(0.65, 1.35, (n, 1, 1, 1)).astype(np.float32)
        faces[:] = (faces - mean) * contrast + mean + random.uniform(-35, 35, (n, 1, 1, 1)).astype(np.float32)
        chosen = random.random((n, 1, 1, 1)) < 0.4
        cast = np.where(chosen, random.uniform(0.85, 1.15, (n, 1, 1, 3)), 1).astype(np.float32)
        faces[:] = np.clip(faces * cast, 0, 255)
        gamma = np.where(random.random((n, 1, 1, 1)) < 0.3, random.uniform(0.6, 1.6, (n, 1, 1, 1)), 1)
        bent = np.flatnonzero(gamma.ravel() != 1)
        faces[bent] = 255 * (faces[bent] / 255) ** gamma[bent].astype(np.float32)

    def _degrade(self, faces: np.ndarray, i: int) -> None:
        """Low resolution, blur, noise and JPEG of a square of any side."""
        random = self.random
        face = faces[i]
        whole = len(face)
        if random.random() < 0.25:
            side = int(random.integers(24, 96)) * whole // OUT
            face = cv2.resize(cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA), (whole, whole))
        if random.random() < 0.12:
            face = cv2.GaussianBlur(face, (0, 0), random.uniform(0.5, 2.5))
        if random.random() < 0.2:
            channels = 1 if random.random() < 0.5 else 3
            noise = random.standard_normal((whole, whole, channels), np.float32)
            face = face + noise * np.float32(random.uniform(2, 14))
        if random.random() < 0.2:
            coded = np.clip(face, 0, 255).astype(np.uint8)
            data = cv2.imencode(".jpg", coded, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(20, 90))])[1]
            face = cv2.imdecode(data, cv2.IMREAD_COLOR).astype(np.float32)
        faces[i] = face


class Spoiler(Augmenter):
    """Draws single faces spoilt by anything from nothing to beyond recognition, and says which crops they were."""

    def spoilt(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """Faces n x 112 x 112 x 3, RGB, bytes, and the rows of their crops."""
        random = self.random
        drawn = random.choice(np.flatnonzero(self._has_others()), size)
        faces = np.stack([self._face(i) for i in drawn]).astype(np.float32)
        for chance, spoil in ((0.3, self._cut), (0.5, self._light), (0.25, self._expose)):
            chosen = random.random(size) < chance
            part = faces[chosen]
            if len(part):
                spoil(part)
                faces[chosen] = part
        for i in np.flatnonzero(random.random(size) < 0.75):
            self._degrade_hard(faces, i)
        return np.clip(np.rint(faces), 0, 255).astype(np.uint8), drawn

    def _has_others(self) -> np.ndarray:
        _, inverse, counts = np.unique(self.crops.persons, return_inverse=True, return_counts=True)
        return counts[inverse] > 1

    def _expose(self, faces: np.ndarray) -> None:
        """Far too dark, far too bright, or flat."""
        random, n = self.random, len(faces)
        gain = np.exp(random.uniform(-2.2, 1.1, (n, 1, 1, 1))).astype(np.float32)
        flat = np.where(random.random((n, 1, 1, 1)) < 0.5, random.uniform(0.05, 1, (n, 1, 1, 1)), 1)
        faces[:] = np.clip(np.rint(((faces - 128) * flat.astype(np.float32) + 128) * gain), 0, 255)

    def _degrade_hard(self, faces: np.ndarray, i: int) -> None:
        random = self.random
        if random.random() < 0.6:
            side = int(np.exp(random.uniform(np.log(8), np.log(90))))
            faces[i] = cv2.resize(cv2.resize(faces[i], (side, side), interpolation=cv2.INTER_AREA), (OUT, OUT))
        if random.random() < 0.3:
            self._drag(faces, i)
        if random.random() < 0.3:
            faces[i] = cv2.GaussianBlur(faces[i], (0, 0), random.uniform(0.5, 7))
        if random.random() < 0.3:
            faces[i] += random.standard_normal((OUT, OUT, 3), np.float32) * np.float32(random.uniform(2, 60))
        if random.random() < 0.3:
            self._degrade(faces, i)

    def _drag(self, faces: np.ndarray, i: int) -> None:
        """Motion blur in any direction."""
        length, angle = int(self.random.integers(3, 25)), self.random.uniform(0, 180)
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1
        turn = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), angle, 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        faces[i] = cv2.filter2D(faces[i], -1, kernel / max(kernel.sum(), 1e-6), borderType=cv2.BORDER_REPLICATE)
