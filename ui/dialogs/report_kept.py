"""The choices of a report that a person made last: of no patient."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from ui.dialogs.sheet_dialog import PAPERS
from woundtrack import words
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportPart

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

Kind = TypeVar("Kind", bound=StrEnum)
USUAL_PHOTOS: Mapping[ReportKind, PhotoChoice] = MappingProxyType(
    {
        ReportKind.PROGRESS: PhotoChoice.FIRST_AND_LATEST,
        ReportKind.PATIENT: PhotoChoice.NONE,
        ReportKind.VISIT: PhotoChoice.EVERY,
    }
)


@dataclass(frozen=True, slots=True)
class KeptChoices:
    """What a report is made with unless a person says otherwise."""

    kind: ReportKind = ReportKind.PROGRESS
    language: str = ""
    """One of `words.LANGUAGES`; empty: the window's."""
    page_size: str = "a4"
    signature: bool = True
    photos: Mapping[ReportKind, PhotoChoice] = field(default_factory=lambda: USUAL_PHOTOS)
    without: Mapping[ReportKind, frozenset[ReportPart]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """What is left out, so that a part of a newer version is in."""

    def of_kind(
        self, kind: ReportKind, *, photos: PhotoChoice, without: frozenset[ReportPart]
    ) -> "KeptChoices":
        """These, with other contents of one kind."""
        return replace(
            self,
            kind=kind,
            photos=MappingProxyType({**self.photos, kind: photos}),
            without=MappingProxyType({**self.without, kind: without}),
        )


def name_for(clinic: "Clinic") -> str:
    """Under which name the settings keep the choices of who is signed in."""
    return f"report of user {clinic.user.id}"


def written(kept: KeptChoices) -> str:
    """As a line of text for the settings."""
    return json.dumps(
        {
            "kind": kept.kind,
            "language": kept.language,
            "paper": kept.page_size,
            "signature": kept.signature,
            "photos": dict(kept.photos),
            "without": {kind: sorted(parts) for kind, parts in kept.without.items()},
        },
        sort_keys=True,
    )


def read(text: str) -> KeptChoices:
    """What `written` wrote; whatever of it says nothing any more is as usual."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return KeptChoices()
    usual, papers = KeptChoices(), dict(PAPERS)
    language, paper = found.get("language"), found.get("paper")
    return KeptChoices(
        kind=_one_of(ReportKind, found.get("kind"), usual.kind),
        language=language if language in words.LANGUAGES else usual.language,
        page_size=paper if isinstance(paper, str) and paper in papers else usual.page_size,
        signature=found.get("signature") is not False,
        photos=MappingProxyType(
            {
                kind: _one_of(PhotoChoice, _of(found.get("photos"), kind), photos)
                for kind, photos in usual.photos.items()
            }
        ),
        without=MappingProxyType(
            {kind: _parts(_of(found.get("without"), kind)) for kind in ReportKind}
        ),
    )


def _of(found: object, kind: ReportKind) -> object:
    return found.get(kind.value) if isinstance(found, dict) else None


def _one_of(kinds: type[Kind], found: object, usual: Kind) -> Kind:
    return next((each for each in kinds if each.value == found), usual)


def _parts(found: object) -> frozenset[ReportPart]:
    names = found if isinstance(found, list) else []
    return frozenset(part for part in ReportPart if part.value in names)
