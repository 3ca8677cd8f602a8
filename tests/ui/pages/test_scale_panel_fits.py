"""Every way of giving a scale fits the panel beside the photo, in both languages and text sizes."""

import pytest

from ui import theme
from ui.pages.visit.editor_step import panel_width
from ui.pages.visit.scale_panel import ScalePanel
from woundtrack import words

SCROLL_BAR_PX = 14


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("zoom", theme.ZOOMS)
def test_no_row_is_cut_off(qtbot, qapp, language: str, zoom: float) -> None:
    words.set_language(language)
    theme.apply(qapp, choice="light", zoom=zoom)
    try:
        panel = ScalePanel()
        qtbot.addWidget(panel)
        room = panel_width() - 2 * theme.grid(1.5) - SCROLL_BAR_PX
        assert panel.minimumSizeHint().width() <= room
        for row in (panel.ruler, *panel.points.values()):
            row.show()
        panel.show()
        assert panel.minimumSizeHint().width() <= room
    finally:
        theme.apply(qapp, choice="light")
        words.set_language("en")
