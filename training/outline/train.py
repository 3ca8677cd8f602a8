"""The training loop: resumable, seeded, its log one JSON object a line."""

import json
import math
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader

from training.outline.data import Examples, From
from training.outline.evaluate import quick
from training.outline.losses import outline_loss
from training.outline.model import OutlineNet
from training.outline.recipe import Recipe
from training.outline.sets import Kept, Pool
from training.outline.simulate import simulated
from training.outline.state import Asked, Average, asking, averaged, load, save
from training.outline.weights import started

LONGEST_GRADIENT = 2.0


@dataclass(slots=True)
class Pace:
    """How often a run speaks, saves and measures itself; nothing of it changes the result."""

    save_s: float = 150.0
    log_steps: int = 25
    measure_part: float = 1 / 8
    workers: int = 0
    device: str = "cpu"
    weights: Path | None = None
    stop_s: float = math.inf
    """Stop as if asked to after so many seconds."""


@dataclass(slots=True)
class Run:
    """A network in training and all that a checkpoint holds."""

    recipe: Recipe
    net: nn.Module
    average: Average
    optimiser: torch.optim.Optimizer
    step: int = 0
    spent_s: float = 0.0
    losses: list[float] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {
            "recipe": self.recipe.as_plain(),
            "net": self.net.state_dict(),
            "average": self.average.net.state_dict(),
            "averaged_steps": self.average.seen,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "spent_s": self.spent_s,
        }


def begun(recipe: Recipe, pace: Pace, *, first: Path | None = None) -> Run:
    """A fresh run; its network starts from published weights, or from another run's average."""
    torch.manual_seed(recipe.seed)
    net: nn.Module = started(recipe.encoder, path=pace.weights)
    if first is not None:
        net.load_state_dict(load(first)["average"])
    return _run(recipe, net, pace)


def resumed(path: Path, pace: Pace) -> Run:
    """A run as its checkpoint has it."""
    values = load(path)
    recipe = Recipe.from_plain(values["recipe"])
    net = OutlineNet(recipe.encoder)
    net.load_state_dict(values["net"])
    run = _run(recipe, net, pace)
    run.average.net.load_state_dict(values["average"])
    run.average.seen = int(values["averaged_steps"])
    run.optimiser.load_state_dict(values["optimiser"])
    run.step, run.spent_s = int(values["step"]), float(values["spent_s"])
    return run


def _run(recipe: Recipe, net: nn.Module, pace: Pace) -> Run:
    net = net.to(pace.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        key = (name.startswith("encoder."), parameter.ndim > 1)
        groups.setdefault(key, []).append(parameter)
    optimiser = torch.optim.AdamW(
        [
            {
                "params": parameters,
                "part": recipe.encoder_rate if encoder else 1.0,
                "weight_decay": recipe.decay if decayed else 0.0,
            }
            for (encoder, decayed), parameters in groups.items()
        ],
        lr=recipe.rate,
    )
    return Run(recipe, net, Average(net, recipe.average), optimiser)


def rate(recipe: Recipe, step: int) -> float:
    """A line up, then half a cosine down to a hundredth (Loshchilov & Hutter, 2017)."""
    if step < recipe.warm_up:
        return recipe.rate * (step + 1) / recipe.warm_up
    part = (step - recipe.warm_up) / max(1, recipe.steps - recipe.warm_up)
    return recipe.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, part))))


def halved(device: str) -> AbstractContextManager[Any]:
    """Sixteen-bit arithmetic where it is safe: a third faster on CPUs that have it."""
    return torch.autocast("cuda" if device.startswith("cuda") else "cpu", torch.bfloat16)


def train(run: Run, pool: Pool, kept: Kept, out: Path, pace: Pace) -> bool:
    """Go on to the recipe's end or until stopped; whether the end was reached."""
    asked, recipe = Asked(), run.recipe
    log = out / "log.jsonl"
    examples = Examples(pool, recipe)
    loader = DataLoader(
        examples,
        batch_size=recipe.batch,
        sampler=From(run.step * recipe.batch, recipe.steps * recipe.batch),
        num_workers=pace.workers,
        pin_memory=pace.device.startswith("cuda"),
        persistent_workers=pace.workers > 0,
        drop_last=True,
    )
    measured_each = max(1, round(recipe.steps * pace.measure_part))
    begin = saved = time.monotonic()
    before_s = run.spent_s
    for colours, truth in loader:
        _step(run, colours, truth, pace)
        run.spent_s = before_s + time.monotonic() - begin
        if run.step % pace.log_steps == 0:
            _write(log, _spoken(run, recipe))
        if kept.outlined and (run.step % measured_each == 0 or run.step == recipe.steps):
            figures = quick(asking(run.average.net, pace.device), kept)
            _write(log, {"step": run.step, "spent_s": round(run.spent_s), "measured": figures})
        stopping = asked.to_stop or time.monotonic() - begin > pace.stop_s
        if stopping or time.monotonic() - saved > pace.save_s or run.step == recipe.steps:
            save(out / "checkpoint.pt", run.values())
            save(out / "average.pt", averaged(recipe, run.average))
            saved = time.monotonic()
        if stopping:
            return run.step >= recipe.steps
    return True


def _step(run: Run, colours: torch.Tensor, truth: torch.Tensor, pace: Pace) -> None:
    recipe = run.recipe
    torch.manual_seed(recipe.seed * 1_000_003 + run.step)
    random = np.random.default_rng([recipe.seed, 11, run.step])
    now = rate(recipe, run.step)
    for group in run.optimiser.param_groups:
        group["lr"] = now * group["part"]
    colours, truth = colours.to(pace.device), truth.to(pace.device)
    with halved(pace.device):
        run.net.eval()
        seen = simulated(run.net, colours, truth, recipe, random)
        run.net.train()
        logits = run.net(seen.contiguous(memory_format=torch.channels_last))
    loss = outline_loss(logits.float(), truth)
    run.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(run.net.parameters(), LONGEST_GRADIENT)
    run.optimiser.step()
    run.average.update(run.net)
    run.step += 1
    run.losses.append(float(loss.detach()))


def _spoken(run: Run, recipe: Recipe) -> dict[str, Any]:
    spoken = {
        "step": run.step,
        "of": recipe.steps,
        "size": recipe.size((run.step - 1) * recipe.batch),
        "loss": round(float(np.mean(run.losses)), 4),
        "rate": round(rate(recipe, run.step), 7),
        "spent_s": round(run.spent_s, 1),
    }
    run.losses.clear()
    return spoken


def _write(log: Path, values: dict[str, Any]) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(values) + "\n")
