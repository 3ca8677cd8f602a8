"""Whatever is changed in a folder: it is refused in a sentence, or the clinic is sound after it."""

import json
import random
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.interchange.made import NEWCOMER, copied, resealed
from tests.store.soundness import faults
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.interchange.importing import import_record, look_at_folder
from woundtrack.store.clinic import Clinic

RUNS = 18
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53, 1e300, -0.0, "", "x", "\u0000", "é" * 500, [], {}, [[]],
    [None], {"a": 1}, "2026-02-30", "0001-01-01", "9999-12-31", "calf", "confirmed",
)  # fmt: skip


def places(content: Any) -> list[tuple[Any, Any]]:
    """Every container with every key in it."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    found = []
    for key, item in items:
        found.append((content, key))
        if isinstance(item, dict | list):
            found += places(item)
    return found


def mutated(content: Any, chance: random.Random) -> None:
    """One change: another value, one from elsewhere, one less, one twice."""
    container, key = chance.choice(places(content))
    other, there = chance.choice(places(content))
    how = chance.randrange(5)
    if how == 0:
        container[key] = chance.choice(ODD)
    elif how == 1:
        container[key] = deepcopy(other[there])
    elif how == 2:
        container[key], other[there] = deepcopy(other[there]), deepcopy(container[key])
    elif how == 3:
        del container[key]
    elif isinstance(container, list):
        container.append(container[key])
    else:
        container[f"{key}_"] = container[key]


@pytest.mark.parametrize("here", [False, True])
def test_changed_folders_are_refused_or_leave_a_sound_clinic(
    full: tuple[Path, Path], bare: Path, tmp_path: Path, here: bool
) -> None:
    chance = random.Random(7)
    first = copied(bare, tmp_path / "first", user=NEWCOMER)
    if here:  # what was changed meets what it was
        take(first, full[1])
    first.close()
    target = copied(tmp_path / "first", tmp_path / "target", user=NEWCOMER)
    taken, sentences = 0, set[str]()
    for run in range(RUNS):
        folder = Path(shutil.copytree(full[1], tmp_path / f"f{run}"))
        path = chance.choice(
            [path for path in folder.rglob("*.json") if path.name != "schema.json"]
        )
        content = json.loads(path.read_text("utf-8"))
        for _ in range(chance.choice((1, 1, 3))):
            mutated(content, chance)
        name = path.relative_to(folder).as_posix()
        resealed(folder, name, json.dumps(content).encode())
        try:
            take(target, folder)
        except WoundtrackError as error:
            sentences.add(explain(error))
        else:
            taken += 1
            assert target.examine().sound
            assert faults(target) == []
            target.close()
            target = copied(tmp_path / "first", tmp_path / f"target{run}", user=NEWCOMER)
    assert target.examine().findings == ()
    assert taken < RUNS
    assert not [sentence for sentence in sentences if "{" in sentence]
    target.close()


def take(clinic: Clinic, folder: Path) -> None:
    looked = look_at_folder(clinic, folder)
    assert looked is not None
    import_record(clinic, looked[0])
