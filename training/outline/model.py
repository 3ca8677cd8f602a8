"""The outline network: a photo and a person's clicks in, how likely each pixel is wound out.

Input (N, 6, S, S), S a multiple of 32: red, green, blue in 0…1; a map of positive and one of
negative clicks (discs, 1 inside); and what the outline was before (0…1), all three zero for a
first proposal. Output (N, 1, S, S): logits. Clicks as discs and the previous mask as an input
follow Sofiiuk, Petrov & Konushin, "Reviving Iterative Training with Mask Guidance for
Interactive Segmentation" (2021).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

from training.outline.efficient import LITE, EfficientEncoder
from training.outline.vgg import VggEncoder

INPUTS = 6
UNLIKELY = -3.0
"""Where the logits begin: most pixels are no wound."""
WIDTHS = (32, 48, 72, 128)
"""Channels of the decoder at strides 2, 4, 8, 16."""
WIDE = (64, 96, 160, 256)
"""The same behind the teacher's encoder."""


class Fuse(nn.Module):
    """The coarser level brought up to the finer one, both told apart by two convolutions."""

    def __init__(self, coarse: int, fine: int, width: int) -> None:
        super().__init__()
        self.coarse = nn.Conv2d(coarse, width, 1, bias=False)
        self.fine = nn.Conv2d(fine, width, 1, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.first = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.first_norm = nn.BatchNorm2d(width)
        self.second = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(width)

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        """Maps at the finer level's size."""
        raised = F.interpolate(self.coarse(coarse), scale_factor=2.0, mode="nearest")
        both = F.relu(self.norm(raised + self.fine(fine)))
        y = F.relu(self.first_norm(self.first(both)))
        return F.relu(self.second_norm(self.second(y)) + both)


class Context(nn.Module):
    """The coarsest level, told what the whole picture holds."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.whole = nn.Linear(channels, channels)
        nn.init.zeros_(self.whole.weight)
        nn.init.zeros_(self.whole.bias)

    def forward(self, x: Tensor) -> Tensor:
        """The same maps, each moved by what its mean over the picture says."""
        moved: Tensor = x + self.whole(x.mean((2, 3)))[:, :, None, None]
        return moved


class OutlineNet(nn.Module):
    """Encoder and decoder; `forward` gives logits at the input's size."""

    def __init__(self, encoder: str = "lite2") -> None:
        super().__init__()
        self.encoder: EfficientEncoder | VggEncoder
        if encoder in LITE:
            self.encoder, widths = EfficientEncoder(encoder, inputs=INPUTS), WIDTHS
        else:
            self.encoder, widths = VggEncoder(inputs=INPUTS), WIDE
        channels = self.encoder.channels
        self.context = Context(channels[4])
        fuses, coarse = [], channels[4]
        for level in (3, 2, 1, 0):
            fuses.append(Fuse(coarse, channels[level], widths[level]))
            coarse = widths[level]
        self.fuses = nn.ModuleList(fuses)
        self.head = nn.Conv2d(coarse, 1, 1)
        if self.head.bias is not None:
            nn.init.constant_(self.head.bias, UNLIKELY)

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, 1, S, S)."""
        seen = torch.cat([x[:, :3] * 2.0 - 1.0, x[:, 3:]], dim=1)
        levels = self.encoder(seen)
        y = self.context(levels[4])
        for fuse, level in zip(self.fuses, (3, 2, 1, 0), strict=True):
            y = fuse(y, levels[level])
        logits: Tensor = F.interpolate(
            self.head(y), scale_factor=2.0, mode="bilinear", align_corners=False
        )
        return logits
