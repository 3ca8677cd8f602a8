"""What an import is doing and did: progress, questions in the page, and one line a file."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit.card_owner import described
from ui.pages.visit.desk import ImportDesk, ImportLine, Question
from ui.pages.visit.thumbs import pixmap_of
from ui.widgets.banner import Banner
from ui.widgets.date_field import DateField
from ui.widgets.form import clear_layout
from woundtrack import words
from woundtrack.explain import explain
from woundtrack.photo.importing import Outcome, Place
from woundtrack.words import _, counted, ngettext

SHOWN_LINES = 8
FACE_PX = 96


class ImportPanel(QWidget):
    """Shown above the photos while there is something to say."""

    other_patient_wanted = Signal(int, object)

    def __init__(
        self,
        desk: ImportDesk,
        *,
        visit_on: Callable[[], dt.date | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visit_on = visit_on
        self._shown: object = None
        self.banners: list[Banner] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid())
        self._bar_row = QWidget()
        row = QHBoxLayout(self._bar_row)
        row.setContentsMargins(0, 0, 0, 0)
        self.count = QLabel()
        self.bar = QProgressBar(textVisible=False)
        self.cancel = QPushButton(_("Stop"))
        self.cancel.clicked.connect(desk.run.cancel)
        row.addWidget(self.count)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        column.addWidget(self._bar_row)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(theme.grid())
        column.addLayout(self._questions)
        self.failures = theme.label(role="error")
        self.failures.setWordWrap(True)
        column.addWidget(self.failures)
        self.summary = theme.label(role="muted")
        self.summary.setWordWrap(True)
        column.addWidget(self.summary)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the desk says."""
        desk = self._desk
        done, total = desk.progress
        self._bar_row.setVisible(desk.run.running)
        self.bar.setMaximum(total)  # 0 while a folder is being listed: a busy bar
        self.bar.setValue(done)
        self.count.setText(_("{done} of {total} photos").format(done=done, total=total))
        self._show_questions()
        self.failures.setText("\n".join(self.failure_lines()))
        self.failures.setVisible(bool(self.failures.text()))
        self.summary.setText("" if desk.run.running else "\n".join(self.summary_lines()))
        self.summary.setVisible(bool(self.summary.text()))
        self.setVisible(desk.run.running or bool(desk.lines))

    def failure_lines(self) -> list[str]:
        """One line a file that was not taken, with its way out; long lists are cut."""
        failed = [line for line in self._desk.lines.values() if line.outcome is Outcome.FAILED]
        lines = [_line(line) for line in failed[:SHOWN_LINES]]
        if len(failed) > SHOWN_LINES:
            more = len(failed) - SHOWN_LINES
            lines.append(counted("… and {count} more file.", "… and {count} more files.", more))
        return lines

    def summary_lines(self) -> list[str]:
        """What was done, and which originals may now go."""
        lines = list(self._desk.lines.values())
        counts = {outcome: sum(x.outcome is outcome for x in lines) for outcome in Outcome}
        counts[Outcome.ADDED] = sum(x.photo_id is not None for x in lines)
        said = []
        if added := counts[Outcome.ADDED]:
            said.append(
                counted(
                    "{count} photo imported, read back and compared.",
                    "{count} photos imported, read back and compared.",
                    added,
                )
            )
        if kept := counts[Outcome.KEPT_ONCE]:
            said.append(
                counted(
                    "{count} photo was here already and is kept once.",
                    "{count} photos were here already and are kept once.",
                    kept,
                )
            )
        if stopped := counts[Outcome.CANCELLED]:
            said.append(
                counted(
                    "Stopped: {count} file was not imported.",
                    "Stopped: {count} files were not imported.",
                    stopped,
                )
            )
        said += self._deletable_line(len(lines))
        return said

    def _deletable_line(self, total: int) -> list[str]:
        safe = len(self._desk.deletable())
        if not safe:
            return []
        if safe == total:
            return [_("All originals may now be deleted from the camera’s card.")]
        return [
            counted(
                "{count} original may now be deleted from the camera’s card; keep the others.",
                "{count} originals may now be deleted from the camera’s card; keep the others.",
                safe,
            )
        ]

    # -- questions

    def _show_questions(self) -> None:
        desk = self._desk
        questions = desk.questions()
        shown = (questions, dict(desk.owners), dict(desk.priors), self._visit_on())
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._questions)
        self.banners = [self._banner(question) for question in questions]
        for banner in self.banners:
            self._questions.addWidget(banner)

    def _banner(self, question: Question) -> Banner:
        makers = {
            Place.OTHER_CARD: self._card_banner,
            Place.NO_DATE: self._date_banner,
            Place.OTHER_DAY: self._day_banner,
            Place.ALREADY_ELSEWHERE: self._double_banner,
        }
        return makers[question.place](question)

    def _card_banner(self, question: Question) -> Banner:
        owner = self._desk.owners.get(question.card_code)
        desk, paths = self._desk, question.paths
        actions: list[tuple[str, Callable[[], object]]] = []
        if owner and owner.patient:
            patient = owner.patient
            who = described(owner)
            text = _("The card in this photo is of another patient: {who}.").format(who=who)
            actions.append(
                (
                    _("Go to that patient"),
                    lambda: self.other_patient_wanted.emit(patient.id, paths),
                )
            )
        else:
            text = _(
                "The card in this photo has the code {code}, which is not this patient’s "
                "nor any other’s of this clinic."
            ).format(code=question.card_code)
        actions += [
            (_("It is this patient: wrong card"), lambda: desk.accept(question)),
            (_("Leave it out"), lambda: desk.leave_out(question)),
        ]
        face = pixmap_of(owner.last_thumbnail if owner else b"", side_px=FACE_PX)
        text = f"{_file_names(question)} – {text}"
        return Banner(text, tone="danger", actions=actions, picture=face)

    def _date_banner(self, question: Question) -> Banner:
        count = len(question.paths)
        text = counted(
            "{count} photo carries no believable date. On which day was it taken?",
            "{count} photos carry no believable date. On which day were they taken?",
            count,
        )
        on = self._visit_on()
        actions: list[tuple[str, Callable[[], object]]] = []
        if on is not None:
            label = _("On {date}, as this visit").format(date=words.date(on))
            actions.append((label, lambda: self._desk.accept(question, on=on)))
        field = DateField()

        def take() -> None:
            if day := field.date():
                self._desk.accept(question, on=day)
            else:
                field.setFocus()

        field.returnPressed.connect(take)
        actions.append((_("On this day:"), take))
        banner = Banner(f"{_file_names(question)} – {text}", actions=actions)
        field.setFixedWidth(field.whole_width_px())
        banner.add_widget(field)
        banner.add_action(_("Leave out"), lambda: self._desk.leave_out(question))
        return banner

    def _day_banner(self, question: Question) -> Banner:
        count, on = len(question.paths), question.on
        assert on is not None
        text = ngettext(
            "{count} photo is of another day: {date}.",
            "{count} photos are of another day: {date}.",
            count,
        ).format(count=count, date=words.date(on))
        here = self._visit_on()
        return Banner(
            text,
            actions=[
                (
                    _("Put into the visit of {date}").format(date=words.date(on)),
                    lambda: self._desk.accept(question, on=on),
                ),
                (
                    _("The camera’s date is wrong: this visit"),
                    lambda: self._desk.accept(question, on=here),
                ),
                (_("Leave out"), lambda: self._desk.leave_out(question)),
            ],
        )

    def _double_banner(self, question: Question) -> Banner:
        count = len(question.paths)
        text = ngettext(
            "{count} photo is already in this clinic: {where}.",
            "{count} photos are already in this clinic: {where}.",
            count,
        ).format(count=count, where=self._where(question))
        return Banner(
            f"{_file_names(question)} – {text}",
            actions=[
                (_("Keep it only there"), lambda: self._desk.leave_out(question)),
                (_("Add it here too"), lambda: self._desk.accept(question)),
            ],
        )

    def _where(self, question: Question) -> str:
        places = {self._desk.priors[path] for path in question.paths if path in self._desk.priors}
        texts = [
            _("visit of {date}, {name}").format(
                date=words.date(place.on),
                name=f"{place.patient.value.family_name} {place.patient.value.first_names}",
            )
            for place in sorted(places, key=lambda place: place.on)
        ]
        return words.apart(texts) or "…"


def _file_names(question: Question) -> str:
    names = [path.name for path in question.paths]
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _line(line: ImportLine) -> str:
    sentence = explain(line.error) if line.error else ""
    return f"{line.path.name} – {sentence}"
