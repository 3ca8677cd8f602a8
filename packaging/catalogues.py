"""The catalogue of words: extract, update, check, compile.

python packaging/catalogues.py update    take up new words into every .po
python packaging/catalogues.py check     fail where a .po is stale or untranslated
python packaging/catalogues.py compile   make the .mo files that the program reads
"""

import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
SOURCES = ("woundtrack", "ui")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "counted": (1, 2)}
LANGUAGES = ("fr",)


def extracted() -> Catalog:
    """Every marked word of the program."""
    catalogue = Catalog(project="woundtrack", charset="utf-8")
    for room in [*SOURCES, "main.py"]:
        place = ROOT / room
        if place.is_file():
            found = _from_file(place)
        else:
            found = extract_from_dir(str(place), keywords=KEYWORDS, comment_tags=("i18n:",))
        for name, line, message, comments, context in found:
            where = f"{room}/{name}" if place.is_dir() else room
            catalogue.add(message, None, [(where, line)], auto_comments=comments, context=context)
    return catalogue


def _from_file(path: Path) -> list[tuple[str, int, str, list[str], str | None]]:
    from babel.messages.extract import extract_from_file

    return [
        ("", line, message, comments, context)
        for line, message, comments, context in extract_from_file(
            "python", str(path), keywords=KEYWORDS
        )
    ]


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "woundtrack.po"


def _read(language: str) -> Catalog:
    path = _po(language)
    if not path.exists():
        return Catalog(locale=language, project="woundtrack", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> int:
    """Take up new words into each language, keep the translated ones, drop the dead."""
    template = extracted()
    for language in LANGUAGES:
        catalogue = _read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = _po(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, sort_output=True, width=96)
        empty = sum(1 for message in catalogue if message.id and not _translated(message))
        print(f"{language}: {len(catalogue)} words, {empty} to translate")
    return 0


def check() -> int:
    """1 where a language lacks a word, keeps a dead one, or loses a {field}."""
    wanted = {message.id for message in extracted() if message.id}
    problems: list[str] = []
    for language in LANGUAGES:
        catalogue = _read(language)
        held = {message.id for message in catalogue if message.id}
        problems += [f"{language}: not taken up: {_short(word)}" for word in wanted - held]
        problems += [f"{language}: no longer used: {_short(word)}" for word in held - wanted]
        for message in catalogue:
            if message.id in wanted:
                problems += [f"{language}: {fault}" for fault in _faults(message)]
    for problem in sorted(problems):
        print(problem)
    print(f"catalogue: {len(wanted)} words, {len(problems)} problems")
    return 1 if problems else 0


def _short(identifier: object) -> str:
    return str(identifier)[:80]


def _translated(message: Message) -> bool:
    text = message.string
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _faults(message: Message) -> list[str]:
    if not _translated(message):
        return [f"untranslated: {_short(message.id)}"]
    if message.fuzzy:
        return [f"fuzzy: {_short(message.id)}"]
    sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    wanted = set().union(*map(_fields, sources))
    return [
        f"fields differ: {_short(message.id)}"
        for text in texts
        if not _fields(text) <= wanted or (len(sources) == 1 and _fields(text) != wanted)
    ]


def compile_all() -> int:
    """Make each .mo from its .po, where it is newer."""
    for language in LANGUAGES:
        po, mo = _po(language), _po(language).with_suffix(".mo")
        if po.exists() and not (mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime):
            with mo.open("wb") as file:
                write_mo(file, _read(language))
    return 0


if __name__ == "__main__":
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
