"""The page of a task, the reports on it, and who may see them."""

from __future__ import annotations

import datetime as dt

import pytest

from tasks.models import ProgressReport, ReportVersion
from tests import factories

pytestmark = pytest.mark.django_db


def open_page(client, task):
    return client.get(f"/tasks/{task.uid}/")


def test_page_asks_the_same_queries_for_1_and_3_reports(
    office_clerk, lead_unit, client_for, django_assert_num_queries
):
    client, task = client_for(office_clerk), factories.task(lead=lead_unit)
    for wanted, quarters in ((1, (1,)), (3, (2, 3))):
        for quarter in quarters:
            _accepted_report(task, lead_unit, quarter=quarter)
            factories.milestone(task=task)
            factories.task_event(task=task)
        with django_assert_num_queries(13):
            assert len(open_page(client, task).context["shown"].reports) == wanted


def test_accepted_text_is_shown_with_who_accepted_it(office_clerk, lead_unit, client_for):
    task = factories.task(lead=lead_unit)
    report = _accepted_report(task, lead_unit, progress="建成实训基地2个。")
    page = open_page(client_for(office_clerk), task).content.decode()
    assert page.count("建成实训基地2个。") == 1
    assert page.count(f"{report.submission.accepted_by} 2026年11月22日") == 1


def test_text_under_way_is_not_shown(office_clerk, lead_unit, client_for):
    task = factories.task(lead=lead_unit)
    report = factories.progress_report(task=task, unit=lead_unit, state="submitted", progress="未审的文字")
    factories.report_version(report=report, progress="未审的文字")
    [entry] = open_page(client_for(office_clerk), task).context["shown"].reports
    assert (entry.text, entry.state_label) == (None, "已报送")


def test_section_by_the_cross_walk_is_named(office_clerk, client_for):
    section = factories.central_section()
    factories.area_crossing(section=section, is_default=True)
    page = open_page(client_for(office_clerk), factories.task()).content.decode()
    assert page.count(f'<a href="/areas/{section.code}/">{section.name}</a>') == 1


def test_chain_leads_back_to_the_founding_task(lead_liaison, lead_unit, client_for):
    fact = factories.task(title="事实", plan=factories.plan(year=2018, last_year=2021, is_founding=True))
    before = factories.task(title="去年", plan=factories.plan(year=2025), carried_from=fact)
    task = factories.task(lead=lead_unit, carried_from=before)
    shown = open_page(client_for(lead_liaison), task).context["shown"]
    assert [step.title for step in shown.chain] == ["事实"]  # last year's task was another unit's


def test_milestones_say_how_they_stand(office_clerk, client_for):
    task = factories.task()
    factories.milestone(task=task, title="甲", due_on=dt.date(2026, 3, 1), done_on=dt.date(2026, 2, 1))
    factories.milestone(task=task, title="乙", due_on=dt.date(2026, 4, 1))
    factories.milestone(task=task, title="丙", due_on=dt.date(2026, 12, 31))
    rows = open_page(client_for(office_clerk), task).context["milestones"]
    assert [word for _, word, _ in rows] == ["2026年2月1日完成", "逾期未完成", "未到期"]


def test_stranger_gets_the_page_of_a_missing_task(stranger, client_for):
    client, task = client_for(stranger), factories.task()
    assert open_page(client, task).status_code == 404
    assert client.get("/tasks/0b0e7f3a-3f2b-4d0c-9f52-111111111111/").status_code == 404


def test_auditor_is_refused(auditor, client_for):
    assert open_page(client_for(auditor), factories.task()).status_code == 403


def test_only_the_mover_sees_a_button(office_clerk, leader, client_for):
    task = factories.task(state="draft")
    assert [b.label for b in open_page(client_for(office_clerk), task).context["shown"].buttons] == ["送审"]
    assert open_page(client_for(leader), task).context["shown"].buttons == ()


@pytest.mark.parametrize(
    ("person", "state", "leads"),
    [("office_clerk", "draft", True), ("office_clerk", "active", False), ("leader", "draft", False)],
)
def test_draft_leads_the_office_to_data_entry(request, client_for, person, state, leads):
    task = factories.task(state=state)
    url = open_page(client_for(request.getfixturevalue(person)), task).context["edit_url"]
    assert url == (f"/admin/tasks/task/{task.pk}/change/" if leads else "")


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("office_clerk", True), ("office_head", True), ("leader", True), ("lead_liaison", True), ("signer", True),
        ("assisting_liaison", True), ("stranger", False), ("auditor", False), ("sysadmin", False),
    ],
)  # fmt: skip
def test_reports_are_visible_to(request, lead_unit, assisting_unit, person, sees):
    report = _accepted_report(factories.task(lead=lead_unit, assisting=(assisting_unit,)), lead_unit)
    user = request.getfixturevalue(person)
    assert ProgressReport.objects.visible_to(user).filter(pk=report.pk).exists() == sees
    assert ReportVersion.objects.visible_to(user).filter(report=report).exists() == sees


def test_versions_page_keeps_every_text(office_clerk, lead_unit, client_for):
    task = factories.task(lead=lead_unit)
    report = _accepted_report(task, lead_unit, version_no=2)
    factories.report_version(report=report, version_no=1, progress="第一稿")
    shown = client_for(office_clerk).get(f"/tasks/{task.uid}/reports/2026/3/").context["shown"]
    assert [(row.number, row.is_accepted) for row in shown.versions] == [(2, True), (1, False)]


@pytest.mark.parametrize("period", ["2026/4", "2026/9", "99999999999999999999/1"])
def test_report_that_does_not_exist(office_clerk, lead_unit, client_for, period):
    task = factories.task(lead=lead_unit)
    assert client_for(office_clerk).get(f"/tasks/{task.uid}/reports/{period}/").status_code == 404


def _accepted_report(task, unit, *, quarter: int = 3, version_no: int = 1, progress: str = "完成。"):
    round_ = factories.reporting_round(quarter=quarter)
    held = factories.submission(round=round_, unit=unit, state="accepted", version_no=version_no)
    report = factories.progress_report(task=task, submission=held)
    factories.report_version(report=report, version_no=version_no, progress=progress, percent=75)
    return report


@pytest.mark.parametrize("has_liaison", [True, False])
def test_handing_out_names_the_unit_and_warns_without_a_liaison(
    request, office_clerk, lead_unit, client_for, has_liaison
):
    if has_liaison:
        request.getfixturevalue("lead_liaison")
    task = factories.task(lead=lead_unit, state="approved", due_on=dt.date(2026, 12, 31))
    [button] = client_for(office_clerk).get(f"/tasks/{task.uid}/").context["buttons"]
    words = "交办后，任务转为“已交办”，由牵头单位办理。牵头单位是市人社局，完成时限2026年12月31日，交办后不再改动。"
    warning = "注意：市人社局还没有联络员，交办后无人签收，请先由安全管理员授权。"
    assert button.question == (words if has_liaison else words + warning)
