"""The filters of the register, the counties beside the whole, how far a figure has gone, the picture to keep."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from core.models import AuditEvent
from metrics.models import Indicator
from organization.models import Unit
from tests import factories

pytestmark = pytest.mark.django_db
PICTURE = "/metrics/zongliang/picture/"


@pytest.fixture
def clerk(office_clerk, client_for):
    return client_for(office_clerk)


def names(client, **query) -> list[str]:
    return [row.name for row in client.get("/metrics/", query).context["rows"]]


def test_unit_area_target_and_figure_narrow_the_list(clerk):
    owner, area = factories.unit(code="rsj"), factories.reform_area(code="jianshe")
    full = factories.indicator(name="甲", position=1, owner_unit=owner)
    factories.indicator(name="乙", position=2)
    factories.task_indicator(indicator=full, task=factories.task(area=area))
    factories.target(indicator=full)
    factories.reporting_round()
    factories.observation(indicator=full, year=2026, quarter=3)
    asked = [{"unit": "rsj"}, {"area": "jianshe"}, {"target": "yes"}, {"figure": "yes"}]
    assert [names(clerk, **one) for one in asked] == [["甲"]] * 4
    assert [names(clerk, target="no"), names(clerk, figure="no"), names(clerk, figure="x")] == [
        ["乙"], ["乙"], ["甲", "乙"],
    ]  # fmt: skip


def test_the_quarter_asked_about_is_that_of_the_newest_round(clerk):
    factories.reporting_round(year=2026, quarter=2)
    page = clerk.get("/metrics/")
    assert page.context["choices"].quarter.label == "2026年二季度"
    assert page.content.decode().count("2026年二季度数据") == 1


def test_every_figure_says_how_far_it_has_gone(clerk, lead_unit):
    indicator = factories.indicator(code="zongliang")
    sheet = factories.figure_sheet(unit=lead_unit, state="accepted")
    factories.observation(indicator=indicator, sheet=sheet, year=2026, quarter=3)
    factories.observation(indicator=indicator, year=2018)
    figures = clerk.get("/metrics/zongliang/").context["figures"]
    assert [figure.state for figure in figures] == ["审核通过，未发布", "历史数据"]
    [row] = clerk.get("/metrics/").context["rows"]
    assert row.state == "审核通过，未发布"


def county_figures(over_units: str, *values: int | None, whole: int | None = None) -> Indicator:
    indicator = factories.indicator(code="zongliang", over_units=over_units)
    for place, value in enumerate(values):
        unit = factories.unit(kind=Unit.Kind.COUNTY, name=f"县{place}")
        figure = {"value": None, "explanation": "未统计"} if value is None else {"value": Decimal(value)}
        factories.observation(indicator=indicator, unit=unit, year=2026, quarter=2, **figure)
    if whole is not None:
        factories.observation(indicator=indicator, year=2026, quarter=2, value=Decimal(whole))
    return indicator


@pytest.mark.parametrize(
    ("values", "whole", "check"),
    [
        ((3, 4), 7, "与全市一致"),
        ((3, 4), 9, "相差-2"),
        ((3, None), 7, "缺少单位数据，不能核对"),
        ((3, 4), None, "没有全市数据"),
    ],
)
def test_counties_are_added_up_and_checked(clerk, values, whole, check):
    county_figures("sum", *values, whole=whole)
    table = clerk.get("/metrics/zongliang/").context["counties"]
    assert ([line.label for line in table.lines], table.checks) == (["县0", "县1"], (check,))


def test_counties_of_what_does_not_add_up_have_no_sum(clerk):
    county_figures("none", 3, 4)
    table = clerk.get("/metrics/zongliang/").context["counties"]
    assert [line.label for line in table.totals] == ["全市"]
    county = factories.indicator(code="kong")
    assert clerk.get(f"/metrics/{county.code}/").context["counties"] is None


def test_sum_of_units_is_drawn_where_the_whole_hands_in_nothing(clerk):
    county_figures("sum", 3, 4)
    [point] = clerk.get("/metrics/zongliang/").context["chart"].points
    assert point.actual == 7


def test_picture_is_a_drawing_with_title_and_words(clerk):
    indicator = factories.indicator(code="zongliang", name="高技能<人才>")
    factories.observation(indicator=indicator, year=2026, quarter=2, value=Decimal(5))
    answer = clerk.get(PICTURE)
    drawing = ElementTree.fromstring(answer.content)
    words = [node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0] == "高技能<人才>：目标与实际"
    assert unquote(answer.headers["Content-Disposition"]).endswith("高技能<人才>-目标与实际.svg")
    assert AuditEvent.objects.filter(action="下载图片").count() == 1


def test_picture_without_figures_says_so(clerk):
    factories.indicator(code="zongliang")
    assert clerk.get(PICTURE).content.decode().count("暂无数据") == 1
    assert clerk.get("/metrics/zongliang/").content.decode().count("下载图片</a>") == 0


def test_office_is_led_to_the_form_and_nobody_else(clerk, leader, client_for):
    indicator = factories.indicator(code="zongliang")
    link = f'href="/admin/metrics/indicator/{indicator.pk}/change/"'
    pages = [client.get("/metrics/zongliang/").content.decode() for client in (clerk, client_for(leader))]
    assert [page.count(link) for page in pages] == [1, 0]
