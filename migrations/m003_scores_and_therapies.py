"""Any instrument's answers in the place of one form's; pain on a line; sessions of a therapy.

The Bates-Jensen form was a value of its own, `bwat` with `scores`, `location` and `shape`. Its
answers become one of an assessment's `forms`, its shape the assessment's. Its location was
written by the program from the lesion's site and side, which the lesion keeps; any other text
goes to the note. So in the table, in every revision, and in corrections that wait.
"""

import json
from typing import Any

from sqlite_utils import Database

from migrations.adding import add_columns, add_records

TABLES = {
    "therapy_session": """
        course_id INTEGER NOT NULL REFERENCES therapy_course(id),
        "on" TEXT NOT NULL,
        dose REAL CHECK (dose > 0),
        unit TEXT NOT NULL,
        duration_min REAL CHECK (duration_min > 0),
        blood_flow_ml_min REAL CHECK (blood_flow_ml_min > 0),
        plasma_percent REAL CHECK (plasma_percent BETWEEN 0 AND 100),
        plasma_volume_ml REAL CHECK (plasma_volume_ml >= 0),
        effluent_percent REAL CHECK (effluent_percent BETWEEN 0 AND 100),
        albumin_ml REAL CHECK (albumin_ml >= 0),
        pressure_ata REAL CHECK (pressure_ata > 0),
        note TEXT NOT NULL
    """,
}

COLUMNS = (
    ("visit", "general_pain_vas_mm INTEGER CHECK (general_pain_vas_mm BETWEEN 0 AND 100)"),
    ("visit", "wound_qol TEXT"),
    ("assessment", "head_to_toe_cm REAL CHECK (head_to_toe_cm >= 0)"),
    ("assessment", "left_right_cm REAL CHECK (left_right_cm >= 0)"),
    ("assessment", "pain_vas_mm INTEGER CHECK (pain_vas_mm BETWEEN 0 AND 100)"),
    ("assessment", "shape TEXT NOT NULL DEFAULT ''"),
    ("assessment", "forms TEXT NOT NULL DEFAULT '[]'"),
    ("therapy_course", "stop_cause TEXT"),
    ("therapy_course", "dose_changes TEXT NOT NULL DEFAULT '[]'"),
)

SESSIONS_INDEX = """
    CREATE INDEX IF NOT EXISTS therapy_session_course ON therapy_session(course_id, "on")
"""

REVISION_KEPT = """
    CREATE TRIGGER revision_kept BEFORE UPDATE ON revision
    WHEN OLD.draft = 0 OR NEW.draft = 0 OR OLD.kind <> NEW.kind
        OR OLD.record_id <> NEW.record_id OR OLD.revision <> NEW.revision
        OR EXISTS (SELECT 1 FROM revision later WHERE later.kind = OLD.kind
                   AND later.record_id = OLD.record_id AND later.revision > OLD.revision)
    BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END
"""
"""As in the first schema."""

INSTRUMENT, VERSION = "bwat", "2001, revised"


def migrate(db: Database) -> None:
    """Add what is missing, and convert the form."""
    add_records(db, TABLES)
    db.execute(SESSIONS_INDEX)
    add_columns(db, COLUMNS)
    places = _places(db)
    if "bwat" in db["assessment"].columns_dict:
        _convert_table(db, places)
    _convert_revisions(db, places)
    _convert_corrections(db, places)


def with_forms(assessment: dict[str, Any], places: dict[int, set[str]]) -> dict[str, Any]:
    """An assessment's JSON with its form among the `forms`; unchanged where it has none."""
    if "bwat" not in assessment:
        return assessment
    after = dict(assessment)
    form = after.pop("bwat") or {}
    scores = form.get("scores", [])
    filled = {"instrument": INSTRUMENT, "version": VERSION, "scores": scores, "size_cm": None}
    after["forms"] = [filled] if any(score is not None for score in scores) else []
    after["shape"] = form.get("shape", "")
    location = form.get("location", "").strip()
    if location and location not in places.get(after["lesion_id"], set()):
        after["note"] = "\n".join(text for text in (after.get("note", ""), location) if text)
    return after


def _places(db: Database) -> dict[int, set[str]]:
    """Site and side that each lesion ever had, as the program wrote them into the form."""
    found: dict[int, set[str]] = {}
    for lesion_id, site, side in db.execute(
        "SELECT record_id, json_extract(value, '$.site'), json_extract(value, '$.side') "
        "FROM revision WHERE kind = 'lesion'"
    ):
        found.setdefault(lesion_id, set()).add(f"{site} {side}")
    return found


def _convert_table(db: Database, places: dict[int, set[str]]) -> None:
    rows = db.execute("SELECT id, lesion_id, note, bwat FROM assessment").fetchall()
    for record_id, lesion_id, note, bwat in rows:
        before = {"lesion_id": lesion_id, "note": note, "bwat": json.loads(bwat)}
        after = with_forms(before, places)
        db.execute(
            "UPDATE assessment SET note = ?, shape = ?, forms = ? WHERE id = ?",
            (after["note"], after["shape"], _text(after["forms"]), record_id),
        )
    db.execute("ALTER TABLE assessment DROP COLUMN bwat")


def _convert_revisions(db: Database, places: dict[int, set[str]]) -> None:
    """What was answered stays to the letter; only the form in which it is written changes.

    The trigger that keeps revisions as they are steps aside for that: a revision that the
    program cannot read any more would be lost to undoing and to whoever asks what was.
    """
    of_old_form = "kind = 'assessment' AND json_type(value, '$.bwat') IS NOT NULL"
    ids = [row[0] for row in db.execute(f"SELECT id FROM revision WHERE {of_old_form}")]
    db.execute("DROP TRIGGER revision_kept")
    for revision_id in ids:
        (text,) = db.execute("SELECT value FROM revision WHERE id = ?", (revision_id,)).fetchone()
        value = _text(with_forms(json.loads(text), places))
        db.execute("UPDATE revision SET value = ? WHERE id = ?", (value, revision_id))
    db.execute(REVISION_KEPT)


def _convert_corrections(db: Database, places: dict[int, set[str]]) -> None:
    for visit_id, text in db.execute("SELECT visit_id, value FROM pending_correction").fetchall():
        value = json.loads(text)
        value["assessments"] = [with_forms(one, places) for one in value.get("assessments", [])]
        db.execute(
            "UPDATE pending_correction SET value = ? WHERE visit_id = ?", (_text(value), visit_id)
        )


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
