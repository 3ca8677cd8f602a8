"""The compared photos as a film or on a sheet: for what, how, and where to."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.compare.desk import Shelf
from ui.compare.film_work import FilmWish, LookedAt, counted_photos, made_film
from ui.dialogs.leaving_dialog import LeavingDialog
from ui.dialogs.save_file import asked_file
from ui.pictures.edited import State
from ui.pictures.page import LookPage
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Choice, Form
from ui.widgets.front_stack import FrontStack
from woundtrack import words
from woundtrack.compare.export import refuse_purpose
from woundtrack.compare.showing import FEWEST, SeriesOptions
from woundtrack.errors import ExportError, WoundtrackError
from woundtrack.export.case import case_of
from woundtrack.records import ConsentPurpose, PatientHistory
from woundtrack.words import N_, _

if TYPE_CHECKING:
    from woundtrack.deidentify.choose import Candidate
    from woundtrack.store.clinic import Clinic

_PURPOSES = (
    (ConsentPurpose.CARE, N_("For care, with dates")),
    (ConsentPurpose.TEACHING, N_("For teaching, with days")),
    (ConsentPurpose.RESEARCH, N_("For research, with days")),
)
_TOLD = {
    ConsentPurpose.CARE: N_(
        "The confirmed photos without names. The dates are shown: give it to nobody else."
    ),
    ConsentPurpose.TEACHING: N_(
        "Only where the patient consented to teaching. You look at each photo first, and what may "
        "tell who it is is painted over; days are counted from the first visit."
    ),
    ConsentPurpose.RESEARCH: N_(
        "Only where the patient consented to research. You look at each photo first, and what may "
        "tell who it is is painted over; days are counted from the first visit."
    ),
}
_KINDS = (
    (".webp", N_("Film (.webp)")), (".pdf", N_("Sheet to print (.pdf)")),
    (".png", N_("Sheet for a slide (.png)")),
)  # fmt: skip
_SECONDS = (1.0, 1.5, 2.0, 3.0, 5.0)
_SIZES_PX = (960, 1280, 1920)


class FilmDialog(LeavingDialog):
    """Asks, lets each photo be looked at where it must be, and writes in the background.

    `ask_file` is what a person answers; tests put their own there.
    """

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        history: PatientHistory,
        lesion_id: int,
        photo_ids: tuple[int, ...],
        shelf: Shelf,
        parent: QWidget | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(_("Film or sheet"), background, parent=parent)
        self._clinic, self._lesion_id = clinic, lesion_id
        self._days, self._shelf = _days(history, photo_ids), shelf
        self._case = case_of(history, today=today())
        self._offered: tuple[Candidate, ...] | None = None
        self.ask_file: Callable[[str], str] = self._ask_file
        self.look = LookPage(clinic, background)
        self.look.finished.connect(lambda: self._turn_to(0))
        self.look.back_requested.connect(lambda: self._turn_to(0))
        self.pages = FrontStack()
        self._build_choices()
        self.pages.addWidget(self._first_page())
        self.pages.addWidget(self.look)
        self.start_button.clicked.connect(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.pages, 1)
        for widget in (self.banner, self.progress, self.buttons):
            column.addWidget(widget)
        self._room = self.screen().availableSize()
        self.resize(QSize(theme.grid(84), theme.grid(64)).boundedTo(self._room))
        self._changed()

    def _build_choices(self) -> None:
        self.purpose = Choice([(each, _(text)) for each, text in _PURPOSES])
        self.which = Choice(
            [(False, _("The compared photos")), (True, _("All confirmed photos of the lesion"))]
        )
        self.kind = Choice([(ending, _(text)) for ending, text in _KINDS])
        seconds = [(each, words.with_unit(words.number(each), "s")) for each in _SECONDS]
        self.seconds = Choice(seconds, chosen=1.5)
        sizes = [(each, words.with_unit(str(each), "px")) for each in _SIZES_PX]
        self.longest = Choice(sizes, chosen=1280)
        self.fade = QCheckBox(_("Photos melt into each other"))
        self.outlines = QCheckBox(_("Outlines"))
        self.sizes = QCheckBox(_("Sizes with their ±"))
        self.matched = QCheckBox(_("Colours matched by card or ruler"))
        self.unaligned = QCheckBox(_("Also photos that do not lie on the first, marked so"))
        for box in (self.outlines, self.sizes, self.matched):
            box.setChecked(True)
        for choice in (self.purpose, self.which, self.kind):
            choice.currentIndexChanged.connect(self._changed)

    def _first_page(self) -> DownScroll:
        page, self.text = QWidget(), theme.label()
        self.text.setWordWrap(True)
        self.form = Form()
        self.form.add("purpose", _("What for"), self.purpose)
        self.form.add("which", _("Photos"), self.which)
        self.form.add("kind", _("As"), self.kind)
        self.form.add("seconds", _("Each photo stands"), self.seconds)
        self.form.add("size", _("Longer side"), self.longest)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid())
        for widget in (
            self.text, self.form, self.outlines, self.sizes, self.matched, self.fade,
            self.unaligned,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = DownScroll(page)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._scroll

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The Tab key comes to the choices from the buttons, too."""
        moved = super().focusNextPrevChild(forward)
        self._scroll.show_focus()
        return moved

    # -- showing

    def _changed(self) -> None:
        film = self.kind.value() == ".webp"
        self.form.set_shown("seconds", film)
        self.fade.setVisible(film)
        self.text.setText(_(_TOLD[self.purpose.value()]))
        self._say("")
        self._name_start()

    def _turn_to(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.start_button.setVisible(place == 0)
        self._name_start()
        if place == 1:  # photos are looked at larger than choices
            wide = QSize(theme.grid(120), theme.grid(88)).boundedTo(self._room)
            self.resize(self.size().expandedTo(wide))

    def _name_start(self) -> None:
        to_look = self._must_be_looked_at()
        self.start_button.setText(_("Look at each…") if to_look else _("Choose where to…"))

    def _must_be_looked_at(self) -> bool:
        """Whether photos that leave for others were not decided yet."""
        if self.purpose.value() is ConsentPurpose.CARE:
            return False
        return self._candidates() != self.look.candidates or not self._looked_at()

    def _candidates(self) -> "tuple[Candidate, ...]":
        """The photos wished for that can be in it: nobody looks at others in vain."""
        from woundtrack.deidentify.choose import candidates_of

        everything = self.which.value()
        if self._offered is None:
            counted = counted_photos(self._case, self._lesion_id)
            self._offered = tuple(
                each.of_lesions((self._lesion_id,))
                for each in candidates_of(self._case)
                if each.photo.id in counted
            )
        return tuple(each for each in self._offered if everything or each.photo.id in self._days)

    def _looked_at(self) -> LookedAt:
        """What a person let through of each photo."""
        return {
            candidate.photo.id: (edited.crop, edited.masks)
            for candidate, edited in zip(self.look.candidates, self.look.edited, strict=True)
            if edited.state is State.CONFIRMED and edited.crop is not None
        }

    # -- writing

    def start(self) -> None:
        """Look at each photo where that must be; else ask where to, and write there."""
        purpose = self.purpose.value()
        if self._must_be_looked_at():
            try:
                refuse_purpose(self._clinic, self._case.history.patient.id, purpose, dated=False)
            except WoundtrackError as error:
                self._refused(error)
                return
            candidates = self._candidates()
            if len(candidates) < FEWEST:
                self._refused(ExportError("film.too_few_visits", count=len(candidates)))
                return
            self.look.set_candidates(candidates)
            self._turn_to(1)
            return
        ending = self.kind.value()
        path = self.ask_file(f"{self._case.patient.code}-{self._label()}{ending}")
        if path:
            self._begin(Path(path), purpose)

    def _begin(self, target: Path, purpose: ConsentPurpose) -> None:
        care = purpose is ConsentPurpose.CARE
        looked_at = None if care else self._looked_at()
        wish = FilmWish(
            self._case, self._lesion_id, target, purpose, self._options(),
            None if self.which.value() else self._days, looked_at, self._shelf.known,
        )  # fmt: skip
        clinic = self._clinic
        self._write(lambda progress: made_film(clinic, wish, progress), done=self._show_done)

    def _options(self) -> SeriesOptions:
        care = self.purpose.value() is ConsentPurpose.CARE
        outlines = self.outlines.isChecked()
        return SeriesOptions(
            longest_px=self.longest.value(),
            seconds=self.seconds.value(),
            fade=self.fade.isChecked(),
            outlines=outlines,
            first_outline=outlines,
            sizes=self.sizes.isChecked(),
            matched=self.matched.isChecked(),
            day_0=None if care else self._case.baseline_on,
            unaligned=self.unaligned.isChecked(),
        )

    def _label(self) -> str:
        lesions = self._case.history.lesions
        return next(each.value.label for each in lesions if each.id == self._lesion_id)

    def _show_done(self, said: str) -> None:
        if said:
            self._say(said, tone="ok")
            self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Close"))

    def _set_working(self, working: bool) -> None:
        super()._set_working(working)
        self.pages.setEnabled(not working)

    def _ask_file(self, name: str) -> str:
        ending = self.kind.value()
        kinds = self.kind.currentText().replace(ending, f"*{ending}")
        return asked_file(self, self.windowTitle(), name=name, kinds=kinds)


def _days(history: PatientHistory, photo_ids: Sequence[int]) -> dict[int, str]:
    """The days of these photos, by their ids."""
    visits = {visit.id: visit.value.on for visit in history.visits}
    photos = {photo.id: photo.value.visit_id for photo in history.photos}
    return {each: words.date(visits[photos[each]]) for each in photo_ids}
