"""P11: the tallies of a large database against recomputation, and what refreshing a slice costs beside a rebuild.

Run in a process whose database is one of the generated ones. Nothing it changes is kept.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 (models exist only after setup)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.city_pages import CITY  # noqa: E402
from benchmarks.measure import Line, against, at_most  # noqa: E402
from metrics.models import FigureTally  # noqa: E402
from organization.models import CoordinationGroup  # noqa: E402
from quarters.actions.tallies import rebuild_group, refresh_task_of  # noqa: E402
from reporting.models import ReportingRound, Submission, SubmissionTally  # noqa: E402
from reporting.workflow import State  # noqa: E402
from tasks.actions.standings import rebuild_standings  # noqa: E402
from tasks.models import ProgressReport, TaskStanding, TaskTally  # noqa: E402

SQLITE_PARAMETERS = 999
KEPT = (SubmissionTally, TaskStanding, TaskTally, FigureTally)
MANY = 2_000


def lines(factor: int) -> Iterator[Line]:
    group = CoordinationGroup.objects.get(code=CITY)
    with _undone():
        yield at_most(f"P11 tally cells that differ after a rebuild at {factor}×", _differences(group), 0)
    yield from _refresh(group, factor)
    if connection.vendor == "sqlite":
        yield _bulk(group)


class _undone(transaction.Atomic):  # noqa: N801 (reads as a statement)
    """Everything inside is rolled back."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __enter__(self) -> None:
        super().__enter__()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")

    def __exit__(self, *raised: object) -> None:
        transaction.set_rollback(True)
        super().__exit__(*raised)


def _cells(group: CoordinationGroup) -> dict[str, set[tuple[object, ...]]]:
    """Every row of a city's tallies without its own key."""
    found = {}
    for model in KEPT:
        within = {"group": group} if model is FigureTally else {"round__group": group}
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        found[model.__name__] = set(model.objects.filter(**within).values_list(*names))
    return found


def _differences(group: CoordinationGroup) -> int:
    """The city's tallies as they were kept against the same made from nothing."""
    before = _cells(group)
    rebuild_group(group)
    after = _cells(group)
    return sum(len(before[name] ^ after[name]) for name in before)


def _seconds(action: Callable[[], object]) -> float:
    """Fastest of three: what else the machine does only adds."""
    seen = []
    for _ in range(3):
        with _undone():
            started = time.perf_counter()
            action()
            seen.append(time.perf_counter() - started)
    return min(seen)


def _refresh(group: CoordinationGroup, factor: int) -> Iterator[Line]:
    """The slice one move touches against everything rebuilt.

    The rebuild of the whole database is that of one city times the number of cities: they are alike.
    """
    newest = ReportingRound.objects.opened().get(group=group)
    moved = Submission.objects.filter(round=newest, kind=Submission.Kind.PROGRESS, state=State.ACCEPTED)
    submission = moved.select_related("round", "progress_report")[0]
    slice_seconds = _seconds(lambda: refresh_task_of(submission))
    whole = _seconds(lambda: rebuild_group(group)) * factor
    rows = f"{factor} × {TaskStanding.objects.filter(round__group=group).count()} standings"
    yield against(
        f"P11 refresh of a slice against a rebuild at {factor}× ({rows}), s", slice_seconds, whole, 0.001
    )
    round_seconds = _seconds(lambda: rebuild_standings(newest))
    yield against(
        "P11 refresh of a slice against a rebuild of its round, s", slice_seconds, round_seconds, 0.1
    )


def _bulk(group: CoordinationGroup) -> Line:
    """Rows of one round written in as few statements as SQLite's limit of parameters allows."""
    reports = list(ProgressReport.objects.filter(round__group=group).order_by("pk")[:MANY])
    columns = len(ProgressReport._meta.concrete_fields)
    with _undone(), CaptureQueriesContext(connection) as captured:
        ProgressReport.objects.filter(pk__in=[row.pk for row in reports])._raw_delete(using="default")
        ProgressReport.objects.bulk_create(reports)
    inserts = sum("INSERT" in query["sql"] for query in captured)
    least = -(-len(reports) * columns // SQLITE_PARAMETERS)
    name = f"P11 statements for {len(reports)} rows of {columns} columns on SQLite"
    return against(name, inserts, least, 1.1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    for line in lines(int(sys.argv[1])):
        line.say()
