"""Keeps the standings of an open round and their counts, in the transaction of the move that changes them.

Whoever changes what a light depends on calls one of these before writing the audit event: `refresh_task` for a
task with its assignments and milestones, `refresh_tasks` for several, `refresh_plan` for a plan's years,
`refresh_rule` for a light rule, `refresh_standings` for a round whose reports moved. Of a published round
nothing is ever recomputed: it is written once, from its snapshot, by `freeze_standings`.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from core import clock
from reporting.actions import hold_open_round
from reporting.models import ReportingRound
from tasks.lights import Thresholds
from tasks.models import Plan, Task, TaskStanding, TaskTally
from tasks.models.standings import BEHIND
from tasks.queries.in_round import standing_of, tasks_in_round, thresholds_on

Slice = tuple[int | None, int]
# Beyond this many slices one statement for the whole round is cheaper than two for each.
MANY_SLICES = 12
BATCH = 500
_WRITTEN = (
    *(
        "unit",
        "area",
        "code",
        "title",
        "submission",
        "state",
        "report_due_on",
        "is_late",
        "is_nil",
        "version",
    ),
    *("declared", "has_coordination", "pace", "pace_rule", "shortfall", "share", "due_on", "has_deadline"),
    "done_on",
)


@transaction.atomic(savepoint=False)
def refresh_standings(round_: ReportingRound, tasks: Iterable[Task | int] | None = None) -> None:
    """Recomputes these tasks in this round, or all of them, and the counts of the slices they left and entered.

    The round's row is taken first: two moves in one slice wait for each other, so that neither loses the
    other's count. A published or unopened round stays as it is.
    """
    if not hold_open_round(round_.pk):
        return
    named = None if tasks is None else [task if isinstance(task, int) else task.pk for task in tasks]
    before = _slices(round_, named)
    found = tasks_in_round(round_, named)
    thresholds = thresholds_on(clock.today())
    rows = [standing_of(row, thresholds) for row in found]
    _write(round_, rows, {row.task_id for row in rows} - before.keys(), before.keys())
    left_and_entered = set(before.values()) | {(row.unit_id, row.area_id) for row in rows}
    recount(round_.pk, thresholds, None if named is None else left_and_entered)


def refresh_task(task: Task | int) -> None:
    """A task, its lead unit or a milestone changed: in every open round of its group and years."""
    refresh_tasks([task])


@transaction.atomic(savepoint=False)
def refresh_tasks(tasks: Iterable[Task | int]) -> None:
    """As `refresh_task`, of several at once: each open round is taken once."""
    keys = [task if isinstance(task, int) else task.pk for task in tasks]
    if not keys:
        return
    groups = Plan.objects.filter(tasks__in=keys).order_by().values("group_id")
    holding = TaskStanding.objects.filter(task__in=keys, is_final=False).order_by().values("round_id")
    concerned = Q(group__in=groups) | Q(pk__in=holding)
    for round_ in ReportingRound.objects.opened().filter(concerned).order_by("pk"):
        refresh_standings(round_, keys)


def refresh_plan(plan: Plan) -> None:
    """The years or the group of a plan changed: its tasks enter and leave rounds, and their dates move."""
    refresh_tasks(list(plan.tasks.values_list("pk", flat=True)))


@transaction.atomic(savepoint=False)
def refresh_rule() -> None:
    """A light rule was entered: what is behind the pace is told apart anew in every open round."""
    for round_ in ReportingRound.objects.opened().order_by("pk"):
        refresh_standings(round_)


@transaction.atomic(savepoint=False)
def rebuild_standings(round_: ReportingRound) -> None:
    """All standings and counts of an open round from nothing."""
    if hold_open_round(round_.pk):
        TaskStanding.objects.filter(round=round_.pk).delete()
        refresh_standings(round_)


@transaction.atomic(savepoint=False)
def freeze_standings(round_: ReportingRound, rows: Iterable[TaskStanding], thresholds: Thresholds) -> None:
    """Writes the standings of a published round as its snapshot has them, and their counts."""
    TaskStanding.objects.filter(round=round_.pk).delete()
    TaskStanding.objects.bulk_create(rows, batch_size=BATCH)
    count_streaks(round_)
    recount(round_.pk, thresholds)


def _slices(round_: ReportingRound, named: list[int] | None) -> dict[int, Slice]:
    rows = TaskStanding.objects.filter(round=round_.pk).order_by()
    if named is not None:
        rows = rows.filter(task__in=named)
    return {task: (unit, area) for task, unit, area in rows.values_list("task_id", "unit_id", "area_id")}


def _write(round_: ReportingRound, rows: list[TaskStanding], new: set[int], known: Iterable[int]) -> None:
    gone = set(known) - {row.task_id for row in rows}
    if gone:
        TaskStanding.objects.filter(round=round_.pk, task__in=gone).delete()
    TaskStanding.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["round", "task"],
        update_fields=_WRITTEN,
    )
    if new:
        count_streaks(round_, new)


def count_streaks(round_: ReportingRound, tasks: Iterable[int] | None = None) -> None:
    """In how many published quarters without a gap before this one a task was behind, and raised a matter."""
    before = round_.period.previous()
    earlier = TaskStanding.objects.filter(
        task=OuterRef("task"),
        is_final=True,
        round__group=round_.group_id,
        round__year=before.year,
        round__quarter=before.quarter,
    ).order_by()
    rows = TaskStanding.objects.filter(round=round_.pk).order_by()
    if tasks is not None:
        rows = rows.filter(task__in=tasks)
    rows.update(
        behind_before=_one_more(earlier, Q(pace__in=BEHIND), "behind_before"),
        raised_before=_one_more(earlier, Q(has_coordination=True), "raised_before"),
    )


def _one_more(earlier: QuerySet[TaskStanding], condition: Q, counted: str) -> Coalesce:
    longer = Case(When(condition, then=F(counted) + 1), default=0, output_field=IntegerField())
    return Coalesce(Subquery(earlier.annotate(longer=longer).values("longer")[:1]), Value(0))


_TALLY, _STANDING = TaskTally._meta.db_table, TaskStanding._meta.db_table
# One statement instead of rows that travel to Python and back; both databases read it alike.
_COUNT = f"""
    INSERT INTO {_TALLY}
        (round_id, unit_id, area_id, state, pace, due_on, is_done, yellow_shortfall, tasks)
    SELECT round_id, unit_id, area_id, state, pace,
        CASE WHEN has_deadline AND NOT is_final THEN due_on END, pace = 'done', %s, COUNT(*)
    FROM {_STANDING} WHERE round_id = %s
"""  # noqa: S608 (names of our own tables)
_CLEAR = f"DELETE FROM {_TALLY} WHERE round_id = %s"  # noqa: S608 (as above)
_GROUPED = " GROUP BY 1, 2, 3, 4, 5, 6, 7"


def recount(round_pk: int, thresholds: Thresholds, slices: set[Slice] | None = None) -> None:
    """Counts the standings of these slices (lead unit, area) anew, or of the whole round."""
    if slices is None or len(slices) > MANY_SLICES:
        _count_again("", [], round_pk, thresholds)
        return
    for unit, area in sorted(slices, key=lambda one: (one[0] or 0, one[1])):
        of_unit = " AND unit_id IS NULL" if unit is None else " AND unit_id = %s"
        _count_again(
            f" AND area_id = %s{of_unit}", [area, *([] if unit is None else [unit])], round_pk, thresholds
        )


def _count_again(where: str, keys: list[int], round_pk: int, thresholds: Thresholds) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR + where, [round_pk, *keys])
        cursor.execute(_COUNT + where + _GROUPED, [thresholds.yellow_shortfall, round_pk, *keys])
