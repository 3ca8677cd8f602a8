"""Whether every photo's file opens, and which photo it is where one does not."""

import datetime as dt
from collections.abc import Mapping

from woundtrack.errors import StoreError
from woundtrack.store.database import Connection
from woundtrack.store.types import Finding
from woundtrack.store.vault import Vault

Place = tuple[str, dt.date]
"""The patient's code, and the day of the visit."""
_NAME_DIGITS = 8
_CODES = {
    "store.photo_damaged": "check.photo_damaged",
    "store.photo_missing": "check.photo_missing",
}
_PLACES_SQL = """
SELECT p.vault_name, t.code, v."on" FROM visit_photo p
JOIN visit v ON v.id = p.visit_id JOIN patient t ON t.id = v.patient_id
ORDER BY p.deleted_act IS NULL, v.deleted_act IS NULL, p.id
"""


def places(connection: Connection) -> dict[str, Place]:
    """Where each photo of a visit is, by its name in the vault; one that is live goes first."""
    rows = connection.execute(_PLACES_SQL).fetchall()
    return {name: (code, dt.date.fromisoformat(on)) for name, code, on in rows}


def photo_findings(
    vault: Vault, name: str, shown: Mapping[str, Place]
) -> tuple[int, list[Finding]]:
    """Bytes read of a photo and its small picture, and what is wrong with them."""
    size, found = 0, []
    try:
        size += len(vault.original(name))
    except StoreError as error:
        found.append(_finding(error.code, name, shown.get(name)))
    try:
        size += len(vault.thumbnail(name))
    except StoreError:
        data = (("name", name[:_NAME_DIGITS]),)
        found.append(Finding("check.small_picture", serious=True, data=data))
    return size, found


def _finding(code: str, name: str, place: Place | None) -> Finding:
    data: dict[str, object] = {"name": name[:_NAME_DIGITS]}
    if place is None:
        return Finding("check.photo_in_no_visit", serious=True, data=tuple(data.items()))
    data["patient_code"], data["on"] = place
    return Finding(_CODES.get(code, code), serious=True, data=tuple(data.items()))
