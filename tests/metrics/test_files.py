"""The files one takes away: the workbook spread over quarters, and a chart that opens without the portal."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from urllib.parse import unquote

import pytest

from core.models import AuditEvent
from metrics.models import Indicator, Target
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
QUARTERS, CHART = "/metrics/export/quarters/", "/metrics/zongliang/chart/"


@pytest.fixture
def clerk(office_clerk, client_for):
    return client_for(office_clerk)


@pytest.fixture
def total():
    """An indicator with the figures and targets of two quarters, and the year's target."""
    indicator = factories.indicator(code="zongliang", name="高技能人才总量", position=1)
    for quarter in (2, 1):
        factories.observation(
            indicator=indicator,
            year=2026,
            quarter=quarter,
            value=Decimal(quarter),
            as_of_on=dt.date(2026, 3 * quarter, 28),
        )
    factories.target(indicator=indicator, quarter=2, value=Decimal("2.5"))
    factories.target(indicator=indicator, value=None, wording="稳中有升")
    return indicator


def test_quarters_stand_side_by_side(clerk, total):
    factories.indicator(code="kong", name="还没有数据", position=2)
    heads, as_of, first, second = rows_of(clerk.get(QUARTERS))
    assert heads == (
        *("指标代码", "指标名称", "计量单位"),
        *("2026年一季度实际", "2026年二季度实际", "2026年二季度目标", "2026年全年目标"),
        "演示数据",
    )
    assert as_of[1:5] == ("数据截至（最晚）", None, dt.datetime(2026, 3, 28), dt.datetime(2026, 6, 28))
    assert first == ("zongliang", "高技能人才总量", "人", 1, 2, 2.5, "稳中有升", "否")
    assert second == ("kong", "还没有数据", "人", None, None, None, None, "否")


def test_quarters_of_shares_sums_and_bounds(clerk):
    share = factories.indicator(
        code="bili", position=1, kind=Indicator.Kind.RATIO, measure_unit="%", precision=1
    )
    factories.observation(
        indicator=share,
        year=2026,
        quarter=1,
        value=None,
        numerator=Decimal(104000),
        denominator=Decimal(336100),
    )
    added = factories.indicator(code="he", position=2, over_units=Indicator.OverUnits.SUM)
    for value in (3, 4):
        factories.observation(
            indicator=added, year=2026, quarter=1, value=Decimal(value), unit=factories.unit()
        )
    bound = factories.indicator(code="jie", position=3)
    factories.observation(indicator=bound, year=2026, quarter=1, value=Decimal(5000), bound="at_least")
    _, _, *rows = rows_of(clerk.get(QUARTERS))
    assert [row[3] for row in rows] == [30.9, 7, "5,000以上"]


def test_files_say_where_figures_are_invented(clerk, total):
    assert clerk.get(CHART).content.decode().count("演示数据") == 0
    total.observations.filter(quarter=1).update(is_demo=True)
    assert clerk.get(CHART).content.decode().count("演示数据") == 1
    assert rows_of(clerk.get(QUARTERS))[2][-1] == "是"


def test_quarters_without_a_figure(clerk):
    assert rows_of(clerk.get(QUARTERS)) == [
        ("指标代码", "指标名称", "计量单位", "演示数据"),
        (None, "数据截至（最晚）", None, None),
    ]


def test_quarters_keep_unpublished_figures_from_strangers(stranger, lead_unit, client_for):
    sheet = factories.figure_sheet(unit=lead_unit, state="accepted")
    factories.observation(sheet=sheet, indicator=factories.indicator(), year=2026, quarter=3)
    heads, *_ = rows_of(client_for(stranger).get(QUARTERS))
    assert len(heads) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_quarters_ask_the_same_queries(clerk, count, django_assert_num_queries):
    for _ in range(count):
        indicator = factories.indicator()
        factories.observation(indicator=indicator, year=2026, quarter=1)
        factories.target(indicator=indicator)
    with django_assert_num_queries(11):
        clerk.get(QUARTERS)


def test_chart_file_opens_without_the_portal(clerk, total):
    answer = clerk.get(CHART)
    page = answer.content.decode()
    assert (
        unquote(answer.headers["Content-Disposition"])
        == "attachment; filename*=utf-8''高技能人才总量-目标与实际.html"
    )
    assert re.findall(r"<script[^>]+src|<link|@import", page.split("</head>")[0].split("<script>")[0]) == []
    assert re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="http', page) == []
    assert page.count("<h1>高技能人才总量：目标与实际</h1>") == 1
    assert page.count("Plotly.newPlot(") >= 1


def test_chart_file_escapes_names(clerk, total):
    Indicator.objects.update(name="</script><b>甲</b>", measure_unit="</script>")
    page = clerk.get(CHART).content.decode()
    assert page.count("</script><b>甲") == 0
    assert page.count("<h1>&lt;/script&gt;&lt;b&gt;甲&lt;/b&gt;：目标与实际</h1>") == 1


def test_chart_file_without_figures_says_so(clerk):
    factories.indicator(code="zongliang")
    assert clerk.get(CHART).content.decode().count("暂无数据。") == 1


@pytest.mark.parametrize(
    ("address", "action", "label"),
    [(QUARTERS, "导出表格", "指标各季度数据"), (CHART, "下载交互图文件", "高技能人才总量-目标与实际.html")],
)
def test_every_file_is_audited(clerk, total, address, action, label):
    clerk.get(address)
    event = AuditEvent.objects.get(action=action)
    assert (event.object_label, len(event.after["摘要"])) == (label, 64)


@pytest.mark.parametrize("address", [QUARTERS, CHART])
def test_files_are_not_for_the_auditor(auditor, client_for, total, address):
    assert client_for(auditor).get(address).status_code == 403


def test_missing_indicator_has_no_file(clerk):
    assert (clerk.get(CHART).status_code, Target.objects.count()) == (404, 0)


def test_pages_lead_to_the_files(clerk, total):
    assert clerk.get("/metrics/").content.decode().count(f'href="{QUARTERS}"') == 1
    assert (
        clerk.get("/metrics/zongliang/").content.decode().count(f'href="{CHART}?group=341100" download') == 1
    )
