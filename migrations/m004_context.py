"""What is known beside the wound: laboratory, analgesics, events, risks, causes; parted lesions."""

from sqlite_utils import Database

from migrations.adding import add_columns, add_records

TABLES = {
    "lab_result": """
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        "on" TEXT NOT NULL,
        analyte TEXT NOT NULL CHECK (analyte <> ''),
        value REAL NOT NULL,
        unit TEXT NOT NULL,
        name TEXT NOT NULL,
        comparator TEXT NOT NULL,
        lower_limit REAL,
        upper_limit REAL,
        note TEXT NOT NULL
    """,
    "analgesic_use": """
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        drug TEXT NOT NULL CHECK (drug <> ''),
        start_on TEXT NOT NULL,
        stop_on TEXT,
        name TEXT NOT NULL,
        route TEXT NOT NULL,
        dose REAL CHECK (dose > 0),
        unit TEXT NOT NULL,
        times_a_day REAL CHECK (times_a_day > 0),
        note TEXT NOT NULL
    """,
    "clinical_event": """
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        kind TEXT NOT NULL,
        "on" TEXT NOT NULL,
        until_on TEXT,
        lesion_id INTEGER REFERENCES lesion(id),
        course_id INTEGER REFERENCES therapy_course(id),
        finding TEXT NOT NULL,
        text TEXT NOT NULL
    """,
}

COLUMNS = (
    ("patient", "dialysis_since_on TEXT"),
    ("patient", "risk_factors TEXT NOT NULL DEFAULT '[]'"),
    ("patient", "last_contact_on TEXT"),
    ("lesion", "cause_facts TEXT NOT NULL DEFAULT '{}'"),
    ("lesion", "became_ids TEXT NOT NULL DEFAULT '[]'"),
    ("lesion", "became_on TEXT"),
)

INDEXES = (
    'CREATE INDEX IF NOT EXISTS lab_result_patient ON lab_result(patient_id, "on")',
    "CREATE INDEX IF NOT EXISTS analgesic_use_patient ON analgesic_use(patient_id)",
    "CREATE INDEX IF NOT EXISTS clinical_event_patient ON clinical_event(patient_id)",
    "CREATE INDEX IF NOT EXISTS clinical_event_lesion ON clinical_event(lesion_id)",
    "CREATE INDEX IF NOT EXISTS clinical_event_course ON clinical_event(course_id)",
)


def migrate(db: Database) -> None:
    """Add the tables and columns."""
    add_records(db, TABLES)
    add_columns(db, COLUMNS)
    for statement in INDEXES:
        db.execute(statement)
