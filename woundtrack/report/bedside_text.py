"""What was found at the bedside beside the size, in words."""

from woundtrack.instruments.infection import SIGNS
from woundtrack.records import Assessment
from woundtrack.words import _, length


def bedside_lines(assessment: Assessment) -> list[str]:
    """Pain, depth, undermining, tunnels and signs in one line, then dressing, then the note."""
    parts: list[str] = []
    if assessment.pain_nrs is not None:
        parts.append(_("pain {score} of 10").format(score=assessment.pain_nrs))
    if assessment.pain_vas_mm is not None:
        parts.append(_("pain {length} mm of 100").format(length=assessment.pain_vas_mm))
    if assessment.depth_cm is not None:
        parts.append(_("depth {depth}").format(depth=length(assessment.depth_cm)))
    for part in assessment.undermining:
        parts.append(
            _("undermined {depth} from {start} to {end} o’clock").format(
                depth=length(part.depth_cm), start=part.from_hour, end=part.to_hour
            )
        )
    for tunnel in assessment.tunnels:
        parts.append(
            _("tunnel {length} at {hour} o’clock").format(
                length=length(tunnel.length_cm), hour=tunnel.hour
            )
        )
    labels = {key: _(label) for key, label in SIGNS}
    parts += [labels.get(key, key).lower() for key in assessment.infection_signs]
    lines = [", ".join(parts)[:1].upper() + ", ".join(parts)[1:]] if parts else []
    if assessment.dressing:
        lines.append(_("Dressing: {dressing}").format(dressing=assessment.dressing))
    if assessment.note:
        lines.append(assessment.note)
    return lines
