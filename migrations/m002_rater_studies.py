"""Rater studies, tissue maps, what is known of retracing, and unconfirmed tracings.

A correction that waits no longer says how surely an outline's edge is seen: that is found
again in the photo, so what was kept of it is dropped.
"""

from sqlite_utils import Database

from migrations.adding import add_columns, add_records

TABLES = {
    "rater_study": """
        name TEXT NOT NULL CHECK (name <> ''),
        rater_ids TEXT NOT NULL,
        rounds INTEGER NOT NULL CHECK (rounds IN (1, 2)),
        with_proposal INTEGER NOT NULL CHECK (with_proposal IN (0, 1)),
        seed INTEGER NOT NULL
    """,
    "rater_photo": """
        study_id INTEGER NOT NULL REFERENCES rater_study(id),
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        scale TEXT NOT NULL
    """,
    "rater_trace": """
        rater_photo_id INTEGER NOT NULL REFERENCES rater_photo(id),
        rater_id INTEGER NOT NULL REFERENCES user(id),
        round INTEGER NOT NULL CHECK (round IN (1, 2)),
        outline TEXT NOT NULL,
        measurement TEXT NOT NULL
    """,
    "retrace_value": """
        study_id INTEGER NOT NULL REFERENCES rater_study(id),
        relative_sd REAL NOT NULL CHECK (relative_sd > 0),
        low REAL NOT NULL CHECK (low > 0),
        high REAL NOT NULL CHECK (high > 0),
        raters INTEGER NOT NULL CHECK (raters > 0),
        photos INTEGER NOT NULL CHECK (photos > 0)
    """,
}

COLUMNS = (
    ("lesion_measurement", "retrace_relative_sd REAL CHECK (retrace_relative_sd > 0)"),
    ("photo_outline", "tissue TEXT"),
)

OTHERS = (
    """
    CREATE TABLE IF NOT EXISTS pending_trace (
        rater_photo_id INTEGER NOT NULL REFERENCES rater_photo(id),
        rater_id INTEGER NOT NULL REFERENCES user(id),
        round INTEGER NOT NULL,
        outline TEXT NOT NULL,
        PRIMARY KEY (rater_photo_id, rater_id, round)
    ) STRICT, WITHOUT ROWID
    """,
    """CREATE UNIQUE INDEX IF NOT EXISTS rater_photo_one ON rater_photo(study_id, photo_id)
       WHERE deleted_act IS NULL""",
    "CREATE INDEX IF NOT EXISTS rater_photo_study ON rater_photo(study_id)",
    "CREATE INDEX IF NOT EXISTS rater_photo_photo ON rater_photo(photo_id)",
    """CREATE UNIQUE INDEX IF NOT EXISTS rater_trace_one
       ON rater_trace(rater_photo_id, rater_id, round) WHERE deleted_act IS NULL""",
    "CREATE INDEX IF NOT EXISTS rater_trace_photo ON rater_trace(rater_photo_id)",
    "CREATE INDEX IF NOT EXISTS rater_trace_rater ON rater_trace(rater_id)",
    """CREATE UNIQUE INDEX IF NOT EXISTS retrace_value_one ON retrace_value(deleted_act IS NULL)
       WHERE deleted_act IS NULL""",
)


def migrate(db: Database) -> None:
    """Add what is missing, and forget the edges in corrections that wait."""
    add_records(db, TABLES)
    add_columns(db, COLUMNS)
    for statement in OTHERS:
        db.execute(statement)
    db.execute("UPDATE pending_correction SET value = json_remove(value, '$.edge_sd_px')")
