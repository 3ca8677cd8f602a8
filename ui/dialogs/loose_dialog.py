"""Photos that came in and are in no visit: looked at, put into one, or removed for good."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.loose import LooseLook, look_at, take_up
from ui.models.loose_words import lacking_text, photo_lines
from ui.pages.patient_list import PatientList
from ui.pages.visit.card_owner import described
from ui.pages.visit.thumbs import icon_of
from ui.widgets.banner import Banner
from ui.widgets.form import Faces
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.photo.importing import Taken
from woundtrack.records import Patient, Role, Stored
from woundtrack.words import _, counted

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic, Writer
    from woundtrack.store.orphans import LackingPhoto, LoosePhoto, Orphans

SIDE_PX = 96
_LOOK = Qt.ItemDataRole.UserRole


class LooseDialog(QDialog):
    """What is left alone here is kept. Only an administrator removes."""

    accepted_for = Signal(int, object)
    """A patient, and what was taken up for a new visit of theirs."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self._orphans: Orphans | None = None
        self.setWindowTitle(_("Photos without a visit"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(tone="neutral")
        self.banner.setVisible(False)
        self.lacking = Banner(tone="danger")
        self.lacking.setVisible(False)
        self.cut_off = Banner(tone="warning")
        self.cut_off.setVisible(False)
        self.faces = Faces()
        self._make_list()
        self._make_picker()
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.banner)
        column.addWidget(self.faces, 1)
        column.addWidget(self.buttons)
        self.resize(theme.text_grid(90), theme.grid(70))
        self.load()

    def _make_list(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        self.text = theme.label(
            _(
                "These came in, and the program ended, or somebody left them out, before they "
                "were put into a visit. What you leave here is kept."
            ),
            role="muted",
        )
        self.text.setWordWrap(True)
        for part in (self.lacking, self.cut_off, self.text):
            column.addWidget(part)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Photos without a visit"))
        self.list.setIconSize(QSize(SIDE_PX, SIDE_PX))
        self.list.setSpacing(theme.grid(0.5))
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._offer)
        self.list.itemActivated.connect(lambda _item: self.ask_whose())
        column.addWidget(self.list, 1)
        self.faces.addWidget(page)

    def _make_picker(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid())
        self.card = Banner(tone="accent")
        self.question = theme.label(_("Whose are they? Choose the patient."), role="heading")
        self.picker = PatientList(self._clinic, self._background)
        self.picker.new_button.setVisible(False)
        self.picker.patient_chosen.connect(self.take_for)
        column.addWidget(self.question)
        column.addWidget(self.card)
        column.addWidget(self.picker, 1)
        self.faces.addWidget(page)

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.put = theme.button(
            _("&Into a visit…"), icon=icons.icon("camera", tone="on_accent"), main=True
        )
        self.put.clicked.connect(self.ask_whose)
        self.back = QPushButton(_("&Back"))
        self.back.clicked.connect(self._go_back)
        self.remove = theme.button(_("&Remove for good…"), icon=icons.icon("trash-2"))
        self.remove.clicked.connect(self._ask_removal)
        for button in (self.put, self.back, self.remove):
            self.buttons.addButton(button, role)
        self._offer()

    # -- what is there

    def load(self) -> None:
        """Look what lies apart; each photo's picture follows."""
        self._run(self._clinic.orphans, self._show)

    def _show(self, found: "Orphans") -> None:
        self._orphans = found
        self.list.clear()
        for loose in found.loose:
            item = QListWidgetItem(QIcon(), photo_lines(LooseLook(loose)))
            item.setData(_LOOK, LooseLook(loose))
            self.list.addItem(item)
            self._look(loose)
        self.text.setVisible(bool(found.loose))
        self.list.setVisible(bool(found.loose))
        if not found:
            self.banner.say(_("Every photo is in a visit."), tone="ok")
        self._tell_lacking(found.lacking)
        self._tell_cut_off(found.cut_off)
        self._offer()

    def _look(self, loose: "LoosePhoto") -> None:
        self._run(lambda: look_at(self._clinic, loose), self._show_look)

    def _show_look(self, look: LooseLook) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_LOOK).loose == look.loose:
                item.setData(_LOOK, look)
                item.setText(photo_lines(look))
                item.setIcon(icon_of(look.thumbnail, side_px=SIDE_PX))
        self._offer()

    def _tell_lacking(self, lacking: "Sequence[LackingPhoto]") -> None:
        if not lacking:
            return
        ids = {each.patient_id for each in lacking}

        def names() -> dict[int, Stored[Patient]]:
            return self._clinic.read(lambda r: {key: r.get(Patient, key) for key in ids})

        self._run(names, lambda patients: self.lacking.say(lacking_text(lacking, patients)))

    def _tell_cut_off(self, count: int) -> None:
        if count:
            text = counted(
                "{count} file was cut off while it was written, so nothing can be read from it. "
                "The photo was never called imported: it is still on the camera’s card.",
                "{count} files were cut off while they were written, so nothing can be read from "
                "them. The photos were never called imported: they are still on the camera’s card.",
                count,
            )
            self.cut_off.say(text)
            if self._may_remove and not self.cut_off.buttons:
                remove = partial(self._write, lambda writer: writer.remove_cut_off())
                self.cut_off.add_action(_("Remove what was cut off"), remove)
        else:
            self.cut_off.say("")

    # -- into a visit

    def chosen(self) -> list[LooseLook]:
        """The photos that are chosen, from top to bottom."""
        looks = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(_LOOK) for item in looks if item.isSelected()]

    def ask_whose(self) -> None:
        """Ask for the patient; a card in the photos proposes theirs."""
        if not self.put.isEnabled():
            return
        owners = {look.owner.code: look.owner for look in self.chosen() if look.owner}
        owner = next(iter(owners.values())) if len(owners) == 1 else None
        self._renew_card()
        if owner is not None and owner.patient is not None:
            patient_id = owner.patient.id
            self.card.say(_("The card says: {who}. Is this right?").format(who=described(owner)))
            self.card.add_action(_("Yes, open a visit"), lambda: self.take_for(patient_id))
        self.faces.setCurrentIndex(1)
        self.picker.refresh()
        self.picker.begin_search()
        self._offer()

    def _renew_card(self) -> None:
        page = self.card.parentWidget()
        old, self.card = self.card, Banner(tone="accent")
        self.card.setVisible(False)
        page.layout().replaceWidget(old, self.card)
        old.hide()
        old.deleteLater()

    def take_for(self, patient_id: int) -> None:
        """Take the chosen photos up, and hand them to a new visit of this patient."""
        wanted = [look.loose for look in self.chosen()]
        self.faces.setEnabled(False)
        self._run(
            lambda: [take_up(self._clinic, loose) for loose in wanted],
            lambda taken: self._hand_over(patient_id, taken),
        )

    def _hand_over(self, patient_id: int, taken: list[Taken]) -> None:
        self.accept()
        self.accepted_for.emit(patient_id, taken)

    def _go_back(self) -> None:
        self.faces.setCurrentIndex(0)
        self._offer()

    # -- removing

    @property
    def _may_remove(self) -> bool:
        administrator = self._clinic.user.value.role is Role.ADMINISTRATOR
        return administrator and not self._clinic.read_only

    def _ask_removal(self) -> None:
        names = [look.loose.name for look in self.chosen()]
        text = counted(
            "{count} photo will be gone, and cannot be brought back. The journal notes it.",
            "{count} photos will be gone, and cannot be brought back. The journal notes it.",
            len(names),
        )
        yes = counted("Remove {count} photo for good", "Remove {count} photos for good", len(names))
        old = self.banner
        self.banner = Banner(
            text, tone="danger",
            actions=[
                (yes, lambda: self.remove_for_good(names)),
                (_("Keep"), lambda: self.banner.setVisible(False)),
            ],
        )  # fmt: skip
        self.layout().replaceWidget(old, self.banner)
        old.hide()
        old.deleteLater()

    def remove_for_good(self, names: Sequence[str]) -> None:
        """Remove these photos; the journal notes each."""
        self.banner.setVisible(False)
        self._write(lambda writer: writer.remove_loose(names))

    def _write(self, act: "Callable[[Writer], None]") -> None:
        self._run(lambda: self._clinic.write(act), lambda _none: self.load())

    # -- inside

    def _offer(self) -> None:
        chosen, listing = self.chosen(), self.faces.currentIndex() == 0
        sound = all(look.photo is not None for look in chosen)
        self.put.setVisible(listing)
        self.put.setEnabled(bool(chosen) and sound and not self._clinic.read_only)
        self.back.setVisible(not listing)
        self.remove.setVisible(listing)
        self.remove.setEnabled(bool(chosen) and self._may_remove)
        only = "" if self._may_remove else _("Only an administrator removes photos for good.")
        self.remove.setToolTip(only)

    def _run(self, work: object, done: object) -> None:
        self._background.run(
            work, done=while_alive(self, done), failed=while_alive(self, self._fail)
        )  # type: ignore[arg-type]

    def _fail(self, error: Exception) -> None:
        self.faces.setEnabled(True)
        if isinstance(error, WoundtrackError):
            self.banner.say(explain(error), tone="danger")
