"""Undoing an act: every record it touched returns to what it was, by new revisions."""

from typing import Any

from woundtrack.errors import StoreError
from woundtrack.records import Lesion, User
from woundtrack.store import bin as bin_
from woundtrack.store import checks, parting, rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection
from woundtrack.store.kinds import SPECS, Spec, below


def undo(act: Act, act_id: int) -> None:
    """Undo an act; the undoing is itself an act and can be undone.

    Raises StoreError store.nothing_to_undo, store.not_undoable (users, whose passphrases
    cannot be brought back), store.changed_since, store.visit_confirmed_since; then nothing is
    changed.
    """
    touched = _touched(act.connection, act_id)
    if not touched:
        raise StoreError("store.nothing_to_undo")
    if any(spec.kind is User for spec, *_ in touched):
        raise StoreError("store.not_undoable")
    ids = {(spec.table, record_id) for spec, record_id, *_ in touched}
    for spec, record_id, _, last in touched:
        _refuse_if_changed(act.connection, spec, record_id, act_id=act_id, last=last)
    act.undoes(act_id)
    # What is taken away goes first, from below; then what comes back, from above: so no
    # moment has two live visits on one day, or a live record below a deleted one.
    ordered = sorted(touched, key=lambda item: SPECS.index(item[0]))
    states = [
        (spec, one, _before(act.connection, spec, one, first)) for spec, one, first, _ in ordered
    ]
    for spec, record_id, before in reversed(states):
        if before is None or before[1] is not None:
            _refuse_if_used(act.connection, spec, record_id, act_id=act_id, also_undone=ids)
            latest = rows.get(act.connection, spec.kind, record_id)
            value = latest.value if before is None else before[0]
            deleted_act = act.id if before is None else before[1]
            act.replace(latest, value, action="undone", deleted_act=deleted_act)
    back = [(spec, one, before[0]) for spec, one, before in states if before and before[1] is None]
    for spec, record_id, value in back:
        act.replace(rows.get(act.connection, spec.kind, record_id), value, action="undone")
    for _, record_id, value in back:
        checks.check(act.connection, value, today=act.today, record_id=record_id)
    lesions = [record_id for spec, record_id, _ in states if spec.kind is Lesion]
    parting.refuse_named(act.connection, lesions)


def _touched(connection: Connection, act_id: int) -> list[tuple[Spec, int, int, int]]:
    """Spec, record, first and last revision of everything an act touched."""
    found = connection.execute(
        "SELECT kind, record_id, min(revision), max(revision) FROM revision "
        "WHERE act_id = ? GROUP BY kind, record_id",
        (act_id,),
    ).fetchall()
    by_table = {spec.table: spec for spec in SPECS}
    return [(by_table[kind], record_id, first, last) for kind, record_id, first, last in found]


def _refuse_if_changed(
    connection: Connection, spec: Spec, record_id: int, *, act_id: int, last: int
) -> None:
    """Only what was changed since and taken back again leaves a record as the act left it."""
    later = connection.execute(
        "SELECT DISTINCT act.id, act.undoes_act FROM revision JOIN act ON act.id = revision.act_id "
        "WHERE kind = ? AND record_id = ? AND revision > ? ORDER BY act.id",
        (spec.table, record_id, last),
    ).fetchall()
    standing: list[int] = []
    for one, undoes in later:
        if standing and undoes == standing[-1]:
            standing.pop()
        else:
            standing.append(one)
    if standing:
        raise _changed(connection, spec, record_id, act_id=act_id)


def _refuse_if_used(
    connection: Connection,
    spec: Spec,
    record_id: int,
    *,
    act_id: int,
    also_undone: set[tuple[str, int]],
) -> None:
    """A record that others were hung below since cannot be taken away beneath them."""
    for column, child in below(spec.kind):
        found = connection.execute(
            f"SELECT id FROM {child.table} WHERE {column} = ? AND deleted_act IS NULL",
            (record_id,),
        ).fetchall()
        if any((child.table, one_id) not in also_undone for (one_id,) in found):
            raise _changed(connection, spec, record_id, act_id=act_id)


def _changed(connection: Connection, spec: Spec, record_id: int, *, act_id: int) -> StoreError:
    """What is in the way: a visit confirmed since, which no undo takes back, or another change."""
    for each, one_id in bin_.tree(connection, spec.kind, record_id):
        if not each.drafts or (each, one_id) == (spec, record_id):
            continue
        found = connection.execute(
            f"SELECT 1 FROM {each.table} WHERE id = ? AND confirmed = 1 AND act_id > ?",
            (one_id, act_id),
        )
        if found.fetchone():
            return StoreError("store.visit_confirmed_since")
    return StoreError("store.changed_since")


def _before(
    connection: Connection, spec: Spec, record_id: int, first: int
) -> tuple[Any, int | None] | None:
    """The value before an act, and the act that had put it in the bin; None if it was new."""
    if first == 1:
        return None
    text, deleted, act_id = connection.execute(
        "SELECT value, deleted, act_id FROM revision "
        "WHERE kind = ? AND record_id = ? AND revision = ?",
        (spec.table, record_id, first - 1),
    ).fetchone()
    return rows.value_from_json(spec.kind, text), act_id if deleted else None
