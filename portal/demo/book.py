"""What the figures of a round are compared with when it is written in bulk, read once."""

from collections import defaultdict

from django.db.models import F

from metrics.models import FigureEntry, Indicator, Target, TaskIndicator
from organization.models import RoleGrant
from reporting.models import ReportingRound, Submission
from tasks.models import Assignment, Milestone, ProgressReport


class Book:
    """Entries, targets, which tasks figures measure, which units have a signer."""

    def __init__(self, round_: ReportingRound) -> None:
        period = round_.period
        self.entries: dict[int, list[FigureEntry]] = defaultdict(list)
        for entry in (
            FigureEntry.objects.filter(sheet__round=round_).select_related("indicator").order_by("pk")
        ):
            self.entries[entry.sheet_id].append(entry)
        self._targets = {
            (row.indicator_id, row.unit_id): row
            for row in Target.objects.filter(group=round_.group_id, year=period.year, quarter=period.quarter)
        }
        self._links: dict[int, list[TaskIndicator]] = defaultdict(list)
        reports = ProgressReport.objects.filter(round=round_)
        links = TaskIndicator.objects.filter(
            task__reports__in=reports, task__assignments__role=Assignment.Role.LEAD
        )
        for link in links.select_related("task", "indicator").annotate(lead=F("task__assignments__unit_id")):
            self._links[link.lead].append(link)
        self.stepped = set(
            Milestone.objects.filter(task__reports__in=reports).values_list("task_id", flat=True)
        )
        self.measured = {link.task_id for found in self._links.values() for link in found}
        units = Submission.objects.filter(round=round_).values("unit_id")
        signers = RoleGrant.objects.active().filter(role=RoleGrant.Role.SIGNER, unit__in=units)
        self._signing = set(signers.values_list("unit_id", flat=True))

    def target(self, indicator: Indicator, subject_id: int | None) -> Target | None:
        return self._targets.get((indicator.pk, subject_id))

    def links(self, unit_id: int) -> list[TaskIndicator]:
        """In the order in which the actions pass figures on: by task, then by indicator."""
        return sorted(
            self._links[unit_id],
            key=lambda link: (link.task.code, link.indicator.position, link.indicator.code),
        )

    def needs_judgement(self, report: ProgressReport) -> bool:
        """Whether nothing but the reviewer measures the task."""
        return report.task_id not in self.measured and report.task_id not in self.stepped

    def has_signer(self, unit_id: int) -> bool:
        return unit_id in self._signing
