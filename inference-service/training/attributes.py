"""Trains the attributes: age, gender, emotion and head pose from one small network that answers as four others do.

Knowledge distillation as function matching: a picture is turned, shifted, lit, spoilt or mixed with another, and from
the result the networks of face-api, two FSA-Nets and the student get the crops that each expects. The student also
learns the numbers from which face-api reads age, gender and emotion, through matrices that are not shipped.

    python attributes.py train --shared ../../../shared --pictures pictures.npz --out run/
    python attributes.py ship --out run/
    python attributes.py evaluate --shared ../../../shared --pictures pictures.npz --bundle MODELS/NAME/REVISION

Labelling and learning can both be stopped at any time and go on from `run/`. `--minutes` ends a slice of either; the
exit status is 75 then, and 0 after the last slice. Each slice of the learning ends with the evaluation.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from torch import nn

import bundle
import pictures
import runs
import shards
from attribute_teacher import SCALE, SCENE, WHOLE, Teacher
from augment import TINTED, Augmenter, tinted
from faces import session
from networks import FaceAttributes, parameters
from pictures import Pictures, cut

SIDE = 96
COLOURED = 0.2  # of the pieces' pictures
PIECE = 1_000
ANSWERS = ("age", "gender", "emotion", "pose")
DESCRIPTION = bundle.Description(
    stem="face_attributes",
    task="attributes",
    architecture="attributes",
    description="Age, gender, emotion and head pose; trained by this project from random numbers, taught by four others.",
    licence="Apache-2.0",
    source="https://github.com/vladmandic/face-api, https://github.com/omasaht/headpose-fsanet-pytorch "
    "(the teachers; inference-service/training/attributes.py)",
    width=SIDE,
    height=SIDE,
    colour="RGB",
    mean=(127.5, 127.5, 127.5),
    std=(127.5, 127.5, 127.5),
    outputs=ANSWERS,
    crop_scale=SCALE,
)
AGE_STEP, POSE_STEP = 5.0, 5.0  # years and degrees beyond which an error counts linearly


class Scenes(Augmenter):
    """Draws augmented scenes; faces with rare answers more often."""

    def __init__(self, faces: Pictures, clean: shards.Samples, seed: list[int]):
        super().__init__(faces, seed)
        top = clean["emotion"].argmax(1)
        rare = np.bincount(top, minlength=7)[top] ** -0.5
        self.weights = rare * (1 + np.abs(clean["pose"][:, 0]) / 20)

    def _drawn(self, size: int) -> np.ndarray:
        of_colour = self.random.random(size) < COLOURED
        return np.where(of_colour, self._weighed(self.coloured, size), self._weighed(self.grey, size))

    def _weighed(self, rows: np.ndarray, size: int) -> np.ndarray:
        return self.random.choice(rows, size, p=self.weights[rows] / self.weights[rows].sum())

    def batch(self, size: int) -> np.ndarray:
        scenes = np.stack([self._scene(i) for i in self._drawn(size)]).astype(np.float32)
        mixed = self.random.random(size) < 0.3
        some = scenes[mixed]
        self._mix(some)
        scenes[mixed] = some
        self._light(scenes)
        for i in range(size):
            self._degrade(scenes, i)
        return np.clip(np.rint(scenes), 0, 255).astype(np.uint8)

    def _scene(self, i: int) -> np.ndarray:
        """Turned, shifted and scaled around its box, and flipped."""
        random = self.random
        x, y, w, h = self.crops.boxes[i]
        shift, scale = random.normal(0, 0.03, 2) * max(w, h), np.exp(random.normal(0, 0.05))
        angle = np.radians(random.normal(0, 20 if random.random() < 0.3 else 6))
        scene = cut(self.crops.pixels[i], (x + shift[0], y + shift[1], w, h), SCALE * scale, SCENE, angle)
        if random.random() < 0.5:
            scene = scene[:, ::-1]
        if self.crops.colour[i]:
            return np.repeat(scene.mean(2, keepdims=True), 3, 2) if random.random() < 0.2 else scene
        return self._coloured(scene) if random.random() < TINTED else scene

    def _coloured(self, grey: np.ndarray) -> np.ndarray:
        """Lightness of the face, chroma of a portrait: both faces lie in the middle."""
        i = self.random.choice(self.coloured)
        return tinted(grey, cut(self.crops.pixels[i], self.crops.boxes[i], SCALE, SCENE))


def student_planes(faces: torch.Tensor) -> torch.Tensor:
    """Bytes n x 96 x 96 x 3 as the student reads them."""
    return ((faces.permute(0, 3, 1, 2).float() - 127.5) / 127.5).contiguous(memory_format=torch.channels_last)


def small(scenes: np.ndarray) -> np.ndarray:
    """The student's crops of scenes."""
    return np.stack([cut(scene, WHOLE, 1, SIDE) for scene in scenes])


