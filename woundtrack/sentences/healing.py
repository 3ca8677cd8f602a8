"""What is said of healing rates and their tables that fail, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "healing.too_few_visits": N_(
        "A rate of this phase needs {needed} visits with a size; it has {count}."
    ),
    "healing.too_few_open": N_(
        "A rate of this phase needs {needed} visits that measured an open wound; it has {count}."
    ),
    "healing.table_unreadable": N_("{file} could not be read. Check its name and place."),
    "healing.table_too_large": N_(
        "{file} is larger than {most_mb} MB. Give a table of visits, in parts if need be."
    ),
    "healing.table_not_csv": N_(
        "{file}, line {line}: this is no table as text. Save it as CSV in UTF-8."
    ),
    "healing.table_empty": N_("{file} has no lines below its head. Give at least one."),
    "healing.column_missing": N_(
        "{file}, line 1: the head lacks {columns}. Name each column as the guide does."
    ),
    "healing.column_unknown": N_(
        "{file}, line 1: there is no column “{column}”. The columns are {known}."
    ),
    "healing.column_twice": N_("{file}, line 1: the column “{column}” comes twice. Keep one."),
    "healing.line_fields": N_(
        "{file}, line {line}: {count} fields for {columns} columns. Write numbers with a point."
    ),
    "healing.line_no_lesion": N_("{file}, line {line}: the lesion has no name. Give it one."),
    "healing.line_unknown_lesion": N_(
        "{file}, line {line}: the table of visits has no lesion “{lesion}”. Write both alike."
    ),
    "healing.line_no_therapy": N_("{file}, line {line}: the therapy has no name. Give it one."),
    "healing.line_date": N_(
        "{file}, line {line}: “{text}” is no day for {column}. Write it as YYYY-MM-DD."
    ),
    "healing.line_number": N_(
        "{file}, line {line}: “{text}” is no number for {column}. "
        "Write it with a point and without its unit."
    ),
    "healing.line_negative": N_(
        "{file}, line {line}: {column} cannot be {text}. Write a number above 0."
    ),
    "healing.line_zero": N_(
        "{file}, line {line}: an area of 0 is that of a closed wound. "
        "Write yes under closed, or leave the area empty where it was not measured."
    ),
    "healing.line_large": N_(
        "{file}, line {line}: {area} cm² is more than any one wound has. Is it in mm²?"
    ),
    "healing.line_sd": N_(
        "{file}, line {line}: a standard deviation of {sd} cm² is as large as the area. "
        "Is it in mm² or percent?"
    ),
    "healing.line_perimeter": N_(
        "{file}, line {line}: no wound of this area has a perimeter of {perimeter} cm. "
        "Check both and their units."
    ),
    "healing.line_closed": N_("{file}, line {line}: closed is yes or no, not “{text}”."),
    "healing.line_closed_area": N_(
        "{file}, line {line}: a closed wound has no area of {area} cm². Correct one of them."
    ),
    "healing.line_same_day": N_(
        "{file}, line {line}: line {first} has a visit of this lesion on {day} already. Keep one."
    ),
    "healing.line_stop": N_(
        "{file}, line {line}: the course stops on {stop}, before it starts on {start}. Correct it."
    ),
}
