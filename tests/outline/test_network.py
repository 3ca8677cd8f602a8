"""The network's file: found, read, asked by either runtime, and done without."""

import os
from pathlib import Path

import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline import network as room
from woundtrack.outline.network import Network, NetworkStatus, network, network_file, network_status
from woundtrack.outline.warnings import network_told

SEES_RED = Path(__file__).resolve().parent.parent / "data" / "sees_red.onnx"


def seen() -> np.ndarray:
    """A view with a red square, and a positive click elsewhere."""
    x = np.zeros((6, 384, 384), np.float32)
    x[:3] = 0.5
    x[0, 100:160, 200:260] = 1.0
    x[3, 300:306, 50:56] = 1.0
    return x


@pytest.fixture
def _without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(room.PLACE, raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda _name: tmp_path / "user")
    monkeypatch.setattr(room, "resources_dir", lambda: tmp_path / "program")


@pytest.mark.usefixtures("_without")
def test_without_a_file_there_is_no_network() -> None:
    assert network_file() is None
    assert network() is None
    assert network_status() is NetworkStatus.MISSING


@pytest.mark.usefixtures("_without")
def test_a_named_file_comes_before_the_users_and_that_before_the_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [tmp_path / folder / "models" / "outline.onnx" for folder in ("program", "user")]
    for path in places:
        path.parent.mkdir(parents=True)
        path.write_bytes(SEES_RED.read_bytes())
        assert network_file() == path
    monkeypatch.setenv(room.PLACE, str(SEES_RED))
    assert network_file() == SEES_RED
    assert network_status() is NetworkStatus.READY
    monkeypatch.setenv(room.PLACE, str(tmp_path / "gone.onnx"))
    assert network_status() is NetworkStatus.MISSING


def test_the_file_is_read_once_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(SEES_RED.read_bytes())
    monkeypatch.setenv(room.PLACE, str(path))
    one = network()
    assert one is network()
    os.utime(path, ns=(1, 1))
    assert network() is not one
    assert len(one.version) == 12 if one else False


@pytest.mark.parametrize("content", [b"", b"not a network", None])
def test_a_file_that_is_no_network_is_told(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(SEES_RED.read_bytes()[:900] if content is None else content)
    monkeypatch.setenv(room.PLACE, str(path))
    assert network_status() is NetworkStatus.UNREADABLE
    with pytest.raises(OutlineError) as error:
        network()
    assert error.value.code == "outline.network_unreadable"


def test_either_runtime_says_the_same() -> None:
    pytest.importorskip("onnxruntime")
    content = SEES_RED.read_bytes()
    quick = room._by_onnxruntime(content)
    assert quick is not None
    one, other = quick(seen()), room._by_opencv(content)(seen())
    assert one.shape == (1, 384, 384)
    np.testing.assert_allclose(one, other, atol=1e-4)


def test_the_network_sees_what_it_is_shown() -> None:
    likely = Network(SEES_RED)(seen())
    assert likely[130, 230] > 0.8
    assert likely[303, 53] > 0.8
    assert likely[20, 20] < 0.01


def test_what_there_is_is_told_with_its_licence_and_what_it_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(room.PLACE, str(SEES_RED))
    told = network_told()
    assert Network(SEES_RED).version in told
    assert "foot ulcers" in told
    assert "your own" in told
    monkeypatch.setenv(room.PLACE, str(tmp_path / "none.onnx"))
    assert str(tmp_path / "none.onnx") in network_told()
    (tmp_path / "none.onnx").write_bytes(b"broken")
    assert "cannot be read" in network_told()
