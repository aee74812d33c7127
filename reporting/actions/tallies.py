"""Counts what units owe, in the transaction of the move; the caller holds the round's row (`touch_round`)."""

from collections.abc import Iterable

from django.db import connection, transaction

from reporting.models import ReportingRound, RoundException, Submission, SubmissionTally

_TALLY, _SUBMISSION = SubmissionTally._meta.db_table, Submission._meta.db_table
_ROUND, _EXCEPTION = ReportingRound._meta.db_table, RoundException._meta.db_table
# One statement instead of rows that travel to Python and back; both databases read it alike. An exception
# never ends before the round does, but its last day counts only where it is the later one.
_COUNT = f"""
    INSERT INTO {_TALLY} (round_id, unit_id, kind, state, is_late, due_on, submissions)
    SELECT own.round_id, own.unit_id, own.kind, own.state, own.is_late,
        CASE WHEN granted.until_on > asked.lead_due_on THEN granted.until_on ELSE asked.lead_due_on END,
        COUNT(*)
    FROM {_SUBMISSION} own
    JOIN {_ROUND} asked ON asked.id = own.round_id
    LEFT JOIN {_EXCEPTION} granted ON granted.round_id = own.round_id AND granted.unit_id = own.unit_id
    WHERE own.round_id = %s
"""  # noqa: S608 (names of our own tables)
_GROUPED = " GROUP BY 1, 2, 3, 4, 5, 6"


def refresh_submissions(round_id: int, unit_id: int) -> None:
    """Counts one unit's submissions of a round anew. Two statements, whatever there is."""
    SubmissionTally.objects.filter(round=round_id, unit=unit_id).delete()
    _execute(f"{_COUNT} AND own.unit_id = %s{_GROUPED}", [round_id, unit_id])


def rebuild_submissions(round_id: int) -> None:
    """All units of a round, from nothing."""
    SubmissionTally.objects.filter(round=round_id).delete()
    _execute(_COUNT + _GROUPED, [round_id])


@transaction.atomic
def freeze_submissions(round_id: int, rows: Iterable[SubmissionTally]) -> None:
    """Writes the counts of a published round as its snapshot has them."""
    SubmissionTally.objects.filter(round=round_id).delete()
    SubmissionTally.objects.bulk_create(rows)


def _execute(statement: str, parameters: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
