"""What the office does with plans: open one for a year, carry tasks over, merge, supersede, discard."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.submit_once import submit_once
from organization.access import current_group, role_required
from organization.roles import OFFICE, OFFICE_HEAD
from tasks import permissions
from tasks.actions.carrying import carry_over, merge_tasks
from tasks.actions.plans import create_plan, discard_plan, refuse_closed, supersede_plan
from tasks.forms import CarryForm, MergeForm, PlanForm, SupersedeForm
from tasks.models import Plan, ReformArea, Task
from tasks.queries.plans import (
    CandidateRow,
    askable_units,
    candidate_rows,
    left_behind,
    next_year,
    previous_plan,
    source_plans,
)
from tasks.views.plans import TRAIL, plan_of

office_only = role_required(OFFICE, OFFICE_HEAD)


@require_http_methods(["GET", "POST"])
@office_only
@submit_once
def plan_create(request: HttpRequest) -> HttpResponse:
    group = current_group(request)
    if not permissions.can_keep_plans(request.user, group.pk):
        raise NotAllowed("计划由本协调小组的办公室维护，您没有这项权限。")
    year = next_year(group)
    start = {"year": year, "name": f"{year}年产业工人队伍建设改革工作计划", "content": PlanForm.CARRIED}
    form = PlanForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            return _created(request, form)
        except RuleViolation as refused:
            _refuse(form, refused)
    return render(request, "tasks/plan_form.html", {"form": form, "trail": TRAIL, "group": group})


def _created(request: HttpRequest, form: PlanForm) -> HttpResponse:
    typed = form.cleaned_data
    at = clock.now()
    group = current_group(request)
    plan = create_plan(group=group, year=typed["year"], name=typed["name"], by=request.user, at=at)
    source = previous_plan(plan) if typed["content"] == PlanForm.CARRIED else None
    words = "，请沿用往年任务或逐项登记。"
    if source is not None:
        tasks = list(left_behind(request.user, plan, source))
        if tasks:
            count = len(carry_over(plan, tasks, by=request.user, at=at).tasks)
            words = (
                f"，已从“{source}”沿用{count}项任务作为草拟稿，单位、节点和时限都是建议，请逐项核对后送审。"
            )
    messages.success(request, f"已新建“{plan}”{words}")
    return redirect(plan)


@require_http_methods(["GET", "POST"])
@office_only
@submit_once
def plan_carry(request: HttpRequest, group: str, year: int, version: int) -> HttpResponse:
    """Tasks of an earlier plan to be ticked, each with the dates it would get."""
    plan = _open_plan(request, group, year, version)
    source, sources, candidates = _sources(request, plan)
    form = CarryForm(candidates, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = carry_over(plan, list(form.cleaned_data["task"]), by=request.user, at=clock.now())
        except RuleViolation as refused:
            _refuse(form, refused)
        else:
            messages.success(
                request, f"已沿用{len(done.tasks)}项任务作为草拟稿，请核对单位、节点和时限后送审。"
            )
            if done.dropped_units:
                messages.warning(
                    request, f"有{done.dropped_units}个单位已终止，没有列入，请为相应任务另定单位。"
                )
            return redirect(plan)
    return render(
        request,
        "tasks/plan_carry.html",
        _choosing(request, plan, form, source, sources, candidates, "沿用往年任务"),
    )


@require_http_methods(["GET", "POST"])
@office_only
@submit_once
def plan_merge(request: HttpRequest, group: str, year: int, version: int) -> HttpResponse:
    """Several tasks of an earlier plan to be ticked, and the one they become."""
    plan = _open_plan(request, group, year, version)
    source, sources, candidates = _sources(request, plan)
    areas = ReformArea.objects.filter(taxonomy=ReformArea.Taxonomy.FOUNDING).order_by("position")
    units = askable_units(plan.group, clock.today())
    form = MergeForm(candidates, areas, units, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        tasks = list(typed.pop("task"))
        try:
            task = merge_tasks(plan, tasks, **typed, by=request.user, at=clock.now())
        except RuleViolation as refused:
            _refuse(form, refused)
        else:
            messages.success(request, f"已将{len(tasks)}项任务合并为“{task}”，来源都保留在任务页。")
            if not (task.kind and task.frequency):
                messages.warning(
                    request, "来源任务的类型或填报频次不一致，尚未确定，请在“修改”中填写后再送审。"
                )
            return redirect(task)
    return render(
        request,
        "tasks/plan_merge.html",
        _choosing(request, plan, form, source, sources, candidates, "合并往年任务"),
    )


@require_http_methods(["GET", "POST"])
@office_only
@submit_once
def plan_supersede(request: HttpRequest, group: str, year: int, version: int) -> HttpResponse:
    """What passes over, which drafts go on, and why there is a new version."""
    plan = _open_plan(request, group, year, version)
    drafts = Task.objects.filter(plan=plan).planned().order_by("code")
    start = {"name": f"{plan.name}（第{plan.version_no + 1}版）"[:80]}
    form = SupersedeForm(drafts, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            new = supersede_plan(
                plan,
                name=typed["name"],
                reason=typed["reason"],
                kept=list(typed["task"]),
                by=request.user,
                at=clock.now(),
            )
        except RuleViolation as refused:
            _refuse(form, refused)
        else:
            messages.success(request, f"“{new}”已取代“{plan}”，原版本仍可查阅。")
            return redirect(new)
    rows = candidate_rows(drafts, plan)
    return render(
        request,
        "tasks/plan_supersede.html",
        {
            "plan": plan,
            "form": form,
            "trail": [*TRAIL, (plan.name, plan.get_absolute_url())],
            "rows": rows,
            "chosen": _ticked(request, rows, at_first="all"),
            "passing": Task.objects.filter(plan=plan).passing_over().count(),
        },
    )


@require_POST
@office_only
@submit_once
def plan_discard(request: HttpRequest, group: str, year: int, version: int) -> HttpResponse:
    plan = plan_of(request, group, year, version)
    discard_plan(plan, by=request.user)
    messages.success(request, f"已放弃“{plan}”及其中的草拟任务。")
    return HttpResponseRedirect("/plans/")


def _open_plan(request: HttpRequest, group: str, year: int, version: int) -> Plan:
    """The plan of the address, refused in a sentence where it takes no more tasks."""
    plan = plan_of(request, group, year, version)
    refuse_closed(plan, by=request.user)
    return plan


def _sources(request: HttpRequest, plan: Plan) -> tuple[Plan | None, list[Plan], QuerySet[Task]]:
    """The earlier plan chosen by `?from=`, all there are, and what may still be taken from the chosen one."""
    sources = source_plans(plan)
    wanted = request.GET.get("from", "")
    source = next((row for row in sources if row.code == wanted), sources[0] if sources else None)
    candidates = left_behind(request.user, plan, source) if source else Task.objects.none()
    return source, sources, candidates


def _choosing(
    request: HttpRequest,
    plan: Plan,
    form: forms.Form,
    source: Plan | None,
    sources: list[Plan],
    candidates: QuerySet[Task],
    heading: str,
) -> dict[str, Any]:
    rows = candidate_rows(candidates, plan)
    return {
        "plan": plan,
        "form": form,
        "heading": heading,
        "source": source,
        "sources": sources,
        "rows": rows,
        "chosen": _ticked(request, rows, at_first="none"),
        "trail": [*TRAIL, (plan.name, plan.get_absolute_url())],
    }


def _ticked(request: HttpRequest, rows: Sequence[CandidateRow], *, at_first: str) -> set[str]:
    """What stood ticked when the form came in, so that a refusal loses nothing; before that `?ticked=` all or none."""
    offered = {row.uid for row in rows}
    if request.method == "POST":
        return offered & set(request.POST.getlist("task"))
    return offered if request.GET.get("ticked", at_first) == "all" else set()


def _refuse(form: forms.Form, refused: RuleViolation) -> None:
    """The sentence above the form; what the person may not do at all goes on to its own page."""
    if isinstance(refused, NotAllowed):
        raise refused
    form.add_error(None, refused.message)
