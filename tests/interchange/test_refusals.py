"""Folders that cannot be: each is refused in a sentence with the file's name, nothing written."""

import base64
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import cv2
import numpy as np
import pytest

from tests.interchange.facts import Facts
from tests.interchange.made import changed, resealed
from woundtrack.errors import InterchangeError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.interchange import folder as folder_
from woundtrack.interchange import text
from woundtrack.interchange.importing import import_record, look_at_folder
from woundtrack.interchange.sound import Soundness
from woundtrack.store.carried import SHARED, CarriedAct, Part
from woundtrack.store.clinic import Clinic

Content = dict[str, Any]
Spoil = Callable[[Path], None]


def refused(clinic: Clinic, folder: Path) -> tuple[str, str]:
    """The code, and the file of which the sentence tells."""
    before = Facts(clinic).all()
    with pytest.raises(WoundtrackError) as caught:
        import_record(clinic, look_at_folder(clinic, folder)[0])  # type: ignore[index]
    assert Facts(clinic).all() == before
    assert clinic.examine().findings == ()
    file = str(caught.value.data.get("file", ""))
    assert file in explain(caught.value)
    return caught.value.code, file


def a_patient(folder: Path) -> str:
    """The path of the patient's file in which something waits: there is something of all in it."""
    (path,) = [
        path
        for path in (folder / "patients").iterdir()
        if json.loads(path.read_text("utf-8"))["corrections"]
    ]
    return f"patients/{path.name}"


def a_photo(folder: Path) -> str:
    return f"photos/{sorted((folder / 'photos').iterdir())[0].name}"


def of_kind(content: Content, kind: str) -> Content:
    return next(one for one in content["records"] if one["kind"] == kind)


def latest(content: Content, kind: str) -> Content:
    value: Content = of_kind(content, kind)["revisions"][-1]["value"]
    return value


def in_patient(change: Callable[[Content], object]) -> Spoil:
    """A change of a patient's file, its hash put right."""
    return lambda folder: changed(folder, a_patient(folder), lambda c: void(change(c)))


def spoiled(picture: str) -> str:
    """A picture in base64 of which the header alone is sound."""
    data = base64.b64decode(picture)
    return base64.b64encode(data[:43] + bytes(len(data) - 43)).decode()


def void(_: object) -> None:
    """Lambdas give values; nobody wants them."""


def test_not_the_format(target: Clinic, exported: Path, tmp_path: Path) -> None:
    assert refused(target, tmp_path)[0] == "interchange.not_the_format"
    assert refused(target, tmp_path / "nowhere")[0] == "interchange.not_the_format"
    (exported / "manifest.json").write_text('{"format": "of another program"}')
    assert refused(target, exported)[0] == "interchange.not_the_format"


@pytest.mark.parametrize(("key", "value"), [("version", 2), ("schema_version", 9999)])
def test_of_a_newer_program(target: Clinic, exported: Path, key: str, value: int) -> None:
    changed(exported, "manifest.json", lambda content: content.update({key: value}))
    assert refused(target, exported)[0] == "interchange.newer"


def test_a_missing_a_changed_and_a_longer_file(target: Clinic, exported: Path) -> None:
    for path in ("shared.json", a_patient(exported), a_photo(exported)):
        data = (exported / path).read_bytes()
        (exported / path).unlink()
        assert refused(target, exported) == ("interchange.missing", path)
        for other in (data[:-1] + bytes([data[-1] ^ 1]), data + b" ", b""):
            (exported / path).write_bytes(other)
            assert refused(target, exported) == ("interchange.changed", path)
        (exported / path).write_bytes(data)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_are_no_files_of_the_format(target: Clinic, exported: Path, tmp_path: Path) -> None:
    path = a_photo(exported)
    (exported / path).rename(tmp_path / "elsewhere")
    (exported / path).symlink_to(tmp_path / "elsewhere")
    assert refused(target, exported) == ("interchange.not_a_file", path)
    (exported / path).unlink()
    (exported / path).mkdir()
    assert refused(target, exported) == ("interchange.not_a_file", path)
    (exported / "patients").rename(tmp_path / "others")
    (exported / "patients").symlink_to(tmp_path / "others")
    assert refused(target, exported)[0] == "interchange.not_a_file"


@pytest.mark.parametrize(
    "path",
    [
        "../patients/{name}", "/etc/passwd", "patients/../{name}", "C:\\Windows\\win.ini",
        "patients\\{name}", "CON", "patients/CON.json", "patients/{name}\u0000", "patients/",
        "patients/{upper}", "",
    ],
)  # fmt: skip
def test_names_that_leave_the_folder(target: Clinic, exported: Path, path: str) -> None:
    name = Path(a_patient(exported)).name
    path = path.format(name=name, upper=name.upper())
    changed(exported, "manifest.json", lambda content: content["files"][1].update(path=path))
    assert refused(target, exported) == ("interchange.unusable", "manifest.json")


