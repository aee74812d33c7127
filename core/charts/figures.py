"""The interactive figure as plain dicts for plotly-basic; sent to the browser only when the reader asks."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.charts.tables import Number

# Same values as the lights in tokens.css; a plotly trace cannot take a class.
COLOURS = {
    "done": "#1c4e89",
    "green": "#2b8a4b",
    "yellow": "#d99a05",
    "red": "#c4281f",
    "grey": "#b7c0ca",
    "waiting": "#8fa1b5",
    "unsettled": "#b9cde2",
    "unreported": "#b7c0ca",
    "unassessed": "#d8dde3",
    "actual": "#1c4e89",
    "blue": "#1c4e89",
    "actual-2": "#6d94bf",
    "actual-3": "#b9cde2",
}


def label(words: str) -> str:
    """Text as text: plotly reads <a>, <b> and entities in labels as markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(value: Number) -> float | int | None:
    """A number JSON knows; unknown stays null, which plotly draws as a gap."""
    return float(value) if isinstance(value, Decimal) else value


def bars(
    name: str, labels: Sequence[str], values: Sequence[Number], tone: str, *, across: bool
) -> dict[str, Any]:
    """One series of bars; `across` lays them down."""
    names, numbers = [label(words) for words in labels], [plain(value) for value in values]
    return {
        "type": "bar",
        "name": label(name),
        "x": numbers if across else names,
        "y": names if across else numbers,
        "orientation": "h" if across else "v",
        "marker": {"color": COLOURS[tone]},
    }


def figure(unit: str, traces: list[dict[str, Any]], *, across: bool, stacked: bool = False) -> dict[str, Any]:
    """Traces with a layout that carries no theme: six kilobytes less per figure."""
    value_axis = {"title": {"text": label(unit)}, "rangemode": "tozero", "fixedrange": False}
    name_axis: dict[str, Any] = {"type": "category", "automargin": True}
    if across:
        name_axis["autorange"] = "reversed"
    layout = {
        "barmode": "stack" if stacked else "group",
        "xaxis": value_axis if across else name_axis,
        "yaxis": name_axis if across else value_axis,
        "showlegend": len(traces) > 1,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        "margin": {"t": 56, "r": 16, "b": 48, "l": 48},
    }
    return {"data": traces, "layout": layout}
