"""What the training command says before it trains."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

from training.outline.__main__ import main


def test_a_folder_without_outlined_photos_is_refused_in_words(tmp_path: Path, monkeypatch) -> None:
    out = tmp_path / "net"
    monkeypatch.setattr(sys, "argv", ["train", "--data", str(tmp_path), "--out", str(out)])
    with pytest.raises(SystemExit) as told:
        main()
    assert "no images/ with masks/" in str(told.value)
    assert not out.exists()
