"""Every step, in the order in which it is applied."""

from sqlite_utils import Migrations

from migrations import (
    m001_first_schema,
    m002_rater_studies,
    m003_scores_and_therapies,
    m004_context,
    m005_photo_view,
    m006_letterhead,
    m007_sealed_journal,
)

SET_NAME = "woundtrack"
STEPS = (
    m001_first_schema,
    m002_rater_studies,
    m003_scores_and_therapies,
    m004_context,
    m005_photo_view,
    m006_letterhead,
    m007_sealed_journal,
)


def all_steps() -> Migrations:
    """A fresh set of all steps, to be applied to a database."""
    steps = Migrations(SET_NAME)
    for module in STEPS:
        steps(name=module.__name__.rpartition(".")[2])(module.migrate)
    return steps
