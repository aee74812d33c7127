"""What the database itself refuses about tasks, on both databases, each with its sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from core.constraints import sentence_for
from tasks.models import Assignment, Milestone, Plan, PolicyDocument, ProgressReport, ReportVersion, Task
from tests import factories

pytestmark = pytest.mark.django_db


def refusal(change) -> str | None:
    """The sentence of the rule that refuses the change."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        change()
    return sentence_for(refused.value)


def double(row: models.Model) -> list[str]:
    """The sentence a form shows for a second such row, which the database refuses as well."""
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    return refused.value.messages


def test_two_leads(lead_unit, assisting_unit):
    task = factories.task(lead=lead_unit)
    second = Assignment(task=task, unit=assisting_unit, role=Assignment.Role.LEAD)
    assert double(second) == ["一项任务只能有一个牵头单位。"]


def test_a_unit_twice(lead_unit):
    task = factories.task(lead=lead_unit)
    again = Assignment(task=task, unit=lead_unit, role=Assignment.Role.ASSIST)
    assert double(again) == ["该单位已承担这项任务。"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start_on": dt.date(2026, 5, 1), "due_on": dt.date(2026, 4, 30)}, "完成时限不能早于开始日期。"),
        ({"state": "burnt"}, "任务状态不在可选范围内。"),
        ({"kind": "x"}, "任务类型不在可选范围内。"),
        ({"frequency": "x"}, "填报频次不在可选范围内。"),
        ({"done_on": dt.date(2026, 5, 1)}, "只有已办结的任务有办结日期。"),
        ({"kind": ""}, "送审前须确定任务的类型和填报频次。"),
    ],
)
def test_task(changes, sentence):
    task = factories.task()
    assert refusal(lambda: Task.objects.filter(pk=task.pk).update(**changes)) == sentence


def test_code_twice_in_a_plan():
    task = factories.task()
    again = Task(plan=task.plan, area=task.area, code=task.code, title="另一项")
    assert double(again) == ["该计划中已有这个任务编号。"]


@pytest.mark.parametrize("percent", [-1, 101])
def test_percent_of_a_report(percent):
    report = factories.progress_report()
    reports = ProgressReport.objects.filter(pk=report.pk)
    assert refusal(lambda: reports.update(percent=percent)) == "累计完成比例须在0至100之间。"


def test_declared_status_of_a_report():
    reports = ProgressReport.objects.filter(pk=factories.progress_report().pk)
    assert refusal(lambda: reports.update(declared_status="fine")) == "进展评价不在可选范围内。"


def test_one_report_per_task_and_round():
    report = factories.progress_report()
    again = ProgressReport(task=report.task, round=report.round, submission=factories.submission())
    assert double(again) == ["该任务本季度已有进展报告。"]


def test_version_numbers_are_used_once():
    version = factories.report_version()
    again = ReportVersion(report=version.report, version_no=1, sha256="", recorded_at=version.recorded_at)
    assert double(again) == ["该报告已有这个版本。"]


@pytest.mark.parametrize("share", [-1, 101])
def test_share_of_a_milestone(share):
    steps = Milestone.objects.filter(pk=factories.milestone().pk)
    assert refusal(lambda: steps.update(target_share=share)) == "累计应完成须在0至100之间。"


def test_years_of_a_plan():
    plans = Plan.objects.filter(pk=factories.plan().pk)
    assert refusal(lambda: plans.update(last_year=2025)) == "终止年份不能早于起始年份。"


def test_document_needs_a_name():
    documents = PolicyDocument.objects.filter(pk=factories.policy_document().pk)
    assert refusal(lambda: documents.update(title="", number="")) == "标题和文号至少填写一项。"


def test_measure_is_never_negative():
    assert refusal(lambda: factories.task_measure(share=-1)) == "完成度不能为负。"
