"""What cameras, codecs and people do to an aligned face, and mixtures of faces, for teaching by function matching."""

from __future__ import annotations

import cv2
import numpy as np

from crops import SIDE, Crops

OUT = 112
COLOURED = 0.15  # of a batch are drawn from the few coloured crops
TINTED = 0.35  # of the grey crops borrow the colours of a portrait


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
        lab = cv2.cvtColor(self.crops.pixels[self.random.choice(self.coloured)], cv2.COLOR_RGB2LAB)
        lab[:, :, 0] = grey[:, :, 0]
        return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)

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
        """Low resolution, blur, noise and JPEG."""
        random = self.random
        face = faces[i]
        if random.random() < 0.25:
            side = int(random.integers(24, 96))
            face = cv2.resize(cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA), (OUT, OUT))
        if random.random() < 0.12:
            face = cv2.GaussianBlur(face, (0, 0), random.uniform(0.5, 2.5))
        if random.random() < 0.2:
            channels = 1 if random.random() < 0.5 else 3
            noise = random.standard_normal((OUT, OUT, channels), np.float32)
            face = face + noise * np.float32(random.uniform(2, 14))
        if random.random() < 0.2:
            coded = np.clip(face, 0, 255).astype(np.uint8)
            data = cv2.imencode(".jpg", coded, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(20, 90))])[1]
            face = cv2.imdecode(data, cv2.IMREAD_COLOR).astype(np.float32)
        faces[i] = face
