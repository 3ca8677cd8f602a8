"""What is told of a therapy, and what is asked of a dose, in the language in force."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from woundtrack.records import TherapyCourse
from woundtrack.therapy.catalogue import THERAPIES, unit_name
from woundtrack.therapy.course import period_text, same_therapy_at_once, therapy_name
from woundtrack.therapy.quantity import far_from_published
from woundtrack.therapy.session import plain_number
from woundtrack.therapy.types import Per, PublishedDose, Standing, Therapy
from woundtrack.words import N_, _, apart, labelled, with_unit

_PER = MappingProxyType(
    {
        Per.DOSE: N_("{dose} a dose"),
        Per.DAY: N_("{dose} a day"),
        Per.SESSION: N_("{dose} a session"),
    }
)
_STANDINGS = MappingProxyType(
    {
        Standing.CORRECTED: N_("printed wrongly in one source, put right by the others"),
        Standing.MEMORY: N_("from memory, confirmed by no source"),
        Standing.INFERRED: N_("concluded by this program, printed in no source"),
    }
)


def published_text(dose: PublishedDose, *, brief: bool = False) -> str:
    """A published dose and how sure it is: "12.5 to 25 g a session".

    `brief` leaves out what is sure by now: never that a dose is from memory or inferred.
    """
    high = plain_number(dose.high)
    if dose.low is None:
        number = _("up to {high}").format(high=high)
    elif dose.low == dose.high:
        number = high
    else:
        number = _("{low} to {high}").format(low=plain_number(dose.low), high=high)
    text = _(_PER[dose.per]).format(dose=with_unit(number, unit_name(dose.unit)))
    settled = brief and dose.standing is Standing.CORRECTED
    sure = None if settled else _STANDINGS.get(dose.standing)
    return f"{text} ({_(sure)})" if sure else text


def therapy_told(therapy: Therapy) -> str:
    """What the sources say of a therapy, line by line; empty where there is none."""
    if not therapy.source:
        return ""
    lines = [_("Described in {source}. Not a recommendation.").format(source=therapy.source)]
    if therapy.described:
        lines.append(_(therapy.described))
    unsure = [dose for dose in therapy.doses if dose.standing is not Standing.PUBLISHED]
    if unsure:
        doses = apart(published_text(dose) for dose in unsure)
        lines.append(labelled(_("Dose, for comparison"), doses))
    if therapy.cautions:
        lines.append(labelled(_("Cautions"), _(therapy.cautions)))
    if therapy.offers is Standing.INFERRED:
        lines.append(_("The routes and frequencies offered are usual forms, not from the source."))
    return "\n".join(lines)


def dose_question(therapy: str, dose: float, unit: str, *, frequency: str = "") -> str:
    """The question to ask of a dose far from the published ones; empty where there is none."""
    far = far_from_published(therapy, dose, unit, frequency=frequency)
    if not far:
        return ""
    return _(
        "{dose} is far from what was published: {published} ({source}). Is it what was given?"
    ).format(
        dose=with_unit(plain_number(dose), unit_name(unit)).strip(),
        published=apart(published_text(each, brief=True) for each in far),
        source=THERAPIES[therapy].source,
    )


def course_question(
    value: TherapyCourse, *, before: TherapyCourse | None, others: Iterable[TherapyCourse]
) -> str:
    """What to ask before a course is kept, a line each; nothing of what the record already says.

    `before` is the course as it stands, None for a new one, which is held against `others`.
    """
    known = set(_doses(before)) if before and before.therapy == value.therapy else set()
    lines = [
        dose_question(value.therapy, dose, unit, frequency=often)
        for dose, unit, often in _doses(value)
        if (dose, unit, often) not in known
    ]
    twice = None if before else same_therapy_at_once(value, others=others)
    if twice is not None:
        text = _("{therapy} is already noted, {period}. Keep a second course?")
        lines.append(text.format(therapy=therapy_name(twice), period=period_text(twice)))
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _doses(course: TherapyCourse) -> Iterator[tuple[float, str, str]]:
    """Every dose of a course, its unit, and how often it was given."""
    often = course.frequency
    if course.dose is not None:
        yield course.dose, course.unit, often
    for change in course.dose_changes:
        often = change.frequency or often
        yield change.dose, change.unit, often
