"""The journal's chain: cheap to add to, and whatever is done to it without the key shows."""

from types import SimpleNamespace

import pytest

from woundtrack.errors import RecordError
from woundtrack.store import journal
from woundtrack.store.clinic import Clinic
from woundtrack.store.database import Connection
from woundtrack.store.journal import JournalHead, journal_head
from woundtrack.store.journal_check import Break, JournalState, chain_holds, examine_journal


@pytest.fixture
def lines(clinic: Clinic, case: SimpleNamespace) -> int:
    """A journal of some lines; the number of the last one."""
    del case
    clinic.write(lambda w: [w.note("viewed", "patient", n, reason=f"n {n}") for n in range(1, 6)])
    return clinic.read(lambda r: journal_head(r._connection)).last_id


def state(clinic: Clinic) -> JournalState:
    key = journal.journal_key(clinic._data_key)
    return clinic.read(lambda r: examine_journal(r._connection, key=key))


def found(clinic: Clinic) -> list[tuple[str, int, int]]:
    return [(one.how.value, one.first_id, one.last_id) for one in state(clinic).breaks]


def tampered(clinic: Clinic, *statements: str) -> None:
    """What somebody with the database's key and a tool of databases can do."""

    def work(connection: Connection) -> None:
        for name in ("journal_kept", "journal_not_removed", "journal_sealed", "journal_head_kept"):
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        for statement in statements:
            connection.execute(statement)

    clinic.write(lambda w: work(w._connection))


def viewed(clinic: Clinic, record_id: int = 9) -> None:
    clinic.write(lambda w: w.note("viewed", "patient", record_id))


def test_a_journal_that_nobody_touched_is_unbroken(clinic: Clinic, lines: int) -> None:
    assert state(clinic).entries == lines
    assert state(clinic).unbroken
    assert clinic.read(lambda r: journal_head(r._connection)).count == lines


def test_a_line_and_its_head_are_one_transaction(clinic: Clinic, lines: int) -> None:
    def add() -> None:
        connection, key = clinic._writing, clinic._journal_key
        journal.append(connection, key=key, at_utc="", user_id=None, action="a", kind="b")

    with pytest.raises(RuntimeError):
        clinic._thread.do(add)
    assert state(clinic).unbroken
    assert state(clinic).entries == lines


def test_a_line_that_is_added_by_hand_has_no_place(clinic: Clinic, lines: int) -> None:
    with pytest.raises(RecordError):
        clinic.write(
            lambda w: w._connection.execute(
                "INSERT INTO journal (at_utc, action, kind, reason) VALUES ('', 'x', 'y', '')"
            )
        )
    assert state(clinic).entries == lines


