"""The network as ONNX, its softmax inside, and the facts that lie beside it."""

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from training.outline.export import write
from woundtrack.outline.network import version_of
from woundtrack.outline.tissue.network import SIDE_PX
from woundtrack.outline.tissue.types import Tissue


class _Likely(nn.Module):
    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> Tensor:
        return torch.softmax(self.net(x), dim=1)


def export(net: nn.Module, path: Path) -> None:
    """Write the network, `seen` (1, 3, 160, 160) to `likely` (1, 4, 40, 40)."""
    write(_Likely(net), torch.zeros(1, 3, SIDE_PX, SIDE_PX), path)


def write_facts(
    path: Path, *, sd_bed: Mapping[Tissue, float], sd_with_callus: Mapping[Tissue, float]
) -> None:
    """The JSON beside a network's file: its version and the sd of the fractions it gives."""
    version = version_of(path.read_bytes())
    facts = {"version": version, "sd_bed": _named(sd_bed), "sd_with_callus": _named(sd_with_callus)}
    text = json.dumps(facts, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _named(sd: Mapping[Tissue, float]) -> dict[str, float]:
    return {tissue.name: round(value, 4) for tissue, value in sd.items()}
