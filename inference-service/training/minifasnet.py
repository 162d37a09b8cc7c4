"""MiniFASNetV2 and MiniFASNetV1SE as functions of their state dicts, and the reference numbers of the Java tests.

Run as a script it prints, for each network, the softmax of three fixed synthetic pictures, which the test
`MiniFasNetTest` compares with what the service computes:

    python minifasnet.py --models ../../../shared/models
"""

from __future__ import annotations

import argparse
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


def softmax(pictures: np.ndarray, weights: Weights) -> np.ndarray:
    with torch.no_grad():
        x = conv(torch.from_numpy(pictures), weights, "conv1", 2, 1)
        x = conv(x, weights, "conv2_dw", 1, 1)
        for down, residual, blocks in (("conv_23", "conv_3", 4), ("conv_34", "conv_4", 6), ("conv_45", "conv_5", 2)):
            x = stage(bottleneck(x, weights, down, 2), weights, residual, blocks)
        x = conv(conv(x, weights, "conv_6_sep"), weights, "conv_6_dw").flatten(1)
        x = norm(x @ weights["linear.weight"].T, weights, "bn")
        return F.softmax(x @ weights["prob.weight"].T, 1).numpy()


def load(path: Path) -> Callable[[np.ndarray], np.ndarray]:
    """The network as a function from pictures (n x 3 x 80 x 80, BGR, 0 to 255) to n x 3 probabilities; 1 is live."""
    weights = torch.load(path, map_location="cpu", weights_only=True)
    weights = {name.removeprefix("module."): tensor for name, tensor in weights.items()}
    return lambda pictures: softmax(pictures, weights)


def synthetic() -> np.ndarray:
    """Two pictures that a few integer operations describe, so that every language makes the same ones."""
    i = np.arange(2 * 3 * 80 * 80, dtype=np.int64)
    return ((i * 7919 + (i // 80) * 104729) % 256).astype(np.float32).reshape(2, 3, 80, 80)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder with <owner>__<repository>/<file>")
    folder = parser.parse_args().models / "minivision-ai__Silent-Face-Anti-Spoofing"
    # A white-noise-like picture and a smooth one exercise different parts of the activations.
    ramp = np.broadcast_to(np.arange(80, dtype=np.float32) * 3, (1, 3, 80, 80))
    pictures = np.concatenate([synthetic(), ramp]).astype(np.float32)
    for file in ("2.7_80x80_MiniFASNetV2.pth", "4_0_0_80x80_MiniFASNetV1SE.pth"):
        print(file)
        for row in load(folder / file)(pictures):
            print("  ", ", ".join(f"{value:.8f}" for value in row))


if __name__ == "__main__":
    main()
