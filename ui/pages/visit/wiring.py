"""What the parts of the visit page ask of it."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.pages.visit.checks import Step

if TYPE_CHECKING:
    from ui.pages.visit_page import VisitPage


def connect_steps(page: "VisitPage", today: Callable[[], dt.date]) -> None:
    """Let each part lead to the step, the day or the end that it asks for."""
    session, header, editor = page.session, page.header, page.editor_step
    page.files_dropped.connect(page.import_files)
    session.taken_up.connect(page.correction.show_taken_up)
    session.saver.saved.connect(page.error.hide)
    page.correction.discard_wanted.connect(page.discard_correction)
    header.back_wanted.connect(page.close_visit)
    header.date_given.connect(lambda on: session.set_date(on, today=today()))
    header.correct_wanted.connect(session.start_correction)
    header.resting.called.connect(session.call)
    header.steps.step_chosen.connect(lambda step: page.show_step(Step(step)))
    page.rail.photo_chosen.connect(lambda key: editor.show_photo(key, page.step))
    page.photos.opened.connect(lambda photo_id: page.show_step(Step.OUTLINE, photo_id))
    editor.scale_step_wanted.connect(lambda: page.show_step(Step.SCALE, editor.photo_id))
    editor.photos_step_wanted.connect(lambda: page.show_step(Step.PHOTOS))
    editor.photo_shown.connect(lambda _id: page.refresh())
    page.confirm_step.step_wanted.connect(lambda step: page.show_step(Step(step)))
    page.confirm_step.print_wanted.connect(page.print_requested)
    page.confirm_step.confirm_wanted.connect(lambda why: session.confirm(reason=why))
    page.foot.go_wanted.connect(page.go_on)
