"""A lesion: where on the body, of what cause, since when, and its class by the rule."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.acts import Acts
from ui.body_map import BodyMap
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.cause_fields import CauseFields
from ui.widgets.date_field import DateField
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Choice, Form
from ui.widgets.question import Question, asked_and_kept
from woundtrack.anatomy.places import point_of
from woundtrack.anatomy.rule import RULE_VERSION, SOURCES, class_name, classify
from woundtrack.anatomy.sites import SITES, side_name, site_name
from woundtrack.context.causes import cause_question
from woundtrack.context.types import CauseFacts
from woundtrack.records import (
    Aetiology,
    BodyView,
    Lesion,
    LesionStatus,
    Patient,
    Side,
    SiteClass,
    Stored,
)
from woundtrack.report.labels import AETIOLOGIES, LESION_STATES
from woundtrack.words import _

Place = tuple[str, Side, BodyView, float, float]


def next_label(lesions: tuple[Stored[Lesion], ...]) -> str:
    """The first letter no lesion of the patient has: A to Z, then AA, AB, …"""
    from woundtrack.store.moving import free_label

    return free_label({lesion.value.label for lesion in lesions})


class LesionDialog(RecordDialog):
    """Adds a lesion, or revises one."""

    saved = Signal(int)

    def __init__(
        self,
        *,
        acts: Acts,
        patient: Stored[Patient],
        lesions: tuple[Stored[Lesion], ...],
        lesion: Stored[Lesion] | None = None,
        place: Place | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("New lesion") if lesion is None else _("Edit lesion")
        super().__init__(title=title, acts=acts, parent=parent)
        self._patient, self._lesion = patient, lesion
        self._point: tuple[BodyView, float, float] | None = None
        value = lesion.value if lesion else None
        self.body = BodyMap()
        self.body.set_sex(patient.value.sex)
        self.body.setMinimumSize(theme.grid(44), theme.grid(46))
        self.body.site_chosen.connect(self._choose_place)
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(3))
        halves.addWidget(self.body, 1)
        self._inside = self._build_form(value, next_label(lesions))
        self._scroll = DownScroll(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        halves.addWidget(self._scroll, 1)
        self.question = Question()
        self.question.answered.connect(self.save)
        self.column.addWidget(self.question)
        self.column.addLayout(halves, 1)
        if value is not None:
            if value.body_x is not None and value.body_y is not None:
                self._point = (value.body_view, value.body_x, value.body_y)
            self._show_site(value.site, value.side)
        elif place is not None:
            self._choose_place(*place)
        else:
            self.site.setCurrentIndex(-1)
            self.site.setEditText("")
            self._refresh()
        self.site.currentIndexChanged.connect(lambda _index: self._site_listed())
        self.side.currentIndexChanged.connect(lambda _index: self._side_listed())
        self.aetiology.currentIndexChanged.connect(lambda _index: self._follow_cause())
        self.cause.subtype.currentIndexChanged.connect(lambda _index: self._follow_cause())
        self.resize(theme.text_grid(115), theme.grid(80))

    def _build_form(self, value: Lesion | None, label: str) -> QWidget:
        form = Form(stacked=False)
        self.label = QLineEdit(value.label if value else label)
        self.label.setMaxLength(3)
        by_name = sorted((site_name(key), key) for key in SITES)
        self.site = Choice([(key, name) for name, key in by_name], searchable=True)
        self.side = Choice([(side, side_name(side)) for side in Side])
        self.aetiology = Choice(
            [(a, _(AETIOLOGIES[a])) for a in Aetiology],
            chosen=value.aetiology if value else Aetiology.CALCIPHYLAXIS,
        )
        self.onset_on = DateField(value.onset_on if value else None)
        self.rule = theme.label()
        self.rule.setToolTip("\n".join((RULE_VERSION, *SOURCES)))
        self.override = Choice(
            [(None, _("as the rule says")), *((c, class_name(c)) for c in SiteClass)],
            chosen=value.class_override if value else None,
        )
        self.reason = QLineEdit(value.class_override_reason if value else "")
        self.status = Choice(
            [(s, _(LESION_STATES[s])) for s in LesionStatus], chosen=value.status if value else None
        )
        self.closed_on = DateField(value.closed_on if value else None)
        self.closure_confirmed_on = DateField(value.closure_confirmed_on if value else None)
        self.note = QPlainTextEdit(value.note if value else "")
        self.note.setFixedHeight(theme.grid(8))
        self.note.setTabChangesFocus(True)
        form.add("label", _("Letter"), self.label)
        form.add("site", _("Site"), self.site)
        form.add("side", _("Side (the patient's own)"), self.side)
        form.add("aetiology", _("Cause"), self.aetiology)
        self.cause = CauseFields(form, value.cause_facts if value else CauseFacts())
        form.add("onset_on", _("Onset"), self.onset_on)
        form.add("rule", _("Class by the rule"), self.rule)
        form.add("override", _("Class"), self.override)
        form.add("reason", _("Reason, where it differs"), self.reason)
        form.add("status", _("Status"), self.status)
        form.add("closed_on", _("First seen closed"), self.closed_on)
        form.add("closure_confirmed_on", _("Closure confirmed"), self.closure_confirmed_on)
        form.add("note", _("Note"), self.note)
        self.forms.append(form)
        self.override.currentIndexChanged.connect(lambda _index: self._refresh())
        self.cause.follow(self.aetiology.value())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.grid(), 0)
        column.addWidget(form)
        column.addStretch(1)
        return inside

    def _follow_cause(self) -> None:
        """Ask what the cause needs; the dialog grows for it as far as the screen reaches."""
        self.cause.follow(self.aetiology.value())
        self._inside.adjustSize()
        wanted = self._inside.sizeHint().height() + self.height() - self._scroll.height()
        most = self.screen().availableGeometry().height() - theme.grid(6)
        if self._scroll.isVisible() and wanted > self.height():
            self.resize(self.width(), max(self.height(), min(wanted, most)))

    def first_field(self) -> QWidget:
        """The site, unless the body map has given it."""
        return self.aetiology if self.site.value() else self.site

    def _choose_place(self, site: str, side: Side, view: BodyView, x: float, y: float) -> None:
        self._point = (view, x, y)
        self._show_site(site, side)

    def _show_site(self, site: str, side: Side) -> None:
        for choice in (self.site, self.side):
            choice.blockSignals(True)
        self.site.set_value(site)
        self.side.set_value(side)
        for choice in (self.site, self.side):
            choice.blockSignals(False)
        self._refresh()

    def _site_listed(self) -> None:
        """A site taken from the list: its usual point, and a side it can have."""
        site = self.site.value()
        if site is None:
            return
        if self.side.value() not in SITES[site].sides:
            self.side.blockSignals(True)
            self.side.set_value(SITES[site].sides[0])
            self.side.blockSignals(False)
        self._point = point_of(site, self.side.value())
        self._refresh()

    def _side_listed(self) -> None:
        site = self.site.value()
        if site is not None:
            self._point = point_of(site, self.side.value())
        self._refresh()

    def _refresh(self) -> None:
        site = self.site.value()
        place = (site, self.side.value()) if site else None
        self.body.set_marked(place, self._point if place else None)
        self.rule.setText(class_name(classify(site)) if site else "–")
        self.reason.setEnabled(self.override.value() is not None)

    def value(self) -> Lesion | None:
        """What the fields say; None after a sentence was put at the field that is wrong."""
        self.clear_errors()
        if not self.dates_are_valid(
            onset_on=self.onset_on,
            closed_on=self.closed_on,
            closure_confirmed_on=self.closure_confirmed_on,
        ):
            return None
        if slip := self.cause.slip():
            self.show_at("largest_mm", slip)
            return None
        site, override = self.site.value(), self.override.value()
        if site is None:
            self.show_at("site", _("Choose the site on the body or in the list."))
            return None
        if self.side.value() not in SITES[site].sides:
            self.show_at("side", _("This site does not have this side."))
            return None
        if override is not None and not self.reason.text().strip():
            self.show_at("reason", _("Say why the class differs from the rule."))
            return None
        view, x, y = self._point or (SITES[site].view, None, None)
        by_rule, version = classify(site), RULE_VERSION
        before = self._lesion.value if self._lesion else None
        if before is not None and before.site == site:
            # A newer rule never changes a class already given by an older one.
            by_rule, version = before.class_by_rule, before.class_rule_version
        # What this dialog does not ask, as what became of the lesion, stays as it is.
        return replace(
            before or Lesion(self._patient.id, "", site, self.side.value()),
            label=self.label.text().strip().upper(),
            site=site,
            side=self.side.value(),
            aetiology=self.aetiology.value(),
            onset_on=self.onset_on.date(),
            status=self.status.value(),
            closed_on=self.closed_on.date(),
            closure_confirmed_on=self.closure_confirmed_on.date(),
            class_by_rule=by_rule,
            class_rule_version=version,
            class_override=override,
            class_override_reason=self.reason.text().strip() if override else "",
            body_view=view,
            body_x=x,
            body_y=y,
            note=self.note.toPlainText().strip(),
            cause_facts=self.cause.value(),
        )

    def save(self) -> None:
        """Write the lesion."""
        self.question.say("")  # what is asked is asked of what stands there now
        value, stored = self.value(), self._lesion
        if value is None:
            return
        before = stored.value.cause_facts if stored else CauseFacts()
        question = "" if value.cause_facts == before else cause_question(value.cause_facts)
        if not self.question.settles(question):
            return
        reason = asked_and_kept(question)
        self.write(
            lambda w: w.add(value) if stored is None else w.revise(stored, value),
            text=_("new lesion") if stored is None else _("edit lesion"),
            done=self._done,
            reason=reason,
        )

    def _done(self, result: Stored[Lesion]) -> None:
        self.saved.emit(result.id)
