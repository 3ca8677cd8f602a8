"""The colours by name, and the palette and style sheet made of them."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QProxyStyle

from woundtrack.paths import resources_dir


class PlainWords(QProxyStyle):
    """A style in which labels, tool tips and boxes show words as they are.

    Qt takes a text with `<` in it for HTML and obeys it: names, notes and file names come from
    outside. A label that is to be rich says so itself.
    """

    def polish(self, what: Any) -> Any:
        if isinstance(what, QLabel) and what.textFormat() is Qt.TextFormat.AutoText:
            what.setTextFormat(Qt.TextFormat.PlainText)
        return super().polish(what)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours in force, as "#rrggbb"."""

    dark: bool
    window: str
    surface: str
    raised: str
    hover: str
    border: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    ok: str
    ok_soft: str


LIGHT = Tokens(
    dark=False, window="#f3f5f7", surface="#ffffff", raised="#fafbfc", hover="#e9eef2",
    border="#d3dae1", text="#1a2530", muted="#566372", accent="#0b6b80", accent_soft="#dcedf1",
    on_accent="#ffffff", danger="#b3261e", danger_soft="#fbe6e4", warning="#8a5200",
    warning_soft="#fdf0d9", ok="#1c6e46", ok_soft="#def1e6",
)  # fmt: skip
DARK = Tokens(
    dark=True, window="#13181e", surface="#1a2129", raised="#222b35", hover="#2b3641",
    border="#384552", text="#e7ecf1", muted="#9fadba", accent="#57b8cc", accent_soft="#173842",
    on_accent="#04232b", danger="#ff8f85", danger_soft="#43221f", warning="#f2b85c",
    warning_soft="#3d3018", ok="#74d19b", ok_soft="#19372a",
)  # fmt: skip


def mixed(under: str, over: str, share: float) -> str:
    """The colour `share` (0 to 1) of the way from `under` to `over`, as "#rrggbb"."""
    a, b = QColor(under), QColor(over)
    parts = [
        round(x + (y - x) * share)
        for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    ]
    return QColor(*parts).name()


def palette_of(colours: Tokens) -> QPalette:
    """The Qt palette made of these colours."""
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.window, role.WindowText: colours.text, role.Base: colours.surface,
        role.AlternateBase: colours.raised, role.Text: colours.text, role.Button: colours.raised,
        role.ButtonText: colours.text, role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text, role.PlaceholderText: colours.muted,
        role.Highlight: colours.accent, role.HighlightedText: colours.on_accent,
        role.Link: colours.accent, role.LinkVisited: colours.accent, role.Accent: colours.accent,
        role.BrightText: colours.danger, role.Mid: colours.border, role.Midlight: colours.hover,
        role.Light: colours.raised, role.Dark: mixed(colours.border, "#000000", 0.25),
        role.Shadow: "#000000",
    }  # fmt: skip
    palette = QPalette()
    for key, value in pairs.items():
        palette.setColor(key, QColor(value))
    faint = QColor(mixed(colours.window, colours.muted, 0.6))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, faint)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    return palette


