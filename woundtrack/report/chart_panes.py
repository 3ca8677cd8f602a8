"""The panes of a chart from top to bottom: what is chosen, one axis a pane."""

from collections.abc import Sequence

from woundtrack.report.chart_area import area_pane
from woundtrack.report.chart_choice import AREA, LAB, OME, ChartChoice, shown_of
from woundtrack.report.chart_curves import PaneView
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_labs import lab_pane, ome_pane
from woundtrack.report.chart_scores import pain_pane, score_pane


def panes_of(data: ChartData, choice: ChartChoice) -> tuple[PaneView, ...]:
    """One pane for each axis that the choice needs, in the order of what is offered."""
    keys: dict[str, list[str]] = {}
    for offer in shown_of(data.offers, choice):
        keys.setdefault(offer.pane, []).append(offer.key)
    return tuple(_pane(data, choice, pane, of_pane) for pane, of_pane in keys.items())


def _pane(data: ChartData, choice: ChartChoice, pane: str, keys: Sequence[str]) -> PaneView:
    if pane == AREA:
        return area_pane(data, scale=choice.area_scale, keys=keys)
    if pane == OME:
        return ome_pane(data)
    if pane.startswith(LAB):
        return lab_pane(data, keys=keys)
    return (
        score_pane(data, keys=keys) if pane == "scores" else pain_pane(data, pane=pane, keys=keys)
    )
