"""A clinic with small photos of one lesion, and a stand-in for what lays them on each other."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from woundtrack.align.types import Alignment, AlignMethod
from woundtrack.errors import AlignError
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.read import photo_facts
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Side,
    SizeMethod,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic, Writer

FIRST_ON = dt.date(2026, 3, 3)
SIZE_PX = (160, 120)
MM_PER_PX = 0.5


def ring(radius_px: float = 20.0) -> Outline:
    """A circle in the middle of the photo."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    x, y = 80 + radius_px * np.cos(turn), 60 + radius_px * np.sin(turn)
    return Outline((tuple(zip(x.tolist(), y.tolist(), strict=True)),))


def scale() -> Scale:
    """Square on, 0.5 mm a px."""
    flat = ((MM_PER_PX, 0.0, 0.0), (0.0, MM_PER_PX, 0.0), (0.0, 0.0, 1.0))
    return Scale(ScaleMethod.RULER, flat, 0.004, tilt_deg=0.0)


@dataclass(frozen=True, slots=True)
class Taken:
    """One photo of a visit of its own, a week after the one before."""

    radius_px: float | None = 20.0
    """None: no outline."""
    scaled: bool = True
    confirmed: bool = True
    closed: bool = False
    broken: bool = False
    """Its file is no photo."""
    size: tuple[int, int] = SIZE_PX


def filled(
    clinic: Clinic, painted: Callable[..., bytes], photos: tuple[Taken, ...]
) -> PatientHistory:
    """One patient with lesion A, as the store reads them back."""

    def act(writer: Writer) -> int:
        patient = writer.add(Patient("H9", "Compare", "Anne", dt.date(1950, 1, 1))).id
        lesion = writer.add(Lesion(patient, "A", "calf", Side.LEFT)).id
        for number, taken in enumerate(photos):
            on = FIRST_ON + dt.timedelta(weeks=number)
            _visit(writer, writer.add(Visit(patient, on)).id, lesion, painted, number, taken)
        return patient

    patient_id = clinic.write(act)
    return clinic.read(lambda reader: reader.history(patient_id))


def _visit(
    writer: Writer,
    visit: int,
    lesion: int,
    painted: Callable[..., bytes],
    number: int,
    taken: Taken,
) -> None:
    data = painted(None, seed=number, size=taken.size)
    facts = photo_facts(data)
    kept = writer.import_photo(b"no photo %d" % number if taken.broken else data, facts, b"")
    photo = writer.add(VisitPhoto(visit, kept.vault_name, facts, head_angle_deg=0.0)).id
    given = scale() if taken.scaled else None
    scaled = writer.add(PhotoScale(photo, given, confirmed=taken.confirmed))
    method, measured = SizeMethod.CLOSED if taken.closed else SizeMethod.NOT_MEASURED, None
    if taken.radius_px is not None:
        outline = PhotoOutline(photo, lesion, ring(taken.radius_px), confirmed=taken.confirmed)
        drawn = writer.add(outline)
        if taken.scaled:
            value = LesionMeasurement(
                visit, lesion, photo, drawn.id, drawn.revision, scaled.id, scaled.revision,
                _measurement(taken.radius_px), taken.confirmed,
            )  # fmt: skip
            measured = writer.add(value)
            method = SizeMethod.TRACED
    writer.add(
        Assessment(
            visit,
            lesion,
            size_method=method,
            measurement_id=measured.id if measured else None,
            measurement_revision=measured.revision if measured else None,
            confirmed=taken.confirmed,
        )
    )


def beside(clinic: Clinic, radii_px: tuple[float | None, ...]) -> int:
    """One more lesion, outlined in the photos there are, but where it is None; its id."""

    def act(writer: Writer) -> int:
        lesion = writer.add(Lesion(1, "B", "heel", Side.LEFT)).id
        photos = sorted(writer.find(VisitPhoto), key=lambda photo: photo.id)
        for photo, radius in zip(photos, radii_px, strict=True):
            if radius is not None:
                writer.add(PhotoOutline(photo.id, lesion, ring(radius), confirmed=True))
        return lesion

    return clinic.write(act)


def _measurement(radius_px: float) -> Measurement:
    radius_cm = radius_px * MM_PER_PX / 10
    area = np.pi * radius_cm**2
    across, down = ((60.0, 60.0), (100.0, 60.0)), ((80.0, 40.0), (80.0, 80.0))
    return Measurement(
        area, 0.02 * area, 6.28 * radius_cm, 2 * radius_cm, 2 * radius_cm, across, down
    )


def same_place(*, mm_per_px: float | None = MM_PER_PX) -> Alignment:
    """Every px of the later photo shows what that of the first does, within 0.5 mm."""
    flat = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    return Alignment(AlignMethod.SKIN, flat, None, 40, 44, 30.0, 0.3, 1.0, 0.1, mm_per_px)


class Laying:
    """Stands for `aligned`: each photo lies as the first does, but those refused do not."""

    def __init__(self) -> None:
        self.refused: set[float] = set()
        """Radii of the later outlines that are refused; 0 for none drawn."""
        self.asked = 0
        self.mm_per_px: float | None = MM_PER_PX
        self.before: Callable[[Callable[[], None]], None] = lambda watch: watch()

    def __call__(self, _earlier, _later, *, wound, later_wound, watch) -> Alignment:
        assert wound.rings
        self.asked += 1
        self.before(watch)
        radius = 0.0
        if later_wound is not None:
            points = np.array(later_wound.rings[0])
            radius = round(float(np.ptp(points[:, 0])) / 2, 1)
        if radius in self.refused:
            raise AlignError("align.not_alike")
        return same_place(mm_per_px=self.mm_per_px)
