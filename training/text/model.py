"""The network: looked at fine, thought over coarse, with ever wider steps."""

import torch
from torch import Tensor, nn

from training.text.samples import STRIDE

WIDTHS = (16, 28, 40)
DILATIONS = (1, 2, 4, 8)


class Finder(nn.Module):
    """(n, 3, h, w) BGR in 0…1 to (n, 1, h / 4, w / 4): how likely each place is writing (logit)."""

    def __init__(self) -> None:
        super().__init__()
        fine, middle, wide = WIDTHS
        self.stem = nn.Sequential(_layer(3, fine, stride=2), _layer(fine, middle, stride=2))
        self.first = _layer(middle, wide)
        self.wider = nn.ModuleList(_layer(wide, wide, dilation=each) for each in DILATIONS)
        self.last = nn.Conv2d(wide + middle, 1, 1)
        assert STRIDE == 4

    def forward(self, seen: Tensor) -> Tensor:
        fine = self.stem(seen - 0.5)
        thought = self.first(fine)
        for layer in self.wider:
            thought = thought + layer(thought)
        return self.last(torch.cat([thought, fine], dim=1))


class Likely(nn.Module):
    """The same as probabilities, for the program."""

    def __init__(self, net: Finder) -> None:
        super().__init__()
        self.net = net

    def forward(self, seen: Tensor) -> Tensor:
        return torch.sigmoid(self.net(seen))


def _layer(inputs: int, outputs: int, *, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=stride, padding=dilation, dilation=dilation,
                  bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )  # fmt: skip
