"""The clinic's letterhead: its lines and its logo, one a clinic."""

from sqlite_utils import Database

from migrations.adding import add_records

TABLES = {
    "letterhead": """
        lines TEXT NOT NULL,
        logo TEXT NOT NULL
    """
}
ONE = """CREATE UNIQUE INDEX IF NOT EXISTS letterhead_one ON letterhead(deleted_act IS NULL)
         WHERE deleted_act IS NULL"""


def migrate(db: Database) -> None:
    """Add its table; a clinic has none until somebody writes one."""
    add_records(db, TABLES)
    db.execute(ONE)