def test_photos_have_the_one_name_that_their_bytes_give(target: Clinic, exported: Path) -> None:
    for path in ("photos/holiday.jpg", "photos/../manifest.json", f"photos/{'0' * 64}.jpg"):
        changed(exported, "manifest.json", lambda c, p=path: c["photos"][0].update(path=p))
        assert refused(target, exported) == ("interchange.unusable", "manifest.json")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"{", b'{"part": "shared", "part": "shared"}', b"\xff\xfe{\0}\0",
        b"\xef\xbb\xbf{}", b'{"part": "caf\xe9"}', b'{"part": NaN}', b'{"part": 1e999}',
        b'{"part": 123456789012345678901}', b'{"part": "\\ud800"}', b'{"part": ' + b"[" * 200_000,
        b'{"part": "shared", "more": 1}', b'{"part": 7}',
    ],
)  # fmt: skip
def test_what_is_no_json_of_the_format(target: Clinic, exported: Path, data: bytes) -> None:
    resealed(exported, "shared.json", data)
    assert refused(target, exported) == ("interchange.unusable", "shared.json")


def test_a_file_larger_than_the_format_has(
    target: Clinic, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_, "MAX_MANIFEST_BYTES", 100)
    assert refused(target, exported) == ("interchange.too_large", "manifest.json")
    monkeypatch.undo()
    monkeypatch.setattr(text, "MAX_JSON_BYTES", 30_000)
    code, file = refused(target, exported)
    assert code == "interchange.too_large"
    assert file.startswith("patients/")


UNUSABLE: dict[str, Callable[[Content], object]] = {
    "kind": lambda c: c["records"][0].update(kind="potion"),
    "uuid": lambda c: c["records"][-1].update(uuid="7"),
    "uuid of zeros": lambda c: c["records"][-1].update(uuid=str(uuid4().int * 0)),
    "uuid twice": lambda c: c["records"][-1].update(uuid=c["records"][-2]["uuid"]),
    "record twice": lambda c: c["records"].append(c["records"][-1]),
    "no state": lambda c: c["records"][-1].update(revisions=[]),
    "state skipped": lambda c: c["records"][-1]["revisions"][0].update(revision=2),
    "in the bin by no act": lambda c: c["records"][-1]["revisions"][-1].update(deleted=True),
    "unknown act": lambda c: c["records"][-1].update(act="2026-01-01T00:00:00+00:00 #7"),
    "unknown user": lambda c: c["records"][-1].update(by_uuid=str(uuid4())),
    "no time": lambda c: c["records"][-1].update(at_utc="yesterday"),
    "local time": lambda c: c["records"][-1].update(at_utc="2026-01-01T00:00:00+02:00"),
    "patient away": lambda c: c.update(records=c["records"][1:]),
    "visit away": lambda c: c.update(
        records=[one for one in c["records"] if one["kind"] != "visit"]
    ),
    "act that undoes itself": lambda c: c["acts"][0].update(undoes=c["acts"][0]["act"]),
    "line of nobody": lambda c: c["journal"][0].update(record_uuid=None),
    "line of another": lambda c: c["journal"][0].update(record_uuid=str(uuid4())),
    "correction of no visit": lambda c: c["corrections"][0].update(visit_uuid=str(uuid4())),
    "value of another kind": lambda c: latest(c, "visit").update(site="calf"),
    "key of the store": lambda c: latest(c, "visit").update(patient_id=1),
    "text for a number": lambda c: latest(c, "lab_result").update(value="much"),
    "day": lambda c: latest(c, "visit").update(on="2026-02-30"),
    "unknown photo": lambda c: latest(c, "visit_photo").update(photo_sha256="0" * 64),
    "photo as a list": lambda c: latest(c, "visit_photo").update(photo_sha256=[]),
    "lesion that is nowhere": lambda c: latest(c, "photo_outline").update(lesion_uuid=str(uuid4())),
    "lesion that is a visit": lambda c: latest(c, "photo_outline").update(
        lesion_uuid=of_kind(c, "visit")["uuid"]
    ),
    "area below 0": lambda c: latest(c, "lesion_measurement")["measurement"].update(area_cm2=-1.0),
    "area of a house": lambda c: latest(c, "lesion_measurement")["measurement"].update(
        area_cm2=1e9
    ),
    "flat scale": lambda c: latest(c, "photo_scale")["scale"].update(
        homography_px_to_mm=[[0.0] * 3] * 3
    ),
    "ring of two": lambda c: latest(c, "photo_outline")["outline"]["rings_px"][0].__delitem__(
        slice(2, None)
    ),
    "code that leads out of a folder": lambda c: latest(c, "patient").update(code="../../7F3K2"),
    "code that names somebody": lambda c: latest(c, "patient").update(code="Moreau"),
    "tissues that are no picture": lambda c: latest(c, "photo_outline")["tissue"].update(
        png=spoiled(latest(c, "photo_outline")["tissue"]["png"])
    ),
    "photo without width": lambda c: latest(c, "visit_photo")["photo"].update(width_px=0),
}


