"""A patient's risk factors: each asked or not, in groups."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.yes_no import YesNo
from woundtrack.context.risks import RISK_FACTORS, Risk, risk_name
from woundtrack.context.types import RiskFactor
from woundtrack.words import N_, _

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Metabolism"),
        ("diabetes", "obesity", "low_albumin", "hyperparathyroidism", "low_pth", "under_dialysis"),
    ),
    (N_("Origin and operations"), ("maori_polynesian", "bariatric_surgery", "trauma")),
    (
        N_("Medicines"),
        (
            "vitamin_k_antagonist", "intravenous_iron", "active_vitamin_d", "calcium_binders",
            "insulin_injections",
        ),
    ),
    (
        N_("Inflammation and clotting"),
        ("inflammation", "hypercoagulability", "autoimmunity", "sepsis", "shock"),
    ),
)  # fmt: skip
"""The factors that are asked about, as they are shown: the first two groups left."""


def grouped() -> list[tuple[str, list[Risk]]]:
    """The groups with their factors; one that belongs to no group comes in the last."""
    placed = {key for _name, keys in GROUPS for key in keys}
    rest = [risk for key, risk in RISK_FACTORS.items() if risk.asked and key not in placed]
    found = [(name, [RISK_FACTORS[key] for key in keys if key in RISK_FACTORS])
             for name, keys in GROUPS]  # fmt: skip
    found[-1][1].extend(rest)
    return found


class RiskFields(QWidget):
    """One line a factor; what nobody asked about stays unsaid."""

    def __init__(self, factors: tuple[RiskFactor, ...]) -> None:
        super().__init__()
        answers = {factor.key: factor.present for factor in factors}
        self._unknown = tuple(factor for factor in factors if factor.key not in RISK_FACTORS)
        self.rows: dict[str, YesNo] = {}
        halves = QHBoxLayout()
        halves.setSpacing(theme.grid(4))
        groups = grouped()
        for part in (groups[: len(groups) // 2], groups[len(groups) // 2 :]):
            halves.addLayout(self._column(part, answers), 1)
        self.told = theme.label(role="muted")
        self.told.setWordWrap(True)
        yes, no = (text[:1].upper() for text in (_("Yes"), _("No")))
        self.told.setText(
            _("{yes} and {no} answer and go on, Backspace takes an answer away. What is left open "
              "counts as not asked.").format(yes=yes, no=no)
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        column.addLayout(halves)
        column.addWidget(self.told)
        column.addStretch(1)
        order = list(self.rows.values())
        for place, row in enumerate(order):
            row.left.connect(partial(self._go, order, place))
        self.setFocusProxy(order[0])

    def _column(
        self, groups: list[tuple[str, list[Risk]]], answers: dict[str, bool]
    ) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(2))
        grid.setVerticalSpacing(theme.grid(0.5))
        grid.setColumnStretch(0, 1)
        for name, risks in groups:
            line = grid.rowCount()
            grid.addWidget(theme.label(_(name), role="heading"), line, 0, 1, 2)
            grid.setRowMinimumHeight(line, theme.grid(4))
            for risk in risks:
                title = theme.label(risk_name(risk.key))
                title.setToolTip(
                    "\n".join(
                        part for part in (_(risk.seen) if risk.seen else "", risk.source) if part
                    )
                )
                row = YesNo(answers.get(risk.key), name=title.text())
                row.setToolTip(title.toolTip())
                self.rows[risk.key] = row
                line = grid.rowCount()
                grid.addWidget(title, line, 0)
                grid.addWidget(row, line, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _go(self, order: list[YesNo], place: int, step: int) -> None:
        if 0 <= place + step < len(order):
            order[place + step].setFocus(Qt.FocusReason.TabFocusReason)

    def factors(self) -> tuple[RiskFactor, ...]:
        """What was asked, in the order of the list; answers that this program cannot show stay."""
        answers = {key: row.value() for key, row in self.rows.items()}
        said = tuple(
            RiskFactor(key, present)
            for key in RISK_FACTORS
            if (present := answers.get(key)) is not None
        )
        return said + self._unknown
