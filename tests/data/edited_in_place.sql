-- The first step as it had been edited in place by commit 2fc02a1; databases made by it are
-- recorded with the first step alone.

CREATE TABLE user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        name TEXT NOT NULL CHECK (name <> ''),
        role TEXT NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT;

CREATE INDEX user_deleted ON user(deleted_act);

CREATE TABLE patient (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
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
    ) STRICT;

CREATE INDEX patient_deleted ON patient(deleted_act);

CREATE TABLE lesion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
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
    ) STRICT;

CREATE INDEX lesion_deleted ON lesion(deleted_act);

CREATE TABLE visit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        patient_id INTEGER NOT NULL REFERENCES patient(id),
        "on" TEXT NOT NULL,
        general_pain_nrs INTEGER CHECK (general_pain_nrs BETWEEN 0 AND 10),
        general_pain_vas_mm INTEGER CHECK (general_pain_vas_mm BETWEEN 0 AND 100),
        wound_qol TEXT,
        note TEXT NOT NULL
    ) STRICT;

CREATE INDEX visit_deleted ON visit(deleted_act);

CREATE TABLE visit_photo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        visit_id INTEGER NOT NULL REFERENCES visit(id),
        vault_name TEXT NOT NULL REFERENCES vault_file(name),
        photo TEXT NOT NULL,
        date_source TEXT NOT NULL,
        head_angle_deg REAL,
        card_code TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT;

CREATE INDEX visit_photo_deleted ON visit_photo(deleted_act);

CREATE TABLE photo_scale (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        scale TEXT,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    ) STRICT;

CREATE INDEX photo_scale_deleted ON photo_scale(deleted_act);

CREATE TABLE photo_outline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        lesion_id INTEGER NOT NULL REFERENCES lesion(id),
        outline TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
        tissue TEXT
    ) STRICT;

CREATE INDEX photo_outline_deleted ON photo_outline(deleted_act);

CREATE TABLE lesion_measurement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        visit_id INTEGER NOT NULL REFERENCES visit(id),
        lesion_id INTEGER NOT NULL REFERENCES lesion(id),
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        outline_id INTEGER NOT NULL REFERENCES photo_outline(id),
        outline_revision INTEGER NOT NULL,
        scale_id INTEGER NOT NULL REFERENCES photo_scale(id),
        scale_revision INTEGER NOT NULL,
        measurement TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
        retrace_relative_sd REAL CHECK (retrace_relative_sd > 0)
    ) STRICT;

CREATE INDEX lesion_measurement_deleted ON lesion_measurement(deleted_act);

CREATE TABLE assessment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
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
        head_to_toe_cm REAL CHECK (head_to_toe_cm >= 0),
        left_right_cm REAL CHECK (left_right_cm >= 0),
        pain_nrs INTEGER CHECK (pain_nrs BETWEEN 0 AND 10),
        pain_vas_mm INTEGER CHECK (pain_vas_mm BETWEEN 0 AND 100),
        dressing TEXT NOT NULL,
        infection_signs TEXT NOT NULL,
        note TEXT NOT NULL,
        shape TEXT NOT NULL,
        forms TEXT NOT NULL,
        confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    ) STRICT;

CREATE INDEX assessment_deleted ON assessment(deleted_act);

CREATE TABLE therapy_course (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
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
        note TEXT NOT NULL,
        stop_cause TEXT,
        dose_changes TEXT NOT NULL
    ) STRICT;

CREATE INDEX therapy_course_deleted ON therapy_course(deleted_act);

CREATE TABLE therapy_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
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
    ) STRICT;

CREATE INDEX therapy_session_deleted ON therapy_session(deleted_act);

CREATE TABLE card_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        number INTEGER NOT NULL UNIQUE CHECK (number > 0),
        page_size TEXT NOT NULL,
        measured_mm REAL,
        accepted INTEGER CHECK (accepted IN (0, 1))
    ) STRICT;

CREATE INDEX card_run_deleted ON card_run(deleted_act);

CREATE TABLE rater_study (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        name TEXT NOT NULL CHECK (name <> ''),
        rater_ids TEXT NOT NULL,
        rounds INTEGER NOT NULL CHECK (rounds IN (1, 2)),
        with_proposal INTEGER NOT NULL CHECK (with_proposal IN (0, 1)),
        seed INTEGER NOT NULL
    ) STRICT;

CREATE INDEX rater_study_deleted ON rater_study(deleted_act);

CREATE TABLE rater_photo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        study_id INTEGER NOT NULL REFERENCES rater_study(id),
        photo_id INTEGER NOT NULL REFERENCES visit_photo(id),
        scale TEXT NOT NULL
    ) STRICT;

CREATE INDEX rater_photo_deleted ON rater_photo(deleted_act);

CREATE TABLE rater_trace (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        rater_photo_id INTEGER NOT NULL REFERENCES rater_photo(id),
        rater_id INTEGER NOT NULL REFERENCES user(id),
        round INTEGER NOT NULL CHECK (round IN (1, 2)),
        outline TEXT NOT NULL,
        measurement TEXT NOT NULL
    ) STRICT;

CREATE INDEX rater_trace_deleted ON rater_trace(deleted_act);

