"""The sentence, with the way out, for every `WoundtrackError` code.

Sentences are kept by room. Each says in one or two short sentences what happened and what
the person can do. `{names}` are filled from the error's data.
"""

from woundtrack.errors import WoundtrackError
from woundtrack.words import N_, _

SENTENCES: dict[str, str] = {
    # -- photo
    "photo.gone": N_(
        "The photo is no longer there. Check the camera card or folder and try again."
    ),
    "photo.unreadable": N_(
        "The photo cannot be opened. Check that the card or folder is not locked, then try again."
    ),
    "photo.empty": N_("The file is empty. Copy it again from the camera or phone."),
    "photo.not_a_photo": N_(
        "This file is not a photo that can be read. Choose a JPEG, HEIC, PNG or TIFF file."
    ),
    "photo.truncated": N_(
        "The photo is incomplete: its end is missing. Copy it again from the camera or phone."
    ),
    "photo.damaged": N_(
        "The photo is damaged and cannot be read. Copy it again, or take a new photo."
    ),
    "photo.too_large": N_(
        "The photo is larger than {limit_mp} megapixels and was not opened. "
        "Choose the camera's own photo, at a normal size."
    ),
    "photo.code_wrong": N_(
        "“{patient_code}” is not a patient code: its check character does not fit. "
        "Check what was typed."
    ),
    "photo.code_label": N_(
        "The label “{label}” cannot stand in a card's code. "
        "Use at most {longest} letters A–Z, digits, spaces or . + / -"
    ),
    # -- scale
    # -- outline
    "outline.empty": N_("The outline encloses nothing. Draw around the wound first."),
    "outline.too_few_points": N_("An outline needs at least three points. Go on drawing."),
    "outline.crosses_itself": N_(
        "The outline crosses itself, so its area has no meaning. "
        "Move the points where the lines cross."
    ),
    "outline.outside_photo": N_(
        "The outline leaves the photo. Move its points inside, or check that it is for this photo."
    ),
    "outline.file_unreadable": N_(
        "The outline file cannot be read. It must hold rings of points: [[[x, y], …], …]."
    ),
    "outline.nothing_found": N_(
        "No wound could be outlined with confidence. Click in the wound or draw around it."
    ),
    "outline.ring_needs_three": N_(
        "A ring needs at least three points. Add points, or delete the whole ring."
    ),
    "outline.hole_outside": N_(
        "The hole lies beside the outline. Draw it inside the wound."
    ),
    "outline.drawn_across": N_(
        "The line crosses itself where marked, so it was not taken. Go round the crossing."
    ),
    # -- measure
    "measure.no_baseline": N_(
        "There is no first area to compare with. Measure the lesion at one more visit."
    ),
    "measure.no_area": N_("This rate needs an area above zero. Choose visits with an open wound."),
    "measure.no_interval": N_(
        "The visits are on the same day, so there is no rate. Choose visits on different days."
    ),
    "measure.no_perimeter": N_(
        "This rate needs the wound's perimeter. Choose visits with an outline."
    ),
    "measure.not_shrinking": N_(
        "The wound is not shrinking, so no time to healing can be given. Look at the chart."
    ),
    "measure.not_linear": N_(
        "The areas do not follow a straight line, so no closing time is given. Look at the chart."
    ),
    "measure.too_few_visits": N_("This rate needs at least {needed} measured visits."),
    "measure.not_measured": N_(
        "The wound was not measured at one of these visits. Choose visits that have a size."
    ),
    "measure.methods_differ": N_(
        "These sizes were taken in different ways and cannot be compared. Choose two of one kind."
    ),
    # -- record
    "record.answer_count": N_(
        "This form does not have the {expected} answers it should. Fill it in again."
    ),
    "record.answer_out_of_range": N_(
        "Item {number} cannot be {answer}. Choose one of the scores it offers."
    ),
    "record.size_not_positive": N_(
        "Length and width must be more than 0. Mark the wound as closed if there is none."
    ),
    "record.unknown_site": N_("This body site is not known. Choose a site from the list."),
    # -- store
    # -- report
    # -- ui
    "ui.proposal_failed": N_("The search did not work on this photo. Please do it by hand."),
}

UNKNOWN = N_("Something went wrong ({code}). Nothing was changed; please try again.")


def explain(error: WoundtrackError) -> str:
    """One translated sentence with the way out for this error."""
    sentence = SENTENCES.get(error.code, UNKNOWN)
    return _(sentence).format_map({"code": error.code, **error.data})
