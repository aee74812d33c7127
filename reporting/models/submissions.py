"""A submission is the envelope of whatever a unit hands in; its state is moved by one workflow only."""

import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from core.constraints import check, paired
from core.models import Demonstrable, Optimistic, UidModel
from organization import permissions as who
from organization.models import CoordinationGroup, Unit
from reporting.models.rounds import ReportingRound, RoundException
from reporting.workflow import MOVES, State

if TYPE_CHECKING:
    from organization.models import User

STATE_CHOICES = [(state.value, state.label) for state in State]
BUSY_STATES = (State.SUBMITTED.value, State.REVIEWING.value)
WITH_UNIT = (State.PENDING.value, State.DRAFT.value, State.RETURNED.value)
# Not yet with the office: past the due date this is 逾期未报, in a published round 未报.
UNREPORTED = (*WITH_UNIT, State.SIGNING.value)


def overdue_rows(on: datetime.date) -> Q:
    """逾期未报 for counts over a round's `submissions`: `Submission.is_overdue_on` as a condition."""
    extended = RoundException.objects.filter(
        round=OuterRef("pk"), unit=OuterRef("submissions__unit"), until_on__gte=on
    )
    return Q(submissions__state__in=UNREPORTED, lead_due_on__lt=on) & ~Q(Exists(extended))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: "User") -> Self:
        """A group's office and leaders see its rows in full, of groups below only what was accepted and
        published; a unit's people see their unit's; everybody else nothing."""
        groups = who.group_ids(user, "office", "office_head", "leader")
        units = who.unit_ids(user, "liaison", "signer")
        if not groups:
            return self.filter(unit_id__in=units) if units else self.none()
        below = Q(group__parent_id__in=groups) | Q(group__parent__parent_id__in=groups)
        published = Q(state=State.ACCEPTED, round__published_at__isnull=False)
        return self.filter(Q(group_id__in=groups) | Q(unit_id__in=units) | (below & published))

    def with_unit(self) -> Self:
        """Still on the liaison's desk: pending, draft or returned."""
        return self.filter(state__in=WITH_UNIT)

    def signing(self) -> Self:
        return self.filter(state=State.SIGNING)

    def in_review(self) -> Self:
        """What the office has to do: submitted or being reviewed."""
        return self.filter(state__in=BUSY_STATES)

    def accepted(self) -> Self:
        return self.filter(state=State.ACCEPTED)

    def for_list(self) -> Self:
        return self.select_related("round", "unit", "group")

    def with_extension(self) -> Self:
        """Adds `extended_to`, the day until which a named exception lets the unit report."""
        granted = RoundException.objects.filter(round=OuterRef("round"), unit=OuterRef("unit"))
        return self.annotate(extended_to=Subquery(granted.values("until_on")[:1]))