CREATE TABLE retrace_value (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at_utc TEXT NOT NULL,
    user_id INTEGER REFERENCES user(id),
    reason TEXT NOT NULL,
    act_id INTEGER NOT NULL REFERENCES act(id),
    deleted_act INTEGER REFERENCES act(id)
,
        study_id INTEGER NOT NULL REFERENCES rater_study(id),
        relative_sd REAL NOT NULL CHECK (relative_sd > 0),
        low REAL NOT NULL CHECK (low > 0),
        high REAL NOT NULL CHECK (high > 0),
        raters INTEGER NOT NULL CHECK (raters > 0),
        photos INTEGER NOT NULL CHECK (photos > 0)
    ) STRICT;

CREATE INDEX retrace_value_deleted ON retrace_value(deleted_act);

CREATE TABLE act (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        reason TEXT NOT NULL,
        undoes_act INTEGER REFERENCES act(id)
    ) STRICT;

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
    ) STRICT;

CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        action TEXT NOT NULL,
        kind TEXT NOT NULL,
        record_id INTEGER,
        act_id INTEGER REFERENCES act(id),
        reason TEXT NOT NULL
    ) STRICT;

CREATE TABLE vault_file (
        name TEXT PRIMARY KEY,
        byte_count INTEGER NOT NULL,
        at_utc TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE patient_search (
        patient_id INTEGER PRIMARY KEY REFERENCES patient(id),
        sort_key TEXT NOT NULL,
        folded TEXT NOT NULL
    ) STRICT;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE pending_correction (
        visit_id INTEGER PRIMARY KEY REFERENCES visit(id),
        at_utc TEXT NOT NULL,
        user_id INTEGER REFERENCES user(id),
        value TEXT NOT NULL
    ) STRICT;

CREATE TABLE pending_trace (
        rater_photo_id INTEGER NOT NULL REFERENCES rater_photo(id),
        rater_id INTEGER NOT NULL REFERENCES user(id),
        round INTEGER NOT NULL,
        outline TEXT NOT NULL,
        PRIMARY KEY (rater_photo_id, rater_id, round)
    ) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX user_name ON user(name) WHERE deleted_act IS NULL;

CREATE INDEX patient_hospital_number ON patient(hospital_number);

CREATE INDEX patient_national_number ON patient(national_number);

CREATE INDEX patient_birth_date ON patient(birth_date);

CREATE INDEX lesion_patient ON lesion(patient_id);

CREATE UNIQUE INDEX visit_day ON visit(patient_id, "on") WHERE deleted_act IS NULL;

CREATE INDEX visit_patient ON visit(patient_id, "on");

CREATE INDEX visit_photo_visit ON visit_photo(visit_id);

CREATE INDEX visit_photo_vault_name ON visit_photo(vault_name);

CREATE INDEX photo_scale_photo ON photo_scale(photo_id);

CREATE UNIQUE INDEX photo_scale_one ON photo_scale(photo_id) WHERE deleted_act IS NULL;

CREATE INDEX photo_outline_photo ON photo_outline(photo_id);

CREATE INDEX photo_outline_lesion ON photo_outline(lesion_id);

CREATE UNIQUE INDEX photo_outline_one ON photo_outline(photo_id, lesion_id)
       WHERE deleted_act IS NULL;

CREATE INDEX lesion_measurement_visit ON lesion_measurement(visit_id);

CREATE INDEX lesion_measurement_lesion ON lesion_measurement(lesion_id);

CREATE INDEX lesion_measurement_photo ON lesion_measurement(photo_id);

CREATE INDEX lesion_measurement_outline ON lesion_measurement(outline_id);

CREATE INDEX lesion_measurement_scale ON lesion_measurement(scale_id);

CREATE INDEX assessment_visit ON assessment(visit_id);

CREATE INDEX assessment_lesion ON assessment(lesion_id);

CREATE INDEX assessment_measurement ON assessment(measurement_id);

CREATE UNIQUE INDEX assessment_one ON assessment(visit_id, lesion_id)
       WHERE deleted_act IS NULL;

CREATE UNIQUE INDEX rater_photo_one ON rater_photo(study_id, photo_id)
       WHERE deleted_act IS NULL;

CREATE INDEX rater_photo_study ON rater_photo(study_id);

CREATE INDEX rater_photo_photo ON rater_photo(photo_id);

CREATE UNIQUE INDEX rater_trace_one ON rater_trace(rater_photo_id, rater_id, round)
       WHERE deleted_act IS NULL;

CREATE INDEX rater_trace_photo ON rater_trace(rater_photo_id);

CREATE INDEX rater_trace_rater ON rater_trace(rater_id);

CREATE UNIQUE INDEX retrace_value_one ON retrace_value(deleted_act IS NULL)
       WHERE deleted_act IS NULL;

CREATE INDEX therapy_course_patient ON therapy_course(patient_id);

CREATE INDEX therapy_session_course ON therapy_session(course_id, "on");

CREATE INDEX revision_act ON revision(act_id);

CREATE INDEX journal_record ON journal(kind, record_id);

CREATE TRIGGER revision_kept BEFORE UPDATE ON revision
    WHEN OLD.draft = 0 OR NEW.draft = 0 OR OLD.kind <> NEW.kind
        OR OLD.record_id <> NEW.record_id OR OLD.revision <> NEW.revision
        OR EXISTS (SELECT 1 FROM revision later WHERE later.kind = OLD.kind
                   AND later.record_id = OLD.record_id AND later.revision > OLD.revision)
    BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END;

CREATE TRIGGER revision_not_removed BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END;

CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;

CREATE TRIGGER journal_not_removed BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
