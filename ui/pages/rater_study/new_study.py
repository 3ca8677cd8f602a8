"""A new rater study: its name, who traces, and which photos."""

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from ui import theme
from ui.acts import Acts
from ui.background import Background
from ui.pages.rater_study.column import scrolled_column
from ui.pages.rater_study.photo_choice import PhotoChoice
from ui.widgets.banner import Banner
from ui.widgets.form import Form
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.raters.types import RESULT_PHOTOS, RaterPhoto, RaterStudy
from woundtrack.records import Stored, User
from woundtrack.store.clinic import Clinic, Reader, Writer
from woundtrack.store.retracing import TraceablePhoto
from woundtrack.words import _

SEED_BITS = 31
_FIELD_OF = {"record.name_missing": "name", "record.study_raters": "raters"}


class NewStudy(QWidget):
    """Asks, checks and makes the study in one act that Undo takes back."""

    created = Signal(int)
    cancelled = Signal()

    def __init__(
        self, clinic: Clinic, background: Background, acts: Acts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background, self._acts = clinic, background, acts
        self._users: tuple[Stored[User], ...] = ()
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.name = QLineEdit()
        self.raters = QListWidget()
        self.raters.setFixedHeight(theme.grid(14))
        self.twice = QCheckBox(_("Everyone traces every photo &twice, a week or more apart"))
        self.with_proposal = QCheckBox(_("Show the program’s &proposal, to be corrected"))
        self.with_proposal.setToolTip(
            _("For comparison: such a study gives no figure of the clinic’s own.")
        )
        self.photos = PhotoChoice(clinic, background)
        self.form = Form(stacked=True)
        self.form.add("name", _("&Name"), self.name)
        self.form.add("raters", _("Who t&races"), self.raters)
        self.form.add_wide(self.twice)
        self.form.add_wide(self.with_proposal)
        self.form.add(
            "photos", _("P&hotos"), self.photos,
            hint=_("Offered are confirmed photos that show one wound, under a confirmed scale."),
        )  # fmt: skip
        column = scrolled_column(self)
        column.addWidget(theme.label(_("New rater study"), role="title"))
        column.addWidget(self.banner)
        column.addWidget(self.form, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        cancel = theme.button(_("Cancel"))
        cancel.clicked.connect(self.cancelled)
        self.create_button = theme.button(_("Make the study"), main=True)
        self.create_button.clicked.connect(self.create_study)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.create_button)
        return row

    def begin(self) -> None:
        """An empty form, with the clinic's people and photos."""
        self.name.clear()
        self.form.clear_errors()
        self.banner.say("")
        self.twice.setChecked(False)
        self.with_proposal.setChecked(False)
        self._background.run(
            lambda: self._clinic.read(_people_and_photos),
            done=lambda found: self._offer(*found),
            failed=self._fail,
            key="rater study choices",
        )
        self.name.setFocus()

    def _offer(self, users: tuple[Stored[User], ...], photos: tuple[TraceablePhoto, ...]) -> None:
        self._users = tuple(user for user in users if user.value.active)
        self.raters.clear()
        for user in self._users:
            item = QListWidgetItem(user.value.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.raters.addItem(item)
        self.photos.set_photos(photos)
        if len(photos) < RESULT_PHOTOS:
            text = _(
                "Only {count} confirmed photos show one wound under a confirmed scale; a result "
                "needs {needed}. Confirm more visits first."
            )
            self.banner.say(text.format(count=len(photos), needed=RESULT_PHOTOS), tone="warning")

    def create_study(self) -> None:
        """Make the study, or say at its field what is missing."""
        self.form.clear_errors()
        chosen = self.photos.chosen()
        if len(chosen) < RESULT_PHOTOS:
            text = _("Choose {needed} photos or more.").format(needed=RESULT_PHOTOS)
            self.form.show_error("photos", text)
            return
        raters = tuple(
            user.id
            for place, user in enumerate(self._users)
            if self.raters.item(place).checkState() == Qt.CheckState.Checked
        )
        study = RaterStudy(
            name=self.name.text().strip(),
            rater_ids=raters,
            rounds=2 if self.twice.isChecked() else 1,
            with_proposal=self.with_proposal.isChecked(),
            seed=secrets.randbits(SEED_BITS),
        )
        self._acts.do(
            lambda writer: _write(writer, study, chosen),
            text=_("new rater study"),
            done=self.created.emit,
            failed=self._fail,
        )

    def _fail(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        if not self.form.show_error(_FIELD_OF.get(error.code, ""), explain(error)):
            self.banner.say(explain(error), tone="danger")


def _people_and_photos(
    reader: Reader,
) -> tuple[tuple[Stored[User], ...], tuple[TraceablePhoto, ...]]:
    return tuple(reader.find(User)), tuple(reader.traceable_photos())


def _write(writer: Writer, study: RaterStudy, chosen: tuple[TraceablePhoto, ...]) -> int:
    made = writer.add(study)
    for one in chosen:
        scale = one.scale.value.scale
        assert scale is not None  # only photos with one are offered
        writer.add(RaterPhoto(made.id, one.photo.id, scale))
    return made.id
