"""What the program is and is not, its version and licences; and the guide."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui import icons, theme
from ui.background import Background
from woundtrack import __version__
from woundtrack.paths import resources_dir
from woundtrack.words import _, language


class AboutDialog(QDialog):
    """One page of plain words."""

    def __init__(self, background: Background, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About woundtrack"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icons.PROGRAM, size_px=64, ratio=self.devicePixelRatio()))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(3)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(picture)
        column.addWidget(theme.label(f"woundtrack {__version__}", role="title"))
        for text in (
            _("Wound photographs measured, stored and charted, on this computer alone."),
            _(
                "woundtrack records and measures. It is not a certified medical device, and it "
                "recommends no treatment: the clinician decides."
            ),
            _(
                "Apache-2.0 licence. Icons: Lucide (ISC). Font: Noto Sans (OFL). Built on Qt, "
                "OpenCV, SQLCipher and reportlab under their own licences."
            ),
        ):
            line = QLabel(text)
            line.setWordWrap(True)
            column.addWidget(line)
        self.network = QLabel(_("Looking which outline network there is…"))
        self.network.setWordWrap(True)
        column.addWidget(self.network)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.text_grid(60))
        self._fit()
        background.run(_network_told, done=self._show_network, key="about network")

    def _show_network(self, text: str) -> None:
        if isValid(self):
            self.network.setText(text)
            self._fit()

    def _fit(self) -> None:
        """As high as its lines are in its width."""
        width = max(self.width(), self.minimumWidth())
        self.resize(width, self.heightForWidth(width))


def _network_told() -> str:
    from woundtrack.outline.warnings import network_told

    return network_told()


def guide_file() -> Path | None:
    """The guide in the language in force, else in English; None where it was not installed."""
    folder = resources_dir().parent / "docs" / "guide"
    for name in (f"README.{language()}.md", "README.md"):
        if (folder / name).is_file():
            return folder / name
    return None


class GuideDialog(QDialog):
    """The user guide, read from the program's own files."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("User guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.windowTitle())
        self.text.setOpenExternalLinks(False)
        file = guide_file()
        if file is None:
            self.text.setPlainText(_("The guide was not installed with the program."))
        else:
            self.text.setSearchPaths([str(file.parent)])
            self.text.setSource(QUrl(file.name), QTextDocument.ResourceType.MarkdownResource)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(theme.grid(95), theme.grid(80))
