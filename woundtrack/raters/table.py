"""The tracings of a study as a table, for a statistician's own program."""

import csv
import io
from collections.abc import Iterable, Mapping

from woundtrack.raters.types import RaterTrace
from woundtrack.records import Stored

COLUMNS = (
    "photo", "rater", "round", "area_cm2", "area_cm2_sd", "perimeter_cm", "length_cm", "width_cm",
    "confirmed_utc", "method_version",
)  # fmt: skip


def csv_text(traces: Iterable[Stored[RaterTrace]], *, names: Mapping[int, str]) -> str:
    """One line a tracing, in English and with points, as programs read it.

    Photos are numbered within the study; nothing names a patient. `names` are the raters'.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    ordered = sorted(
        traces, key=lambda one: (one.value.rater_photo_id, one.value.rater_id, one.value.round)
    )
    numbers = {
        photo: number
        for number, photo in enumerate(dict.fromkeys(t.value.rater_photo_id for t in ordered), 1)
    }
    for one in ordered:
        value, taken = one.value, one.value.measurement
        sizes = (taken.area_cm2, taken.area_cm2_sd, taken.perimeter_cm, taken.length_cm,
                 taken.width_cm)  # fmt: skip
        writer.writerow(
            [
                numbers[value.rater_photo_id], names.get(value.rater_id, value.rater_id),
                value.round, *(f"{size:.4f}" for size in sizes),
                one.at_utc.isoformat(timespec="seconds"), taken.method_version,
            ]
        )  # fmt: skip
    return out.getvalue()
