"""EfficientNet-Lite as an encoder: the architecture, and starting weights from a file.

Tan & Le, "EfficientNet: Rethinking Model Scaling for CNNs", ICML 2019; the Lite family leaves
out squeeze-and-excitation and takes ReLU6, and does not scale its stem, first and last stage.
Everything here is plain convolution, so that a CPU runs it fast and every runtime reads it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

EPS, MOMENTUM = 1e-3, 0.03
STEM = 32
STAGES = (
    # kernel, stride, expansion, channels, repeats: of the unscaled network
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
TAKEN = (0, 1, 2, 4, 6)
"""The stages whose ends are handed to a decoder: strides 2, 4, 8, 16, 32."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """How much wider and deeper than the smallest one a network of the family is."""

    width: float
    depth: float

    def channels(self, plain: int) -> int:
        """Channels of a scaled stage, a multiple of eight never 10 % under the wish."""
        wish = plain * self.width
        rounded = max(8, int(wish + 4) // 8 * 8)
        return rounded + 8 if rounded < 0.9 * wish else rounded

    def repeats(self, plain: int, stage: int) -> int:
        """Blocks of a stage; the first and the last stage are never deepened."""
        return plain if stage in (0, len(STAGES) - 1) else math.ceil(plain * self.depth)


LITE = {"lite0": Scaling(1.0, 1.0), "lite1": Scaling(1.0, 1.1), "lite2": Scaling(1.1, 1.2)}


class SameConv(nn.Conv2d):
    """A convolution padded as the starting weights expect: the odd pixel at the far side."""

    def forward(self, x: Tensor) -> Tensor:
        """The convolved maps; sides must be multiples of the stride."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        total = kernel - stride
        if total <= 0:
            return super().forward(x)
        near = total // 2
        if total % 2 == 0:
            return F.conv2d(x, self.weight, self.bias, self.stride, near, 1, self.groups)
        far = total - near
        padded = F.pad(x, (near, far, near, far))
        return F.conv2d(padded, self.weight, self.bias, self.stride, 0, 1, self.groups)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=EPS, momentum=MOMENTUM)


class Block(nn.Module):
    """Expand, filter each channel, project; added to its input where the shapes allow it."""

    def __init__(self, inside: int, outside: int, kernel: int, stride: int, grow: int) -> None:
        super().__init__()
        wide = inside * grow
        self.expand = nn.Conv2d(inside, wide, 1, bias=False) if grow > 1 else None
        self.expand_norm = _norm(wide) if grow > 1 else None
        self.depthwise = SameConv(wide, wide, kernel, stride, groups=wide, bias=False)
        self.depthwise_norm = _norm(wide)
        self.project = nn.Conv2d(wide, outside, 1, bias=False)
        self.project_norm = _norm(outside)
        self.added = stride == 1 and inside == outside
        self.drop = 0.0

    def forward(self, x: Tensor) -> Tensor:
        """The block's maps; in training its own part is left out with probability `drop`."""
        y: Tensor = x
        if self.expand is not None and self.expand_norm is not None:
            y = F.relu6(self.expand_norm(self.expand(y)))
        y = F.relu6(self.depthwise_norm(self.depthwise(y)))
        y = self.project_norm(self.project(y))
        if not self.added:
            return y
        if self.training and self.drop > 0:
            keep = torch.rand((len(x), 1, 1, 1), device=x.device) >= self.drop
            y = y * (keep.to(y.dtype) / (1 - self.drop))
        both: Tensor = x + y
        return both


class EfficientEncoder(nn.Module):
    """Maps at strides 2, 4, 8, 16 and 32 of a (N, C, H, W) input, H and W multiples of 32."""

    def __init__(self, name: str, *, inputs: int, drop: float = 0.1) -> None:
        super().__init__()
        scaling = LITE[name]
        self.stem = SameConv(inputs, STEM, 3, 2, bias=False)
        self.stem_norm = _norm(STEM)
        stages, inside, self.channels = [], STEM, []
        for index, (kernel, stride, grow, plain, repeats) in enumerate(STAGES):
            outside = scaling.channels(plain)
            blocks = []
            for repeat in range(scaling.repeats(repeats, index)):
                blocks.append(Block(inside, outside, kernel, 1 if repeat else stride, grow))
                inside = outside
            stages.append(nn.Sequential(*blocks))
            if index in TAKEN:
                self.channels.append(outside)
        self.stages = nn.ModuleList(stages)
        blocks_all = [block for block in self.modules() if isinstance(block, Block)]
        for index, block in enumerate(blocks_all):
            block.drop = drop * index / len(blocks_all)

    def forward(self, x: Tensor) -> list[Tensor]:
        """The five levels, finest first."""
        y = F.relu6(self.stem_norm(self.stem(x)))
        levels = []
        for index, stage in enumerate(self.stages):
            y = stage(y)
            if index in TAKEN:
                levels.append(y)
        return levels

    def start_from(self, weights: Mapping[str, Tensor]) -> int:
        """Take the published weights; inputs beyond the colours start at zero.

        How many tensors were taken; KeyError or RuntimeError where they do not fit.
        """
        own = self.state_dict()
        for name, theirs in _renamed(self).items():
            value = weights[theirs]
            if name == "stem.weight":
                wider = torch.zeros_like(own[name])
                wider[:, :3] = value
                value = wider
            own[name] = value
        self.load_state_dict(own)
        return len(_renamed(self))


def _renamed(encoder: EfficientEncoder) -> dict[str, str]:
    """Our names of all tensors to those of the published files."""
    theirs = {"stem": "_conv_stem", "stem_norm": "_bn0"}
    number = 0
    for index, stage in enumerate(encoder.stages):
        assert isinstance(stage, nn.Sequential)
        for place, block in enumerate(stage):
            assert isinstance(block, Block)
            ours, other = f"stages.{index}.{place}.", f"_blocks.{number}."
            norms = ["_bn0", "_bn1", "_bn2"] if block.expand is not None else ["", "_bn1", "_bn2"]
            parts = ("expand", "depthwise", "project")
            for part, norm in zip(parts, norms, strict=True):
                if norm:
                    theirs[ours + part] = f"{other}_{part}_conv"
                    theirs[ours + part + "_norm"] = other + norm
            number += 1
    found = {}
    for name in encoder.state_dict():
        owner, _, leaf = name.rpartition(".")
        if leaf != "num_batches_tracked":
            found[name] = f"{theirs[owner]}.{leaf}"
    return found
