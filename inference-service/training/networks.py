"""The networks that this project trains: their shapes, from random numbers.

Built for processors: halving is done by dense convolutions, because strided depthwise ones cost ten times their share in
training. Between them stands the inverted residual of MobileNetV2 with plain ReLU, or in the detector YuNet's unit.
"""

from __future__ import annotations

from itertools import product

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


class FaceQuality(nn.Module):
    """RGB faces n x 3 x 112 x 112, (byte - 127.5) / 127.5, to the logit n x 1 of being recognised."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            convolution(3, 16, 3, 2),
            halving(16, 24, 32),
            Inverted(32, 64),
            halving(32, 48, 48),
            Inverted(48, 96),
            halving(48, 64, 64),
            Inverted(64, 128),
            convolution(64, 128, 1),
        )
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 1))

    def forward(self, faces: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(faces))


class Crossing(nn.Sequential):
    """A 1 x 1 across the maps, then a 3 x 3 per map and ReLU: the unit of YuNet."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__(
            nn.Conv2d(inputs, outputs, 1, bias=False), *convolution(outputs, outputs, 3, groups=outputs)
        )


class FaceDetector(nn.Module):
    """BGR pictures n x 3 x height x width, bytes as numbers, sides multiples of 32, to the twelve answers of YuNet.

    cls, obj (probabilities), bbox and kps, each for strides 8, 16 and 32: n x cells x 1, 1, 4 and 10, row by row. Stages,
    joins and heads end where YuNet's do, so that each can learn from the teacher's maps; inside the stages the widths are
    others.
    """

    STRIDES = (8, 16, 32)
    PARTS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    OUTPUTS = tuple(f"{part}_{stride}" for part, stride in product(PARTS, STRIDES))

    def __init__(self):
        super().__init__()
        start = nn.Sequential(convolution(3, 24, 3, 2), Crossing(24, 16), nn.MaxPool2d(2))
        fine = nn.Sequential(Crossing(16, 32), Crossing(32, 64), Crossing(64, 64), Crossing(64, 64))
        halves = [nn.Sequential(nn.MaxPool2d(2), Crossing(64, 80), Crossing(80, 64)) for _ in self.STRIDES]
        self.stages = nn.ModuleList([start, fine, *halves])
        self.join = nn.ModuleList(Crossing(64, 64) for _ in self.STRIDES)
        self.head = nn.ModuleList(Crossing(64, 64) for _ in self.STRIDES)
        self.answer = nn.ModuleList(self._answer() for _ in self.STRIDES)

    def _answer(self) -> nn.Sequential:
        count = sum(self.PARTS.values())
        layers = nn.Sequential(nn.Conv2d(64, count, 1), nn.Conv2d(count, count, 3, 1, 1, groups=count))
        nn.init.zeros_(layers[1].bias)
        nn.init.constant_(layers[1].bias[1:2], -4.0)  # obj: most cells hold no face
        return layers

    def maps(self, pictures: torch.Tensor, passed=lambda _, own: own) -> list[torch.Tensor]:
        """Everything on the way to the answers: after five stages, three joins (coarse first) and three heads (fine first).

        :param passed: what goes on in place of a map, given its number and itself; for teaching
        """
        maps = []

        def on(own: torch.Tensor) -> torch.Tensor:
            maps.append(own)
            return passed(len(maps) - 1, own)

        levels = []
        for stage in self.stages:
            pictures = on(stage(pictures))
            levels.append(pictures)
        coarse = on(self.join[2](levels[4]))
        middle = on(self.join[1](levels[3] + self._doubled(coarse)))
        fine = on(self.join[0](levels[2] + self._doubled(middle)))
        for head, level in zip(self.head, (fine, middle, coarse)):
            on(head(level))
        return maps

    @staticmethod
    def _doubled(x: torch.Tensor) -> torch.Tensor:
        return nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")

    def answers(self, features: list[torch.Tensor]) -> list[torch.Tensor]:
        """Per stride n x cells x 16: cls, obj (before the sigmoid), bbox, kps."""
        return [answer(x).permute(0, 2, 3, 1).flatten(1, 2) for answer, x in zip(self.answer, features)]

    def forward(self, pictures: torch.Tensor) -> tuple[torch.Tensor, ...]:
        parts = [torch.split(level, list(self.PARTS.values()), 2) for level in self.answers(self.maps(pictures)[-3:])]
        by_part = [[level[part] for level in parts] for part in range(len(self.PARTS))]
        return tuple(x.sigmoid() for x in by_part[0] + by_part[1]) + tuple(by_part[2] + by_part[3])


class FaceAttributes(nn.Module):
    """RGB faces n x 3 x 96 x 96, (byte - 127.5) / 127.5, to age, gender, emotion and pose.

    Age is n x 1 in years, gender n x 2 and emotion n x 7 are probabilities, pose is n x 3 in degrees (yaw, pitch, roll).
    """

    WIDTH = 224  # of the numbers from which everything is read

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            convolution(3, 16, 3, 2),
            halving(16, 32, 32),
            Inverted(32, 64),
            halving(32, 80, 80),
            *[Inverted(80, 160) for _ in range(3)],
            halving(80, 80, 128),
            Inverted(128, 192),
            convolution(128, self.WIDTH, 1),
            nn.Conv2d(self.WIDTH, self.WIDTH, 6, groups=self.WIDTH, bias=False),
            nn.BatchNorm2d(self.WIDTH),
            nn.Flatten(),
        )
        self.head = nn.Linear(self.WIDTH, 13)

    def logits(self, features: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Age in years, logits of gender and emotion, pose in degrees."""
        age, gender, emotion, pose = self.head(features).split((1, 2, 7, 3), 1)
        return age * 15 + 45, gender, emotion, pose * 15

    def forward(self, faces: torch.Tensor) -> tuple[torch.Tensor, ...]:
        age, gender, emotion, pose = self.logits(self.features(faces))
        return age, gender.softmax(1), emotion.softmax(1), pose


class FaceLiveness(nn.Module):
    """BGR faces with their surroundings n x 3 x 80 x 80, 0 to 255, to logits n x 3 of print, live and screen.

    `stages` end where MiniFASNet's do (128 maps of 5 x 5), so that they can learn from the teacher's.
    """

    WIDTH = 192  # of the numbers from which the answer is read

    def __init__(self):
        super().__init__()
        self.stages = nn.Sequential(
            convolution(3, 16, 3, 2),
            halving(16, 32, 32),
            *[Inverted(32, 64) for _ in range(2)],
            halving(32, 64, 64),
            *[Inverted(64, 128) for _ in range(3)],
            halving(64, 64, 128),
            *[Inverted(128, 192) for _ in range(2)],
        )
        self.pooled = nn.Sequential(convolution(128, self.WIDTH, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.head = nn.Linear(self.WIDTH, 3)

    def scaled(self, faces: torch.Tensor) -> torch.Tensor:
        return (faces - 127.5) / 127.5

    def forward(self, faces: torch.Tensor) -> torch.Tensor:
        return self.head(self.pooled(self.stages(self.scaled(faces))))


def parameters(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())
