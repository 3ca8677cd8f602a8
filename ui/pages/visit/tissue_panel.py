"""“Wound bed” beside the photo: what is proposed and painted, with its legend and figures."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.photo_editor.editor import PhotoEditor
from ui.photo_editor.tissue_painting import swatch
from ui.widgets.form import card, link
from ui.widgets.work_row import WorkRow
from woundtrack.outline.tissue.types import LIGHTS, NAMES, WARNINGS, Tissue, TissueMap, TissuePart
from woundtrack.outline.tissue.wording import amount_text
from woundtrack.words import _

SWATCH_PX = 18


class TissuePanel(QWidget):
    """Shows one lesion's map; every act is told and none is done here."""

    propose_wanted = Signal()
    cancel_wanted = Signal()
    rest_wanted = Signal()
    removal_wanted = Signal()
    tissue_chosen = Signal(object)
    always_turned = Signal(bool)

    def __init__(self, editor: PhotoEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, column = card(margins=1.5)
        column.setSpacing(theme.grid(0.75))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._work = WorkRow(
            _("Propose tissues"),
            icon="wand-sparkles",
            at_work=_("Looking at what the wound bed is made of"),
        )
        self.propose, self.stop = self._work.button, self._work.stop
        self.told = _small("warning")
        self.rest = QPushButton()
        self.remove = link(_("Take the map off"))
        for button, wanted in (
            (self.propose, self.propose_wanted), (self.stop, self.cancel_wanted),
            (self.rest, self.rest_wanted), (self.remove, self.removal_wanted),
        ):  # fmt: skip
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(wanted)
        self.light = _small("muted")
        self.caution = _small("muted")
        self.caution.setText(" ".join(_(sentence) for sentence in WARNINGS.values()))
        self.callus = _check(_("The outline takes in callus"))
        self.always = _check(_("Propose with every outline"))
        self.always.clicked.connect(self.always_turned)
        self._names: dict[Tissue, QPushButton] = {}
        self.figures: dict[Tissue, QLabel] = {}
        self._build(column, editor)

    def _build(self, column: QVBoxLayout, editor: PhotoEditor) -> None:
        top = QHBoxLayout()
        top.addWidget(theme.label(_("Wound bed"), role="heading"), 1)
        eye = QToolButton()
        eye.setDefaultAction(editor.tissues_shown)
        eye.setAutoRaise(True)
        eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top.addWidget(eye)
        column.addLayout(top)
        column.addWidget(self._work)
        column.addWidget(self.told)
        legend = QGridLayout()
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setVerticalSpacing(0)
        legend.setColumnStretch(0, 1)
        for place, tissue in enumerate(Tissue):
            legend.addWidget(self._legend_name(tissue), place, 0)
            self.figures[tissue] = theme.label()
            legend.addWidget(self.figures[tissue], place, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(legend)
        for widget in (self.rest, self.light, self.caution, self.callus, self.always, self.remove):
            column.addWidget(widget)

    def _legend_name(self, tissue: Tissue) -> QPushButton:
        made = link(f"{tissue.value}  {_(NAMES[tissue])}")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setIcon(QIcon(swatch(tissue, side_px=SWATCH_PX, ratio=self.devicePixelRatioF())))
        made.setToolTip(_("Paint {tissue} ({key})").format(tissue=_(NAMES[tissue]), key=tissue))
        made.clicked.connect(partial(self.tissue_chosen.emit, tissue))
        self._names[tissue] = made
        return made

    # -- showing

    def show_map(self, tissue_map: TissueMap | None, *, read_only: bool) -> None:
        """Show what belongs to a map, or to there being none."""
        proposed = tissue_map is not None and bool(tissue_map.fraction_sd)
        light = _(LIGHTS[tissue_map.light]) if tissue_map is not None and proposed else ""
        by_hand = _("painted by hand") if tissue_map is not None and tissue_map.repainted else ""
        self.light.setText(", ".join(filter(None, (light, by_hand))).capitalize())
        self.light.setVisible(bool(self.light.text()))
        self.caution.setVisible(proposed)
        self.remove.setVisible(tissue_map is not None and not read_only)
        for widget in (self.callus, self.always):
            widget.setVisible(not read_only)
        for name in self._names.values():
            name.setEnabled(not read_only)
        again = tissue_map is not None
        self._work.rename(_("Propose tissues again") if again else _("Propose tissues"))
        self._work.setVisible(not read_only)

    def show_parts(self, parts: tuple[TissuePart, ...]) -> None:
        """Show the fractions beside the legend, or none."""
        by = {part.tissue: part for part in parts}
        for tissue, label in self.figures.items():
            part = by.get(tissue)
            label.setText(amount_text(part) if part and part.fraction > 0 else "")
            known = part is None or part.evaluated
            theme.retone(label, "role", "" if known else "muted")
            label.setToolTip(
                "" if known else _("Proposals of this tissue were never measured: look yourself.")
            )

    def show_rest(self, tissue: Tissue, *, wanted: bool) -> None:
        """Offer to give what has no tissue yet to the one on the brush."""
        self.rest.setText(_("The rest is {tissue}").format(tissue=_(NAMES[tissue])))
        self.rest.setVisible(wanted)

    def show_brush(self, tissue: Tissue | None) -> None:
        """Mark the tissue on the brush; None while another tool is in hand."""
        for each, name in self._names.items():
            name.setFont(theme.font(bold=each is tissue))

    def show_work(self, looking: bool) -> None:
        """Progress with cancel in place of the button while a proposal is made."""
        self._work.show_work(looking)

    def tell(self, text: str) -> None:
        """Why there are no figures, or no proposal."""
        self.told.setText(text)
        self.told.setVisible(bool(text))


def _check(text: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _small(role: str) -> QLabel:
    made = theme.label(role=role)
    made.setWordWrap(True)
    made.hide()
    return made
