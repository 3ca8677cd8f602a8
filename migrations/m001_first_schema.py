"""The first schema: records, their revisions, acts, journal, vault files, settings.

Each kind of record has a table of the latest values. Nested values are JSON text. Every
state a record ever had is in `revision`, which only grows; only the newest revision of a
draft may be overwritten. Rows are never removed: `deleted_act` marks what lies in the bin.
A correction that nobody has confirmed yet is no record: it waits in `pending_correction`.
"""

from sqlite_utils import Database

RECORD = """
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
"""

TABLES = {
    "user": """
        name TEXT NOT NULL CHECK (name <> ''),
        role TEXT NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    """,
    "patient": """
        hospital_number TEXT NOT NULL,
        birth_name TEXT NOT NULL,
        first_names TEXT NOT NULL,
        birth_date TEXT NOT NULL,
        sex TEXT NOT NULL,
        used_name TEXT NOT NULL,
        national_number TEXT NOT NULL,
        dialysis TEXT NOT NULL,
        consents TEXT NOT NULL,
        status TEXT NOT NULL,
        died_on TEXT,
        note TEXT NOT NULL,
        code TEXT NOT NULL UNIQUE CHECK (code <> '')
    """,
    "lesion": """
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        label TEXT NOT NULL,
        site TEXT NOT NULL,
        side TEXT NOT NULL,
        aetiology TEXT NOT NULL,
        onset_on TEXT,
        status TEXT NOT NULL,
        closed_on TEXT,
        closure_confirmed_on TEXT,
        class_by_rule TEXT NOT NULL,
        class_rule_version TEXT NOT NULL,
        class_override TEXT,
        class_override_reason TEXT NOT NULL,
        body_view TEXT NOT NULL,
        body_x REAL,
        body_y REAL,
        note TEXT NOT NULL
    """,
    "visit": """
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        "on" TEXT NOT NULL,
        general_pain_nrs INTEGER CHECK (general_pain_nrs BETWEEN 0 AND 10),
        note TEXT NOT NULL
    """,
    "visit_photo": """
        visit_id INTEGER NOT NULL REFERENCES visit(id),
        vault_name TEXT NOT NULL REFERENCES vault_file(name),
        photo TEXT NOT NULL,
        date_source TEXT NOT NULL,
        head_angle_deg REAL,
        card_code TEXT NOT NULL,
        note TEXT NOT NULL
    """,
    "photo_scale": """
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        scale TEXT,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    """,
    "photo_outline": """
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        lesion_id INTEGER NOT NULL REFERENCES lesion(id),
        outline TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    """,
    "lesion_measurement": """
        visit_id INTEGER NOT NULL REFERENCES visit(id),
        lesion_id INTEGER NOT NULL REFERENCES lesion(id),
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        outline_id INTEGER NOT NULL REFERENCES photo_outline(id),
        outline_revision INTEGER NOT NULL,
        scale_id INTEGER NOT NULL REFERENCES photo_scale(id),
        scale_revision INTEGER NOT NULL,
        measurement TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    """,
    "assessment": """
        visit_id INTEGER NOT NULL REFERENCES visit(id),
        lesion_id INTEGER NOT NULL REFERENCES lesion(id),
        size_method TEXT NOT NULL,
        measurement_id INTEGER REFERENCES lesion_measurement(id),
        measurement_revision INTEGER,
        length_cm REAL CHECK (length_cm >= 0),
        width_cm REAL CHECK (width_cm >= 0),
        depth_cm REAL CHECK (depth_cm >= 0),
        undermining TEXT NOT NULL,
        tunnels TEXT NOT NULL,
        pain_nrs INTEGER CHECK (pain_nrs BETWEEN 0 AND 10),
        dressing TEXT NOT NULL,
        infection_signs TEXT NOT NULL,
        note TEXT NOT NULL,
        bwat TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    """,
    "therapy_course": """
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        therapy TEXT NOT NULL,
        name TEXT NOT NULL,
        start_on TEXT NOT NULL,
        stop_on TEXT,
        dose REAL,
        unit TEXT NOT NULL,
        route TEXT NOT NULL,
        frequency TEXT NOT NULL,
        stop_reason TEXT NOT NULL,
        note TEXT NOT NULL
    """,
    "card_run": """
        number INTEGER NOT NULL UNIQUE CHECK (number > 0),
        page_size TEXT NOT NULL,
        measured_mm REAL,
        accepted INTEGER CHECK (accepted IN (0, 1))
    """,
}

