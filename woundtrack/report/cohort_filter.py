"""The filter of a cohort in words, as choices, and as text that settings may keep."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from woundtrack.anatomy.rule import class_name
from woundtrack.cohort.types import Filter, TherapyChoice
from woundtrack.context.causes import subtype_name
from woundtrack.context.types import CalcinosisSubtype
from woundtrack.records import Aetiology, SiteClass
from woundtrack.report.labels import AETIOLOGIES
from woundtrack.therapy.catalogue import OTHER, THERAPIES
from woundtrack.words import _, date


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause to choose: an aetiology, or a part of it."""

    aetiology: Aetiology
    uraemic: bool | None = None
    subtype: CalcinosisSubtype | None = None


def _causes() -> tuple[Cause, ...]:
    parts: dict[Aetiology, list[Cause]] = {
        Aetiology.CALCIPHYLAXIS: [
            Cause(Aetiology.CALCIPHYLAXIS, uraemic=uraemic) for uraemic in (True, False)
        ],
        Aetiology.CALCINOSIS: [
            Cause(Aetiology.CALCINOSIS, subtype=subtype) for subtype in CalcinosisSubtype
        ],
    }
    return tuple(c for each in Aetiology for c in (Cause(each), *parts.get(each, [])))


CAUSES = _causes()
"""Every cause, each aetiology before its parts."""


def filter_of(
    *,
    cause: Cause | None = None,
    site_class: SiteClass | None = None,
    therapy: TherapyChoice | None = None,
    from_on: dt.date | None = None,
    to_on: dt.date | None = None,
) -> Filter:
    """The filter of these choices; None asks nothing."""
    return Filter(
        aetiologies=frozenset([cause.aetiology] if cause else []),
        uraemic=cause.uraemic if cause else None,
        subtypes=frozenset([cause.subtype] if cause and cause.subtype else []),
        site_classes=frozenset([site_class] if site_class else []),
        therapy=therapy,
        from_on=from_on,
        to_on=to_on,
    )


def cause_of(asked: Filter) -> Cause | None:
    """The cause that a filter of `filter_of` asks for."""
    if not asked.aetiologies:
        return None
    subtype = next(iter(asked.subtypes), None)
    return Cause(next(iter(asked.aetiologies)), asked.uraemic, subtype)


def class_of(asked: Filter) -> SiteClass | None:
    """The class of sites that a filter of `filter_of` asks for."""
    return next(iter(asked.site_classes), None)


def cause_name(cause: Cause) -> str:
    """A cause in the language in force."""
    name = _(AETIOLOGIES[cause.aetiology])
    if cause.uraemic is not None:
        part = _("with kidney failure") if cause.uraemic else _("without kidney failure")
    elif cause.subtype is not None:
        part = subtype_name(cause.subtype)
    else:
        return name
    return f"{name}, {part}"


def choice_name(therapy: TherapyChoice) -> str:
    """A therapy in the language in force."""
    if therapy.key == OTHER and therapy.name:
        return therapy.name
    return _(THERAPIES[therapy.key].name)


def period_name(from_on: dt.date | None, to_on: dt.date | None) -> str:
    """The days between which a patient's time zero lies; empty where none are named."""
    if from_on and to_on:
        return _("{first} to {last}").format(first=date(from_on), last=date(to_on))
    if from_on:
        return _("from {day}").format(day=date(from_on))
    return _("until {day}").format(day=date(to_on)) if to_on else ""


def parts_of(asked: Filter) -> tuple[tuple[str, Filter], ...]:
    """What a filter asks, part by part: its words, and the filter without that part."""
    cause, site = cause_of(asked), class_of(asked)
    kept: dict[str, Any] = {
        "cause": cause, "site_class": site, "therapy": asked.therapy,
        "from_on": asked.from_on, "to_on": asked.to_on,
    }  # fmt: skip
    texts = [
        (("cause",), cause_name(cause) if cause else ""),
        (("site_class",), class_name(site) if site else ""),
        (("therapy",), choice_name(asked.therapy) if asked.therapy else ""),
        (("from_on", "to_on"), period_name(asked.from_on, asked.to_on)),
    ]
    return tuple(
        (text, filter_of(**{key: value for key, value in kept.items() if key not in keys}))
        for keys, text in texts
        if text
    )


def filter_text(asked: Filter) -> str:
    """The filter in one line."""
    return " · ".join(text for text, _without in parts_of(asked)) or _("no filter")


def to_text(asked: Filter) -> str:
    """The filter as settings keep it: keys and days. A therapy that the clinic named stays out."""
    cause, site = cause_of(asked), class_of(asked)
    kept = {
        "aetiology": cause.aetiology.value if cause else None,
        "uraemic": asked.uraemic,
        "subtype": cause.subtype.value if cause and cause.subtype else None,
        "site_class": site.value if site else None,
        "therapy": asked.therapy.key if asked.therapy and not asked.therapy.name else None,
        "from_on": asked.from_on.isoformat() if asked.from_on else None,
        "to_on": asked.to_on.isoformat() if asked.to_on else None,
    }
    return json.dumps({key: value for key, value in kept.items() if value is not None})


def from_text(text: str) -> Filter:
    """The filter that settings kept; none at all where they hold something else."""
    try:
        kept = json.loads(text or "{}")
        subtype = kept.get("subtype")
        cause = (
            Cause(
                Aetiology(kept["aetiology"]),
                kept.get("uraemic"),
                CalcinosisSubtype(subtype) if subtype else None,
            )
            if "aetiology" in kept
            else None
        )
        therapy = kept.get("therapy")
        found = filter_of(
            cause=cause if cause in CAUSES else None,
            site_class=SiteClass(kept["site_class"]) if "site_class" in kept else None,
            therapy=TherapyChoice(therapy) if therapy in THERAPIES else None,
            from_on=dt.date.fromisoformat(kept["from_on"]) if "from_on" in kept else None,
            to_on=dt.date.fromisoformat(kept["to_on"]) if "to_on" in kept else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Filter()
    return found