class Learner(runs.Learner):
    """The student, and matrices from its numbers to those of face-api."""

    def __init__(self, samples: shards.Samples):
        super().__init__()
        self.network = FaceAttributes()
        hints = np.concatenate([samples["age_hint"], samples["emotion_hint"]], 1).astype(np.float32)
        self.register_buffer("mean", torch.from_numpy(hints.mean(0)))
        self.register_buffer("std", torch.from_numpy(hints.std(0) + 1e-3))
        self.hints = nn.Linear(FaceAttributes.WIDTH, hints.shape[1])

    def loss(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        x, taught_pose = student_planes(batch["face"]), batch["pose"]
        # Mirrored for half of the batch; the teachers would answer nearly the same with yaw and roll negated.
        mirrored = torch.rand(len(x)) < 0.5
        x = torch.where(mirrored.view(-1, 1, 1, 1), x.flip(3), x)
        taught_pose = torch.where(mirrored.view(-1, 1), taught_pose * torch.tensor([-1.0, 1.0, -1.0]), taught_pose)
        x = x * torch.empty(len(x), 1, 1, 1).uniform_(0.9, 1.1)
        with torch.autocast("cpu", torch.bfloat16):
            features = self.network.features(x)
            hints = self.hints(features).float()
        age, gender, emotion, pose = self.network.logits(features.float())
        taught = (torch.cat([batch["age_hint"], batch["emotion_hint"]], 1).float() - self.mean) / self.std
        return {
            "age": F.smooth_l1_loss(age / AGE_STEP, batch["age"] / AGE_STEP),
            "gender": F.kl_div(F.log_softmax(gender, 1), batch["gender"], reduction="batchmean") * 2,
            "emotion": F.kl_div(F.log_softmax(emotion, 1), batch["emotion"], reduction="batchmean"),
            "pose": F.smooth_l1_loss(pose / POSE_STEP, taught_pose / POSE_STEP) * 4,
            "hints": F.mse_loss(hints, taught),
        }


Answering = Callable[[np.ndarray], shards.Samples]  # of faces n x 96 x 96 x 3, RGB, bytes


def answers(network: nn.Module, faces: np.ndarray) -> shards.Samples:
    network.eval()
    with torch.no_grad():
        parts = [network(student_planes(torch.from_numpy(faces[i : i + 64]))) for i in range(0, len(faces), 64)]
    return {name: torch.cat(rows).numpy() for name, rows in zip(ANSWERS, zip(*parts))}


def shipped_answers(network: onnxruntime.InferenceSession, faces: np.ndarray) -> shards.Samples:
    inputs = student_planes(torch.from_numpy(faces)).contiguous().numpy()
    parts = [network.run(ANSWERS, {"input": inputs[i : i + 64]}) for i in range(0, len(inputs), 64)]
    return {name: np.concatenate(rows) for name, rows in zip(ANSWERS, zip(*parts))}


def agreement(own: shards.Samples, taught: shards.Samples) -> dict[str, float]:
    """Mean absolute differences and shares of equal answers."""
    pose = np.abs(own["pose"] - taught["pose"]).mean(0)
    same = {name: own[name].argmax(1) == taught[name].argmax(1) for name in ("gender", "emotion")}
    result = {
        "age": np.abs(own["age"] - taught["age"]).mean(),
        "gender": same["gender"].mean(),
        "emotion": same["emotion"].mean(),
        **dict(zip(("yaw", "pitch", "roll"), pose)),
    }
    return {name: round(float(value), 4) for name, value in result.items()}


class Evaluation:
    """Faces of held-out persons as they are, with the teachers' answers, grey and coloured, large and small."""

    SMALL = 24  # side of the face's box in pixels, before it is enlarged again

    def __init__(self, teacher: Teacher, file: Path, every: int = 1):
        self.sets = {}
        for name, colour in (("grey", False), ("colour", True)):
            faces = pictures.load(file, held=True, colour=colour).every(every)
            scenes = np.stack([cut(p, b, SCALE, SCENE) for p, b in zip(faces.pixels, faces.boxes)])
            flipped = teacher(scenes[:, :, ::-1].copy())
            flipped["pose"] = flipped["pose"] * np.array([-1, 1, -1], np.float32)
            self.sets[name] = faces, teacher(scenes), flipped

    def __call__(self, answer: Answering) -> dict[str, dict[str, float]]:
        result = {}
        for name, (faces, taught, flipped) in self.sets.items():
            own = [cut(p, b, SCALE, SIDE) for p, b in zip(faces.pixels, faces.boxes)]
            shrunk = [self._shrunk(p, b) for p, b in zip(faces.pixels, faces.boxes)]
            result[name] = agreement(answer(np.stack(own)), taught)
            result[f"{name}, face of {self.SMALL} pixels"] = agreement(answer(np.stack(shrunk)), taught)
            result[f"{name}, the teachers on mirrored pictures"] = agreement(flipped, taught)
        return result

    def _shrunk(self, picture: np.ndarray, box: np.ndarray) -> np.ndarray:
        side = round(self.SMALL * SCALE)
        return cut(cut(picture, box, SCALE, side), np.array([0, 0, side, side]), 1, SIDE)


def label(options: argparse.Namespace, teacher: Teacher) -> bool:
    """Makes the samples; whether all are there."""
    faces = pictures.load(options.pictures, held=False)
    clean_file = options.out / "clean.npz"
    if not clean_file.exists():
        scenes = np.stack([cut(p, b, SCALE, SCENE) for p, b in zip(faces.pixels, faces.boxes)])
        np.savez(clean_file, **{k: v for k, v in teacher(scenes).items() if k in ("emotion", "pose")})
    clean = dict(np.load(clean_file))

    def piece(i: int) -> shards.Samples:
        scenes = Scenes(faces, clean, [options.seed, i]).batch(PIECE)
        return {"face": small(scenes), **teacher(scenes)}

    return shards.fill(options.out / "samples", options.samples // PIECE, piece, options.minutes)


def train(options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    teacher = Teacher(options.shared / "models")
    if not label(options, teacher):
        raise SystemExit(runs.UNFINISHED)
    samples = shards.load(options.out / "samples", options.samples // PIECE)
    learner = Learner(samples)
    print(f"{parameters(learner.network):,} parameters; {len(samples['face']):,} samples to learn from", flush=True)
    evaluation = Evaluation(teacher, options.pictures, every=8)
    if not runs.Run(learner, samples, lambda network: evaluation(partial(answers, network)), options).learn():
        raise SystemExit(runs.UNFINISHED)


def ship(options: argparse.Namespace) -> None:
    print(bundle.write(runs.trained(FaceAttributes(), options.out), DESCRIPTION))


def evaluate(options: argparse.Namespace) -> None:
    network = session(options.bundle / f"{DESCRIPTION.stem}.onnx")
    evaluation = Evaluation(Teacher(options.shared / "models"), options.pictures)
    print(json.dumps(evaluation(partial(shipped_answers, network)), indent=1))
    for count in (1, 8):
        rate = runs.faces_per_second(network, np.zeros((count, 3, SIDE, SIDE), np.float32))
        print(f"{rate:.0f} faces a processor second, {count} at once")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train", help="starts a run or goes on with it")
    training.set_defaults(run=train)
    training.add_argument("--samples", type=int, default=24_000, help="to label, in thousands")
    runs.arguments(training)
    shipping = commands.add_parser("ship", help="writes the built-in bundle from a run")
    shipping.set_defaults(run=ship)
    judging = commands.add_parser("evaluate", help="compares a bundle with the teachers on held-out persons")
    judging.set_defaults(run=evaluate)
    judging.add_argument("--bundle", type=Path, required=True, help="folder of the bundle")
    for command in (training, judging):
        command.add_argument("--shared", type=Path, required=True, help="folder with models/")
        command.add_argument("--pictures", type=Path, required=True, help="file of pictures.py")
    for command in (training, shipping):
        command.add_argument("--out", type=Path, required=True, help="folder of the run")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