@pytest.mark.parametrize("what", sorted(UNUSABLE))
def test_what_does_not_hold_together(target: Clinic, exported: Path, what: str) -> None:
    path = a_patient(exported)
    in_patient(UNUSABLE[what])(exported)
    assert refused(target, exported) == ("interchange.unusable", path)


CONTRADICTING: dict[str, Callable[[Content], object]] = {
    "visit before birth": lambda c: latest(c, "visit").update(on="1950-01-01"),
    "visit in the future": lambda c: latest(c, "visit").update(on="2031-01-01"),
    "label twice": lambda c: [
        one["revisions"][-1]["value"].update(label="A")
        for one in c["records"]
        if one["kind"] == "lesion"
    ],
    "pain of 11": lambda c: latest(c, "visit").update(general_pain_nrs=11),
    "lesion that became itself": lambda c: latest(c, "lesion").update(
        became_uuids=[of_kind(c, "lesion")["uuid"]], became_on="2026-05-30"
    ),
    "nobody's name": lambda c: latest(c, "patient").update(birth_name="", used_name=""),
}


@pytest.mark.parametrize("what", sorted(CONTRADICTING))
def test_records_that_contradict_each_other(target: Clinic, exported: Path, what: str) -> None:
    path = a_patient(exported)
    in_patient(CONTRADICTING[what])(exported)
    assert refused(target, exported) == ("interchange.record_refused", path)


def test_a_photo_of_another_size_than_its_record_says(target: Clinic, exported: Path) -> None:
    def wider(content: Content) -> None:
        for record in content["records"]:
            if record["kind"] == "visit_photo":
                photo = record["revisions"][-1]["value"]["photo"]
                photo["width_px"] += photo["media_type"] == "image/png"

    changed(exported, a_patient(exported), wider)
    code, file = refused(target, exported)
    assert (code, file[:7]) == ("interchange.unusable", "photos/")


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_what_is_put_in_a_file_s_place_after_the_look(
    target: Clinic, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_, "_KEPT_BYTES", 0)  # as a large folder, read anew
    before = Facts(target).all()
    (tmp_path / "other").write_bytes(b"other")
    for path in ("shared.json", a_patient(exported), f"photos/{shown(exported)}"):
        source = look_at_folder(target, exported)[0]  # type: ignore[index]
        data = (exported / path).read_bytes()
        codes = []
        for put in (
            lambda place: place.write_bytes(b"other"),
            lambda place: place.symlink_to(tmp_path / "other"),
            os.mkfifo,
        ):
            (exported / path).unlink()
            put(exported / path)
            with pytest.raises(InterchangeError) as caught:
                import_record(target, source)
            codes.append(caught.value.code.partition(".")[2])
        assert codes == ["changed", "not_a_file", "not_a_file"], path
        (exported / path).unlink()
        (exported / path).write_bytes(data)
    assert Facts(target).all() == before


def shown(folder: Path) -> str:
    return next(path.name for path in (folder / "photos").iterdir() if path.suffix == ".png")


def test_two_users_of_one_name(target: Clinic, exported: Path) -> None:
    def named_alike(content: Content) -> None:
        users = [one for one in content["records"] if one["kind"] == "user"]
        for one, name in zip(users, ("Kim", " KIM"), strict=True):
            one["revisions"][-1]["value"]["name"] = name

    changed(exported, "shared.json", named_alike)
    assert refused(target, exported) == ("interchange.unusable", "shared.json")


def test_a_logo_that_cannot_be_printed(target: Clinic, exported: Path) -> None:
    def spoil(content: Content) -> None:
        value = latest(content, "letterhead")
        png = cv2.imencode(".png", np.zeros((20, 40), np.uint8))[1].tobytes()
        value["logo"] = spoiled(base64.b64encode(png).decode())

    changed(exported, "shared.json", spoil)
    assert refused(target, exported) == ("interchange.unusable", "shared.json")


def test_many_acts_that_undo_each_other_are_looked_at_quickly() -> None:
    count = 20_000
    at_utc = "2026-01-01T00:00:00+00:00"
    names = [f"{at_utc} #{number}" for number in range(1, count + 1)]
    acts = tuple(
        CarriedAct(name, at_utc, None, "", undone)
        for name, undone in zip(names, [None, *names], strict=False)
    )
    begun = time.process_time()
    Soundness(()).look_at(Part(SHARED, acts=acts))
    assert time.process_time() - begun < 5
    ring = (replace(acts[0], undoes=names[-1]), *acts[1:])
    with pytest.raises(InterchangeError):
        Soundness(()).look_at(Part(SHARED, acts=ring))


def test_two_files_tell_an_act_in_two_ways(target: Clinic, exported: Path) -> None:
    one, two = sorted(p.name for p in (exported / "patients").iterdir())[:2]
    act = json.loads((exported / "patients" / one).read_text("utf-8"))["acts"][0]
    spoiled = {**act, "reason": "another"}
    changed(exported, f"patients/{two}", lambda content: content["acts"].insert(0, spoiled))
    assert refused(target, exported)[0] == "interchange.unusable"
