"""The scale a person asks for on the command line."""

import pytest

from woundtrack.errors import ScaleError
from woundtrack.scale.wish import Dot, RulerStep, ScaleWish, Square, TwoPoints, parse_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("auto", "auto"),
        ("none", "none"),
        ("10,20.5, 410,20.5=40", TwoPoints((10.0, 20.5), (410.0, 20.5), 40.0)),
        ("dot:100,200.5=24.25", Dot((100.0, 200.5), 24.25)),
        ("square:100,200=20", Square((100.0, 200.0), 20.0, 20.0)),
        ("square:100,200=85.6x53.98", Square((100.0, 200.0), 85.6, 53.98)),
        ("ruler:1", RulerStep(1.0)),
        ("ruler:1.5875", RulerStep(1.5875)),
    ],
)
def test_what_a_text_asks_for(text: str, wish: ScaleWish) -> None:
    assert parse_wish(text) == wish


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scale.unknown_wish"),
        ("rulers", "scale.unknown_wish"),
        ("coin:1,2=3", "scale.unknown_wish"),
        ("1,2,3,4", "scale.unknown_wish"),
        ("1,2,3=40", "scale.two_points_text"),
        ("1,2,3,x=40", "scale.two_points_text"),
        ("1,2,3,nan=40", "scale.two_points_text"),
        ("1,2,3,4=inf", "scale.two_points_text"),
        ("1,2,300,4=3x4", "scale.two_points_text"),
        ("1,2,300,4=0", "scale.mm_not_positive"),
        ("1,2,300,4=-5", "scale.mm_not_positive"),
        ("dot:1,2", "scale.spot_text"),
        ("dot:1=20", "scale.spot_text"),
        ("dot:1,2=20x20", "scale.spot_text"),
        ("dot:1,2=-20", "scale.mm_not_positive"),
        ("square:1,2=20x20x20", "scale.spot_text"),
        ("square:1,2=20x0", "scale.mm_not_positive"),
        ("ruler:", "scale.ruler_text"),
        ("ruler:mm", "scale.ruler_text"),
        ("ruler:0", "scale.mm_not_positive"),
    ],
)
def test_a_text_that_is_no_scale_is_refused(text: str, code: str) -> None:
    with pytest.raises(ScaleError) as caught:
        parse_wish(text)
    assert caught.value.code == code
