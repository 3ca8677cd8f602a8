"""Lines of a plain table (CSV), each with its number, or one sentence on why it is none."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from woundtrack.errors import MeasureError
from woundtrack.plain_file import plain_bytes
from woundtrack.words import together

LARGEST_BYTES = 20_000_000
"""Some 500,000 visits; more is another kind of file."""
_DELIMITERS = (",", ";", "\t")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, its fields by the names of the columns."""

    file: str
    line: int
    """Counted from 1, the head included."""
    fields: dict[str, str]
    decimal_comma: bool = False
    """Where the columns are not parted by commas, a number may have one: French spreadsheets."""

    def text(self, column: str) -> str:
        """The field without blanks round it; empty where the table does not have the column."""
        return self.fields.get(column, "")

    def number(self, column: str) -> float | None:
        """The field as a number of 0 or more; None where empty.

        Raises MeasureError healing.line_number, healing.line_negative.
        """
        text = self.text(column)
        if not text:
            return None
        plain = text.replace(",", ".") if self.decimal_comma else text
        if not _NUMBER.fullmatch(plain):
            raise self.error("healing.line_number", text=text, column=column)
        if float(plain) < 0:
            raise self.error("healing.line_negative", text=text, column=column)
        return float(plain)

    def error(self, code: str, **data: object) -> MeasureError:
        """An error that names the table and this line."""
        return MeasureError(code, file=self.file, line=self.line, **data)


def read_rows(path: Path, *, needed: Sequence[str], optional: Sequence[str]) -> list[Row]:
    """The lines of a table below its head, blank ones left out.

    UTF-8; columns in any order, parted by commas, semicolons or tabs. Raises MeasureError
    healing.table_unreadable, table_too_large, table_not_csv, table_empty, column_missing,
    column_unknown, column_twice, line_fields.
    """
    text = _text(path)
    head = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    rows = []
    try:
        for fields in reader:
            values = [field.strip() for field in fields]
            if not any(values):
                continue
            if not names:
                names = _checked([value.lower() for value in values], path.name, needed, optional)
                continue
            row = Row(path.name, reader.line_num, dict(zip(names, values, strict=False)),
                      decimal_comma=delimiter != ",")  # fmt: skip
            if len(values) > len(names):
                raise row.error("healing.line_fields", count=len(values), columns=len(names))
            rows.append(row)
    except csv.Error as error:
        raise MeasureError("healing.table_not_csv", file=path.name, line=reader.line_num) from error
    if not rows:
        raise MeasureError("healing.table_empty", file=path.name)
    return rows


def _text(path: Path) -> str:
    try:
        content = plain_bytes(path, most=LARGEST_BYTES)
    except OSError as error:
        raise MeasureError("healing.table_unreadable", file=path.name) from error
    if content is None:
        raise MeasureError(
            "healing.table_too_large", file=path.name, most_mb=LARGEST_BYTES // 1_000_000
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MeasureError("healing.table_not_csv", file=path.name, line=line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise MeasureError("healing.table_not_csv", file=path.name, line=line)
    return text


def _checked(
    names: list[str], file: str, needed: Sequence[str], optional: Sequence[str]
) -> list[str]:
    """The head's names, or what is wrong with them."""
    missing = [name for name in needed if name not in names]
    if missing:
        raise MeasureError("healing.column_missing", file=file, columns=together(missing))
    known = (*needed, *optional)
    for place, name in enumerate(names):
        if name not in known:
            raise MeasureError(
                "healing.column_unknown", file=file, column=name, known=together(known)
            )
        if name in names[:place]:
            raise MeasureError("healing.column_twice", file=file, column=name)
    return names
