"""The networks of face-api (age and gender, emotion, 68 points) as functions of their shards.

A shard file is the weights of a TensorFlow.js model end to end, most of them quantised to bytes; its manifest names them
in their order. Pictures are RGB squares of 112 x 112, n x 3 x 112 x 112, 0 to 255.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

FOLDER = "vladmandic__face-api"
AGE_GENDER = "age_gender_model"
EXPRESSION = "face_expression_model"
LANDMARKS = "face_landmark_68_model"
SIDE = 112
MEAN = (122.782, 117.001, 104.298)  # of red, green and blue, on the scale of bytes
EMOTIONS = ("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised")

Weights = dict[str, torch.Tensor]


def load(folder: Path, model: str) -> Weights:
    """The weights by name, in TensorFlow's order of axes, dequantised."""
    data = (folder / f"{model}.bin").read_bytes()
    weights, at = {}, 0
    for group in json.loads((folder / f"{model}-weights_manifest.json").read_text()):
        for entry in group["weights"]:
            quantised = entry.get("quantization")
            stored = np.frombuffer(
                data, quantised["dtype"] if quantised else entry["dtype"], int(np.prod(entry["shape"])), at
            )
            at += stored.nbytes
            values = stored.astype(np.float32)
            if quantised:
                values = values * np.float32(quantised["scale"]) + np.float32(quantised["min"])
            weights[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    if at != len(data):
        raise ValueError(f"{model}: the manifest describes {at} of {len(data)} bytes")
    return weights


def same(x: torch.Tensor, side: int, stride: int, value: float = 0.0) -> torch.Tensor:
    """Padding as TensorFlow's SAME: what is odd goes right and below."""
    pads = [max((-(-n // stride) - 1) * stride + side - n, 0) for n in (x.shape[3], x.shape[2])]
    return F.pad(x, (pads[0] // 2, pads[0] - pads[0] // 2, pads[1] // 2, pads[1] - pads[1] // 2), value=value)


def conv(x: torch.Tensor, weights: Weights, name: str, stride: int = 1) -> torch.Tensor:
    kernel = weights[f"{name}/filters"].permute(3, 2, 0, 1)
    return F.conv2d(same(x, kernel.shape[2], stride), kernel, weights[f"{name}/bias"], stride)


def separable(x: torch.Tensor, weights: Weights, name: str, stride: int = 1) -> torch.Tensor:
    depthwise = weights[f"{name}/depthwise_filter"].permute(2, 3, 0, 1)
    x = F.conv2d(same(x, 3, stride), depthwise, None, stride, groups=x.shape[1])
    return F.conv2d(x, weights[f"{name}/pointwise_filter"].permute(3, 2, 0, 1), weights[f"{name}/bias"])


def reduction(x: torch.Tensor, weights: Weights, name: str, active: bool = True) -> torch.Tensor:
    """Tiny Xception's block that halves the side."""
    y = separable(F.relu(x) if active else x, weights, f"{name}/separable_conv0")
    y = separable(F.relu(y), weights, f"{name}/separable_conv1")
    y = F.max_pool2d(same(y, 3, 2, float("-inf")), 3, 2)
    return y + conv(x, weights, f"{name}/expansion_conv", 2)


def dense(x: torch.Tensor, weights: Weights, name: str, first: bool = False) -> torch.Tensor:
    """A block of four convolutions, each fed the sum of all before it."""
    total = conv(x, weights, f"{name}/conv0", 2) if first else separable(x, weights, f"{name}/conv0", 2)
    total = F.relu(total)
    for i in (1, 2, 3):
        total = total + separable(F.relu(total), weights, f"{name}/conv{i}")
    return F.relu(total)


def prepared(pictures: torch.Tensor, divisor: float) -> torch.Tensor:
    return (pictures - torch.tensor(MEAN).view(1, 3, 1, 1)) / divisor


@dataclass(frozen=True)
class AgeGender:
    """Age in years n x 1, gender n x 2 as probabilities (male first), and the 512 numbers they are made of."""

    weights: Weights

    def __call__(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        weights = self.weights
        x = F.relu(conv(prepared(pictures, 256), weights, "entry_flow/conv_in", 2))
        x = reduction(x, weights, "entry_flow/reduction_block_0", active=False)
        x = reduction(x, weights, "entry_flow/reduction_block_1")
        for block in range(2):
            y = x
            for i in range(3):
                y = separable(F.relu(y), weights, f"middle_flow/main_block_{block}/separable_conv{i}")
            x = x + y
        x = reduction(x, weights, "exit_flow/reduction_block")
        x = F.relu(separable(x, weights, "exit_flow/separable_conv"))
        x = F.avg_pool2d(x, 7, 2).flatten(1)
        age = x @ weights["fc/age/weights"] + weights["fc/age/bias"]
        return age, F.softmax(x @ weights["fc/gender/weights"] + weights["fc/gender/bias"], 1), x


def dense_features(pictures: torch.Tensor, weights: Weights) -> torch.Tensor:
    """What emotion and points are read from: 256 numbers a picture."""
    x = prepared(pictures, 255)
    for i in range(4):
        x = dense(x, weights, f"dense{i}", first=i == 0)
    return F.avg_pool2d(x, 7, 2).flatten(1)


@dataclass(frozen=True)
class Expression:
    """Probabilities n x 7 of `EMOTIONS`, and the 256 numbers they are made of."""

    weights: Weights

    def __call__(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = dense_features(pictures, self.weights)
        return F.softmax(x @ self.weights["fc/weights"] + self.weights["fc/bias"], 1), x


@dataclass(frozen=True)
class Landmarks:
    """68 points n x 68 x 2 in shares of the picture's side."""

    weights: Weights

    def __call__(self, pictures: torch.Tensor) -> torch.Tensor:
        x = dense_features(pictures, self.weights)
        return (x @ self.weights["fc/weights"] + self.weights["fc/bias"]).view(-1, 68, 2)
