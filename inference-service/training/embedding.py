"""Trains the embedding: a student that answers as its teacher does on every picture that both are shown.

Knowledge distillation as function matching (Beyer et al., 2022): teacher and student see the very same augmented
pictures, most of them mixtures. Besides the final vector the student learns the teacher's maps after each stage; at
first every stage is fed the teacher's maps, so that all stages learn at once, and then more and more its own.

    python embedding.py --shared ../../../shared --crops crops.npz --out run/ --samples 1000000
    python embedding.py --crops crops.npz --out run/ --ship

A run can be stopped at any time and goes on from `run/checkpoint.pt`. `--minutes` ends it by the clock; the rate falls
to nothing over the last `--cooldown` of the run, however it ends. `--ship` writes what was learned as a built-in bundle,
calibrated on the persons held out, and on all pictures where those are too few pairs.
"""

from __future__ import annotations

import argparse
import copy
import json
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import bundle
import checkpoints
import crops
from augment import Augmenter
from calibration import decimal, histograms, table
from faces import EMBEDDER, IMAGENET_MEAN, IMAGENET_STD
from muon import optimizers
from networks import FaceEmbedding, parameters
from teachers import MOBILEFACENET_STAGES, stages_session
from verification import summary

FED_ALONE = 30_000  # samples in which stages are fed the teacher's maps only
FED_PARTLY = 100_000  # samples after which they are fed their own only
WARM_UP = 4_000


class Teacher:
    """MobileFaceNet in ONNX Runtime: maps of its stages and unit vectors for RGB bytes."""

    def __init__(self, models: Path, threads: int):
        self.network = stages_session(models / EMBEDDER, MOBILEFACENET_STAGES, threads)
        self.input = self.network.get_inputs()[0].name

    def __call__(self, faces: np.ndarray) -> list[torch.Tensor]:
        planes = ((faces.astype(np.float32) - IMAGENET_MEAN) / IMAGENET_STD).transpose(0, 3, 1, 2)
        outputs = [self.network.run(None, {self.input: plane[None]}) for plane in np.ascontiguousarray(planes)]
        return [torch.from_numpy(np.concatenate(parts)) for parts in zip(*outputs)]


class Batches(threading.Thread):
    """Augments and asks the teacher while the student learns."""

    def __init__(self, augmenter: Augmenter, teacher: Teacher, size: int):
        super().__init__(daemon=True)
        self.augmenter, self.teacher, self.size = augmenter, teacher, size
        self.ready: queue.Queue = queue.Queue(3)

    def run(self) -> None:
        while True:
            faces = self.augmenter.batch(self.size)
            self.ready.put((faces, self.teacher(faces)))


def planes(faces: np.ndarray) -> torch.Tensor:
    """Bytes n x h x w x 3 as the student reads them."""
    tensor = torch.from_numpy(np.ascontiguousarray(faces)).permute(0, 3, 1, 2).float()
    return ((tensor - 127.5) / 127.5).contiguous(memory_format=torch.channels_last)


def mix(own: torch.Tensor, taught: torch.Tensor, share: float) -> torch.Tensor:
    """The student's maps, replaced by the teacher's for a share of the samples."""
    if share <= 0:
        return own
    return torch.where(torch.rand(len(own), 1, 1, 1) < share, taught.to(own.dtype), own)


def loss(student: FaceEmbedding, x: torch.Tensor, taught: list[torch.Tensor], fed: float) -> tuple:
    """Loss to minimise, mean cosine to the teacher, and the share of the maps' variance left unexplained."""
    *maps, vectors = taught
    unexplained = []
    with torch.autocast("cpu", torch.bfloat16):
        for stage, target in zip(student.stages, maps):
            x = stage(x)
            error = (x.float() - target).square().mean((0, 2, 3))
            unexplained.append((error / (target.var((0, 2, 3)) + 1e-4)).mean())
            x = mix(x, target, fed)
        own = student.head(x)
    own, vectors = F.normalize(own.float()), F.normalize(vectors)
    cosine = (own * vectors).sum(1).mean()
    relation = (own @ own.T - vectors @ vectors.T).square().mean()
    return 4 * (1 - cosine) + 20 * relation + 0.5 * sum(unexplained), cosine, unexplained


def embed(network: torch.nn.Module, faces: np.ndarray) -> np.ndarray:
    """Unit vectors of aligned faces."""
    network.eval()
    with torch.no_grad():
        return torch.cat(
            [F.normalize(network(planes(faces[i : i + 64]))) for i in range(0, len(faces), 64)]
        ).numpy()


