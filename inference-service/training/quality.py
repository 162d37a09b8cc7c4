"""Trains the quality network: how likely a picture of a face is to be recognised.

The label is what the shipped embedding really does: a picture is spoilt in some way, embedded, and compared with the
mean of the person's other pictures. The target is the chance that this comparison passes at the default threshold
(false match rate 1e-4), softened by the spread of such comparisons. So the score 0.3 means that about three of ten
genuine comparisons with a good reference would succeed.

    python quality.py --crops crops.npz --embedding ../src/main/resources/models/face_embedding_1M/REVISION --out run/
    python quality.py --out run/ --ship
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
import yaml

import bundle
import crops
from augment import Spoiler
from embedding import planes
from faces import session
from muon import optimizers
from networks import FaceQuality, parameters

SPREAD = 0.05  # of the cosine around the threshold, over which a comparison counts partly
FMR = 1e-4
REJECTED = (0, 0.02, 0.05, 0.1, 0.2, 0.3)


class Embedding:
    """The shipped embedding in ONNX Runtime, and its default threshold."""

    def __init__(self, bundle: Path):
        description = yaml.safe_load((bundle / "model.yaml").read_text())
        weights = next(w for w in description["weights"] if w["format"] == "onnx")
        self.network = session(bundle / weights["file"])
        self.threshold = next(p["cosine"] for p in description["calibration"] if p["score"] == 0.5)

    def __call__(self, faces: np.ndarray) -> np.ndarray:
        name = self.network.get_inputs()[0].name
        inputs = np.ascontiguousarray(planes(faces).numpy())
        vectors = np.concatenate([self.network.run(None, {name: inputs[i : i + 16]})[0] for i in range(0, len(inputs), 16)])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Labels:
    """Chances of being recognised, from the persons' other pictures."""

    def __init__(self, embed: Embedding, faces: crops.Crops):
        self.embed = embed
        self.clean = embed(faces.inner())
        _, self.person = np.unique(faces.persons, return_inverse=True)
        self.sums = np.zeros((self.person.max() + 1, self.clean.shape[1]), np.float32)
        np.add.at(self.sums, self.person, self.clean)

    def __call__(self, faces: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Targets from 0 to 1 for spoilt versions of some crops."""
        others = self.sums[self.person[rows]] - self.clean[rows]
        others /= np.linalg.norm(others, axis=1, keepdims=True)
        cosine = (self.embed(faces) * others).sum(1)
        return 1 / (1 + np.exp(-(cosine - self.embed.threshold) / SPREAD))


def report(network: torch.nn.Module, spoiler: Spoiler, labels: Labels, size: int) -> dict:
    """Mean error of the chance, its correlation, and misses at the threshold when the worst pictures are rejected."""
    faces, rows = spoiler.spoilt(size)
    target = labels(faces, rows)
    network.eval()
    with torch.no_grad():
        inputs = planes(faces)
        chance = torch.cat([torch.sigmoid(network(part)) for part in inputs.split(64)]).numpy().ravel()
    order = np.argsort(chance)
    missed = (target < 0.5)[order]
    bins = np.minimum((chance * 10).astype(int), 9)
    return {
        "error": float(np.abs(chance - target).mean()),
        "correlation": float(np.corrcoef(chance, target)[0, 1]),
        "missed when rejecting": {str(r): float(missed[int(r * size) :].mean()) for r in REJECTED},
        "target by predicted tenth": [round(float(target[bins == b].mean()), 3) if (bins == b).any() else None for b in range(10)],
    }


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    embed = Embedding(options.embedding)
    learned, held = crops.load(options.crops, held=False), crops.load(options.crops, held=True)
    spoiler, labels = Spoiler(learned, options.seed), Labels(embed, learned)
    network = FaceQuality().to(memory_format=torch.channels_last)
    print(f"{parameters(network):,} parameters", flush=True)
    both = optimizers(network, 0.02, 0.002)
    rates = [group["lr"] for optimizer in both for group in optimizer.param_groups]
    start = shown = time.time()
    for seen in range(0, options.samples, options.batch):
        done = seen / options.samples
        for group, rate in zip([g for o in both for g in o.param_groups], rates):
            group["lr"] = rate * min(1, seen / 2000, (1 - done) / 0.6)
        faces, rows = spoiler.spoilt(options.batch)
        target = torch.from_numpy(labels(faces, rows)).float()
        network.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(planes(faces))
        loss = F.binary_cross_entropy_with_logits(logits.float().ravel(), target)
        for optimizer in both:
            optimizer.zero_grad()
        loss.backward()
        for optimizer in both:
            optimizer.step()
        if time.time() - shown > 15:
            shown = time.time()
            rate = seen / (shown - start)
            print(f"{seen:>8,}  {rate:4.0f}/s  {(options.samples - seen) / rate / 60:4.1f} min left  loss {loss.item():.4f}", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "quality.pt")
    result = report(network, Spoiler(held, options.seed + 1), Labels(embed, held), 4096)
    print(json.dumps(result, indent=1))
    (options.out / "report.json").write_text(json.dumps(result, indent=1))


def ship(options: argparse.Namespace) -> None:
    """Writes what was learned as the built-in bundle; the chance instead of its logit comes out."""
    network = FaceQuality()
    network.load_state_dict(torch.load(options.out / "quality.pt", map_location="cpu"))
    network.head.append(torch.nn.Sigmoid())
    description = bundle.Description(
        stem="face_quality",
        task="quality",
        architecture="quality",
        description="How likely a face is to be recognised; learned from what the built-in embedding does.",
        licence="Apache-2.0",
        source="inference-service/training/quality.py",
        width=112,
        height=112,
        colour="RGB",
        mean=(127.5, 127.5, 127.5),
        std=(127.5, 127.5, 127.5),
        outputs=("quality",),
    )
    print(bundle.write(network, description))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ship", action="store_true", help="write the bundle instead of training")
    parser.add_argument("--crops", type=Path, help="file of crops.py; only training needs it")
    parser.add_argument("--embedding", type=Path, help="bundle whose behaviour is predicted; only training needs it")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=60_000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.ship:
        ship(options)
    else:
        train(options)


if __name__ == "__main__":
    main()
