"""The network's file may be absent or broken, and that is told; where it is, it answers."""

from pathlib import Path

import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline import network as runtimes
from woundtrack.outline.tissue.network import (
    LEARNED,
    NAME,
    PLACE,
    SIDE_PX,
    STRIDE,
    TissueNetwork,
    tissue_file,
    tissue_network,
)


def test_without_a_file_there_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, "no such file")
    assert tissue_network() is None


def test_a_broken_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / NAME
    broken.write_bytes(b"no network")
    broken.with_suffix(".json").write_text('{"version": "1", "sd_bed": {}, "sd_with_callus": {}}')
    monkeypatch.setenv(PLACE, str(broken))
    with pytest.raises(OutlineError, match="tissue_unreadable"):
        tissue_network()


def test_a_file_beside_what_was_measured_of_another_is_told(
    installed: TissueNetwork, tmp_path: Path
) -> None:
    own = tissue_file()
    assert own is not None
    path = tmp_path / NAME
    path.write_bytes(own.read_bytes())
    facts = own.with_suffix(".json").read_text()
    path.with_suffix(".json").write_text(facts)
    assert TissueNetwork(path).version == installed.version
    path.with_suffix(".json").write_text(facts.replace(installed.version, "another"))
    with pytest.raises(OutlineError, match="tissue_unreadable"):
        TissueNetwork(path)


@pytest.fixture(scope="module")
def installed() -> TissueNetwork:
    path = tissue_file()
    if path is None:
        pytest.skip(f"{NAME} is optional and not installed")
    return TissueNetwork(path)


def test_answers_are_probabilities_and_know_no_left_or_right(installed: TissueNetwork) -> None:
    random = np.random.default_rng(5)
    view = random.integers(0, 255, (SIDE_PX, SIDE_PX, 3), np.uint8)
    likely = installed(view)
    assert likely.shape == (len(LEARNED), SIDE_PX // STRIDE, SIDE_PX // STRIDE)
    assert np.allclose(likely.sum(axis=0), 1, atol=1e-4)
    mirrored = installed(np.ascontiguousarray(view[:, ::-1]))[..., ::-1]
    assert np.allclose(likely, mirrored, atol=1e-4)


def test_either_runtime_says_the_same(
    installed: TissueNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")
    view = np.random.default_rng(6).integers(0, 255, (SIDE_PX, SIDE_PX, 3), np.uint8)
    monkeypatch.setattr(runtimes, "_by_onnxruntime", lambda _content: None)
    path = tissue_file()
    assert path is not None
    assert np.allclose(installed(view), TissueNetwork(path)(view), atol=1e-4)


def test_every_proposed_fraction_has_a_measured_sd(installed: TissueNetwork) -> None:
    for with_callus, learned in ((False, LEARNED[1:3]), (True, LEARNED[1:])):
        sd = installed.fraction_sd[with_callus]
        assert all(tissue is not None and 0.02 < sd[tissue] < 0.5 for tissue in learned)
