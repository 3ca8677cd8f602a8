"""The network, its starting weights, its export: small and random, for their shapes and sums."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.outline.efficient import EfficientEncoder, _renamed  # noqa: E402
from training.outline.losses import outline_loss  # noqa: E402
from training.outline.model import OutlineNet  # noqa: E402


def test_levels_have_the_strides_a_decoder_wants() -> None:
    encoder = EfficientEncoder("lite0", inputs=6).eval()
    levels = encoder(torch.zeros(1, 6, 64, 96))
    assert [level.shape[2:] for level in levels] == [
        (32, 48), (16, 24), (8, 12), (4, 6), (2, 3)
    ]  # fmt: skip
    assert [level.shape[1] for level in levels] == encoder.channels


def test_published_weights_are_taken_by_name_and_clicks_start_silent() -> None:
    encoder = EfficientEncoder("lite0", inputs=6)
    own = encoder.state_dict()
    theirs = {
        other: torch.rand_like(own[name][:, :3] if name == "stem.weight" else own[name])
        for name, other in _renamed(encoder).items()
    }
    assert encoder.start_from(theirs) == len(theirs)
    assert torch.equal(encoder.stem.weight[:, :3], theirs["_conv_stem.weight"])
    assert not encoder.stem.weight[:, 3:].any()
    with pytest.raises(KeyError):
        encoder.start_from({})


def test_a_right_proposal_costs_less_than_a_wrong_one_however_small() -> None:
    truth = torch.zeros(2, 1, 64, 64)
    truth[0, 0, 10:16, 20:26] = 1
    right, missed = truth * 20 - 10, torch.full_like(truth, -10.0)
    imagined = right.clone()
    imagined[1, 0, 40:46, 20:26] = 10
    assert outline_loss(right, truth) < 0.01
    assert outline_loss(missed, truth) > 1
    assert outline_loss(imagined, truth) > 0.3


def test_the_exported_network_says_the_same(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    from training.outline.export import check, export

    torch.manual_seed(1)
    net = OutlineNet("lite0")
    with torch.no_grad():
        for parameter in net.parameters():
            parameter += 0.02 * torch.randn_like(parameter)
    path = tmp_path / "outline.onnx"
    export(net.eval(), path, size=64)
    checked = check(net, path, size=64, threads=1)
    assert checked.opencv_off < 1e-3
    assert checked.onnxruntime_off < 1e-3
    assert np.isfinite(checked.opencv_ms)
