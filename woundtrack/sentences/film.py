"""What is said of films and contact sheets that cannot be made, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "film.too_few": N_(
        "A film needs two photos that lie on each other; here are {count}. Lay more of them on "
        "the first by pairs of points, or show them by their own scale."
    ),
    "film.too_few_visits": N_(
        "A film shows one confirmed photo of each visit and needs two; here are {count}. Choose "
        "photos of more visits."
    ),
    "film.size": N_("Pictures are {least} to {most} pixels long. Choose a size in between."),
    "film.seconds": N_(
        "Each photo stands for {least} to {most} seconds. Choose a time in between."
    ),
    "film.ending": N_(
        "The file’s name tells what is made: .webp a film, .png or .pdf a sheet. Choose one of "
        "these endings."
    ),
    "film.dates": N_(
        "Dates may tell who the patient is. For teaching and research days are counted from the "
        "first visit; choose care to show dates."
    ),
    "film.tells_who": N_(
        "The title or the file’s name tells who the patient is: it holds a name, a number or the "
        "birth date. For teaching and research choose another."
    ),
    "film.no_lesion": N_("The patient has no lesion “{label}”. Choose one of: {labels}."),
}
