"""What a proposed outline warns of, in words."""

from woundtrack.words import N_

LEARNED_ON_FEET = "outline.learned_on_feet"
NO_NETWORK = "outline.no_network"
NETWORK_UNREADABLE = "outline.network_unreadable"

WARNINGS: dict[str, str] = {
    LEARNED_ON_FEET: N_(
        "The proposal was learned on foot ulcers and is not tested on calciphylaxis. "
        "Check the whole edge."
    ),
    NO_NETWORK: N_(
        "The outline network's file is not installed, so the proposal goes by colours alone. "
        "Check the whole edge, or ask your administrator for the file."
    ),
    NETWORK_UNREADABLE: N_(
        "The outline network's file cannot be read, so the proposal goes by colours alone. "
        "Check the whole edge, and have the file installed again."
    ),
}
