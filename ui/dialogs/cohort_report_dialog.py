"""The report of a cohort: its endpoints and curves, by nobody's name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from ui import theme
from ui.background import Background, Job
from ui.dialogs import report_kept
from ui.dialogs.live_dialog import LiveDialog, local_now
from ui.dialogs.report_choices import language_choice
from ui.settings import Settings
from ui.widgets.form import Choice, Form
from woundtrack.cohort.types import Cohort
from woundtrack.report.cohort_figure import Drawn
from woundtrack.report.cohort_filter import filter_text
from woundtrack.report.cohort_report import CohortOptions, cohort_file_name, cohort_report
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class CohortReportDialog(LiveDialog):
    """What the page shows, on paper: the same filter, and at first the same curves."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        cohort: Cohort,
        drawn: Drawn,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        self._cohort = cohort
        kept = report_kept.read(settings.last(report_kept.name_for(clinic)))
        super().__init__(
            clinic, background, title=_("Report of the cohort"), page_size=kept.page_size,
            saved_text=_("Saved. The report names nobody."),
            note=_noting(clinic, cohort), parent=parent,
        )  # fmt: skip
        self._build(drawn, kept)
        self._lay_out(
            self.form, self.progress, side_px=theme.text_grid(38),
            preview=_("Preview of the report"), key="report-pages",
        )  # fmt: skip
        self.resize(theme.text_grid(125), theme.grid(95))
        self.make()

    def _build(self, drawn: Drawn, kept: report_kept.KeptChoices) -> None:
        self.curves = QCheckBox(_("Curves"))
        self.curves.setChecked(True)
        self.by_site = Choice(
            [(True, _("Central and peripheral")), (False, _("Everyone together"))],
            chosen=drawn.by_site,
        )
        self.whole = Choice(
            [(False, _("One year")), (True, _("The whole time"))], chosen=drawn.whole
        )
        self.language = language_choice(kept.language)
        self.signature = QCheckBox(_("Line to sign on"))
        self.form = Form(stacked=True)
        self.form.add("curves", _("With"), self.curves)
        self.form.add("by_site", _("Curves of"), self.by_site)
        self.form.add("whole", _("Curves over"), self.whole)
        self.form.add("language", _("Language"), self.language)
        self.form.add("paper", _("Paper"), self.paper)
        self.form.add_wide(self.signature)
        self.curves.toggled.connect(self._show_curves)
        for choice in (self.by_site, self.whole, self.language, self.paper):
            choice.currentIndexChanged.connect(self.choices_changed)
        for box in (self.curves, self.signature):
            box.toggled.connect(self.choices_changed)

    def _show_curves(self, drawn: bool) -> None:
        for key in ("by_site", "whole"):
            self.form.set_shown(key, drawn)

    def options(self) -> CohortOptions:
        """What was chosen."""
        return CohortOptions(
            page_size=self.paper.value(),
            language=self.language.value(),
            curves=self.curves.isChecked(),
            by_site=self.by_site.value(),
            whole=self.whole.value(),
            signature=self.signature.isChecked(),
        )

    def work(self) -> Callable[[Job], bytes]:
        """What makes the report as chosen, on a worker."""
        clinic, cohort, options = self._clinic, self._cohort, self.options()

        def make(_job: Job) -> bytes:
            letterhead = clinic.read(lambda r: r.letterhead())
            return cohort_report(
                cohort,
                clinic_name=clinic.clinic_name,
                user_name=clinic.user.value.name,
                now=local_now(),
                options=options,
                letterhead=letterhead.value if letterhead else None,
            )

        return make

    def file_name(self) -> str:
        """The day alone."""
        return cohort_file_name(today=local_now().date())

    def queue_name(self) -> str:
        """Of no patient."""
        return "woundtrack cohort"


def _noting(clinic: "Clinic", cohort: Cohort) -> Callable[[str], None]:
    reason = filter_text(cohort.filter)

    def note(action: str) -> None:
        clinic.note(action, "cohort", reason=reason)

    return note
