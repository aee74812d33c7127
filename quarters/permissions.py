"""Which submissions a page of the quarter may show; the moves are decided in reporting/permissions.py."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from organization import permissions as who
from organization.models import User
from reporting.models import ReportingRound, Submission
from tasks.models import ProgressReport


def own_submissions(user: User) -> QuerySet[Submission]:
    """What the units of a liaison or signer owe; the pages under /my/ show nothing else."""
    return Submission.objects.filter(unit_id__in=who.unit_ids(user, "liaison", "signer"))


def reviewable_submissions(user: User) -> QuerySet[Submission]:
    """What the office of the user's own group reviews; never that of another group."""
    return Submission.objects.filter(group_id__in=who.group_ids(user, "office", "office_head"))


def readable_submissions(user: User) -> QuerySet[Submission]:
    """Whose handed-in versions the user may read: also those on tasks in which the user's unit takes part.

    Asked of each row: a list of all the user may read would be made anew for one report.
    """
    own = Submission.objects.visible_to(user).filter(pk=OuterRef("pk"))
    on_shared_tasks = ProgressReport.objects.visible_to(user).filter(submission=OuterRef("pk"))
    return Submission.objects.filter(Q(Exists(own)) | Q(Exists(on_shared_tasks)))


def is_office_of(user: User, group_id: int) -> bool:
    return who.holds_for_group(user, group_id, "office", "office_head")


def can_fill_in(user: User, submission: Submission) -> bool:
    """A liaison of the unit, while it lies with the unit and the round is not published."""
    return (
        submission.is_editable
        and not submission.round.is_published
        and who.holds_for_unit(user, submission.unit_id, "liaison")
    )


def can_view_round(user: User, round_: ReportingRound) -> bool:
    """The predicate of `ReportingRound.objects.visible_to`."""
    return ReportingRound.objects.visible_to(user).filter(pk=round_.pk).exists()


def can_view_submission(user: User, submission: Submission) -> bool:
    """The predicate of `Submission.objects.visible_to`."""
    return Submission.objects.visible_to(user).filter(pk=submission.pk).exists()
