"""What is done to a photo from the patient's page."""

from dataclasses import replace
from functools import partial

from ui.pages.workspace import Workspace
from woundtrack.records import PhotoView, Stored, VisitPhoto
from woundtrack.store.clinic import Writer
from woundtrack.words import _


def connect_photos(workspace: Workspace) -> None:
    """Let the strip of photos act on the record."""
    workspace.patient_page.photo_view_told.connect(partial(_tell_view, workspace))


def _tell_view(workspace: Workspace, photo_id: int, view: PhotoView | None) -> None:
    """Keep what a photo takes in, as a person told it; None where nobody knows."""
    if workspace.clinic.read_only:
        return

    def act(writer: Writer) -> Stored[VisitPhoto]:
        # The latest: what was told just before may not be on the page yet.
        latest = writer.get(VisitPhoto, photo_id)
        return writer.revise(latest, replace(latest.value, view=view))

    workspace.acts.do(act, text=_("what the photo takes in"))