class Run:
    """A training with its state on disk."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        self.student = FaceEmbedding().to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.student)
        self.optimizers = optimizers(self.student, options.lr, options.fine_lr)
        self.file = options.out / "checkpoint.pt"
        options.out.mkdir(parents=True, exist_ok=True)
        self.modules = {"student": self.student, "average": self.average}
        self.seen = checkpoints.resume(self.file, self.modules, self.optimizers)
        held = crops.load(options.crops, held=True)
        self.held = held.inner()[~held.colour], held.persons[~held.colour]
        trained = crops.load(options.crops, held=False)
        print(f"{parameters(self.student):,} parameters; {len(trained.pixels)} crops to learn from", flush=True)
        augmenter = Augmenter(trained, options.seed + self.seen)
        self.batches = Batches(augmenter, Teacher(options.shared / "models", 1), options.batch)

    def learn(self) -> None:
        options, start, first = self.options, time.time(), self.seen
        self.batches.start()
        shown = saved = time.time()
        while (progress := self._progress(start, first)) < 1:
            self._step(progress)
            if time.time() - shown > options.show:
                shown = time.time()
                self._show(start, first, progress)
            if time.time() - saved > options.evaluate:
                saved = time.time()
                self._evaluate()
        self._evaluate()

    def _progress(self, start: float, first: int) -> float:
        by_samples = (self.seen - first) / self.options.samples
        by_clock = (time.time() - start) / 60 / self.options.minutes if self.options.minutes else 0
        return max(by_samples, by_clock)

    def _step(self, progress: float) -> None:
        rate = min(1, self.seen / WARM_UP, (1 - progress) / self.options.cooldown) if self.options.cooldown else 1
        for optimizer, lr in zip(self.optimizers, (self.options.lr, self.options.fine_lr)):
            for group in optimizer.param_groups:
                group["lr"] = lr * max(rate, 1e-3)
        faces, taught = self.batches.ready.get()
        fed = min(1, max(0, (FED_PARTLY - self.seen) / (FED_PARTLY - FED_ALONE)))
        self.student.train()
        total, self.cosine, self.unexplained = loss(self.student, planes(faces), taught, fed)
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        total.backward()
        for optimizer in self.optimizers:
            optimizer.step()
        self.seen += len(faces)
        checkpoints.follow(self.average, self.student, self.seen, self.options.batch)

    def _show(self, start: float, first: int, progress: float) -> None:
        elapsed = time.time() - start
        left = elapsed * (1 - progress) / max(progress, 1e-6)
        print(
            f"{self.seen:>9,} samples  {(self.seen - first) / elapsed:5.1f}/s  {left / 60:5.0f} min left"
            f"  cosine {self.cosine.item():.4f}  unexplained "
            + " ".join(f"{u.item():.3f}" for u in self.unexplained),
            flush=True,
        )

    def _evaluate(self) -> None:
        checkpoints.save(self.file, self.modules, self.optimizers, self.seen)
        result = {"seen": self.seen, **summary(embed(self.average, self.held[0]), self.held[1])}
        print("  held out: " + json.dumps({k: round(v, 4) for k, v in result.items()}), flush=True)
        with open(self.options.out / "curve.jsonl", "a") as curve:
            curve.write(json.dumps(result) + "\n")


def calibrated(network: torch.nn.Module, file: Path) -> tuple[dict[str, float], ...]:
    """Rows of cosine, score and false match rate. Portraits count as a set of their own, one person each."""
    held, learned = crops.load(file, held=True), crops.load(file, held=False)
    vectors = [embed(network, part.inner()) for part in (held, learned)]
    persons = [held.persons, learned.persons]
    colour = np.concatenate([held.colour, learned.colour])
    everybody, names = np.concatenate(vectors), np.concatenate(persons)
    sets = [
        histograms(vectors[0][~held.colour], held.persons[~held.colour])[0],
        histograms(everybody[~colour], names[~colour])[0],
        histograms(everybody[colour], names[colour])[0],
    ]
    return tuple(
        {"cosine": float(c), "score": float(decimal(s, 4)), "fmr": float(decimal(f, 3))} for c, s, f in table(sets)
    )


def ship(options: argparse.Namespace) -> None:
    """Writes the averaged weights as the built-in bundle."""
    torch.set_num_threads(options.threads)
    network = FaceEmbedding().to(memory_format=torch.channels_last)
    network.load_state_dict(torch.load(options.out / "checkpoint.pt", map_location="cpu")["average"])
    description = bundle.Description(
        stem="face_embedding",
        task="embedding",
        architecture="arcface",
        description="128 numbers that tell people apart; trained by this project as a student of MobileFaceNet.",
        licence="Apache-2.0",
        source="https://github.com/foamliu/MobileFaceNet (the teacher; inference-service/training/embedding.py)",
        width=112,
        height=112,
        colour="RGB",
        mean=(127.5, 127.5, 127.5),
        std=(127.5, 127.5, 127.5),
        outputs=("embedding",),
        calibration=calibrated(network.eval(), options.crops),
    )
    print(bundle.write(network, description))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ship", action="store_true", help="write the bundle instead of training")
    parser.add_argument("--shared", type=Path, help="folder with models/; only training needs it")
    parser.add_argument("--crops", type=Path, required=True, help="file of crops.py")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--samples", type=int, default=1_000_000, help="to see in this run")
    parser.add_argument("--minutes", type=float, help="most minutes of this run")
    parser.add_argument("--cooldown", type=float, default=0.3, help="last part of the run with a falling rate, 0 to 1")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=0.02, help="of Muon")
    parser.add_argument("--fine-lr", type=float, default=0.002, help="of AdamW")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=float, default=15, help="seconds between lines of progress")
    parser.add_argument("--evaluate", type=float, default=300, help="seconds between evaluations and checkpoints")
    options = parser.parse_args()
    if options.ship:
        ship(options)
    else:
        Run(options).learn()


if __name__ == "__main__":
    main()
