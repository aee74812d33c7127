"""Every chart's interactive figure is one the library's own schema accepts, unknown values and hostile words too."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from core.charts import (
    BarRow,
    Bullet,
    BulletRow,
    Period,
    Series,
    ShareBars,
    ShareRow,
    StackedBars,
    TargetActual,
)

DAY, HOSTILE = dt.date(2026, 9, 30), '<a href="https://a.example">甲</a>'
SERIES = tuple(
    Series(word, tone)
    for word, tone in (
        *(("已办结", "done"), ("达到序时", "green"), ("黄", "yellow")),
        *(("红", "red"), ("未报", "unreported"), ("不考核", "unassessed")),
    )
)
CHARTS = {
    "stacked": StackedBars(
        "各领域进展",
        "项",
        SERIES,
        (BarRow(HOSTILE, (1, 2, 0, None, 3, 4), "备注"), BarRow("空", (None,) * 6)),
        as_of=DAY,
    ),
    "periods": TargetActual(
        "目标与实际",
        HOSTILE,
        (
            Period("二季度", Decimal("43.1"), Decimal(45), "2026年"),
            Period("三季度", None),
            Period("四季度", 0, 46),
        ),
        DAY,
        1,
    ),
    "bullets": Bullet(
        "主要指标",
        (
            BulletRow(HOSTILE, Decimal(431), Decimal(450), "人", Decimal(400), Decimal(380)),
            BulletRow("未知", None, None),
        ),
        DAY,
    ),
    "shares": ShareBars(
        "产业工人占比",
        (ShareRow("先进", Decimal("0.309"), "30.9%"), ShareRow(HOSTILE, None, "4.25%", "分母未列明")),
        DAY,
    ),
    "empty periods": TargetActual("目标与实际", "人", ()),
    "empty bullets": Bullet("主要指标", ()),
}


@pytest.mark.parametrize("name", CHARTS)
def test_the_library_accepts_the_figure(name):
    from plotly.graph_objects import Figure  # heavy: only here, to ask its schema

    given = CHARTS[name].plotly
    figure = Figure(given)
    assert [trace.type for trace in figure.data] == [trace["type"] for trace in given["data"]]
    assert figure.layout.to_plotly_json().keys() >= given["layout"].keys()
