"""Muon: momentum whose matrices are made orthogonal before the step (Jordan et al., 2024), AdamW for all other numbers.

Needs about half the samples of AdamW alone here; the price is a few small matrix products a step.
"""

from __future__ import annotations

import torch
from torch import nn


def orthogonal(matrix: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """The nearest matrix with equal singular values, by Newton-Schulz iterations of the fifth order."""
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if tall else x


class Muon(torch.optim.Optimizer):
    """For weights of convolutions and linear layers with more than one input channel."""

    def __init__(self, weights, lr: float, momentum: float = 0.95, decay: float = 0.01):
        super().__init__(weights, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for weight in group["params"]:
                state = self.state[weight]
                if not state:
                    state["velocity"] = torch.zeros_like(weight)
                velocity = state["velocity"].lerp_(weight.grad, 1 - group["momentum"])
                direction = weight.grad.lerp(velocity, group["momentum"]).flatten(1)
                scale = max(1.0, direction.shape[0] / direction.shape[1]) ** 0.5
                weight.mul_(1 - group["lr"] * group["decay"])
                weight.add_(orthogonal(direction).view_as(weight), alpha=-group["lr"] * scale)


def optimizers(network: nn.Module, lr: float, fine_lr: float) -> list[torch.optim.Optimizer]:
    """Muon at `lr` for matrices, AdamW at `fine_lr` for the rest."""
    matrices = [p for p in network.parameters() if p.dim() > 1 and p[0].numel() > 49]
    chosen = {id(p) for p in matrices}
    rest = [p for p in network.parameters() if id(p) not in chosen]
    return [Muon(matrices, lr), torch.optim.AdamW(rest, fine_lr, (0.9, 0.99), weight_decay=0)]
