"""What is said of a record that contradicts itself, another or the calendar that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
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
    "record.photo_in_use": N_(
        "One of these photos is in a visit by now, so none was removed. Look at the list again."
    ),
    "record.photo_of_other_visit": N_("The photo belongs to another visit. Move it here first."),
    "record.scale_exists": N_("This photo already has a scale. Change that one instead."),
    "record.tissue_unusable": N_(
        "The tissue map does not belong to its outline. Take it off, and map the tissues again."
    ),
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
    "record.pain_vas": N_("Pain on the line must be from 0 to 100 mm. Please correct it."),
    "record.wound_qol": N_("The mean of a Wound-QoL must be from 0 to 4. Please correct it."),
    "record.wound_qol_items": N_("A Wound-QoL has 17 or 14 questions. Choose one of them."),
    "record.form_twice": N_("One form was filled in twice. Keep one of the two."),
    "record.form_unknown": N_(
        "This program does not know the form {instrument} in this version. Fill it in again."
    ),
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
    "record.therapy_after_death": N_(
        "The therapy of {on} is after the patient's death. Please correct one of the dates."
    ),
    "record.dose_change_outside": N_(
        "The dose change of {on} is not after the one before it and within the course. Please "
        "correct its date."
    ),
    "record.stop_day_missing": N_(
        "There is a reason for stopping, but no last day. Fill in the last day, or take the "
        "reason away."
    ),
    "record.stop_text_missing": N_(
        "Please write which adverse event it was, or what the other reason is."
    ),
    "record.session_in_future": N_(
        "The session of {on} is still to come. Record it once it was given."
    ),
    "record.session_outside": N_(
        "The session of {on} is not within the course. Correct its day, or the days of the course."
    ),
    "record.sessions_left_out": N_(
        "The session of {on} would be outside the course. Correct or remove that session first."
    ),
    "record.session_value": N_(
        "A value of the session cannot be right. Please check its unit and decimal point."
    ),
    "record.dose_unit_missing": N_("The dose has no unit. Please write one, such as g or mg."),
    "record.not_a_quantity": N_("Write a number, with its unit where it is another one."),
    "record.unit_does_not_fit": N_(
        "{typed} cannot be converted to {unit}. Write the value in {unit}."
    ),
    "record.schedule_order": N_("The last day is before the first. Please correct one of them."),
    "record.schedule_too_long": N_(
        "These are more than {most} sessions. Please check the year, or enter them in parts."
    ),
    "record.dose": N_("A dose must be above 0. Correct it, or leave it empty."),
    "record.day_in_future": N_("The day {on} is still to come. Please correct the date."),
    "record.day_before_birth": N_(
        "The entry of {on} is before the patient's birth. Please correct one of the dates."
    ),
    "record.day_after_death": N_(
        "The entry of {on} is after the patient's death. Please correct one of the dates."
    ),
    "record.dialysis_day_without_dialysis": N_(
        "There is a first day of dialysis, but no dialysis. Choose its kind, or remove the day."
    ),
    "record.risk_factor": N_(
        "One risk factor is unknown or was answered twice. Please answer it again."
    ),
    "record.deposit_size": N_(
        "A deposit must be above 0 and below 1000 mm. Please check its unit and decimal point."
    ),
    "record.lab_unknown": N_(
        "This program does not know the laboratory value {analyte}. Choose it from the list, or "
        "name it yourself."
    ),
    "record.lab_name_missing": N_("Please say what the laboratory measured."),
    "record.lab_value": N_(
        "A value of the laboratory cannot be right. Please check its sign and decimal point."
    ),
    "record.lab_unit_missing": N_(
        "The value has no unit. Choose the one in which the laboratory reported it."
    ),
    "record.lab_limits": N_(
        "The laboratory's lower limit is above the upper one. Please correct one of them."
    ),
    "record.analgesic_unknown": N_(
        "This program does not know the analgesic {drug}. Choose it from the list, or name it "
        "yourself."
    ),
    "record.analgesic_name_missing": N_("The analgesic has no name. Please choose or write one."),
    "record.analgesic_stops_before_start": N_(
        "The analgesic stops before it starts. Please correct one of the dates."
    ),
    "record.event_ends_before_start": N_(
        "The event ends before it begins. Please correct one of the dates."
    ),
    "record.event_text_missing": N_("Please write what happened."),
    "record.event_finding": N_(
        "The finding does not belong to this kind of event. Choose one of those it offers."
    ),
    "record.course_of_other_patient": N_(
        "The therapy belongs to another patient. Choose one of this patient's therapies."
    ),
    "record.became_day_missing": N_(
        "What the lesion became and the day on which it did belong together. Fill in both, or "
        "neither."
    ),
    "record.became_itself": N_(
        "A lesion cannot become itself, not even in several steps. Choose another one."
    ),
    "record.became_before_onset": N_(
        "The lesion becomes another before its onset. Please correct one of the dates."
    ),
    "record.became_has_visits": N_(
        "The lesion has a confirmed form of {on}, when it was no lesion of its own any more. "
        "Correct the day, or take that form away."
    ),
    "record.became_seen_before": N_(
        "Lesion {label} has a confirmed form of {on}, so it is another wound. Choose a new lesion "
        "for what this one became."
    ),
    "record.lesion_not_yet": N_(
        "Lesion {label} came about on {on}, out of another one. Record that one, or correct that "
        "day."
    ),
    "record.lesion_became_other": N_(
        "Since {on}, lesion {label} is no lesion of its own any more. Record what it became, or "
        "correct that day."
    ),
    "record.became_in_bin": N_(
        "Lesion {label}, which this one became, lies in the bin. Restore that first."
    ),
    "record.lesion_became_this": N_("Lesion {label} became this one. Take that back first."),
    "record.lesion_parted": N_(
        "Lesion {label} parted, or grew together with others of this patient. Take that back first."
    ),
    "record.event_of_course": N_(
        "An event of lesion {label} was put down to a therapy that stays with this patient. Take "
        "the therapy off the event first."
    ),
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
    "record.no_such_therapy": N_(
        "Nobody in this clinic had “{therapy}”. The therapies are: {known}."
    ),
}
