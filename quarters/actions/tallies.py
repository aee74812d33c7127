"""Keeps and rebuilds every tally of a round: live ones from the rows, published ones from their snapshot."""

from django.db import transaction

from metrics.actions import rebuild_figures
from organization.models import CoordinationGroup
from quarters.models import RoundTally
from quarters.picture import RoundPicture, from_canonical
from quarters.queries.frozen import frozen_round, newest_snapshots
from reporting.actions import freeze_submissions, hold_open_round, rebuild_submissions
from reporting.models import ReportingRound, RoundSnapshot, Submission
from tasks.actions.standings import count_streaks, freeze_standings, rebuild_standings, refresh_standings


def refresh_task_of(submission: Submission) -> None:
    """The report on a task has moved: its standing follows. Sheets of figures have none."""
    if submission.kind == Submission.Kind.PROGRESS:
        refresh_standings(submission.round, [submission.progress_report.task_id])


@transaction.atomic
def freeze_round(snapshot: RoundSnapshot, picture: RoundPicture) -> None:
    """Writes the tallies of a published round as its snapshot has them; the quarters after it count on from it.

    The caller holds the round's row.
    """
    _write_frozen(snapshot, picture)
    _count_on(snapshot.round)


def _write_frozen(snapshot: RoundSnapshot, picture: RoundPicture) -> None:
    frozen = frozen_round(snapshot, picture)
    RoundTally.objects.filter(round=snapshot.round_id).delete()
    frozen.head.save()
    freeze_standings(snapshot.round, frozen.standings, frozen.thresholds)
    freeze_submissions(snapshot.round_id, frozen.owed)


def _count_on(round_: ReportingRound) -> None:
    """Streaks of the following quarters, as far as they follow without a gap."""
    later = ReportingRound.objects.filter(group=round_.group_id, opened_at__isnull=False)
    period = round_.period.next()
    while following := later.filter(year=period.year, quarter=period.quarter).first():
        count_streaks(following)
        period = period.next()


@transaction.atomic
def rebuild_round(round_: ReportingRound) -> None:
    """From the snapshot where the round was published, else from its rows; an unopened one has no tallies."""
    _rebuild(round_)
    if round_.is_published:
        _count_on(round_)


def _rebuild(round_: ReportingRound) -> None:
    """One round, counting on from the quarter before it."""
    if round_.is_published:
        # Of the stamp nothing depends here; the row is held so that nobody publishes a correction meanwhile.
        held = ReportingRound.objects.select_for_update(of=("self",), no_key=True).get(pk=round_.pk)
        snapshot = newest_snapshots([held])[held.pk]
        _write_frozen(snapshot, from_canonical(snapshot.content))
    elif hold_open_round(round_.pk):
        rebuild_submissions(round_.pk)
        rebuild_standings(round_)


@transaction.atomic
def rebuild_group(group: CoordinationGroup) -> int:
    """Every opened round of a group, the oldest first, and its figures; how many rounds there were."""
    rounds = group.rounds.filter(opened_at__isnull=False).order_by("year", "quarter")
    for round_ in rounds:
        _rebuild(round_)
    rebuild_figures(group)
    return len(rounds)
