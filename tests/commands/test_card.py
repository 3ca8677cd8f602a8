"""`woundtrack card`: a card that the program itself reads."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from woundtrack import cli
from woundtrack.photo.code import CardCode, find_codes, new_patient_code

CODE = new_patient_code(b"woundtrack card!")


def printed(path: Path) -> tuple[CardCode, ...]:
    """What the cards of a PDF say."""
    page = pypdfium2.PdfDocument(path.read_bytes())[0].render(scale=300 / 72).to_numpy()
    return find_codes(np.ascontiguousarray(page[..., :3]))


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), f" {CODE.replace('-', '')} "])
def test_a_card_made_without_a_run_number_is_read_back(typed: str, tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    assert cli.main(["card", "--out", str(out), "--patient", typed, "--lesion", "a"]) == 0
    (card,) = printed(out)
    assert (card.patient_code, card.lesion_label) == (CODE, "A")
    assert card.run_number is not None
    assert card.run_number > 10**9


@pytest.mark.parametrize(
    "wrong",
    [
        ["--run", "0"],
        ["--run", "-3"],
        ["--run", "1" + "0" * 12],
        ["--patient", ""],
        ["--patient", CODE[:-1] + ("0" if CODE[-1] != "0" else "1")],
        ["--patient", CODE, "--lesion", "é"],
        ["--lesion", "A"],
    ],
)
def test_what_cannot_be_on_a_card_is_refused_and_nothing_is_written(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "card.pdf"
    assert cli.main(["card", "--out", str(out), *wrong]) == 3
    assert capsys.readouterr().err.strip()
    assert not out.exists()


def test_an_out_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["card", "--out", str(tmp_path / "nowhere" / "card.pdf")]) == 3
    assert "could not be written" in capsys.readouterr().err
