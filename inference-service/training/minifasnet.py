"""MiniFASNetV2 and MiniFASNetV1SE as functions of their state dicts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

Weights = dict[str, torch.Tensor]


def norm(x: torch.Tensor, weights: Weights, name: str) -> torch.Tensor:
    parts = (weights[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias"))
    return F.batch_norm(x, *parts, training=False)


def conv(x: torch.Tensor, weights: Weights, name: str, stride: int = 1, padding: int = 0) -> torch.Tensor:
    kernel = weights[f"{name}.conv.weight"]
    x = F.conv2d(x, kernel, stride=stride, padding=padding, groups=x.shape[1] // kernel.shape[1])
    x = norm(x, weights, f"{name}.bn")
    slope = weights.get(f"{name}.prelu.weight")
    return x if slope is None else F.prelu(x, slope)


def squeeze(x: torch.Tensor, weights: Weights, name: str) -> torch.Tensor:
    """Squeeze and excitation: each channel weighed by what all channels look like on average."""
    gate = F.conv2d(x.mean((2, 3), keepdim=True), weights[f"{name}.fc1.weight"])
    gate = F.conv2d(norm(gate, weights, f"{name}.bn1").relu(), weights[f"{name}.fc2.weight"])
    return x * norm(gate, weights, f"{name}.bn2").sigmoid()


def bottleneck(x: torch.Tensor, weights: Weights, name: str, stride: int) -> torch.Tensor:
    y = conv(x, weights, f"{name}.conv")
    y = conv(y, weights, f"{name}.conv_dw", stride, 1)
    y = conv(y, weights, f"{name}.project")
    if f"{name}.se_module.fc1.weight" in weights:
        y = squeeze(y, weights, f"{name}.se_module")
    return y if stride > 1 else x + y


def stage(x: torch.Tensor, weights: Weights, name: str, blocks: int) -> torch.Tensor:
    for block in range(blocks):
        x = bottleneck(x, weights, f"{name}.model.{block}", 1)
    return x


def maps(pictures: torch.Tensor, weights: Weights) -> torch.Tensor:
    """What the last stage sees: n x 128 x 5 x 5."""
    x = conv(conv(pictures, weights, "conv1", 2, 1), weights, "conv2_dw", 1, 1)
    for down, residual, blocks in (("conv_23", "conv_3", 4), ("conv_34", "conv_4", 6), ("conv_45", "conv_5", 2)):
        x = stage(bottleneck(x, weights, down, 2), weights, residual, blocks)
    return x


def judged(x: torch.Tensor, weights: Weights) -> torch.Tensor:
    """The logits n x 3 that the last stage's maps lead to."""
    x = conv(conv(x, weights, "conv_6_sep"), weights, "conv_6_dw").flatten(1)
    return norm(x @ weights["linear.weight"].T, weights, "bn") @ weights["prob.weight"].T


def logits(pictures: torch.Tensor, weights: Weights) -> torch.Tensor:
    return judged(maps(pictures, weights), weights)


def read(path: Path) -> Weights:
    """The state dict, without the prefix that parallel training leaves."""
    weights = torch.load(path, map_location="cpu", weights_only=True)
    return {name.removeprefix("module."): tensor for name, tensor in weights.items()}


def load(path: Path) -> Callable[[np.ndarray], np.ndarray]:
    """The network as a function from pictures (n x 3 x 80 x 80, BGR, 0 to 255) to n x 3 probabilities; 1 is live."""
    weights = read(path)

    def softmax(pictures: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return F.softmax(logits(torch.from_numpy(pictures), weights), 1).numpy()

    return softmax
