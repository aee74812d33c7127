"""Indicators, their targets and what was observed."""

from metrics.models.indicators import Indicator, Target, TaskIndicator
from metrics.models.observations import FigureEntry, FigureSheet, Observation

__all__ = ["FigureEntry", "FigureSheet", "Indicator", "Observation", "Target", "TaskIndicator"]
