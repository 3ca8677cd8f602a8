"""Jobs that ask the command line what is wrong, and one that alters the journal with the key."""

import contextlib
import io
import os
import random
from collections.abc import Callable
from typing import Any

from benchmarks.faults_clinic import USER
from benchmarks.faults_work import Job
from benchmarks.nothing_readable import PASSPHRASE
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.store import database
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.keyring import load_keyring

_WAYS = ("text", "time", "who", "gone")


def _ask(job: Job) -> None:
    """What the command line says, below the job's folder."""
    from woundtrack.cli import main

    os.environ[VARIABLE] = PASSPHRASE
    os.chdir(job.root)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = main(list(job.more["command"]))
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    job.say(code=code, text=said.getvalue())


def _alter(job: Job) -> None:
    """Alter one entry of the journal as someone does who has the key and knows SQL."""
    chance = random.Random(job.more["seed"])
    _, data_key = load_keyring(job.clinic).unlock(user_name=USER, passphrase=PASSPHRASE)
    connection = database.connect(job.clinic / DATABASE_NAME, data_key=data_key, writable=True)
    rows = connection.execute("SELECT id, at_utc, action, user_id FROM journal").fetchall()
    entry = chance.choice(rows)
    way = chance.choice(_WAYS)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
    ).fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    _change(connection, entry, way, chance)
    for _name, sql in triggers:
        connection.execute(sql)
    connection.close()
    job.say(entry=entry[0], way=way, entries=len(rows))


def _change(connection: Any, entry: tuple[Any, ...], way: str, chance: random.Random) -> None:
    number, at_utc, action, _user = entry
    if way == "gone":
        connection.execute("DELETE FROM journal WHERE id = ?", (number,))
    elif way == "who":
        connection.execute("UPDATE journal SET user_id = NULL, kind = 'x' WHERE id = ?", (number,))
    else:
        column, text = ("action", action) if way == "text" else ("at_utc", at_utc)
        place = chance.randrange(len(text))
        changed = f"{text[:place]}{chr(ord(text[place]) ^ 1)}{text[place + 1 :]}"
        connection.execute(f"UPDATE journal SET {column} = ? WHERE id = ?", (changed, number))


JOBS: dict[str, Callable[[Job], None]] = {"ask": _ask, "alter": _alter}
