"""Indicators, their targets and what was observed."""

from metrics.models.indicators import Indicator, Target, TaskIndicator
from metrics.models.observations import FigureEntry, FigureSheet, Observation
from metrics.models.tallies import FigureTally

__all__ = [
    "FigureEntry",
    "FigureSheet",
    "FigureTally",
    "Indicator",
    "Observation",
    "Target",
    "TaskIndicator",
]
