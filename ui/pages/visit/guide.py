"""Which step is shown, and what one key goes on to: the way through a usual visit."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.pages.visit.checks import Step
from ui.pages.visit.confirm_step import ConfirmStep
from ui.pages.visit.editor_step import EditorStep
from ui.pages.visit.form_step import FormStep
from ui.pages.visit.photos_step import PhotosStep
from ui.pages.visit.session import VisitSession
from woundtrack.words import _


class StepGuide(QObject):
    """Owns the stack of the steps' pages; scale and outline share one."""

    shown = Signal()

    def __init__(
        self,
        session: VisitSession,
        *,
        photos: PhotosStep,
        editor: EditorStep,
        form: FormStep,
        confirm: ConfirmStep,
        parent: QWidget,
    ) -> None:
        """The stack belongs to `parent` at once: its pages are styled anew with each parent."""
        super().__init__(session)
        self.step = Step.PHOTOS
        self._session = session
        self._photos, self._editor, self._form, self._confirm = photos, editor, form, confirm
        self._pages: dict[Step, QWidget] = {
            Step.PHOTOS: photos,
            Step.SCALE: editor,
            Step.OUTLINE: editor,
            Step.FORM: form,
            Step.CONFIRM: confirm,
        }
        self.stack = QStackedWidget(parent)
        for page in self.pages():
            self.stack.addWidget(page)

    def pages(self) -> list[QWidget]:
        """Each page once."""
        return list(dict.fromkeys(self._pages.values()))

    def show(self, step: Step, photo_id: int | None = None) -> None:
        """Show a step, in any order; without photos there is no scale and no outline."""
        state = self._session.state
        if state is None:
            return
        if step in (Step.SCALE, Step.OUTLINE) and not state.photos:
            step = Step.PHOTOS
        self.step = step
        self.stack.setCurrentWidget(self._pages[step])
        self.shown.emit()
        if step in (Step.SCALE, Step.OUTLINE):
            self._editor.show_photo(photo_id or self._editor.photo_id, step)
        self.take_keys()

    def take_keys(self) -> None:
        """Put the keyboard where the step shown wants it."""
        step = self.step
        if step in (Step.SCALE, Step.OUTLINE):
            self._editor.editor.setFocus()
        elif step is Step.FORM:
            self._form.show_lesion(self._form.lesion_id)
        elif step is Step.CONFIRM:
            self._confirm.start()
        else:
            self._photos.start()

    def go_on(self) -> None:
        """Accept what is shown and go to what comes next."""
        if self.step is Step.PHOTOS:
            self._leave_photos()
        elif self.step is Step.SCALE:
            self._editor.scale_desk.accept()
            if self._editor.scale_desk.trial.waits:
                return  # accepted as soon as it is worked out
            if not self._next_without_scale():
                self.show(Step.OUTLINE, self._first_photo())
        elif self.step is Step.OUTLINE:
            if not self._editor.step(1):
                self.start_forms()
        elif self.step is Step.FORM:
            if not self._form.next_lesion():
                self.show(Step.CONFIRM)
        else:
            self._confirm.confirm()

    def press(self, key: int) -> bool:
        """Do what a key says that nothing on the page wanted; False where it means nothing."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._editor.step(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return False
        return True

    def go_text(self) -> str:
        """What the button that goes on says."""
        state = self._session.state
        if state is not None and state.locked:
            return _("Go on")
        if self.step is Step.OUTLINE:
            return _("Accept and go on")
        return _("Done, go on") if self.step is Step.FORM else _("Go on")

    def start_forms(self) -> None:
        """Begin with the form of the first lesion that this visit is about."""
        state = self._session.state
        if state is None:
            return
        seen = [lesion.id for lesion in state.lesions if state.has_findings(lesion.id)]
        self.show(Step.FORM)
        self._form.show_lesion(seen[0] if seen else None)

    def _leave_photos(self) -> None:
        state = self._session.state
        if state is not None and state.photos:
            self.show(Step.OUTLINE, self._first_photo())
        else:
            self.start_forms()

    def _first_photo(self) -> int | None:
        state = self._session.state
        return state.photos[0].id if state and state.photos else None

    def _next_without_scale(self) -> bool:
        """Show the next photo whose scale is not decided, of those after the one shown."""
        state = self._session.state
        ids = [photo.id for photo in state.photos] if state else []
        if state is None or self._editor.photo_id not in ids:
            return False
        for photo_id in ids[ids.index(self._editor.photo_id) + 1 :]:
            if state.photo_scale(photo_id) is None:
                self.show(Step.SCALE, photo_id)
                return True
        return False
