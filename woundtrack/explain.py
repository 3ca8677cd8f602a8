"""The sentence, with the way out, for every `WoundtrackError` code.

Sentences are kept by room. Each says in one or two short sentences what happened and what
the person can do. `{names}` are filled from the error's data.
"""

import datetime as dt

from woundtrack.errors import WoundtrackError
from woundtrack.words import N_, _, date

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
    "photo.none_in_folder": N_(
        "There is no photo in this folder. Choose the folder that holds the photos."
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
    "scale.unknown_wish": N_(
        "“{text}” is no scale. Give auto, card, ruler, none, or two points and their distance as "
        "“x1,y1,x2,y2=MM”."
    ),
    "scale.no_card": N_(
        "No card was found in the photo. Show all four of its squares, or choose another scale."
    ),
    "scale.card_partial": N_(
        "Only part of the card can be read: its squares are hidden or cut off. "
        "Take the photo again with all four in view, or click two marks of its edge."
    ),
    "scale.card_bent": N_(
        "The card does not lie flat. Lay it flat in the wound's plane and take the photo again."
    ),
    "scale.blurred": N_(
        "The photo is too blurred for its scale to be read. Take it again, or click two marks."
    ),
    "scale.tilt_beyond": N_(
        "The camera was tilted by {tilt_deg}°, too much for a true area. "
        "Take the photo again, square on to the wound."
    ),
    "scale.none_found": N_(
        "Neither a card nor a ruler was found. Click two marks of known distance, "
        "or keep the photo without a scale."
    ),
    "scale.run_refused": N_(
        "This card is of print run {run}, which was refused because it is not true to size. "
        "Use a card of another run."
    ),
    "scale.mm_not_positive": N_("The length must be a number of millimetres above 0."),
    "scale.implausible": N_(
        "With this length the photo would show less than 3 mm or more than 5 m. "
        "Check the length in millimetres, and the points."
    ),
    "scale.points_outside": N_("A point lies outside the photo. Click inside the photo."),
    "scale.points_too_close": N_(
        "The points are closer together than {least_px} pixels. Choose marks farther apart."
    ),
    "scale.two_points_text": N_(
        "“{text}” is not a scale. Write two points in pixels and the millimetres between them: "
        "x1,y1,x2,y2=MM."
    ),
    "scale.four_corners": N_("A rectangle needs four corners, not {count}. Click all four."),
    "scale.not_convex": N_(
        "The four points are not the corners of a rectangle. Click each of its corners once."
    ),
    "scale.not_a_rectangle": N_(
        "The four points do not fit a rectangle of this size. Check its width and height."
    ),
    "scale.no_ruler": N_(
        "No ruler was found in the photo. Click two marks of known distance on it, "
        "or take the photo again with the ruler in view."
    ),
    "scale.too_few_ticks": N_(
        "Too little of the ruler can be read: {ticks} marks. "
        "Click two marks of known distance, or take the photo again with more of it in view."
    ),
    "scale.ambiguous_unit": N_(
        "The ruler's marks were found, but not whether they are millimetres or something else. "
        "Click two marks and give the length between them."
    ),
    "scale.bent": N_(
        "The ruler is not straight or does not lie flat. "
        "Lay it flat in the wound's plane and take the photo again."
    ),
    "scale.rulers_disagree": N_(
        "Two rulers in the photo give different lengths. Take the photo again with one of them, "
        "or click two marks on the one that is right."
    ),
    "scale.too_uncertain": N_(
        "The ruler was read, but its scale is only certain to {percent} %. "
        "Take the photo again, closer and more square on."
    ),
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
    "outline.file_too_large": N_(
        "The outline file holds more than {rings} rings or {points} points. Simplify it."
    ),
    "outline.nothing_found": N_(
        "No wound could be outlined with confidence. Click in the wound or draw around it."
    ),
    "outline.ring_needs_three": N_(
        "A ring needs at least three points. Add points, or delete the whole ring."
    ),
    "outline.hole_outside": N_("The hole lies beside the outline. Draw it inside the wound."),
    "outline.drawn_across": N_(
        "The line crosses itself where marked, so it was not taken. Go round the crossing."
    ),
    # -- measure
    "measure.no_outline": N_("There is no outline to measure. Draw around the wound first."),
    "measure.too_few_points": N_("An outline needs at least three points. Go on drawing."),
    "measure.not_finite": N_("The outline holds points that are no numbers. Draw it again."),
    "measure.beyond_horizon": N_(
        "The outline reaches beyond what the scale's plane can show. Check the scale's grid."
    ),
    "measure.outline_degenerate": N_(
        "The outline encloses almost nothing under this scale. Check the outline and the grid."
    ),
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
    "record.no_patient_code": N_(
        "No patient here has the code {patient_code}. Check it against the patient page."
    ),
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
    "record.missing": N_(
        "This record is not in the clinic any more. Go back to the list and open it again."
    ),
    "record.in_bin": N_("This record lies in the bin. Restore it first."),
    "record.not_in_bin": N_(
        "This record is not in the bin. Go back to the list and open it again."
    ),
    "record.parent_deleted": N_("What this belongs to lies in the bin. Restore that first."),
    "record.changed_meanwhile": N_(
        "Someone changed this in the meantime. Look at the latest state, then change it again."
    ),
    "record.conflict": N_(
        "This contradicts another record that was made in the meantime. Open it again, then repeat."
    ),
    "record.unusable_value": N_("A value cannot be stored ({field}). Correct it, then save again."),
    "record.name_missing": N_("A name is missing. Please fill it in."),
    "record.number_missing": N_("The hospital number is missing. Please fill it in."),
    "record.born_in_future": N_("The birth date is in the future. Please correct it."),
    "record.born_too_long_ago": N_("The birth date is too long ago. Please check the year."),
    "record.died_before_birth": N_(
        "The date of death is before the birth date. Please correct one of them."
    ),
    "record.died_in_future": N_("The date of death is in the future. Please correct it."),
    "record.died_but_not_so_marked": N_(
        "There is a date of death, but the status says otherwise. Set the status to died, or "
        "remove the date."
    ),
    "record.consent_in_future": N_("A consent is dated in the future. Please correct its date."),
    "record.consent_order": N_(
        "A consent is withdrawn before it was given. Please correct one of the dates."
    ),
    "record.visit_in_future": N_(
        "A visit cannot be in the future ({on}). Please correct its date."
    ),
    "record.visit_before_birth": N_(
        "The visit of {on} is before the patient's birth. Please correct one of the dates."
    ),
    "record.visit_after_death": N_(
        "The visit of {on} is after the patient's death. Please correct one of the dates."
    ),
    "record.visit_exists": N_("This patient already has a visit on {on}. Open that one instead."),
    "record.label_missing": N_("The lesion has no letter. Please give it one."),
    "record.label_taken": N_("This patient already has a lesion {label}. Choose another letter."),
    "record.site_missing": N_(
        "The body site is missing. Choose it on the body map or in the list."
    ),
    "record.onset_in_future": N_("The onset is in the future. Please correct its date."),
    "record.onset_before_birth": N_(
        "The onset is before the patient's birth. Please correct its date."
    ),
    "record.closed_in_future": N_("A closure cannot be in the future. Please correct its date."),
    "record.closed_before_onset": N_(
        "The lesion closes before its onset. Please correct one of the dates."
    ),
    "record.closure_order": N_(
        "The closure is confirmed before it was seen. Please correct one of the dates."
    ),
    "record.off_body_map": N_("The point lies beside the body. Click on the body map again."),
    "record.photo_not_imported": N_(
        "The photo's file is not in the clinic. Import the photo again."
    ),
    "record.photo_of_other_visit": N_("The photo belongs to another visit. Move it here first."),
    "record.scale_exists": N_("This photo already has a scale. Change that one instead."),
    "record.outline_exists": N_(
        "This lesion already has an outline in this photo. Change that one instead."
    ),
    "record.assessment_exists": N_(
        "This lesion was already assessed at this visit. Change that form instead."
    ),
    "record.measurement_mixed": N_(
        "Outline, scale and photo of this measurement do not belong together. Measure again."
    ),
    "record.measured_without_scale": N_(
        "This photo has no scale, so nothing can be measured in it. Give it a scale first."
    ),
    "record.measurement_of_other": N_(
        "The measurement belongs to another lesion or visit, or was deleted. Choose another one."
    ),
    "record.measurement_missing": N_(
        "The size is to be the traced one, but nothing was measured. Measure, or choose "
        "another way."
    ),
    "record.bedside_size_missing": N_(
        "Length and width are missing. Fill them in, or mark the wound as not measured."
    ),
    "record.negative_length": N_("A length cannot be below 0. Please correct it."),
    "record.implausible_length": N_(
        "A length is above 100 cm. Please check its unit and decimal point."
    ),
    "record.clock_hour": N_("A clock hour must be from 1 to 12. Please correct it."),
    "record.pain": N_("Pain must be from 0 to 10. Please correct it."),
    "record.bwat_items": N_("The form does not have its 13 items. Fill it in again."),
    "record.bwat_score": N_("Item {item} must be from {lowest} to 5. Please correct it."),
    "record.lesion_of_other_patient": N_(
        "The lesion belongs to another patient. Choose one of this patient's lesions."
    ),
    "record.lesion_needed": N_(
        "Lesion {label} stays with the other patient. Say which lesion it is here, or leave "
        "its part out."
    ),
    "record.photo_shared": N_(
        "A photo of this lesion shows other lesions too. Move or delete their outlines first."
    ),
    "record.therapy_name_missing": N_("The therapy has no name. Please choose or write one."),
    "record.therapy_stops_before_start": N_(
        "The therapy stops before it starts. Please correct one of the dates."
    ),
    "record.therapy_before_birth": N_(
        "The therapy starts before the patient's birth. Please correct its date."
    ),
    "record.dose": N_("A dose must be above 0. Correct it, or leave it empty."),
    "record.card_run_number": N_("A print run needs a number from 1. Print the card again."),
    "record.merge_with_itself": N_(
        "These are one and the same record. Choose another one to merge with."
    ),
    "record.two_outlines": N_(
        "Both lesions are outlined in one photo, so they are not one. Delete one of the "
        "outlines first."
    ),
    "record.two_assessments": N_(
        "Both lesions were assessed at one visit. Delete one of the two forms first."
    ),
    "record.user_exists": N_("There is already a user named {name}. Choose another name."),
    "record.user_kept": N_(
        "Users are not deleted, for records name them. Make this one inactive instead."
    ),
    "record.user_inactive": N_("This user is inactive. Make the user active first."),
    "record.last_administrator": N_(
        "The clinic needs an administrator. Make someone else one first."
    ),
    # -- store
    "store.no_passphrase": N_(
        "There is no one to ask for the passphrase. Run this in a terminal, or set {variable}."
    ),
    "store.passphrases_differ": N_("The two passphrases differ. Please try again."),
    "store.no_clinic": N_(
        "There is no clinic in this folder. Choose another folder, or create a clinic."
    ),
    "store.keyring_damaged": N_(
        "The clinic's key file cannot be read. Put clinic.json back from a backup."
    ),
    "store.database_missing": N_(
        "The clinic's database is missing. Put clinic.db back from a backup."
    ),
    "store.newer": N_(
        "This clinic was last used with a newer version. Install the newest version here, too."
    ),
    "store.damaged": N_(
        "The clinic's database is damaged. Nothing was changed; put the folder back from a backup."
    ),
    "store.photo_damaged": N_(
        "The stored photo is damaged and is not shown. Import the original again, or use a backup."
    ),
    "store.photo_missing": N_(
        "The stored photo's file is missing. Import the original again, or use a backup."
    ),
    "store.not_verified": N_(
        "The photo could not be read back as it was written, so keep the original. Check the disk."
    ),
    "store.disk_full": N_(
        "The disk is full, so nothing of this was saved. Make room, then try again."
    ),
    "store.not_writable": N_(
        "This account may not write to the clinic's folder. Ask the administrator for the right."
    ),
    "store.io": N_(
        "The disk did not answer as it should, so nothing of this was saved. Check it, then "
        "try again."
    ),
    "store.unreadable": N_(
        "The clinic's folder cannot be read. Check that its disk is connected and that you "
        "may open it."
    ),
    "store.busy": N_("The clinic is busy with something else. Please try again in a moment."),
    "store.closed": N_("The clinic is locked. Sign in again."),
    "store.read_only": N_(
        "{writer} is working in this clinic, so it can only be read here. Try again when that "
        "is done."
    ),
    "store.in_use": N_("{writer} is working in this clinic. Try again when it is closed there."),
    "store.wrong_passphrase": N_(
        "The name or the passphrase is wrong. Check capital letters, then try again."
    ),
    "store.weak_passphrase": N_(
        "This passphrase is too easy to guess. Use at least {minimum} varied characters."
    ),
    "store.recovery_key_mistyped": N_(
        "This is not a whole recovery key. Compare it with the print, group by group."
    ),
    "store.wrong_recovery_key": N_(
        "This recovery key belongs to another clinic or was replaced. Look for the newest print."
    ),
    "store.no_such_user": N_("There is no user of this name. Check how the name is written."),
    "store.not_allowed": N_("Only an administrator may do this. Ask one to sign in."),
    "store.name_missing": N_("The clinic and its first user need names. Please fill them in."),
    "store.folder_not_empty": N_("This folder is not empty. Choose an empty or a new one."),
    "store.copy_inside": N_(
        "A copy inside the clinic's own folder would be lost with it. Choose another place, best "
        "on another disk."
    ),
    "store.copy_not_verified": N_(
        "The copy could not be read back as it was written, so it was taken away. Check that disk, "
        "or choose another."
    ),
    "store.network_share": N_(
        "A clinic cannot be kept on a network share. Keep it on this computer, and put "
        "backups on the share."
    ),
    "store.migration_failed": N_(
        "The clinic could not be brought to this version and is as it was. Use the earlier "
        "version meanwhile."
    ),
    "store.changed_since": N_(
        "Something was changed since, so this cannot be undone. Undo the later change first."
    ),
    "store.nothing_to_undo": N_("This changed nothing that could be undone."),
    "store.not_undoable": N_("Changes of users cannot be undone. Change the user again instead."),
    "check.loose": N_(
        "{count} records name another one that is missing. Put the folder back from a backup."
    ),
    "check.unreadable_records": N_(
        "{count} records ({kind}) cannot be read. Put the folder back from a backup."
    ),
    "check.orphans": N_("{count} photo files belong to no record. Nothing needs to be done."),
    "check.stopped": N_("The check was stopped before its end. Run it again."),
    # -- command line
    "cli.not_written": N_(
        "The output could not be written. Free some space, or send it somewhere else."
    ),
    "cli.unforeseen": N_(
        "The program failed on this photo ({kind}), so nothing was measured. Please report it."
    ),
    # -- report
    "report.card_line_unlikely": N_(
        "The line is about 100 mm long. Measure it again and write its length in millimetres."
    ),
    "report.bad_code": N_(
        "{patient_code} is no patient code: its check character does not match. Copy the code from "
        "the patient page."
    ),
    "report.lesion_alone": N_(
        "A lesion's label means nothing without its patient. Give the patient's code, too."
    ),
    "report.not_written": N_(
        "The file could not be written there. Choose another folder, or free some space."
    ),
    "report.not_a_pdf": N_("This document cannot be shown. Please make it again."),
    "report.no_printer": N_(
        "No printer is set up on this computer. Save the PDF and print it elsewhere."
    ),
    "report.not_printed": N_("The printer did not take the pages. Look at it and print again."),
    "report.period": N_("The period ends before it begins. Choose a later end."),
    "report.page_size": N_("“{size}” is not a paper size for reports. Choose A4 or Letter."),
    "report.cancelled": N_("The report was stopped. Nothing was written."),
    "report.card_page_size": N_("“{size}” is not a paper size for cards. Choose A4 or Letter."),
    "report.card_run": N_(
        "{run} is not a print run: runs are numbered from 1, in at most 12 digits."
    ),
    "report.card_page_count": N_("{count} sheets cannot be made at once. Choose 1 to 50."),
    # -- ui
    "ui.visit_confirmed": N_(
        "This visit is confirmed. Press Correct first, or begin a new visit for these photos."
    ),
    "ui.not_recorded": N_(
        "The photo could not be put into the visit. Keep the original, and import it again."
    ),
    "ui.proposal_failed": N_("The search did not work on this photo. Please do it by hand."),
}

UNKNOWN = N_("Something went wrong ({code}). Nothing was changed; please try again.")


def explain(error: WoundtrackError) -> str:
    """One translated sentence with the way out for this error."""
    sentence = SENTENCES.get(error.code, UNKNOWN)
    data = {name: _shown(value) for name, value in error.data.items()}
    return _(sentence).format_map({"code": error.code, **data})


def _shown(value: object) -> object:
    """A date as the language in force writes it; the rest as it is."""
    return date(value) if isinstance(value, dt.date) else value
