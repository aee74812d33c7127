"""Both taxonomies of the reform, how they meet, and the page of one area."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.slots import slot_url
from core.submit_once import submit_once
from core.tables import Head, sorted_page
from organization.access import current_group, role_required
from organization.roles import ALL_ROLES, OFFICE, OFFICE_HEAD
from tasks.actions.areas import CROSSWALK_REFUSED, Answer, save_crosswalk, set_central_section
from tasks.filter_bar import TaskFilterBar
from tasks.forms import CrosswalkForm, SectionForm
from tasks.models import ReformArea, Task
from tasks.permissions import can_keep_crosswalk
from tasks.queries.areas import STAGES, area_chart, area_page, area_tasks, taxonomies
from tasks.queries.choices import filter_choices
from tasks.queries.filters import ALL, TaskFilter
from tasks.queries.register import DEFAULT_SORT, SORTS, flat_rows, task_row

PER_PAGE = 50
TRAIL = [("首页", "/"), ("改革领域", "/areas/")]
HEADS = (
    Head("编号", key="code"),
    Head("任务名称", key="title"),
    Head("牵头单位", key="lead"),
    Head("完成时限", key="due"),
    Head("状态", key="state"),
)


@require_safe
@role_required(*ALL_ROLES)
def area_list(request: HttpRequest) -> HttpResponse:
    group = current_group(request)
    choices = filter_choices(request.user, group)
    plan = choices.plan_for(request.GET.get("plan", ""), clock.today().year)
    shown = taxonomies(request.user, group, plan=plan)
    counts = [*(Head(stage.label, number=True) for stage in STAGES), Head("合计", number=True)]
    return render(
        request,
        "tasks/area_list.html",
        {
            "shown": shown,
            "heads": [Head("改革领域"), *counts, Head("章节")],
            "section_heads": [Head("中央意见章节"), *counts],
            "bar": TaskFilterBar(request.GET, TaskFilter(), choices, plan),
            "plan": plan,
            "chart": area_chart(shown.areas),
            "may_edit": can_keep_crosswalk(request.user),
            "shows_demo": any(row.has_demo for row in shown.areas),
        },
    )


@require_safe
@role_required(*ALL_ROLES)
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    area = get_object_or_404(ReformArea.objects.select_related("section"), code=code)
    group = current_group(request)
    choices = filter_choices(request.user, group)
    asked = TaskFilter.from_query(request.GET)
    plan = choices.plan_for(asked.plan, clock.today().year)
    tasks = area_tasks(request.user, group, area, asked, plan=plan)
    page = sorted_page(request, flat_rows(tasks), sorts=SORTS, default=DEFAULT_SORT, per_page=PER_PAGE)
    rows = [task_row(values, shows_plan=plan == ALL) for values in page.object_list]
    return render(
        request,
        "tasks/area_detail.html",
        {
            "area": area,
            "is_central": area.taxonomy == ReformArea.Taxonomy.CENTRAL,
            "page": page,
            "rows": rows,
            "heads": page.heads(*HEADS),
            "shown": area_page(area, tasks),
            "bar": TaskFilterBar(request.GET, asked, choices, plan),
            "asked": asked,
            "trail": TRAIL,
            "figures_url": slot_url("metrics:area-figures", code=area.code),
            "shows_demo": any(row.is_demo for row in rows),
        },
    )


@require_http_methods(["GET", "POST"])
@role_required(OFFICE, OFFICE_HEAD)
@submit_once
def crosswalk(request: HttpRequest) -> HttpResponse:
    """Which sections an area answers to, ticked; its main one chosen."""
    if not can_keep_crosswalk(request.user):
        raise NotAllowed(CROSSWALK_REFUSED)
    rows = ReformArea.objects.prefetch_related("sections__section").order_by("position")
    areas = rows.filter(taxonomy=ReformArea.Taxonomy.FOUNDING)
    sections = list(rows.filter(taxonomy=ReformArea.Taxonomy.CENTRAL))
    form = CrosswalkForm(areas, sections, request.POST or None, initial=_standing(areas))
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_crosswalk(_answers(form), by=request.user)
        except NotAllowed:
            raise
        except RuleViolation as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"已保存领域对照，{changed}个领域有变动。")
            return redirect("tasks:area-list")
    return render(request, "tasks/crosswalk.html", {"form": form, "sections": sections, "trail": TRAIL})


@require_POST
@role_required(OFFICE, OFFICE_HEAD)
@submit_once
def task_section(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Sorts one task into a section; this is no part of its official wording and open in every state."""
    task = get_object_or_404(Task.objects.visible_to(request.user), uid=uid)
    form = SectionForm(ReformArea.objects.filter(taxonomy=ReformArea.Taxonomy.CENTRAL), request.POST)
    if not form.is_valid():
        messages.error(request, "请从列表中选择“中央意见章节”。")
        return redirect(task)
    section = form.cleaned_data["section"]
    set_central_section(task, section, by=request.user)
    messages.success(request, f"已归入“{section}”。" if section else "已改为按领域对照归类。")
    return redirect(task)


def _standing(areas) -> dict[str, object]:
    """The cross-walk as the form shows it."""
    found: dict[str, object] = {}
    for area in areas:
        links = list(area.sections.all())
        found[f"sections-{area.code}"] = [link.section.code for link in links]
        found[f"main-{area.code}"] = next((link.section.code for link in links if link.is_default), "")
    return found


def _answers(form: CrosswalkForm) -> dict[str, Answer]:
    typed = form.cleaned_data
    return {
        area.code: Answer(frozenset(typed[f"sections-{area.code}"]), typed[f"main-{area.code}"] or None)
        for area in form.areas
    }
