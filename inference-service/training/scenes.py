"""Pictures to teach a detector with: faces of all sizes before and beside all kinds of things, and none at all.

Nothing here says where the faces are: the teacher is shown the same pictures. All pictures are BGR bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from crops import held_out
from faces import Detector

WHOLE = 0.3  # of the scenes are one picture as a caller sends it
EMPTY = 0.15  # of the scenes have no face; the others are put together from several pictures
SMALLEST = 8  # width of a face in pixels
SKIN = np.array([0.78, 0.9, 1.12], np.float32)  # what grey faces are tinted with


@dataclass(frozen=True)
class Portrait:
    """A picture with a face, and the face's box (x, y, width, height) in it."""

    pixels: np.ndarray
    box: np.ndarray


def portraits(shared: Path, held: bool, boxes: Path) -> list[Portrait]:
    """Pictures in which the teacher finds a face, of the persons for training or of those held out.

    `boxes` is a file that keeps what the teacher found from one start to the next.
    """
    colour = sorted((shared / "faces/portraits-color-225").glob("*.jpg"))
    news = sorted((shared / "faces/news-gray-160").glob("*.jpg"))
    files = [file for file in colour if held_out(file.stem) == held]
    files += [file for file in news if held_out(file.stem.rsplit("_", 1)[0]) == held]
    if not boxes.exists():
        detector = Detector(shared / "models")
        found = {file.name: detector(cv2.imread(str(file))) for file in files}
        boxes.write_text(json.dumps({name: faces[0].box.tolist() for name, faces in found.items() if faces}))
    kept = json.loads(boxes.read_text())
    return [Portrait(cv2.imread(str(file)), np.array(kept[file.name])) for file in files if file.name in kept]