OTHERS = (
    """
    CREATE TABLE act (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        reason TEXT NOT NULL,
        undoes_act INTEGER REFERENCES act(id)
    ) STRICT
    """,
    """
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        record_id INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        value TEXT NOT NULL,
        deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
        draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        reason TEXT NOT NULL,
        act_id INTEGER NOT NULL REFERENCES act(id),
        UNIQUE (kind, record_id, revision)
    ) STRICT
    """,
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        action TEXT NOT NULL,
        kind TEXT NOT NULL,
        record_id INTEGER,
        act_id INTEGER REFERENCES act(id),
        reason TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE vault_file (
        name TEXT PRIMARY KEY,
        byte_count INTEGER NOT NULL,
        at_utc TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE patient_search (
        patient_id INTEGER PRIMARY KEY REFERENCES patient(id),
        sort_key TEXT NOT NULL,
        folded TEXT NOT NULL
    ) STRICT
    """,
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE pending_correction (
        visit_id INTEGER PRIMARY KEY REFERENCES visit(id),
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        value TEXT NOT NULL
    ) STRICT
    """,
)

INDEXES = (
    "CREATE UNIQUE INDEX user_name ON user(name) WHERE deleted_act IS NULL",
    "CREATE INDEX patient_hospital_number ON patient(hospital_number)",
    "CREATE INDEX patient_national_number ON patient(national_number)",
    "CREATE INDEX patient_birth_date ON patient(birth_date)",
    "CREATE INDEX lesion_patient ON lesion(patient_id)",
    'CREATE UNIQUE INDEX visit_day ON visit(patient_id, "on") WHERE deleted_act IS NULL',
    'CREATE INDEX visit_patient ON visit(patient_id, "on")',
    "CREATE INDEX visit_photo_visit ON visit_photo(visit_id)",
    "CREATE INDEX visit_photo_vault_name ON visit_photo(vault_name)",
    "CREATE INDEX photo_scale_photo ON photo_scale(photo_id)",
    "CREATE UNIQUE INDEX photo_scale_one ON photo_scale(photo_id) WHERE deleted_act IS NULL",
    "CREATE INDEX photo_outline_photo ON photo_outline(photo_id)",
    "CREATE INDEX photo_outline_lesion ON photo_outline(lesion_id)",
    """CREATE UNIQUE INDEX photo_outline_one ON photo_outline(photo_id, lesion_id)
       WHERE deleted_act IS NULL""",
    "CREATE INDEX lesion_measurement_visit ON lesion_measurement(visit_id)",
    "CREATE INDEX lesion_measurement_lesion ON lesion_measurement(lesion_id)",
    "CREATE INDEX lesion_measurement_photo ON lesion_measurement(photo_id)",
    "CREATE INDEX lesion_measurement_outline ON lesion_measurement(outline_id)",
    "CREATE INDEX lesion_measurement_scale ON lesion_measurement(scale_id)",
    "CREATE INDEX assessment_visit ON assessment(visit_id)",
    "CREATE INDEX assessment_lesion ON assessment(lesion_id)",
    "CREATE INDEX assessment_measurement ON assessment(measurement_id)",
    """CREATE UNIQUE INDEX assessment_one ON assessment(visit_id, lesion_id)
       WHERE deleted_act IS NULL""",
    "CREATE INDEX therapy_course_patient ON therapy_course(patient_id)",
    "CREATE INDEX revision_act ON revision(act_id)",
    "CREATE INDEX journal_record ON journal(kind, record_id)",
)

TRIGGERS = (
    """
    CREATE TRIGGER revision_kept BEFORE UPDATE ON revision
    WHEN OLD.draft = 0 OR NEW.draft = 0 OR OLD.kind <> NEW.kind
        OR OLD.record_id <> NEW.record_id OR OLD.revision <> NEW.revision
        OR EXISTS (SELECT 1 FROM revision later WHERE later.kind = OLD.kind
                   AND later.record_id = OLD.record_id AND later.revision > OLD.revision)
    BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END
    """,
    """
    CREATE TRIGGER revision_not_removed BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END
    """,
    """
    CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END
    """,
    """
    CREATE TRIGGER journal_not_removed BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END
    """,
)


def migrate(db: Database) -> None:
    """Make every table, index and trigger in an empty database."""
    for name, columns in TABLES.items():
        db.execute(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT")
        db.execute(f"CREATE INDEX {name}_deleted ON {name}(deleted_act)")
    for statement in (*OTHERS, *INDEXES, *TRIGGERS):
        db.execute(statement)
