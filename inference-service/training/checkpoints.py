"""The state of a training on disk, and the running average of the weights that is evaluated and shipped."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

AVERAGE = 0.998  # per step: what the running average keeps of itself once it has warmed up


def save(file: Path, modules: dict[str, nn.Module], optimizers: list[torch.optim.Optimizer], seen: int) -> None:
    """Writes the state beside its place and moves it there, so that a kill leaves the former one whole."""
    state = {name: module.state_dict() for name, module in modules.items()}
    state |= {"optimizers": [optimizer.state_dict() for optimizer in optimizers], "seen": seen}
    torch.save(state, file.with_suffix(".tmp"))
    file.with_suffix(".tmp").rename(file)


def resume(file: Path, modules: dict[str, nn.Module], optimizers: list[torch.optim.Optimizer]) -> int:
    """Takes up the state where there is one; the samples seen so far."""
    if not file.exists():
        return 0
    state = torch.load(file, map_location="cpu")
    for name, module in modules.items():
        module.load_state_dict(state[name])
    for optimizer, saved in zip(optimizers, state["optimizers"]):
        optimizer.load_state_dict(saved)
    print(f"goes on after {state['seen']:,} samples", flush=True)
    return state["seen"]


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, seen: int, batch: int) -> None:
    """Moves the average a little towards the network; faster in the first steps."""
    keep = min(AVERAGE, seen / (seen + 20 * batch))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - keep)
        else:
            mean.copy_(value)
