"""What is said of a report or card that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
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
    "report.not_allowed": N_(
        "This file may not be written: its folder is read-only, or it is open in another program. "
        "Close it there, or choose another folder."
    ),
    "report.disk_full": N_("The disk is full. Free some space, or choose another place."),
    "report.bad_name": N_(
        "The disk does not take this file name: it is too long, or has a sign such as : or ? in "
        "it. Choose another name."
    ),
    "report.folder_gone": N_(
        "The folder is not there any more. Plug the disk in again, or choose another folder."
    ),
    "report.not_a_pdf": N_("This document cannot be shown. Please make it again."),
    "report.no_printer": N_(
        "No printer is set up on this computer. Save the PDF and print it elsewhere."
    ),
    "report.not_printed": N_("The printer did not take the pages. Look at it and print again."),
    "report.period": N_("The period ends before it begins. Choose a later end."),
    "report.page_size": N_("“{size}” is not a paper size for reports. Choose A4 or Letter."),
    "report.cancelled": N_("The report was stopped. Nothing was written."),
    "report.not_a_logo": N_("This picture cannot be read as a logo. Choose a PNG or JPEG file."),
    "report.no_visit": N_("This visit is not in the patient's record. Choose another visit."),
    "report.nothing_confirmed": N_(
        "Nothing of this visit is confirmed yet. Confirm it, then print it."
    ),
    "record.letterhead_exists": N_("The clinic has a letterhead already. Change that one."),
    "record.letterhead_lines": N_(
        "A letterhead has at most {lines} lines of {length} letters. Shorten it."
    ),
    "record.letterhead_logo": N_(
        "This logo is no small PNG or JPEG picture. Choose it anew under “Clinic's letterhead…”."
    ),
    "report.card_page_size": N_("“{size}” is not a paper size for cards. Choose A4 or Letter."),
    "report.card_run": N_(
        "{run} is not a print run: runs are numbered from 1, in at most 12 digits."
    ),
    "report.card_page_count": N_("{count} sheets cannot be made at once. Choose 1 to 50."),
}
