"""Writing the folder: where it may lie, what stops it, and that nothing is left half written."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.interchange.conftest import NOW
from tests.interchange.made import files
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.interchange import export
from woundtrack.interchange.export import ending_of, export_record, exported_text
from woundtrack.interchange.schema import schema
from woundtrack.interchange.text import dumped
from woundtrack.records import Patient
from woundtrack.store.clinic import Clinic


def refused(clinic: Clinic, target: Path, **how: Any) -> str:
    """The code; its sentence is whole, and the place is as it was."""
    before = sorted(target.parent.rglob("*")) if target.parent.is_dir() else []
    lines = len(clinic.read(lambda r: r.journal()))
    with pytest.raises(WoundtrackError) as caught:
        export_record(clinic, target, **how)
    assert "{" not in explain(caught.value)
    assert before == (sorted(target.parent.rglob("*")) if target.parent.is_dir() else [])
    assert len(clinic.read(lambda r: r.journal())) == lines
    return caught.value.code


def test_the_same_clinic_gives_the_same_bytes(
    source: Clinic, full: tuple[Path, Path], tmp_path: Path
) -> None:
    patients = [one.id for one in source.read(lambda r: r.find(Patient))]
    for name in ("one", "two"):
        export_record(source, tmp_path / name, patient_ids=patients, now=lambda: NOW)
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    lines = [path for path in one if one[path] != two[path]]
    # The first export is in the journal that the second one carries.
    assert lines == ["manifest.json", *(f for f in one if f.startswith("patients/"))]
    for path in lines[1:]:
        told = [json.loads(each[path]) for each in (one, two)]
        actions = [line["action"] for line in told[1].pop("journal")]
        assert (
            actions.count("exported")
            == [line["action"] for line in told[0].pop("journal")].count("exported") + 1
        )
        assert told[0] == told[1]


def test_names_of_files_tell_nothing_and_the_folder_says_what_it_is(
    source: Clinic, full: tuple[Path, Path]
) -> None:
    out = files(full[1])
    for patient in source.read(lambda r: r.find(Patient)):
        value = patient.value
        for told in (value.birth_name, value.hospital_number, value.code):
            assert not [path for path in out if told in path]
    assert b"NOT ENCRYPTED" in out["README.txt"]
    assert "n’est pas chiffré" in out["README.txt"].decode()
    assert out["schema.json"] == dumped(schema())
    manifest = json.loads(out["manifest.json"])
    assert (manifest["format"], manifest["version"]) == ("woundtrack-open", 1)
    assert manifest["exported_at_utc"] == "2026-06-15T10:00:00+00:00"
    listed = {one["path"] for one in (*manifest["files"], *manifest["photos"])}
    assert listed == set(out) - {"README.txt", "schema.json", "manifest.json"}


def test_only_a_new_or_empty_folder_outside_the_clinic(source: Clinic, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    assert refused(source, tmp_path / "taken") == "store.folder_not_empty"
    assert refused(source, source.folder / "out") == "store.inside_clinic"
    assert refused(source, source.folder / "vault" / ".." / "out") == "store.inside_clinic"
    assert refused(source, tmp_path / "away" / "out") == "report.folder_gone"
    assert refused(source, tmp_path / ("n" * 300)) == "report.bad_name"
    (tmp_path / "empty").mkdir()
    assert export_record(source, tmp_path / "empty") is not None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "report.disk_full"),
        (errno.EROFS, "report.not_allowed"),
        (errno.EIO, "report.not_written"),
        (errno.ENODEV, "report.folder_gone"),
    ],
)
def test_what_the_disk_refuses_half_way_leaves_nothing(
    source: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    written = []

    def fsync(_descriptor: int) -> None:
        written.append(1)
        if len(written) == 5:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(export.os, "fsync", fsync)
    (tmp_path / "disk").mkdir()
    assert refused(source, tmp_path / "disk" / "out") == code


@pytest.mark.parametrize("after", [0, 1, 5, None])
def test_stopped_it_leaves_nothing(source: Clinic, tmp_path: Path, after: int | None) -> None:
    calls = []

    def progress(done: int, total: int) -> bool:
        assert 0 <= done <= total
        calls.append(done)
        if after is None:  # when all is written
            return calls.count(total) < 2
        return len(calls) <= after

    (tmp_path / "disk").mkdir()
    assert export_record(source, tmp_path / "disk" / "out", progress=progress) is None
    assert list((tmp_path / "disk").iterdir()) == []
    assert source.read(lambda r: r.journal(limit=1))[0].action != "exported"


def test_a_damaged_photo_names_the_patient_and_the_others_can_go(
    source: Clinic, tmp_path: Path
) -> None:
    first, other = source.read(lambda r: r.find(Patient))[:2]
    history = source.read(lambda r: r.history(first.id))
    name = history.photos[0].value.vault_name
    (source.folder / "vault" / name[:2] / name).unlink()
    with pytest.raises(WoundtrackError) as caught:
        export_record(source, tmp_path / "out")
    assert caught.value.code == "interchange.photo_damaged"
    assert first.value.code in explain(caught.value)
    source.write(lambda w: w.delete(Patient, first.id))
    with pytest.raises(WoundtrackError) as caught:
        export_record(source, tmp_path / "out")
    assert first.value.code in explain(caught.value), "also of who lies in the bin"
    done = export_record(source, tmp_path / "out", patient_ids=[other.id])
    assert done is not None
    assert exported_text(done).startswith("Exported: 1 patient, ")


def test_an_export_is_journalled_for_each_patient(source: Clinic, tmp_path: Path) -> None:
    patients = source.read(lambda r: r.find(Patient))
    export_record(source, tmp_path / "some", patient_ids=[one.id for one in patients])
    lines = source.read(lambda r: r.journal(limit=len(patients)))
    assert {(line.action, line.kind, line.record_id, line.reason) for line in lines} == {
        ("exported", "patient", one.id, "Open format") for one in patients
    }
    export_record(source, tmp_path / "all")
    (line,) = source.read(lambda r: r.journal(limit=1))
    assert (line.action, line.kind, line.record_id) == ("exported", "clinic", None)


def test_who_may_only_read_cannot_export(
    source: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read_only", True)
    monkeypatch.setattr(source, "is_locked", True)
    assert refused(source, tmp_path / "out") == "store.read_only"


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"\xff\xd8\xff\xe1", "jpg"), (b"\x89PNG\r\n", "png"), (b"\0\0\0\x18ftypheic", "heic"),
        (b"\0\0\0\x18ftypavif", "avif"), (b"II*\0", "tif"), (b"RIFF\0\0\0\0WEBP", "webp"),
        (b"", "bin"),
    ],
)  # fmt: skip
def test_a_photo_has_the_ending_that_its_first_bytes_tell(data: bytes, ending: str) -> None:
    assert ending_of(data) == ending


def test_the_schema_allows_what_is_written_and_nothing_else(full: tuple[Path, Path]) -> None:
    made = schema()
    for path in full[1].rglob("*.json"):
        if path.name != "schema.json":
            unknown = set(_unknown(json.loads(path.read_text("utf-8")), made, made["$defs"]))
            assert not unknown, path.name


def _unknown(content: Any, rule: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    """What of some JSON its schema does not allow."""
    if "$ref" in rule:
        return _unknown(content, definitions[rule["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in rule:
        found = [_unknown(content, each, definitions) for each in rule["anyOf"]]
        return [] if [] in found else min(found, key=len)
    if "enum" in rule or "const" in rule:
        return [] if content in rule.get("enum", [rule.get("const")]) else [f"{content}"]
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool,
             "array": list, "object": dict, "null": type(None)}  # fmt: skip
    if "type" in rule and not isinstance(content, types[rule["type"]]):  # type: ignore[arg-type]
        return [f"{rule['type']}: {str(content)[:30]}"]
    if isinstance(content, dict) and "properties" in rule:
        lacking = [f"lacks {key}" for key in rule["required"] if key not in content]
        more = [f"has {key}" for key in content if key not in rule["properties"]]
        below = [
            one
            for key, item in content.items()
            if key in rule["properties"]
            for one in _unknown(item, rule["properties"][key], definitions)
        ]
        return lacking + more + below
    if isinstance(content, list):
        rules = rule.get("prefixItems") or [rule.get("items", {})] * len(content)
        return [
            one
            for item, each in zip(content, rules, strict=True)
            for one in _unknown(item, each, definitions)
        ]
    return []
