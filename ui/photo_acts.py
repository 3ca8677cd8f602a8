"""What is done to a photo from the patient's page."""

from dataclasses import replace
from functools import partial

from ui.pages.workspace import Workspace
from woundtrack.records import PhotoView
from woundtrack.words import _


def connect_photos(workspace: Workspace) -> None:
    """Let the strip of photos act on the record."""
    workspace.patient_page.photo_view_told.connect(partial(_tell_view, workspace))


def _tell_view(workspace: Workspace, photo_id: int, view: PhotoView | None) -> None:
    """Keep what a photo takes in, as a person told it; None where nobody knows."""
    shown = workspace.view
    photos = shown.history.photos if shown and not workspace.clinic.read_only else ()
    photo = next((each for each in photos if each.id == photo_id), None)
    if photo is not None:
        told = replace(photo.value, view=view)
        workspace.acts.do(
            lambda writer: writer.revise(photo, told), text=_("what the photo takes in")
        )
