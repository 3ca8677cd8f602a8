"""A visit page on the ward, with proposals that are at once there."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.steps import with_photo_of
from ui.background import Background
from ui.pages.visit import proposals
from ui.pages.visit.analysis import Proposal
from ui.pages.visit_page import VisitPage
from woundtrack.errors import OutlineError, ScaleError
from woundtrack.store.clinic import Clinic

TODAY = dt.date(2026, 3, 17)


@pytest.fixture
def no_proposals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program finds nothing by itself: these tests are about what a person does."""

    def analyse(_clinic: object, stored: object, **_wanted: object) -> Proposal:
        return Proposal(
            stored.id,  # type: ignore[attr-defined]
            scale_error=ScaleError("scale.none_found"),
            outline_error=OutlineError("outline.nothing_found"),
        )

    monkeypatch.setattr(proposals, "analyse", analyse)


@pytest.fixture
def open_page(
    qtbot: object, clinic: Clinic, background: Background, no_proposals: None
) -> Callable[..., VisitPage]:
    """Opens a visit page for a patient and waits until it is loaded."""

    def make(patient_id: int, visit_id: int | None = None) -> VisitPage:
        page = VisitPage(clinic, background, today=lambda: TODAY)
        qtbot.addWidget(page)  # type: ignore[attr-defined]
        page.resize(1280, 800)
        page.show()
        page.open_visit(patient_id, visit_id)
        qtbot.waitUntil(lambda: page.session.state is not None)  # type: ignore[attr-defined]
        return page

    return make


@pytest.fixture
def page(open_page: Callable[..., VisitPage], ward: Ward) -> VisitPage:
    """A new visit of the ward's patient."""
    return open_page(ward.patient.id)


@pytest.fixture
def dated(page: VisitPage) -> VisitPage:
    """A new visit of today."""
    page.session.set_date(TODAY)
    return page


@pytest.fixture
def with_photo(
    qtbot: QtBot,
    page: VisitPage,
    camera: Callable[[str, bytes], Path],
    painted: Callable[..., bytes],
    ward: Ward,
) -> VisitPage:
    """A visit with one photo of lesion A."""
    return with_photo_of(qtbot, page, camera("a.jpg", painted(seed=1)), ward.lesions[0].id)


@pytest.fixture
def camera(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Puts files on a pretended camera's card."""
    folder = tmp_path / "DCIM"
    folder.mkdir()

    def put(name: str, data: bytes) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return put
