"""P11: the tallies of a large database against recomputation, and what refreshing a slice costs beside a rebuild.

Run in a process whose database is one of the generated ones. Nothing it changes is kept.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 (models exist only after setup)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.city_pages import CITY  # noqa: E402
from benchmarks.measure import Line, against, at_most  # noqa: E402
from metrics.actions.tallies import current_heads  # noqa: E402
from metrics.models import FigureTally, Observation  # noqa: E402
from organization.models import CoordinationGroup  # noqa: E402
from quarters.actions.tallies import rebuild_round, refresh_task_of  # noqa: E402
from reporting.models import ReportingRound, Submission, SubmissionTally  # noqa: E402
from reporting.workflow import State  # noqa: E402
from tasks.models import ProgressReport, TaskStanding, TaskTally  # noqa: E402

SQLITE_PARAMETERS = 999
KEPT = (SubmissionTally, TaskStanding, TaskTally)
MANY = 2_000


def lines(factor: int) -> Iterator[Line]:
    group = CoordinationGroup.objects.get(code=CITY)
    before = _cells(group)
    started = time.perf_counter()
    with _undone():
        for round_ in group.rounds.order_by("year", "quarter"):
            rebuild_round(round_)
        rebuild_seconds = time.perf_counter() - started
        after = _cells(group)
    differing = sum(len(before[name] ^ after[name]) for name in before) + _differing_figures(group)
    cells = sum(map(len, before.values()))
    yield at_most(
        f"P11 of {cells} tally rows of a city at {factor}×, differing from recomputation", differing, 0
    )
    yield from _refresh(group, factor, rebuild_seconds)
    if connection.vendor == "sqlite":
        yield _bulk(group)


@contextmanager
def _undone() -> Iterator[None]:
    """Everything inside is rolled back."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        yield
        transaction.set_rollback(True)


def _cells(group: CoordinationGroup) -> dict[str, set[tuple[object, ...]]]:
    """Every row of a city's counts and standings without its own key."""
    found = {}
    for model in KEPT:
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        found[model.__name__] = set(model.objects.filter(round__group=group).values_list(*names))
    return found


def _differing_figures(group: CoordinationGroup) -> int:
    """The figures that count as they are kept against those found by searching."""
    rows = FigureTally.objects.filter(group=group).values_list("observation_id", "year", "quarter", "unit_id")
    found = current_heads(Observation.objects.filter(group=group))
    return len(set(rows) ^ {(row["head"], row["year"], row["quarter"], row["unit_id"]) for row in found})


def _seconds(action: Callable[[], object]) -> float:
    """Fastest of five: what else the machine does only adds."""
    seen = []
    for _ in range(5):
        with _undone():
            started = time.perf_counter()
            action()
            seen.append(time.perf_counter() - started)
    return min(seen)


def _refresh(group: CoordinationGroup, factor: int, rebuild_seconds: float) -> Iterator[Line]:
    """The slice one move touches against every round rebuilt.

    The rebuild of the whole database is that of one city times the number of cities: they are alike. Figures
    are left out of it, which makes the budget the harder.
    """
    newest = ReportingRound.objects.opened().get(group=group)
    moved = Submission.objects.filter(round=newest, kind=Submission.Kind.PROGRESS, state=State.ACCEPTED)
    submission = moved.select_related("round", "progress_report")[0]
    slice_seconds = _seconds(lambda: refresh_task_of(submission))
    whole = rebuild_seconds * factor
    yield against(f"P11 refresh of a slice against a rebuild at {factor}×, s", slice_seconds, whole, 0.001)


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
