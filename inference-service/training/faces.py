"""The runtime's chain in Python: find faces, align by five points, embed, judge liveness.

The numbers agree with the service's Java code up to the rounding of pixels, so that what is measured here holds there.
Pictures are OpenCV arrays: height x width x 3, BGR, bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

STRIDES = (8, 16, 32)
# Where ArcFace puts eyes, nose and corners of the mouth in a picture of 112 x 112.
TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
DETECTOR = "ShiqiYu__libfacedetection.train/yunet_n_dynamic.onnx"
EMBEDDER = "foamliu__MobileFaceNet/MobileFaceNet.onnx"
LIVENESS = "minivision-ai__Silent-Face-Anti-Spoofing"
IMAGENET_MEAN = np.array([123.675, 116.28, 103.53], np.float32)
IMAGENET_STD = np.array([58.395, 57.12, 57.375], np.float32)


@dataclass(frozen=True)
class Face:
    """One found face: box (x, y, width, height), score 0 to 1 and five points (x, y) in pixels of the picture."""

    box: np.ndarray
    score: float
    points: np.ndarray


def session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Detector:
    """YuNet on pictures whose longer side is at most `side`; larger ones are shrunk first."""

    def __init__(self, models: Path, side: int = 320, threshold: float = 0.6, overlap: float = 0.3):
        self.network = session(models / DETECTOR)
        self.side, self.threshold, self.overlap = side, threshold, overlap

    def __call__(self, picture: np.ndarray) -> list[Face]:
        scale = min(1.0, self.side / max(picture.shape[:2]))
        if scale < 1:
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = (-(-n // 32) * 32 for n in picture.shape[:2])
        padded = np.zeros((height, width, 3), np.float32)
        padded[: picture.shape[0], : picture.shape[1]] = picture
        names = [f"{part}_{stride}" for part in ("cls", "obj", "bbox", "kps") for stride in STRIDES]
        output = dict(zip(names, self.network.run(names, {"input": padded.transpose(2, 0, 1)[None]})))
        boxes, scores, points = [], [], []
        for stride in STRIDES:
            score = np.sqrt(
                np.clip(output[f"cls_{stride}"].ravel(), 0, 1) * np.clip(output[f"obj_{stride}"].ravel(), 0, 1)
            )
            keep = np.flatnonzero(score >= self.threshold)
            columns = width // stride
            cell = np.stack([keep % columns, keep // columns], 1)
            box = output[f"bbox_{stride}"].reshape(-1, 4)[keep]
            size = np.exp(box[:, 2:]) * stride
            boxes.append(np.concatenate([(cell + box[:, :2]) * stride - size / 2, size], 1))
            scores.append(score[keep])
            points.append((output[f"kps_{stride}"].reshape(-1, 5, 2)[keep] + cell[:, None]) * stride)
        return self._largest_first(np.concatenate(boxes), np.concatenate(scores), np.concatenate(points), scale)

    def _largest_first(self, boxes, scores, points, scale) -> list[Face]:
        if not len(scores):
            return []
        kept = np.ravel(cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), self.threshold, self.overlap))
        faces = [Face(boxes[i] / scale, float(scores[i]), points[i] / scale) for i in kept]
        return sorted(faces, key=lambda face: -face.box[2] * face.box[3])


def similarity(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Rotation, scale and shift (2 x 3) that bring the source points closest to the target points."""
    a, b = source - source.mean(0), target - target.mean(0)
    norm = (a**2).sum()
    cos, sin = (a * b).sum() / norm, (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / norm
    matrix = np.array([[cos, -sin], [sin, cos]])
    return np.concatenate([matrix, (target.mean(0) - matrix @ source.mean(0))[:, None]], 1)


def align(picture: np.ndarray, points: np.ndarray, template: np.ndarray = TEMPLATE, size=(112, 112), **options):
    return cv2.warpAffine(picture, similarity(np.asarray(points, float), template), size, **options)


class Embedder:
    """MobileFaceNet: 128 numbers of unit length for an aligned face."""

    def __init__(self, models: Path, threads: int = 1):
        self.network = session(models / EMBEDDER, threads)

    def __call__(self, picture: np.ndarray, face: Face) -> np.ndarray:
        aligned = align(picture, face.points)[:, :, ::-1].astype(np.float32)
        planes = ((aligned - IMAGENET_MEAN) / IMAGENET_STD).transpose(2, 0, 1)[None]
        vector = self.network.run(None, {self.network.get_inputs()[0].name: planes})[0][0]
        return vector / np.linalg.norm(vector)


def crop(picture: np.ndarray, face: Face, scale: float, side: int = 80) -> np.ndarray:
    """The face with its surroundings: `scale` face boxes wide and high, moved where it would leave the picture."""
    height, width = picture.shape[:2]
    x, y, w, h = face.box
    scale = min((height - 1) / h, (width - 1) / w, scale)
    left = min(max(x + w / 2 - w * scale / 2, 0), width - w * scale)
    top = min(max(y + h / 2 - h * scale / 2, 0), height - h * scale)
    part = picture[int(top) : int(top + h * scale) + 1, int(left) : int(left + w * scale) + 1]
    return cv2.resize(part, (side, side))


class Liveness:
    """The pair of MiniFASNets; 1 is live, 0 a print or a screen."""

    def __init__(self, models: Path):
        import minifasnet

        folder = models / LIVENESS
        self.pair = [
            (2.7, minifasnet.load(folder / "2.7_80x80_MiniFASNetV2.pth")),
            (4.0, minifasnet.load(folder / "4_0_0_80x80_MiniFASNetV1SE.pth")),
        ]

    def __call__(self, picture: np.ndarray, face: Face) -> float:
        scores = []
        for scale, network in self.pair:
            planes = crop(picture, face, scale).astype(np.float32).transpose(2, 0, 1)[None]
            scores.append(network(planes)[0, 1])
        return float(np.mean(scores))
