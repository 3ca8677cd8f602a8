"""The French catalogue is whole, keeps every field, and is set as French is printed."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from woundtrack import words
from woundtrack.anatomy.sites import SITES, place_name
from woundtrack.records import Side

ROOT = Path(__file__).resolve().parent.parent
NO_BREAK = "\N{NO-BREAK SPACE}"
FILLED_IN = re.compile(r"%(\(\w+\))?[sr]\b")
"""What argparse fills in."""


def _catalogues() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "catalogues", ROOT / "packaging" / "catalogues.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pairs() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each message with its French: one text, or the forms of a plural."""

    def forms(text: object) -> tuple[str, ...]:
        return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)

    catalogue = _catalogues()._read("fr")
    return [(forms(one.id), forms(one.string)) for one in catalogue if one.id]


def _texts(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> Iterator[str]:
    for _sources, texts in pairs:
        yield from texts


def test_french_is_complete_and_holds_no_dead_word(capsys: pytest.CaptureFixture[str]) -> None:
    failed = _catalogues().check()
    assert not failed, capsys.readouterr().out


def test_every_field_of_a_message_is_in_its_translation(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    fields = _catalogues()._fields
    for sources, texts in pairs:
        wanted = set().union(*map(fields, sources))
        assert all(fields(text) == wanted for text in texts), sources


def test_what_the_standard_library_fills_in_is_in_its_translation(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    filled = [
        (sorted(m.group() for m in FILLED_IN.finditer(sources[0])),
         sorted(m.group() for m in FILLED_IN.finditer(texts[0])))
        for sources, texts in pairs
    ]  # fmt: skip
    assert any(source for source, _text in filled)
    assert [(source, text) for source, text in filled if source != text] == []


def test_a_plural_has_the_two_french_forms(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    assert any(len(sources) == 2 for sources, _texts in pairs)
    assert all(len(sources) == len(texts) for sources, texts in pairs)


def test_apostrophes_and_quotes_are_typographic(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    assert [text for text in _texts(pairs) if re.search("['\"“”`]", text)] == []


def test_double_punctuation_stands_after_a_no_break_space(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    wrong = re.compile(f"[^{NO_BREAK}][:;?!%»]|«[^{NO_BREAK}]")
    typed = re.compile(r"\b(ruler|dot|square):(?=MM|x)")  # as a person types it at a prompt
    plain = [typed.sub("", FILLED_IN.sub("x", text)) for text in _texts(pairs)]
    assert [text for text in plain if wrong.search(text)] == []


def test_a_number_and_its_unit_stay_on_one_line(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    parted = re.compile(r"[\d}] (mm|cm|cm²|px|h|mg|g|µg|pg|mL|L|min|mmol|ATA|Mo|pixels?)\b")
    assert [text for text in _texts(pairs) if parted.search(text)] == []


def test_one_thing_has_one_french_word(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    unwanted = {
        r"\bà la règle\b": "réglette, what lies beside the wound",
        r"\baire\b": "surface",
        r"\bvitesse\b": "rythme",
        r"\bsiège\b": "localisation",
        r"\bpeau neuve\b": "épithélium",
        r"\bse connecter\b": "ouvrir la session",
        r"\béquivalents? de morphine\b": "équivalent morphine",
        r"\bce logiciel\b": "programme",
    }
    found = [
        (text, meant)
        for sources, texts in pairs
        for text in texts
        for pattern, meant in unwanted.items()
        if not sources[0].startswith("Measure the line") and re.search(pattern, text, re.IGNORECASE)
    ]
    assert found == []


def test_spaces_at_the_ends_are_those_of_the_message(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    for sources, texts in pairs:
        for text in texts:
            assert text[:1].isspace() == sources[0][:1].isspace(), sources
            assert text[-1:].isspace() == sources[0][-1:].isspace(), sources


@pytest.mark.parametrize(
    ("site", "side", "french"),
    [
        ("calf", Side.LEFT, "mollet gauche"),
        ("heel", Side.RIGHT, "talon droit"),
        ("thigh", Side.RIGHT, "cuisse droite"),
        ("thigh_medial", Side.RIGHT, "face interne de la cuisse droite"),
        ("abdomen", Side.MIDLINE, "abdomen, ligne médiane"),
        ("penis", Side.MIDLINE, "pénis"),
    ],
)
def test_the_side_agrees_with_the_site(site: str, side: Side, french: str) -> None:
    words.set_language("fr")
    assert place_name(site, side) == french


def test_the_feminine_sites_are_sites_and_english_has_none() -> None:
    words.set_language("fr")
    assert set(words._("(no feminine sites)").split()) < set(SITES)
    words.set_language("en")
    assert place_name("thigh", Side.RIGHT) == "right thigh"
