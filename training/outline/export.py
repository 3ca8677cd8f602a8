"""The network as ONNX, and the proof that OpenCV and onnxruntime say the same.

One input `seen` (1, 6, S, S), one output `likely` (1, 1, S, S): what `model.py` describes, with
the sigmoid inside. Batch norms are folded into the convolutions before them.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.outline.slim import slimmed

OPSET = 17
ROUNDS = 15


class Likely(nn.Module):
    """The network with the sigmoid that training keeps outside."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, S, S) in 0…1."""
        return torch.sigmoid(self.net(x))


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the runtimes differ from PyTorch, and the median time of one forward."""

    megabytes: float
    opencv_off: float
    onnxruntime_off: float
    opencv_ms: float
    onnxruntime_ms: float


def export(net: nn.Module, path: Path, *, size: int) -> None:
    """Write the network at a fixed size."""
    write(Likely(net), torch.zeros(1, 6, size, size), path)


def write(net: nn.Module, example: Tensor, path: Path) -> None:
    """Write a network from `seen`, of the example's shape, to `likely`."""
    torch.onnx.export(
        net.eval(),
        (example,),
        str(path),
        input_names=["seen"],
        output_names=["likely"],
        opset_version=OPSET,
        dynamo=False,
    )
    slimmed(path)


def check(net: nn.Module, path: Path, *, size: int, threads: int) -> Checked:
    """Ask PyTorch, OpenCV and onnxruntime the same, and time the latter two."""
    import onnxruntime as ort

    random = np.random.default_rng(3)
    x = np.zeros((1, 6, size, size), np.float32)
    x[0, :3] = cv2.GaussianBlur(random.random((size, size, 3), np.float32), (0, 0), 3).transpose(
        2, 0, 1
    )
    x[0, 3, 100:110, 100:110] = 1
    with torch.no_grad():
        wanted = Likely(net).eval()(torch.from_numpy(x)).numpy()
    cv2.setNumThreads(threads)
    opencv = cv2.dnn.readNetFromONNX(str(path))

    def by_opencv() -> NDArray[np.float32]:
        opencv.setInput(x)
        return np.asarray(opencv.forward(), np.float32)

    options = ort.SessionOptions()  # type: ignore[attr-defined]
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(  # type: ignore[attr-defined]
        str(path), options, providers=["CPUExecutionProvider"]
    )

    def by_onnxruntime() -> NDArray[np.float32]:
        return np.asarray(session.run(None, {"seen": x})[0], np.float32)

    return Checked(
        megabytes=path.stat().st_size / 1e6,
        opencv_off=float(np.abs(by_opencv() - wanted).max()),
        onnxruntime_off=float(np.abs(by_onnxruntime() - wanted).max()),
        opencv_ms=_timed(by_opencv),
        onnxruntime_ms=_timed(by_onnxruntime),
    )


def _timed(ask: Callable[[], object]) -> float:
    """The median of some rounds in milliseconds, after two to warm up."""
    ask(), ask()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - start)
    return 1000 * statistics.median(taken)
