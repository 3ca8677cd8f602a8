"""VGG16 as an encoder, started from the convolutions of a published edge detector.

Simonyan & Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition"
(2015), as Xie & Tu's edge detector left them, "Holistically-Nested Edge Detection" (2015).
Larger and slower than EfficientNet-Lite: a teacher where there is a GPU, not shipped.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

MIDDLE = (103.939, 116.779, 123.68)
"""What the weights expect to be taken off blue, green and red of 0…255."""
STAGES = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))


class VggEncoder(nn.Module):
    """Maps at strides 2, 4, 8, 16 and 32 of a (N, C, H, W) input, H and W multiples of 32."""

    def __init__(self, *, inputs: int) -> None:
        super().__init__()
        self.channels = [64, 128, 256, 512, 512]
        self.clicks = nn.Conv2d(inputs - 3, 64, 3, padding=1, bias=False)
        nn.init.zeros_(self.clicks.weight)
        stages, inside = [], 3
        for widths in STAGES:
            convs = []
            for width in widths:
                convs.append(nn.Conv2d(inside, width, 3, padding=1))
                inside = width
            stages.append(nn.ModuleList(convs))
        self.stages = nn.ModuleList(stages)
        self.norms = nn.ModuleList([nn.BatchNorm2d(width) for width in self.channels])
        self.middle: Tensor
        self.register_buffer("middle", torch.tensor(MIDDLE)[:, None, None])

    def forward(self, x: Tensor) -> list[Tensor]:
        """The five levels, finest first; colours come as -1…1."""
        blue_first = (x[:, :3].flip(1) + 1.0) * 127.5
        y = blue_first - self.middle
        levels = []
        for index, (stage, norm) in enumerate(zip(self.stages, self.norms, strict=True)):
            assert isinstance(stage, nn.ModuleList)
            for place, conv in enumerate(stage):
                z = conv(y)
                if index == place == 0:
                    z = z + self.clicks(x[:, 3:])
                y = F.relu(z)
            y = F.max_pool2d(y, 2)
            levels.append(norm(y))
        return levels

    def start_from(self, weights: Mapping[str, Tensor]) -> int:
        """Take convolutions named `stages.I.J.weight` and `.bias`; how many tensors."""
        own = self.state_dict()
        for name, value in weights.items():
            if own[name].shape != value.shape:
                raise ValueError(name)
            own[name] = value
        self.load_state_dict(own)
        return len(weights)


def hed_weights(path: Path) -> dict[str, Tensor]:
    """The thirteen convolutions in the edge detector's Keras weights file, under our names."""
    import h5py

    weights = {}
    with h5py.File(path) as file:  # type: ignore[attr-defined, no-untyped-call]
        for index, widths in enumerate(STAGES):
            for place in range(len(widths)):
                layer = f"block{index + 1}/layers/conv2d{f'_{place}' if place else ''}/vars"
                kernel = np.asarray(file[f"{layer}/0"], np.float32).transpose(3, 2, 0, 1)
                bias = np.asarray(file[f"{layer}/1"], np.float32)
                name = f"stages.{index}.{place}"
                weights[f"{name}.weight"] = torch.from_numpy(np.ascontiguousarray(kernel))
                weights[f"{name}.bias"] = torch.from_numpy(bias)
    return weights
