"""The spirit level says in place, colour and words how far the camera was tilted."""

import pytest
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.level import SpiritLevel, tone_of


@pytest.fixture
def level(qtbot: QtBot) -> SpiritLevel:
    made = SpiritLevel()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("tilt_deg", "tone"),
    [(0, "ok"), (15, "ok"), (15.1, "warning"), (30, "warning"), (30.1, "danger")],
)
def test_the_colour_goes_from_green_over_amber_to_red(tilt_deg: float, tone: str) -> None:
    assert tone_of(tilt_deg) == tone


@pytest.mark.parametrize(
    ("towards_deg", "side", "place"),
    [
        (0, "the top", (0, -0.5)), (90, "the right", (0.5, 0)), (182, "the bottom", (-0.02, 0.5)),
        (270, "the left", (-0.5, 0)), (359, "the top", (-0.01, -0.5)),
        (315, "the top left", (-0.354, -0.354)),
    ],
)  # fmt: skip
def test_the_bubble_lies_towards_the_far_side_and_its_name_says_so(
    level: SpiritLevel, towards_deg: float, side: str, place: tuple[float, float]
) -> None:
    level.show_tilt(20.0, float(towards_deg))
    bubble = level.bubble()
    assert bubble is not None
    assert (bubble.x(), bubble.y()) == pytest.approx(place, abs=0.01)
    assert level.accessibleName() == f"Tilt 20°, towards {side}"
    assert level.accessibleName() in level.toolTip()


def test_beyond_the_rim_it_stays_at_the_rim(level: SpiritLevel) -> None:
    level.show_tilt(75.0, 90.0)
    bubble = level.bubble()
    assert bubble is not None
    assert bubble.x() == pytest.approx(1.0)


def test_an_unknown_tilt_and_an_unknown_side_have_no_bubble(level: SpiritLevel) -> None:
    level.show_tilt(None, None)
    assert level.bubble() is None
    assert level.accessibleName() == "Tilt unknown"
    level.show_tilt(22.0, None)
    assert level.bubble() is None
    assert level.accessibleName() == "Tilt 22°"


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("tilt_deg", [None, 0.0, 20.0, 39.0])
def test_it_is_painted_in_the_tone_of_its_tilt(
    level: SpiritLevel, choice: str, tilt_deg: float | None
) -> None:
    theme.apply(theme.application(), choice=choice)
    level.resize(level.sizeHint())
    level.show_tilt(tilt_deg, 90.0 if tilt_deg else None)
    image = level.grab().toImage()
    tone = "muted" if tilt_deg is None else tone_of(tilt_deg)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in (20, 21, 22)}
    theme_colours = theme.tokens()
    theme.apply(theme.application(), choice="light")
    assert getattr(theme_colours, tone) in colours
