"""The page of a task, its moves and the reports on it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.slots import slot_url
from core.submit_once import submit_once
from organization.access import role_required
from organization.roles import ALL_ROLES, LIAISON, OFFICE, OFFICE_HEAD
from tasks.actions.life import move_task
from tasks.forms import MoveForm, SectionForm
from tasks.life import TASK_MOVE_BY_NAME
from tasks.models import ProgressReport, ReformArea, Task
from tasks.permissions import can_edit_task, can_keep_plans, can_sort_task
from tasks.queries.detail import milestone_words, task_page, with_page_parts
from tasks.queries.reports import report_page

TRAIL = [("首页", "/"), ("改革任务", "/tasks/")]


@require_safe
@role_required(*ALL_ROLES)
def task_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    task = get_object_or_404(with_page_parts(Task.objects.visible_to(request.user)), uid=uid)
    shown = task_page(task, request.user)
    today = clock.today()
    return render(
        request,
        "tasks/task_detail.html",
        {
            "shown": shown,
            "task": task,
            "trail": TRAIL,
            "milestones": [(row, *milestone_words(row, today)) for row in shown.milestones],
            "buttons": shown.buttons,
            "edit_url": _edit_url(request, task),
            "section_form": _section_form(request, task),
            "figures_url": slot_url("metrics:task-figures", uid=task.uid),
        },
    )


def _edit_url(request: HttpRequest, task: Task) -> str:
    """Where the office rewrites a task in 草拟; empty for everybody else."""
    may_edit = can_edit_task(task) and can_keep_plans(request.user, task.plan.group_id)
    return reverse("admin:tasks_task_change", args=[task.pk]) if may_edit else ""


def _section_form(request: HttpRequest, task: Task) -> SectionForm | None:
    """The office sorts a task into a section of the central opinion in every state; nobody else does."""
    if not can_sort_task(request.user, task):
        return None
    sections = ReformArea.objects.filter(taxonomy=ReformArea.Taxonomy.CENTRAL).order_by("position")
    chosen = task.central_section.code if task.central_section else ""
    form = SectionForm(sections, initial={"section": chosen})
    form.fields["section"].widget.attrs["class"] = "form-select"
    return form


@require_POST
@role_required(OFFICE, OFFICE_HEAD, LIAISON)
@submit_once
def task_move(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), uid=uid)
    form = MoveForm(request.POST)
    if not form.is_valid():
        for error in form.errors.values():
            messages.error(request, " ".join(str(sentence) for sentence in error))
        return redirect(task)
    move_task(task=task, by=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, f"“{task}”已{TASK_MOVE_BY_NAME[form.cleaned_data['move']].label}。")
    return redirect(
        task if Task.objects.visible_to(request.user).filter(pk=task.pk).exists() else "tasks:list"
    )


@require_safe
@role_required(*ALL_ROLES)
def report_detail(request: HttpRequest, uid: uuid.UUID, year: int, quarter: int) -> HttpResponse:
    visible = ProgressReport.objects.visible_to(request.user).for_timeline().select_related("task")
    report = get_object_or_404(
        visible.filter(task__in=Task.objects.visible_to(request.user)),
        task__uid=uid,
        round__year=year,
        round__quarter=quarter,
    )
    trail = [*TRAIL, (report.task.title, report.task.get_absolute_url())]
    return render(
        request,
        "tasks/report_detail.html",
        {
            "shown": report_page(report),
            "report": report,
            "trail": trail,
            "heading": f"{report.round}进展报告",
        },
    )
