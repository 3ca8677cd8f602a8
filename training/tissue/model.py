"""The tissue network: a view in, how likely each place is each tissue out.

Input (N, 3, S, S), S a multiple of 16: red, green, blue in 0…1. Output (N, 4, S/4, S/4): logits
of everything else, slough or fibrin, granulation, callus. The encoder's levels at strides 4, 8
and 16 are added up from the coarsest (Lin et al., "Feature Pyramid Networks", CVPR 2017).
"""

from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

from training.outline.efficient import EfficientEncoder

ENCODER = "lite2"
STAGES = 5
"""Of the encoder, up to stride 16."""
CLASSES = 4
WIDTH = 48


class TissueNet(nn.Module):
    """Encoder and decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = EfficientEncoder(ENCODER, inputs=3)
        self.encoder.stages = self.encoder.stages[:STAGES]
        channels = self.encoder.channels[1:4]
        self.side = nn.ModuleList(nn.Conv2d(inside, WIDTH, 1) for inside in channels)
        self.mix = nn.ModuleList(_mix() for _ in channels)
        self.drop = nn.Dropout2d(0.2)
        self.head = nn.Conv2d(WIDTH, CLASSES, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Logits."""
        levels = self.encoder(x * 2 - 1)[1:4]
        y: Tensor | None = None
        for place in (2, 1, 0):
            z = self.side[place](levels[place])
            if y is not None:
                z = z + F.interpolate(y, scale_factor=2.0, mode="bilinear", align_corners=False)
            y = self.mix[place](z)
        logits: Tensor = self.head(self.drop(y))
        return logits


def _mix() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(WIDTH, WIDTH, 3, padding=1, bias=False), nn.BatchNorm2d(WIDTH), nn.ReLU6()
    )
