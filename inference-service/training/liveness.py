"""Trains the liveness network on people before a camera and on synthetic recapture of them.

The label is known by construction. The MiniFASNet pair sees the same pictures, and a second answer of the student learns
to say what the pair says; its maps learn from MiniFASNetV2's. So what the pair knows of real attacks reaches the student's
features, while its mistakes on synthetic pictures weigh little: a quarter of the second answer is added to the first.

    python liveness.py train --shared ../../../shared --pictures pictures.npz --out run/
    python liveness.py ship --shared ../../../shared --pictures pictures.npz --out run/
    python liveness.py evaluate --shared ../../../shared --pictures pictures.npz --bundle MODELS/NAME/REVISION

Making samples and learning can both be stopped at any time and go on from `run/`. `--minutes` ends a slice of either;
the exit status is 75 then, and 0 after the last slice. Each slice of the learning ends with the evaluation.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from torch import nn

import bundle
import minifasnet
import pictures
import runs
import shards
from faces import LIVENESS, Detector, Face, session
from networks import FaceLiveness, parameters
from recapture import LIVE
from stage import Draw
from teachers import exported_session
from views import KINDS, LIVES, SCALES, SIDE, Scenes, crops, label, scenes

PIECE = 500
SMOOTHING = 0.04
SHARE = 0.25  # of the student's second answer, the pair's, in the shipped one
TRUST = 0.3  # in the pair's opinion against the label by construction
VIEWS = 120  # of each kind, in the evaluation
EVALUATED, CALIBRATED = 1 << 20, 1 << 21  # seeds
DESCRIPTION = bundle.Description(
    stem="face_liveness",
    task="liveness",
    architecture="minifasnet",
    description="Experimental: tells live faces from prints and screens; trained by this project from random numbers.",
    licence="Apache-2.0",
    source="https://github.com/minivision-ai/Silent-Face-Anti-Spoofing "
    "(the teacher; inference-service/training/liveness.py)",
    width=SIDE,
    height=SIDE,
    colour="BGR",
    mean=(0.0, 0.0, 0.0),
    std=(1.0, 1.0, 1.0),
    outputs=("logits",),
    thresholds={"score": 0.5},
    crop_scale=SCALES[0],
)


class Teacher:
    """The MiniFASNet pair: probabilities of both and the last maps of the one that sees what the student sees."""

    def __init__(self, models: Path):
        v2 = minifasnet.read(models / LIVENESS / "2.7_80x80_MiniFASNetV2.pth")
        v1se = minifasnet.read(models / LIVENESS / "4_0_0_80x80_MiniFASNetV1SE.pth")
        example = torch.zeros(2, 3, SIDE, SIDE)

        def with_maps(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            maps = minifasnet.maps(x, v2)
            return maps, F.softmax(minifasnet.judged(maps, v2), 1)

        self.near = exported_session(with_maps, example)
        self.far = exported_session(lambda x: F.softmax(minifasnet.logits(x, v1se), 1), example)

    def __call__(self, near: np.ndarray, far: np.ndarray) -> shards.Samples:
        """For crops n x 80 x 80 x 3 of the scales 2.7 and 4.0."""
        maps, first = self.near.run(None, {"input": planes(near)})
        (second,) = self.far.run(None, {"input": planes(far)})
        return {"maps": maps.astype(np.float16), "near": first, "far": second}


def planes(crops: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(crops.transpose(0, 3, 1, 2), np.float32)


def drawn(source: Scenes, kinds: list[str], draw: Draw, teacher: Teacher) -> shards.Samples:
    """One sample of each of the kinds."""
    pairs = [source.crops(source.view(kind, draw), draw) for kind in kinds]
    near, far = (np.stack(part) for part in zip(*pairs))
    kind = np.array([KINDS.index(kind) for kind in kinds], np.int64)
    labels = np.array([label(kind) for kind in kinds], np.int64)
    return {"crop": near, "kind": kind, "label": labels, **teacher(near, far)}


def make(options: argparse.Namespace, teacher: Teacher) -> bool:
    """Makes the samples to learn from; whether all are there."""
    if all((options.out / f"samples/{i:05}.npz").exists() for i in range(options.samples // PIECE)):
        return True
    source = scenes(options.shared, options.pictures, held=False)
    shares = [0.27, 0.1, 0.13] + [0.5 / 6] * 6

    def piece(i: int) -> shards.Samples:
        draw = Draw([options.seed, i], held=False)
        return drawn(source, draw.random.choice(KINDS, PIECE, p=shares).tolist(), draw, teacher)

    return shards.fill(options.out / "samples", options.samples // PIECE, piece, options.minutes)


def student_planes(crops: torch.Tensor) -> torch.Tensor:
    return crops.permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)


class Learner(runs.Learner):
    """The student, with an answer of its own for each teacher and a matrix from its maps to MiniFASNetV2's."""

    def __init__(self, samples: shards.Samples):
        super().__init__()
        self.network = FaceLiveness()
        some = samples["maps"][:2000].astype(np.float32)
        self.register_buffer("mean", torch.from_numpy(some.mean((0, 2, 3))).view(1, -1, 1, 1))
        self.register_buffer("std", torch.from_numpy(some.std((0, 2, 3)) + 1e-3).view(1, -1, 1, 1))
        self.maps = nn.Conv2d(128, 128, 1)
        self.pair = nn.Linear(FaceLiveness.WIDTH, 6)

    def loss(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        x, taught = student_planes(batch["crop"]), (batch["maps"].float() - self.mean) / self.std
        mirrored = torch.rand(len(x), 1, 1, 1) < 0.5
        x, taught = torch.where(mirrored, x.flip(3), x), torch.where(mirrored, taught.flip(3), taught)
        x = x * torch.empty(len(x), 1, 1, 1).uniform_(0.9, 1.1)
        with torch.autocast("cpu", torch.bfloat16):
            maps = self.network.stages(self.network.scaled(x))
            hints = self.maps(maps).float()
            features = self.network.pooled(maps).float()
        own, (near, far) = self.network.head(features), self.pair(features).split(3, 1)
        return {
            "label": F.cross_entropy(own, target(batch), label_smoothing=SMOOTHING),
            "pair": 0.5 * (divergence(near, batch["near"]) + divergence(far, batch["far"])),
            "maps": 0.5 * F.mse_loss(hints, taught),
        }


def target(batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """The label, with `TRUST` of the pair's opinion where the face has surroundings as the pair expects them."""
    certain = F.one_hot(batch["label"], 3).float()
    live = (batch["near"][:, LIVE] + batch["far"][:, LIVE]) / 2
    attack = torch.where((batch["label"] == LIVE)[:, None], 0.5 * (1 - certain), certain)
    said = attack * (1 - live)[:, None]
    said[:, LIVE] = live
    trust = torch.where((batch["kind"] > KINDS.index("tight")) | (batch["kind"] == KINDS.index("before a room")), TRUST, 0)
    return certain + trust[:, None] * (said - certain)


def divergence(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return F.kl_div(F.log_softmax(logits, 1), target, reduction="batchmean")


Judging = Callable[[np.ndarray], np.ndarray]  # of crops n x 80 x 80 x 3, BGR, bytes, to n x 3 probabilities


def judged(network: nn.Module, crops: np.ndarray) -> np.ndarray:
    network.eval()
    with torch.no_grad():
        parts = [network(student_planes(torch.from_numpy(crops[i : i + 64]))) for i in range(0, len(crops), 64)]
    return torch.cat(parts).softmax(1).numpy()


def shipped_judged(network: onnxruntime.InferenceSession, crops: np.ndarray) -> np.ndarray:
    logits = [network.run(None, {"input": planes(crops[i : i + 64])})[0] for i in range(0, len(crops), 64)]
    return torch.from_numpy(np.concatenate(logits)).softmax(1).numpy()


def errors(live: np.ndarray, kinds: np.ndarray) -> dict[str, float]:
    """Shares of bona fide views refused (BPCER) and of attacks accepted (APCER) at 0.5, and ACER with the worst of them."""
    shares = {}
    for i in np.unique(kinds):
        wrong = live[kinds == i] < 0.5 if KINDS[i] in LIVES else live[kinds == i] >= 0.5
        shares[KINDS[i]] = round(float(wrong.mean()), 4)
    apcer = max(share for kind, share in shares.items() if kind not in LIVES)
    bpcer = float((live[kinds < len(LIVES)] < 0.5).mean())
    return {**shares, "BPCER": round(bpcer, 4), "worst APCER": apcer, "ACER": round((bpcer + apcer) / 2, 4)}


class Evaluation:
    """Held-out persons, rooms and ranges of attacks, and whole photographs; with what the pair says of the same."""

    def __init__(self, options: argparse.Namespace, teacher: Teacher, views: int = VIEWS):
        source = scenes(options.shared, options.pictures, held=True)
        self.held = drawn(source, list(KINDS) * views, Draw([EVALUATED], held=True), teacher)
        self.photos = photographs(options.shared)
        near, far = (np.stack(part) for part in zip(*self.photos.values()))
        answers = teacher(near, far)
        self.pair = (answers["near"][:, LIVE] + answers["far"][:, LIVE]) / 2

    def teachers(self) -> dict:
        pair = (self.held["near"][:, LIVE] + self.held["far"][:, LIVE]) / 2
        return {"held out": errors(pair, self.held["kind"]), "photos": self._named(self.pair)}

    def __call__(self, judge: Judging) -> dict:
        held = judge(self.held["crop"])[:, LIVE]
        photos = judge(np.stack([near for near, _ in self.photos.values()]))[:, LIVE]
        return {"held out": errors(held, self.held["kind"]), "photos": self._named(photos)}

    def _named(self, live: np.ndarray) -> dict[str, float]:
        return {name: round(float(score), 3) for name, score in zip(self.photos, live)}


def refused_portraits(options: argparse.Namespace, judge: Judging) -> dict[str, float]:
    """BPCER of held-out portraits as they are, without colour, and shrunk to a face of 40 pixels."""
    held = pictures.load(options.pictures, held=True, colour=True)
    spoilt = {
        "coloured": lambda p, _: (p, 1.0),
        "grey": lambda p, _: (np.repeat(p.mean(2, keepdims=True), 3, 2).astype(np.uint8), 1.0),
        "small": lambda p, box: (cv2.resize(p, None, fx=40 / box[2], fy=40 / box[2]), 40 / box[2]),
    }
    shares = {}
    for name, spoil in spoilt.items():
        found = [(spoil(p[:, :, ::-1], box), box) for p, box in zip(held.pixels, held.boxes)]
        near = [crops(p, Face(box * scale, 1, np.empty(0)))[0] for (p, scale), box in found]
        shares[name] = round(float((judge(np.stack(near))[:, LIVE] < 0.5).mean()), 4)
    return shares


def photographs(shared: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Crops of the largest face of each photograph that shows one person."""
    detector, cut = Detector(shared / "models"), {}
    for file in sorted((shared / "photos").glob("*")):
        picture = None if file.name.startswith(("noface", "group")) else cv2.imread(str(file))
        found = detector(picture) if picture is not None and file.suffix != ".jp2" else []
        if found:
            cut[file.name] = crops(picture, found[0])
    return cut


def train(options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(options.threads)
    teacher = Teacher(options.shared / "models")
    if not make(options, teacher):
        raise SystemExit(runs.UNFINISHED)
    samples = shards.load(options.out / "samples", options.samples // PIECE)
    learner = Learner(samples)
    print(f"{parameters(learner.network):,} parameters; {len(samples['crop']):,} samples to learn from", flush=True)
    evaluation = Evaluation(options, teacher, views=30)
    if not runs.Run(learner, samples, lambda network: evaluation(partial(judged, network)), options).learn():
        raise SystemExit(runs.UNFINISHED)


def calibrated(network: FaceLiveness, options: argparse.Namespace, teacher: Teacher) -> FaceLiveness:
    """Shifts the logit of being live so that as many views are refused as attacks are accepted at 0.5.

    Measured on new views of the persons and in the ranges of the training: the evaluation is not looked at.
    """
    source = scenes(options.shared, options.pictures, held=False)
    views = drawn(source, list(KINDS) * (VIEWS // 2), Draw([CALIBRATED], held=False), teacher)
    shares = judged(network, views["crop"])[:, LIVE].astype(np.float64)
    logit, live = np.log(shares / (1 - shares)), views["kind"] < len(LIVES)
    thresholds = np.linspace(*np.quantile(logit, (0.01, 0.99)), 999)
    balance = [abs((logit[live] < at).mean() - (logit[~live] >= at).mean()) for at in thresholds]
    shift = float(thresholds[int(np.argmin(balance))])
    print(f"the logit of being live is lowered by {shift:.3f}")
    with torch.no_grad():
        network.head.bias[LIVE] -= shift
    return network


def joined(out: Path) -> FaceLiveness:
    """The trained network, whose logits have `SHARE` of what the student says in the pair's place added to them.

    Both answers are linear in the same numbers, so that their sum is one matrix again.
    """
    network = runs.trained(FaceLiveness(), out)
    learner = torch.load(out / "checkpoint.pt", map_location="cpu")["learner"]
    with torch.no_grad():
        network.head.weight += SHARE * learner["pair.weight"].view(2, 3, -1).mean(0)
        network.head.bias += SHARE * learner["pair.bias"].view(2, 3).mean(0)
    return network


def ship(options: argparse.Namespace) -> None:
    print(bundle.write(calibrated(joined(options.out), options, Teacher(options.shared / "models")), DESCRIPTION))


def evaluate(options: argparse.Namespace) -> None:
    network, teacher = session(options.bundle / f"{DESCRIPTION.stem}.onnx"), Teacher(options.shared / "models")
    evaluation = Evaluation(options, teacher)
    print(json.dumps({"own": evaluation(partial(shipped_judged, network)), "pair": evaluation.teachers()}, indent=1))
    print("portraits refused:", refused_portraits(options, partial(shipped_judged, network)))
    picture = np.zeros((1, 3, SIDE, SIDE), np.float32)
    rates = [runs.faces_per_second(each, picture) for each in (network, teacher.near, teacher.far)]
    print(f"faces a processor second: own {rates[0]:.0f}, the pair {1 / (1 / rates[1] + 1 / rates[2]):.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train", help="starts a run or goes on with it")
    training.set_defaults(run=train)
    training.add_argument("--samples", type=int, default=14_000, help="to make, in steps of 500")
    runs.arguments(training)
    shipping = commands.add_parser("ship", help="calibrates and writes the built-in bundle from a run")
    shipping.set_defaults(run=ship)
    judging = commands.add_parser("evaluate", help="measures a bundle, and the pair, on held-out persons and attacks")
    judging.set_defaults(run=evaluate)
    judging.add_argument("--bundle", type=Path, required=True, help="folder of the bundle")
    for command in (training, shipping, judging):
        command.add_argument("--shared", type=Path, required=True, help="folder with models/ and photos/")
        command.add_argument("--pictures", type=Path, required=True, help="file of pictures.py")
    for command in (training, shipping):
        command.add_argument("--out", type=Path, required=True, help="folder of the run")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
