"""What makes a scale less sure is looked at once a photo, and anew in a visit opened anew."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ui.pages.visit import circumstances
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

SCALE = Scale(ScaleMethod.TWO_POINTS, matrix3(np.eye(3)), relative_sd=0.01)


def opened_visit() -> Any:
    """A visit with one photo whose scale two clicks gave."""
    return SimpleNamespace(
        scale=lambda _photo: SCALE, cells=lambda _photo: (), photo=lambda _photo: None,
        circumstances={},
    )  # fmt: skip


def test_each_visit_is_looked_at_and_each_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def at_once(work: Any, *, done: Any, key: str) -> None:
        asked.append(key)
        done(work())

    monkeypatch.setattr(circumstances, "circumstances_of", lambda *_: ("quality.glare",))
    session = SimpleNamespace(
        pixels={1: object()}, background=SimpleNamespace(run=at_once), tell=lambda: None
    )
    watch = circumstances.CircumstanceWatch.__new__(circumstances.CircumstanceWatch)
    watch._session, watch._state, watch._looked, watch._read = session, None, (), {}
    for visit in range(1, 21):  # nobody else keeps them: one may lie where the last one lay
        opened = opened_visit()
        watch.look(opened, 1)
        watch.look(opened, 1)
        assert opened.circumstances == {1: ("quality.glare",)}
        assert len(asked) == visit
        del opened
