"""Plans by year, and the page of one plan."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.tables import Head, sorted_page
from organization.access import current_group, role_required
from organization.roles import ALL_ROLES
from tasks import permissions
from tasks.models import Plan
from tasks.models.task import PLANNING_STATES
from tasks.queries.areas import STAGES
from tasks.queries.plans import (
    kept_lines,
    left_behind,
    plan_tasks,
    plan_years,
    previous_plan,
    stage_counts,
    standing_of,
    with_origins,
)
from tasks.queries.register import DEFAULT_SORT, SORTS

PER_PAGE = 100
MOST_LEFT = 12
TRAIL = [("首页", "/"), ("改革任务", "/tasks/"), ("年度计划", "/plans/")]
HEADS = (
    Head("编号", key="code"),
    Head("任务名称", key="title"),
    Head("来源"),
    Head("改革领域", key="area"),
    Head("牵头单位", key="lead"),
    Head("完成时限", key="due"),
    Head("状态", key="state"),
)


def plan_of(request: HttpRequest, group: str, year: int, version: int) -> Plan:
    """The plan of the address; 404 where the reader may not see it."""
    plans = permissions.visible_plans(request.user).select_related("group", "supersedes__group", "section")
    return get_object_or_404(plans, group__code=group, year=year, version_no=version)


@require_safe
@role_required(*ALL_ROLES)
def plan_list(request: HttpRequest) -> HttpResponse:
    group = current_group(request)
    years = plan_years(request.user, group, clock.today())
    heads = [
        Head("计划"),
        Head("版本"),
        *(Head(stage.label, number=True) for stage in STAGES),
        Head("任务", unit="项", number=True),
    ]
    return render(
        request,
        "tasks/plan_list.html",
        {
            "years": years,
            "heads": heads,
            "group": group,
            "may_keep": permissions.can_keep_plans(request.user, group.pk),
            "shows_demo": any(row.is_demo for year in years for row in year.rows),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def plan_detail(request: HttpRequest, group: str, year: int, version: int) -> HttpResponse:
    plan = plan_of(request, group, year, version)
    successor = Plan.objects.filter(supersedes=plan).select_related("group").first()
    page = sorted_page(
        request, plan_tasks(request.user, plan), sorts=SORTS, default=DEFAULT_SORT, per_page=PER_PAGE
    )
    rows = with_origins(plan, page.object_list)
    states = stage_counts(request.user, plan)
    word, tone = standing_of(
        plan,
        next_version=successor.version_no if successor else None,
        states=states,
        today=clock.today(),
    )
    is_open = successor is None and not plan.is_founding
    may_keep = is_open and permissions.can_keep_plans(request.user, plan.group_id)
    return render(
        request,
        "tasks/plan_detail.html",
        {
            "plan": plan,
            "successor": successor,
            "trail": TRAIL,
            "standing": word,
            "tone": tone,
            "page": page,
            "rows": rows,
            "heads": page.heads(*HEADS),
            "lines": kept_lines(plan) if successor and _sees_whole(request, plan) else (),
            "counts": _counts(states),
            "may_keep": may_keep,
            # Before anything was handed out there is nothing to pass over: the plan itself may still be changed.
            "may_supersede": may_keep and not set(states) <= set(PLANNING_STATES),
            "may_discard": may_keep and plan.supersedes_id is None and set(states) <= {"draft"},
            "shows_demo": plan.is_demo or any(found.row.is_demo for found in rows),
            **_left_behind(request, plan),
        },
    )


def _sees_whole(request: HttpRequest, plan: Plan) -> bool:
    """What a superseded version said is read by the group itself; units see their tasks."""
    return plan.group_id in permissions.plan_scope(request.user)[0]


def _counts(states: Counter[str]) -> list[tuple[str, int]]:
    """Tasks by stage; a stage without any is left out."""
    found = ((stage.label, sum(states[state.value] for state in stage.states)) for stage in STAGES)
    return [(label, count) for label, count in found if count]


def _left_behind(request: HttpRequest, plan: Plan) -> dict[str, object]:
    """What of the plan before it was not taken in; nothing is asked of the founding plan."""
    earlier = None if plan.is_founding else previous_plan(plan)
    if earlier is None or not _sees_whole(request, plan):
        return {"earlier": None}
    tasks = left_behind(request.user, plan, earlier)
    count = tasks.count()
    return {
        "earlier": earlier,
        "left": list(tasks[:MOST_LEFT]),
        "left_count": count,
        "left_more": count - MOST_LEFT,
    }
