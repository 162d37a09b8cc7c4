"""Trains the detector: a student that answers as YuNet does, cell by cell, on every scene that both are shown.

Nothing is labelled: scenes of `scenes.py` go to teacher and student alike (function matching, Beyer et al., 2022).
Everywhere the student learns how sure the teacher is; where the teacher sees a face, also its box and five points; and
at first also the teacher's maps between its stages, each stage being fed the teacher's so that all learn at once.
Scenes without a face in which the student saw one are shown again.

    python detector.py train --shared ../../../shared --backgrounds scenery/ --out run/ --samples 60000
    python detector.py ship --out run/

A run can be stopped at any time and goes on from `run/checkpoint.pt`. `--minutes` ends it by the clock; the rate falls
to nothing over the last `--cooldown` of it, however it ends.
"""

from __future__ import annotations

import argparse
import copy
import json
import queue
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

import bundle
import checkpoints
import detection
from faces import DETECTOR
from muon import optimizers
from networks import FaceDetector, parameters
from scenes import Scenes, portraits
from teachers import stages_session

# Tensors of YuNet's file: after its stages, joins (coarse first) and heads (fine first), as FaceDetector.maps has them.
YUNET_MAPS = ("216", "232", "241", "250", "259", "263", "273", "283", "287", "291", "295")
SHAPES = ((8, 320, 320),) * 3 + ((16, 224, 224), (32, 160, 160), (8, 256, 384), (10, 320, 256), (2, 640, 640))
FED_ALONE, FED_PARTLY = 4_000, 14_000  # scenes in which stages are fed the teacher's maps only; none any more
HINTS, HINTED = 0.5, 60_000  # weight of the teacher's maps in the loss at the start; scenes after which it is nothing
WARM_UP = 500
RECALLED = 1 / 8  # of a batch are scenes in which the student erred
ERRED = 0.3  # by this much of the score
BACKGROUNDS = ("noface-coffee.png", "noface-rocket.jpg", "noface-brick.png")  # of photos/; the others are for tests

DESCRIPTION = bundle.Description(
    stem="face_detector",
    task="detector",
    architecture="yunet",
    description="Faces and five points; trained by this project from random numbers, taught by YuNet.",
    licence="Apache-2.0",
    source="https://github.com/ShiqiYu/libfacedetection.train (the teacher; inference-service/training/detector.py)",
    width=320,
    height=320,
    colour="BGR",
    mean=(0.0, 0.0, 0.0),
    std=(1.0, 1.0, 1.0),
    outputs=FaceDetector.OUTPUTS,
    fixed=False,
    thresholds={"score": 0.6},
)


@dataclass(frozen=True)
class Taught:
    """What the teacher has: its maps, and at each stride its answers n x cells x 16."""

    maps: list[torch.Tensor]
    answers: list[torch.Tensor]

    def scores(self) -> list[torch.Tensor]:
        return [level[:, :, 0].mul(level[:, :, 1]).sqrt() for level in self.answers]


class Teacher:
    """YuNet in ONNX Runtime, for BGR bytes."""

    def __init__(self, models: Path, spread: Path):
        """`spread` is a file that keeps how far each map's values spread, by which they are divided."""
        self.network = stages_session(models / DETECTOR, YUNET_MAPS, 1)
        self.file = spread
        self.spread = torch.load(spread) if spread.exists() else None
        self.outputs = [*YUNET_MAPS, *FaceDetector.OUTPUTS]

    def __call__(self, scenes: np.ndarray) -> Taught:
        rows = []
        for planes in np.ascontiguousarray(scenes.transpose(0, 3, 1, 2), np.float32):
            rows.append(self.network.run(self.outputs, {"input": planes[None]}))
        tensors = [torch.from_numpy(np.concatenate(parts)) for parts in zip(*rows)]
        count = len(YUNET_MAPS)
        answers = [torch.cat(tensors[count + stride :: 3], 2) for stride in range(3)]
        if self.spread is None:
            self.spread = [tensor.std((0, 2, 3), keepdim=True) for tensor in tensors[:count]]
            self.spread = [part.clamp(min=0.1 * part.mean().item()) for part in self.spread]
            torch.save(self.spread, self.file)
        return Taught([tensor / part for tensor, part in zip(tensors, self.spread)], answers)


