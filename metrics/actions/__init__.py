"""What happens to figures and to the tally of those that count."""

from metrics.actions.sheets import (
    TypedFigure,
    append_observations,
    applicable_target,
    pass_to_tasks,
    previous_figures,
    refuse_incomplete,
    save_figures,
    sheet_gaps,
)
from metrics.actions.tallies import hold_indicators, rebuild_figures, refresh_figures

__all__ = [
    "TypedFigure",
    "append_observations",
    "applicable_target",
    "hold_indicators",
    "pass_to_tasks",
    "previous_figures",
    "rebuild_figures",
    "refresh_figures",
    "refuse_incomplete",
    "save_figures",
    "sheet_gaps",
]
