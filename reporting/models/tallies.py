"""Counts of what units owe in a round, kept in the transaction of each move."""

from django.db import models
from django.db.models import Q

from core.constraints import check, unique
from organization.models import Unit
from reporting.models.rounds import ReportingRound
from reporting.models.submissions import STATE_CHOICES, Submission


class SubmissionTally(models.Model):
    """How many submissions of a unit in a round share kind, state, lateness and own last day.

    Date-free: whether one is 逾期未报 follows on reading from `due_on` and the day. Derived, never edited.
    """

    round = models.ForeignKey(
        ReportingRound, models.CASCADE, verbose_name="填报周期", related_name="submission_tallies"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    kind = models.CharField("种类", max_length=16, choices=Submission.Kind)
    state = models.CharField("状态", max_length=16, choices=STATE_CHOICES)
    is_late = models.BooleanField("逾期报送", default=False)
    due_on = models.DateField("报送期限")
    submissions = models.PositiveIntegerField("件数")

    class Meta:
        verbose_name = "报送计数"
        verbose_name_plural = "报送计数"
        ordering = ["round", "unit", "kind"]
        constraints = [
            unique(
                "reporting_submissiontally_once",
                *("round", "unit", "kind", "state", "is_late", "due_on"),
                message="同一口径的报送计数只能有一行。",
            ),
            check("reporting_submissiontally_some", Q(submissions__gte=1), "件数须大于0。"),
        ]

    def __str__(self) -> str:
        return f"{self.round}{self.unit}：{self.submissions}件"
