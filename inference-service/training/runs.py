"""A training over labelled samples with its state on disk, in as many slices of time as one likes.

The rate follows the samples seen of all that are to be seen: a short rise, a plateau, and a fall to nothing over the
last `--cooldown`. So a run that was stopped ends with the same weights' schedule as one that was not.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

import checkpoints
from muon import optimizers
from shards import Samples

UNFINISHED = 75  # exit status of a slice after which another is needed
WARM_UP = 4_000


class Learner(nn.Module):
    """A network, with what only the training needs beside it, and its loss."""

    network: nn.Module

    def loss(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """The parts of the loss by name; their sum is made small."""
        raise NotImplementedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options that every run has."""
    parser.add_argument("--epochs", type=float, default=8, help="times that every sample is seen")
    parser.add_argument("--minutes", type=float, help="most minutes of this slice of the run")
    parser.add_argument("--cooldown", type=float, default=0.4, help="last part of the run with a falling rate, 0 to 1")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=0.02, help="of Muon")
    parser.add_argument("--fine-lr", type=float, default=0.002, help="of AdamW")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)


def trained(network: nn.Module, out: Path) -> nn.Module:
    """The network with the averaged weights of the run in `out`."""
    network.load_state_dict(torch.load(out / "checkpoint.pt", map_location="cpu")["average"])
    return network.eval()


def faces_per_second(network: onnxruntime.InferenceSession, planes: np.ndarray, seconds: float = 3) -> float:
    """How many of the pictures `planes` (n x 3 x h x w) a processor second is enough for, best of some rounds."""
    name, best = network.get_inputs()[0].name, np.inf
    end = time.time() + seconds
    while time.time() < end:
        start = time.process_time()
        for _ in range(10):
            network.run(None, {name: planes})
        best = min(best, time.process_time() - start)
    return 10 * len(planes) / best


class Run:
    """Teaches a learner the samples in `options.epochs` rounds, each in an order of its own."""

    def __init__(self, learner: Learner, samples: Samples, evaluate: Callable[[nn.Module], dict], options):
        self.learner, self.samples, self.evaluate, self.options = learner, samples, evaluate, options
        self.learner.to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(learner.network)
        self.optimizers = optimizers(learner, options.lr, options.fine_lr)
        self.count = len(next(iter(samples.values())))
        self.total = int(options.epochs * self.count)
        self.file = options.out / "checkpoint.pt"
        self.modules = {"learner": self.learner, "average": self.average}
        self.seen = checkpoints.resume(self.file, self.modules, self.optimizers)

    def learn(self) -> bool:
        """Whether the run has come to its end; false when the slice's minutes are over before."""
        start, first, shown = time.time(), self.seen, time.time()
        while self.seen < self.total:
            if self.options.minutes and time.time() - start > 60 * self.options.minutes:
                break
            parts = self._step()
            if time.time() - shown > 15:
                shown = time.time()
                self._show((self.seen - first) / (shown - start), parts)
        checkpoints.save(self.file, self.modules, self.optimizers, self.seen)
        self._show_evaluation()
        return self.seen >= self.total

    def _rows(self) -> np.ndarray:
        """The next batch: consecutive rows of this round's order."""
        size, rounds = self.options.batch, self.count // self.options.batch
        step = self.seen // size
        order = np.random.default_rng((self.options.seed, step // rounds)).permutation(self.count)
        return order[step % rounds * size :][:size]

    def _step(self) -> dict[str, torch.Tensor]:
        progress = self.seen / self.total
        share = max(min(1, (self.seen + 1) / WARM_UP, (1 - progress) / self.options.cooldown), 1e-3)
        for optimizer, lr in zip(self.optimizers, (self.options.lr, self.options.fine_lr)):
            for group in optimizer.param_groups:
                group["lr"] = lr * share
        rows = self._rows()
        self.learner.train()
        parts = self.learner.loss({name: torch.from_numpy(values[rows]) for name, values in self.samples.items()})
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        sum(parts.values()).backward()
        for optimizer in self.optimizers:
            optimizer.step()
        self.seen += len(rows)
        checkpoints.follow(self.average, self.learner.network, self.seen, self.options.batch)
        return parts

    def _show_evaluation(self) -> None:
        result = {"seen": self.seen, **self.evaluate(self.average)}
        print(json.dumps(result, indent=1), flush=True)
        with open(self.options.out / "curve.jsonl", "a") as curve:
            curve.write(json.dumps(result) + "\n")

    def _show(self, rate: float, parts: dict[str, torch.Tensor]) -> None:
        left = (self.total - self.seen) / rate / 60
        losses = "  ".join(f"{name} {part.item():.3f}" for name, part in parts.items())
        print(f"{self.seen:>9,} of {self.total:,} samples  {rate:5.1f}/s  {left:4.0f} min left  {losses}", flush=True)
