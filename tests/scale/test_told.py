"""A scale is told in words, its tilt only where it tells one."""

from dataclasses import replace

from woundtrack.scale.told import METHOD_NAMES, told
from woundtrack.scale.types import Scale, ScaleMethod

IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def test_method_tilt_and_doubt_of_a_length_stand_in_one_line() -> None:
    scale = Scale(ScaleMethod.RULER, IDENTITY, 0.0025, tilt_deg=9.6)
    assert told(scale) == "ruler, read by the program, tilt 10°, ± 0.5 %"
    flat = replace(scale, method=ScaleMethod.TWO_POINTS, tilt_deg=None)
    assert told(flat) == "two clicks, ± 0.5 %"


def test_every_method_has_a_name() -> None:
    assert set(METHOD_NAMES) == set(ScaleMethod)
