"""What the window remembers between runs: never whom it was about, nor who was open."""

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QLocale, QSettings

from ui import theme
from woundtrack import words
from woundtrack.lock_time import kept_minutes
from woundtrack.report.chart_choice import OWN_LABS, USUAL, AreaScale, ChartChoice

DEFAULT_LOCK_MINUTES = 5


class Settings:
    """Typed access to one settings file of the person's account, independent of any clinic."""

    def __init__(self, path: Path | None = None) -> None:
        file = path or platformdirs.user_config_path("woundtrack") / "settings.ini"
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def clinic_folder(self) -> Path | None:
        """The clinic folder opened last on this account, if any."""
        text = self._text("clinic/folder", "")
        return Path(text) if text else None

    @clinic_folder.setter
    def clinic_folder(self, folder: Path | None) -> None:
        self._store.setValue("clinic/folder", str(folder) if folder else "")

    @property
    def language(self) -> str:
        """The chosen language, else the desktop's where the program speaks it."""
        chosen = self._text("view/language", "")
        if chosen in words.LANGUAGES:
            return chosen
        system = QLocale.system().name()[:2]
        return system if system in words.LANGUAGES else "en"

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("view/language", code)

    @property
    def theme(self) -> str:
        """One of `theme.CHOICES`."""
        chosen = self._text("view/theme", "system")
        return chosen if chosen in theme.CHOICES else "system"

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("view/theme", choice)

    @property
    def zoom(self) -> float:
        """The text zoom: one of `theme.ZOOMS`."""
        try:
            chosen = float(self._text("view/zoom", "1"))
        except ValueError:
            return 1.0
        return min(theme.ZOOMS, key=lambda zoom: abs(zoom - chosen))

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._store.setValue("view/zoom", str(zoom))

    @property
    def chart_choice(self) -> ChartChoice:
        """The series that charts show, as last chosen."""
        series = tuple(key for key in self._text("view/chart_series", "").split(",") if key)
        scale = self._text("view/chart_area", "")
        known = [each.value for each in AreaScale]
        return ChartChoice(
            series or USUAL.series, AreaScale(scale) if scale in known else USUAL.area_scale
        )

    @chart_choice.setter
    def chart_choice(self, choice: ChartChoice) -> None:
        # A value that a clinic named itself holds words that people typed: they are not kept.
        named = [key for key in choice.series if not key.startswith(OWN_LABS)]
        self._store.setValue("view/chart_series", ",".join(named))
        self._store.setValue("view/chart_area", choice.area_scale.value)

    @property
    def lock_minutes(self) -> int:
        """Idle minutes after which the window locks, as chosen; a clinic may allow fewer."""
        text = self._text("lock/minutes", "")
        return kept_minutes(int(text)) if text.isdecimal() else DEFAULT_LOCK_MINUTES

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._store.setValue("lock/minutes", str(kept_minutes(minutes)))

    def last(self, name: str) -> str:
        """What was last given for a thing that every photo asks again, such as a coin."""
        return self._text(f"last/{name}", "")

    def keep_last(self, name: str, text: str) -> None:
        """Remember what was given for it."""
        self._store.setValue(f"last/{name}", text)

    def layout(self, name: str) -> QByteArray | None:
        """A remembered window geometry or splitter state."""
        kept = self._store.value(f"layout/{name}")
        return kept if isinstance(kept, QByteArray) and not kept.isEmpty() else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Remember a window geometry or splitter state."""
        self._store.setValue(f"layout/{name}", state)

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()

    def _text(self, name: str, default: str) -> str:
        kept = self._store.value(name, default)
        return kept if isinstance(kept, str) else default
