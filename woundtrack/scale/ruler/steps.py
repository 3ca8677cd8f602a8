"""The graduations that rulers have: every step, how common it is, and its orders of lengths."""

from dataclasses import dataclass

import numpy as np

from woundtrack.units import MM_PER_INCH

INCH = MM_PER_INCH


@dataclass(frozen=True, slots=True)
class Step:
    """A graduation that exists, how common it is, and the orders of lengths it is printed in."""

    step_mm: float
    share: float
    orders: tuple[tuple[tuple[int, ...], float], ...]
    """(periods as in `Pattern`, share of them); all others together have OTHER_ORDERS."""

    @property
    def metric(self) -> bool:
        """Is it a whole part of a centimetre, not of an inch?"""
        return self.step_mm in (0.5, 1.0, 2.0, 5.0, 10.0)


STEPS = (
    Step(0.5, 0.05, (((20, 10, 2), 0.5), ((20, 2), 0.2), ((20, 10), 0.1), ((2,), 0.1), ((), 0.05))),
    Step(1.0, 0.70, (((10, 5), 0.75), ((10,), 0.1), ((5,), 0.09), ((), 0.05))),
    Step(2.0, 0.02, (((5,), 0.7), ((), 0.2), ((10, 5), 0.05))),
    Step(5.0, 0.08, (((2,), 0.7), ((), 0.2), ((20, 2), 0.03), ((20, 10), 0.02), ((10,), 0.02))),
    Step(10.0, 0.06, (((), 0.8), ((5,), 0.08), ((10, 5), 0.04), ((10,), 0.04), ((2,), 0.03))),
    Step(INCH / 32, 0.01, (((32, 16, 8, 4, 2), 0.8), ((16, 8, 4, 2), 0.05), ((8, 4, 2), 0.05))),
    Step(
        INCH / 16,
        0.05,
        (
            *(((16, 8, 4, 2), 0.65), ((16, 8, 4), 0.1), ((8, 4, 2), 0.1)),
            *(((4, 2), 0.04), ((4,), 0.04), ((2,), 0.02)),
        ),
    ),
    Step(INCH / 10, 0.002, (((10, 5), 0.75), ((10,), 0.1), ((5,), 0.09), ((), 0.05))),
    Step(
        INCH / 8, 0.02, (((8, 4, 2), 0.6), ((8, 4), 0.1), ((8,), 0.1), ((4, 2), 0.1), ((2,), 0.05))
    ),
    Step(INCH / 4, 0.008, (((4, 2), 0.6), ((4,), 0.2), ((2,), 0.1), ((), 0.05))),
    Step(INCH / 2, 0.0004, (((2,), 0.7), ((), 0.25))),
    Step(INCH, 0.0006, (((), 0.9), ((12, 6), 0.05))),
)
"""Shares of the rulers that lie beside wounds: an estimate, set down before any scene was tried.
Wound rulers are in millimetres or 5 mm; many have 1/16 or 1/8 inch on the other edge, few have
inches alone; tenths of an inch are engineers'."""
STEPS_MM = np.array([step.step_mm for step in STEPS])
OTHER_ORDERS = 0.002
