"""Which pictures: what for, of whom, and each lesion's photos to tick, all by code."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from ui.widgets.form import Choice, Form
from ui.widgets.whom_choice import whom_choice
from woundtrack import words
from woundtrack.anatomy.sites import place_name
from woundtrack.deidentify.consent import PURPOSES
from woundtrack.errors import ExportError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Patient, Stored
from woundtrack.report.labels import PHOTO_VIEWS
from woundtrack.words import N_, _, counted

if TYPE_CHECKING:
    from woundtrack.deidentify.choose import Candidate, Offer
    from woundtrack.store.clinic import Clinic

_FOR = {PURPOSES[0]: N_("Teaching"), PURPOSES[1]: N_("Research")}
_TICKS = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
MOST_CODES = 8
"""So many patients that are left out are told in sight; all in the tip."""
_DATA = Qt.ItemDataRole.UserRole


class PictureChoice(QWidget):
    """Asks for a purpose, reads who agreed to it, and lets photos be ticked."""

    changed = Signal()

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        patient: Stored[Patient] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self.purpose = Choice([(each, _(_FOR[each])) for each in PURPOSES])
        self.whom = whom_choice(patient, named=False)
        form = Form()
        form.add("purpose", _("What for"), self.purpose)
        form.add("whom", _("Of whom"), self.whom)
        self.banner = Banner(tone="warning")
        self.banner.setVisible(False)
        self.tree = QTreeWidget()
        self._leaves: list[QTreeWidgetItem] = []
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Photos by code, to be ticked"))
        self.tree.itemChanged.connect(lambda _item, _column: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        for widget in (form, self.banner):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        for choice in (self.purpose, self.whom):
            choice.currentIndexChanged.connect(self.read)
        self.read()

    def read(self) -> None:
        """Ask anew who agreed, and offer their photos."""
        from woundtrack.deidentify.choose import offered
        from woundtrack.deidentify.export import today

        self._leaves.clear()
        self.tree.clear()
        self.changed.emit()
        self.banner.say("")
        clinic, purpose, whom = self._clinic, self.purpose.value(), self.whom.value()
        ids = None if whom is None else {whom}
        self._background.run(
            lambda: clinic.read(lambda r: offered(r, purpose, today=today(), patient_ids=ids)),
            done=while_alive(self, self._show),
            failed=while_alive(self, self._refused),
            key="pictures-offer",
        )

    def chosen(self) -> tuple["Candidate", ...]:
        """The ticked photos, each once, with the lesions that it is ticked under."""
        ticked: dict[int, tuple[Candidate, list[int]]] = {}
        for item in self._leaves:
            if item.checkState(0) is Qt.CheckState.Checked:
                candidate, lesion_id = item.data(0, _DATA)
                lesions = ticked.setdefault(candidate.photo.id, (candidate, []))[1]
                lesions += [] if lesion_id is None else [lesion_id]
        return tuple(candidate.of_lesions(lesions) for candidate, lesions in ticked.values())

    def _show(self, offer: "Offer") -> None:
        from woundtrack.deidentify.export import left_out_text

        if not offer.candidates:
            code = "no_pictures" if not offer.left_out else f"no_consent_to_{self.purpose.value()}"
            code = code if self.whom.value() is not None or not offer.left_out else "nobody"
            error = ExportError(f"deidentify.{code}", count=len(offer.left_out))
            self.banner.say(explain(error), tone="warning")
        elif offer.left_out:
            self.banner.say(left_out_text(offer.left_out, most=MOST_CODES), tone="neutral")
            self.banner.label.setToolTip(", ".join(offer.left_out))
        self.tree.blockSignals(True)
        self._fill(offer, ticked=self.whom.value() is not None)
        self.tree.blockSignals(False)
        self.changed.emit()

    def _fill(self, offer: "Offer", *, ticked: bool) -> None:
        patients: dict[str, QTreeWidgetItem] = {}
        groups: dict[tuple[str, int | None], QTreeWidgetItem] = {}
        for candidate in offer.candidates:
            code = candidate.case.patient.code
            if code not in patients:
                patients[code] = _item(self.tree, code, grouped=True)
            lesions: list[int | None] = [each.lesion_id for each in candidate.drawn]
            for lesion_id in lesions or [None]:
                key = code, lesion_id
                if key not in groups:
                    name = _lesion_name(candidate, lesion_id)
                    groups[key] = _item(patients[code], name, grouped=True)
                leaf = _item(groups[key], _photo_name(candidate), grouped=False)
                leaf.setData(0, _DATA, (candidate, lesion_id))
                self._leaves.append(leaf)
                on = ticked and lesion_id is not None
                leaf.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.tree.expandToDepth(1 if ticked else 0)

    def _refused(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")


def _item(parent: QTreeWidget | QTreeWidgetItem, text: str, *, grouped: bool) -> QTreeWidgetItem:
    made = QTreeWidgetItem(parent, [text])
    made.setFlags(_TICKS | (Qt.ItemFlag.ItemIsAutoTristate if grouped else Qt.ItemFlag(0)))
    made.setCheckState(0, Qt.CheckState.Unchecked)
    return made


def _lesion_name(candidate: "Candidate", lesion_id: int | None) -> str:
    """The lesion's number and site: its label was typed, and may name someone."""
    if lesion_id is None:
        return _("Without an outline")
    lesion = next(each.value for each in candidate.case.history.lesions if each.id == lesion_id)
    number = candidate.case.lesion_numbers[lesion_id]
    place = place_name(lesion.site, lesion.side)
    return _("Lesion {number}: {place}").format(number=number, place=place)


def _photo_name(candidate: "Candidate") -> str:
    day = counted("day {count}", "day {count}", candidate.day)
    parts = [day, _("photo {number}").format(number=candidate.number)]
    view = candidate.photo.value.view
    parts += [_(PHOTO_VIEWS[view])] if view else []
    areas = [each.measurement.area_cm2 for each in candidate.drawn if each.measurement]
    parts += [f"{words.number(areas[0], decimals=1)} cm²"] if len(areas) == 1 else []
    return " · ".join(parts)
