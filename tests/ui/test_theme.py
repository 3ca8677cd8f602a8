"""The palette is readable, follows the choice, and recolours icons."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import icons, theme
from ui.body_map import CLASS_COLOURS
from woundtrack.paths import resources_dir


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_colour_is_readable_on_its_ground(colours: theme.Tokens) -> None:
    pairs = [
        (ink, ground)
        for ink in (colours.text, colours.muted, colours.accent, colours.danger)
        for ground in (colours.window, colours.surface, colours.raised)
    ] + [
        (colours.on_accent, colours.accent), (colours.warning, colours.warning_soft),
        (colours.ok, colours.ok_soft), (colours.danger, colours.danger_soft),
        (colours.accent, colours.accent_soft), (colours.text, colours.hover),
    ]  # fmt: skip
    assert min(contrast(ink, ground) for ink, ground in pairs) >= 4.5


@pytest.mark.parametrize("ground", [*CLASS_COLOURS.values(), *theme.OKABE_ITO])
def test_a_letter_in_a_coloured_dot_is_readable(ground: str) -> None:
    assert contrast(theme.ink_on(ground), ground) >= 4.5


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        (QPushButton, ""), (QPushButton, "primary"), (QPushButton, "link"), (QPushButton, "toggle"),
        (QToolButton, ""), (QToolButton, "step"), (QCheckBox, ""), (QRadioButton, ""),
        (QComboBox, ""), (QSlider, ""),
    ],
)  # fmt: skip
def test_where_the_keyboard_is_can_be_seen(
    qtbot: QtBot, qapp: QApplication, choice: str, kind: type[QWidget], attribute: str
) -> None:
    theme.apply(qapp, choice=choice)
    window, before, control = QWidget(), QLineEdit(), kind()
    qtbot.addWidget(window)
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if attribute:
        control.setProperty(attribute, True)
    if isinstance(control, QAbstractButton):
        control.setText("Abc")
        control.setCheckable(True)
        control.setChecked(True)
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(control)
    window.show()
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    without = control.grab().toImage()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    qtbot.waitUntil(control.hasFocus)
    assert control.grab().toImage() != without
    theme.apply(qapp, choice="light")


def test_the_choice_is_in_force_at_once(qapp: QApplication) -> None:
    theme.apply(qapp, choice="dark")
    assert theme.is_dark()
    assert theme.tokens() is theme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.window
    theme.apply(qapp, choice="light")
    assert theme.tokens() is theme.LIGHT


def test_text_is_never_under_ten_points(qapp: QApplication) -> None:
    theme.apply(qapp, choice="light", zoom=0.5)
    assert theme.font(scale=0.5).pointSizeF() >= 10
    theme.apply(qapp, choice="light")
    assert qapp.font().family() == theme.FAMILY


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, choice="light")
    icon = icons.icon("ruler")
    light = icon.pixmap(QSize(24, 24)).toImage()
    theme.apply(qapp, choice="dark")
    dark = icon.pixmap(QSize(24, 24)).toImage()
    theme.apply(qapp, choice="light")
    assert light != dark
    assert icon.pixmap(QSize(24, 24)).toImage() == light


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_every_icon_kept_is_licensed_and_tintable() -> None:
    files = sorted((resources_dir() / "icons").glob("*.svg"))
    assert len(files) > 100
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "currentColor" in text
        assert "ISC" in text
