"""The values of a rater study, as the store keeps them."""

from dataclasses import dataclass

from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale

RESULT_PHOTOS = 10
"""Photos that all compared tracings must share before any figure is given."""
ADOPTION_PHOTOS = 20
"""Photos from which a clinic's own figure is taken: its 95 % interval is then some ± 40 %."""
ADOPTION_RATERS = 2


@dataclass(frozen=True, slots=True)
class RaterStudy:
    """Some photos that several people trace, or the same people twice, without seeing the others'.

    Each rater has an order of their own, which follows from `seed`.
    """

    name: str
    rater_ids: tuple[int, ...]
    rounds: int = 1
    """2 where everyone traces every photo twice."""
    with_proposal: bool = False
    """Whether the program's proposal is shown, to be corrected, instead of a bare photo."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class RaterPhoto:
    """One photo of a study, with the scale as it was then: it is the same for every tracing."""

    study_id: int
    photo_id: int
    scale: Scale


@dataclass(frozen=True, slots=True)
class RaterTrace:
    """One rater's tracing of one photo of a study, confirmed."""

    rater_photo_id: int
    rater_id: int
    round: int
    """From 1."""
    outline: Outline
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class RetraceValue:
    """The clinic's own relative sd of an area between raters, in the place of the published one."""

    study_id: int
    relative_sd: float
    low: float
    """The ends of its 95 % interval."""
    high: float
    raters: int
    photos: int
