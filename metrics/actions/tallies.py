"""Keeps the figure that counts at hand: of each indicator, unit and period the newest accepted head.

`refresh_figures` is called by whoever accepts, corrects or enters figures (review, admin, imports), before the
audit event is written.
"""

from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from metrics.models import FigureTally, Indicator, Observation
from metrics.queries.current import FIGURE_KEY, current_heads
from organization.models import CoordinationGroup


def hold_indicators(indicator_ids: Iterable[int]) -> None:
    """Takes the indicators' rows: two who enter figures of the same indicator wait for each other.

    Call it before anything else is held where other rows are locked, too; the chain of the audit comes last.
    """
    rows = Indicator.objects.filter(pk__in=set(indicator_ids)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


@transaction.atomic
def refresh_figures(indicator_ids: Collection[int], **within: int | None) -> None:
    """Finds the figures that count of these indicators anew; `within` narrows to a group_id, unit_id, year, quarter."""
    hold_indicators(indicator_ids)
    among: dict[str, object] = {"indicator__in": indicator_ids}
    for name, value in within.items():
        among |= {f"{name}__isnull": True} if value is None else {name: value}
    _rewrite(FigureTally.objects.filter(**among), Observation.objects.filter(**among))


@transaction.atomic
def rebuild_figures(group: CoordinationGroup) -> None:
    """All figures of a group, from nothing."""
    _rewrite(FigureTally.objects.filter(group=group), Observation.objects.filter(group=group))


def _rewrite(old: QuerySet[FigureTally], rows: QuerySet[Observation]) -> None:
    """One INSERT over the queryset's own SELECT: a million figures do not travel to Python and back."""
    old.delete()
    selected, parameters = current_heads(rows).query.sql_with_params()
    columns = ", ".join((*FIGURE_KEY, "observation_id"))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {FigureTally._meta.db_table} ({columns}) {selected}", parameters)
