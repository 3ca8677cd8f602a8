"""What is said of one visit of a lesion, in the language in force."""

from collections.abc import Sequence

from woundtrack.healing.series import Point
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.therapy.course import active_on, therapy_name
from woundtrack.words import _, area, date, length, number


def point_title(point: Point, *, label: str) -> str:
    """Day and lesion."""
    return _("{date} · lesion {label}").format(date=date(point.on), label=label)


def point_lines(point: Point, *, courses: Sequence[TherapyCourse]) -> tuple[str, ...]:
    """Size, scores and the therapies of the day, a line each."""
    lines = [size_text(point)]
    if point.method is SizeMethod.TRACED and point.length_cm and point.width_cm:
        lines.append(_("Length × width {size}").format(size=product_text(point)))
    if point.bwat is not None:
        lines.append(_("BWAT {total}").format(total=number(point.bwat, decimals=0)))
    if point.bwat_cua is not None:
        lines.append(_("BWAT-CUA {total}").format(total=number(point.bwat_cua, decimals=0)))
    if point.push is not None:
        lines.append(_("PUSH {total}").format(total=number(point.push, decimals=0)))
    if point.revpwat is not None:
        lines.append(_("revPWAT {total}").format(total=number(point.revpwat, decimals=0)))
    if point.pain_nrs is not None:
        lines.append(_("Pain {score} of 10").format(score=point.pain_nrs))
    if point.pain_vas_mm is not None:
        lines.append(_("Pain {length} of 100 mm").format(length=point.pain_vas_mm))
    lines += [therapy_name(course) for course in courses if active_on(course, day=point.on)]
    return tuple(lines)


def size_text(point: Point) -> str:
    """The size at a visit in its own method's words."""
    if point.method is SizeMethod.TRACED and point.area_cm2 is not None:
        return area(point.area_cm2, point.area_cm2_sd)
    if point.method is SizeMethod.BEDSIDE:
        return _("Bedside {size}").format(size=product_text(point))
    return _("Closed") if point.method is SizeMethod.CLOSED else _("Not measured")


def product_text(point: Point) -> str:
    """Length × width: "5.1 × 3.2 cm"."""
    return f"{number(point.length_cm or 0.0)} × {length(point.width_cm or 0.0)}"
