"""Tracing a study's photos one after the other, blinded: the bare photo and nothing beside it.

No patient, no date, no earlier outline, no area and no other rater's tracing is shown.
"""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui import icons, theme
from ui.acts import Acts
from ui.background import Background
from ui.models.rater_study import keep_trace, own_tasks
from ui.pages.rater_study.drawing_keeper import DrawingKeeper
from ui.pages.visit.analysis import pixels_of, without_card
from ui.photo_editor.editor import PhotoEditor, Tool
from ui.proposing import proposing
from ui.widgets.banner import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.raters.course import Task, next_task
from woundtrack.raters.types import RaterStudy
from woundtrack.records import Stored, VisitPhoto
from woundtrack.store.clinic import Clinic
from woundtrack.words import _

KEY = 1
"""The editor's key of the one wound that is traced."""
BY_HAND = (
    Tool.VERTEX, Tool.TRACE, Tool.POLYGON, Tool.BRUSH_ADD, Tool.BRUSH_ERASE, Tool.HOLE,
)  # fmt: skip
"""Where no proposal is shown, no tool proposes one either."""
HELPED = (*BY_HAND, Tool.WIRE, Tool.CLICK, Tool.BOX)


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo as it is to be shown, with what was drawn on it before, else the proposal."""

    photo: Photo
    pixels: Pixels
    outline: Outline


class Tracing(QWidget):
    """One rater's work in one study; each confirmed tracing is saved at once.

    What is drawn and not confirmed is kept too, and comes again with its photo.
    """

    finished = Signal()
    """All photos of this rater are traced."""
    left = Signal()

    def __init__(
        self, clinic: Clinic, background: Background, acts: Acts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background, self._acts = clinic, background, acts
        self.keeper = DrawingKeeper(clinic, background, self)
        self.keeper.failed.connect(self._say)
        self._study: Stored[RaterStudy] | None = None
        self._tasks: tuple[Task, ...] = ()
        self._put_off: list[tuple[int, int]] = []
        self.task: Task | None = None
        """What is on show, or being fetched."""
        self._saving = False
        self.editor: PhotoEditor | None = None
        self.where = theme.label(role="title")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(theme.grid())
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.later_button = theme.button(_("&Later"))
        self.later_button.setToolTip(_("This photo comes again after the others"))
        self.later_button.clicked.connect(self.put_off)
        self.confirm_button = theme.button(
            _("Con&firm and go on"), icon=icons.icon("check", tone="on_accent"), main=True
        )
        self.confirm_button.setToolTip(_("Ctrl+Enter"))
        self.confirm_button.clicked.connect(self.confirm)
        stop = theme.button(_("&Stop for now"))
        stop.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setContentsMargins(theme.grid(2), theme.grid(), theme.grid(2), theme.grid())
        head.setSpacing(theme.grid(1.5))
        head.addWidget(self.where)
        head.addWidget(self.bar, 1)
        for button in (stop, self.later_button, self.confirm_button):
            head.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self.banner)

    # -- which photo

    def open_study(self, study_id: int) -> None:
        """Go on where this rater stopped; what is drawn and not confirmed stays on show."""
        if self._study is None or self._study.id != study_id:
            self._forget()
        self._background.run(
            lambda: self._clinic.read(
                lambda reader: own_tasks(reader, study_id, self._clinic.user.id)
            ),
            done=lambda found: self._take(*found),
            failed=self._fail,
            key="rater tasks",
        )

    @property
    def study_id(self) -> int | None:
        """The study whose photos are traced, if any."""
        return self._study.id if self._study else None

    def reload(self) -> None:
        """Read again what is done: an act was taken back, perhaps."""
        if self._study is not None and not self._saving:
            self.open_study(self._study.id)

    def undo_stack(self) -> QUndoStack | None:
        """The changes made to the outline on show."""
        return self.editor.undo_stack() if self.editor else None

    def _forget(self) -> None:
        self._study, self._tasks, self.task = None, (), None
        self._put_off.clear()
        if self.editor is not None:
            self._column.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def _take(self, study: Stored[RaterStudy], tasks: tuple[Task, ...]) -> None:
        self._study, self._tasks = study, tasks
        if self.editor is None:
            tools = HELPED if study.value.with_proposal else BY_HAND
            self.editor = PhotoEditor(self._background, self, tools=tools)
            self.editor.outline_changed.connect(self._keep)
            self._column.addWidget(self.editor, 1)
        open_ = {(task.photo.id, task.round) for task in tasks if not task.done}
        drawn = self.editor.undo_stack().canUndo()
        if self.task and drawn and (self.task.photo.id, self.task.round) in open_:
            self._show_progress()
            return
        self._go_on()

    def _go_on(self) -> None:
        task = next_task(self._tasks, put_off=self._put_off)
        first_again = task is not None and task.round == 2 and not _begun(self._tasks, 2)
        text = _(
            "The first round is done. Best go on after a week or more, when the photos are new."
        )
        self.banner.say(text if first_again else "", tone="neutral")
        if task is None:
            self.task = None
            self._show_progress()
            self.finished.emit()
            return
        if task != self.task:
            self.task = task
            if self.editor is not None:
                self.editor.clear()
            # A photo may come again that was drawn on just now.
            self.keeper.flush(lambda: self._fetch(task))
        self._show_progress()

    def _fetch(self, task: Task) -> None:
        study = self._study
        assert study is not None
        self._background.run(
            lambda: bare_photo(self._clinic, task, with_proposal=study.value.with_proposal),
            done=lambda shot: self._show(task, shot),
            failed=self._fail,
            key="rater photo",
        )

    def _show(self, task: Task, shot: Shot) -> None:
        if task != self.task or self.editor is None:
            return
        self.editor.set_photo(shot.pixels, shot.photo)
        self.editor.set_outlines({KEY: shot.outline}, labels={KEY: ""}, active=KEY)
        self.editor.canvas.fit()
        self.editor.set_tool(Tool.VERTEX if shot.outline.rings else Tool.TRACE)
        self.editor.setFocus()
        self._show_progress()

    def _show_progress(self) -> None:
        total, done = len(self._tasks), sum(task.done for task in self._tasks)
        text = _("Photo {number} of {total}").format(number=min(done + 1, total), total=total)
        if self._study is not None and self._study.value.rounds == 2 and self.task is not None:
            text = _("{photo}, round {round} of 2").format(photo=text, round=self.task.round)
        self.where.setText(text)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        ready = self.task is not None and not self._saving
        self.confirm_button.setEnabled(ready)
        self.later_button.setEnabled(ready and total - done > 1)

    # -- what the rater does

    def put_off(self) -> None:
        """This photo comes again after the others of its round, with what was drawn on it."""
        if self.task is None or self._saving:
            return
        place = (self.task.photo.id, self.task.round)
        self._put_off = [one for one in self._put_off if one != place] + [place]
        self._go_on()

    def confirm(self) -> None:
        """Keep this tracing as it stands, and go on to the next photo."""
        task, editor = self.task, self.editor
        if task is None or editor is None or self._saving:
            return
        editor.canvas.tool.finish()
        if editor.canvas.tool.can_go_back():
            return  # what is being drawn could not be finished; the line below the photo says why
        outline = editor.outlines().get(KEY, Outline())
        rater_id = self._clinic.user.id
        self._saving = True
        self._show_progress()
        # The drawing is kept before the tracing, which then takes its place, and not after.
        self.keeper.flush(
            lambda: self._acts.do(
                lambda writer: keep_trace(writer, task, outline, rater_id=rater_id),
                text=_("tracing of a photo"),
                done=lambda _stored: self._kept(task),
                failed=self._fail,
            )
        )

    def _keep(self, _key: int, outline: Outline) -> None:
        if self.task is not None and not self._saving:
            self.keeper.keep(self.task, outline)

    def _kept(self, task: Task) -> None:
        self._saving = False
        self._tasks = tuple(
            Task(one.photo, one.round, one.done or one == task) for one in self._tasks
        )
        self._go_on()

    def _fail(self, error: Exception) -> None:
        self._saving = False
        self._say(error)
        self._show_progress()

    def _say(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")


def _begun(tasks: tuple[Task, ...], round_: int) -> bool:
    return any(task.done and task.round == round_ for task in tasks)


def bare_photo(clinic: Clinic, task: Task, *, with_proposal: bool) -> Shot:
    """A task's photo without its card, and what to begin with; on workers.

    That is what this user drew on it before, else the proposal where the study shows one.
    """
    stored, drawn = clinic.read(
        lambda reader: (
            reader.get(VisitPhoto, task.photo.value.photo_id),
            reader.drawing(task.photo.id, rater_id=clinic.user.id, round_=task.round),
        )
    )
    photo, pixels = pixels_of(clinic, stored.value)
    # The card carries the patient's code, and often a date and initials.
    pixels = without_card(pixels, task.photo.value.scale)
    if drawn is None:
        drawn = _proposed(pixels) if with_proposal else Outline()
    return Shot(photo, pixels, drawn)


def _proposed(pixels: Pixels) -> Outline:
    from woundtrack.outline.propose import propose

    try:
        return proposing(lambda: propose(pixels))()
    except WoundtrackError:
        return Outline()  # nothing proposed, as on any visit: it is traced by hand