def style_sheet(colours: Tokens) -> str:
    """The few rules Fusion cannot express through the palette."""
    c = colours
    tones = {
        "neutral": (c.hover, c.text), "accent": (c.accent_soft, c.accent),
        "ok": (c.ok_soft, c.ok), "warning": (c.warning_soft, c.warning),
        "danger": (c.danger_soft, c.danger),
    }  # fmt: skip
    chips = "".join(
        f'QLabel[chip="{name}"] {{ background: {back}; color: {front}; border-radius: 9px;'
        " padding: 1px 8px; }"
        for name, (back, front) in tones.items()
    )
    banners = "".join(
        f'QFrame[banner="{name}"] {{ background: {back}; border: 0;'
        f" border-left: 4px solid {front}; border-radius: 4px; }}"
        for name, (back, front) in tones.items()
    )
    pressed = mixed(c.accent, "#000000", 0.18)
    lifted = mixed(c.accent, "#ffffff", 0.12)
    faint = mixed(c.window, c.muted, 0.6)
    check = (resources_dir() / "marks" / f"check-{'dark' if c.dark else 'light'}.svg").as_posix()
    scroll = mixed(c.surface, c.muted, 0.35)
    # The general rules stand first: an attribute weighs no more than a state, the later one wins.
    return f"""
QLineEdit, QPlainTextEdit {{ background: {c.surface}; border: 1px solid {c.border};
  border-radius: 4px; padding: 3px 5px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {c.accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {c.window}; }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {{ border: 0; padding: 0 2px;
  background: transparent; }}
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {{
  width: 14px; height: 14px; border: 1px solid {c.muted};
  border-radius: 3px; background: {c.surface}; }}
QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
QCheckBox::indicator:disabled {{ border-color: {c.border}; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {{
  background: {c.accent}; border-color: {c.accent};
  image: url("{check}"); }}
QTreeView::indicator:indeterminate {{ background: {c.accent_soft}; border-color: {c.accent}; }}
QCheckBox::indicator:checked:disabled {{ background: {faint}; border-color: {faint}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {c.muted};
  border-radius: 8px; background: {c.surface}; }}
QRadioButton::indicator:focus {{ border-color: {c.accent}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {c.accent}; }}
QTableView::item {{ padding: 3px 6px; }}
QHeaderView::section {{ background: {c.raised}; border: 0; border-bottom: 1px solid {c.border};
  padding: 5px 8px; font-weight: bold; }}
QTableCornerButton::section {{ background: {c.raised}; border: 0;
  border-bottom: 1px solid {c.border}; }}
QPushButton {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 5px;
  padding: 5px 12px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.accent_soft}; }}
QPushButton:focus {{ border-color: {c.accent}; }}
QPushButton:disabled {{ background: {c.window}; color: {faint}; }}
QFrame[card="true"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 8px; }}
QFrame[card="chosen"] {{ background: {c.surface}; border: 2px solid {c.accent};
  border-radius: 8px; }}
QFrame[card="asking"] {{ background: {c.surface}; border: 1px dashed {c.warning};
  border-radius: 8px; }}
QFrame[dropzone="true"] {{ background: {c.surface}; border: 2px dashed {c.border};
  border-radius: 12px; }}
QToolButton[step="true"] {{ border: 0; border-radius: 6px; padding: 4px 10px; color: {c.muted}; }}
QToolButton[step="true"]:hover {{ background: {c.hover}; color: {c.text}; }}
QToolButton[step="true"]:checked {{ background: {c.accent_soft}; color: {c.accent};
  font-weight: bold; }}
QToolButton[step="true"]:focus {{ border: 1px solid {c.accent}; padding: 3px 9px; }}
QStatusBar {{ min-height: 0; }}
QStatusBar::item {{ border: 0; }}
QToolButton[told] {{ border: 0; border-radius: 4px; padding: 0 6px; }}
QToolButton[told]:hover {{ background: {c.hover}; }}
QToolButton[told]:focus {{ text-decoration: underline; }}
QToolButton[told="ok"] {{ color: {c.muted}; }}
QToolButton[told="accent"] {{ color: {c.accent}; }}
QToolButton[told="warning"] {{ color: {c.warning}; font-weight: bold; }}
QToolButton[told="danger"] {{ color: {c.danger}; font-weight: bold; }}
QListWidget[names="true"] {{ background: {c.surface}; border: 1px solid {c.border};
  border-radius: 4px; padding: 3px; }}
QListWidget[names="true"]:focus {{ border-color: {c.accent}; }}
QListWidget[names="true"]::item {{ padding: 3px 4px; border-radius: 4px; }}
QListWidget[names="true"]::item:selected {{ background: {c.accent_soft}; color: {c.accent}; }}
QListWidget[rail="true"]::item:selected {{ background: {c.accent_soft}; color: {c.accent};
  border: 1px solid {c.accent}; border-radius: 6px; }}
QPushButton[toggle="true"] {{ background: {c.surface}; border: 1px solid {c.border};
  border-radius: 12px; padding: 2px 8px; }}
QPushButton[toggle="true"]:hover {{ background: {c.hover}; }}
QPushButton[toggle="true"]:checked {{ background: {c.accent}; color: {c.on_accent};
  border-color: {c.accent}; font-weight: bold; }}
QPushButton[asked="true"] {{ border-color: {c.accent}; }}
QPushButton[toggle="true"]:disabled {{ color: {c.muted}; }}
QPushButton[toggle="true"]:checked:disabled {{ background: {c.accent_soft}; color: {c.accent};
  border-color: {c.accent_soft}; }}
QLabel[paper="true"] {{ background: #ffffff; color: #444444; border: 1px solid {c.border};
  padding: 4px; }}
QFrame[rule="true"] {{ background: {c.border}; border: 0; max-height: 1px; }}
QLabel[role="title"] {{ font-size: {1.5 * _points():.1f}pt; font-weight: bold; }}
QLabel[role="heading"] {{ font-size: {1.15 * _points():.1f}pt; font-weight: bold; }}
QLabel[role="figure"] {{ font-size: {1.7 * _points():.1f}pt; font-weight: bold; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="error"] {{ color: {c.danger}; }}
QLabel[role="warning"] {{ color: {c.warning}; }}
QLabel[role="ok"] {{ color: {c.ok}; }}
QLineEdit[remembered="true"] {{ color: {c.muted}; font-style: italic; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QDateEdit[invalid="true"],
QPlainTextEdit[invalid="true"] {{ border: 2px solid {c.danger}; border-radius: 4px; padding: 3px; }}
QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border: 0;
  border-radius: 5px; padding: 6px 16px; font-weight: bold; }}
QPushButton[primary="true"]:hover {{ background: {lifted}; }}
QPushButton[primary="true"]:pressed {{ background: {pressed}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {c.text}; padding: 4px 14px; }}
QPushButton[primary="true"]:disabled {{ background: {c.hover}; color: {c.muted}; }}
QPushButton[link="true"] {{ background: transparent; border: 0; color: {c.accent};
  padding: 2px 4px; text-align: left; }}
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus {{ text-decoration: underline; }}
QTabBar::tab {{ background: transparent; border: 0; border-bottom: 2px solid transparent;
  padding: 6px 12px; color: {c.muted}; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; font-weight: bold; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar::handle {{ background: {scroll}; border-radius: 4px; margin: 2px; min-width: 32px;
  min-height: 32px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: 4px; }}
{chips}{banners}"""


def _points() -> float:
    return max(10.0, QApplication.font().pointSizeF())
