"""What the leader's page says of a picture, as tables: counts, comparisons, and what must never be said."""

from decimal import Decimal

import pytest

from dashboards.summary import summary_of
from dashboards.summary.behind import streaks_of
from dashboards.summary.tally import Tally, change_text, points_between
from tests.dashboards.pictures import owed, picture, task, tasks


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, (0, 0, 0, 0, None)),
        ({"green": 2, "done": 1, "red": 1}, (4, 4, 3, 1, Decimal("0.75"))),
        ({"green": 1, "unreported": 1}, (2, 2, 1, 0, Decimal("0.5"))),
        ({"exempt": 3}, (3, 0, 0, 0, None)),
        ({"unreported": 2}, (2, 2, 0, 0, Decimal(0))),
    ],
)
def test_missing_reports_stay_in_the_whole_and_exempt_tasks_leave_it(counts, expected):
    tally = Tally.of(tasks(**counts))
    assert (tally.total, tally.assessed, tally.reached, tally.behind, tally.share) == expected


@pytest.mark.parametrize(
    ("now", "before", "points", "text"),
    [
        (Decimal("0.795"), Decimal("0.744"), Decimal("5.1"), "+5.1"),
        (Decimal("0.5"), Decimal("0.52"), Decimal("-2.0"), "-2.0"),
        (Decimal(1) / 3, Decimal(1) / 3, Decimal("0.0"), "持平"),
        (Decimal("0.5"), None, None, ""),
        (None, Decimal("0.5"), None, ""),
    ],
)
def test_change_is_the_difference_of_the_printed_shares(now, before, points, text):
    assert (points_between(now, before), change_text(points)) == (points, text)


@pytest.mark.parametrize(
    ("now", "past", "words"),
    [
        (
            picture(tasks=tasks(green=1, red=1)),
            (picture(quarter=2, tasks=tasks(red=2)),),
            "较上季度+50.0个百分点",
        ),
        (picture(tasks=tasks(green=1)), (), "上季度没有已发布的数据，暂不比较"),
        (
            picture(tasks=tasks(green=1)),
            (picture(quarter=1, tasks=tasks(red=1)),),
            "上季度没有已发布的数据，暂不比较",
        ),
        (
            picture(phase="filling", tasks=tasks(green=1, unreported=1)),
            (picture(quarter=2, tasks=tasks(red=1)),),
            "填报中，报齐后与上季度比较",
        ),
        (
            picture(tasks=tasks(exempt=1)),
            (picture(quarter=2, tasks=tasks(red=1)),),
            "应考核任务不足，暂不比较",
        ),
    ],
)
def test_headline_compares_only_what_can_be_compared(now, past, words):
    assert summary_of(now, past).headline.change_words == words


def owing_tasks():
    """One colourless task in each state of a report."""
    states = ("pending", "draft", "signing", "returned", "submitted", "reviewing", "accepted")
    return tuple(task(uid=state, colour="unreported", state=state) for state in states)


def test_who_has_handed_in_is_not_said_to_be_unreported():
    assert [line.word for line in owing_tasks()] == [*["未报"] * 4, "待审核", "待审核", "待核定"]


def test_the_list_of_units_counts_tasks_as_the_comparison_does():
    tasks_ = tuple(line for line in owing_tasks() if line.state != "accepted")
    lines = [owed(state=line.state) for line in tasks_] + [owed(kind="figures", title="指标数据")]
    said = summary_of(picture(tasks=tasks_, owed=tuple(lines)))
    assert said.units.departments[0].tally.unreported == said.headline.tally.unreported == 4
    assert said.owing[0].waiting_words == "任务4项、指标表"


def test_figures_of_the_headline_add_up():
    tally = summary_of(
        picture(tasks=(*tasks(done=1, green=2, yellow=3, red=4, unreported=5, exempt=6), *owing_tasks()))
    ).headline.tally
    assert (tally.unreported, tally.waiting, tally.total) == (4, 8, 28)
    assert tally.reached + tally.behind + tally.waiting + tally.unreported + tally.exempt == tally.total


def test_behind_lists_the_worst_first_and_overdue_reports_last():
    lines = (
        task(uid="a", colour="yellow", shortfall=Decimal(10)),
        task(uid="b", colour="red", shortfall=Decimal(41)),
        task(uid="c", colour="unreported", state="pending", is_overdue=True),
        task(uid="d", colour="red", shortfall=Decimal(100)),
        task(uid="e", colour="unreported", state="pending"),
        task(uid="f", colour="green"),
    )
    assert [row.line.uid for row in summary_of(picture(tasks=lines)).behind] == ["d", "b", "a", "c"]


def test_a_row_leads_to_the_signed_report_or_to_the_task():
    lines = (task(uid="a", colour="red"), task(uid="b", colour="red", state="draft"))
    rows = summary_of(picture(tasks=lines)).behind
    assert [row.url for row in rows] == ["/rounds/2026/3/reports/s-a/", "/tasks/b/"]


@pytest.mark.parametrize(
    ("past", "quarters"),
    [
        ((), 0),
        ((picture(quarter=2, tasks=tasks(red=1)),), 1),
        ((picture(quarter=2, tasks=tasks(red=1)), picture(quarter=1, tasks=tasks(red=1))), 2),
        ((picture(quarter=2, tasks=(task(uid="red0"),)), picture(quarter=1, tasks=tasks(red=1))), 0),
        ((picture(quarter=1, tasks=tasks(red=1)),), 0),
        ((picture(quarter=2, tasks=(task(uid="red0", colour="unreported"),)),), 0),
    ],
)
def test_quarters_behind_are_counted_without_a_gap(past, quarters):
    assert streaks_of(past, picture(tasks=tasks(red=1))).get("red0", 0) == quarters


def test_owing_tells_overdue_waiting_and_late_apart():
    lines = (
        owed(unit_code="a", unit_name="甲", is_overdue=True),
        owed(unit_code="b", unit_name="乙", state="draft", state_label="草稿"),
        owed(unit_code="c", unit_name="丙", state="accepted", is_late=True),
        owed(unit_code="d", unit_name="丁", state="submitted"),
    )
    said = [
        (unit.name, [item.words for item in unit.items]) for unit in summary_of(picture(owed=lines)).owing
    ]
    assert said == [("甲", ["逾期未报"]), ("丙", ["逾期报送"]), ("乙", ["草稿"])]


def test_units_are_compared_beside_the_counties():
    now = (
        task(uid="a"),
        task(uid="b", colour="red"),
        task(uid="c", lead_code="fy", lead_name="凤阳县", lead_kind="county"),
    )
    before = (task(uid="a", colour="red"), task(uid="b", colour="red"))
    units = summary_of(picture(tasks=now), (picture(quarter=2, tasks=before),)).units
    assert [(row.name, row.share_words, row.change_words) for row in units.counties] == [
        ("凤阳县", "100.0%", "—")
    ]
    assert [(row.name, row.share_words, row.change_words) for row in units.departments] == [
        ("市人社局", "50.0%", "+50.0")
    ]


def test_an_area_without_assessed_tasks_says_so():
    [row] = summary_of(picture(tasks=tasks(exempt=2))).areas.rows
    assert (row.note, row.values) == ("不考核", (0, 0, 0, 0, 0, 0, 2))


def test_each_part_of_a_bar_leads_to_its_tasks():
    [row] = summary_of(picture(tasks=tasks(red=1))).areas.rows
    assert row.urls[3] == "/dashboard/tasks/?group=341100&round=2026Q3&light=red&area=skills"
