"""Where tables go: a folder of CSV files, or one Excel workbook. Both take rows as they come."""

import csv
import datetime as dt
import errno
import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TextIO

from woundtrack.errors import ExportError
from woundtrack.export.spreadsheet import delimiter, is_formula, plain
from woundtrack.export.types import Cell

MOST_ROWS = 1_048_576
MOST_UNITS = 32_767
"""Excel's limits: rows of a sheet, and UTF-16 units of a cell."""
FIRST_OF_EXCEL = dt.date(1900, 1, 1)
"""Excel knows no day before: it is written as text."""
_WIDTHS = MappingProxyType(
    {"dictionary": (18, 28, 60, 10, 60), "about": (40, 90)}
)  # fmt: skip
"""Of the pages of words, in characters; their texts wrap."""


class Sink(Protocol):
    """Takes tables, each begun once, and rows of any of them in any order."""

    def begin(self, table: str, titles: Sequence[str]) -> None:
        """A table with the titles of its columns."""

    def add(self, table: str, cells: Sequence[Cell]) -> None:
        """One more row of a table. Raises ExportError export.too_much_for_excel."""

    def close(self) -> None:
        """Finish what was written, on the disk too."""

    def abandon(self) -> None:
        """Let go of files that will be thrown away."""


class CsvFolder:
    """One file a table in a folder: UTF-8 with a mark, which Excel needs to know it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._files, self._stack = folder, dict[str, TextIO](), ExitStack()
        self._writers: dict[str, Any] = {}

    def begin(self, table: str, titles: Sequence[str]) -> None:
        """A new file with its head."""
        path = self._folder / f"{table}.csv"
        file = self._stack.enter_context(path.open("x", encoding="utf-8-sig", newline=""))
        self._files[table] = file
        self._writers[table] = csv.writer(file, delimiter=delimiter(), lineterminator="\r\n")
        self._writers[table].writerow(titles)

    def add(self, table: str, cells: Sequence[Cell]) -> None:
        """One line; a text that would be a formula gets an apostrophe in front."""
        self._writers[table].writerow([plain(cell) for cell in cells])

    def close(self) -> None:
        """Write everything out."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        self._stack.close()

    def abandon(self) -> None:
        """Close the files, whatever the disk says."""
        for file in self._files.values():
            try:
                file.close()
            except OSError:
                continue


class Workbook:
    """One sheet a table. Rows go to the folder of the file as they come, and nowhere else."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        # Else the library keeps its parts, readable, in the system's folder for such files.
        options = {
            "constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False,
            "strings_to_formulas": False, "strings_to_numbers": False,
        }  # fmt: skip
        self._path, self._book = path, xlsxwriter.Workbook(str(path), options)
        self._book.use_zip64()
        # The hour of the work is nobody's concern.
        noon = dt.datetime.now().astimezone().replace(hour=12, minute=0, second=0, tzinfo=None)
        self._book.set_properties({"created": noon})
        new = self._book.add_format
        self._head = new({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._wrapped = new({"text_wrap": True, "valign": "top"})
        # Not a formula either when a person edits the cell.
        self._quoted = new({"quote_prefix": True})
        self._day = new({"num_format": "yyyy-mm-dd"})
        self._moment = new({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._sheets: dict[str, Any] = {}
        self._rows: dict[str, int] = {}
        self._widths: dict[str, int] = {}

    def begin(self, table: str, titles: Sequence[str]) -> None:
        """A new sheet; its head stays in view and filters."""
        sheet = self._book.add_worksheet(table)
        self._sheets[table], self._rows[table], self._widths[table] = sheet, 0, len(titles)
        widths = _WIDTHS.get(table) or [max(11, min(24, len(title) + 2)) for title in titles]
        for place, (title, width) in enumerate(zip(titles, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, self._head)
        sheet.freeze_panes(1, 0 if table in _WIDTHS else 1)

    def add(self, table: str, cells: Sequence[Cell]) -> None:
        """One row; texts are texts, whatever they begin with."""
        self._rows[table] += 1
        row = self._rows[table]
        if row >= MOST_ROWS:
            raise ExportError("export.too_much_for_excel", table=table)
        for place, cell in enumerate(cells):
            self._write(self._sheets[table], row, place, cell, wrapped=table in _WIDTHS)

    def close(self) -> None:
        """Make the file of its parts."""
        for table, sheet in self._sheets.items():
            if table not in _WIDTHS and self._rows[table]:
                sheet.autofilter(0, 0, self._rows[table], self._widths[table] - 1)
        _close(self._book)
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def abandon(self) -> None:
        """Close the library's open files, whatever the disk says."""
        for sheet in self._sheets.values():
            try:
                sheet._opt_close()
            except OSError:
                continue

    def _write(self, sheet: Any, row: int, place: int, cell: Cell, *, wrapped: bool) -> None:
        if isinstance(cell, int | float):
            sheet.write_number(row, place, cell, self._wrapped if wrapped else None)
        elif isinstance(cell, dt.datetime):
            sheet.write_datetime(row, place, cell.astimezone(dt.UTC).replace(tzinfo=None),
                                 self._moment)  # fmt: skip
        elif isinstance(cell, dt.date) and cell >= FIRST_OF_EXCEL:
            sheet.write_datetime(row, place, cell, self._day)
        elif cell is not None:
            text = str(cell)
            if len(text.encode("utf-16-le")) // 2 > MOST_UNITS:
                raise ExportError("export.too_much_for_excel", table=sheet.get_name())
            look = self._wrapped if wrapped else self._quoted if is_formula(text) else None
            sheet.write_string(row, place, text, look)


def _close(book: Any) -> None:
    """Close a workbook; what the disk refuses is an OSError, as everywhere."""
    from xlsxwriter.exceptions import XlsxFileError

    try:
        book.close()
    except XlsxFileError as error:
        refused = error.__context__
        raise refused if isinstance(refused, OSError) else OSError(errno.EFBIG, "") from error
