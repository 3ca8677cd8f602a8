"""Every step, in the order in which it is applied."""

from sqlite_utils import Migrations

from migrations import m001_first_schema, m002_context

SET_NAME = "woundtrack"


def all_steps() -> Migrations:
    """A fresh set of all steps, to be applied to a database."""
    steps = Migrations(SET_NAME)
    for module in (m001_first_schema, m002_context):
        steps(name=module.__name__.rpartition(".")[2])(module.migrate)
    return steps