@pytest.mark.parametrize(
    "change",
    [
        "at_utc = '2020-01-01T00:00:00+00:00'", "user_id = NULL", "action = 'exported'",
        "kind = 'lesion'", "record_id = 77", "act_id = 1", "reason = ''", "mac = randomblob(32)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("back", [0, 2])
def test_whatever_is_altered_in_a_line_names_that_line_alone(
    clinic: Clinic, lines: int, change: str, back: int
) -> None:
    at = lines - back
    stated = clinic.read(lambda r: r.journal(before_id=at + 1, limit=1))[0].at_utc
    tampered(clinic, f"UPDATE journal SET {change} WHERE id = {at}")
    expected = [("altered", at, at)]
    assert found(clinic) == expected
    if "at_utc" not in change:
        assert state(clinic).breaks[0].at_utc == stated.isoformat()
    viewed(clinic)
    assert found(clinic) == expected


@pytest.mark.parametrize(("first", "last"), [(1, 1), (3, 4), (2, 9)])
def test_lines_that_are_gone_from_between_are_named(
    clinic: Clinic, lines: int, first: int, last: int
) -> None:
    tampered(clinic, f"DELETE FROM journal WHERE id BETWEEN {first} AND {last}")
    assert found(clinic) == [("missing", first, last)]
    viewed(clinic)
    assert found(clinic) == [("missing", first, last)]
    assert state(clinic).entries == lines - (last - first + 1) + 1


HEAD_OF = (
    "UPDATE journal_head SET (count, last_id, mac) = "
    "(SELECT {n}, id, mac FROM journal WHERE id = {n})"
)


@pytest.mark.parametrize(
    "hiding",
    [
        (),
        ("UPDATE sqlite_sequence SET seq = {n} WHERE name = 'journal'",),
        (HEAD_OF,),
        (HEAD_OF, "UPDATE sqlite_sequence SET seq = {n} WHERE name = 'journal'"),
        ("UPDATE journal_head SET count = {n}",),
        ("DELETE FROM journal_head",),
        ("UPDATE journal_head SET seal = NULL",),
        ("DELETE FROM journal_head", "UPDATE sqlite_sequence SET seq = {n}"),
    ],
)
def test_a_missing_end_shows_and_goes_on_showing(
    clinic: Clinic, lines: int, hiding: tuple[str, ...]
) -> None:
    left = lines - 3
    cut = f"DELETE FROM journal WHERE id > {left}"
    tampered(clinic, cut, *(one.format(n=left) for one in hiding))
    (broken,) = state(clinic).breaks
    assert (broken.how, broken.first_id) == (Break.CUT_OFF, left + 1)
    viewed(clinic)
    viewed(clinic)
    (still,) = state(clinic).breaks
    assert still.how in (Break.CUT_OFF, Break.MISSING)
    assert still.first_id == left + 1


def test_an_emptied_journal_shows(clinic: Clinic, lines: int) -> None:
    tampered(
        clinic, "DELETE FROM journal", "DELETE FROM journal_head", "DELETE FROM sqlite_sequence"
    )
    assert found(clinic) == [("cut_off", 1, 1)]
    viewed(clinic)
    assert [one.how for one in state(clinic).breaks] == [Break.CUT_OFF]
    assert lines > 1


def test_lines_in_another_order_show(clinic: Clinic, lines: int) -> None:
    tampered(
        clinic,
        "UPDATE journal SET id = 1000 WHERE id = 4",
        "UPDATE journal SET id = 4 WHERE id = 5",
        "UPDATE journal SET id = 5 WHERE id = 1000",
    )
    assert found(clinic) == [("altered", 4, 5)]
    assert lines > 5


def test_a_line_put_in_is_named_and_the_clinic_goes_on(clinic: Clinic, lines: int) -> None:
    tampered(
        clinic,
        "INSERT INTO journal (id, at_utc, action, kind, reason, mac) "
        f"VALUES ({lines + 1}, '2026-06-15', 'viewed', 'patient', '', randomblob(32))",
    )
    assert found(clinic) == [("altered", lines + 1, lines + 1)]
    viewed(clinic)
    assert found(clinic) == [("altered", lines + 1, lines + 1)]


def test_lines_without_a_mac_are_named(clinic: Clinic, lines: int) -> None:
    tampered(clinic, "UPDATE journal SET mac = NULL WHERE id IN (3, 4)")
    assert found(clinic) == [("unsealed", 3, 4)]
    assert lines > 5


def test_each_of_several_breaks_is_told(clinic: Clinic, lines: int) -> None:
    tampered(
        clinic,
        "UPDATE journal SET reason = 'other' WHERE id IN (3, 4, 8)",
        "DELETE FROM journal WHERE id IN (6, 10)",
    )
    assert found(clinic) == [
        ("altered", 3, 4), ("missing", 6, 6), ("altered", 8, 8), ("missing", 10, 10),
    ]  # fmt: skip
    assert lines > 10


def test_a_rolled_back_act_leaves_neither_line_nor_gap(clinic: Clinic, lines: int) -> None:
    def fails(writer: object) -> None:
        writer.note("viewed", "patient", 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        clinic.write(fails)
    viewed(clinic)
    assert state(clinic).unbroken
    assert clinic.read(lambda r: r.journal(limit=1))[0].id == lines + 1


def test_the_chain_holds_against_the_head_of_an_earlier_day(clinic: Clinic, lines: int) -> None:
    def holds(head: JournalHead) -> bool:
        return clinic.read(lambda r: chain_holds(r._connection, clinic._data_key, head))

    head = clinic.read(lambda r: journal_head(r._connection))
    viewed(clinic)
    assert holds(head)
    assert not holds(JournalHead(head.count, head.last_id, "00" * 32))
    assert not holds(JournalHead(head.count + 1, head.last_id, head.mac))
    assert not holds(JournalHead(head.count, lines + 50, head.mac))
    tampered(clinic, "UPDATE journal SET reason = 'x' WHERE id = 2")
    assert not holds(head)


def test_another_clinic_s_lines_do_not_fit(clinic: Clinic, lines: int) -> None:
    other = journal.journal_key(bytes(32))
    seen = clinic.read(lambda r: examine_journal(r._connection, key=other))
    assert (seen.breaks[0].how, seen.breaks[0].last_id) == (Break.ALTERED, lines)


def test_reading_the_journal_can_be_stopped(clinic: Clinic, monkeypatch) -> None:
    monkeypatch.setattr("woundtrack.store.journal_check.STEP", 1)
    key = journal.journal_key(clinic._data_key)

    def stop(done: int, total: int) -> bool:
        return done < 2 <= total

    seen = clinic.read(lambda r: examine_journal(r._connection, key=key, progress=stop))
    assert (seen.stopped, seen.unbroken) == (True, False)
