"""Data entry: tasks are written in 草拟 only; states, reports and histories are never for editing."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from tasks.models import Assignment, Task
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
APPS = ("reporting", "tasks", "metrics", "honors", "activities")
READ_ONLY = {
    "honors.HonorBatchKind", "metrics.FigureEntry", "metrics.FigureSheet", "metrics.Observation",
    "reporting.ReportingRound", "reporting.ReviewEvent", "reporting.RoundException",
    "reporting.RoundSnapshot", "reporting.Submission", "tasks.Assignment", "tasks.Milestone",
    "tasks.PlanLine", "tasks.ProgressReport", "tasks.ReportVersion", "tasks.TaskEvent",
    "tasks.TaskMeasure", "tasks.TaskOrigin",
}  # fmt: skip
LISTS = [model for model in admin.site._registry if model._meta.app_label in APPS]


def change_url(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def task_form(task, **changes) -> dict[str, object]:
    written = {"code": task.code, "title": task.title, "kind": "quality", "frequency": "quarter"}
    chosen = {"seen_version": task.lock_version, "plan": task.plan_id, "area": task.area_id}
    empty = dict.fromkeys(("wording", "note", "frequency_printed", "start_on", "due_on"), "")
    parts = {
        f"{part}-{count}_FORMS": 0 for part in ("assignments", "milestones") for count in ("TOTAL", "INITIAL")
    }
    return {**written, **chosen, **empty, **parts, **changes}


def test_which_models_are_only_shown(rf, office_clerk):
    request = rf.get("/")
    request.user = office_clerk
    shown = {
        model._meta.label for model in LISTS if not admin.site._registry[model].has_add_permission(request)
    }
    assert shown == READ_ONLY


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_every_list_opens_searches_and_asks_the_same_queries(
    model, office_clerk, client_for, django_assert_num_queries
):
    client = client_for(office_clerk)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    answer = client.get(url, {"q": "甲"})
    permitted = office_clerk.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    assert answer.status_code == (200 if permitted else 403)


def test_draft_task_is_written_with_its_units(office_clerk, lead_unit, client_for):
    task = factories.task(state="draft")
    lead = {"assignments-TOTAL_FORMS": 1, "assignments-0-unit": lead_unit.pk, "assignments-0-role": "lead"}
    answer = client_for(office_clerk).post(change_url(task), task_form(task, title="新名称", **lead))
    task.refresh_from_db()
    assert (answer.status_code, task.title, task.lock_version) == (302, "新名称", 2)
    assert Assignment.objects.get().unit == lead_unit


def test_second_lead_is_refused_in_words(office_clerk, lead_unit, assisting_unit, client_for):
    task = factories.task(state="draft")
    leads: dict[str, object] = {"assignments-TOTAL_FORMS": 2}
    for place, unit in enumerate((lead_unit, assisting_unit)):
        leads |= {f"assignments-{place}-unit": unit.pk, f"assignments-{place}-role": "lead"}
    page = client_for(office_clerk).post(change_url(task), task_form(task, **leads))
    assert (page.status_code, Assignment.objects.count()) == (200, 0)
    assert page.content.decode().count("一项任务只能有一个牵头单位。") == 1


def test_state_is_no_form_field(office_clerk, client_for):
    task = factories.task(state="draft")
    client_for(office_clerk).post(change_url(task), task_form(task, state="active", done_on="2026-01-01"))
    task.refresh_from_db()
    assert (task.state, task.done_on) == ("draft", None)


@pytest.mark.parametrize("state", ["pending_approval", "active", "closed"])
def test_task_under_way_is_not_rewritten(office_clerk, client_for, state):
    task = factories.task(state=state, title="原文")
    assert client_for(office_clerk).post(change_url(task), task_form(task, title="改写")).status_code == 403
    assert Task.objects.get().title == "原文"


def test_founding_task_is_not_rewritten(office_clerk, client_for):
    task = factories.task(state="draft", plan=factories.plan(year=2018, last_year=2021, is_founding=True))
    assert client_for(office_clerk).post(change_url(task), task_form(task, title="改写")).status_code == 403


def test_liaison_has_no_way_into_the_admin(lead_liaison, client_for):
    assert client_for(lead_liaison).get(change_url(factories.task())).status_code in (302, 403)


@pytest.mark.parametrize(
    "name", ["tasks_task", "tasks_policydocument", "metrics_indicator", "metrics_target", "honors_honorbatch"]
)
def test_registers_leave_as_workbooks(office_clerk, client_for, name):
    factories.task()
    factories.policy_document()
    factories.target()
    factories.honor_batch()
    sheet = rows_of(client_for(office_clerk).get(reverse(f"admin:{name}_export")))
    assert len(sheet) == 2


def test_export_follows_the_filter(office_clerk, client_for):
    factories.task(title="甲")
    factories.task(title="乙")
    sheet = rows_of(client_for(office_clerk).get(reverse("admin:tasks_task_export"), {"q": "乙"}))
    assert [row[2] for row in sheet] == ["任务名称", "乙"]


def test_new_task_has_one_open_row_for_the_lead(office_clerk, client_for):
    page = client_for(office_clerk).get("/admin/tasks/task/add/")
    assignments, _ = page.context["inline_admin_formsets"]
    assert [form.initial for form in assignments.formset.forms] == [{"role": "lead"}]
    html = page.content.decode()
    assert (
        html.index('id="assignments-group"') < html.index("填报与时限") < html.index('id="milestones-group"')
    )


def test_missing_field_is_named(office_clerk, client_for):
    task = factories.task(state="draft")
    page = client_for(office_clerk).post(change_url(task), task_form(task, title=""))
    assert page.context["adminform"].form.errors["title"] == ["请填写“任务名称”。"]


def test_saved_task_leads_to_its_page(office_clerk, client_for):
    task = factories.task(state="draft", title="新任务")
    answer = client_for(office_clerk).post(change_url(task), task_form(task), follow=True)
    said = str(next(iter(answer.context["messages"])))
    assert said == f'下一步请到任务页送审：<a href="/tasks/{task.uid}/">新任务</a>'


def test_moves_and_invented_rows_are_shown_in_words(office_clerk, client_for):
    event = factories.task_event()
    factories.task(is_demo=True)
    client = client_for(office_clerk)
    assert client.get("/admin/tasks/taskevent/").content.decode().count(">送审</td>") == 1
    page = client.get("/admin/tasks/task/").content.decode()
    assert (page.count(">演示</td>"), page.count("icon-no"), event.move) == (1, 0, "propose")


def test_front_page_of_the_admin_speaks_chinese(office_clerk, client_for):
    page = client_for(office_clerk).get("/admin/").content.decode()
    assert [word for word in ("Model name", "Add link", "最近动作", "站点管理") if word in page] == []


def test_drafts_are_sent_to_approval_together_and_refusals_named(office_clerk, lead_unit, client_for):
    ready = factories.task(state="draft", title="甲", lead=lead_unit)
    factories.task(state="draft", title="乙")
    ticked = {"action": "propose_selected", "_selected_action": [task.pk for task in Task.objects.all()]}
    answer = client_for(office_clerk).post("/admin/tasks/task/", ticked, follow=True)
    assert [str(message)[:9] for message in answer.context["messages"]] == [
        "“乙”没有送审：送",
        "已送审1项任务，由",
    ]
    ready.refresh_from_db()
    assert (ready.state, Task.objects.get(title="乙").state) == ("pending_approval", "draft")
