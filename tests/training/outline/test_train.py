"""A run that was stopped and went on ends where one that never stopped ends."""

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.outline import train as loop  # noqa: E402
from training.outline.data import Examples  # noqa: E402
from training.outline.model import OutlineNet  # noqa: E402
from training.outline.pictures import Picture  # noqa: E402
from training.outline.recipe import Recipe  # noqa: E402
from training.outline.sets import Kept, Pool  # noqa: E402
from training.outline.state import averaged_net, load  # noqa: E402

RECIPE = Recipe(
    encoder="lite0", batch=2, examples=8, stages=((0.5, 32), (0.5, 64)), clicked=1.0, warm_up=2
)


@pytest.fixture
def pool() -> Pool:
    random = np.random.default_rng(1)
    pictures = []
    for number in range(3):
        mask = np.zeros((80, 60), np.uint8)
        mask[20:40, 15:45] = 255
        colours = random.integers(0, 255, (80, 60, 3), np.uint8)
        pictures.append(Picture(str(number), colours, mask))
    return Pool(tuple(pictures), (Picture("no", colours, np.zeros_like(mask)),))


@pytest.fixture(autouse=True)
def _random_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "started", lambda name, path: OutlineNet(name))


def _weights(folder: Path) -> dict[str, "torch.Tensor"]:
    found: dict[str, torch.Tensor] = load(folder / "checkpoint.pt")["average"]
    return found


def test_stopped_and_resumed_is_as_if_never_stopped(tmp_path: Path, pool: Pool) -> None:
    torch.set_num_threads(1)
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    straight.mkdir()
    broken.mkdir()
    pace = loop.Pace(log_steps=1)
    assert loop.train(loop.begun(RECIPE, pace), pool, Kept((), ()), straight, pace)
    once = loop.Pace(log_steps=1, stop_s=0)
    assert not loop.train(loop.begun(RECIPE, once), pool, Kept((), ()), broken, once)
    assert load(broken / "checkpoint.pt")["step"] == 1
    going_on = loop.resumed(broken / "checkpoint.pt", pace)
    assert loop.train(going_on, pool, Kept((), ()), broken, pace)
    for name, value in _weights(straight).items():
        assert torch.allclose(value.float(), _weights(broken)[name].float(), atol=1e-6), name
    small = averaged_net(straight / "average.pt")
    for name, value in small.state_dict().items():
        assert torch.allclose(value.float(), _weights(straight)[name].float(), rtol=1e-3, atol=1e-4)
    lines = [json.loads(line) for line in (broken / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines if "loss" in line] == [1, 2, 3, 4]
    assert [line["size"] for line in lines if "loss" in line] == [32, 32, 64, 64]


def test_examples_depend_on_seed_and_number_alone(pool: Pool) -> None:
    one, other = Examples(pool, RECIPE), Examples(pool, RECIPE)
    for number in (5, 2, 5):
        assert all(torch.equal(a, b) for a, b in zip(one[number], other[number], strict=True))
    assert one[0][0].shape == (3, 32, 32)
    assert one[7][1].shape == (1, 64, 64)


def test_a_recipe_survives_its_checkpoint() -> None:
    assert Recipe.from_plain(json.loads(json.dumps(RECIPE.as_plain()))) == RECIPE


def test_the_rate_rises_and_falls() -> None:
    recipe = Recipe(examples=800, batch=8, warm_up=10)
    rates = [loop.rate(recipe, step) for step in range(100)]
    assert rates[0] < rates[9] == recipe.rate
    assert rates[9:] == sorted(rates[9:], reverse=True)
    assert rates[-1] < 0.02 * recipe.rate
