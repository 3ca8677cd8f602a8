"""The clinic's letterhead: one, small, an administrator's, with its revisions."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from tests.clinics import PASSPHRASE, add_user
from woundtrack.errors import RecordError, StoreError
from woundtrack.records import Letterhead
from woundtrack.records.letterhead import LOGO_BYTES, LOGO_PX
from woundtrack.store.clinic import Clinic

LINES = ("Hôpital Nord", "12 rue des Lilas", "Tél. 01 23 45 67 89")


def png(width: int = 40, height: int = 20) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(file, "PNG")
    return file.getvalue()


def test_there_is_none_until_somebody_writes_one_and_then_one_with_its_revisions(
    clinic: Clinic,
) -> None:
    assert clinic.read(lambda r: r.letterhead()) is None
    first = clinic.write(lambda w: w.set_letterhead(Letterhead(LINES)))
    second = clinic.write(lambda w: w.set_letterhead(Letterhead(LINES, png())))
    assert (second.id, second.revision) == (first.id, 2)
    assert clinic.read(lambda r: r.letterhead()) == second
    kept = clinic.read(lambda r: r.revisions(Letterhead, first.id))
    assert [one.value for one in kept] == [Letterhead(LINES), Letterhead(LINES, png())]
    assert clinic.check() == []
    with pytest.raises(RecordError, match="letterhead_exists"):
        clinic.write(lambda w: w.add(Letterhead(LINES)))


def test_it_is_still_there_when_the_clinic_is_opened_again(
    opened: Callable[..., Clinic],
) -> None:
    clinic = opened()
    clinic.write(lambda w: w.set_letterhead(Letterhead(LINES, png())))
    clinic.close()
    again = opened().read(lambda r: r.letterhead())
    assert again is not None
    assert again.value == Letterhead(LINES, png())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Letterhead(("a",) * 4), "letterhead_lines"),
        (Letterhead(("a" * 91,)), "letterhead_lines"),
        (Letterhead(("a\nb",)), "letterhead_lines"),
        (Letterhead(logo=b"GIF89a no logo"), "letterhead_logo"),
        (Letterhead(logo=png(LOGO_PX[0] + 1)), "letterhead_logo"),
        (Letterhead(logo=png() + bytes(LOGO_BYTES)), "letterhead_logo"),
        (Letterhead(logo=png()[:30]), "letterhead_logo"),
    ],
)
def test_what_is_too_large_or_no_picture_is_refused(
    clinic: Clinic, value: Letterhead, code: str
) -> None:
    with pytest.raises(RecordError, match=code):
        clinic.write(lambda w: w.set_letterhead(value))
    assert clinic.read(lambda r: r.letterhead()) is None


def test_a_clinician_may_not_write_it_and_everyone_reads_it(
    opened: Callable[..., Clinic],
) -> None:
    first = opened()
    first.write(lambda w: add_user(w, "nurse", PASSPHRASE))
    first.write(lambda w: w.set_letterhead(Letterhead(LINES)))
    first.close()
    nurse = opened("nurse")
    with pytest.raises(StoreError, match="not_allowed"):
        nurse.write(lambda w: w.set_letterhead(Letterhead()))
    found = nurse.read(lambda r: r.letterhead())
    assert found is not None
    assert found.value.lines == LINES


def test_it_can_be_undone(clinic: Clinic) -> None:
    def write(lines: tuple[str, ...]) -> int:
        def act(writer) -> int:  # type: ignore[no-untyped-def]
            writer.set_letterhead(Letterhead(lines))
            return int(writer.act_id)

        return clinic.write(act)

    write(LINES)
    second = write(())
    clinic.write(lambda w: w.undo(second))
    found = clinic.read(lambda r: r.letterhead())
    assert found is not None
    assert found.value.lines == LINES
