"""The visit page of a workspace, made once a visit is opened, and what is asked of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.background import Background
from ui.photo_chooser import PhotoChooser
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.pages.visit_page import VisitPage
    from woundtrack.store.clinic import Clinic

NARROW_PX = 1400
"""Under this width a visit folds the patient list away; F9 brings it back."""


class VisitFront(QObject):
    """Puts the page into a workspace's pages, and answers for it while it is in front."""

    made = Signal(object)
    """The page, once: to be listened to."""

    def __init__(
        self,
        pages: QStackedWidget,
        clinic: "Clinic",
        background: Background,
        *,
        chooser: PhotoChooser,
        settings: Settings,
    ) -> None:
        super().__init__(pages)
        self._pages, self._clinic, self._background = pages, clinic, background
        self._chooser, self._settings = chooser, settings
        self._page: VisitPage | None = None

    @property
    def page(self) -> "VisitPage":
        """The visit page."""
        if self._page is None:
            from ui.pages.visit_page import VisitPage

            self._page = VisitPage(
                self._clinic, self._background, chooser=self._chooser, settings=self._settings
            )
            self.made.emit(self._page)
            self._pages.addWidget(self._page)
        return self._page

    @property
    def shown(self) -> "VisitPage | None":
        """The visit page while it is in front."""
        return self._page if self._pages.currentWidget() is self._page else None

    @property
    def state(self) -> Any:
        """What the visit in front shows, or None."""
        return self.shown.session.state if self.shown is not None else None

    def open(self, patient_id: int, visit_id: int | None, *, at_what_lacks: bool = False) -> None:
        """Show a visit, or a new one (None)."""
        self.page.open_visit(patient_id, visit_id, at_what_lacks=at_what_lacks)
        self._pages.setCurrentWidget(self.page)

    def return_to(self, patient_id: int, kept: Any) -> None:
        """Show a visit as it was left on another page."""
        self.page.return_to(patient_id, kept)
        self._pages.setCurrentWidget(self.page)

    def is_narrow(self, *, beside_px: int) -> bool:
        """Whether the window is too narrow for a visit beside a list of this width."""
        both = self.page.minimumSizeHint().width() + beside_px
        # Of a workspace just made only the window knows how wide it will be.
        return self._pages.window().width() < max(NARROW_PX, both)

    def flush(self, then: Callable[[], None]) -> None:
        """Save what a visit has not saved yet, then go on."""
        if self._page is None:
            then()
        else:
            self._page.flush(then)
