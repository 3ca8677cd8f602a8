"""What a training run does, as one frozen value that its checkpoint carries."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shares:
    """Of what kinds the examples are."""

    without: float = 0.06
    """Photos known to show no wound."""
    taught: float = 0.0
    """Photos a teacher outlined."""
    views: tuple[float, float, float] = (0.46, 0.44, 0.10)
    """Of the outlined ones: whole frames, close-ups, views without a wound."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the result, apart from the data."""

    encoder: str = "lite2"
    seed: int = 20
    batch: int = 8
    examples: int = 28_000
    stages: tuple[tuple[float, int], ...] = ((0.45, 256), (0.30, 320), (0.25, 384))
    """Part of all examples, and the views' side in px: small ones first, they cost less."""
    rate: float = 1e-3
    encoder_rate: float = 0.5
    """The encoder's learning rate, as part of `rate`."""
    decay: float = 0.01
    warm_up: int = 150
    average: float = 0.997
    """How much of the averaged weights is kept at each step."""
    clicked: float = 0.5
    """Of the examples, so many get clicks."""
    carried: float = 0.06
    """Of the examples, so many get a disturbed outline and no click, as from a last visit."""
    teacher_weight: float = 0.3
    shares: Shares = field(default_factory=Shares)

    @property
    def steps(self) -> int:
        """How many batches there are."""
        return self.examples // self.batch

    def size(self, number: int) -> int:
        """The side of example `number`'s view; one for all of a batch."""
        part = (number // self.batch) / self.steps
        for share, size in self.stages:
            part -= share
            if part < 0:
                return size
        return self.stages[-1][1]

    def as_plain(self) -> dict[str, Any]:
        """For JSON and checkpoints."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Recipe":
        """The recipe that `as_plain` wrote."""
        values = dict(plain)
        shares = dict(values.pop("shares"))
        shares["views"] = tuple(shares["views"])
        values["stages"] = tuple((float(part), int(size)) for part, size in values["stages"])
        return cls(shares=Shares(**shares), **values)