class Submission(UidModel, Optimistic, Demonstrable):
    """One thing a unit owes in a round: a progress report, a figure sheet; later a contribution, a pilot report."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "任务进展"
        CONTRIBUTION = "contribution", "协同情况"
        FIGURES = "figures", "指标数据"
        PILOT = "pilot", "试点情况"

    group = models.ForeignKey(
        CoordinationGroup, models.PROTECT, verbose_name="协调小组", related_name="submissions"
    )
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, verbose_name="填报周期", related_name="submissions"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="submissions")
    kind = models.CharField("种类", max_length=16, choices=Kind)
    state = models.CharField("状态", max_length=16, choices=STATE_CHOICES, default=State.PENDING.value)
    return_count = models.PositiveSmallIntegerField("退回次数", default=0)
    version_no = models.PositiveSmallIntegerField("报送版本", default=0)
    is_late = models.BooleanField("逾期报送", default=False)
    edited_at = models.DateTimeField("最近编辑时间", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="最近编辑人",
        null=True,
        blank=True,
        related_name="+",
    )
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="报送人",
        null=True,
        blank=True,
        related_name="+",
    )
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="审签人",
        null=True,
        blank=True,
        related_name="+",
    )
    taken_at = models.DateTimeField("接手审核时间", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="审核人",
        null=True,
        blank=True,
        related_name="+",
    )
    accepted_at = models.DateTimeField("审核通过时间", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="通过人",
        null=True,
        blank=True,
        related_name="+",
    )

    # Filled by `with_extension()`.
    extended_to: datetime.date | None = None

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "报送件"
        verbose_name_plural = "报送件"
        ordering = ["round", "unit__position", "kind", "pk"]
        indexes = [
            models.Index(fields=["round", "state"], name="reporting_submission_queue"),
            models.Index(fields=["unit", "round"], name="reporting_submission_unit"),
        ]
        constraints = [
            check(
                "reporting_submission_state",
                Q(state__in=[state.value for state in State]),
                "状态不在可选范围内。",
            ),
            check(
                "reporting_submission_kind",
                Q(kind__in=["progress", "contribution", "figures", "pilot"]),
                "种类不在可选范围内。",
            ),
            paired("reporting_submission_edited", "edited_at", "edited_by", "编辑人与编辑时间须同时填写。"),
            paired(
                "reporting_submission_submitted",
                "submitted_at",
                "submitted_by",
                "报送人与报送时间须同时填写。",
            ),
            paired("reporting_submission_signed", "signed_at", "signed_by", "审签人与审签时间须同时填写。"),
            paired("reporting_submission_taken", "taken_at", "taken_by", "审核人与接手时间须同时填写。"),
            paired(
                "reporting_submission_accepted", "accepted_at", "accepted_by", "通过人与通过时间须同时填写。"
            ),
            check(
                "reporting_submission_accepted_state",
                Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True)),
                "只有审核通过的报送件有通过时间。",
            ),
            check(
                "reporting_submission_signer",
                Q(signed_by__isnull=True) | ~Q(signed_by=F("submitted_by")),
                "审签人不能是报送人本人。",
            ),
            check(
                "reporting_submission_accepter",
                Q(accepted_by__isnull=True) | ~Q(accepted_by=F("submitted_by")),
                "通过人不能是报送人本人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}{self.unit}{self.get_kind_display()}"

    @property
    def state_word(self) -> State:
        return State(self.state)

    @property
    def due_on(self) -> datetime.date:
        """The unit's own last day: the lead units' due date, or the day an exception grants."""
        return max(self.round.lead_due_on, self.extended_to or self.round.lead_due_on)

    def is_overdue_on(self, day: datetime.date) -> bool:
        """逾期未报: past the unit's own last day and not yet with the office (rows of `with_extension`)."""
        return self.state in UNREPORTED and day > self.due_on

    @property
    def is_editable(self) -> bool:
        return self.state in WITH_UNIT


class ReviewEvent(models.Model):
    """One move of a submission, kept for ever: who, on whose behalf, when, why."""

    class Reason(models.TextChoices):
        UNCLEAR = "unclear", "事实不清"
        FIGURES = "figures", "数据有误"
        INCOMPLETE = "incomplete", "内容不全"
        EVIDENCE = "evidence", "缺少佐证"
        OFF_TOPIC = "off_topic", "与任务不符"
        OTHER = "other", "其他"

    submission = models.ForeignKey(Submission, models.PROTECT, verbose_name="报送件", related_name="events")
    move = models.CharField("动作", max_length=24, choices=[(move.name, move.label) for move in MOVES])
    from_state = models.CharField("原状态", max_length=16, choices=STATE_CHOICES)
    to_state = models.CharField("新状态", max_length=16, choices=STATE_CHOICES)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理人", null=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="代报单位", null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("办理时间")
    reason_code = models.CharField("退回类别", max_length=16, choices=Reason, blank=True)
    reason_text = models.TextField("原因", blank=True)
    version_no = models.PositiveSmallIntegerField("报送版本", default=0)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["submission", "at", "pk"]
        constraints = [
            check(
                "reporting_reviewevent_reason",
                ~Q(to_state="returned") | ~Q(reason_text=""),
                "退回须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}：{self.get_move_display()}"
