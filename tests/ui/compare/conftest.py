"""The comparison's canvas on the screen, with two photos."""

import pytest

from tests.ui.compare.planes import SIZE, picture
from ui import theme
from ui.compare.canvas import CompareCanvas
from ui.compare.picture import Picture


@pytest.fixture(scope="module")
def photos() -> tuple[Picture, ...]:
    """Four of one place, each taken from another distance."""
    return tuple(picture(n, mm_per_px=step) for n, step in enumerate((0.2, 0.1, 0.25, 0.16)))


@pytest.fixture
def canvas(qtbot, qapp, photos) -> CompareCanvas:
    theme.apply(qapp, choice="light")
    made = CompareCanvas()
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.set_pictures(photos[:2])
    made.set_outlines_shown(False)
    made.show()
    qtbot.waitExposed(made)
    return made
