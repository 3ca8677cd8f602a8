"""A clinic with photos to trace, two raters and a study of theirs."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.rater_study.steps import add_photos, add_rater, add_study, opened, tracing_of
from ui.main_window import MainWindow
from ui.pages.rater_study.page import RaterStudyPage
from woundtrack.raters.types import RaterPhoto, RaterStudy
from woundtrack.records import Stored, VisitPhoto
from woundtrack.store.clinic import Clinic

Study = tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]]


@pytest.fixture
def photos(clinic: Clinic, ward: Ward, painted: Callable[..., bytes]) -> list[Stored[VisitPhoto]]:
    return add_photos(clinic, ward, painted, count=12)


@pytest.fixture
def other(clinic: Clinic) -> int:
    return add_rater(clinic)


@pytest.fixture
def study(clinic: Clinic, photos: list[Stored[VisitPhoto]], other: int) -> Study:
    return add_study(clinic, photos, (clinic.user.id, other))


@pytest.fixture
def page(qtbot: QtBot, photos: object, other: int, window: MainWindow) -> RaterStudyPage:
    """The rater studies in the main window; there are none yet."""
    del photos, other
    return opened(qtbot, window)


@pytest.fixture
def tracing(qtbot: QtBot, study: Study, window: MainWindow) -> RaterStudyPage:
    """The first photo of the study, on show to be traced."""
    return tracing_of(qtbot, window, study[0].id)
