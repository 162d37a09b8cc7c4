"""Makes pictures of persons who do not exist, for the demo and for tests.

Each person is the average of seven or eight official portraits in the public domain (members of the US Congress),
aligned by five points; no portrait weighs more than a quarter. The three pictures of a person differ in weights, pose,
place, size, light and compression. Of many candidate persons, those are kept that pass every check of the service, that
are unlike each other, and that would match none of the portraits.

    python composites.py make --shared ../../../shared --out ../../deploy/local/src/main/resources/demo
    python composites.py measure --shared ../../../shared --out ../../deploy/local/src/main/resources/demo

Both print what `README.md` beside the pictures says of them. The same seed gives the same pictures.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from faces import Detector, Embedder, Face, Liveness, align

WIDTH, HEIGHT = 480, 640
# Eyes, nose and corners of the mouth of a face in the middle of the picture, 88 pixels between the eyes.
POINTS = np.array([[196, 272], [284, 272], [240, 326], [204, 372], [276, 372]], float)
PERSONS, VARIANTS = 6, 3
MAX_WEIGHT = 1 / 4
MAX_BYTES = 40 * 1024


@dataclass(frozen=True)
class Portrait:
    """A frontal portrait, aligned on the canvas, and its embedding."""

    picture: np.ndarray
    vector: np.ndarray


@dataclass(frozen=True)
class Limits:
    """What a picture must reach; stricter than the service's own limits."""

    detection: float = 0.9
    liveness: float = 0.8
    same: float = 0.70  # smallest cosine of two pictures of one person
    other: float = 0.32  # largest cosine of two persons
    portrait: float = 0.43  # largest cosine of a picture and a portrait: no match at FMR 1e-4


@dataclass(frozen=True)
class Judged:
    """What the networks say of a picture; None where no single face is found."""

    face: Face
    liveness: float
    vector: np.ndarray
    framed: bool


class Judge:
    """The service's networks and its framing rules (decision H9)."""

    def __init__(self, models: Path):
        self.detector, self.embedder, self.liveness = Detector(models), Embedder(models), Liveness(models)

    def __call__(self, picture: np.ndarray) -> Judged | None:
        found = self.detector(picture)
        if len(found) != 1:
            return None
        face = found[0]
        return Judged(face, self.liveness(picture, face), self.embedder(picture, face), framed(face))


def framed(face: Face) -> bool:
    x, y, width, height = face.box
    eyes = np.linalg.norm(face.points[1] - face.points[0])
    share = height / min(WIDTH, HEIGHT)
    aside, below = abs((x + width / 2) / WIDTH - 0.5), abs((y + height / 2) / HEIGHT - 0.5)
    return 0.25 <= share <= 0.70 and aside <= 0.15 and below <= 0.15 and eyes >= 66


