"""Every act of the window as data: its menu, words, shortcut, icon and when it is offered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Flag, auto

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui import icons, theme
from woundtrack.words import N_, _


class Needs(Flag):
    """What must be so for an act to be offered."""

    NOTHING = 0
    CLINIC = auto()
    WRITING = auto()
    PATIENT = auto()
    LESION = auto()
    ADMINISTRATOR = auto()
    VISIT = auto()


_W = Needs.CLINIC | Needs.WRITING
_A = _W | Needs.ADMINISTRATOR
_P = Needs.CLINIC | Needs.PATIENT
_PW = _W | Needs.PATIENT
_LW = _PW | Needs.LESION
_V = Needs.CLINIC | Needs.PATIENT | Needs.VISIT
_VW = _V | Needs.WRITING


@dataclass(frozen=True, slots=True)
class Act:
    """One menu entry. `text` is marked for the catalogue."""

    key: str
    text: str
    shortcut: str
    icon: str = ""
    needs: Needs = Needs.NOTHING
    choice: str = ""
    """Name of the exclusive group the act belongs to."""


SEPARATOR = Act("", "", "")

FILE = (
    Act("new_patient", N_("&New patient…"), "Ctrl+N", "user-plus", _W),
    Act("import_photos", N_("&Import photos…"), "Ctrl+I", "image-up", _PW),
    Act("import_folder", N_("Import a &folder…"), "Ctrl+Shift+I", "folder-input", _PW),
    SEPARATOR,
    Act("report", N_("&Report…"), "Ctrl+P", "file-text", _P),
    Act("visit_report", N_("Print a &visit…"), "Ctrl+Shift+R", "printer", _P),
    Act("loose_photos", N_("Photos without a visit…"), "Ctrl+Alt+J", "images", Needs.CLINIC),
    Act("export_tables", N_("&Export tables…"), "Ctrl+Alt+X", "grid-3x3", _W),
    Act("export_pictures", N_("Pictures without na&mes…"), "Ctrl+Alt+S", "eye-off", _W),
    Act("export_record", N_("E&xport records…"), "Ctrl+Alt+O", "upload", _W),
    Act("import_record", N_("Import record&s…"), "Ctrl+Alt+N", "import", _W | Needs.ADMINISTRATOR),
    Act("print_card", N_("Print &card…"), "Ctrl+Shift+P", "qr-code", _W),
    Act("protocol", N_("How to photo&graph wounds…"), "Ctrl+Alt+I", "camera", Needs.CLINIC),
    SEPARATOR,
    Act("users", N_("&Users…"), "Ctrl+Alt+U", "users", Needs.CLINIC),
    Act("letterhead", N_("Clinic’s letterhea&d…"), "Ctrl+Alt+B", "hospital", _A),
    Act("journal", N_("&Journal"), "Ctrl+J", "scroll-text", Needs.CLINIC | Needs.ADMINISTRATOR),
    Act("cohort", N_("Co&hort"), "Ctrl+Alt+H", "chart-line", Needs.CLINIC),
    Act("rater_studies", N_("Rater s&tudies…"), "Ctrl+Alt+R", "pen-tool", Needs.CLINIC),
    Act("passphrase", N_("My &passphrase…"), "Ctrl+Alt+P", "key-round", _W),
    Act("backup", N_("&Backups…"), "Ctrl+Alt+C", "hard-drive", Needs.CLINIC),
    SEPARATOR,
    Act("lock", N_("&Lock"), "Ctrl+L", "lock", Needs.CLINIC),
    Act("switch_user", N_("Ch&ange user…"), "Ctrl+Shift+U", "user-round", Needs.CLINIC),
    Act("lock_after", N_("Loc&k after…"), "Ctrl+Alt+K", "timer"),
    Act("quit", N_("&Quit"), "Ctrl+Q", "log-out"),
)
EDIT = (
    Act("undo", N_("&Undo"), "Ctrl+Z", "undo-2", _W),
    Act("redo", N_("&Redo"), "Ctrl+Shift+Z", "redo-2", _W),
    SEPARATOR,
    Act("find", N_("&Find patient"), "Ctrl+F", "search", Needs.CLINIC),
    Act("bin", N_("&Bin…"), "Ctrl+B", "archive-restore", Needs.CLINIC),
)
VIEW = (
    Act("list", N_("Patient &list"), "F9", "panel-left", Needs.CLINIC),
    Act("full_screen", N_("&Full screen"), "F11", "maximize"),
    SEPARATOR,
    Act("larger", N_("&Larger text"), "Ctrl++", "zoom-in"),
    Act("smaller", N_("&Smaller text"), "Ctrl+-", "zoom-out"),
    Act("usual", N_("&Usual text size"), "Ctrl+0"),
    SEPARATOR,
    Act("theme_system", N_("Colours of the &desktop"), "Ctrl+Alt+0", "monitor", choice="theme"),
    Act("theme_light", N_("L&ight"), "Ctrl+Alt+1", "sun", choice="theme"),
    Act("theme_dark", N_("D&ark"), "Ctrl+Alt+2", "moon", choice="theme"),
    SEPARATOR,
    Act("language_en", "English", "Ctrl+Alt+E", choice="language"),
    Act("language_fr", "Français", "Ctrl+Alt+F", choice="language"),
)
PATIENT = (
    Act("new_visit", N_("New &visit"), "Ctrl+Shift+N", "camera", _PW),
    Act("new_lesion", N_("New &lesion…"), "Ctrl+Shift+L", "map-pin", _PW),
    Act("new_therapy", N_("New &therapy…"), "Ctrl+T", "pill", _PW),
    Act("sessions", N_("Therapy sessio&ns…"), "Ctrl+Shift+T", "list-checks", _P),
    Act("labs", N_("L&aboratory results…"), "Ctrl+R", "droplets", _PW),
    Act("new_event", N_("Ne&w event…"), "Ctrl+Shift+E", "flag", _PW),
    Act("new_analgesic", N_("New analgesi&c…"), "Ctrl+Shift+A", "syringe", _PW),
    SEPARATOR,
    Act("compare", N_("Compare p&hotos…"), "Ctrl+D", "blend", _P),
    SEPARATOR,
    Act("edit_patient", N_("&Edit patient…"), "F2", "user-pen", _PW),
    Act("edit_lesion", N_("Edit le&sion…"), "Shift+F2", "pencil", _LW),
    Act("revisions", N_("Earlier &revisions…"), "Ctrl+H", "history", _P),
    SEPARATOR,
    Act("merge_patients", N_("&Merge with another patient…"), "Ctrl+Alt+M", "merge", _PW),
    Act("merge_lesions", N_("Mer&ge two lesions…"), "Ctrl+Alt+L", "git-merge", _LW),
    Act("became", N_("Lesion parte&d or grew together…"), "Ctrl+Alt+G", "waypoints", _LW),
    Act("move", N_("M&ove to another patient…"), "Ctrl+Alt+V", "arrow-right-left", _PW),
    SEPARATOR,
    Act("delete_lesion", N_("Lesion to the &bin"), "Shift+Del", "trash-2", _LW),
    Act("delete_visit", N_("Visit to the b&in…"), "Ctrl+Shift+Del", "trash-2", _PW),
    Act("delete_patient", N_("&Patient to the bin"), "Ctrl+Alt+Del", "trash-2", _PW),
)
VISIT = (
    Act("step_1", N_("&Photos"), "Alt+1", "images", _V),
    Act("step_2", N_("&Scale"), "Alt+2", "ruler", _V),
    Act("step_3", N_("&Outline"), "Alt+3", "spline", _V),
    Act("step_4", N_("&Form"), "Alt+4", "clipboard-list", _V),
    Act("step_5", N_("&Confirm"), "Alt+5", "badge-check", _V),
    SEPARATOR,
    Act("go_on", N_("&Accept and go on"), "Ctrl+Return", "check", _V),
    Act("reopen", N_("&Wound open again…"), "Ctrl+Alt+W", "map-pin", _VW),
    Act("correct_visit", N_("Co&rrect the confirmed visit…"), "Ctrl+E", "square-pen", _VW),
    Act("discard_correction", N_("&Discard the correction"), "Ctrl+Alt+D", "rotate-ccw", _VW),
    Act("leave_visit", N_("&Back to the patient"), "Alt+Left", "arrow-left", _V),
)
HELP = (
    Act("guide", N_("User &guide"), "F1", "book-open"),
    Act("check_clinic", N_("&Check the clinic…"), "Ctrl+Alt+Y", "shield-check", Needs.CLINIC),
    Act("about", N_("&About woundtrack"), "Shift+F1", "info"),
)
MENUS: tuple[tuple[str, tuple[Act, ...]], ...] = (
    (N_("&File"), FILE),
    (N_("&Edit"), EDIT),
    (N_("&View"), VIEW),
    (N_("&Patient"), PATIENT),
    (N_("V&isit"), VISIT),
    (N_("&Help"), HELP),
)


class Actions:
    """The window's QActions by key, in their menus."""

    def __init__(self, window: QMainWindow, run: Callable[[str], None]) -> None:
        self._run = run
        self._window = window
        self._all: dict[str, QAction] = {}
        self._needs: dict[str, Needs] = {}
        self._groups: dict[str, QActionGroup] = {}
        bar = window.menuBar()
        bar.clear()
        for title, acts in MENUS:
            menu = bar.addMenu(_(title))
            for act in acts:
                self._add(menu, act)
            if acts is VISIT:
                menu.addSeparator()
                self.photo_menu = menu.addMenu(_("P&hoto"))
                self.photo_menu.aboutToShow.connect(self._fill_photo_menu)
        self.photo_actions: Callable[[], Sequence[QAction]] = tuple
        """What the photo in front offers; its keys work while the photo has the keyboard."""

    def __getitem__(self, key: str) -> QAction:
        return self._all[key]

    def offer(self, has: Needs) -> None:
        """Enable what can be done with what there is, and nothing else."""
        for key, needs in self._needs.items():
            self._all[key].setEnabled((needs & has) == needs)

    def check(self, choice: str, value: str) -> None:
        """Mark the chosen one of an exclusive group."""
        self._all[f"{choice}_{value}"].setChecked(True)

    def dispose(self) -> None:
        """Take every action off the window, so that its shortcut is free again."""
        for action in self._all.values():
            action.deleteLater()
        self._window.menuBar().clear()

    def _fill_photo_menu(self) -> None:
        self.photo_menu.clear()
        self.photo_menu.addActions(list(self.photo_actions()))
        if self.photo_menu.isEmpty():
            nothing = self.photo_menu.addAction(_("No photo is shown"))
            nothing.setEnabled(False)

    def menu(self, keys: tuple[str, ...]) -> QMenu:
        """A pop-up of some of the acts; "" is a line between."""
        made = QMenu(self._window)
        for key in keys:
            if key:
                made.addAction(self._all[key])
            else:
                made.addSeparator()
        return made

    def _add(self, menu: QMenu, act: Act) -> None:
        if act is SEPARATOR:
            menu.addSeparator()
            return
        action = QAction(_(act.text), self._window)
        action.setShortcut(QKeySequence(act.shortcut))
        if act.icon:
            action.setIcon(icons.icon(act.icon))
        if act.choice:
            action.setCheckable(True)
            if act.choice not in self._groups:
                self._groups[act.choice] = QActionGroup(self._window)
            self._groups[act.choice].addAction(action)
        action.triggered.connect(lambda _checked=False, key=act.key: self._run(key))
        menu.addAction(action)
        self._all[act.key] = action
        self._needs[act.key] = act.needs


def next_zoom(zoom: float, *, by: int) -> float:
    """The text zoom one step larger or smaller."""
    place = theme.ZOOMS.index(min(theme.ZOOMS, key=lambda one: abs(one - zoom)))
    return theme.ZOOMS[max(0, min(len(theme.ZOOMS) - 1, place + by))]
