"""How much a photo takes in: overview or close-up, where a person told it."""

from sqlite_utils import Database

from migrations.adding import add_columns

COLUMNS = (("visit_photo", "view TEXT"),)


def migrate(db: Database) -> None:
    """Add the column; of the photos there are nobody has told yet."""
    add_columns(db, COLUMNS)