def portraits(folder: Path, detector: Detector, embedder: Embedder) -> Iterator[Portrait]:
    """The portraits that look straight ahead and are lit evenly enough to be averaged."""
    for file in sorted(folder.glob("*.jpg")):
        picture = cv2.imread(str(file))
        found = detector(picture)
        if len(found) != 1:
            continue
        left, right, nose = found[0].points[:3]
        across = right - left
        aside = np.dot(nose - (left + right) / 2, across) / np.dot(across, across)
        colourless = np.abs(picture.astype(int) - picture.mean(2, keepdims=True)).mean() < 4
        if abs(aside) > 0.08 or colourless:
            continue
        aligned = align(
            picture, found[0].points, POINTS, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        yield Portrait(aligned, embedder(picture, found[0]))


def weights(count: int, random: np.random.Generator) -> np.ndarray:
    """Nearly equal shares, none above a quarter."""
    shares = 1 + random.uniform(-0.25, 0.25, count)
    shares /= shares.sum()
    assert shares.max() <= MAX_WEIGHT
    return shares


def blend(members: list[Portrait], shares: np.ndarray) -> np.ndarray:
    """The weighted average, each portrait first brought to the brightness and contrast that they have together."""
    pictures = np.array([member.picture for member in members], np.float32)
    mean = pictures.mean((1, 2), keepdims=True)
    spread = pictures.std((1, 2), keepdims=True)
    levelled = (pictures - mean) / spread * spread.mean(0) + mean.mean(0)
    return np.tensordot(shares, levelled, 1)


def vary(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Another moment before the same camera: light, pose, distance and place, then the sharpening of a camera."""
    warm = random.uniform(0.96, 1.04)
    picture = picture * random.uniform(0.9, 1.1) * np.array([1 / warm, 1, warm], np.float32) + random.uniform(-8, 8)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), random.uniform(-5, 5), random.uniform(0.92, 1.08))
    turn[:, 2] += random.uniform(-15, 15, 2)
    moved = cv2.warpAffine(picture, turn, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    sharp = moved + 0.9 * (moved - cv2.GaussianBlur(moved, (0, 0), 1.4))
    return np.clip(sharp + random.normal(0, 1.2, sharp.shape), 0, 255).astype(np.uint8)


def encode(picture: np.ndarray, quality: int) -> bytes:
    """JPEG of at most 40 KiB; the quality goes down until it fits."""
    while True:
        data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        if len(data) <= MAX_BYTES:
            return data
        quality -= 2


def decode(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def choose(vectors: np.ndarray, random: np.random.Generator) -> list[int]:
    """Seven or eight portraits of people who look somewhat alike."""
    first = random.integers(len(vectors))
    alike = np.argsort(-vectors @ vectors[first])[1:31]
    return [int(first), *random.choice(alike, random.integers(6, 8), replace=False).tolist()]


def pictures(members: list[Portrait], random: np.random.Generator) -> Iterator[bytes]:
    """Pictures of the person who is the average of the portraits, made one by one as they are asked for."""
    for _ in range(VARIANTS):
        picture = vary(blend(members, weights(len(members), random)), random)
        yield encode(picture, int(random.integers(80, 90)))


def acceptable(judged: Judged | None, known: np.ndarray, limits: Limits) -> bool:
    return (
        judged is not None
        and judged.framed
        and judged.face.score >= limits.detection
        and judged.liveness >= limits.liveness
        and (known @ judged.vector).max() <= limits.portrait
    )


def passing(
    candidates: Iterator[bytes], judge: Judge, known: np.ndarray, limits: Limits
) -> tuple[list[bytes], np.ndarray] | None:
    """The pictures and their embeddings if all pass and are alike; the first that fails ends it."""
    files, vectors = [], []
    for data in candidates:
        judged = judge(decode(data))
        if not acceptable(judged, known, limits):
            return None
        files.append(data)
        vectors.append(judged.vector)
    vectors = np.array(vectors)
    return (files, vectors) if (vectors @ vectors.T).min() >= limits.same else None


def persons(pool: list[Portrait], judge: Judge, seed: int, limits: Limits) -> list[list[bytes]]:
    """The first six acceptable candidates that share no portrait and are unlike each other."""
    random = np.random.default_rng(seed)
    known = np.array([portrait.vector for portrait in pool])
    kept: list[list[bytes]] = []
    used: set[int] = set()
    seen = np.empty((0, known.shape[1]))
    for attempt in range(5000):
        chosen = choose(known, random)
        if used.intersection(chosen):
            continue
        found = passing(pictures([pool[i] for i in chosen], random), judge, known, limits)
        if found is None or len(seen) and (found[1] @ seen.T).max() > limits.other:
            continue
        kept.append(found[0])
        used.update(chosen)
        seen = np.concatenate([seen, found[1]])
        print(f"person {len(kept)} at attempt {attempt + 1}: {len(chosen)} portraits", flush=True)
        if len(kept) == PERSONS:
            return kept
    raise SystemExit("too few candidates pass; other limits or another seed may help")


def report(folder: Path, judge: Judge, pool: list[Portrait]) -> None:
    files = [folder / f"person{p + 1}_{v + 1}.jpg" for p in range(PERSONS) for v in range(VARIANTS)]
    judged = [judge(cv2.imread(str(file))) for file in files]
    print("picture        bytes  detection  eyes px  height %  liveness  framed")
    for file, j in zip(files, judged):
        if j is None:
            raise SystemExit(f"{file} does not show exactly one face")
        eyes = np.linalg.norm(j.face.points[1] - j.face.points[0])
        height = j.face.box[3] / min(WIDTH, HEIGHT) * 100
        size = file.stat().st_size
        print(f"{file.name:13} {size:6} {j.face.score:10.2f} {eyes:8.0f} {height:9.0f} {j.liveness:9.2f}  {j.framed}")
    vectors = np.array([j.vector for j in judged if j])
    cosines = vectors @ vectors.T
    owner = np.arange(len(files)) // VARIANTS
    same = (owner[:, None] == owner) & ~np.eye(len(files), dtype=bool)
    other = owner[:, None] != owner
    known = np.array([portrait.vector for portrait in pool])
    print(f"same person: cosine {cosines[same].min():.3f} to {cosines[same].max():.3f}")
    print(f"other person: cosine {cosines[other].min():.3f} to {cosines[other].max():.3f}")
    print(f"most like a portrait: cosine {(vectors @ known.T).max():.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["make", "measure"])
    parser.add_argument("--shared", type=Path, required=True, help="folder with models/ and faces/")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    judge = Judge(arguments.shared / "models")
    folder = arguments.shared / "faces" / "portraits-color-225"
    pool = list(portraits(folder, judge.detector, judge.embedder))
    print(f"{len(pool)} portraits look straight ahead")
    if arguments.action == "make":
        arguments.out.mkdir(parents=True, exist_ok=True)
        for p, files in enumerate(persons(pool, judge, arguments.seed, Limits())):
            for v, data in enumerate(files):
                (arguments.out / f"person{p + 1}_{v + 1}.jpg").write_bytes(data)
    report(arguments.out, judge, pool)


if __name__ == "__main__":
    main()