class Batches(threading.Thread):
    """Draws scenes and asks the teacher while the student learns."""

    def __init__(self, scenes: Scenes, teacher: Teacher):
        super().__init__(daemon=True)
        self.scenes, self.teacher = scenes, teacher
        self.ready: queue.Queue = queue.Queue(3)
        self.erred = {shape: deque(maxlen=64) for shape in SHAPES}

    def run(self) -> None:
        while True:
            count, height, width = shape = SHAPES[self.scenes.random.integers(len(SHAPES))]
            pictures = self.scenes.batch(count, height, width)
            erred = list(self.erred[shape])
            for i in range(round(RECALLED * count) if erred else 0):
                pictures[i] = self.scenes.degrade(erred[self.scenes.random.integers(len(erred))][:, ::-1].copy())
            self.ready.put((shape, pictures, self.teacher(pictures)))


def planes(pictures: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)


def mix(own: torch.Tensor, taught: torch.Tensor, share: float) -> torch.Tensor:
    """The student's maps, replaced by the teacher's for a share of the scenes."""
    if share <= 0:
        return own
    return torch.where(torch.rand(len(own), 1, 1, 1) < share, taught.to(own.dtype), own)


def unexplained(own: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Share of the variance of the teacher's maps, whose spread is 1, that the student's do not explain."""
    return (own.float() - taught).square().mean()


def answers(
    student: FaceDetector, x: torch.Tensor, taught: Taught, fed: float
) -> tuple[list[torch.Tensor], torch.Tensor]:
    """The student's answers before the sigmoid, and what its maps leave unexplained."""
    with torch.autocast("cpu", torch.bfloat16):
        maps = student.maps(x, lambda i, own: mix(own, taught.maps[i], fed))
    hints = torch.stack([unexplained(own, target) for own, target in zip(maps, taught.maps)])
    features = [mix(own.float(), target, fed) for own, target in zip(maps[-3:], taught.maps[-3:])]
    return student.answers(features), hints


def sureness(own: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Cross-entropy to the teacher's probability, more where they differ (Li et al., generalized focal loss, 2020)."""
    distance = (own.sigmoid() - taught).abs().detach()
    return F.binary_cross_entropy_with_logits(own, taught, reduction="none") * (0.1 + distance)


def loss(own: list[torch.Tensor], taught: Taught) -> dict[str, torch.Tensor]:
    """Parts of the loss; distances are in units of the face, so that large and small ones count alike."""
    own_cells, cells = torch.cat(own, 1), torch.cat(taught.answers, 1)
    score = torch.cat(taught.scores(), 1)
    faces = (score > 0.3).sum().clamp(min=20)
    relevant = torch.maximum(cells[:, :, 1], own_cells[:, :, 1].sigmoid().detach())
    seen = (score.square() * (score > 0.1))[:, :, None]
    weight = seen.sum().clamp(min=5)
    size = cells[:, :, 4:6].sum(2, keepdim=True).mul(0.5).exp()
    away = F.smooth_l1_loss(own_cells[:, :, 2:], cells[:, :, 2:], reduction="none", beta=0.02)
    return {
        "obj": sureness(own_cells[:, :, 1], cells[:, :, 1]).sum() / faces,
        "cls": (sureness(own_cells[:, :, 0], cells[:, :, 0]) * relevant).sum() / faces,
        "centre": 4 * (seen * away[:, :, :2] / size).sum() / weight,
        "size": (seen * away[:, :, 2:4]).sum() / weight,
        "points": 4 * (seen * away[:, :, 4:] / size).sum() / weight,
    }


class Run:
    """A training with its state on disk."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        cv2.setNumThreads(1)
        self.student = FaceDetector().to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.student)
        self.optimizers = optimizers(self.student, options.lr, options.fine_lr)
        self.file = options.out / "checkpoint.pt"
        options.out.mkdir(parents=True, exist_ok=True)
        self.modules = {"student": self.student, "average": self.average}
        self.seen = checkpoints.resume(self.file, self.modules, self.optimizers)
        people = portraits(options.shared, held=False, boxes=options.out / "boxes.json")
        files = sorted(options.backgrounds.iterdir()) + [options.shared / "photos" / name for name in BACKGROUNDS]
        print(f"{parameters(self.student):,} parameters; {len(people)} people, {len(files)} backgrounds", flush=True)
        scenes = Scenes(people, [cv2.imread(str(file)) for file in files], options.seed + self.seen)
        self.batches = Batches(scenes, Teacher(options.shared / "models", options.out / "spread.pt"))

    def learn(self) -> None:
        options, start, first = self.options, time.time(), self.seen
        self.batches.start()
        shown = saved = time.time()
        while (progress := self._progress(start, first)) < 1:
            parts = self._step(progress)
            if time.time() - shown > options.show:
                shown = time.time()
                self._show(shown - start, self.seen - first, progress, parts)
            if time.time() - saved > options.evaluate:
                self._evaluate()
                saved = time.time()
        self._evaluate()

    def _progress(self, start: float, first: int) -> float:
        by_scenes = (self.seen - first) / self.options.samples
        by_clock = (time.time() - start) / 60 / self.options.minutes if self.options.minutes else 0
        return max(by_scenes, by_clock)

    def _step(self, progress: float) -> dict[str, torch.Tensor]:
        options = self.options
        rate = max(1e-3, min(1, (self.seen + 8) / WARM_UP, (1 - progress) / options.cooldown))
        for optimizer, lr in zip(self.optimizers, (options.lr, options.fine_lr)):
            for group in optimizer.param_groups:
                group["lr"] = lr * rate
        shape, pictures, taught = self.batches.ready.get()
        fed = min(1, max(0, (FED_PARTLY - self.seen) / (FED_PARTLY - FED_ALONE)))
        self.student.train()
        own, hints = answers(self.student, planes(pictures), taught, fed)
        parts = loss(own, taught)
        parts["hints"] = HINTS * max(0.0, 1 - self.seen / HINTED) * hints.sum()
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        sum(parts.values()).backward()
        for optimizer in self.optimizers:
            optimizer.step()
        self._recall(shape, pictures, own, taught)
        self.seen += len(pictures)
        checkpoints.follow(self.average, self.student, self.seen, len(pictures))
        self.unexplained = hints.detach()
        return parts

    @torch.no_grad()
    def _recall(self, shape: tuple, pictures: np.ndarray, own: list[torch.Tensor], taught: Taught) -> None:
        """Keeps the scenes in which the student is far too sure somewhere."""
        excess = torch.zeros(len(pictures))
        for level, score in zip(own, taught.scores()):
            mine = level[:, :, 0].sigmoid().mul(level[:, :, 1].sigmoid()).sqrt()
            excess = torch.maximum(excess, (mine - score).amax(1))
        for i in np.flatnonzero((excess > ERRED).numpy()):
            self.batches.erred[shape].append(pictures[i])

    def _show(self, elapsed: float, scenes: int, progress: float, parts: dict[str, torch.Tensor]) -> None:
        rate, left = scenes / elapsed, elapsed * (1 - progress) / max(progress, 1e-6) / 60
        losses = "  ".join(f"{name} {part.item():.3f}" for name, part in parts.items())
        hints = " ".join(f"{part:.2f}" for part in self.unexplained.tolist())
        print(f"{self.seen:>8,} scenes {rate:5.1f}/s {left:4.0f} min left  {losses}  unexplained {hints}", flush=True)

    def _evaluate(self) -> None:
        checkpoints.save(self.file, self.modules, self.optimizers, self.seen)
        file = self.options.out / "face_detector.onnx"
        bundle.to_onnx(bundle.folded(self.average), DESCRIPTION, file)
        result = {"seen": self.seen, **detection.summary(file, self.options.shared, most=100)}
        print("  held out: " + json.dumps(detection.rounded(result)), flush=True)
        with open(self.options.out / "curve.jsonl", "a") as curve:
            curve.write(json.dumps(result) + "\n")


def ship(options: argparse.Namespace) -> None:
    student = FaceDetector()
    student.load_state_dict(torch.load(options.out / "checkpoint.pt", map_location="cpu")["average"])
    print(bundle.write(student, DESCRIPTION))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    train = commands.add_parser("train", help="starts a run or goes on with it")
    train.set_defaults(run=lambda options: Run(options).learn())
    train.add_argument("--shared", type=Path, required=True, help="folder with models/, faces/ and photos/")
    train.add_argument("--backgrounds", type=Path, required=True, help="folder of pictures without people")
    train.add_argument("--samples", type=int, default=60_000, help="scenes to see in this run")
    train.add_argument("--minutes", type=float, help="most minutes of this run")
    train.add_argument("--cooldown", type=float, default=0.35, help="last part of the run with a falling rate, 0 to 1")
    train.add_argument("--lr", type=float, default=0.02, help="of Muon")
    train.add_argument("--fine-lr", type=float, default=0.002, help="of AdamW")
    train.add_argument("--threads", type=int, default=1)
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--show", type=float, default=20, help="seconds between lines of progress")
    train.add_argument("--evaluate", type=float, default=300, help="seconds between evaluations and checkpoints")
    deliver = commands.add_parser("ship", help="writes the built-in bundle from a run")
    deliver.set_defaults(run=ship)
    for command in (train, deliver):
        command.add_argument("--out", type=Path, required=True, help="folder of the run")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
