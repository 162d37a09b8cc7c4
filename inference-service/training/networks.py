"""The networks that this project trains: their shapes, from random numbers.

Built for processors: halving is done by dense convolutions, because strided depthwise ones cost ten times their share in
training, and everything between is the inverted residual of MobileNetV2 with plain ReLU.
"""

from __future__ import annotations

import torch
from torch import nn


def convolution(inputs: int, outputs: int, side: int, stride: int = 1, groups: int = 1, active: bool = True):
    """Convolution, batch normalisation and, unless it ends a residual branch, ReLU."""
    layers = [
        nn.Conv2d(inputs, outputs, side, stride, side // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*layers, *([nn.ReLU(inplace=True)] if active else []))


class Inverted(nn.Module):
    """Inverted residual: widen, 3 x 3 per channel, narrow, add."""

    def __init__(self, width: int, wide: int):
        super().__init__()
        self.branch = nn.Sequential(
            convolution(width, wide, 1),
            convolution(wide, wide, 3, groups=wide),
            convolution(wide, width, 1, active=False),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.branch(x)


def halving(inputs: int, wide: int, outputs: int) -> nn.Sequential:
    """Half the side: a dense 3 x 3 with stride 2, then narrow."""
    return nn.Sequential(convolution(inputs, wide, 3, 2), convolution(wide, outputs, 1, active=False))


class FaceEmbedding(nn.Module):
    """RGB faces n x 3 x 112 x 112, (byte - 127.5) / 127.5, to vectors n x 128 (not normalised).

    `stages` end where MobileFaceNet's do (64 x 28 x 28, 128 x 14 x 14, 128 x 7 x 7), so that each can learn from the
    teacher's maps; what is inside them is different.
    """

    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList(
            [
                nn.Sequential(
                    convolution(3, 32, 3, 2), halving(32, 64, 64), *[Inverted(64, 128) for _ in range(3)]
                ),
                nn.Sequential(halving(64, 192, 128), *[Inverted(128, 256) for _ in range(6)]),
                nn.Sequential(halving(128, 128, 128), *[Inverted(128, 256) for _ in range(3)]),
            ]
        )
        self.head = nn.Sequential(
            convolution(128, 512, 1),
            nn.Conv2d(512, 512, 7, groups=512, bias=False),
            nn.BatchNorm2d(512),
            nn.Flatten(),
            nn.Linear(512, 128),
        )

    def forward(self, faces: torch.Tensor) -> torch.Tensor:
        for stage in self.stages:
            faces = stage(faces)
        return self.head(faces)


def parameters(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())
