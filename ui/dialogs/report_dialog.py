"""The report of a patient: what goes in, how it will look, and where it goes."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.acts import Acts
from ui.background import Background, Job
from ui.dialogs import report_kept
from ui.dialogs.letterhead_dialog import LetterheadDialog, may_change
from ui.dialogs.live_dialog import LiveDialog, local_now
from ui.dialogs.report_choices import ReportChoices
from ui.settings import Settings
from ui.widgets.form import link
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory, User
from woundtrack.report.build import build_report, file_name
from woundtrack.report.chart_choice import ChartChoice
from woundtrack.report.content_types import ReportKind, ReportOptions
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_FIELD_OF = {
    "report.period": "period",
    "report.no_visit": "visit",
    "report.nothing_confirmed": "lesions",
}
"""The choices at which an error is shown; others stand above the buttons."""


class ReportDialog(LiveDialog):
    """Remembers, for each person, what was chosen last."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        history: PatientHistory,
        settings: Settings | None = None,
        acts: Acts | None = None,
        kind: ReportKind | None = None,
        lesion_id: int | None = None,
        visit_id: int | None = None,
        chart: ChartChoice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`kind`, where given, is asked for this once; `acts` lets the letterhead change."""
        self._history, self._settings = history, settings
        self._memory = report_kept.name_for(clinic)
        kept = report_kept.read(settings.last(self._memory) if settings else "")
        self._asked, self._usual = kind, kept.kind
        super().__init__(
            clinic, background, title=_("Report"), page_size=kept.page_size,
            saved_text=_(
                "Saved. The PDF is not encrypted: keep it as you keep the patient's papers."
            ),
            note=_noting(clinic, history.patient.id), parent=parent,
        )  # fmt: skip
        self.form = ReportChoices(
            history, kept=replace(kept, kind=kind or kept.kind), lesion_id=lesion_id,
            visit_id=visit_id, chart=chart,
        )  # fmt: skip
        self.form.changed.connect(self.choices_changed)
        side: list[QWidget] = [self.form, self.progress]
        if acts is not None and may_change(clinic):
            self.letterhead = link(_("Clinic’s letterhead…"))
            self.letterhead.clicked.connect(lambda: self._change_letterhead(acts))
            side.insert(1, self.letterhead)
        self._lay_out(
            *side, side_px=theme.text_grid(38), preview=_("Preview of the report"),
            key="report-pages",
        )  # fmt: skip
        self.resize(theme.text_grid(125), theme.grid(95))
        self.make()

    def options(self) -> ReportOptions | None:
        """What was chosen; None after a sentence was put at the choice that is wrong."""
        return self.form.options()

    def work(self) -> Callable[[Job], bytes] | None:
        """What makes the report as chosen, on a worker."""
        options = self.options()
        if options is None:
            return None
        clinic, history = self._clinic, self._history
        user_name = clinic.user.value.name

        def make(job: Job) -> bytes:
            letterhead, users = clinic.read(lambda r: (r.letterhead(), r.find(User)))
            return build_report(
                history,
                photo_bytes=lambda name: clinic.read(lambda r: r.photo_bytes(name)),
                clinic_name=clinic.clinic_name,
                user_name=user_name,
                now=local_now(),
                options=options,
                letterhead=letterhead.value if letterhead else None,
                user_names={user.id: user.value.name for user in users},
                progress=job.report,
                cancelled=lambda: job.cancelled,
            )

        return make

    def file_name(self) -> str:
        """The patient's code and a day; never the name."""
        return file_name(self._history, today=local_now().date(), options=self.form.options())

    def queue_name(self) -> str:
        """The patient's code, for the print queue."""
        return f"woundtrack {self._history.patient.value.code}"

    def _refused(self, error: Exception) -> None:
        field = _FIELD_OF.get(error.code, "") if isinstance(error, WoundtrackError) else ""
        if field:
            self.progress.setVisible(False)
            self.form.show_error(field, explain(error), focus=False)  # type: ignore[arg-type]
        else:
            super()._refused(error)

    def _change_letterhead(self, acts: Acts) -> None:
        dialog = LetterheadDialog(self._clinic, self._background, acts=acts, parent=self)
        dialog.saved.connect(self.make)
        dialog.open()

    def done(self, result: int) -> None:
        """Remember what was chosen, stop what is being made, and close."""
        if self._settings is not None:
            kept = self.form.kept()
            if kept.kind is self._asked:
                kept = replace(kept, kind=self._usual)
            self._settings.keep_last(self._memory, report_kept.written(kept))
        super().done(result)


def _noting(clinic: "Clinic", patient_id: int) -> Callable[[str], None]:
    def note(action: str) -> None:
        clinic.note(action, "patient", patient_id)

    return note
