"""Every failure has one sentence with the way out, in every language."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from woundtrack import errors, words
from woundtrack.explain import explain
from woundtrack.sentences import SENTENCES

ROOT = Path(__file__).resolve().parent.parent
KINDS = {name for name in dir(errors) if name.endswith("Error")}


@cache
def _raised() -> tuple[tuple[str, str, set[str]], ...]:
    """Every error made with a literal code: where, its code, its data's names."""
    return tuple(_errors_made())


def _errors_made() -> Iterator[tuple[str, str, set[str]]]:
    for room in ("woundtrack", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "Error(" not in text:
                continue
            for node in ast.walk(ast.parse(text)):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                first = node.args[0] if node.args else None
                if node.func.id in KINDS and isinstance(first, ast.Constant):
                    yield path.name, str(first.value), {k.arg or "**" for k in node.keywords}


def test_every_code_that_is_raised_has_a_sentence() -> None:
    missing = sorted({f"{where}: {code}" for where, code, _ in _raised() if code not in SENTENCES})
    assert not missing


def test_every_field_of_a_sentence_is_given_where_it_is_raised() -> None:
    lacking = []
    for where, code, given in _raised():
        fields = {f for _, f, _, _ in string.Formatter().parse(SENTENCES.get(code, "")) if f}
        if "**" not in given and not fields <= given | {"code"}:
            lacking.append(f"{where}: {code} lacks {sorted(fields - given)}")
    assert not lacking


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_an_unknown_code_is_still_a_sentence(language: str) -> None:
    words.set_language(language)
    assert "photo.never_heard_of" in explain(errors.PhotoError("photo.never_heard_of"))


def test_numbers_are_written_as_the_language_writes_them() -> None:
    error = errors.ScaleError("scale.steps_disagree", steps=78, length_mm=12.25)
    assert "78 steps" in explain(error)
    assert "12.25 mm" in explain(error)
    assert " 12 mm" in explain(errors.ScaleError("scale.steps_disagree", steps=78, length_mm=12.0))
    words.set_language("fr")
    assert "12,25" in explain(error)
