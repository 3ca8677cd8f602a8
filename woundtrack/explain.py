"""The sentence, with the way out, for every `WoundtrackError` code.

Sentences are kept by room. Each says in one or two short sentences what happened and what
the person can do. `{names}` are filled from the error's data.
"""

from woundtrack.errors import WoundtrackError
from woundtrack.words import N_, _

SENTENCES: dict[str, str] = {
    # -- photo
    # -- scale
    # -- outline
    # -- measure
    # -- record
    # -- store
    # -- report
    # -- ui
}

UNKNOWN = N_("Something went wrong ({code}). Nothing was changed; please try again.")


def explain(error: WoundtrackError) -> str:
    """One translated sentence with the way out for this error."""
    sentence = SENTENCES.get(error.code, UNKNOWN)
    return _(sentence).format_map({"code": error.code, **error.data})
