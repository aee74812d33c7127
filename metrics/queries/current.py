"""Which figure counts for an indicator, a unit and a period."""

from django.db.models import Max, QuerySet

from metrics.models import Observation

FIGURE_KEY = ("group_id", "indicator_id", "unit_id", "year", "quarter")


def current_heads(rows: QuerySet[Observation]) -> QuerySet[Observation, dict[str, int | None]]:
    """By indicator, unit and period the figure that counts; of two sheets that speak of the same the later row.

    A figure without a year (a statement on a span of years) belongs to no period and is not kept.
    """
    counting = rows.current().filter(year__isnull=False).order_by()  # type: ignore[attr-defined]
    return counting.values(*FIGURE_KEY).annotate(head=Max("pk"))
