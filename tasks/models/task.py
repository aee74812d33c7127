"""A task, who carries it, its milestones and the moves of its life."""

import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.constraints import check, unique
from core.models import Demonstrable, Optimistic, SourceSection, UidModel
from core.periods import Quarter
from organization import permissions as who
from organization.models import Unit
from tasks.life import PLAN_STEPS, TASK_MOVES, TaskState
from tasks.models.documents import Clause, PolicyDocument
from tasks.models.plans import Plan, ReformArea

if TYPE_CHECKING:
    from organization.models import User

STATE_CHOICES = [(state.value, state.label) for state in TaskState]
MOVE_CHOICES = [*((move.name, move.label) for move in TASK_MOVES), *PLAN_STEPS.items()]
PLANNING_STATES = (TaskState.DRAFT.value, TaskState.PENDING_APPROVAL.value, TaskState.APPROVED.value)
REPORTING_STATES = (
    TaskState.ACTIVE.value,
    TaskState.CLOSING.value,
    TaskState.VERIFYING.value,
    TaskState.SUSPENDED.value,
)


def _carried_by(units: set[int]) -> Q:
    """Assigned to one of the units and handed out; a draft that was ended never was."""
    assigned = Assignment.objects.filter(unit_id__in=units).values("task_id")
    ended_before = Q(state=TaskState.TERMINATED) & ~Exists(TaskEvent.objects.handing_out(OuterRef("pk")))
    return Q(pk__in=assigned) & ~Q(state__in=PLANNING_STATES) & ~Q(ended_before)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: "User") -> Self:
        """Office and leaders see their group's tasks; a unit's people those assigned to their unit after 交办.

        The founding plan's tasks are public facts for every business account.
        """
        if not user.is_business:
            return self.none()
        groups = who.group_ids(user, "office", "office_head", "leader", "assessor")
        units = who.unit_ids(user, "liaison", "signer")
        if not groups and not units:
            return self.none()
        whole = Q(plan__group_id__in=groups) | Q(plan__is_founding=True)
        return self.filter(whole | _carried_by(units) if units else whole)

    def carried_by(self, units: set[int]) -> Self:
        """Tasks of these units from 交办 on."""
        return self.filter(_carried_by(units))

    def planned(self) -> Self:
        """Tasks that were not handed out yet."""
        return self.filter(state__in=PLANNING_STATES)

    def passing_over(self) -> Self:
        """Tasks that a new version of their plan takes over as they are."""
        return self.exclude(state__in=(*PLANNING_STATES, TaskState.TERMINATED.value))

    def reporting(self) -> Self:
        """Tasks on which units still report."""
        return self.filter(state__in=REPORTING_STATES)

    def for_list(self) -> Self:
        return self.select_related("plan", "area", "section")


