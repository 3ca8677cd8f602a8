"""A run's state on disk, whole or not at all, and the averaged weights."""

import copy
import signal
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch
from torch import nn

from training.outline.model import OutlineNet
from training.outline.recipe import Recipe
from woundtrack.outline.network import Ask, Values


class Average:
    """Weights averaged over the run, quickly at first (Polyak & Juditsky, 1992)."""

    def __init__(self, net: nn.Module, keep: float) -> None:
        self.net = copy.deepcopy(net).eval()
        self.net.requires_grad_(False)
        self.keep = keep
        self.seen = 0

    def update(self, net: nn.Module) -> None:
        """Move towards the network's weights and running means."""
        self.seen += 1
        keep = min(self.keep, (1 + self.seen) / (10 + self.seen))
        with torch.no_grad():
            ours = self.net.state_dict()
            for name, value in net.state_dict().items():
                if value.dtype.is_floating_point:
                    ours[name].lerp_(value.detach(), 1 - keep)
                else:
                    ours[name].copy_(value)


def save(path: Path, values: dict[str, Any]) -> None:
    """Write beside and rename, so that a kill leaves the old file or the new one."""
    beside = path.with_suffix(".part")
    torch.save(values, beside)
    beside.replace(path)


def load(path: Path) -> dict[str, Any]:
    """What `save` wrote, on the CPU."""
    values: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return values


def averaged(recipe: Recipe, average: Average) -> dict[str, Any]:
    """What proposing needs of a run: the averaged weights, tables of them in sixteen bits."""
    weights = average.net.state_dict()
    return {
        "recipe": recipe.as_plain(),
        "average": {k: v.half() if v.ndim > 1 else v for k, v in weights.items()},
    }


def averaged_net(path: Path) -> nn.Module:
    """The averaged network of a checkpoint, ready to propose."""
    values = load(path)
    net = OutlineNet(Recipe.from_plain(values["recipe"]).encoder)
    net.load_state_dict(values["average"])
    return net.eval()


def asking(net: nn.Module, device: str = "cpu") -> Ask:
    """A network as the function that proposing wants."""

    def ask(seen: Values) -> Values:
        with torch.no_grad():
            likely = torch.sigmoid(net(torch.from_numpy(seen)[None].to(device)).float())
        return np.asarray(likely[0, 0].cpu().numpy(), np.float32)

    return ask


class Asked:
    """Whether someone asked the run to stop: it saves and ends after the step it is in."""

    def __init__(self) -> None:
        self.to_stop = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True