class Scenes:
    """Draws scenes of any size, for ever."""

    def __init__(self, people: list[Portrait], backgrounds: list[np.ndarray], seed: int):
        self.people, self.backgrounds = people, backgrounds
        self.coloured = [i for i, person in enumerate(people) if person.pixels.shape[0] != person.pixels.shape[1]]
        self.random = np.random.default_rng(seed)

    def batch(self, count: int, height: int, width: int) -> np.ndarray:
        return np.stack([self.scene(height, width) for _ in range(count)])

    def scene(self, height: int, width: int) -> np.ndarray:
        kind = self.random.random()
        if kind < WHOLE:
            canvas = self._whole(height, width)
        else:
            canvas = self._background(height, width)
            if kind < 1 - EMPTY:
                self._fill(canvas)
        return self.degrade(canvas)

    def _person(self) -> Portrait:
        """Coloured ones half of the time, although there are few."""
        random = self.random
        i = random.choice(self.coloured) if random.random() < 0.5 else random.integers(len(self.people))
        person = self.people[i]
        if i not in self.coloured and random.random() < 0.6:
            gains = SKIN * random.uniform(0.85, 1.15, 3) if random.random() < 0.7 else random.uniform(0.6, 1.3, 3)
            tinted = np.clip(person.pixels * gains.astype(np.float32), 0, 255).astype(np.uint8)
            person = Portrait(tinted, person.box)
        if random.random() < 0.5:
            x, y, w, h = person.box
            flipped = np.ascontiguousarray(person.pixels[:, ::-1])
            person = Portrait(flipped, np.array([person.pixels.shape[1] - x - w, y, w, h]))
        return person

    def _whole(self, height: int, width: int) -> np.ndarray:
        """One picture, or a part of it, in the top left corner, with nothing beside it, as the service sets it."""
        random = self.random
        pixels = self._person().pixels
        if random.random() < 0.3:
            h, w = pixels.shape[:2]
            top, left = (int(random.uniform(0, 0.3) * side) for side in (h, w))
            bottom, right = (int(random.uniform(0.7, 1) * side) for side in (h, w))
            pixels = pixels[top:bottom, left:right]
        fit = min(height / pixels.shape[0], width / pixels.shape[1])
        scale = fit * (1 if random.random() < 0.7 else np.exp(random.uniform(np.log(0.15), 0)))
        pixels = resized(pixels, scale)[:height, :width]
        canvas = np.zeros((height, width, 3), np.uint8)
        canvas[: pixels.shape[0], : pixels.shape[1]] = pixels
        return canvas

    def _fill(self, canvas: np.ndarray) -> None:
        """Several people, large and small, some behind others, some half outside."""
        random = self.random
        height, width = canvas.shape[:2]
        for _ in range(random.integers(2, 11)):
            room = min(height, width)
            least, most = (SMALLEST, 0.35 * room) if random.random() < 0.55 else (0.12 * room, 0.9 * room)
            side = np.exp(random.uniform(np.log(least), np.log(most)))
            centre = random.uniform(-0.05, 1.05, 2) * (width, height)
            self._paste(canvas, self._person(), side, centre)

    def _paste(self, canvas: np.ndarray, person: Portrait, side: float, centre: np.ndarray) -> None:
        """The person, its face `side` pixels wide with the middle at `centre`, turned, with or without surroundings."""
        random = self.random
        scale = side / person.box[2]
        pixels = resized(person.pixels, scale)
        x, y, w, h = person.box * scale
        mask = self._mask(pixels.shape[:2], (x, y, w, h))
        if random.random() < 0.15:
            self._occlude(pixels, (x, y, w, h))
        angle = float(np.clip(random.normal(0, 16), -40, 40)) if random.random() < 0.7 else 0.0
        matrix = cv2.getRotationMatrix2D((x + w / 2, y + h / 2), angle, 1)
        matrix[:, 2] += centre - (x + w / 2, y + h / 2)
        # Only the part of the canvas that the turned picture can reach is touched.
        reach = int(np.ceil(np.hypot(*pixels.shape[:2])))
        left, top = np.maximum(np.floor(centre - reach), 0).astype(int)
        right, bottom = np.minimum(np.ceil(centre + reach), canvas.shape[1::-1]).astype(int)
        if right <= left or bottom <= top:
            return
        matrix[:, 2] -= left, top
        size = (int(right - left), int(bottom - top))
        warped = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR)
        cover = cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_LINEAR)[:, :, None]
        part = canvas[top:bottom, left:right]
        part[:] = (part + (warped.astype(np.float32) - part) * cover).astype(np.uint8)

    def _mask(self, shape: tuple[int, int], box) -> np.ndarray:
        """1 where the picture covers what is behind it: all of it, all but its border, or the head alone."""
        height, width = shape
        kind = self.random.random()
        mask = np.zeros(shape, np.float32)
        if kind < 0.35:
            mask[:] = 1
        elif kind < 0.6:
            border = max(1, int(0.06 * min(shape)))
            mask[border : height - border, border : width - border] = 1
            mask = cv2.blur(mask, (border, border))
        else:
            x, y, w, h = box
            grown = self.random.uniform(0.6, 0.95)
            axes = (int(grown * w), int(grown * h))
            cv2.ellipse(mask, (int(x + w / 2), int(y + h / 2)), axes, 0, 0, 360, 1.0, -1)
            soft = max(1, int(0.1 * w))
            mask = cv2.blur(mask, (soft, soft))
        return mask

    def _occlude(self, pixels: np.ndarray, box) -> None:
        """A bar or a patch over part of the face, or the face blurred away."""
        random = self.random
        x, y, w, h = (int(n) for n in box)
        x, y = max(x, 0), max(y, 0)
        if random.random() < 0.3:
            face = pixels[y : y + h, x : x + w]
            face[:] = cv2.blur(face, (max(1, w // 2), max(1, h // 2)))
            return
        top = y + int(random.uniform(-0.2, 0.8) * h)
        left = x + int(random.uniform(-0.2, 0.8) * w)
        bottom, right = top + int(random.uniform(0.15, 0.5) * h), left + int(random.uniform(0.2, 1.2) * w)
        pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = random.integers(0, 256, 3)

    def _background(self, height: int, width: int) -> np.ndarray:
        kind = self.random.random()
        if kind < 0.5 and self.backgrounds:
            return self._part(self.backgrounds[self.random.integers(len(self.backgrounds))], height, width)
        if kind < 0.7:
            return self._clothes(height, width)
        return self._pattern(height, width)

    def _part(self, picture: np.ndarray, height: int, width: int) -> np.ndarray:
        """A part of a picture of any size, turned over at random."""
        random = self.random
        most = min(picture.shape[0] / height, picture.shape[1] / width)
        scale = most * np.exp(random.uniform(np.log(0.15), 0))
        h, w = max(2, int(height * scale)), max(2, int(width * scale))
        top, left = random.integers(0, picture.shape[0] - h + 1), random.integers(0, picture.shape[1] - w + 1)
        part = cv2.resize(picture[top : top + h, left : left + w], (width, height), interpolation=cv2.INTER_AREA)
        return np.ascontiguousarray(part[:: random.choice((-1, 1)), :: random.choice((-1, 1))])

    def _clothes(self, height: int, width: int) -> np.ndarray:
        """What portraits show below and beside the face, as tiles."""
        random = self.random
        rows, columns = random.integers(1, 4, 2)
        canvas = np.empty((height, width, 3), np.uint8)
        for row in range(rows):
            for column in range(columns):
                tile = canvas[
                    height * row // rows : height * (row + 1) // rows,
                    width * column // columns : width * (column + 1) // columns,
                ]
                person = self.people[random.choice(self.coloured)]
                below = int(min(person.box[1] + 1.05 * person.box[3], 0.8 * person.pixels.shape[0]))
                beside = int(max(person.box[0], 8))
                around = person.pixels[below:] if random.random() < 0.6 else person.pixels[:, :beside]
                tile[:] = cv2.resize(around, tile.shape[1::-1])
        return canvas

    def _pattern(self, height: int, width: int) -> np.ndarray:
        """Tones, gradients, noise of all grains, and figures with hard edges, circles and dots among them."""
        random = self.random
        grain = int(2 ** random.uniform(1, 6))
        coarse = random.uniform(0, 255, (grain, grain, 3 if random.random() < 0.7 else 1)).astype(np.float32)
        contrast = random.uniform(0, 1)
        coarse = coarse * contrast + random.uniform(0, 255, coarse.shape[2]) * (1 - contrast)
        canvas = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        canvas = np.clip(canvas.reshape(height, width, -1), 0, 255).astype(np.uint8)
        canvas = np.broadcast_to(canvas, (height, width, 3)).copy()
        if random.random() < 0.6:
            for _ in range(random.integers(1, 30)):
                self._figure(canvas)
        return canvas

    def _figure(self, canvas: np.ndarray) -> None:
        random = self.random
        height, width = canvas.shape[:2]
        colour = [int(n) for n in random.integers(0, 256, 3)]
        at, to = ([int(n) for n in random.uniform(0, 1, 2) * (width, height)] for _ in range(2))
        size = int(np.exp(random.uniform(np.log(3), np.log(width / 3))))
        thick = int(random.choice((-1, 1, 2, 4)))
        kind = random.integers(4)
        if kind == 0:
            cv2.ellipse(canvas, at, (size, int(size * random.uniform(0.6, 1.5))), 0, 0, 360, colour, thick)
        elif kind == 1:
            cv2.rectangle(canvas, at, to, colour, thick)
        elif kind == 2:
            cv2.line(canvas, at, to, colour, abs(thick))
        else:
            text = "".join(chr(n) for n in random.integers(33, 127, 8))
            cv2.putText(canvas, text, at, int(random.integers(0, 8)), size / 20, colour, abs(thick))

    def degrade(self, canvas: np.ndarray) -> np.ndarray:
        """Light, colour, blur, noise, JPEG and an empty border, each now and then."""
        random = self.random
        height, width = canvas.shape[:2]
        if random.random() < 0.6:
            table = np.arange(256, dtype=np.float32)[:, None]
            table = (table - 127.5) * random.uniform(0.5, 1.4) + 127.5 + random.uniform(-50, 50)
            table = table * random.uniform(0.85, 1.15, 3) if random.random() < 0.4 else np.repeat(table, 3, 1)
            table = 255 * (np.clip(table, 0, 255) / 255) ** random.uniform(0.6, 1.6)
            canvas = cv2.LUT(canvas, np.ascontiguousarray(table.astype(np.uint8)[:, None, :]))
        if random.random() < 0.15:
            canvas = cv2.cvtColor(cv2.cvtColor(canvas, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        if random.random() < 0.12:
            canvas = cv2.GaussianBlur(canvas, (0, 0), random.uniform(0.4, 2))
        if random.random() < 0.15:
            noise = random.standard_normal((height, width, 1 if random.random() < 0.5 else 3), np.float32)
            canvas = np.clip(canvas + noise * np.float32(random.uniform(2, 16)), 0, 255).astype(np.uint8)
        if random.random() < 0.2:
            coded = cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(20, 90))])[1]
            canvas = cv2.imdecode(coded, cv2.IMREAD_COLOR)
        if random.random() < 0.15:
            canvas = np.ascontiguousarray(canvas)
            canvas[height - random.integers(1, 33) :] = 0
        if random.random() < 0.15:
            canvas[:, width - random.integers(1, 33) :] = 0
        return canvas


def resized(picture: np.ndarray, scale: float) -> np.ndarray:
    """A copy; shrunk by averaging areas, enlarged bilinearly."""
    size = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