class Task(UidModel, Optimistic, Demonstrable):
    """One task of a plan. The official wording is locked once it has been handed out (交办)."""

    class Kind(models.TextChoices):
        QUANTITY = "quantity", "定量"
        MILESTONE = "milestone", "节点"
        QUALITY = "quality", "定性"

    class Frequency(models.TextChoices):
        QUARTER = "quarter", "季"
        HALF_YEAR = "half_year", "半年"
        YEAR = "year", "年"
        LONG_TERM = "long_term", "长期"

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="计划", related_name="tasks")
    code = models.CharField("编号", max_length=16)
    title = models.CharField("任务名称", max_length=120)
    wording = models.TextField("任务原文", blank=True)
    kind = models.CharField("类型", max_length=16, choices=Kind, blank=True, default=Kind.QUALITY)
    area = models.ForeignKey(ReformArea, models.PROTECT, verbose_name="改革领域", related_name="tasks")
    central_section = models.ForeignKey(
        ReformArea,
        models.PROTECT,
        verbose_name="中央意见章节",
        null=True,
        blank=True,
        related_name="section_tasks",
        limit_choices_to={"taxonomy": ReformArea.Taxonomy.CENTRAL},
        help_text="不选时按领域对照中的主要对应章节归类。",
    )
    frequency = models.CharField(
        "填报频次", max_length=16, choices=Frequency, blank=True, default=Frequency.QUARTER
    )
    frequency_printed = models.CharField("频次原文", max_length=40, blank=True)
    start_on = models.DateField("开始日期", null=True, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=STATE_CHOICES, default=TaskState.DRAFT.value)
    done_on = models.DateField("办结日期", null=True, blank=True)
    is_highlight = models.BooleanField("五结合五突出", default=False)
    document = models.ForeignKey(
        PolicyDocument, models.PROTECT, verbose_name="来源文件", null=True, blank=True, related_name="tasks"
    )
    clause = models.ForeignKey(
        Clause, models.PROTECT, verbose_name="来源条款", null=True, blank=True, related_name="tasks"
    )
    carried_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="沿用自", null=True, blank=True, related_name="carried_to"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级任务", null=True, blank=True, related_name="parts"
    )
    section = models.ForeignKey(
        SourceSection, models.PROTECT, verbose_name="材料章节", null=True, blank=True, related_name="+"
    )
    note = models.CharField("备注", max_length=200, blank=True)
    units = models.ManyToManyField(Unit, through="Assignment", verbose_name="承办单位", related_name="tasks")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ["plan", "code"]
        indexes = [models.Index(fields=["plan", "state"], name="tasks_task_plan_state")]
        constraints = [
            unique("tasks_task_code", "plan", "code", message="该计划中已有这个任务编号。"),
            check(
                "tasks_task_kind",
                Q(kind__in=["quantity", "milestone", "quality", ""]),
                "任务类型不在可选范围内。",
            ),
            check(
                "tasks_task_frequency",
                Q(frequency__in=["quarter", "half_year", "year", "long_term", ""]),
                "填报频次不在可选范围内。",
            ),
            check(
                "tasks_task_settled",
                Q(state="draft") | (~Q(kind="") & ~Q(frequency="")),
                "送审前须确定任务的类型和填报频次。",
            ),
            check(
                "tasks_task_state",
                Q(state__in=[state.value for state in TaskState]),
                "任务状态不在可选范围内。",
            ),
            check(
                "tasks_task_dates",
                Q(start_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("start_on")),
                "完成时限不能早于开始日期。",
            ),
            check(
                "tasks_task_clause",
                Q(clause__isnull=True) | Q(document__isnull=False),
                "选了来源条款，须同时选来源文件。",
            ),
            check("tasks_task_not_itself", ~Q(carried_from=F("id")), "任务不能沿用自己。"),
            check(
                "tasks_task_done",
                Q(done_on__isnull=True) | Q(state__in=["closed", "archived"]),
                "只有已办结的任务有办结日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/tasks/{self.uid}/"

    def clean(self) -> None:
        """A task is written in a plan in force; the clause it names is one of its source document."""
        if Plan.objects.filter(supersedes=self.plan_id).exists():
            raise ValidationError({"plan": "这份计划已被新版本取代，请选择现行的计划。"})
        if self.clause is not None and self.clause.document_id != self.document_id:
            raise ValidationError({"clause": "来源条款不属于所选的来源文件，请重新选择条款或文件。"})

    @property
    def state_word(self) -> TaskState:
        return TaskState(self.state)

    @property
    def starts(self) -> datetime.date:
        """Default 1 January of the plan's first year (DOMAIN §4)."""
        return self.start_on or datetime.date(self.plan.year, 1, 1)

    @property
    def due(self) -> datetime.date:
        """Default 31 December of the plan's last year (DOMAIN §4)."""
        return self.due_on or datetime.date(self.plan.last_year, 12, 31)

    def reports_in(self, period: Quarter) -> bool:
        """Whether a round makes a row: 季 and 长期 always, 半年 in Q2 and Q4, 年 in Q4."""
        if self.frequency == self.Frequency.HALF_YEAR:
            return period.quarter in (2, 4)
        if self.frequency == self.Frequency.YEAR:
            return period.quarter == 4
        return True


class Assignment(Demonstrable):
    """A unit's part in a task: it leads or cooperates."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        ASSIST = "assist", "协同"

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="任务", related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="assignments")
    role = models.CharField("分工", max_length=16, choices=Role)
    stated_share = models.CharField("分工内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "任务分工"
        verbose_name_plural = "任务分工"
        ordering = ["task", "-role", "unit__position"]
        constraints = [
            unique("tasks_assignment_once", "task", "unit", message="该单位已承担这项任务。"),
            unique(
                "tasks_assignment_one_lead",
                "task",
                condition=Q(role="lead"),
                message="一项任务只能有一个牵头单位。",
            ),
            check("tasks_assignment_role", Q(role__in=["lead", "assist"]), "分工不在可选范围内。"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.get_role_display()}"


class Milestone(Demonstrable):
    """A dated step of a task; done or not."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="任务", related_name="milestones")
    title = models.CharField("节点", max_length=120)
    due_on = models.DateField("应完成日期")
    done_on = models.DateField("实际完成日期", null=True, blank=True)
    target_share = models.DecimalField(
        "累计应完成（%）", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "节点"
        verbose_name_plural = "节点"
        ordering = ["task", "due_on"]
        constraints = [
            unique("tasks_milestone_once", "task", "title", message="该任务已有同名节点。"),
            check(
                "tasks_milestone_share",
                Q(target_share__isnull=True) | Q(target_share__gte=0, target_share__lte=100),
                "累计应完成须在0至100之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TaskEventQuerySet(models.QuerySet["TaskEvent"]):
    def handing_out(self, task_pk: OuterRef) -> Self:
        """The 交办 of a task of an outer query."""
        return self.filter(task_id=task_pk, to_state=TaskState.HANDED_OUT.value).order_by()


class TaskEvent(models.Model):
    """One move of a task's life, kept for ever: who, when, from which state to which, why."""

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="任务", related_name="events")
    move = models.CharField("动作", max_length=24, choices=MOVE_CHOICES)
    from_state = models.CharField("原状态", max_length=20, choices=STATE_CHOICES)
    to_state = models.CharField("新状态", max_length=20, choices=STATE_CHOICES)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理人", null=True, related_name="+"
    )
    at = models.DateTimeField("办理时间")
    reason = models.TextField("说明", blank=True)

    objects = TaskEventQuerySet.as_manager()

    class Meta:
        verbose_name = "任务记录"
        verbose_name_plural = "任务记录"
        ordering = ["task", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.task}：{self.get_to_state_display()}"
