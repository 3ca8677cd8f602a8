"""onnxruntime reports its use to its maker unless it is told not to before it is loaded."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = (
    "from woundtrack.outline.network import loaded; from woundtrack.paths import resources_dir; "
    "loaded((resources_dir() / 'writing' / 'finder.onnx').read_bytes())"
)


@pytest.mark.skipif(find_spec("onnxruntime") is None, reason="no onnxruntime for this machine")
def test_no_mark_of_the_account_is_made(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name[:4] != "ORT_"}
    homes = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE")
    environment |= dict.fromkeys(homes, str(tmp_path))
    subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, env=environment, check=True)
    assert [path.name for path in tmp_path.rglob("*") if "icrosoft" in path.name] == []
