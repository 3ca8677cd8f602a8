"""What a patient's report may hold, as choices: the kind decides what else is asked."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.report_kept import KeptChoices
from ui.dialogs.sheet_dialog import PAPERS
from ui.widgets.chart_choice import ChartChooser
from ui.widgets.date_field import DateField
from ui.widgets.form import Choice, Form, in_a_row
from woundtrack import words
from woundtrack.records import PatientHistory
from woundtrack.report.chart_choice import ChartChoice
from woundtrack.report.chart_data import chart_data
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportOptions, ReportPart
from woundtrack.report.labels import lesion_name
from woundtrack.words import N_, _

KINDS: Mapping[ReportKind, str] = MappingProxyType(
    {
        ReportKind.PROGRESS: N_("Lesion progress"),
        ReportKind.PATIENT: N_("Patient summary"),
        ReportKind.VISIT: N_("Single visit"),
    }
)
PARTS: Mapping[ReportPart, str] = MappingProxyType(
    {
        ReportPart.BODY_MAP: N_("Body map"),
        ReportPart.THERAPIES: N_("Therapies"),
        ReportPart.HEALING: N_("Healing by therapy"),
        ReportPart.RISKS: N_("Risk factors"),
        ReportPart.LABORATORY: N_("Laboratory"),
        ReportPart.ANALGESICS: N_("Analgesics"),
        ReportPart.EVENTS: N_("Events"),
        ReportPart.CHART: N_("Chart"),
    }
)
_LEFT_OUT = {
    ReportKind.PROGRESS: frozenset({ReportPart.BODY_MAP}),
    ReportKind.PATIENT: frozenset({ReportPart.HEALING}),
    ReportKind.VISIT: frozenset(ReportPart),
}
"""What a kind of report has no place for."""
_PHOTOS = (
    (PhotoChoice.FIRST_AND_LATEST, N_("First and latest")),
    (PhotoChoice.ALL, N_("One of each visit")),
    (PhotoChoice.EVERY, N_("All photos")),
    (PhotoChoice.NONE, N_("No photos")),
)
_VISIT_PHOTOS = (
    (PhotoChoice.EVERY, N_("All photos")),
    (PhotoChoice.NONE, N_("No photos")),
)
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType({"en": "English", "fr": "Français"})


class ReportChoices(Form):
    """The fields beside a report's preview; `changed` at every other choice."""

    changed = Signal()

    def __init__(
        self,
        history: PatientHistory,
        *,
        kept: KeptChoices,
        lesion_id: int | None,
        visit_id: int | None,
        chart: ChartChoice | None,
    ) -> None:
        """`lesion_id` None ticks all; `visit_id` None is the latest confirmed one."""
        super().__init__(stacked=True)
        self._history, self._kept = history, kept
        self._build(lesion_id, visit_id, chart)
        self._lay_out()
        self._show_kind()
        self._connect()

    def _build(
        self, lesion_id: int | None, visit_id: int | None, chart: ChartChoice | None
    ) -> None:
        kept = self._kept
        self.kind = Choice([(kind, _(name)) for kind, name in KINDS.items()], chosen=kept.kind)
        days = confirmed_visits(self._history)
        self.visit = Choice(
            [(key, words.date(on, form="long")) for key, on in days], chosen=visit_id
        )
        self.lesions = {
            lesion.id: QCheckBox(lesion_name(lesion.value)) for lesion in self._history.lesions
        }
        for key, box in self.lesions.items():
            box.setToolTip(box.text())
            box.setChecked(lesion_id in (None, key))
        self.from_on, self.to_on = DateField(), DateField()
        self.photos = Choice([])
        self.chart = ChartChooser(choice=chart)
        self._offers = chart_data(self._history).offers
        self.chart.set_offers(self._offers)
        self.parts = {part: QCheckBox(_(name)) for part, name in PARTS.items()}
        self.language = language_choice(kept.language)
        self.paper = Choice(list(PAPERS), chosen=kept.page_size)
        self.signature = QCheckBox(_("Line to sign on"))
        self.signature.setChecked(kept.signature)

    def _lay_out(self) -> None:
        until = theme.label(_("until"), role="muted")
        period = in_a_row(self.from_on, until, self.to_on, stretch=(4, 0, 4))
        self.add("kind", _("Report"), self.kind)
        self.add("visit", _("Visit"), self.visit)
        self.add("lesions", _("Lesions"), column_of(self.lesions.values()))
        self.add("period", _("Visits from"), period, hint=_("Empty: all visits."))
        self.to_on.setAccessibleName(_("Visits until"))
        self.add("photos", _("Photos"), self.photos)
        self.add("parts", _("With"), column_of(self.parts.values()))
        self.add("chart", _("Curves of the chart"), self.chart)
        self.add("language", _("Language"), self.language)
        self.add("paper", _("Paper"), self.paper)
        self.add_wide(self.signature)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _index: self._turn())
        for choice in (self.visit, self.photos, self.language, self.paper):
            choice.currentIndexChanged.connect(self.changed)
        for box in (*self.lesions.values(), *self.parts.values(), self.signature):
            box.toggled.connect(self.changed)
        for field in (self.from_on, self.to_on):
            field.date_changed.connect(self.changed)
        self.chart.choice_changed.connect(self.changed)
        self.parts[ReportPart.CHART].toggled.connect(self._show_chart)

    # -- the kind and what it asks

    def _turn(self) -> None:
        """Another kind: its own contents, as they were left."""
        self.blockSignals(True)
        self._kept = self._with_contents(self._shown_kind)
        self._show_kind()
        self.blockSignals(False)
        self.changed.emit()

    def _show_kind(self) -> None:
        kind: ReportKind = self.kind.value()
        of_visit = kind is ReportKind.VISIT
        self._shown_kind = kind
        photos = _VISIT_PHOTOS if of_visit else _PHOTOS
        self.photos.offer([(one, _(text)) for one, text in photos], chosen=self._kept.photos[kind])
        without = self._kept.without.get(kind, frozenset())
        for part, box in self.parts.items():
            box.setChecked(part not in without)
            box.setVisible(part not in _LEFT_OUT[kind])
        self.set_shown("visit", of_visit)
        self.set_shown("lesions", bool(self.lesions))
        for key in ("period", "parts"):
            self.set_shown(key, not of_visit)
        self._show_chart()

    def _show_chart(self) -> None:
        offered = ReportPart.CHART not in _LEFT_OUT[self.kind.value()]
        drawn = offered and self.parts[ReportPart.CHART].isChecked()
        self.set_shown("chart", drawn and bool(self._offers))

    # -- what is chosen

    def options(self) -> ReportOptions | None:
        """What was chosen; None after a sentence was put at the choice that is wrong."""
        self.clear_errors()
        kind: ReportKind = self.kind.value()
        chosen = tuple(key for key, box in self.lesions.items() if box.isChecked())
        if kind is ReportKind.VISIT and self.visit.value() is None:
            self._say("visit", _("No visit is confirmed yet. Confirm one, then print it."))
            return None
        if self.lesions and not chosen:
            self._say("lesions", _("Choose at least one lesion."))
            return None
        if not (self.from_on.is_valid() and self.to_on.is_valid()):
            self._say("period", _("This is not a day. Write it like 31/12/2026."))
            return None
        of_visit = kind is ReportKind.VISIT
        return ReportOptions(
            # All of them are named by none: photos that show no lesion are in then, too.
            lesion_ids=() if len(chosen) == len(self.lesions) else chosen,
            from_on=None if of_visit else self.from_on.date(),
            to_on=None if of_visit else self.to_on.date(),
            page_size=self.paper.value(),
            photos=self.photos.value(),
            parts=frozenset(ReportPart) - self._without(kind) - _LEFT_OUT[kind],
            chart=self.chart.choice(),
            kind=kind,
            visit_id=self.visit.value() if of_visit else None,
            language=self.language.value(),
            signature=self.signature.isChecked(),
        )

    def kept(self) -> KeptChoices:
        """What is to be remembered of it."""
        return replace(
            self._with_contents(self.kind.value()),
            language=self.language.value(),
            page_size=self.paper.value(),
            signature=self.signature.isChecked(),
        )

    def _with_contents(self, kind: ReportKind) -> KeptChoices:
        """With what is ticked now as the contents of this kind."""
        return self._kept.of_kind(kind, photos=self.photos.value(), without=self._without(kind))

    def _without(self, kind: ReportKind) -> frozenset[ReportPart]:
        left_out = {part for part, box in self.parts.items() if not box.isChecked()}
        return frozenset(left_out - _LEFT_OUT[kind])

    def _say(self, key: str, sentence: str) -> None:
        self.show_error(key, sentence, focus=False)


def confirmed_visits(history: PatientHistory) -> list[tuple[int, dt.date]]:
    """Ids and days of the visits of which something is confirmed, the latest first."""
    confirmed = {one.value.visit_id for one in history.assessments if one.value.confirmed}
    days = [(visit.id, visit.value.on) for visit in history.visits if visit.id in confirmed]
    return sorted(days, key=lambda day: day[1], reverse=True)


def language_choice(chosen: str) -> Choice:
    """The language of what is printed: the window's, or one of the program's."""
    window = _("The window’s: {language}").format(language=LANGUAGE_NAMES[words.language()])
    pairs = [("", window), *((code, LANGUAGE_NAMES[code]) for code in words.LANGUAGES)]
    return Choice(pairs, chosen=chosen)


def column_of(boxes: Iterable[QCheckBox]) -> QWidget:
    """Boxes one below the other."""
    together = QWidget()
    column = QVBoxLayout(together)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid(0.5))
    for box in boxes:
        column.addWidget(box)
    return together
