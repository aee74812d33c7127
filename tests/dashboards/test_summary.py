"""What the leader's page says of a round's counts, as tables: sums, comparisons, and what must never be said."""

from decimal import Decimal

import pytest

from dashboards.summary import FirstRows, summary_of
from dashboards.summary.rows import Listed, last_words
from dashboards.summary.tally import Tally, change_text, points_between
from tasks.lights import Colour
from tests.dashboards.readings import cell, cells, owed, reading, row


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, (0, 0, 0, 0, None)),
        ({"green": 2, "done": 1, "red": 1}, (4, 4, 3, 1, Decimal("0.75"))),
        ({"green": 1, "unreported": 1}, (2, 2, 1, 0, Decimal("0.5"))),
        ({"exempt": 3}, (3, 0, 0, 0, None)),
        ({"unreported": 2}, (2, 2, 0, 0, None)),
        ({"unreported": 1, "red": 1}, (2, 2, 0, 1, Decimal(0))),
    ],
)
def test_missing_reports_stay_in_the_whole_and_exempt_tasks_leave_it(counts, expected):
    tally = Tally.of(cells(**counts))
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


BEFORE = reading(2, cells=cells(red=2))


@pytest.mark.parametrize(
    ("now", "past", "words"),
    [
        (reading(cells=cells(green=1, red=1)), (BEFORE,), "较上季度+50.0个百分点"),
        (reading(cells=cells(green=1)), (), "上季度没有已发布的数据，暂不比较"),
        (
            reading(cells=cells(green=1)),
            (reading(1, cells=cells(red=1)),),
            "上季度没有已发布的数据，暂不比较",
        ),
        (
            reading(phase="filling", cells=cells(green=1, unreported=1)),
            (BEFORE,),
            "填报中，报齐后与上季度比较",
        ),
        (reading(cells=cells(exempt=1)), (BEFORE,), "应考核任务不足，暂不比较"),
    ],
)
def test_headline_compares_only_what_can_be_compared(now, past, words):
    assert summary_of(now, past).headline.change_words == words


def colourless():
    """One task without a light in each state of a report."""
    states = ("pending", "draft", "signing", "returned", "submitted", "reviewing", "accepted")
    return tuple(cell(light=Colour.UNREPORTED, state=state) for state in states)


def test_who_has_handed_in_is_not_said_to_be_unreported():
    assert [one.word for one in colourless()] == [*["未报"] * 4, "待审核", "待审核", "待核定"]


def test_the_list_of_units_counts_tasks_as_the_comparison_does():
    missing = tuple(one for one in colourless() if one.state != "accepted")
    papers = tuple(owed(state=one.state) for one in missing)
    said = summary_of(reading(cells=missing, owed=(*papers, owed(kind="figures"))))
    assert said.units.departments[0].tally.unreported == said.headline.tally.unreported == 4
    assert said.owing[0].waiting.words == "任务4项、指标表"


def test_what_nobody_knows_yet_has_no_share_and_says_why():
    [unit] = summary_of(reading(cells=colourless())).units.departments
    assert (unit.share_words, unit.percent, unit.silent_words) == ("—", "", "未报4 待审核2 待核定1")


def test_a_red_task_without_a_report_is_said_beside_the_unreported():
    said = summary_of(reading(cells=(cell(light=Colour.RED, state="draft"), *cells(unreported=2, red=1))))
    assert (said.headline.unreported_reds, said.headline.tally.unreported) == (1, 2)
    assert said.units.departments[0].silent_words == "未报2 未报计红灯1"


def test_figures_of_the_headline_add_up():
    parts = cells(done=1, green=2, yellow=3, red=4, unreported=5, exempt=6)
    tally = summary_of(reading(cells=(*parts, *colourless()))).headline.tally
    assert (tally.unreported, tally.waiting, tally.unsettled, tally.total) == (9, 2, 1, 28)
    assert tally.reached + tally.behind + tally.silent + tally.exempt == tally.total


def test_the_headline_counts_all_rows_of_a_list_and_not_only_the_first():
    rows = FirstRows(coordination=Listed((row(),), 7), differing=Listed((row(),), 9))
    head = summary_of(reading(), (), rows).headline
    assert (head.coordination_count, head.difference_count, rows.differing.more) == (7, 9, 8)


def test_a_row_leads_to_the_signed_report_or_to_the_task():
    assert [row(uid="a").url, row(uid="b", state="draft").url] == ["/rounds/2026/3/reports/s/", "/tasks/b/"]


def test_owing_tells_overdue_waiting_and_late_apart():
    papers = (
        owed(2, unit_code="a", unit_name="甲", is_overdue=True),
        owed(unit_code="b", unit_name="乙", state="draft"),
        owed(unit_code="c", unit_name="丙", state="accepted", is_late=True),
        owed(unit_code="d", unit_name="丁", state="submitted"),
    )
    units = summary_of(reading(owed=papers)).owing
    said = [(unit.name, unit.overdue.words, unit.waiting.words, unit.late.words) for unit in units]
    assert said == [("甲", "任务2项", "", ""), ("丙", "", "", "任务1项"), ("乙", "", "任务1项", "")]


def test_what_a_unit_owes_leads_to_its_tasks():
    [unit] = summary_of(reading(owed=(owed(is_overdue=True),))).owing
    assert unit.overdue.links == (
        ("任务1项", "/dashboard/tasks/?group=341100&round=2026Q3&unit=hr&report=overdue"),
    )


def test_a_sheet_that_is_owed_leads_to_the_unit_on_the_board():
    [unit] = summary_of(reading(owed=(owed(kind="figures"),))).owing
    assert unit.waiting.links == (("指标表", "/rounds/2026/3/?group=341100&unit=hr"),)


def test_units_are_compared_beside_the_counties():
    county = {"unit_code": "fy", "unit_name": "凤阳县", "unit_kind": "county"}
    now = (cell(), cell(light=Colour.RED), cell(**county))
    units = summary_of(reading(cells=now), (BEFORE,)).units
    assert [(unit.name, unit.share_words, unit.change_words) for unit in units.counties] == [
        ("凤阳县", "100.0%", "—")
    ]
    assert [(unit.name, unit.share_words, unit.change_words) for unit in units.departments] == [
        ("市人社局", "50.0%", "+50.0")
    ]


def test_an_area_without_assessed_tasks_says_so():
    [bar] = summary_of(reading(cells=cells(exempt=2))).areas.rows
    assert (bar.note, bar.values) == ("不考核", (0, 0, 0, 0, 0, 0, 0, 2))


def test_each_part_of_a_bar_leads_to_its_tasks():
    [bar] = summary_of(reading(cells=cells(red=1))).areas.rows
    assert bar.urls[3] == "/dashboard/tasks/?group=341100&round=2026Q3&light=red&area=skills"


@pytest.mark.parametrize(
    ("problems", "progress", "said"),
    [
        ("缺少师资。", "已开班3期。", "缺少师资。"),
        ("", "已开班3期。", "已开班3期。"),
        ("", "", ""),
        ("", "培" * 30 + "。" + "训" * 60, "培" * 30 + "。"),
        ("", "培" * 90, "培" * 79 + "…"),
    ],
)
def test_the_last_words_are_what_stands_in_the_way_else_how_it_stands(problems, progress, said):
    assert last_words(problems, progress) == said
