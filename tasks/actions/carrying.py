"""Tasks of earlier plans taken into a plan: carried over one by one, or several merged into one.

What comes out is a draft: leads, cooperating units, milestones and dates are proposals, nothing is handed out.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from core import audit
from core.errors import RuleViolation
from organization.models import Unit
from tasks.actions.plans import open_plan
from tasks.carrying import moved_by_years, proposed_code
from tasks.life import TaskState
from tasks.models import Assignment, Milestone, Plan, ReformArea, Task, TaskOrigin
from tasks.queries.plans import taken_into

if TYPE_CHECKING:
    from organization.models import User

# What a task keeps of its wording and sorting in the next plan.
KEPT = ("title", "wording", "kind", "area_id", "central_section_id", "frequency", "frequency_printed")
KEPT_SOURCES = ("is_highlight", "document_id", "clause_id")
# What a merged task takes over where all its sources say the same.
AGREED = ("kind", "frequency", "frequency_printed", "central_section_id", "document_id", "clause_id")


@dataclass(frozen=True)
class Carried:
    """What came of carrying over: the new drafts and how many ended units were left out."""

    tasks: tuple[Task, ...]
    dropped_units: int


@transaction.atomic
def carry_over(plan: Plan, sources: Sequence[Task], *, by: "User", at: datetime.datetime) -> Carried:
    """One draft per source, with `carried_from`, units, milestones and dates moved by the years between."""
    locked = open_plan(plan, by=by)
    found = _sources(locked, sources, at_least=1)
    taken = set(locked.tasks.values_list("code", flat=True))
    drafts = []
    for source in found:
        draft = _draft_of(source, locked, taken)
        taken.add(draft.code)
        drafts.append(draft)
    Task.objects.bulk_create(drafts)
    dropped = _copy_units(list(zip(drafts, found, strict=True)), at.date())
    _copy_milestones(list(zip(drafts, found, strict=True)))
    audit.record(
        "沿用任务",
        by=by,
        obj=locked,
        group_code=locked.group.code,
        after={
            "沿用": [
                f"{draft.code} {draft.title}（沿用自{source.plan}{source.code}）"
                for draft, source in zip(drafts, found, strict=True)
            ]
        },
    )
    return Carried(tuple(drafts), dropped)


@transaction.atomic
def merge_tasks(
    plan: Plan,
    sources: Sequence[Task],
    *,
    title: str,
    wording: str,
    area: ReformArea,
    lead: Unit | None,
    by: "User",
    at: datetime.datetime,
    kind: str = "",
    frequency: str = "",
) -> Task:
    """One draft made of several tasks, each kept as its origin; the other units of theirs cooperate.

    It starts with the first and is due with the last of them. Kind and frequency are the given ones, else those
    all sources agree on; what they do not agree on stays open.
    """
    locked = open_plan(plan, by=by)
    found = _sources(locked, sources, at_least=2)
    draft = _merged_draft(found, locked, title=title, wording=wording, area=area)
    draft.kind = kind or draft.kind
    if frequency and frequency != draft.frequency:
        draft.frequency, draft.frequency_printed = frequency, ""
    draft.save()
    TaskOrigin.objects.bulk_create(
        TaskOrigin(task=draft, origin=source, is_demo=draft.is_demo) for source in found
    )
    _copy_units([(draft, source) for source in found], at.date(), lead=lead)
    _copy_milestones([(draft, source) for source in found])
    audit.record(
        "合并任务",
        by=by,
        obj=draft,
        group_code=locked.group.code,
        after={
            "计划": locked.name,
            "编号": draft.code,
            "合并自": [f"{source.plan}{source.code} {source.title}" for source in found],
        },
    )
    return draft


def _sources(plan: Plan, asked: Sequence[Task], *, at_least: int) -> list[Task]:
    """The sources in the order of their codes, each allowed; RuleViolation names the first that is not."""
    if len({task.pk for task in asked}) < at_least:
        raise RuleViolation(
            "“任务”没有勾选，请至少勾选一项要沿用的任务。"
            if at_least == 1
            else "“任务”勾选不足两项，合并须至少勾选两项；只有一项时请用“沿用”。"
        )
    found = list(
        Task.objects.filter(pk__in={task.pk for task in asked})
        .select_related("plan")
        .prefetch_related("assignments__unit", "milestones")
        .order_by("plan__year", "code", "pk")
    )
    taken = set(
        Task.objects.filter(taken_into(plan), pk__in=[task.pk for task in found]).values_list("pk", flat=True)
    )
    for source in found:
        if source.plan.group_id != plan.group_id or source.plan.year >= plan.year:
            raise RuleViolation(
                f"任务“{source}”属于“{source.plan}”，不是本小组{plan.year}年以前的计划，请取消勾选。"
            )
        if source.state == TaskState.TERMINATED:
            raise RuleViolation(f"任务“{source}”已终止，不能沿用或合并，请取消勾选。")
        if source.pk in taken:
            raise RuleViolation(f"任务“{source}”已列入“{plan}”，请取消勾选。")
    return found


def _draft_of(source: Task, plan: Plan, taken: Iterable[str]) -> Task:
    years = plan.year - source.plan.year
    return Task(
        plan=plan,
        code=proposed_code(
            source.code, from_year=source.plan.year, to_year=plan.year, taken=frozenset(taken)
        ),
        start_on=moved_by_years(source.start_on, years),
        due_on=moved_by_years(source.due_on, years),
        carried_from=source,
        is_demo=plan.is_demo or source.is_demo,
        **{name: getattr(source, name) for name in (*KEPT, *KEPT_SOURCES)},
    )


def _merged_draft(sources: Sequence[Task], plan: Plan, *, title: str, wording: str, area: ReformArea) -> Task:
    first = sources[0]
    starts = [moved_by_years(row.start_on, plan.year - row.plan.year) for row in sources]
    dues = [moved_by_years(row.due_on, plan.year - row.plan.year) for row in sources]
    taken = frozenset(plan.tasks.values_list("code", flat=True))
    agreed = {
        name: getattr(first, name) for name in AGREED if len({getattr(row, name) for row in sources}) == 1
    }
    return Task(
        plan=plan,
        code=proposed_code(first.code, from_year=first.plan.year, to_year=plan.year, taken=taken),
        title=title,
        wording=wording,
        area=area,
        start_on=min((day for day in starts if day), default=None),
        due_on=max((day for day in dues if day), default=None),
        is_highlight=any(row.is_highlight for row in sources),
        is_demo=plan.is_demo or any(row.is_demo for row in sources),
        **({"kind": "", "frequency": ""} | agreed),
    )


def _copy_units(pairs: Sequence[tuple[Task, Task]], today: datetime.date, *, lead: Unit | None = None) -> int:
    """Each source's units into its draft, ended ones left out; returns how many were.

    With several sources of one draft a unit comes once, and all but `lead` cooperate.
    """
    is_merge = len(pairs) > 1 and pairs[0][0] is pairs[1][0]
    chosen: dict[tuple[int, int], Assignment] = {}
    if is_merge and lead is not None:
        draft = pairs[0][0]
        chosen[draft.pk, lead.pk] = Assignment(
            task=draft, unit=lead, role=Assignment.Role.LEAD, is_demo=draft.is_demo
        )
    ended: set[int] = set()
    for draft, source in pairs:
        for row in source.assignments.all():
            if row.unit.valid_to is not None and row.unit.valid_to < today:
                ended.add(row.unit_id)
                continue
            copied = Assignment(
                task=draft,
                unit=row.unit,
                role=Assignment.Role.ASSIST if is_merge else row.role,
                stated_share=row.stated_share,
                is_demo=draft.is_demo,
            )
            chosen.setdefault((draft.pk, row.unit_id), copied)
    Assignment.objects.bulk_create(chosen.values())
    return len(ended)


def _copy_milestones(pairs: Sequence[tuple[Task, Task]]) -> None:
    """Steps as proposals: moved by the years between, not done; of two with one title the first stays."""
    copied: dict[tuple[int, str], Milestone] = {}
    for draft, source in pairs:
        years = draft.plan.year - source.plan.year
        for step in source.milestones.all():
            due_on = moved_by_years(step.due_on, years)
            if due_on is None:
                continue
            copied.setdefault(
                (draft.pk, step.title),
                Milestone(
                    task=draft,
                    title=step.title,
                    due_on=due_on,
                    target_share=step.target_share,
                    is_demo=draft.is_demo,
                ),
            )
    Milestone.objects.bulk_create(copied.values())
