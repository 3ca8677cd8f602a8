"""All that a clinic's tables say, with nothing in it that is of one database only.

Made by plain SQL, and by none of the program's own ways in and out.
"""

import hashlib
import json
from collections import Counter
from typing import Any

from woundtrack.store.clinic import Clinic

LOGS = ("act", "journal", "pending_correction", "pending_trace", "revision", "vault_file")
NOT_KEPT = ("_sqlite_migrations", "journal_head", "patient_search", "setting", "sqlite_sequence")
LISTS = {"became_ids": "lesion", "rater_ids": "user"}
IN_CORRECTIONS = {"photo_id": "visit_photo", "lesion_id": "lesion", "visit_id": "visit",
                  "measurement_id": "lesion_measurement", "patient_id": "patient"}  # fmt: skip
OF_KEYS = {"scale": ("visit_photo", ""), "outline": ("visit_photo", "lesion"),
           "assessment": ("lesion", ""), "visit": ("", "")}  # fmt: skip


class Facts:
    """Reads one clinic."""

    def __init__(self, clinic: Clinic) -> None:
        self.sql = clinic._writing.execute
        self.vault = clinic._vault
        everything = "SELECT name FROM sqlite_master WHERE type = 'table'"
        self.tables = {name for (name,) in self.sql(everything)} - set(NOT_KEPT)
        self.kinds = sorted(self.tables - set(LOGS))
        self.names: dict[tuple[str, int], str] = {}
        for table in self.kinds:
            for key, uuid in self.sql(f"SELECT id, uuid FROM {table}"):
                self.names[table, key] = uuid
        numbers = Counter[str]()
        self.acts = " UNION ".join(
            f"SELECT act_id FROM {table}" for table in ("revision", "journal", *self.kinds)
        )
        acts = f"SELECT id, at_utc FROM act WHERE id IN ({self.acts}) ORDER BY id"
        for key, at_utc in self.sql(acts).fetchall():
            numbers[at_utc] += 1
            self.names["act", key] = f"{at_utc} {numbers[at_utc]}"
        self.photos = {
            name: hashlib.sha256(self.vault.original(name)).hexdigest()
            for (name,) in self.sql("SELECT name FROM vault_file").fetchall()
        }

    def all(self) -> dict[str, list[Any]]:
        """Every table's rows, in an order of their own."""
        return {table: self.rows(table) for table in sorted(self.tables)}

    def rows(self, table: str) -> list[Any]:
        names = {row[3]: row[2] for row in self.sql(f"PRAGMA foreign_key_list({table})")}
        columns = [row[1] for row in self.sql(f"PRAGMA table_info({table})")]
        columns = [column for column in columns if column not in ("id", "mac")]
        listed = ", ".join(f'"{column}"' for column in columns)
        where = f"WHERE id IN ({self.acts})" if table == "act" else ""
        found = []
        for cells in self.sql(f"SELECT {listed} FROM {table} {where}").fetchall():
            row = dict(zip(columns, cells, strict=True))
            found.append(self.row(table, row, names))
        return sorted(found, key=str)

    def row(self, table: str, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
        told = {}
        for column, cell in row.items():
            if column == "vault_name" or (table, column) == ("vault_file", "name"):
                cell = self.photos[cell]
            elif column in LISTS:
                cell = [self.names[LISTS[column], one] for one in json.loads(cell)]
            elif column in names and cell is not None:
                cell = self.names[names[column], cell]
            elif column == "record_id":
                cell = self.names.get((row["kind"], cell))
            elif column == "value" and table in LOGS:
                cell = self.value(row.get("kind", ""), json.loads(cell))
            elif isinstance(cell, str) and cell[:1] in ("[", "{"):
                cell = json.loads(cell)
            told[column] = cell
        return told

    def value(self, kind: str, content: dict[str, Any]) -> Any:
        """A revision's JSON, or that of what waits."""
        if not kind:
            return self.correction(content)
        names = {row[3]: row[2] for row in self.sql(f"PRAGMA foreign_key_list({kind})")}
        told = {}
        for field, item in content.items():
            if field == "vault_name":
                item = self.photos[item]
            elif field in LISTS:
                item = [self.named(LISTS[field], one) for one in item]
            elif field in names and item is not None:
                item = self.named(names[field], item)
            told[field] = item
        return told

    def correction(self, content: Any) -> Any:
        if isinstance(content, list):
            return [self.correction(item) for item in content]
        if not isinstance(content, dict):
            return content
        told = {}
        for field, item in content.items():
            if field in IN_CORRECTIONS and item is not None:
                told[field] = self.named(IN_CORRECTIONS[field], item)
            elif field == "chosen":
                told[field] = [
                    [self.names["lesion", a], self.names["visit_photo", b]] for a, b in item
                ]
            elif field in ("taken_away", "on_revisions"):
                told[field] = [
                    [what, *(one and self.named(kind, one)
                             for kind, one in zip(OF_KEYS[what], pair, strict=True)), *more]
                    for what, *pair, more in ((each[0], each[1], each[2], each[3:])
                                              for each in item)
                ]  # fmt: skip
            else:
                told[field] = self.correction(item)
        return told

    def named(self, table: str, key: int) -> str:
        return self.names[table, key]


def without_user(facts: dict[str, list[Any]], uuid: str) -> dict[str, list[Any]]:
    """Facts without those of a user: the record, what was done to it, and what they did."""
    return {
        table: [
            row for row in rows if uuid not in str(row) and not _made_it(table, row, facts, uuid)
        ]
        for table, rows in facts.items()
    }


def _made_it(table: str, row: dict[str, Any], facts: dict[str, list[Any]], uuid: str) -> bool:
    """Whether an act is the one that made the user."""
    made = {one["at_utc"] for one in facts["user"] if one["uuid"] == uuid}
    return table == "act" and row["at_utc"] in made
