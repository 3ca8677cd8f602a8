"""The clinic's letterhead: what it must be, and the one in force."""

import datetime as dt
import io

from woundtrack.records import Letterhead, Stored
from woundtrack.records.letterhead import (
    LETTERHEAD_LINE_LENGTH,
    LETTERHEAD_LINES,
    LOGO_BYTES,
    LOGO_PX,
)
from woundtrack.store import rows
from woundtrack.store.database import Connection
from woundtrack.store.refusals import refuse, refuse_second


def in_force(connection: Connection) -> Stored[Letterhead] | None:
    """The clinic's letterhead; None where it has none."""
    found = rows.select(connection, Letterhead, where="deleted_act IS NULL")
    return found[0] if found else None


def check_letterhead(
    connection: Connection, value: Letterhead, today: dt.date, record_id: int | None
) -> None:
    """One a clinic: a few short lines, and a small picture."""
    del today
    long = any(len(line) > LETTERHEAD_LINE_LENGTH or "\n" in line for line in value.lines)
    refuse(
        long or len(value.lines) > LETTERHEAD_LINES, "record.letterhead_lines",
        lines=LETTERHEAD_LINES, length=LETTERHEAD_LINE_LENGTH,
    )  # fmt: skip
    refuse(bool(value.logo) and not _is_small_picture(value.logo), "record.letterhead_logo")
    refuse_second(connection, value, record_id=record_id, code="record.letterhead_exists")


def _is_small_picture(data: bytes) -> bool:
    """Without metadata, and whole: what `report.logo` makes, and every report prints."""
    from PIL import Image

    if len(data) > LOGO_BYTES:
        return False
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            fits = all(side <= most for side, most in zip(image.size, LOGO_PX, strict=True))
            if fits:
                image.load()
            return fits and "exif" not in image.info
    except Exception:  # noqa: BLE001 - decoders raise anything on hostile bytes
        return False
