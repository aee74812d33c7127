"""The register of indicators, the page of one, and the figures of a task."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.constraints import sentence_for
from metrics.models import Indicator, Observation, Target
from metrics.permissions import can_view_observation
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db


def rows(client, **query):
    return client.get("/metrics/", query).context["rows"]


def test_list_asks_the_same_queries_for_1_and_3_rows(office_clerk, client_for, django_assert_num_queries):
    client = client_for(office_clerk)
    for wanted in (1, 3):
        for _ in range(2 if wanted == 3 else 1):
            indicator = factories.indicator(section=factories.section(), owner_unit=factories.unit())
            factories.observation(indicator=indicator, year=2026, quarter=3)
            factories.target(indicator=indicator)
        with django_assert_num_queries(10):
            assert len(rows(client)) == wanted


def test_list_without_indicators_says_what_to_do(office_clerk, client_for):
    client = client_for(office_clerk)
    assert client.get("/metrics/").content.decode().count("还没有指标") == 1
    assert client.get("/metrics/?q=甲").content.decode().count("没有符合条件的指标") == 1


def test_filters_and_bad_input(office_clerk, client_for):
    client = client_for(office_clerk)
    factories.indicator(name="技能人才总量", kind=Indicator.Kind.STOCK)
    factories.indicator(name="党员数", kind=Indicator.Kind.CUMULATIVE)
    assert [row.name for row in rows(client, q="技能")] == ["技能人才总量"]
    assert [row.name for row in rows(client, kind="cumulative")] == ["党员数"]
    assert len(rows(client, kind="x", sort="password", page="-3")) == 2


def test_latest_figure_of_the_whole_wins(office_clerk, client_for):
    indicator, county = factories.indicator(), factories.unit()
    factories.observation(indicator=indicator, year=2026, quarter=1, value=Decimal(10))
    factories.observation(indicator=indicator, year=2026, quarter=2, value=Decimal(20))
    factories.observation(indicator=indicator, year=2026, quarter=3, value=Decimal(7), unit=county)
    [row] = rows(client_for(office_clerk))
    assert (row.reading.shown, row.scope, row.period) == ("20", "全市", "2026年二季度")


def test_units_are_added_up_where_the_rule_says_so(office_clerk, client_for):
    indicator = factories.indicator(over_units=Indicator.OverUnits.SUM)
    for value in (3, 4):
        factories.observation(
            indicator=indicator, year=2026, quarter=3, value=Decimal(value), unit=factories.unit()
        )
    [row] = rows(client_for(office_clerk))
    assert (row.reading.shown, row.scope) == ("7", "2家单位合计")


def test_a_unit_without_value_leaves_the_sum_unknown(office_clerk, client_for):
    indicator = factories.indicator(over_units=Indicator.OverUnits.SUM)
    for value in (Decimal(3), None):
        factories.observation(
            indicator=indicator,
            year=2026,
            quarter=3,
            value=value,
            unit=factories.unit(),
            explanation="未统计",
        )
    [row] = rows(client_for(office_clerk))
    assert (row.reading.shown, row.reading.note) == ("—", "有单位数值为空，不能合计")


@pytest.mark.parametrize(
    ("person", "sees"),
    [("office_clerk", True), ("leader", True), ("stranger", False), ("lead_liaison", True)],
)
def test_unpublished_figures_are_for_the_office_and_the_own_unit(
    request, lead_unit, client_for, person, sees
):
    sheet = factories.figure_sheet(unit=lead_unit, state="accepted")
    factories.observation(sheet=sheet, year=2026, quarter=3)
    [row] = rows(client_for(request.getfixturevalue(person)))
    assert (row.reading.shown != "—") == sees


def test_published_figures_are_for_everybody(stranger, lead_unit, client_for):
    round_ = factories.reporting_round(published_at=clock.now())
    factories.observation(sheet=factories.figure_sheet(unit=lead_unit, round=round_, state="accepted"))
    [row] = rows(client_for(stranger))
    assert row.reading.shown == "460,900"


def test_figures_under_way_are_for_nobody(office_clerk, lead_unit, client_for):
    factories.observation(sheet=factories.figure_sheet(unit=lead_unit, state="submitted"))
    [row] = rows(client_for(office_clerk))
    assert row.reading.shown == "—"


def test_printed_share_is_flagged_on_its_page_with_its_section(office_clerk, client_for):
    ratio = factories.indicator(code="bili", kind=Indicator.Kind.RATIO, measure_unit="%", precision=2)
    section = factories.section(code="S3.1", title="突出工作重点")
    factories.observation(indicator=ratio, value=None, numerator=Decimal(2), printed="4.25%", section=section)
    context = client_for(office_clerk).get("/metrics/bili/").context
    [figure] = context["figures"]
    assert (figure.reading.printed, figure.reading.note, figure.section) == (
        "4.25%",
        "分母未列明",
        "三（一）突出工作重点",
    )
    assert context["row"].figure_value == "—"


def test_correction_never_hides_what_stood(office_clerk, client_for):
    indicator = factories.indicator(code="zongliang")
    first = factories.observation(indicator=indicator, year=2026, quarter=2, value=Decimal(1))
    factories.observation(
        indicator=indicator,
        year=2026,
        quarter=2,
        value=Decimal(2),
        supersedes=first,
        correction_reason="漏报",
        version_no=2,
    )
    context = client_for(office_clerk).get("/metrics/zongliang/").context
    assert [(row.reading.shown, row.is_superseded) for row in context["figures"]] == [
        ("2", False),
        ("1", True),
    ]
    assert context["row"].reading.shown == "2"


def test_chart_sets_target_against_actual(office_clerk, client_for):
    indicator = factories.indicator(code="zongliang")
    for quarter in (1, 2):
        factories.observation(
            indicator=indicator,
            year=2026,
            quarter=quarter,
            value=Decimal(quarter),
            as_of_on=dt.date(2026, 3 * quarter, 30),
        )
    factories.target(indicator=indicator, quarter=2, value=Decimal(3))
    chart = client_for(office_clerk).get("/metrics/zongliang/").context["chart"]
    assert [(point.label, point.actual, point.target) for point in chart.points] == [
        ("一季度", 1, None),
        ("二季度", 2, 3),
    ]


def test_page_asks_the_same_queries_for_1_and_3_figures(office_clerk, client_for, django_assert_num_queries):
    client, indicator = client_for(office_clerk), factories.indicator(code="zongliang")
    for wanted, quarters in ((1, (1,)), (3, (2, 3))):
        for quarter in quarters:
            factories.observation(indicator=indicator, year=2026, quarter=quarter)
            factories.target(indicator=indicator, quarter=quarter)
            factories.task_indicator(indicator=indicator)
        with django_assert_num_queries(12):
            assert len(client.get("/metrics/zongliang/").context["figures"]) == wanted


def test_missing_indicator(office_clerk, client_for):
    assert client_for(office_clerk).get("/metrics/none/").status_code == 404


@pytest.mark.parametrize("address", ["/metrics/", "/metrics/export/", "/metrics/zongliang/"])
def test_auditor_is_refused(auditor, client_for, address):
    factories.indicator(code="zongliang")
    assert client_for(auditor).get(address).status_code == 403


def test_export_equals_the_list(office_clerk, client_for):
    factories.observation(indicator=factories.indicator(name="甲", position=2))
    ratio = factories.indicator(
        name="乙", position=1, kind=Indicator.Kind.RATIO, measure_unit="%", precision=1
    )
    factories.observation(indicator=ratio, value=None, numerator=Decimal(104000), denominator=Decimal(336100))
    client = client_for(office_clerk)
    sheet = rows_of(client.get("/metrics/export/"))
    assert [row[1] for row in sheet[1:]] == [row.name for row in rows(client)]
    assert [row[5] for row in sheet[1:]] == ["30.9%", 460900]


def test_figures_of_a_task_as_page_and_as_fragment(lead_liaison, lead_unit, client_for):
    task = factories.task(lead=lead_unit)
    factories.observation(indicator=factories.task_indicator(task=task).indicator)
    client, url = client_for(lead_liaison), f"/tasks/{task.uid}/figures/"
    page, fragment = (
        client.get(url).content.decode(),
        client.get(url, headers={"HX-Request": "true"}).content.decode(),
    )
    assert (page.count("<html"), fragment.count("<html")) == (1, 0)
    assert (page.count("460,900"), fragment.count("460,900")) == (1, 1)


def test_figures_of_a_county_task_are_the_countys(office_clerk, client_for):
    county = factories.unit(kind="county")
    indicator = factories.task_indicator(task=factories.task(lead=county)).indicator
    factories.observation(indicator=indicator, value=Decimal(9))
    factories.observation(indicator=indicator, value=Decimal(5), unit=county)
    task = indicator.task_indicators.get().task
    [row] = client_for(office_clerk).get(f"/tasks/{task.uid}/figures/").context["rows"]
    assert row.reading.shown == "5"


def test_figures_of_a_strangers_task(stranger, client_for):
    assert client_for(stranger).get(f"/tasks/{factories.task().uid}/figures/").status_code == 404


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: factories.indicator(kind="rank", over_units="sum"), "排名和定性指标不能汇总。"),
        (lambda: factories.indicator(numerator=factories.indicator()), "只有比例指标有分子和分母。"),
        (lambda: factories.observation(value=None), "数值为空时须写明说明。"),
        (lambda: factories.observation(denominator=Decimal(0)), "分母须大于0。"),
        (lambda: factories.observation(quarter=5), "季度须为1至4。"),
        (lambda: factories.target(comparator="!"), "比较方式不在可选范围内。"),
    ],
)
def test_the_database_refuses(make, sentence):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert sentence_for(refused.value) == sentence


def test_one_target_per_period():
    target = factories.target()
    again = Target(indicator=target.indicator, group=target.group, year=target.year, wording="再定")
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    with pytest.raises(ValidationError, match="该指标这一年已有目标，请修改原目标。"):
        again.validate_constraints()


def test_visible_figures_match_the_predicate(request, lead_unit):
    row = factories.observation(sheet=factories.figure_sheet(unit=lead_unit, state="accepted"))
    people = [
        request.getfixturevalue(name) for name in ("office_clerk", "lead_liaison", "stranger", "auditor")
    ]
    seen = [Observation.objects.visible_to(person).filter(pk=row.pk).exists() for person in people]
    assert seen == [can_view_observation(person, row) for person in people] == [True, True, False, False]
