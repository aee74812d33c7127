"""Charts drawn by the server: one description gives the picture, the table under it and the interactive figure.

Nothing here reads the database or the clock. Widths are percentages and text keeps its size, so the same picture
serves a wide screen and a telephone. Colours come from classes (`tone-…` in charts.css), never from attributes.
"""

from core.charts.bars import BarRow, Series, ShareBars, ShareRow, StackedBars
from core.charts.bullets import Bullet, BulletRow
from core.charts.periods import Period, TargetActual
from core.charts.tables import ChartTable

__all__ = [
    "BarRow",
    "Bullet",
    "BulletRow",
    "ChartTable",
    "Period",
    "Series",
    "ShareBars",
    "ShareRow",
    "StackedBars",
    "TargetActual",
]
