"""A photo as a camera would write it, with all that must not leave, and a clinic that holds it."""

import datetime as dt
import io
from types import SimpleNamespace

import cv2
import numpy as np
from PIL import Image

from tests.clinics import a_patient
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.read import photo_facts, thumbnail_jpeg
from woundtrack.photo.types import Pixels
from woundtrack.records import (
    Assessment,
    Consent,
    ConsentPurpose,
    Lesion,
    LesionMeasurement,
    PhotoOutline,
    PhotoScale,
    Side,
    SizeMethod,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Writer

SIZE_PX = (640, 480)
MM_PER_PX = 0.25
SCALE = Scale(
    ScaleMethod.TWO_POINTS,
    ((MM_PER_PX, 0.0, 0.0), (0.0, MM_PER_PX, 0.0), (0.0, 0.0, 1.0)),
    0.01,
    marks_px=((100.0, 300.0), (260.0, 300.0)),
)
TURN = np.linspace(0, 2 * np.pi, 40, endpoint=False)
RING = tuple((float(180 + 50 * np.cos(t)), float(200 + 40 * np.sin(t))) for t in TURN)
OUTLINE = Outline((RING,))
STICKER = (220, 110, 330, 150)
"""Left, top, right, bottom, in px: near the wound, within its crop."""
MEASURED = Measurement(3.9, 0.05, 7.1, 2.5, 2.0, ((130, 200), (230, 200)), ((180, 160), (180, 240)))
BOTH = tuple(
    Consent(purpose, dt.date(2026, 1, 5))
    for purpose in (ConsentPurpose.TEACHING, ConsentPurpose.RESEARCH)
)
FIRST = dt.date(2026, 5, 4)
CAMERA = "SpyCam 3000"


def painted(*, name: str = "LEFEVRE", seed: int = 1) -> Pixels:
    """Skin with a wound and a sticker that names somebody."""
    rng = np.random.default_rng(seed)
    pixels = np.empty((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    pixels[:] = (130, 165, 205)
    cv2.fillPoly(pixels, [np.round(RING).astype(np.int32)], (50, 45, 150))
    left, top, right, bottom = STICKER
    cv2.rectangle(pixels, (left, top), (right, bottom), (248, 248, 248), -1)
    place = left + 8, bottom - 12
    cv2.putText(pixels, name, place, cv2.FONT_HERSHEY_SIMPLEX, 0.7, (25, 25, 25), 2, cv2.LINE_AA)
    noisy = pixels + rng.normal(0, 2, pixels.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def camera_jpeg(pixels: Pixels) -> bytes:
    """A JPEG with EXIF (camera, date, owner), a comment and a profile-like segment."""
    exif = Image.Exif()
    exif[0x0110], exif[0x013B] = CAMERA, "Lefevre Owner"
    exif[0x0132] = "2026:05:04 10:00:00"
    out = io.BytesIO()
    image = Image.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    image.save(out, "JPEG", quality=92, exif=exif, comment=b"Lefevre comment")
    return out.getvalue()


def add_pictures(
    writer: Writer,
    number: str = "1",
    *,
    visits: int = 2,
    consents: tuple[Consent, ...] = BOTH,
    outlined: bool = True,
) -> SimpleNamespace:
    """A patient with a lesion, and confirmed visits a week apart, each with one photo."""
    patient = writer.add(a_patient(number, consents=consents))
    lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT, onset_on=FIRST))
    photos, outlines = [], []
    for week in range(visits):
        photo, outline = _visit(writer, patient.id, lesion.id, week, int(number), outlined)
        photos.append(photo)
        outlines.append(outline)
    return SimpleNamespace(patient=patient, lesion=lesion, photos=photos, outlines=outlines)


def _visit(  # type: ignore[no-untyped-def]
    writer: Writer, patient_id: int, lesion_id: int, week: int, number: int, outlined: bool
):
    visit = writer.add(Visit(patient_id, FIRST + dt.timedelta(weeks=week)))
    pixels = painted(seed=10 * number + week)
    data = camera_jpeg(pixels)
    kept = writer.import_photo(data, photo_facts(data), thumbnail_jpeg(pixels, longest_px=64))
    photo = writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo))
    scale = writer.add(PhotoScale(photo.id, SCALE, confirmed=True))
    if not outlined:
        writer.add(Assessment(visit.id, lesion_id, confirmed=True))
        return photo, None
    outline = writer.add(PhotoOutline(photo.id, lesion_id, OUTLINE, True))
    measured = writer.add(
        LesionMeasurement(
            visit.id, lesion_id, photo.id, outline.id, outline.revision, scale.id, scale.revision,
            MEASURED, confirmed=True,
        )
    )  # fmt: skip
    writer.add(
        Assessment(visit.id, lesion_id, SizeMethod.TRACED, measurement_id=measured.id,
                   confirmed=True)
    )  # fmt: skip
    return photo, outline
