"""Writes the untrained networks that tests of the service load: as small as the formats allow, good for nothing.

    python fixtures.py     # into inference-service/src/test/resources/shipped, as built-in bundles lie in the service
"""

from __future__ import annotations

import shutil
from pathlib import Path

import torch
from torch import nn

import bundle

TARGET = Path(__file__).resolve().parent.parent / "src/test/resources/shipped"
STRIDES = (8, 16, 32)
SOURCE = "inference-service/training/fixtures.py"


class Detector(nn.Module):
    """Shapes of YuNet's answers: a class, a face, a box and five points for each cell of each stride."""

    OUTPUTS = tuple(f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in STRIDES)

    def __init__(self) -> None:
        super().__init__()
        self.levels = nn.ModuleList(nn.Conv2d(3, 16, 2, stride) for stride in STRIDES)

    def forward(self, planes: torch.Tensor) -> tuple[torch.Tensor, ...]:
        rows = [level(planes / 255).flatten(2).transpose(1, 2) for level in self.levels]
        parts = [row.split((1, 1, 4, 10), 2) for row in rows]
        return tuple(
            torch.sigmoid(part[kind]) if kind < 2 else part[kind] for kind in range(4) for part in parts
        )


class Vector(nn.Module):
    """`length` numbers of a picture."""

    def __init__(self, length: int, stride: int) -> None:
        super().__init__()
        self.cells = nn.Conv2d(3, length, 4, stride)

    def forward(self, planes: torch.Tensor) -> torch.Tensor:
        return self.cells(planes / 255).mean((2, 3))


def _description(stem: str, task: str, architecture: str, side: int, outputs: tuple[str, ...], **more):
    return bundle.Description(
        stem=stem,
        task=task,
        architecture=architecture,
        description="An untrained network for tests.",
        licence="Apache-2.0",
        source=SOURCE,
        width=side,
        height=side,
        colour="RGB",
        mean=(0.0, 0.0, 0.0),
        std=(1.0, 1.0, 1.0),
        outputs=outputs,
        **more,
    )


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    torch.manual_seed(7)
    rows = tuple({"cosine": c, "score": s, "fmr": f} for c, s, f in ((0.0, 0.1, 0.5), (0.4, 0.5, 0.0001), (0.9, 0.9, 0.0)))
    for network, description in (
        (Detector(), _description("face_detector", "detector", "yunet", 320, Detector.OUTPUTS, fixed=False)),
        (Vector(16, 16), _description("face_embedding", "embedding", "arcface", 112, ("embedding",), calibration=rows)),
        (Vector(11, 16), _description("face_liveness", "liveness", "minifasnet", 80, ("logits",), crop_scale=2.7)),
    ):
        print(bundle.write(network, description, TARGET))


if __name__ == "__main__":
    main()
