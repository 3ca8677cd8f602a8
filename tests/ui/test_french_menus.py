"""Menus can be worked by keyboard in French as well."""

from ui.actions import MENUS, SEPARATOR
from woundtrack import words


def test_each_french_menu_entry_has_an_accelerator_of_its_own() -> None:
    words.set_language("fr")
    menus = [[title for title, _acts in MENUS]]
    menus += [[act.text for act in acts if act is not SEPARATOR] for _title, acts in MENUS]
    for texts in menus:
        french = [words._(text) for text in texts if "&" in text]
        keys = [text.partition("&")[2][:1].lower() for text in french]
        assert all(key.isalpha() for key in keys), french
        assert len(set(keys)) == len(keys), french
