"""Every leaf of the facts file stands in the database, and nothing beside it."""

from typing import Any

import pytest
import yaml
from django.core.management import call_command

from core import audit
from core.formats import percent_text
from core.models import AuditEvent, SourceSection
from core.shares import computed_share
from metrics.models import Indicator, Observation
from organization.models import CoordinationGroup, GroupTerm, Unit
from portal.facts import load_facts
from portal.facts.loading import FACTS_PATH
from tasks.models import Plan, ReformArea, Task
from tests.portal.dumps import dump_all
from tests.portal.fact_columns import NOTHING, NOUNS

# What nouns to come will hold; whoever brings the noun empties its line.
PENDING = ["pilots", "evaluation", "activities", "meetings"]
# Keys that are no lists of rows: each has a test below.
SINGLES = [
    "sections",
    "guiding_idea",
    "goal_workforce",
    "coordination_group.office",
    "coordination_group.meetings",
    "coordination_group.lower_levels",
    "responsible_units.count",
    "innovative_measures",
]
# The file explains this share in English, for its readers; the portal says it in Chinese.
TRANSLATED = {
    "2/47 = 4.26%, so the printed share is cut, not rounded, or the total is not 47": "若总数为47，2/47=4.26%，与印刷值不符"
}
FACTS: dict[str, Any] = yaml.safe_load(FACTS_PATH.read_bytes())


def branch(path: str) -> Any:
    """The part of the file under a dotted path."""
    node: Any = FACTS
    for key in path.split("."):
        node = node[key]
    return node


def stated(row: Any) -> dict[str, Any]:
    """A row of the file as key → value; a bare name is its own only value."""
    pairs = row if isinstance(row, dict) else {"": row}
    return {key: TRANSLATED.get(value, value) if key == "note" else value for key, value in pairs.items()}


@pytest.fixture
def facts(db: None) -> None:
    load_facts()


def test_every_key_of_the_file_is_covered() -> None:
    nested = {"coordination_group", "responsible_units"}
    keys = [f"{key}.{inner}" for key in nested for inner in FACTS[key]] + [
        key for key in FACTS if key not in nested
    ]
    assert sorted(keys) == sorted([*NOUNS, *SINGLES, *PENDING])


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize("noun", NOUNS)
def test_every_row_stands_in_the_database(noun: str) -> None:
    table = NOUNS[noun]
    for index, row in enumerate(branch(noun)):
        found, expected = table.find(row, index), stated(row)
        assert {key: table.columns[key](found) for key in expected} == expected
        silent = {key: read(found) for key, read in table.columns.items() if key not in expected}
        assert {key: value for key, value in silent.items() if value not in NOTHING} == {}
        fixed = {key: value for key, (_, value) in table.constants.items()}
        assert {key: read(found) for key, (read, _) in table.constants.items()} == fixed


@pytest.mark.usefixtures("facts")
def test_each_noun_has_no_row_beside_the_file() -> None:
    assert Task.objects.count() == len(FACTS["tasks"]) == 42
    assert ReformArea.objects.filter(taxonomy="founding").count() == 8
    assert ReformArea.objects.filter(taxonomy="central", section=None).count() == 9
    assert (
        Observation.objects.count()
        == len(FACTS["indicator_values"]) + len(FACTS["political_representation"]) + 1
    )
    assert list(Unit.objects.filter(section=None).values_list("name", flat=True)) == [
        "琅琊区", "南谯区", "来安县", "全椒县", "定远县", "凤阳县", "天长市", "明光市", "滁州经开区", "中新苏滁高新区",
    ]  # fmt: skip


@pytest.mark.usefixtures("facts")
def test_sections_are_those_of_the_document() -> None:
    loaded = dict(SourceSection.objects.values_list("code", "title"))
    captions = {f"P{number}": loaded.pop(f"P{number}") for number in range(1, 9)}
    assert loaded == FACTS["sections"]
    assert captions["P7"] == "图片说明（第7幅）"


@pytest.mark.usefixtures("facts")
def test_plan_carries_idea_goal_and_counts() -> None:
    plan = Plan.objects.get()
    assert plan.guiding_idea.split("、") == FACTS["guiding_idea"]
    assert plan.workforce_goal.split("、") == FACTS["goal_workforce"]
    counts = {
        "count": plan.measure_count,
        "new_aspects": plan.new_aspect_count,
        "section": plan.measures_section.code,
    }
    assert counts == FACTS["innovative_measures"]
    assert (plan.year, plan.last_year, plan.is_founding, plan.section.code) == (2018, 2021, True, "S0")


@pytest.mark.usefixtures("facts")
def test_group_carries_office_and_practice() -> None:
    group, said = CoordinationGroup.objects.get(), FACTS["coordination_group"]
    assert {"seat": group.office_unit.name, "duties": group.office_duties.split("、")} == said["office"]
    assert group.lower_levels == said["lower_levels"]
    assert (
        group.meeting_practice
        == "每年：协调小组会议\n每年：工作推进会议（总结交流典型经验、部署改革任务、提出目标要求）"
    )
    assert (group.code, group.name, group.section.code) == ("341100", said["terms"][-1]["name"], "S1")


@pytest.mark.usefixtures("facts")
def test_eight_main_units_are_counted_and_five_named() -> None:
    group = CoordinationGroup.objects.get()
    assert GroupTerm.objects.get(ended_on=None).main_unit_count == FACTS["responsible_units"]["count"] == 8
    assert group.members.filter(is_main_responsible=True).count() == 5


@pytest.mark.usefixtures("facts")
def test_computed_share_says_that_it_is_computed() -> None:
    share = Observation.objects.get(indicator__name="高技能占比")
    assert (share.numerator, share.denominator, share.value, share.printed) == (104000, 336100, None, "")
    assert share.explanation == "由门户按10.4万÷33.61万计算，材料未印此占比"
    assert percent_text(computed_share(share.numerator, share.denominator)) == "30.9%"
    assert (share.indicator.numerator.name, share.indicator.denominator.name) == (
        "高技能人才总量",
        "技能人才总量",
    )


@pytest.mark.usefixtures("facts")
def test_conspicuous_share_is_flagged() -> None:
    assert (
        Observation.objects.get(printed="4.25%").explanation
        == "分母未列明；若总数为47，2/47=4.26%，与印刷值不符"
    )


def test_second_loading_changes_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_facts")
    before, events = dump_all(), AuditEvent.objects.count()
    capsys.readouterr()
    call_command("load_facts")
    assert capsys.readouterr().out.partition("（")[0] == "事实已载入：0 新增，0 更改"
    assert (dump_all(), AuditEvent.objects.count()) == (before, events)


def test_a_changed_fact_is_put_right(db: None) -> None:
    load_facts()
    Task.objects.filter(code="01").update(title="改动")
    outcome = load_facts()
    assert (outcome.added, outcome.changed) == (0, 1)
    assert Task.objects.get(code="01").title == FACTS["tasks"][0]["title"]


def test_loading_leaves_one_audit_event(db: None) -> None:
    outcome = load_facts()
    event = AuditEvent.objects.get()
    assert (event.action, event.after["新增"], event.after["文件摘要"]) == (
        "载入事实",
        outcome.added,
        outcome.sha256,
    )
    assert audit.verify() == []


def test_what_the_office_adds_to_a_fact_stays(db: None) -> None:
    load_facts()
    Indicator.objects.filter(code="jineng-rencai").update(precision=2)
    assert load_facts().changed == 0
    assert Indicator.objects.get(code="jineng-rencai").precision == 2
