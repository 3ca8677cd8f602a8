"""The sentence of every error code, one file a room.

Each says in one or two short sentences what happened and what the person can do. `{names}` are
filled from the error's data.
"""

from woundtrack.sentences import (
    align,
    backup,
    checking,
    deidentify,
    export,
    film,
    healing,
    interchange,
    measure,
    outline,
    photo,
    raters,
    record,
    report,
    scale,
    store,
    ui,
)

SENTENCES: dict[str, str] = {
    **photo.SENTENCES,
    **scale.SENTENCES,
    **outline.SENTENCES,
    **align.SENTENCES,
    **measure.SENTENCES,
    **healing.SENTENCES,
    **record.SENTENCES,
    **raters.SENTENCES,
    **store.SENTENCES,
    **checking.SENTENCES,
    **report.SENTENCES,
    **export.SENTENCES,
    **film.SENTENCES,
    **interchange.SENTENCES,
    **deidentify.SENTENCES,
    **backup.SENTENCES,
    **ui.SENTENCES,
}
