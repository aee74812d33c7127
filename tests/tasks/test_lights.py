"""Every rule of the lights, in the order in which they beat each other."""

from datetime import date
from decimal import Decimal

import pytest

from core.periods import Quarter
from tasks.lights import Colour, MilestoneFact, TaskFacts, Thresholds, agrees, expected_share, judge

Q3 = Quarter(2026, 3)
OCTOBER = date(2026, 10, 16)
YEAR = {"start_on": date(2026, 1, 1), "due_on": date(2026, 12, 31), "period": Q3}
ACCEPTED = {**YEAR, "is_accepted": True}


def step(title: str, due: str, done: str | None = None, share: str | None = None) -> MilestoneFact:
    return MilestoneFact(
        title,
        date.fromisoformat(due),
        date.fromisoformat(done) if done else None,
        Decimal(share) if share else None,
    )


@pytest.mark.parametrize(
    ("facts", "today", "colour", "rule"),
    [
        (TaskFacts(**YEAR, is_finished=True), date(2027, 2, 1), "done", "已办结"),
        (
            TaskFacts(**ACCEPTED, share=Decimal(100)),
            date(2027, 1, 20),
            "red",
            "超过完成时限20天（按1月20日计），未办结；完成100%，序时进度75%，达到序时进度",
        ),
        (TaskFacts(**YEAR), date(2027, 1, 1), "red", "超过完成时限1天（按1月1日计），未办结；本季度未报送"),
        (
            TaskFacts(**YEAR, is_due_this_round=False),
            date(2027, 1, 1),
            "red",
            "超过完成时限1天（按1月1日计），未办结",
        ),
        (TaskFacts(**YEAR), OCTOBER, "unreported", "本季度未报送"),
        (TaskFacts(**YEAR, is_yearly=True), OCTOBER, "unreported", "本季度未报送"),
        (
            TaskFacts(**YEAR, is_yearly=True, is_due_this_round=False),
            OCTOBER,
            "exempt",
            "年度任务，本期不考核",
        ),
        (TaskFacts(**YEAR, is_due_this_round=False), OCTOBER, "exempt", "本期不报，不考核"),
        (TaskFacts(**ACCEPTED), OCTOBER, "unreported", "报告已审核通过，完成度尚未核定"),
        (TaskFacts(**ACCEPTED, share=Decimal(75)), OCTOBER, "green", "完成75%，序时进度75%，达到序时进度"),
        (TaskFacts(**ACCEPTED, share=Decimal(58)), OCTOBER, "yellow", "完成58%，序时进度75%，差距23%"),
        (TaskFacts(**ACCEPTED, share=Decimal("52.5")), OCTOBER, "yellow", "完成53%，序时进度75%，差距30%"),
        (TaskFacts(**ACCEPTED, share=Decimal(52)), OCTOBER, "red", "完成52%，序时进度75%，差距31%"),
        (
            TaskFacts(**ACCEPTED, share=Decimal(80)),
            date(2026, 12, 16),
            "yellow",
            "距完成时限15天（按12月16日计），未办结",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal(80)),
            date(2026, 12, 15),
            "green",
            "完成80%，序时进度75%，达到序时进度",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal(20)),
            date(2026, 12, 30),
            "red",
            "完成20%，序时进度75%，差距73%",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal(99), is_level=True),
            OCTOBER,
            "yellow",
            "完成本期目标的99%，差距1%",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal("99.62"), is_level=True),
            OCTOBER,
            "yellow",
            "完成本期目标的99.6%，差距0.4%",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal("74.98")),
            OCTOBER,
            "yellow",
            "完成74.98%，序时进度75%，差距0.03%",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal(50), is_long_term=True),
            date(2027, 6, 1),
            "red",
            "完成50%，序时进度75%，差距33%",
        ),
        (
            TaskFacts(**ACCEPTED, share=Decimal(75), is_long_term=True),
            date(2026, 12, 30),
            "green",
            "完成75%，序时进度75%，达到序时进度",
        ),
    ],
)
def test_light_of_a_task(facts, today, colour, rule):
    light = judge(facts, today)
    assert (light.colour.value, light.rule) == (colour, rule)


@pytest.mark.parametrize(
    ("milestones", "colour", "rule"),
    [
        (
            [step("甲", "2026-03-31", "2026-03-30"), step("乙", "2026-09-30", "2026-09-01")],
            "green",
            "到期节点2个，完成2个，达到序时进度",
        ),
        (
            [step("甲", "2026-03-31", "2026-03-30"), step("乙", "2026-09-30")],
            "red",
            "到期节点2个，完成1个，差距50%",
        ),
        ([step("甲", "2026-12-20")], "green", "本期没有到期节点，达到序时进度"),
        ([step("甲", "2026-09-30", "2026-10-02")], "red", "到期节点1个，完成0个，差距100%"),
    ],
)
def test_light_counts_milestones_where_nothing_was_measured(milestones, colour, rule):
    light = judge(TaskFacts(**ACCEPTED, milestones=milestones), OCTOBER)
    assert (light.colour.value, light.rule) == (colour, rule)


def test_stepped_milestones_replace_the_months_as_pace():
    steps = [
        step("甲", "2026-06-30", share="20"),
        step("乙", "2026-09-30", share="40"),
        step("丙", "2026-12-31", share="100"),
    ]
    assert expected_share(TaskFacts(**ACCEPTED, milestones=steps)) == Decimal(40)


def test_thresholds_come_from_the_rule_in_force():
    facts = TaskFacts(**ACCEPTED, share=Decimal(60))
    assert judge(facts, OCTOBER, Thresholds(Decimal(10), 15)).colour is Colour.RED


@pytest.mark.parametrize(
    ("colour", "declared", "same"),
    [
        ("green", "orderly", True),
        ("green", "slow", False),
        ("yellow", "behind", True),
        ("yellow", "on_pace", False),
        ("red", "not_started", True),
        ("red", "behind", False),
        ("done", "done", True),
        ("unreported", "slow", True),
        ("green", "", True),
    ],
)
def test_health_agrees_with_the_declared_status(colour, declared, same):
    assert agrees(Colour(colour), declared) is same


def test_only_green_and_finished_reach_the_pace():
    assert {colour.value for colour in Colour if colour.reaches_pace} == {"green", "done"}
