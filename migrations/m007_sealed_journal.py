"""The journal's chain: each line has a MAC, and one row says where the chain ends.

A step has no key: the store gives the lines that are there their MACs right after it, in the same
transaction, and says so by a line of the journal. A MAC is given once; all else stays as it was.
"""

from sqlite_utils import Database

from migrations.adding import add_columns

COLUMNS = (("journal", "mac BLOB CHECK (length(mac) = 32)"),)

HEAD = """
    CREATE TABLE IF NOT EXISTS journal_head (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        count INTEGER NOT NULL CHECK (count >= 0),
        last_id INTEGER NOT NULL CHECK (last_id >= 0),
        mac BLOB NOT NULL CHECK (length(mac) = 32),
        seal BLOB CHECK (length(seal) = 32)
    ) STRICT
"""

TRIGGERS = {
    "journal_kept": """
        CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
        WHEN OLD.mac IS NOT NULL OR NEW.mac IS NULL OR NEW.id <> OLD.id
            OR NEW.at_utc <> OLD.at_utc OR NEW.user_id IS NOT OLD.user_id
            OR NEW.action <> OLD.action OR NEW.kind <> OLD.kind
            OR NEW.record_id IS NOT OLD.record_id OR NEW.act_id IS NOT OLD.act_id
            OR NEW.reason <> OLD.reason
        BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END
    """,
    "journal_sealed": """
        CREATE TRIGGER journal_sealed BEFORE INSERT ON journal WHEN NEW.mac IS NULL
        BEGIN SELECT RAISE(ABORT, 'a line of the journal has its MAC'); END
    """,
    "journal_head_kept": """
        CREATE TRIGGER journal_head_kept BEFORE DELETE ON journal_head
        BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END
    """,
}

INDEXES = (
    "CREATE INDEX IF NOT EXISTS journal_user ON journal(user_id)",
    "CREATE INDEX IF NOT EXISTS journal_action ON journal(action)",
    "CREATE INDEX IF NOT EXISTS journal_at ON journal(at_utc)",
)


def migrate(db: Database) -> None:
    """Add what the chain needs; the head has no seal until the store gives it one."""
    add_columns(db, COLUMNS)
    db.execute(HEAD)
    db.execute(
        "INSERT OR IGNORE INTO journal_head (id, count, last_id, mac, seal) "
        "VALUES (1, 0, 0, zeroblob(32), NULL)"
    )
    for name, statement in TRIGGERS.items():
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(statement)
    for statement in INDEXES:
        db.execute(statement)
