"""What a proposed outline warns of, and which network there is, in words."""

from woundtrack.words import N_, NORMAL_95, _

LEARNED_ON_FEET = "outline.learned_on_feet"
HARDLY_SURE = "outline.hardly_sure"
GOES_BY_COLOURS = "outline.goes_by_colours"
NO_NETWORK = "outline.no_network"
NETWORK_UNREADABLE = "outline.network_unreadable"

WARNINGS: dict[str, str] = {
    LEARNED_ON_FEET: N_(
        "The proposal was learned on foot ulcers and is not tested on calciphylaxis. "
        "Check the whole edge."
    ),
    HARDLY_SURE: N_(
        "The network is hardly sure that this is wound: its area may as well be nothing. "
        "Draw round the wound, or undo."
    ),
    GOES_BY_COLOURS: N_("The proposal goes by colours alone. Check the whole edge."),
    NO_NETWORK: N_(
        "The outline network's file is not installed, so the proposal goes by colours alone. "
        "Check the whole edge, or ask your administrator for the file."
    ),
    NETWORK_UNREADABLE: N_(
        "The outline network's file cannot be read, so the proposal goes by colours alone. "
        "Check the whole edge, and have the file installed again."
    ),
}


def of_network(relative_area_sd: float | None) -> tuple[str, ...]:
    """What an outline by the network warns of, as codes, by one sd of its area as a part of it."""
    reaches_nothing = relative_area_sd is not None and NORMAL_95 * relative_area_sd >= 1.0
    return (LEARNED_ON_FEET, HARDLY_SURE) if reaches_nothing else (LEARNED_ON_FEET,)


def network_told() -> str:
    """Which network proposes outlines and under what licence, or where its file was looked for.

    Reads the file: not for the GUI thread.
    """
    from woundtrack.outline.network import (
        NAME,
        NetworkStatus,
        network,
        network_file,
        network_places,
        network_status,
    )
    from woundtrack.paths import resources_dir

    places, status = network_places(), network_status()
    if status is NetworkStatus.UNREADABLE:
        return _(WARNINGS[NETWORK_UNREADABLE])
    net = network() if status is NetworkStatus.READY else None
    if net is None:
        return _(
            "Outlines are proposed by colours alone: the outline network’s file is not installed. "
            "It was looked for as {places}."
        ).format(places=", ".join(str(place) for place in places))
    own = network_file() != resources_dir() / "models" / NAME
    source = _("a file of your own") if own else _("CC BY-NC 4.0, for non-commercial use")
    return _(
        "Outlines are proposed by the network {version} ({source}). It was learned on foot ulcers "
        "and is not tested on calciphylaxis."
    ).format(version=net.version, source=source)
